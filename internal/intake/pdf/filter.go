package pdf

import (
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash"
	"hash/adler32"
	"io"
)

// filtered undoes the filters of a stream (ISO 32000-1, 7.4). Pictures keep
// theirs: nothing of them is read.
func filtered(r io.Reader, filters []name, params []dict) (io.Reader, error) {
	for i, f := range filters {
		var p dict
		if i < len(params) {
			p = params[i]
		}
		switch f {
		case "FlateDecode", "Fl":
			r = predicted(newFlate(r), p)
		case "LZWDecode", "LZW":
			r = predicted(newLZW(r, p), p)
		case "ASCII85Decode", "A85":
			r = &spelled{r: bufio.NewReader(r), group: group85}
		case "ASCIIHexDecode", "AHx":
			r = &spelled{r: bufio.NewReader(r), group: groupHex}
		case "RunLengthDecode", "RL":
			r = &spelled{r: bufio.NewReader(r), group: groupRun}
		case "Crypt":
		default:
			return nil, damaged("filter %s", f)
		}
	}
	return r, nil
}

// newFlate unpacks what zlib packed, also without its head or its checksum.
func newFlate(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	if head, err := b.Peek(2); err == nil && head[0]&0x0F == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		b.Discard(2)
	}
	return &inflated{r: flate.NewReader(b), packed: b, sum: adler32.New()}
}

// inflated proves a checksum that is there: a bit that fell over on the way would
// else change a figure in silence.
type inflated struct {
	r      io.Reader
	packed *bufio.Reader
	sum    hash.Hash32
}

// Read implements io.Reader.
func (f *inflated) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	f.sum.Write(p[:n])
	if err == io.EOF {
		var want [4]byte
		if _, short := io.ReadFull(f.packed, want[:]); short == nil && binary.BigEndian.Uint32(want[:]) != f.sum.Sum32() {
			return n, damaged("checksum")
		}
	}
	return n, err
}

// spelled reads bytes that are written with others, a group at a time.
type spelled struct {
	r     *bufio.Reader
	group func(r *bufio.Reader) ([]byte, error) // io.EOF at the end
	rest  []byte
	err   error
}

// Read implements io.Reader.
func (s *spelled) Read(p []byte) (int, error) {
	for len(s.rest) == 0 {
		if s.err != nil {
			return 0, s.err
		}
		s.rest, s.err = s.group(s.r)
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// written returns the next byte that is no white space.
func written(r *bufio.Reader) (byte, error) {
	for {
		c, err := r.ReadByte()
		if err != nil || !isSpace(int(c)) {
			return c, err
		}
	}
}

func groupHex(r *bufio.Reader) ([]byte, error) {
	var out byte
	for i := range 2 {
		c, err := written(r)
		d, ok := hexDigit(int(c))
		switch {
		case err != nil || c == '>':
			if i == 0 {
				return nil, io.EOF
			}
			return []byte{out}, io.EOF
		case !ok:
			return nil, damaged("hexadecimal digits")
		}
		out |= byte(d << (4 - 4*i))
	}
	return []byte{out}, nil
}

func group85(r *bufio.Reader) ([]byte, error) {
	var n uint32
	for i := range 5 {
		c, err := written(r)
		switch {
		case err != nil || c == '~':
			return tail85(n, i)
		case c == 'z' && i == 0:
			return make([]byte, 4), nil
		case c < '!' || c > 'u':
			return nil, damaged("digits of base 85")
		}
		n = n*85 + uint32(c-'!')
	}
	return []byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}, nil
}

// tail85 is the last group, which is shorter.
func tail85(n uint32, digits int) ([]byte, error) {
	if digits < 2 {
		return nil, io.EOF
	}
	for range 5 - digits {
		n = n*85 + 84
	}
	return []byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}[:digits-1], io.EOF
}

func groupRun(r *bufio.Reader) ([]byte, error) {
	c, err := r.ReadByte()
	switch {
	case err != nil || c == 128:
		return nil, io.EOF
	case c < 128:
		out := make([]byte, int(c)+1)
		if _, err := io.ReadFull(r, out); err != nil {
			return nil, damaged("run")
		}
		return out, nil
	}
	b, err := r.ReadByte()
	if err != nil {
		return nil, damaged("run")
	}
	return bytes.Repeat([]byte{b}, 257-int(c)), nil
}

// newLZW undoes the compression that TIFF has too: codes grow from 9 to 12 bits,
// one code early unless the file says otherwise.
func newLZW(r io.Reader, p dict) io.Reader {
	early := 1
	if n, ok := p["EarlyChange"].(float64); ok {
		early = int(n)
	}
	l := &lzwCodes{early: early}
	l.clear()
	return &spelled{r: bufio.NewReader(r), group: l.next}
}

type lzwCodes struct {
	early  int
	table  [4096][]byte
	used   int // codes known
	width  uint
	bits   uint32
	have   uint
	before []byte
}

func (l *lzwCodes) clear() {
	for i := range 256 {
		l.table[i] = []byte{byte(i)}
	}
	l.used, l.width, l.before = 258, 9, nil
}

func (l *lzwCodes) next(r *bufio.Reader) ([]byte, error) {
	for l.have < l.width {
		c, err := r.ReadByte()
		if err != nil {
			return nil, io.EOF
		}
		l.bits = l.bits<<8 | uint32(c)
		l.have += 8
	}
	l.have -= l.width
	code := int(l.bits >> l.have & (1<<l.width - 1))
	switch {
	case code == 256:
		l.clear()
		return nil, nil
	case code == 257:
		return nil, io.EOF
	case code > l.used || code == l.used && l.before == nil:
		return nil, damaged("code")
	}
	var out []byte
	if code < l.used {
		out = l.table[code]
	} else {
		out = append(bytes.Clone(l.before), l.before[0])
	}
	if l.before != nil && l.used < len(l.table) {
		l.table[l.used] = append(bytes.Clone(l.before), out[0])
		l.used++
	}
	for l.width < 12 && l.used+l.early >= 1<<l.width {
		l.width++
	}
	l.before = out
	return out, nil
}

// predicted undoes the prediction of a row from the one above (ISO 32000-1,
// 7.4.4.4).
func predicted(r io.Reader, p dict) io.Reader {
	of := func(key name, otherwise int) int {
		if n, ok := p[key].(float64); ok && n >= 1 && n <= 1<<16 {
			return int(n)
		}
		return otherwise
	}
	kind := of("Predictor", 1)
	if kind < 2 {
		return r
	}
	colors, bits, columns := of("Colors", 1), of("BitsPerComponent", 8), of("Columns", 1)
	size := (colors*bits*columns + 7) / 8
	if size > 1<<20 {
		return &spelled{group: func(*bufio.Reader) ([]byte, error) { return nil, damaged("prediction") }}
	}
	row := &rows{step: max(1, colors*bits/8), above: make([]byte, size), now: make([]byte, size), png: kind >= 10}
	return &spelled{r: bufio.NewReader(r), group: row.next}
}

type rows struct {
	step       int // bytes of a pixel
	above, now []byte
	png        bool
}

func (x *rows) next(r *bufio.Reader) ([]byte, error) {
	kind := byte(0)
	if x.png {
		var err error
		if kind, err = r.ReadByte(); err != nil {
			return nil, err
		}
	}
	n, err := io.ReadFull(r, x.now)
	if n == 0 {
		return nil, err
	}
	for i := range x.now[:n] {
		x.now[i] += x.guess(kind, i)
	}
	x.above, x.now = x.now, x.above
	if err == io.ErrUnexpectedEOF {
		err = io.EOF
	}
	return x.above[:n], err
}

// guess predicts a byte of the row.
func (x *rows) guess(kind byte, i int) byte {
	var left, corner byte
	if i >= x.step {
		left, corner = x.now[i-x.step], x.above[i-x.step]
	}
	up := x.above[i]
	switch {
	case !x.png || kind == 1:
		return left
	case kind == 2:
		return up
	case kind == 3:
		return byte((int(left) + int(up)) / 2)
	case kind == 4:
		return paeth(left, up, corner)
	}
	return 0
}

// paeth is the predictor of that name (PNG, 9.4).
func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	pa, pb, pc := max(p-int(a), int(a)-p), max(p-int(b), int(b)-p), max(p-int(c), int(c)-p)
	switch {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}
