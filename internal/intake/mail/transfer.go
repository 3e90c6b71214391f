package mail

import (
	"bytes"
	"encoding/base64"
	"io"
)

// copyPart writes what a part holds, decoded; broken counts the letters that its
// encoding does not have.
func (t *tree) copyPart(w io.Writer, p *part) (broken int, err error) {
	in := newLines(t.ctx, t.box.r, p.from, p.to)
	d := newDecoder(p.encoding)
	begins := true
	out := make([]byte, 0, 4<<10)
	for {
		line, _, ok := in.next()
		if !ok {
			break
		}
		if t.unquote && begins && line[0] == '>' && bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From ")) {
			line = line[1:]
		}
		begins = line[len(line)-1] == '\n'
		if out = d.decode(out, line); len(out) >= 2<<10 {
			if _, err := w.Write(out); err != nil {
				return 0, err
			}
			out = out[:0]
		}
	}
	if in.err != nil {
		return 0, in.err
	}
	_, err = w.Write(d.finish(out))
	return d.lost(), err
}

// decoder decodes a body line by line, appending to dst.
type decoder interface {
	decode(dst, line []byte) []byte
	finish(dst []byte) []byte
	lost() int
}

func newDecoder(encoding string) decoder {
	switch encoding {
	case "base64":
		return &base64Decoder{}
	case "quoted-printable":
		return &quotedDecoder{}
	}
	return plainDecoder{}
}

type plainDecoder struct{}

func (plainDecoder) decode(dst, line []byte) []byte { return append(dst, line...) }
func (plainDecoder) finish(dst []byte) []byte       { return dst }
func (plainDecoder) lost() int                      { return 0 }

// quotedDecoder decodes quoted-printable (RFC 2045, 6.7); what is no escape
// stays as it is. A piece of a long line may end within an escape.
type quotedDecoder struct{ held []byte }

func (d *quotedDecoder) decode(dst, line []byte) []byte {
	if len(d.held) > 0 {
		line = append(d.held, line...)
		d.held = nil
	}
	body := trimEnd(line)
	ended := len(body) < len(line)
	if ended {
		body = bytes.TrimRight(body, " \t")
		if n := len(body); n > 0 && body[n-1] == '=' {
			return appendUnescaped(dst, body[:n-1], '=')
		}
		return append(appendUnescaped(dst, body, '='), line[len(trimEnd(line)):]...)
	}
	if i := bytes.LastIndexByte(body, '='); i >= 0 && i >= len(body)-2 {
		d.held = bytes.Clone(body[i:])
		body = body[:i]
	}
	return appendUnescaped(dst, body, '=')
}

func (d *quotedDecoder) finish(dst []byte) []byte {
	held := bytes.TrimRight(d.held, " \t")
	if len(held) == 1 {
		return dst // a soft line end, and nothing behind it
	}
	return appendUnescaped(dst, held, '=')
}

func (d *quotedDecoder) lost() int { return 0 }

// appendUnescaped decodes =E3, or what else marks two digits, and appends it; what is
// no escape stays.
func appendUnescaped(dst, v []byte, mark byte) []byte {
	for {
		i := bytes.IndexByte(v, mark)
		if i < 0 || i+2 >= len(v) {
			return append(dst, v...)
		}
		dst = append(dst, v[:i]...)
		if isHex(v[i+1]) && isHex(v[i+2]) {
			dst = append(dst, fromHex(v[i+1])<<4|fromHex(v[i+2]))
			v = v[i+3:]
			continue
		}
		dst = append(dst, mark)
		v = v[i+1:]
	}
}

// base64Decoder decodes base64, also of several texts behind each other, and
// leaves out what is no letter of it.
type base64Decoder struct {
	bits   uint32
	n      int // letters in bits
	broken int
}

func (d *base64Decoder) decode(dst, line []byte) []byte {
	body := trimEnd(line)
	if d.n == 0 && len(body)%4 == 0 && len(body) > 0 {
		from := len(dst)
		dst = append(dst, make([]byte, len(body)/4*3)...)
		n, err := base64.StdEncoding.Decode(dst[from:], body)
		if err == nil {
			return dst[:from+n]
		}
		dst = dst[:from]
	}
	for _, c := range body {
		v := letters[c]
		switch {
		case v < 64:
			d.bits = d.bits<<6 | uint32(v)
			if d.n++; d.n == 4 {
				dst = append(dst, byte(d.bits>>16), byte(d.bits>>8), byte(d.bits))
				d.n = 0
			}
		case c == '=':
			dst = d.pad(dst)
		case c != ' ' && c != '\t' && c != '\r':
			d.broken++
		}
	}
	return dst
}

// pad ends a text: two or three letters are one or two bytes.
func (d *base64Decoder) pad(dst []byte) []byte {
	switch d.n {
	case 1:
		d.broken++
	case 2:
		dst = append(dst, byte(d.bits>>4))
	case 3:
		dst = append(dst, byte(d.bits>>10), byte(d.bits>>2))
	}
	d.n, d.bits = 0, 0
	return dst
}

func (d *base64Decoder) finish(dst []byte) []byte {
	if d.n == 1 {
		d.broken++
	}
	return d.pad(dst)
}

func (d *base64Decoder) lost() int { return d.broken }

// letters maps a letter of base64 to its value; 64 for any other byte.
var letters = func() (t [256]byte) {
	for i := range t {
		t[i] = 64
	}
	for i, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
		t[c] = byte(i)
	}
	t['-'], t['_'] = 62, 63
	return t
}()
