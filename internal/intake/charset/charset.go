// Package charset finds out in which encoding a text of a Japanese office was
// written, and decodes it to UTF-8 as a stream. It owns bytes and runes only:
// what cannot be decoded becomes U+FFFD, never an error; who reads the text
// counts and reports them.
package charset

import (
	"encoding/binary"
	"io"
	"slices"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/transform"
)

// Encoding is the name of an encoding, as a Reading gives it.
type Encoding string

// The encodings.
const (
	UTF8      Encoding = "utf-8"
	UTF8BOM   Encoding = "utf-8-bom"
	UTF16LE   Encoding = "utf-16le" // with or without a byte order mark
	UTF16BE   Encoding = "utf-16be"
	CP932     Encoding = "cp932" // Shift_JIS as Windows writes it: ㈱ ① 髙
	EUCJP     Encoding = "euc-jp"
	ISO2022JP Encoding = "iso-2022-jp"
)

// NewReader returns a reader of the text of r in valid UTF-8, without a byte
// order mark. Bytes that stand for nothing are read as U+FFFD; the only errors
// are those of r.
func NewReader(r io.Reader, e Encoding) io.Reader {
	switch e {
	case CP932:
		return &reader{r: r, decode: cp932Table().decode}
	case EUCJP:
		return transform.NewReader(r, japanese.EUCJP.NewDecoder())
	case ISO2022JP:
		return transform.NewReader(r, japanese.ISO2022JP.NewDecoder())
	case UTF16LE:
		return &reader{r: r, decode: decode16(binary.LittleEndian)}
	case UTF16BE:
		return &reader{r: r, decode: decode16(binary.BigEndian)}
	}
	return &reader{r: r, decode: decodeUTF8}
}

// Appender returns a function that appends the text of whole characters in the
// encoding to dst, as NewReader reads it; nil for an encoding of which a
// character may hold a byte below 40, such as a comma or a line end.
func Appender(e Encoding) func(dst, src []byte) []byte {
	switch e {
	case CP932:
		return appender(cp932Table().decode)
	case UTF8, UTF8BOM:
		return appender(decodeUTF8)
	}
	return nil
}

func appender(decode func(dst, src []byte, end bool) (written, read int)) func(dst, src []byte) []byte {
	return func(dst, src []byte) []byte {
		dst = slices.Grow(dst, 3*len(src)+8)
		n, _ := decode(dst[len(dst):cap(dst)], src, true)
		return dst[:len(dst)+n]
	}
}

// reader decodes chunks. decode writes the text of src to dst, which has room
// for 3 bytes for each of src, and leaves a character cut at the end of src
// undone, unless end says that nothing follows.
type reader struct {
	r      io.Reader
	decode func(dst, src []byte, end bool) (written, read int)
	src    []byte
	n      int // bytes in src
	begun  bool
	err    error
	small  []byte // decoded, for a caller with little room
}

const (
	smallRoom = 64
	maxChunk  = 64 << 10
)

// Read implements io.Reader.
func (d *reader) Read(p []byte) (int, error) {
	if len(d.small) == 0 && len(p) >= smallRoom {
		return d.fill(p)
	}
	if len(d.small) == 0 {
		room := make([]byte, smallRoom)
		n, err := d.fill(room)
		if n == 0 {
			return 0, err
		}
		d.small = room[:n]
	}
	n := copy(p, d.small)
	d.small = d.small[n:]
	return n, nil
}

func (d *reader) fill(p []byte) (int, error) {
	chunk := min((len(p)-8)/3, maxChunk)
	if len(d.src) < chunk {
		d.src = append(d.src[:d.n:d.n], make([]byte, chunk-d.n)...)
	}
	for {
		if d.err == nil && d.n < chunk {
			var n int
			n, d.err = d.r.Read(d.src[d.n:chunk])
			d.n += n
		}
		written, read := d.decode(p, d.src[:min(d.n, chunk)], d.err != nil && d.n <= chunk)
		d.n = copy(d.src, d.src[read:d.n])
		if !d.begun && written > 0 {
			d.begun = true
			written = dropBOM(p[:written])
		}
		if written > 0 {
			return written, nil
		}
		if d.err != nil && d.n == 0 {
			return 0, d.err
		}
	}
}

func dropBOM(p []byte) int {
	if len(p) >= 3 && string(p[:3]) == "\uFEFF" {
		return copy(p, p[3:])
	}
	return len(p)
}

const replacement = "\uFFFD"

func decodeUTF8(dst, src []byte, end bool) (written, read int) {
	if !end {
		src = src[:len(src)-cutRune(src)]
	}
	if utf8.Valid(src) {
		return copy(dst, src), len(src)
	}
	for read < len(src) {
		r, size := utf8.DecodeRune(src[read:])
		written += utf8.EncodeRune(dst[written:], r)
		read += size
	}
	return written, read
}

// cutRune returns how many bytes at the end of b begin a rune that is cut off.
func cutRune(b []byte) int {
	for i := 1; i <= 3 && i <= len(b); i++ {
		c := b[len(b)-i]
		if utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-i:]) {
				return i
			}
			return 0
		}
	}
	return 0
}

func decode16(order binary.ByteOrder) func(dst, src []byte, end bool) (int, int) {
	return func(dst, src []byte, end bool) (written, read int) {
		for read+2 <= len(src) {
			r := rune(order.Uint16(src[read:]))
			size := 2
			if utf16.IsSurrogate(r) {
				if read+4 > len(src) && !end {
					break
				}
				r, size = surrogates(r, src[read+2:], order)
			}
			written += utf8.EncodeRune(dst[written:], r)
			read += size
		}
		if end && read+1 == len(src) {
			written += copy(dst[written:], replacement)
			read++
		}
		return written, read
	}
}

// surrogates reads the second half of a pair that began with r.
func surrogates(r rune, rest []byte, order binary.ByteOrder) (rune, int) {
	if len(rest) >= 2 {
		if pair := utf16.DecodeRune(r, rune(order.Uint16(rest))); pair != utf8.RuneError {
			return pair, 4
		}
	}
	return utf8.RuneError, 2
}
