package xls

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// pieces reads a record and the CONTINUE records behind it as one.
type pieces struct {
	r     *records
	rest  []byte
	units []uint16 // of the text read last
	utf8  []byte
}

// more goes on to the next CONTINUE record.
func (p *pieces) more() error {
	ok, err := p.r.continues()
	switch {
	case err != nil:
		return err
	case !ok:
		return p.r.fail(CodeDamaged, "a text is cut off")
	}
	err = p.r.next()
	p.rest = p.r.body
	return err
}

// bytes reads a few bytes, which may be split.
func (p *pieces) bytes(buf []byte) error {
	for len(buf) > 0 {
		if len(p.rest) == 0 {
			if err := p.more(); err != nil {
				return err
			}
		}
		n := copy(buf, p.rest)
		buf, p.rest = buf[n:], p.rest[n:]
	}
	return nil
}

func (p *pieces) skip(n int64) error {
	for n > 0 {
		if len(p.rest) == 0 {
			if err := p.more(); err != nil {
				return err
			}
		}
		k := min(n, int64(len(p.rest)))
		n -= k
		p.rest = p.rest[k:]
	}
	return nil
}

// number reads a number of size bytes.
func (p *pieces) number(size int) (uint32, error) {
	var buf [4]byte
	err := p.bytes(buf[:size])
	return le32(buf[:]), err
}

// text reads a string whose length is written in size bytes (MS-XLS 2.5.293,
// 2.5.294). Runs of fonts and phonetic guides behind the characters are skipped.
func (p *pieces) text(size int) error {
	n, err := p.number(size)
	if err != nil {
		return err
	}
	flags, err := p.number(1)
	if err != nil {
		return err
	}
	runs, guides := uint32(0), uint32(0)
	if flags&8 != 0 {
		if runs, err = p.number(2); err != nil {
			return err
		}
	}
	if flags&4 != 0 {
		if guides, err = p.number(4); err != nil {
			return err
		}
	}
	if err := p.chars(int(n), flags&1 != 0); err != nil {
		return err
	}
	return p.skip(4*int64(runs) + int64(guides))
}

// chars reads n characters, of two bytes each when wide. Each CONTINUE record
// among them begins by saying again whether it is wide.
func (p *pieces) chars(n int, wide bool) error {
	p.units = p.units[:0]
	for n > 0 {
		if len(p.rest) == 0 {
			again, err := p.number(1)
			if err != nil {
				return err
			}
			wide = again&1 != 0
			continue
		}
		if !wide {
			k := min(n, len(p.rest))
			for _, c := range p.rest[:k] {
				p.units = append(p.units, uint16(c))
			}
			p.rest, n = p.rest[k:], n-k
			continue
		}
		k := min(n, len(p.rest)/2)
		if k == 0 {
			return p.r.fail(CodeDamaged, "half a character")
		}
		for i := range k {
			p.units = append(p.units, le16(p.rest[2*i:]))
		}
		p.rest, n = p.rest[2*k:], n-k
	}
	return nil
}

// decoded returns the text as UTF-8, until the next one. A zero is no text, and
// a database may refuse it.
func (p *pieces) decoded() []byte {
	p.utf8 = p.utf8[:0]
	for i := 0; i < len(p.units); i++ {
		c := rune(p.units[i])
		if utf16.IsSurrogate(c) {
			pair := rune(utf8.RuneError)
			if i+1 < len(p.units) {
				pair = utf16.DecodeRune(c, rune(p.units[i+1]))
			}
			if c = pair; c != utf8.RuneError {
				i++
			}
		}
		if c != 0 {
			p.utf8 = utf8.AppendRune(p.utf8, c)
		}
	}
	return p.utf8
}

// textAt reads the text that begins at an offset of the record.
func (r *records) textAt(offset, size int) (string, error) {
	if err := r.need(offset); err != nil {
		return "", err
	}
	p := pieces{r: r, rest: r.body[offset:]}
	err := p.text(size)
	return string(p.decoded()), err
}

const (
	stringChunk = 1 << 10  // strings
	stringPage  = 16 << 10 // bytes
)

// strtab holds the shared strings, as pieces of pages.
type strtab struct {
	chunks [][]string
	n      int
	size   int64
	page   strings.Builder
}

func (t *strtab) add(s []byte) {
	if t.n%stringChunk == 0 {
		t.chunks = append(t.chunks, make([]string, 0, stringChunk))
	}
	if t.page.Cap()-t.page.Len() < len(s) {
		t.page = strings.Builder{}
		t.page.Grow(max(stringPage, len(s)))
	}
	from := t.page.Len()
	t.page.Write(s)
	last := &t.chunks[len(t.chunks)-1]
	*last = append(*last, t.page.String()[from:])
	t.n++
	t.size += int64(len(s))
}

// text returns the i-th string; false when there is none.
func (t *strtab) text(i uint32) (string, bool) {
	if int64(i) >= int64(t.n) {
		return "", false
	}
	return t.chunks[i/stringChunk][i%stringChunk], true
}

// loadStrings reads the shared strings once.
func (b *Book) loadStrings(ctx context.Context) error {
	if b.strings != nil {
		return nil
	}
	t := &strtab{}
	if b.sst > 0 {
		if err := b.readStrings(ctx, t); err != nil {
			return err
		}
	}
	b.strings = t
	return nil
}

// readStrings reads as many strings as the record says, or as there are.
func (b *Book) readStrings(ctx context.Context, t *strtab) error {
	r, err := b.records(ctx, globals, b.sst)
	if err != nil {
		return err
	}
	if err := r.next(); err != nil {
		return err
	}
	if err := r.need(8); err != nil {
		return err
	}
	said := le32(r.body[4:])
	p := &pieces{r: r, rest: r.body[8:]}
	for range said {
		if len(p.rest) == 0 {
			if ok, err := r.continues(); err != nil || !ok {
				return err
			}
		}
		switch {
		case t.n >= b.Limits.Strings:
			return &Error{Code: CodeTooManyStr, Part: globals, Detail: strconv.Itoa(t.n)}
		case t.size > b.Limits.Text:
			return &Error{Code: CodeTooLarge, Part: globals, Detail: "shared strings"}
		}
		if err := p.text(2); err != nil {
			return err
		}
		t.add(p.decoded())
	}
	return nil
}
