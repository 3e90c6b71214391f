package xls

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"honne"
	"honne/internal/honnetest/corpus"
	"honne/internal/intake/grid"
)

// file returns the bytes of a file of the corpus.
func file(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(corpus.Dir(t), "spreadsheets", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// truth is what people found in a file.
type truth struct {
	Meta struct {
		DateMode int `json:"datemode"`
	} `json:"meta"`
	Sheets map[string]struct {
		Cells []struct {
			Cell  honne.Cell `json:"cell"`
			Value any        `json:"value"`
		} `json:"cell_truths"`
	} `json:"sheets"`
}

// TestCorpus compares the workbooks with what people found in them, and with the
// number of cells, dates and merged ranges that another reader found.
func TestCorpus(t *testing.T) {
	cases := []struct {
		name                         string
		sheets, cells, dates, merges int
		days                         map[string]string // sheet!cell
	}{
		{"cellformat_builtin_ja.xls", 2, 342, 14, 0, map[string]string{"書式（組み込み書式)!C56": ""}},
		{"cellformat_date1904.xls", 3, 560, 84, 0, map[string]string{"書式（日付）!C4": "2016-03-01", "書式（日付）!C5": "2016-03-01"}},
		{"excella_kinmuhyo.xls", 4, 106, 4, 9, map[string]string{"-元ファイル!B6": "2009-06-01"}},
		{"gdp_h29_real_quarterly.xls", 2, 10096, 0, 0, nil},
		{"kakei_2018_a206-3.xls", 6, 39954, 0, 138, nil},
	}
	for _, c := range cases {
		raw := file(t, c.name)
		var want truth
		if err := json.Unmarshal(file(t, c.name+".truth.json"), &want); err != nil {
			t.Fatal(err)
		}
		b, err := Open(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			t.Fatal(c.name, err)
		}
		if b.date1904 != (want.Meta.DateMode == 1) {
			t.Errorf("%s: 1904: %v", c.name, b.date1904)
		}
		sheets, dates, merges, cells := b.Sheets(), 0, 0, make(map[string]grid.Cell)
		for _, s := range sheets {
			merges += readInto(t, cells, b, s)
		}
		for sheet, w := range want.Sheets {
			for _, v := range w.Cells {
				agrees(t, c.name+" "+sheet+"!"+v.Cell.String(), cells[sheet+"!"+v.Cell.String()], v.Value)
			}
		}
		for at, day := range c.days {
			if got := cells[at]; got.Date.String() != day {
				t.Errorf("%s %s: %s, want %s", c.name, at, show(got), day)
			}
		}
		for _, cell := range cells {
			if cell.Kind == grid.Date {
				dates++
			}
		}
		if len(sheets) != c.sheets || len(cells) != c.cells || dates != c.dates || merges != c.merges {
			t.Errorf("%s: %d sheets, %d cells, %d dates, %d merged ranges", c.name, len(sheets), len(cells), dates, merges)
		}
	}
}

// readInto adds the cells of a sheet and returns the number of merged ranges.
func readInto(t *testing.T, cells map[string]grid.Cell, b *Book, s grid.Sheet) int {
	t.Helper()
	err := b.Each(context.Background(), s.Index, func(r *grid.Row) error {
		for _, c := range r.Cells {
			cells[s.Name+"!"+honne.Cell{Row: r.N, Col: c.Col}.String()] = c
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	merges, err := b.Merges(context.Background(), s.Index)
	if err != nil {
		t.Fatal(err)
	}
	return len(merges)
}

func agrees(t *testing.T, at string, got grid.Cell, want any) {
	t.Helper()
	switch want := want.(type) {
	case string:
		if got.Text != want || (got.Kind == grid.Text) != (want != "") {
			t.Errorf("%s: %s, want %q", at, show(got), want)
		}
	case float64:
		if got.Num.Float() != want || got.Text != strconv.FormatFloat(want, 'f', -1, 64) {
			t.Errorf("%s: %s, want %v", at, show(got), want)
		}
	default:
		t.Errorf("%s: a truth of a kind unknown: %v", at, want)
	}
}
