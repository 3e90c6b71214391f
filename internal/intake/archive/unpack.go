package archive

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
)

// unpack returns the content of an entry; it is read whole, so that its
// checksum is known to be right.
func (a *Archive) unpack(ctx context.Context, z *zip.File, name string) (io.ReaderAt, error) {
	open := z.Open
	if z.Flags&1 != 0 {
		if a.Password == "" {
			return nil, &Error{Code: CodePassword, Part: name}
		}
		open = func() (io.ReadCloser, error) { return unlock(z, a.Password) }
	}
	body, err := open()
	if err != nil {
		return nil, refusal(name, err)
	}
	defer body.Close()
	in := &entryReader{ctx: ctx, archive: a, body: body, name: name, packed: int64(min(z.CompressedSize64, 1<<62))}
	if err := in.check(int64(min(z.UncompressedSize64, 1<<62))); err != nil {
		return nil, err
	}
	head, err := io.ReadAll(io.LimitReader(in, a.Limits.InMemory+1))
	if err != nil {
		return nil, err
	}
	if int64(len(head)) <= a.Limits.InMemory {
		return bytes.NewReader(head), nil
	}
	return a.spool.add(name, io.MultiReader(bytes.NewReader(head), in))
}

// refusal says why an entry does not unpack.
func refusal(name string, err error) *Error {
	code := CodeTruncated
	switch {
	case errors.Is(err, errWrong):
		code = CodeWrongPassword
	case errors.Is(err, zip.ErrAlgorithm):
		code = CodeMethod
	}
	return &Error{Code: code, Part: name, Err: err}
}

// entryReader unpacks an entry within the limits.
type entryReader struct {
	ctx     context.Context
	archive *Archive
	body    io.Reader
	name    string
	packed  int64
	n       int64 // unpacked so far
}

// Read implements io.Reader; but for io.EOF its errors are of type *Error.
func (e *entryReader) Read(b []byte) (int, error) {
	if err := e.ctx.Err(); err != nil {
		return 0, &Error{Code: CodeDeadline, Part: e.name, Err: err}
	}
	n, err := e.body.Read(b)
	e.n += int64(n)
	e.archive.unpacked += int64(n)
	if over := e.check(e.n); over != nil {
		return 0, over
	}
	if err != nil && err != io.EOF {
		err = refusal(e.name, err)
	}
	return n, err
}

func (e *entryReader) check(unpacked int64) error {
	limits := e.archive.Limits
	what := ""
	switch {
	case unpacked > limits.FileBytes:
		what = "size"
	case unpacked > limits.RatioFrom && unpacked/limits.Ratio > e.packed:
		what = "ratio"
	case e.archive.unpacked+unpacked-e.n > limits.TotalBytes:
		what = "size of all files"
	default:
		return nil
	}
	return &Error{Code: CodeTooLarge, Part: e.name, Detail: what}
}

// spool is one temporary file that holds all large contents one after another.
type spool struct {
	file *os.File // nil until the first
	end  int64
}

// add appends a content and returns a view of it.
func (s *spool) add(name string, in io.Reader) (io.ReaderAt, error) {
	if s.file == nil {
		f, err := os.CreateTemp("", "honne-archive-*")
		if err != nil {
			return nil, &Error{Code: CodeTemporary, Part: name, Err: err}
		}
		s.file = f
	}
	n, err := io.Copy(io.NewOffsetWriter(s.file, s.end), in)
	var unreadable *Error
	if errors.As(err, &unreadable) {
		return nil, err
	}
	if err != nil {
		return nil, &Error{Code: CodeTemporary, Part: name, Err: err}
	}
	view := io.NewSectionReader(s.file, s.end, n)
	s.end += n
	return view, nil
}

func (s *spool) close() error {
	if s.file == nil {
		return nil
	}
	f := s.file
	s.file, s.end = nil, 0
	return errors.Join(f.Close(), os.Remove(f.Name()))
}
