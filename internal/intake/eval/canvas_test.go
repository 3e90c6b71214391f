package eval

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"

	"honne"
)

// canvas is a sheet that is laid out cell by cell. A cell is a string, an int64,
// a honne.Date or an inset.
type canvas struct {
	name   string
	cells  map[honne.Cell]any
	merges []honne.Range
	last   honne.Cell // the lowest row and the rightmost column that hold something
}

// inset is a text that a workbook indents by its format.
type inset string

func newCanvas(name string) *canvas { return &canvas{name: name, cells: map[honne.Cell]any{}} }

func (c *canvas) put(row, col int, v any) {
	if v == nil || v == "" {
		return
	}
	c.cells[honne.Cell{Row: int32(row), Col: int32(col)}] = v
	c.last.Row, c.last.Col = max(c.last.Row, int32(row)), max(c.last.Col, int32(col))
}

func (c *canvas) merge(row, col, toRow, toCol int) {
	if row == toRow && col == toCol {
		return
	}
	c.merges = append(c.merges, honne.Range{From: honne.Cell{Row: int32(row), Col: int32(col)}, To: honne.Cell{Row: int32(toRow), Col: int32(toCol)}})
}

// rows is the number of rows so far.
func (c *canvas) rows() int { return int(c.last.Row) }

// format is how a workbook is written.
type format uint8

const (
	asXLSX format = iota
	asCP932
	asUTF8
	asBOM
)

// workbook is a file that is laid out; in a text file it has one sheet.
type workbook struct {
	name   string
	format format
	sheets []*canvas
}

// file writes the workbook.
func (w *workbook) file() (honne.File, error) {
	raw, err := w.bytes()
	return honne.File{Name: w.name, Size: int64(len(raw)), Bytes: bytes.NewReader(raw)}, err
}

func (w *workbook) bytes() ([]byte, error) {
	if w.format == asXLSX {
		return w.xlsx()
	}
	text := w.sheets[0].csv()
	switch w.format {
	case asCP932:
		return japanese.ShiftJIS.NewEncoder().Bytes([]byte(text))
	case asBOM:
		text = "\ufeff" + text
	}
	return []byte(text), nil
}

// csv writes the sheet row by row, every row as wide as the widest.
func (c *canvas) csv() string {
	var b strings.Builder
	for row := int32(1); row <= c.last.Row; row++ {
		for col := int32(1); col <= c.last.Col; col++ {
			if col > 1 {
				b.WriteByte(',')
			}
			b.WriteString(quoted(fmt.Sprint(c.shown(honne.Cell{Row: row, Col: col}))))
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

func (c *canvas) shown(at honne.Cell) any {
	if v, ok := c.cells[at]; ok {
		return v
	}
	return ""
}

func quoted(s string) string {
	if strings.ContainsAny(s, ",\"\n") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

func (w *workbook) xlsx() ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		return nil, err
	}
	step, err := f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{Horizontal: "left", Indent: 1}})
	if err != nil {
		return nil, err
	}
	for i, c := range w.sheets {
		if i == 0 {
			err = f.SetSheetName("Sheet1", c.name)
		} else {
			_, err = f.NewSheet(c.name)
		}
		if err == nil {
			err = c.write(f, day, step)
		}
		if err != nil {
			return nil, err
		}
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// write writes the sheet with the styles of days and of insets.
func (c *canvas) write(f *excelize.File, day, step int) error {
	for at, v := range c.cells {
		style := 0
		switch in := v.(type) {
		case honne.Date:
			v, style = int64(in-honne.NewDate(1899, 12, 30)), day
		case inset:
			v, style = string(in), step
		}
		if err := f.SetCellStyle(c.name, at.String(), at.String(), style); err != nil {
			return err
		}
		if err := f.SetCellValue(c.name, at.String(), v); err != nil {
			return err
		}
	}
	for _, m := range c.merges {
		if err := f.MergeCell(c.name, m.From.String(), m.To.String()); err != nil {
			return err
		}
	}
	return nil
}

// String draws the sheet for a person who looks for a cause.
func (c *canvas) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "--- %s %v\n", c.name, c.merges)
	for i, line := range strings.Split(strings.TrimSuffix(c.csv(), "\r\n"), "\r\n") {
		fmt.Fprintf(&b, "%3d %s\n", i+1, line)
	}
	return b.String()
}

// sorted returns the cells in the order of the sheet.
func sorted(cells map[honne.Address]string) []honne.Address {
	list := make([]honne.Address, 0, len(cells))
	for at := range cells {
		list = append(list, at)
	}
	slices.SortFunc(list, func(a, b honne.Address) int { return strings.Compare(order(a), order(b)) })
	return list
}

func order(a honne.Address) string {
	return fmt.Sprintf("%s!%09d!%06d", a.Sheet, a.Range.From.Row, a.Range.From.Col)
}
