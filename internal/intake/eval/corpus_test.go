package eval

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest/corpus"
	"honne/internal/intake"
	"honne/internal/playbook"
)

// truth is what a .truth.json of the corpus says of a file or of a sheet.
type truth struct {
	HeaderRows   headerRows                 `json:"header_rows"`
	FirstDataRow int                        `json:"first_data_row"`
	LastDataRow  int                        `json:"last_data_row"`
	DataRows     int                        `json:"data_rows"`
	CellTruths   []cellTruth                `json:"cell_truths"`
	Sheets       map[string]json.RawMessage `json:"sheets"`
	Tables       json.RawMessage            `json:"tables"`
}

// headerRows is [first, last], or a word that says that there is none.
type headerRows []int

func (h *headerRows) UnmarshalJSON(b []byte) error {
	var rows []int
	if json.Unmarshal(b, &rows) == nil {
		*h = rows
	}
	return nil
}

type cellTruth struct {
	Cell  string `json:"cell"`
	Value any    `json:"value"`
}

// corpusFolders hold tables and their truths.
var corpusFolders = []string{"spreadsheets", "sales", "vintages", "names"}

// TestCorpus reads every file of the corpus that has a truth and compares
// headers, bodies, row counts and cells.
func TestCorpus(t *testing.T) {
	book, dir := testBook(t), corpus.Dir(t)
	for _, folder := range corpusFolders {
		s, err := scoreFolder(filepath.Join(dir, folder), book)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range append(s.faults, s.doubts...) {
			t.Error(f)
		}
		if s.exact < s.sheets || s.equal < s.cells || s.sheets == 0 {
			t.Errorf("%s: %d of %d sheets exact, %d of %d cells equal", folder, s.exact, s.sheets, s.equal, s.cells)
		}
	}
}

// scoreFolder reads the files of a folder of the corpus that have a truth.
func scoreFolder(dir string, book *playbook.Playbook) (*score, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.truth.json"))
	if err != nil || len(paths) == 0 {
		return nil, fmt.Errorf("no truths in %s: %w", dir, errors.Join(err, os.ErrNotExist))
	}
	s := &score{part: "corpus, " + filepath.Base(dir)}
	for _, path := range paths {
		raw, err := os.ReadFile(strings.TrimSuffix(path, ".truth.json"))
		if errors.Is(err, os.ErrNotExist) {
			continue // the truth of a group of files
		}
		if err == nil {
			err = scoreFile(s, strings.TrimSuffix(path, ".truth.json"), raw, book)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return s, nil
}

func scoreFile(s *score, path string, raw []byte, book *playbook.Playbook) error {
	var whole truth
	if err := readJSON(path+".truth.json", &whole); err != nil {
		return err
	}
	name := filepath.Base(path)
	f := honne.File{Name: name, Size: int64(len(raw)), Bytes: bytes.NewReader(raw)}
	r, err := readFile(f, book)
	if err != nil {
		return err
	}
	check := func(sheet string, want truth) {
		cells := cellFaults(f, sheet, want.CellTruths)
		s.cells += len(want.CellTruths)
		s.equal += len(want.CellTruths) - len(cells)
		faults := append(tableFaults(r, sheet, want), blockFaults(r, sheet, want.Tables)...)
		s.add(name, r, append(append(faults, smallTableFaults(r, sheet, want.Tables)...), cells...))
	}
	if len(whole.Sheets) == 0 {
		check("", whole)
	}
	for sheet, raw := range whole.Sheets {
		var want truth
		if err := json.Unmarshal(raw, &want); err != nil {
			return err
		}
		check(sheet, want)
	}
	return nil
}

func readJSON(path string, v any) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, v)
}

// tableFaults compares the first table of a sheet with its truth.
func tableFaults(r honne.Reading, sheet string, want truth) []fault {
	if want.FirstDataRow == 0 {
		return nil
	}
	for _, got := range r.Tables {
		if got.Sheet != sheet {
			continue
		}
		faults := differ(got, "first data row", int(got.Body.From.Row), want.FirstDataRow)
		if len(want.HeaderRows) > 0 {
			faults = append(faults, differ(got, "header", rows(got.Header), []int(want.HeaderRows))...)
		}
		if want.LastDataRow > 0 {
			faults = append(faults, differ(got, "last data row", int(got.Body.To.Row), want.LastDataRow)...)
		}
		if want.DataRows > 0 {
			faults = append(faults, differ(got, "data rows", got.Rows, want.DataRows)...)
		}
		return faults
	}
	return []fault{{at: honne.Address{Sheet: sheet}, what: "no table found"}}
}

func rows(r honne.Range) []int { return []int{int(r.From.Row), int(r.To.Row)} }

// differ gives a fault of a table when two figures of it are not the same.
func differ(t honne.Table, what string, got, want any) []fault {
	if fmt.Sprint(got) == fmt.Sprint(want) {
		return nil
	}
	return []fault{{at: honne.Address{Sheet: t.Sheet, Range: t.Body}, what: fmt.Sprintf("%s: %v, truth %v", what, got, want)}}
}

// smallTableFaults compares the tables that a truth lists by their header row.
func smallTableFaults(r honne.Reading, sheet string, raw json.RawMessage) []fault {
	var tables []struct {
		HeaderRow    int `json:"header_row"`
		FirstDataRow int `json:"first_data_row"`
		LastDataRow  int `json:"last_data_row"`
	}
	if json.Unmarshal(raw, &tables) != nil {
		return nil
	}
	var faults []fault
	for _, want := range tables {
		if want.HeaderRow == 0 {
			continue
		}
		i := slices.IndexFunc(r.Tables, func(t honne.Table) bool { return t.Sheet == sheet && int(t.Header.To.Row) == want.HeaderRow })
		if i < 0 {
			faults = append(faults, fault{at: honne.Address{Sheet: sheet}, what: fmt.Sprintf("no table with its header in row %d", want.HeaderRow)})
			continue
		}
		faults = append(faults, differ(r.Tables[i], "body", rows(r.Tables[i].Body), []int{want.FirstDataRow, want.LastDataRow})...)
	}
	return faults
}

// blockFaults compares tables stacked in one file, given by blocks of rows.
func blockFaults(r honne.Reading, sheet string, raw json.RawMessage) []fault {
	var tables []struct {
		FirstRow int              `json:"first_row"`
		LastRow  int              `json:"last_row"`
		Rows     map[string][]int `json:"rows"`
		N        map[string]int   `json:"n"`
	}
	if json.Unmarshal(raw, &tables) != nil {
		return nil
	}
	var faults []fault
	for _, want := range tables {
		if len(want.Rows["month"]) == 0 {
			continue
		}
		count := 0
		for _, n := range want.N {
			count += n
		}
		i := slices.IndexFunc(r.Tables, func(t honne.Table) bool {
			return t.Sheet == sheet && int(t.Body.From.Row) >= want.FirstRow && int(t.Body.To.Row) <= want.LastRow
		})
		if i < 0 {
			faults = append(faults, fault{at: honne.Address{Sheet: sheet}, what: fmt.Sprintf("no table in rows %d to %d", want.FirstRow, want.LastRow)})
			continue
		}
		got := r.Tables[i]
		faults = append(faults, differ(got, "data rows", got.Rows, count)...)
		faults = append(faults, differ(got, "body", rows(got.Body), []int{want.Rows["calendar_year"][0], want.Rows["month"][1]})...)
	}
	return faults
}

// cellFaults compares single cells, as a reader of the file sees them.
func cellFaults(f honne.File, sheet string, truths []cellTruth) []fault {
	var faults []fault
	for _, want := range truths {
		at := address(sheet, want.Cell)
		got, err := intake.Excerpt(context.Background(), f, at)
		switch {
		case err != nil:
			faults = append(faults, fault{at: at, what: err.Error()})
		case !sameValue(got[0][0], want.Value):
			faults = append(faults, fault{at: at, what: fmt.Sprintf("%q, truth %v", got[0][0], want.Value)})
		}
	}
	return faults
}

// sameValue compares a cell with the value that a script of the corpus printed.
func sameValue(got string, want any) bool {
	n, err := strconv.ParseFloat(got, 64)
	switch v := want.(type) {
	case nil:
		return strings.TrimSpace(got) == ""
	case float64:
		day, dated := serial(got)
		day1904 := day - 1462 // of a workbook that counts from 1904
		return err == nil && math.Abs(n-v) <= 1e-9*math.Max(1, math.Abs(v)) || dated && (day == math.Floor(v) || day1904 == math.Floor(v))
	case string:
		return got == v || len(got) == len("2006-01-02") && strings.HasPrefix(v, got) || err == nil && clock(n) == v
	}
	return false
}

// serial is the number that a spreadsheet keeps for a day: days since the last
// of 1899.
func serial(day string) (float64, bool) {
	d, err := honne.ParseDate(day)
	return float64(d - honne.NewDate(1899, 12, 30)), err == nil
}

// clock writes a fraction of a day as Python's timedelta does.
func clock(days float64) string {
	seconds := int64(math.Round(days * 86400))
	s := fmt.Sprintf("%02d:%02d:%02d", seconds%86400/3600, seconds%3600/60, seconds%60)
	if days := seconds / 86400; days > 0 {
		return fmt.Sprintf("%d days, %d:%02d:%02d", days, seconds%86400/3600, seconds%3600/60, seconds%60)
	}
	return s
}
