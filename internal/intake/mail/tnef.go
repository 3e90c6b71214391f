package mail

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"unicode/utf16"

	"honne/internal/intake/charset"
)

// Outlook puts the attachments of a message in rich text into one of its own, winmail.dat
// (MS-OXTNEF): attributes, each with its level, its number and its length.
const (
	tnefSignature = 0x223E9F78
	tnefNext      = 0x9002 // attachment that begins
	tnefTitle     = 0x8010 // its name, of eight bits
	tnefData      = 0x800F
	tnefProps     = 0x9005 // its properties
	tnefHead      = 9      // bytes before the data of an attribute, which a checksum of two follows

	propLongName = 0x3707
	maxTNEF      = 64 << 20
	maxTNEFFiles = 1000
	maxProps     = 1000
)

// packed is an attachment within a winmail.dat.
type packed struct {
	name string
	data []byte
}

// isTNEF reports whether a part is a winmail.dat, by its type or its name.
func isTNEF(kind, name string) bool {
	return kind == "application/ms-tnef" || kind == "application/vnd.ms-tnef" || strings.EqualFold(name, "winmail.dat")
}

// unpackTNEF gives the attachments of a winmail.dat; one that is cut off is read as far as
// it goes. ok is false for any other bytes.
func unpackTNEF(b []byte) (out []packed, ok bool) {
	if len(b) < 6 || binary.LittleEndian.Uint32(b) != tnefSignature {
		return nil, false
	}
	for b = b[6:]; len(b) >= tnefHead; {
		id, size := binary.LittleEndian.Uint16(b[1:]), int64(binary.LittleEndian.Uint32(b[5:]))
		b = b[tnefHead:]
		data := b[:min(size, int64(len(b)))]
		b = b[min(size+2, int64(len(b))):]
		if id == tnefNext && len(out) < maxTNEFFiles {
			out = append(out, packed{})
		}
		if len(out) > 0 {
			out[len(out)-1].take(id, data)
		}
	}
	return out, true
}

func (p *packed) take(id uint16, data []byte) {
	switch id {
	case tnefTitle:
		if p.name == "" {
			p.name, _, _ = charset.Labelled(bytes.TrimRight(data, "\x00"), "")
		}
	case tnefData:
		p.data = data
	case tnefProps:
		if name := longName(data); name != "" {
			p.name = name
		}
	}
}

// longName is the long name among the properties of an attachment (MS-OXTNEF 2.1.3.4).
func longName(b []byte) string {
	r := &tnefReader{b: b}
	for n := min(r.number(), maxProps); n > 0 && !r.ended; n-- {
		kind, id := r.short(), r.short()
		if id >= 0x8000 {
			r.skipName()
		}
		value := r.value(kind)
		switch {
		case id != propLongName:
		case kind == 0x1F:
			return strings.TrimRight(utf16Text(value), "\x00")
		case kind == 0x1E:
			text, _, _ := charset.Labelled(bytes.TrimRight(value, "\x00"), "")
			return text
		}
	}
	return ""
}

func utf16Text(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

// tnefReader reads properties; ended says that there were fewer bytes than wanted.
type tnefReader struct {
	b     []byte
	ended bool
}

func (r *tnefReader) bytes(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.ended = true
		n = len(r.b)
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *tnefReader) short() uint16 {
	b := r.bytes(2)
	if len(b) < 2 {
		return 0
	}
	return binary.LittleEndian.Uint16(b)
}

func (r *tnefReader) number() int {
	b := r.bytes(4)
	if len(b) < 4 {
		return 0
	}
	return int(binary.LittleEndian.Uint32(b))
}

// padded reads bytes that are filled up to four.
func (r *tnefReader) padded(n int) []byte {
	out := r.bytes(n)
	if rest := n % 4; rest != 0 && !r.ended {
		r.bytes(min(4-rest, len(r.b)))
	}
	return out
}

func (r *tnefReader) skipName() {
	r.bytes(16)
	if r.number() == 0 {
		r.bytes(4)
		return
	}
	r.padded(r.number())
}

// value reads a property, the first of several.
func (r *tnefReader) value(kind uint16) (first []byte) {
	const many = 0x1000
	size := map[uint16]int{0x14: 8, 5: 8, 6: 8, 7: 8, 0x40: 8, 0x48: 16}[kind&^many]
	switch kind &^ many {
	case 0x1E, 0x1F, 0x102, 0xD:
		for n := min(r.number(), maxProps); n > 0 && !r.ended; n-- {
			if v := r.padded(r.number()); first == nil {
				first = v
			}
		}
		return first
	}
	n := 1
	if kind&many != 0 {
		n = min(r.number(), maxProps)
	}
	return r.bytes(n * max(size, 4))
}

// winmail gives the attachments of a winmail.dat in its place; false where it is none, or
// too large to be looked into.
func (g *gatherer) winmail(p *part) bool {
	w := &limited{left: maxTNEF}
	if _, err := g.copyPart(w, p); errors.Is(err, errFull) {
		return false
	}
	list, ok := unpackTNEF(w.Bytes())
	for _, x := range list {
		if x.data == nil { // a message or an object, which Outlook keeps otherwise
			continue
		}
		g.Files = append(g.Files, File{Name: FileName(x.name, "", len(g.Files)+1), Type: "application/octet-stream", Write: func(w io.Writer) error {
			_, err := w.Write(x.data)
			return err
		}})
	}
	return ok
}
