package pdf

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// used is a face as a file uses it: a number (CID) for each sign, in the order
// of first use. One sign is one glyph, so that what is copied from the page is
// what was written, whatever was drawn for it.
type used struct {
	*face
	signs  []string // by CID; the first is none
	cids   map[string]uint16
	glyphs []uint16 // of the face, by CID
}

func (f *face) use() *used {
	return &used{face: f, signs: []string{""}, cids: map[string]uint16{}, glyphs: []uint16{0}}
}

// cid is the number of a sign.
func (u *used) cid(sign string) uint16 {
	if n, ok := u.cids[sign]; ok {
		return n
	}
	n := uint16(len(u.signs))
	glyph, _ := u.glyph(sign)
	u.cids[sign] = n
	u.signs, u.glyphs = append(u.signs, sign), append(u.glyphs, glyph)
	return n
}

// The flags of a composite glyph (OpenType, glyf).
const (
	argsAreWords   = 1 << 0
	oneScale       = 1 << 3
	moreComponents = 1 << 5
	twoScales      = 1 << 6
	twoByTwo       = 1 << 7
)

// components visits the place of each glyph number in a composite outline.
func components(outline []byte, visit func(at int)) {
	if len(outline) == 0 || int16(u16(outline)) >= 0 {
		return
	}
	for i := 10; ; {
		flags := u16(outline[i:])
		visit(i + 2)
		i += 6
		if flags&argsAreWords != 0 {
			i += 2
		}
		switch {
		case flags&oneScale != 0:
			i += 2
		case flags&twoScales != 0:
			i += 4
		case flags&twoByTwo != 0:
			i += 8
		}
		if flags&moreComponents == 0 {
			return
		}
	}
}

// trueType writes a font of the glyphs that are used, glyph n being CID n; what
// they are composed of follows them.
func (u *used) trueType() []byte {
	list := slices.Clone(u.glyphs)
	place := map[uint16]uint16{}
	var glyf, loca, hmtx []byte
	for i := 0; i < len(list); i++ { // grows
		outline := slices.Clone(u.outline(list[i]))
		components(outline, func(at int) {
			part := u16(outline[at:])
			if _, ok := place[part]; !ok {
				place[part] = uint16(len(list))
				list = append(list, part)
			}
			binary.BigEndian.PutUint16(outline[at:], place[part])
		})
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		glyf = append(glyf, outline...)
		glyf = append(glyf, make([]byte, -len(outline)&3)...)
		m := u.tables["hmtx"][4*min(int(list[i]), u.metrics-1):]
		hmtx = append(hmtx, m[:4]...)
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	head, hhea, maxp := slices.Clone(u.tables["head"]), slices.Clone(u.tables["hhea"]), slices.Clone(u.tables["maxp"])
	binary.BigEndian.PutUint32(head[8:], 0)
	binary.BigEndian.PutUint16(head[50:], 1) // long offsets
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(list)))
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(list)))
	return sfnt([]table{{"glyf", glyf}, {"head", head}, {"hhea", hhea}, {"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp}})
}

type table struct {
	tag  string
	data []byte
}

// sfnt puts tables, in order of their tags, into a font file.
func sfnt(list []table) []byte {
	var dir, body bytes.Buffer
	dir.Write([]byte{0, 1, 0, 0, 0, byte(len(list)), 0, 64, 0, 2, 0, byte(16*len(list) - 64)})
	at := 12 + 16*len(list)
	for _, t := range list {
		padded := append(slices.Clone(t.data), make([]byte, -len(t.data)&3)...)
		var sum uint32
		for i := 0; i < len(padded); i += 4 {
			sum += u32(padded[i:])
		}
		dir.WriteString(t.tag)
		for _, n := range [...]uint32{sum, uint32(at + body.Len()), uint32(len(t.data))} {
			dir.Write(binary.BigEndian.AppendUint32(nil, n))
		}
		body.Write(padded)
	}
	dir.Write(body.Bytes())
	return dir.Bytes()
}
