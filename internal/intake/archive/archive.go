// Package archive reads zip archives as the files in them, also of archives
// within archives: names in whatever encoding Windows or a Mac wrote them,
// contents unpacked one at a time within limits. It owns names and bytes and
// trusts neither: no name leads out of the archive, nothing is ever written
// under a name that an archive gives, and what unpacks to too much ends in an
// Error. What the files hold is not its business; workbooks and documents,
// which are zip archives too, are files here. A password is never kept, and
// stands in no Error.
package archive

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"math"
	"slices"
	"strings"
)

// Archive is an open archive. It is not safe for concurrent use.
type Archive struct {
	// Limits are those of DefaultLimits; they may be changed before reading.
	Limits Limits

	// Password opens entries that are locked; "" when nobody gave one.
	Password string

	files    []*zip.File
	spool    spool
	count    int   // files met in this walk, those of inner archives included
	unpacked int64 // bytes, of all files that were opened
}

// File is a file of an archive.
type File struct {
	Name string // in UTF-8 with slashes; in an inner archive inner.zip/売上.xlsx
	Was  string // the name as the archive gives it, when it had to be cleaned of .., a drive or a root
	Size int64  // bytes unpacked, as the archive claims

	// Open unpacks the file: into memory, or when it is large into a temporary
	// file that lives until the Archive is closed. Each call unpacks again and
	// counts again; its errors are of type *Error.
	Open func() (io.ReaderAt, error)
}

// Limits bound what an archive may make of its bytes.
type Limits struct {
	Files      int   // in all, inner archives included
	FileBytes  int64 // unpacked bytes of one file
	TotalBytes int64 // unpacked bytes of all
	Ratio      int64 // of unpacked to packed bytes of one file, from RatioFrom unpacked bytes on
	RatioFrom  int64
	Depth      int   // archives within each other, the outermost counted
	InMemory   int64 // bytes of one file kept in memory; larger ones go to a temporary file
}

// DefaultLimits are far above what people send, and far below what harms.
func DefaultLimits() Limits {
	return Limits{
		Files:      10_000,
		FileBytes:  1 << 30,
		TotalBytes: 4 << 30,
		Ratio:      500,
		RatioFrom:  64 << 20,
		Depth:      3,
		InMemory:   4 << 20,
	}
}

// maxDirectory is how many bytes are read for a table of contents: some 60,000
// files.
const maxDirectory = 4 << 20

// Open reads the table of contents of an archive. It fails with an *Error. The
// Archive must be closed, and r must stay readable until then.
func Open(r io.ReaderAt, size int64) (*Archive, error) {
	files, err := Directory(r, size)
	if err != nil {
		return nil, err
	}
	return &Archive{Limits: DefaultLimits(), files: files}, nil
}

// Close removes the temporary file, if there is one. What is in memory stays
// readable.
func (a *Archive) Close() error { return a.spool.close() }

// Directory returns the entries of an archive, unread; those of a workbook or a
// document too. It fails with an *Error.
func Directory(r io.ReaderAt, size int64) ([]*zip.File, error) {
	head := make([]byte, 30)
	n, _ := r.ReadAt(head, 0)
	head = head[:n]
	m := &meter{r, maxDirectory}
	z, err := zip.NewReader(m, size)
	switch {
	case err == nil, errors.Is(err, zip.ErrInsecurePath) && z != nil:
		m.left = math.MaxInt64
		if !fromStart(head, z.File) {
			return nil, &Error{Code: CodeTruncated, Detail: "the table of contents of an archive within"}
		}
		return z.File, nil
	case errors.Is(err, errDirectory):
		return nil, &Error{Code: CodeTooLarge, Detail: "table of contents"}
	case bytes.HasPrefix(head, []byte("PK")):
		return nil, &Error{Code: CodeTruncated, Err: err}
	}
	return nil, &Error{Code: CodeNotZip}
}

// fromStart reports whether the entry at the start of an archive is one of its
// entries. Of an archive that was cut off behind one stored in it, the table of
// contents at hand is that of the inner one.
func fromStart(head []byte, files []*zip.File) bool {
	if len(head) < 30 || !bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return true
	}
	body := int64(30) + int64(binary.LittleEndian.Uint16(head[26:])) + int64(binary.LittleEndian.Uint16(head[28:]))
	return slices.ContainsFunc(files, func(z *zip.File) bool {
		at, err := z.DataOffset()
		return err == nil && at == body
	})
}

var errDirectory = errors.New("table of contents too large")

// meter fails when more than left bytes are read.
type meter struct {
	io.ReaderAt
	left int64
}

// ReadAt implements io.ReaderAt.
func (m *meter) ReadAt(p []byte, off int64) (int, error) {
	if m.left -= int64(len(p)); m.left < 0 {
		return 0, errDirectory
	}
	return m.ReaderAt.ReadAt(p, off)
}

// Files walks the files in the order of the archive, those of inner archives
// in their place. A file that cannot be read comes with its *Error, and the
// walk goes on; after an error without a name it ends. Folders are left out,
// and so is what nobody made by hand: names that begin with a dot, __MACOSX and
// the ~$ files of open documents.
func (a *Archive) Files(ctx context.Context) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		a.count = 0
		(&walk{a, ctx, yield}).entries(a.files, "", 1)
	}
}

// walk is one run over the files.
type walk struct {
	archive *Archive
	ctx     context.Context
	yield   func(File, error) bool
}

// entries walks the entries of one archive, and reports whether to go on.
func (w *walk) entries(files []*zip.File, within string, depth int) bool {
	for _, z := range files {
		raw := nameOf(z)
		name := clean(raw)
		if strings.HasSuffix(raw, "/") || strings.HasSuffix(raw, `\`) || z.FileInfo().IsDir() || isLitter(name) {
			continue
		}
		if err := w.ctx.Err(); err != nil {
			w.yield(File{}, &Error{Code: CodeDeadline, Err: err})
			return false
		}
		if w.archive.count++; w.archive.count > w.archive.Limits.Files {
			w.yield(File{}, &Error{Code: CodeTooLarge, Detail: "number of files"})
			return false
		}
		f := File{Name: within + name, Size: int64(min(z.UncompressedSize64, math.MaxInt64))}
		if name != strings.ReplaceAll(raw, `\`, "/") {
			f.Was = raw
		}
		f.Open = func() (io.ReaderAt, error) { return w.archive.unpack(w.ctx, z, f.Name) }
		if !w.entry(z, f, depth) {
			return false
		}
	}
	return true
}

// entry gives a file, or walks it when it is an archive itself.
func (w *walk) entry(z *zip.File, f File, depth int) bool {
	switch {
	case z.Flags&1 != 0 && w.archive.Password == "":
		return w.yield(f, &Error{Code: CodePassword, Part: f.Name})
	case !strings.HasSuffix(strings.ToLower(f.Name), ".zip"):
		return w.yield(f, nil)
	case depth >= w.archive.Limits.Depth:
		return w.yield(f, &Error{Code: CodeTooDeep, Part: f.Name})
	}
	inner, err := w.archive.inner(f)
	var e *Error
	switch {
	case errors.As(err, &e) && e.Code == CodeNotZip: // whatever else it is
		return w.yield(f, nil)
	case err != nil:
		return w.yield(f, err)
	case isDocument(inner):
		return w.yield(f, nil)
	}
	return w.entries(inner, f.Name+"/", depth+1)
}

// inner returns the entries of an archive in the archive.
func (a *Archive) inner(f File) ([]*zip.File, error) {
	body, err := f.Open()
	if err != nil {
		return nil, err
	}
	size := f.Size // a claim that does not hold was refused
	files, err := Directory(body, size)
	var e *Error
	if errors.As(err, &e) {
		e.Part = f.Name
	}
	return files, err
}

// Sniff reports whether a file is an archive that can be opened. A workbook or a
// document is none, though it is packed like one.
func Sniff(r io.ReaderAt, size int64) bool {
	magic := make([]byte, 2)
	if n, _ := r.ReadAt(magic, 0); n < 2 || string(magic) != "PK" {
		return false
	}
	files, err := Directory(r, size)
	return err == nil && !isDocument(files)
}

// isDocument knows the files of office programs by parts that they have, also
// when others are lost: Office Open XML, OpenDocument, Apple's.
func isDocument(files []*zip.File) bool {
	return slices.ContainsFunc(files, func(z *zip.File) bool {
		switch strings.ToLower(strings.ReplaceAll(z.Name, `\`, "/")) {
		case "[content_types].xml", "_rels/.rels", "xl/workbook.xml", "word/document.xml", "ppt/presentation.xml", "mimetype", "index/document.iwa":
			return true
		}
		return false
	})
}
