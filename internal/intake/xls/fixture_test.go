package xls

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"honne/internal/intake/grid"
)

// rec writes a record; a part is a number of its size, or bytes.
func rec(kind uint16, parts ...any) []byte {
	var body []byte
	for _, p := range parts {
		if s, ok := p.(string); ok {
			p = []byte(s)
		}
		body, _ = binary.Append(body, binary.LittleEndian, p) // fixed sizes only
	}
	out := binary.LittleEndian.AppendUint16(nil, kind)
	out = binary.LittleEndian.AppendUint16(out, uint16(len(body)))
	return append(out, body...)
}

// wide writes the characters of a text in two bytes each.
func wide(s string) string {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return string(out)
}

// long writes a text with its length in two bytes, short in one.
func long(s string) string {
	n := len(wide(s)) / 2
	return string([]byte{byte(n), byte(n >> 8), 1}) + wide(s)
}

func short(s string) string { return string([]byte{byte(len(wide(s)) / 2), 1}) + wide(s) }

func sstOf(n int, texts ...string) []byte {
	return rec(recSST, uint32(n), uint32(n), strings.Join(texts, ""))
}

func bof(what uint16) []byte { return rec(recBOF, uint16(biff8), what, uint64(0), uint32(0)) }

func end() []byte { return rec(recEOF) }

func join(records ...[]byte) []byte { return bytes.Join(records, nil) }

// tab is a sheet of a workbook.
type tab struct {
	name  string
	state byte
	kind  byte
	cells []byte
}

// bare writes the records of a workbook.
func bare(global []byte, tabs ...tab) []byte {
	at, body := len(bof(isGlobals))+len(global)+len(end()), []byte{}
	for _, t := range tabs {
		at += len(rec(recBoundSheet, uint32(0), t.state, t.kind, short(t.name)))
	}
	out := join(bof(isGlobals), global)
	for _, t := range tabs {
		out = append(out, rec(recBoundSheet, uint32(at+len(body)), t.state, t.kind, short(t.name))...)
		what := uint16(isSheet)
		if t.kind == 2 {
			what = 0x20
		}
		body = append(body, join(bof(what), t.cells, end())...)
	}
	return join(out, end(), body)
}

// one writes a workbook of one sheet.
func one(global []byte, cells ...[]byte) []byte {
	return bare(global, tab{name: "売上", cells: join(cells...)})
}

const (
	oleMagic   = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	sector     = 512
	endOfChain = 0xFFFFFFFE
	fatSector  = 0xFFFFFFFD
	noEntry    = 0xFFFFFFFF
)

// compoundOf packs a stream into a compound file: the directory in sector 0, the
// stream from sector 1 on, the chains behind it.
func compoundOf(name string, data []byte) []byte {
	data = append(bytes.Clone(data), make([]byte, max(0, 4096-len(data)))...)
	sectors := (len(data) + sector - 1) / sector
	fats := 1
	for fats*sector/4 < 1+sectors+fats {
		fats++
	}
	out := []byte(oleMagic + strings.Repeat("\x00", 16))
	add := func(parts ...any) {
		for _, p := range parts {
			out, _ = binary.Append(out, binary.LittleEndian, p) // fixed sizes only
		}
	}
	add(uint16(0x3E), uint16(3), uint16(0xFFFE), uint16(9), uint16(6), make([]byte, 6), uint32(0), uint32(fats), uint32(0),
		uint32(0), uint32(4096), uint32(endOfChain), uint32(0), uint32(endOfChain), uint32(0))
	for i := range 109 {
		if i < fats {
			add(uint32(1 + sectors + i))
		} else {
			add(uint32(noEntry))
		}
	}
	entry := func(name string, kind byte, child, start, size uint32) {
		label := []byte(wide(name))
		add(label, make([]byte, 64-len(label)), uint16(len(label)+2), kind, byte(1), uint32(noEntry), uint32(noEntry), child,
			make([]byte, 36), start, uint64(size))
	}
	entry("Root Entry", 5, 1, endOfChain, 0)
	entry(name, 2, noEntry, 1, uint32(len(data)))
	add(make([]byte, 2*128), data, make([]byte, sectors*sector-len(data)))
	add(uint32(endOfChain))
	for i := 1; i < sectors; i++ {
		add(uint32(i + 1))
	}
	add(uint32(endOfChain))
	for range fats {
		add(uint32(fatSector))
	}
	for (len(out)-sector)%sector != 0 {
		add(uint32(noEntry))
	}
	return out
}

// dump reads a whole workbook as text: a line a row.
func dump(r io.ReaderAt, size int64) (string, error) {
	b, err := Open(r, size)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, s := range b.Sheets() {
		fmt.Fprintf(&out, "== %s%s\n", s.Name, mark(s.Hidden, " hidden"))
		err := b.Each(context.Background(), s.Index, func(r *grid.Row) error {
			fmt.Fprintf(&out, "%d%s:", r.N, mark(r.Hidden, " hidden"))
			for _, c := range r.Cells {
				fmt.Fprintf(&out, " %d=%s", c.Col, show(c))
			}
			out.WriteByte('\n')
			return nil
		})
		if err != nil {
			return out.String(), errors.Join(err, b.Close())
		}
		merges, err := b.Merges(context.Background(), s.Index)
		if err != nil {
			return out.String(), errors.Join(err, b.Close())
		}
		for _, m := range merges {
			fmt.Fprintf(&out, "merged %s\n", m)
		}
	}
	return out.String(), b.Close()
}

func dumpBytes(raw []byte) (string, error) { return dump(bytes.NewReader(raw), int64(len(raw))) }

func mark(on bool, s string) string {
	if on {
		return s
	}
	return ""
}

// show writes a cell: kind(value) and its marks.
func show(c grid.Cell) string {
	value := fmt.Sprintf("%q", c.Text)
	switch c.Kind {
	case grid.Number, grid.Time:
		value = c.Text
	case grid.Date:
		value = c.Date.String()
	}
	return c.Kind.String() + "(" + value + ")" + mark(c.Formula, "f") + mark(c.Hidden, "h") + strings.Repeat(">", int(c.Indent))
}

// code returns the code of an error, and what it names.
func code(err error) (string, *Error) {
	var e *Error
	if errors.As(err, &e) {
		return e.Code, e
	}
	return fmt.Sprint(err), nil
}

// cell writes a record of a cell from its place, from 0, and its style.
func cell(kind uint16, row, col, style int, value ...any) []byte {
	return rec(kind, append([]any{uint16(row), uint16(col), uint16(style)}, value...)...)
}

func number(row, col, style int, f float64) []byte { return cell(recNumber, row, col, style, f) }

// label writes a cell that names a shared string.
func label(row, col, n int) []byte { return cell(recLabelSST, row, col, 0, uint32(n)) }

// formula writes a formula with what its result looks like.
func formula(row, col int, result string) []byte {
	return cell(recFormula, row, col, 0, result, uint16(0), uint32(0), uint16(0))
}

func mustAgree(t *testing.T, raw []byte, want string) {
	t.Helper()
	for _, file := range [][]byte{raw, compoundOf("Workbook", raw)} {
		if got, err := dumpBytes(file); err != nil || got != want {
			t.Errorf("%v\n%s\nwant\n%s", err, got, want)
		}
	}
}
