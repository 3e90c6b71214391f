package xlsx

import (
	"bufio"
	"context"
	"errors"
	"io"
	"math"
	"os"
	"strconv"
)

const (
	pageSize   = 256 << 10
	blockSize  = 1 << 10
	blockCount = 2048
	chunkSize  = 64 << 10
)

// strtab holds the shared strings, one after the other: the first bytes in pages
// in memory, the rest in a temporary file behind a small cache. A cell's text is
// a piece of a page, or of a cached block.
type strtab struct {
	ends   [][]uint32 // where each string ends, in chunks
	n      int
	size   int64
	pages  []string
	page   []byte // being filled
	most   int    // pages in memory
	file   *os.File
	w      *bufio.Writer
	gone   bool // the file has no name any more
	blocks []block
	buf    []byte
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
	t := &strtab{most: int(max(1, b.Limits.InMemory/pageSize))}
	if err := b.readStrings(ctx, t); err != nil {
		t.close()
		return err
	}
	b.strings = t
	return nil
}

func (b *Book) readStrings(ctx context.Context, t *strtab) error {
	x, err := b.open(ctx, b.strPart, b.strPart, b.Limits)
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
		if t.n >= b.Limits.Strings {
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
	if t.n%chunkSize == 0 {
		t.ends = append(t.ends, make([]uint32, 0, chunkSize))
	}
	t.size += int64(len(s))
	if t.size > math.MaxUint32 {
		return &Error{Code: CodeTooLarge, Detail: "shared strings"}
	}
	last := &t.ends[len(t.ends)-1]
	*last = append(*last, uint32(t.size))
	t.n++
	for len(s) > 0 && t.file == nil {
		if len(t.pages) == t.most {
			if err := t.create(); err != nil {
				return err
			}
			break
		}
		n := min(len(s), pageSize-len(t.page))
		t.page = append(t.page, s[:n]...)
		s = s[n:]
		if len(t.page) == pageSize {
			t.endPage()
		}
	}
	if t.file == nil {
		return nil
	}
	return temporary(t.w.Write(s))
}

func (t *strtab) endPage() {
	t.pages = append(t.pages, string(t.page))
	t.page = t.page[:0]
}

// create makes the file. Where a file may lose its name while it is open, none
// is ever left behind.
func (t *strtab) create() error {
	f, err := os.CreateTemp("", "honne-strings-*")
	if err != nil {
		return temporary(0, err)
	}
	t.file, t.w = f, bufio.NewWriterSize(f, 64<<10)
	t.blocks, t.buf = make([]block, blockCount), make([]byte, blockSize)
	t.gone = os.Remove(f.Name()) == nil
	return nil
}

// temporary makes an Error of what a file returned.
func temporary(_ int, err error) error {
	if err == nil {
		return nil
	}
	return &Error{Code: CodeTemporary, Err: err}
}

// finish ends the writing.
func (t *strtab) finish() error {
	if t.file == nil {
		t.endPage()
		t.page = nil
		return nil
	}
	return temporary(0, t.w.Flush())
}

// text returns the i-th string; false when there is none.
func (t *strtab) text(i int) (string, bool, error) {
	if t == nil || i < 0 || i >= t.n {
		return "", false, nil
	}
	from, to := int64(0), int64(t.ends[i/chunkSize][i%chunkSize])
	if i > 0 {
		from = int64(t.ends[(i-1)/chunkSize][(i-1)%chunkSize])
	}
	p := from / pageSize
	switch inFile := from - int64(t.most)*pageSize; {
	case from == to:
		return "", true, nil
	case p == (to-1)/pageSize && inFile < 0:
		return t.pages[p][from%pageSize : from%pageSize+to-from], true, nil
	case inFile >= 0 && inFile%blockSize+to-from <= blockSize:
		s, err := t.block(inFile / blockSize)
		if err != nil {
			return "", false, temporary(0, err)
		}
		return s[inFile%blockSize : inFile%blockSize+to-from], true, nil
	}
	s, err := t.join(from, to)
	return s, err == nil, temporary(0, err)
}

// block returns a block of the file.
func (t *strtab) block(n int64) (string, error) {
	slot := &t.blocks[n%blockCount]
	if slot.n != n+1 {
		size, err := t.file.ReadAt(t.buf, n*blockSize)
		if err != nil && err != io.EOF {
			return "", err
		}
		*slot = block{n + 1, string(t.buf[:size])}
	}
	return slot.text, nil
}

// join makes a string that lies in more than one page or block.
func (t *strtab) join(from, to int64) (string, error) {
	out := make([]byte, 0, to-from)
	edge := int64(t.most) * pageSize
	for ; from < min(to, edge); from = (from/pageSize + 1) * pageSize {
		page := t.pages[from/pageSize]
		out = append(out, page[from%pageSize:min(int64(len(page)), from%pageSize+to-from)]...)
	}
	if from < to {
		have := len(out)
		out = out[:cap(out)]
		if _, err := t.file.ReadAt(out[have:], from-edge); err != nil && err != io.EOF {
			return "", err
		}
	}
	return string(out), nil
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
