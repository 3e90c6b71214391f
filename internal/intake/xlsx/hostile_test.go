package xlsx

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"hash/crc32"
	"strings"
	"testing"
	"time"

	"honne/internal/honnetest"
	"honne/internal/intake/grid"
)

const mb = 1 << 20

// bomb packs a part of head, times × body and tail without ever holding it: the
// packed body is written again and again.
type bomb struct {
	name, head, body, tail string
	times                  int
	declared               uint64 // the size that the header claims; 0 for the truth
}

func (b bomb) pack(t *testing.T, with parts) []byte {
	t.Helper()
	piece := func(text string, last bool) []byte {
		var out bytes.Buffer
		w, err := flate.NewWriter(&out, flate.BestCompression)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err == nil && last {
			err = w.Close()
		} else if err == nil {
			err = w.Flush()
		}
		if err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	sum := crc32.NewIEEE()
	sum.Write([]byte(b.head))
	for range b.times {
		sum.Write([]byte(b.body))
	}
	sum.Write([]byte(b.tail))
	packed := piece(b.head, false)
	packed = append(packed, bytes.Repeat(piece(b.body, false), b.times)...)
	packed = append(packed, piece(b.tail, true)...)
	size := uint64(len(b.head) + b.times*len(b.body) + len(b.tail))
	if b.declared > 0 {
		size = b.declared
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	all := least()
	for name, text := range with {
		all[name] = text
	}
	for _, name := range []string{"_rels/.rels", book, rels, styles, sst, sheet1} {
		if all[name] == "" || name == b.name {
			continue
		}
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(all[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	w, err := z.CreateRaw(&zip.FileHeader{Name: b.name, Method: zip.Deflate, CRC32: sum.Sum32(), CompressedSize64: uint64(len(packed)), UncompressedSize64: size})
	if err == nil {
		_, err = w.Write(packed)
	}
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestHostile reads workbooks that are made to fill the memory or to take for
// ever: a clear error or a proper reading, in 20 s and 256 MiB.
func TestHostile(t *testing.T) {
	row := `<row><c><v>1</v></c></row>`
	rows := strings.Repeat(row, mb/len(row))
	sheet := func(s string) string { return "<worksheet><sheetData>" + s }
	const end = "</sheetData></worksheet>"
	si := strings.Repeat("<si><t>a</t></si>", 70_000)
	cases := []struct {
		name string
		raw  []byte
		code string // "" when it can be read
	}{
		{"512 MB of white space", bomb{sheet1, sheet(""), strings.Repeat(" ", mb), end, 512, 0}.pack(t, nil), CodeTooLarge},
		{"512 MB that claim to be 1,000 bytes", bomb{sheet1, sheet(""), rows, end, 512, 1000}.pack(t, nil), CodeTruncated},
		{"more rows than a sheet has", bomb{sheet1, sheet(""), rows, end, 60, 0}.pack(t, nil), CodeOutOfRange},
		{"4.2 million strings and one past the end", bomb{sst, "<sst>", si, "</sst>", 60, 0}.pack(t, parts{sheet1: rowsOf(`<row><c t="s"><v>4200000</v></c></row>`)}), CodeNoString},
		{"5.6 million strings", bomb{sst, "<sst>", strings.Repeat("<si/>", 200_000), "</sst>", 28, 0}.pack(t, parts{sheet1: rowsOf("")}), CodeTooManyStr},
		{"a cell of 60 MB", bomb{sheet1, sheet(`<row><c t="str"><v>`), strings.Repeat("x", mb), "</v></c></row>" + end, 60, 0}.pack(t, nil), CodeTooLarge},
		{"a tag of 60 MB", bomb{sheet1, sheet(`<row r="`), strings.Repeat("1", mb), `"/>` + end, 60, 0}.pack(t, nil), CodeXML},
		{"a comment of 60 MB", bomb{sheet1, sheet("") + "<!--", strings.Repeat("-", mb), "-->" + end, 60, 0}.pack(t, nil), ""},
		{"a row of 60 MB", bomb{sheet1, sheet("<row>"), strings.Repeat(`<c r="A1"><v>1</v></c>`, mb/22), "</row>" + end, 60, 0}.pack(t, nil), CodeOutOfRange},
		{"merged ranges", bomb{sheet1, sheet("</sheetData>"), strings.Repeat(`<mergeCell ref="A1:B2"/>`, mb/24), "</worksheet>", 30, 0}.pack(t, nil), CodeTooLarge},
		{"styles", bomb{styles, "<styleSheet><cellXfs>", strings.Repeat(`<xf numFmtId="14"/>`, mb/19), "</cellXfs></styleSheet>", 60, 0}.pack(t, parts{sheet1: rowsOf("")}), ""},
		{"nesting", bomb{sheet1, sheet("<row><c>"), strings.Repeat("<a>", mb/3), end, 15, 0}.pack(t, nil), CodeTruncated},
		{"entities", pack(t, parts{sheet1: `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>` + rowsOf(`<row><c t="str"><v>&b;</v></c></row>`)}), CodeXML},
		{"many parts", manyParts(t), CodeTooLarge},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var err error
			honnetest.Bounded(t, c.name, func() { err = readWithin(c.raw, 20*time.Second) })
			if got, _ := code(err); got != c.code && (err != nil || c.code != "") {
				t.Errorf("%v, want %q", err, c.code)
			}
		})
	}
}

// readWithin reads all cells and merged ranges.
func readWithin(raw []byte, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	b, err := Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return err
	}
	for _, s := range b.Sheets() {
		if _, err := b.Merges(ctx, s.Index); err != nil {
			return errors.Join(err, b.Close())
		}
		if err := b.Each(ctx, s.Index, func(*grid.Row) error { return nil }); err != nil {
			return errors.Join(err, b.Close())
		}
	}
	return b.Close()
}

func manyParts(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	name := strings.Repeat("x", 200)
	for range 30_000 {
		if _, err := z.CreateRaw(&zip.FileHeader{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestDeadline(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	raw := pack(t, parts{sheet1: rowsOf(`<row><c><v>1</v></c></row>`)})
	b, err := Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	err = b.Each(ctx, 0, func(*grid.Row) error { return nil })
	if got, _ := code(err); got != CodeDeadline || !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// checkRead reads whatever it is: errors are of type *Error, rows and columns
// ascend, and what is read twice is the same.
func checkRead(t *testing.T, raw []byte) {
	got, err := dump(raw)
	if _, e := code(err); err != nil && e == nil {
		t.Fatalf("an error of another type: %v", err)
	}
	if again, _ := dump(raw); again != got {
		t.Fatal("read twice, two texts")
	}
	b, err := Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return
	}
	defer b.Close()
	for _, s := range b.Sheets() {
		last := int32(0)
		_ = b.Each(context.Background(), s.Index, func(r *grid.Row) error { // errors were looked at above
			if r.N <= last || r.N > maxRow || len(r.Cells) == 0 {
				t.Fatalf("row %d after %d", r.N, last)
			}
			last = r.N
			col := int32(0)
			for _, c := range r.Cells {
				if c.Col <= col || c.Col > maxCol {
					t.Fatalf("column %d after %d", c.Col, col)
				}
				col = c.Col
			}
			return nil
		})
	}
}

func FuzzXLSX(f *testing.F) {
	f.Add(pack(f, parts{sheet1: rowsOf(`<row r="1"><c r="A1"><v>1</v></c></row>`)}))
	f.Add(pack(f, parts{styles: formats, sst: `<sst><si><t>a</t></si></sst>`, sheet1: rowsOf(`<row r="1"><c r="A1" t="s" s="1"><v>0</v></c></row>`)}))
	f.Fuzz(checkRead)
}

// FuzzSheet changes the XML within a sound zip.
func FuzzSheet(f *testing.F) {
	f.Add(rowsOf(`<row r="1"><c r="A1" s="1"><v>45748</v></c><c r="B1" t="s"><v>0</v></c></row>`), `<sst><si><t>a_x000D_</t></si></sst>`, formats)
	f.Add(`<x:worksheet><x:cols><x:col min="1" max="9" hidden="1"/></x:cols><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>&#65;</x:t></x:is></x:c></x:row></x:sheetData><mergeCell ref="A1:B2"/></x:worksheet>`, "<sst/>", "<styleSheet/>")
	f.Fuzz(func(t *testing.T, sheet, strs, style string) {
		checkRead(t, pack(t, parts{sheet1: sheet, sst: strs, styles: style}))
	})
}
