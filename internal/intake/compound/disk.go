package compound

import (
	"errors"
	"io"
)

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
