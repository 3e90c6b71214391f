package honne_test

import (
	"encoding/json"
	"testing"

	"honne"
)

func TestColumnName(t *testing.T) {
	for _, c := range []struct {
		n    int
		want string
	}{{0, ""}, {1, "A"}, {26, "Z"}, {27, "AA"}, {52, "AZ"}, {53, "BA"}, {702, "ZZ"}, {703, "AAA"}, {16384, "XFD"}} {
		if got := honne.ColumnName(c.n); got != c.want {
			t.Errorf("column %d is %q, want %q", c.n, got, c.want)
		}
	}
}

func TestParseCell(t *testing.T) {
	for _, c := range []struct {
		in  string
		row int32
		col int32
	}{{"A1", 1, 1}, {"H6", 6, 8}, {"AA10", 10, 27}, {"XFD1048576", 1048576, 16384}} {
		got, err := honne.ParseCell(c.in)
		if want := (honne.Cell{Row: c.row, Col: c.col}); err != nil || got != want {
			t.Errorf("ParseCell(%q) = %v, %v; want %v", c.in, got, err, want)
		}
	}
	for _, s := range []string{"", "A", "1", "A0", "A01", "A+1", "A-1", "XFE1", "AAAA1", "a1", "$A$1", "A1:B2", "A1 ", "Ａ１", "A99999999999"} {
		if got, err := honne.ParseCell(s); err == nil {
			t.Errorf("ParseCell(%q) = %s", s, got)
		}
	}
}

func TestRangeAndAddress(t *testing.T) {
	h6, h101 := honne.Cell{Row: 6, Col: 8}, honne.Cell{Row: 101, Col: 8}
	for _, c := range []struct {
		sheet    string
		from, to honne.Cell
		want     string
	}{
		{"売上", h6, h6, "売上!H6"},
		{"売上", h6, h101, "売上!H6:H101"},
		{"", h6, h6, "H6"},
		{"売上", honne.Cell{}, honne.Cell{}, "売上"}, // a sheet as a whole
		{"", honne.Cell{}, honne.Cell{}, ""},     // a file as a whole
	} {
		a := honne.Address{Sheet: c.sheet, Range: honne.Range{From: c.from, To: c.to}}
		if got := a.String(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	r := honne.Range{From: honne.Cell{Row: 6, Col: 2}, To: honne.Cell{Row: 9, Col: 4}}
	for _, c := range []struct {
		cell   honne.Cell
		inside bool
	}{{r.From, true}, {r.To, true}, {honne.Cell{Row: 5, Col: 2}, false}, {honne.Cell{Row: 9, Col: 5}, false}} {
		if r.Contains(c.cell) != c.inside {
			t.Errorf("%s contains %s: want %v", r, c.cell, c.inside)
		}
	}
}

func TestAddressesTravelAsText(t *testing.T) {
	for _, s := range []string{`""`, `"H6"`, `"H6:H101"`, `"A1:XFD1048576"`} {
		var r honne.Range
		if err := json.Unmarshal([]byte(s), &r); err != nil {
			t.Errorf("%s: %v", s, err)
			continue
		}
		if back, _ := json.Marshal(r); string(back) != s {
			t.Errorf("%s came back as %s", s, back)
		}
	}
	for _, s := range []string{`"H6:"`, `":H6"`, `"H6:H7:H8"`, `"売上!H6"`} {
		var r honne.Range
		if err := json.Unmarshal([]byte(s), &r); err == nil {
			t.Errorf("%s was read as %s", s, r)
		}
	}
}

// FuzzParseCell holds: what is read is on a sheet, and is written so that it
// reads back.
func FuzzParseCell(f *testing.F) {
	for _, s := range []string{"A1", "Z99", "AA10", "XFD1048576", "H06", "A0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := honne.ParseCell(s)
		if err != nil {
			return
		}
		if c.Row < 1 || c.Col < 1 || c.Col > 16384 {
			t.Errorf("ParseCell(%q) = row %d, column %d", s, c.Row, c.Col)
		}
		if again, err := honne.ParseCell(c.String()); err != nil || again != c {
			t.Errorf("%q is written %s and read back as %v, %v", s, c, again, err)
		}
	})
}
