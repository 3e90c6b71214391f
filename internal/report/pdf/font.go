package pdf

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"
)

//go:embed font/regular.ttf.gz
var regular []byte

//go:embed font/bold.ttf.gz
var bold []byte

// geta is drawn for what the fonts lack, as printers in Japan do.
const geta = '〓'

// face is one weight of the font: its glyphs as TrueType outlines, by
// character.
type face struct {
	name    string
	tables  map[string][]byte
	glyphs  map[rune]uint16
	upem    int
	metrics int // of hmtx
}

// unpacked are the two weights, regular and bold; files only read them, so that the
// first one unpacks them for all.
var unpacked = sync.OnceValues(func() (faces [2]*face, err error) {
	if faces[0], err = openFace("BIZUDPGothic", regular); err == nil {
		faces[1], err = openFace("BIZUDPGothic-Bold", bold)
	}
	return faces, err
})

func openFace(name string, packed []byte) (*face, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("pdf: font %s: %w", name, err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("pdf: font %s: %w", name, err)
	}
	f := &face{name: name, tables: map[string][]byte{}, glyphs: map[rune]uint16{}}
	for i := range int(u16(data[4:])) {
		entry := data[12+16*i:]
		at, size := u32(entry[8:]), u32(entry[12:])
		f.tables[string(entry[:4])] = data[at : at+size]
	}
	f.upem = int(u16(f.tables["head"][18:]))
	f.metrics = int(u16(f.tables["hhea"][34:]))
	return f, f.characters()
}

// characters reads the one table of characters that the fonts have, format 12.
func (f *face) characters() error {
	cmap := f.tables["cmap"]
	sub := cmap[u32(cmap[8:]):]
	if u16(sub) != 12 {
		return errors.New("pdf: font " + f.name + ": its characters are not in format 12")
	}
	for i := range int(u32(sub[12:])) {
		group := sub[16+12*i:]
		first, last, glyph := u32(group), u32(group[4:]), u32(group[8:])
		for c := first; c <= last; c++ {
			f.glyphs[rune(c)] = uint16(glyph + c - first)
		}
	}
	return nil
}

// advance is how far a glyph moves on, in thousandths of the size.
func (f *face) advance(glyph uint16) int {
	i := min(int(glyph), f.metrics-1)
	return (int(u16(f.tables["hmtx"][4*i:]))*1000 + f.upem/2) / f.upem
}

// outline is the glyf data of a glyph.
func (f *face) outline(glyph uint16) []byte {
	loca, glyf := f.tables["loca"], f.tables["glyf"]
	if u16(f.tables["head"][50:]) == 0 {
		return glyf[2*int(u16(loca[2*int(glyph):])) : 2*int(u16(loca[2*int(glyph)+2:]))]
	}
	return glyf[u32(loca[4*int(glyph):]):u32(loca[4*int(glyph)+4:])]
}

func u16(b []byte) uint16 { return binary.BigEndian.Uint16(b) }

func u32(b []byte) uint32 { return binary.BigEndian.Uint32(b) }
