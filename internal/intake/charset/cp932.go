package charset

import (
	"encoding/binary"
	"math/bits"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// cp932 maps a byte from 80 up and the byte behind it to UTF-8. An entry holds
// the bytes of the rune from the low end up, in the next four bits their number,
// in the highest the number of bytes read: 1 or 2. What is unmapped is U+FFFD.
type cp932 struct {
	pairs  [128 * 256]uint32
	level1 [cjk]bool // the kanji of level 1, 889F-9872
}

// cjk is the number of unified ideographs from U+4E00.
const cjk = 0xA000 - 0x4E00

// cp932Table is made from the tables of x/text at first use.
var cp932Table = sync.OnceValue(newCP932)

// newCP932 fills the table. Of an unmapped pair an ASCII byte is not swallowed,
// so that a damaged character costs no delimiter; user-defined characters
// (F040-F9FC) are pairs all the same.
func newCP932() *cp932 {
	t := new(cp932)
	d := japanese.ShiftJIS.NewDecoder()
	decode := func(b ...byte) (rune, bool) {
		out, _ := d.Bytes(b)
		r, size := utf8.DecodeRune(out)
		return r, r != utf8.RuneError && size == len(out)
	}
	for lead := 0x80; lead <= 0xFF; lead++ {
		single, known := decode(byte(lead))
		for trail := range 256 {
			r, ok := rune(0), false
			if isLead(byte(lead)) {
				r, ok = decode(byte(lead), byte(trail))
			}
			at := &t.pairs[(lead&0x7F)<<8|trail]
			switch {
			case ok && trail >= 0x40:
				*at = pack(r, 2)
				t.note(r, lead)
			case isLead(byte(lead)) && (trail >= 0x80 || lead >= 0xF0 && trail >= 0x40):
				*at = pack(utf8.RuneError, 2)
			case known && !isLead(byte(lead)):
				*at = pack(single, 1)
			default:
				*at = pack(utf8.RuneError, 1)
			}
		}
	}
	return t
}

func isLead(c byte) bool { return c >= 0x81 && c <= 0x9F || c >= 0xE0 && c <= 0xFC }

func pack(r rune, read uint32) uint32 {
	out := utf8.AppendRune(nil, r)
	packed := uint32(len(out))<<24 | read<<28
	for i, c := range out {
		packed |= uint32(c) << (8 * i)
	}
	return packed
}

// note remembers the kanji of level 1.
func (t *cp932) note(r rune, lead int) {
	if r >= 0x4E00 && r < 0xA000 && lead >= 0x88 && lead <= 0x98 {
		t.level1[r-0x4E00] = true
	}
}

// decode needs room for 3 bytes a byte and 8 more.
func (t *cp932) decode(dst, src []byte, end bool) (written, read int) {
	const (
		high  = 0x8080808080808080
		usual = 0x23 // 2 bytes read, 3 written
	)
	for read+8 <= len(src) {
		w := binary.LittleEndian.Uint64(src[read:])
		n := bits.TrailingZeros64(w&high) >> 3 // ASCII bytes
		binary.LittleEndian.PutUint64(dst[written:], w)
		read, written = read+n, written+n
		for n < 8 && read+1 < len(src) && src[read] >= utf8.RuneSelf {
			e := t.pairs[int(src[read]&0x7F)<<8|int(src[read+1])]
			binary.LittleEndian.PutUint32(dst[written:], e)
			if e>>24 == usual { // a branch is guessed, a sum must wait for the table
				written, read = written+3, read+2
				continue
			}
			written += int(e >> 24 & 7)
			read += int(e >> 28)
		}
	}
	for read < len(src) {
		c, next := src[read], byte(0)
		switch {
		case c < utf8.RuneSelf:
			dst[written] = c
			read, written = read+1, written+1
			continue
		case read+1 < len(src):
			next = src[read+1]
		case isLead(c) && !end:
			return written, read
		}
		e := t.pairs[int(c&0x7F)<<8|int(next)]
		binary.LittleEndian.PutUint32(dst[written:], e)
		written += int(e >> 24 & 7)
		read += int(e >> 28)
	}
	return written, read
}
