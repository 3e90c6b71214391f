package xls

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"
)

const (
	oleMagic  = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	encrypted = "EncryptedPackage" // the stream of an .xlsx with a password

	sector = 512 // the smallest
	page   = 4 << 10

	// What opening may read. The library keeps the path of every entry, so that
	// a directory of n entries nested in each other takes 8n² bytes.
	maxDirectory = 320 << 10
	maxLinks     = 512 << 10
)

// source reads the records of a workbook from an offset on; each of its readers
// stands for itself.
type source func(at int64) (io.Reader, error)

// openSource finds the records of a workbook: in a compound file, or bare as
// some programs write them.
func openSource(r io.ReaderAt, size int64) (source, error) {
	head := make([]byte, 8)
	n, _ := r.ReadAt(head, 0)
	head = head[:n]
	switch {
	case string(head) == oleMagic:
		return openCompound(r, size)
	case len(head) >= 4 && isBOF(le16(head)) && le16(head[2:]) <= 16:
		return func(at int64) (io.Reader, error) { return io.NewSectionReader(r, at, size-at), nil }, nil
	}
	return nil, &Error{Code: CodeNotOLE}
}

func openCompound(r io.ReaderAt, size int64) (source, error) {
	disk := &disk{r: r, whole: maxDirectory, links: maxLinks}
	var doc *mscfb.Reader
	err := guard(func() (err error) {
		doc, err = mscfb.New(disk)
		return err
	})
	switch {
	case disk.over:
		return nil, &Error{Code: CodeTooLarge, Detail: "directory of the file"}
	case err != nil:
		return nil, &Error{Code: CodeTruncated, Err: err}
	}
	disk.endless = true
	book := streamOf(doc, "Workbook")
	if book == nil {
		book = streamOf(doc, "Book")
	}
	switch {
	case book == nil && streamOf(doc, encrypted) != nil:
		return nil, &Error{Code: CodePassword}
	case book == nil:
		return nil, &Error{Code: CodeNoWorkbook}
	case book.Size > size:
		return nil, &Error{Code: CodeTruncated, Detail: fmt.Sprintf("%d bytes of records in a file of %d", book.Size, size)}
	}
	return func(at int64) (io.Reader, error) { return streamAt(*book, at) }, nil
}

// streamOf returns a stream of the topmost folder.
func streamOf(doc *mscfb.Reader, name string) *mscfb.File {
	for _, f := range doc.File {
		if len(f.Path) == 0 && strings.EqualFold(f.Name, name) && !f.FileInfo().IsDir() {
			return f
		}
	}
	return nil
}

// stream is a stream of the library, guarded.
type stream struct{ file mscfb.File }

// streamAt goes to an offset of a stream that nobody has read from: the library
// keeps its place in the stream itself, and loses it when a seek fails.
func streamAt(unread mscfb.File, at int64) (*stream, error) {
	s := &stream{unread}
	err := guard(func() error {
		_, err := s.file.Seek(at, io.SeekStart)
		return err
	})
	return s, err
}

// Read implements io.Reader.
func (s *stream) Read(p []byte) (n int, err error) {
	err = guard(func() (err error) {
		n, err = s.file.Read(p)
		return err
	})
	return n, err
}

// guard turns a panic of the library over hostile bytes into an error.
func guard(fn func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("compound file: %v", p)
		}
	}()
	return fn()
}

// disk is the file as the library sees it, which reads whole sectors, and links
// of chains of sectors four bytes at a time: those come from a page in memory.
type disk struct {
	r       io.ReaderAt
	whole   int64 // bytes of sectors left to read
	links   int64 // links left to follow
	over    bool  // more was asked for
	endless bool  // nothing is counted any more
	page    [page]byte
	at      int64 // where the page lies
	n       int   // bytes in the page
}

var errOver = errors.New("too large")

// ReadAt implements io.ReaderAt.
func (d *disk) ReadAt(p []byte, off int64) (int, error) {
	if !d.endless && !d.afford(len(p)) {
		return 0, errOver
	}
	if len(p) > 64 || off < 0 {
		return d.r.ReadAt(p, off)
	}
	if off < d.at || off+int64(len(p)) > d.at+int64(d.n) {
		d.at = off &^ (sector - 1)
		n, err := d.r.ReadAt(d.page[:], d.at)
		d.n = n
		if err != nil && err != io.EOF {
			return 0, err
		}
	}
	n := copy(p, d.page[min(off-d.at, int64(d.n)):d.n])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (d *disk) afford(bytes int) bool {
	if bytes >= sector {
		d.whole -= int64(bytes)
	} else {
		d.links--
	}
	d.over = d.over || d.whole < 0 || d.links < 0
	return !d.over
}
