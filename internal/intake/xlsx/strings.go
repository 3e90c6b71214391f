package xlsx

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"strconv"
)

const (
	pageSize   = 256 << 10
	blockSize  = 4 << 10
	blockCount = 1024
	lenBits    = 24
	offBits    = 20
)

// strtab holds the shared strings: the first in pages in memory, the rest in a
// temporary file behind a small cache. A cell's text is a piece of a page.
type strtab struct {
	refs   []uint64 // in memory page<<44 | offset<<24 | length; in the file offset<<24 | length
	pages  []string
	page   []byte // being filled
	paged  int64  // bytes in memory
	first  int    // index of the first string in the file
	limit  int64
	file   *os.File
	w      *bufio.Writer
	offset int64
	gone   bool // the file has no name any more
	blocks []block
}

// block is a piece of the file; the zero block is empty.
type block struct {
	n    int64 // its number, from 1
	text string
}

// loadStrings reads the shared strings once.
func (b *Book) loadStrings(ctx context.Context) error {
	if b.strings != nil || b.parts[b.strPart] == nil {
		return nil
	}
	t := &strtab{limit: b.Limits.InMemory}
	if err := b.readStrings(ctx, t); err != nil {
		t.close()
		return err
	}
	b.strings = t
	return nil
}

func (b *Book) readStrings(ctx context.Context, t *strtab) error {
	x, err := b.open(ctx, b.strPart, b.strPart)
	if err != nil {
		return err
	}
	defer x.close()
	var text []byte
	for {
		k, err := x.next()
		if errors.Is(err, io.EOF) {
			return t.finish()
		}
		if err != nil {
			return err
		}
		if k != startTag || string(x.name) != "si" {
			continue
		}
		if len(t.refs) >= b.Limits.Strings {
			return &Error{Code: CodeTooManyStr, Part: b.strPart, Detail: strconv.Itoa(b.Limits.Strings)}
		}
		if text, err = x.richText(text[:0]); err != nil {
			return err
		}
		if err := t.add(text); err != nil {
			return err
		}
	}
}

// add appends a string.
func (t *strtab) add(s []byte) error {
	if t.file != nil || t.paged+int64(len(s)) > t.limit {
		return t.spill(s)
	}
	if len(t.page)+len(s) > pageSize && len(t.page) > 0 {
		t.endPage()
	}
	t.refs = append(t.refs, uint64(len(t.pages))<<(lenBits+offBits)|uint64(len(t.page))<<lenBits|uint64(len(s)))
	t.page = append(t.page, s...)
	t.paged += int64(len(s))
	return nil
}

func (t *strtab) endPage() {
	t.pages = append(t.pages, string(t.page))
	t.page = t.page[:0]
}

func (t *strtab) spill(s []byte) error {
	if t.file == nil {
		f, err := os.CreateTemp("", "honne-strings-*")
		if err != nil {
			return &Error{Code: CodeTemporary, Err: err}
		}
		t.file, t.first, t.w = f, len(t.refs), bufio.NewWriterSize(f, 64<<10)
		t.gone = os.Remove(f.Name()) == nil // where a file may lose its name while open, none is ever left behind
	}
	t.refs = append(t.refs, uint64(t.offset)<<lenBits|uint64(len(s)))
	t.offset += int64(len(s))
	if _, err := t.w.Write(s); err != nil {
		return &Error{Code: CodeTemporary, Err: err}
	}
	return nil
}

// finish ends the writing.
func (t *strtab) finish() error {
	t.endPage()
	t.page = nil
	if t.file == nil {
		t.first = len(t.refs)
		return nil
	}
	t.blocks = make([]block, blockCount)
	if err := t.w.Flush(); err != nil {
		return &Error{Code: CodeTemporary, Err: err}
	}
	t.w = nil
	return nil
}

// text returns the i-th string; false when there is none.
func (t *strtab) text(i int) (string, bool, error) {
	if t == nil || i < 0 || i >= len(t.refs) {
		return "", false, nil
	}
	ref := t.refs[i]
	size := int64(ref & (1<<lenBits - 1))
	if i < t.first {
		from := int64(ref >> lenBits & (1<<offBits - 1))
		return t.pages[ref>>(lenBits+offBits)][from : from+size], true, nil
	}
	s, err := t.read(int64(ref>>lenBits), size)
	if err != nil {
		return "", false, &Error{Code: CodeTemporary, Err: err}
	}
	return s, true, nil
}

// read reads from the file, by blocks where a string lies in one.
func (t *strtab) read(from, size int64) (string, error) {
	n := from/blockSize + 1
	start := from % blockSize
	if start+size > blockSize {
		b := make([]byte, size)
		_, err := t.file.ReadAt(b, from)
		return string(b), err
	}
	slot := &t.blocks[n%blockCount]
	if slot.n != n {
		b := make([]byte, min(blockSize, t.offset-from+start))
		if _, err := t.file.ReadAt(b, from-start); err != nil {
			return "", err
		}
		*slot = block{n, string(b)}
	}
	return slot.text[start : start+size], nil
}

func (t *strtab) close() error {
	if t.file == nil {
		return nil
	}
	err := t.file.Close()
	if !t.gone {
		err = errors.Join(err, os.Remove(t.file.Name()))
	}
	return err
}
