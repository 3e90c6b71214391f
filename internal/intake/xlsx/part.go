package xlsx

import (
	"bytes"
	"context"
	"io"

	"honne/internal/intake/charset"
)

// open starts to read a part as XML; errors call it label.
func (b *Book) open(ctx context.Context, part, label string, limits Limits) (*xmlReader, error) {
	f := b.parts[part]
	switch {
	case f == nil:
		return nil, &Error{Code: CodeMissingPart, Part: label}
	case f.Flags&1 != 0:
		return nil, &Error{Code: CodePassword, Part: label}
	}
	body, err := f.Open()
	if err != nil {
		return nil, &Error{Code: CodeTruncated, Part: label, Err: err}
	}
	p := &partReader{ctx: ctx, body: body, name: label, limits: limits, packed: int64(f.CompressedSize64)}
	if err := p.check(int64(min(f.UncompressedSize64, 1<<62))); err != nil {
		body.Close()
		return nil, err
	}
	return newXMLReader(p)
}

// partReader unpacks a part within the limits.
type partReader struct {
	ctx    context.Context
	body   io.ReadCloser
	name   string
	limits Limits
	packed int64
	n      int64 // unpacked so far
}

// Read implements io.Reader; but for io.EOF its errors are of type *Error.
func (p *partReader) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, &Error{Code: CodeDeadline, Part: p.name, Err: err}
	}
	n, err := p.body.Read(b)
	p.n += int64(n)
	if over := p.check(p.n); over != nil {
		return 0, over
	}
	if err != nil && err != io.EOF {
		err = &Error{Code: CodeTruncated, Part: p.name, Err: err}
	}
	return n, err
}

func (p *partReader) check(unpacked int64) error {
	if unpacked > p.limits.PartBytes {
		return &Error{Code: CodeTooLarge, Part: p.name, Detail: "size"}
	}
	if unpacked > p.limits.RatioFrom && unpacked/p.limits.Ratio > p.packed {
		return &Error{Code: CodeTooLarge, Part: p.name, Detail: "ratio"}
	}
	return nil
}

// newXMLReader reads UTF-8, and UTF-16 when it begins with a byte order mark.
func newXMLReader(p *partReader) (*xmlReader, error) {
	x := &xmlReader{in: p, close: p.body.Close, part: p.name, buf: make([]byte, 64<<10)}
	if err := x.fill(); err != nil && err != io.EOF {
		p.body.Close()
		return nil, err
	}
	head := x.buf[:x.end]
	if bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF")) {
		e := charset.Detect(head)
		x.in = charset.NewReader(io.MultiReader(bytes.NewReader(bytes.Clone(head)), p), e)
		x.end, x.eof = 0, false
	}
	return x, nil
}
