package report

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"honne"
)

// Questionnaire is a sheet of questions that a partner fills in away from the
// application and sends back. It carries the manufacturer's name alone.
type Questionnaire struct {
	Title, Ours string
	Notes       []string // above the questions, the purpose first
	Heads       [4]string
	Choices     []string // what may be answered, as it is written in a cell
	Rows        []Answered
	Made        time.Time
}

// Answered is a question with its answer as it stands in the sheet; Key finds it
// again, in whatever order the rows come back.
type Answered struct {
	Key, Question, Answer, Text string
	At                          string // the answer's cell, when it was read
}

// keyMark stands above the keys, so that the rows are found again.
const keyMark = "#"

// questionWidth is how many columns of half width a question has.
const questionWidth = 46

// Bounds of a sheet that comes back.
const (
	mostRows    = 2000
	mostUnzip   = 32 << 20
	mostColumns = 50
)

// WriteQuestionnaire writes the sheet as a workbook: the same input gives the
// same bytes.
func WriteQuestionnaire(q Questionnaire) ([]byte, error) {
	f := excelize.NewFile()
	w := questionWriter{file: f, sheet: "Sheet1"}
	w.keep(f.SetSheetName("Sheet1", q.Heads[1]))
	w.sheet = q.Heads[1]
	w.styles()
	w.write(q)
	stamp := q.Made.UTC().Format("2006-01-02T15:04:05Z")
	w.keep(f.SetDocProps(&excelize.DocProperties{Creator: q.Ours, LastModifiedBy: q.Ours, Title: q.Title, Created: stamp, Modified: stamp}))
	w.keep(f.SetAppProps(&excelize.AppProperties{Application: q.Ours, Company: q.Ours}))
	var out bytes.Buffer
	w.keep(f.Write(&out))
	w.keep(f.Close())
	if w.err != nil {
		return nil, fmt.Errorf("report: write questionnaire: %w", w.err)
	}
	return out.Bytes(), nil
}

type questionWriter struct {
	file              *excelize.File
	sheet             string
	title, note, head int
	cell              int
	err               error
}

func (w *questionWriter) keep(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *questionWriter) styles() {
	font := func(size float64, bold bool) *excelize.Font {
		return &excelize.Font{Family: "Yu Gothic", Size: size, Bold: bold}
	}
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	var grid []excelize.Border
	for _, side := range [...]string{"left", "top", "right", "bottom"} {
		grid = append(grid, excelize.Border{Type: side, Color: "82878F", Style: 1})
	}
	for _, s := range []struct {
		to    *int
		style excelize.Style
	}{
		{&w.title, excelize.Style{Font: font(14, true)}},
		{&w.note, excelize.Style{Font: font(10, false), Alignment: top}},
		{&w.head, excelize.Style{Font: font(10, true), Border: grid, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EFEFEA"}}}},
		{&w.cell, excelize.Style{Font: font(10, false), Border: grid, Alignment: top}},
	} {
		id, err := w.file.NewStyle(&s.style)
		w.keep(err)
		*s.to = id
	}
}

func cellName(col, row int) string {
	return honne.Cell{Row: int32(row), Col: int32(col)}.String()
}

// put writes a text, never a formula; digits alone become a number.
func (w *questionWriter) put(col, row, style int, text string) {
	at := cellName(col, row)
	if len(text) == 1 && text[0] >= '0' && text[0] <= '9' {
		w.keep(w.file.SetCellInt(w.sheet, at, int64(text[0]-'0')))
	} else {
		w.keep(w.file.SetCellStr(w.sheet, at, escaped(text)))
	}
	w.keep(w.file.SetCellStyle(w.sheet, at, at, style))
}

// escape looks like a character by its number: a workbook would read it as one.
var escape = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

func escaped(text string) string {
	return escape.ReplaceAllStringFunc(text, func(s string) string { return "_x005F" + s })
}

func (w *questionWriter) write(q Questionnaire) {
	for col, width := range map[string]float64{"A": 5, "B": questionWidth, "C": 14, "D": 60} {
		w.keep(w.file.SetColWidth(w.sheet, col, col, width))
	}
	w.put(2, 1, w.title, q.Title)
	row := w.notes(q.Notes) + 2
	for i, h := range q.Heads {
		if i == 0 {
			h = keyMark
		}
		w.put(i+1, row, w.head, h)
	}
	first := row + 1
	for _, a := range q.Rows {
		row++
		for i, s := range []string{a.Key, a.Question, a.Answer, a.Text} {
			w.put(i+1, row, w.cell, s)
		}
		w.keep(w.file.SetRowHeight(w.sheet, row, float64(max(34, 15*(1+len([]rune(a.Text))/30), 15*(1+columns(a.Question)/questionWidth)))))
	}
	valid := excelize.NewDataValidation(true)
	valid.SetSqref(cellName(3, first) + ":" + cellName(3, row))
	w.keep(valid.SetDropList(q.Choices))
	w.keep(w.file.AddDataValidation(w.sheet, valid))
	w.layOut(first)
}

// notes writes what stands above the questions, and gives its last row.
func (w *questionWriter) notes(list []string) int {
	row := 1
	for _, n := range list {
		row++
		w.put(2, row, w.note, n)
		w.keep(w.file.MergeCell(w.sheet, cellName(2, row), cellName(4, row)))
		w.keep(w.file.SetRowHeight(w.sheet, row, float64(15*(1+len([]rune(n))/55))))
	}
	return row
}

// layOut keeps the heads in view, and prints the sheet as wide as a page.
func (w *questionWriter) layOut(first int) {
	w.keep(w.file.SetPanes(w.sheet, &excelize.Panes{Freeze: true, YSplit: first - 1, TopLeftCell: cellName(1, first), ActivePane: "bottomLeft"}))
	landscape, paper, fit, any := "landscape", 9, 1, 0
	yes := true
	w.keep(w.file.SetPageLayout(w.sheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &paper, FitToWidth: &fit, FitToHeight: &any}))
	w.keep(w.file.SetSheetProps(w.sheet, &excelize.SheetPropsOptions{FitToPage: &yes}))
}

// ReadQuestionnaire reads the rows of a sheet that came back, in their order. An
// honne.ErrInvalid is a file that is no such sheet; which of its columns stand
// where does not matter, nor what stands around them.
func ReadQuestionnaire(raw []byte, heads [4]string) ([]Answered, error) {
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{UnzipSizeLimit: mostUnzip, UnzipXMLSizeLimit: mostUnzip, RawCellValue: true})
	if err != nil {
		return nil, fmt.Errorf("report: this is no workbook: %w", honne.ErrInvalid)
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.Rows(sheet)
		if err != nil {
			continue
		}
		out, found := readAnswers(rows, heads)
		rows.Close()
		if found {
			return out, nil
		}
	}
	return nil, fmt.Errorf("report: this workbook holds no questions of ours: %w", honne.ErrInvalid)
}

func readAnswers(rows *excelize.Rows, heads [4]string) (out []Answered, found bool) {
	var at [4]int
	for n := 1; rows.Next() && n <= mostRows; n++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, false
		}
		cells = cells[:min(len(cells), mostColumns)]
		if !found {
			at, found = heading(cells, heads)
			continue
		}
		cell := func(i int) string {
			if at[i] < len(cells) {
				return cells[at[i]]
			}
			return ""
		}
		a := Answered{Key: strings.TrimSpace(cell(0)), Question: cell(1), Answer: strings.TrimSpace(cell(2)), Text: cell(3), At: cellName(at[2]+1, n)}
		if a.Key+a.Question+a.Answer+strings.TrimSpace(a.Text) != "" {
			out = append(out, a)
		}
	}
	return out, found
}

// heading finds the columns by their heads.
func heading(cells []string, heads [4]string) (at [4]int, found bool) {
	heads[0] = keyMark
	for i, h := range heads {
		at[i] = -1
		for j, c := range cells {
			if strings.TrimSpace(c) == h {
				at[i] = j
			}
		}
		if at[i] < 0 {
			return at, false
		}
	}
	return at, true
}
