package intake

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/intake/grid"
	"honne/internal/playbook"
	"honne/playbooks"
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
	Encoding     string                     `json:"encoding"`
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

// known lists where our reading differs from a truth, and why we stand by it.
var known = map[string]string{}

func testBook(t testing.TB) *playbook.Playbook {
	t.Helper()
	book, err := japaneseBook()
	if err != nil {
		t.Fatal(err)
	}
	return book
}

var japaneseBook = sync.OnceValues(func() (*playbook.Playbook, error) { return playbook.Load(playbooks.FS, "japan") })

func fileOf(t testing.TB, path string) honne.File {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return honne.File{Name: filepath.Base(path), Size: int64(len(b)), Bytes: bytes.NewReader(b)}
}

// TestCorpus reads every CSV and XLSX of the corpus and compares headers,
// bodies, row counts and cells with the truth beside it.
func TestCorpus(t *testing.T) {
	book := testBook(t)
	for _, folder := range []string{"spreadsheets", "sales", "vintages", "names"} {
		files, err := filepath.Glob(filepath.Join(honnetest.Corpus(t), folder, "*.truth.json"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no truths in %s: %v", folder, err)
		}
		for _, path := range files {
			file := strings.TrimSuffix(path, ".truth.json")
			if strings.HasSuffix(file, ".csv") || strings.HasSuffix(file, ".xlsx") {
				t.Run(filepath.Base(file), func(t *testing.T) { checkFile(t, book, file, path) })
			}
		}
	}
}

func checkFile(t *testing.T, book *playbook.Playbook, file, truthPath string) {
	var whole truth
	readJSON(t, truthPath, &whole)
	f := fileOf(t, file)
	r, err := Read(context.Background(), f, book, honne.Memory{})
	if err != nil {
		t.Fatal(err)
	}
	if len(whole.HeaderRows) > 0 {
		checkTable(t, r, "", whole)
		checkCells(t, f, "", whole.CellTruths)
	}
	for sheet, raw := range whole.Sheets {
		var s truth
		if err := json.Unmarshal(raw, &s); err != nil {
			t.Fatal(err)
		}
		checkCells(t, f, sheet, s.CellTruths)
		if len(s.HeaderRows) > 0 {
			checkTable(t, r, sheet, s)
		}
		checkSmallTables(t, r, sheet, s.Tables)
	}
	checkBlocks(t, r, whole.Tables)
}

func readJSON(t testing.TB, path string, v any) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(b, v)
	}
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// checkTable compares the first table of a sheet with its truth.
func checkTable(t *testing.T, r honne.Reading, sheet string, want truth) {
	t.Helper()
	for _, got := range r.Tables {
		if got.Sheet != sheet {
			continue
		}
		header := []int{int(got.Header.From.Row), int(got.Header.To.Row)}
		expect(t, sheet+" header", header, want.HeaderRows)
		expect(t, sheet+" first data row", int(got.Body.From.Row), want.FirstDataRow)
		if want.LastDataRow > 0 {
			expect(t, sheet+" last data row", int(got.Body.To.Row), want.LastDataRow)
		}
		if want.DataRows > 0 {
			expect(t, sheet+" data rows", got.Rows, want.DataRows)
		}
		return
	}
	t.Errorf("no table found on sheet %q", sheet)
}

// checkSmallTables compares the tables that a truth lists by their header row.
func checkSmallTables(t *testing.T, r honne.Reading, sheet string, raw json.RawMessage) {
	var tables []struct {
		HeaderRow    int `json:"header_row"`
		FirstDataRow int `json:"first_data_row"`
		LastDataRow  int `json:"last_data_row"`
	}
	if json.Unmarshal(raw, &tables) != nil {
		return
	}
	for _, want := range tables {
		found := false
		for _, got := range r.Tables {
			if got.Sheet == sheet && int(got.Header.To.Row) == want.HeaderRow {
				found = true
				expect(t, fmt.Sprintf("%s header row %d, body", sheet, want.HeaderRow),
					[]int{int(got.Body.From.Row), int(got.Body.To.Row)}, []int{want.FirstDataRow, want.LastDataRow})
			}
		}
		if !found && want.HeaderRow > 0 {
			t.Errorf("%s: no table with its header in row %d", sheet, want.HeaderRow)
		}
	}
}

// checkBlocks compares tables stacked in one file, given by blocks of rows.
func checkBlocks(t *testing.T, r honne.Reading, raw json.RawMessage) {
	var tables []struct {
		FirstRow int              `json:"first_row"`
		LastRow  int              `json:"last_row"`
		Rows     map[string][]int `json:"rows"`
		N        map[string]int   `json:"n"`
	}
	if json.Unmarshal(raw, &tables) != nil {
		return
	}
	for _, want := range tables {
		if len(want.Rows["month"]) == 0 {
			continue
		}
		rows := 0
		for _, n := range want.N {
			rows += n
		}
		for _, got := range r.Tables {
			if int(got.Body.From.Row) >= want.FirstRow && int(got.Body.To.Row) <= want.LastRow {
				expect(t, fmt.Sprintf("rows of the table at %d", want.FirstRow), got.Rows, rows)
				expect(t, "first row", int(got.Body.From.Row), want.Rows["calendar_year"][0])
				expect(t, "last row", int(got.Body.To.Row), want.Rows["month"][1])
			}
		}
	}
}

func expect(t *testing.T, what string, got, want any) {
	t.Helper()
	if fmt.Sprint(got) == fmt.Sprint(want) {
		return
	}
	if why := known[t.Name()+" "+what]; why != "" {
		t.Logf("%s: %v, truth %v: %s", what, got, want, why)
		return
	}
	t.Errorf("%s: got %v, truth says %v", what, got, want)
}

// checkCells compares single cells as stored.
func checkCells(t *testing.T, f honne.File, sheet string, truths []cellTruth) {
	t.Helper()
	cells := map[string]grid.Cell{}
	src, err := open(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	defer src.close()
	for _, s := range src.sheets {
		if s.Name != sheet {
			continue
		}
		if err := src.each(context.Background(), s.Index, func(r *grid.Row) error {
			for _, c := range r.Cells {
				cells[honne.Cell{Row: r.N, Col: c.Col}.String()] = c
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range truths {
		if got := cells[want.Cell]; !sameValue(got, want.Value) {
			t.Errorf("%s!%s: got %s %q, truth says %v", sheet, want.Cell, got.Kind, got.Text, want.Value)
		}
	}
}

// sameValue compares a cell with the value that a script of the corpus printed.
func sameValue(c grid.Cell, want any) bool {
	switch v := want.(type) {
	case nil:
		return strings.TrimSpace(c.Text) == ""
	case float64:
		f, err := strconv.ParseFloat(c.Text, 64)
		return err == nil && math.Abs(f-v) <= 1e-9*math.Max(1, math.Abs(v))
	case string:
		return c.Text == v || c.Kind == grid.Date && strings.HasPrefix(v, c.Date.String()) || c.Kind == grid.Time && clock(c) == v
	}
	return false
}

// clock writes a fraction of a day as Python's timedelta does.
func clock(c grid.Cell) string {
	seconds := int64(math.Round(c.Num.Float() * 86400))
	s := fmt.Sprintf("%02d:%02d:%02d", seconds%86400/3600, seconds%3600/60, seconds%60)
	if days := seconds / 86400; days > 0 {
		return fmt.Sprintf("%d days, %d:%02d:%02d", days, seconds%86400/3600, seconds%3600/60, seconds%60)
	}
	return s
}
