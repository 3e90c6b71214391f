// Package compound opens compound files (MS-CFB), the containers of Excel 97 to
// 2003 and of later workbooks and documents that a password protects: it gives
// their streams by name, and opens what a password locks (MS-OFFCRYPTO 2.3.4).
// It trusts nothing in the file: what is damaged, too large or hostile ends in an
// Error. Records in the streams are not its business, nor is the old encryption
// of records; a password is never kept and stands in no Error.
package compound

import (
	"fmt"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"

	"honne/internal/intake/grid"
)

// The codes of an Error. Those that package xlsx has as well mean the same.
const (
	CodeTruncated     = "truncated"      // cut off, or damaged on its way
	CodeTooLarge      = "too-large"      // more than the limits allow
	CodeDeadline      = "deadline"       // the context ended first
	CodeNotLocked     = "not-locked"     // nothing in it is protected by a password
	CodeWrongPassword = "wrong-password" // it does not open with this one
	CodeCipher        = "cipher"         // encrypted in a way that is not read
)

// Error says why a file could not be opened.
type Error = grid.Fault

const (
	magic  = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	sector = 512 // the smallest
	page   = 4 << 10

	// What opening may read. The library keeps the path of every entry, so that
	// a directory of n entries nested in each other takes 8n² bytes.
	maxDirectory = 320 << 10
	maxLinks     = 512 << 10
)

// File is an open compound file. Its streams may be read one after the other.
type File struct {
	doc  *mscfb.Reader
	size int64
}

// Sniff reports whether bytes begin like a compound file.
func Sniff(head []byte) bool { return strings.HasPrefix(string(head), magic) }

// Open reads the directory of a compound file. It fails with an *Error; r must
// stay readable as long as streams are read.
func Open(r io.ReaderAt, size int64) (*File, error) {
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
	return &File{doc, size}, nil
}

// Stream is a stream of a compound file.
type Stream struct {
	Size int64
	file mscfb.File
}

// Stream finds a stream of the topmost folder by its name, whose case does not
// matter; nil without an error when there is none.
func (f *File) Stream(name string) (*Stream, error) {
	for _, e := range f.doc.File {
		if len(e.Path) > 0 || !strings.EqualFold(e.Name, name) || e.FileInfo().IsDir() {
			continue
		}
		if e.Size < 0 || e.Size > f.size {
			return nil, &Error{Code: CodeTruncated, Detail: fmt.Sprintf("a stream of %d bytes in a file of %d", e.Size, f.size)}
		}
		return &Stream{e.Size, *e}, nil
	}
	return nil, nil
}

// Folder is a folder of a compound file: its streams and folders by name, and
// the names of the folders in their order.
type Folder struct {
	Streams map[string]*Stream
	Folders map[string]*Folder
	Names   []string
}

func newFolder() *Folder {
	return &Folder{Streams: map[string]*Stream{}, Folders: map[string]*Folder{}}
}

// Root returns the topmost folder with all that is in it. A stream that claims
// more bytes than the file has, alone or with those before it, is left out.
func (f *File) Root() *Folder {
	root, left := newFolder(), f.size
	for _, e := range f.doc.File {
		at := root
		for _, name := range e.Path {
			at = at.folder(name)
		}
		switch {
		case e.FileInfo().IsDir() && e != f.doc.File[0]:
			at.folder(e.Name)
		case !e.FileInfo().IsDir() && e.Size >= 0 && e.Size <= left:
			left -= e.Size
			at.Streams[e.Name] = &Stream{e.Size, *e}
		}
	}
	return root
}

func (f *Folder) folder(name string) *Folder {
	in := f.Folders[name]
	if in == nil {
		in = newFolder()
		f.Folders[name] = in
		f.Names = append(f.Names, name)
	}
	return in
}

// At reads the stream from an offset on; each of its readers stands for itself.
func (s *Stream) At(at int64) (io.Reader, error) {
	if s.Size == 0 {
		return strings.NewReader(""), nil // where the library finds no place
	}
	// The library keeps its place in the stream itself, and loses it when a seek
	// fails: so this one is never read from.
	r := &reader{s.file}
	err := guard(func() error {
		_, err := r.file.Seek(at, io.SeekStart)
		return err
	})
	return r, err
}

// reader is a stream of the library, guarded.
type reader struct{ file mscfb.File }

// Read implements io.Reader.
func (r *reader) Read(p []byte) (n int, err error) {
	err = guard(func() (err error) {
		n, err = r.file.Read(p)
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
