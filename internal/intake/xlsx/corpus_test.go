package xlsx

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"honne"
	"honne/internal/honnetest/corpus"
	"honne/internal/intake/grid"
)

// TestCorpusAgreesWithExcelize compares every cell of every workbook.
func TestCorpusAgreesWithExcelize(t *testing.T) {
	for _, name := range corpus.Files(t, "*/*.xlsx") {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		n := compare(t, filepath.Base(name), raw)
		t.Logf("%s: %d cells", filepath.Base(name), n)
	}
}

// compare counts the cells that agree, and fails at each that does not.
func compare(t *testing.T, name string, raw []byte) (cells int) {
	t.Helper()
	theirs, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(name, err)
	}
	defer theirs.Close()
	ours, err := Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(name, err)
	}
	defer ours.Close()
	for _, s := range ours.Sheets() {
		rows, err := theirs.GetRows(s.Name)
		if err != nil {
			t.Fatal(name, s.Name, err)
		}
		seen := make(map[honne.Cell]string)
		err = ours.Each(context.Background(), s.Index, func(r *grid.Row) error {
			for _, c := range r.Cells {
				seen[honne.Cell{Row: r.N, Col: c.Col}] = asExcelize(c)
			}
			return nil
		})
		if err != nil {
			t.Fatal(name, s.Name, err)
		}
		for i, row := range rows {
			for j, want := range row {
				at := honne.Cell{Row: int32(i + 1), Col: int32(j + 1)}
				if got := seen[at]; got != want {
					t.Errorf("%s %s!%s: %q, excelize says %q", name, s.Name, at, got, want)
				}
				if want != "" {
					cells++
				}
				delete(seen, at)
			}
		}
		for at, got := range seen {
			if got != "" {
				t.Errorf("%s %s!%s: %q, excelize has nothing", name, s.Name, at, got)
			}
		}
		if len(raw) < 200<<10 { // excelize reads the whole sheet for them
			compareMerges(t, name, ours, theirs, s)
		}
	}
	return cells
}

// asExcelize writes a cell as excelize gives it raw.
func asExcelize(c grid.Cell) string {
	if c.Kind == grid.Bool {
		return map[string]string{"TRUE": "1", "FALSE": "0"}[c.Text]
	}
	return c.Text
}

func compareMerges(t *testing.T, name string, ours *Book, theirs *excelize.File, s grid.Sheet) {
	t.Helper()
	want, err := theirs.GetMergeCells(s.Name, true)
	if err != nil {
		t.Fatal(name, s.Name, err)
	}
	got, err := ours.Merges(context.Background(), s.Index)
	if err != nil || len(got) != len(want) {
		t.Fatalf("%s %s: %d merged ranges, %v; excelize has %d", name, s.Name, len(got), err, len(want))
	}
	for i, w := range want {
		if area := w.GetStartAxis() + ":" + w.GetEndAxis(); got[i].String() != area {
			t.Errorf("%s %s: merged %s, excelize says %s", name, s.Name, got[i], area)
		}
	}
}

// TestGeneratedAgreesWithExcelize writes workbooks with excelize and compares.
func TestGeneratedAgreesWithExcelize(t *testing.T) {
	texts := []string{"売上", " 空白 ", "a<b>&\"c\"", "改\n行", "_x000D_", "ｶﾞ㈱①", "𠮷", "=1+1", "'x", strings.Repeat("長い", 500)}
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 1))
		f := excelize.NewFile()
		for range 400 {
			cell := honne.Cell{Row: 1 + r.Int32N(60), Col: 1 + r.Int32N(30)}.String()
			var err error
			switch r.IntN(6) {
			case 0:
				err = f.SetCellValue("Sheet1", cell, r.IntN(1e9)-5e8)
			case 1:
				err = f.SetCellValue("Sheet1", cell, float64(r.IntN(1e9))/1e4)
			case 2:
				err = f.SetCellValue("Sheet1", cell, r.IntN(2) == 0)
			case 3:
				err = f.SetCellValue("Sheet1", cell, time.Date(2020, 1, 1+r.IntN(3000), r.IntN(24), 0, 0, 0, time.UTC))
			default:
				err = f.SetCellStr("Sheet1", cell, texts[r.IntN(len(texts))])
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := f.MergeCell("Sheet1", "B70", "D72"); err != nil {
			t.Fatal(err)
		}
		raw, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		compare(t, fmt.Sprint("seed ", seed), raw.Bytes())
	}
}
