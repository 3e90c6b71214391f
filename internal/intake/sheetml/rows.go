package sheetml

import (
	"encoding/xml"
	"strconv"
	"strings"

	"honne"
	"honne/internal/intake/elements"
	"honne/internal/intake/grid"
	"honne/internal/intake/numfmt"
)

// rows reads the rows of one sheet.
type rows struct {
	book   *Book
	sheet  int
	at     int // the sheet that is read
	fn     func(*grid.Row) error
	row    grid.Row
	last   int32 // the row before
	col    int32 // the last column that is taken
	column int32 // the last that a column's format is of
	hidden map[int32]bool
	cell   grid.Cell
	kind   string // of the cell's data
	style  string
	text   strings.Builder
	open   bool // within a cell's data
	merges []honne.Range
}

// token reads one token of the workbook.
func (r *rows) token(t xml.Token, around []string) error {
	switch t := t.(type) {
	case xml.StartElement:
		return r.start(t, around)
	case xml.CharData:
		if r.open && r.text.Len()+len(t) > maxToken {
			return &Error{Code: CodeTooLarge, Detail: "a text"}
		} else if r.open {
			r.text.Write(t)
		}
	case xml.EndElement:
		return r.end(t.Name.Local, around)
	}
	return nil
}

func (r *rows) start(e xml.StartElement, around []string) error {
	if e.Name.Local == "Worksheet" {
		r.at++
		return nil
	}
	if r.at != r.sheet {
		return nil
	}
	switch e.Name.Local {
	case "Column":
		return r.startColumn(e)
	case "Row":
		return r.startRow(e)
	case "Cell":
		return r.startCell(e)
	case "Data":
		if len(around) > 1 && around[len(around)-2] == "Cell" { // a comment has data too
			r.open, r.kind = true, attr(e, "Type")
			r.text.Reset()
		}
	}
	return nil
}

// startColumn keeps which columns are hidden.
func (r *rows) startColumn(e xml.StartElement) error {
	first, err := index(e, "Index", r.column, maxCol)
	if err != nil {
		return err
	}
	span, err := index(e, "Span", -1, maxCol)
	if err != nil {
		return err
	}
	r.column = min(first+span, maxCol)
	for c := first; attr(e, "Hidden") == "1" && c <= r.column; c++ {
		if r.hidden == nil {
			r.hidden = map[int32]bool{}
		}
		r.hidden[c] = true
	}
	return nil
}

func (r *rows) startRow(e xml.StartElement) error {
	n, err := index(e, "Index", r.last, maxRow)
	if err != nil {
		return err
	}
	span, err := index(e, "Span", -1, maxRow)
	if err != nil {
		return err
	}
	if n <= r.last {
		return &Error{Code: CodeOutOfRange, Detail: "row " + strconv.Itoa(int(n))}
	}
	r.row = grid.Row{N: n, Cells: r.row.Cells[:0], Hidden: attr(e, "Hidden") == "1"}
	r.last, r.col = min(n+span, maxRow), 0
	return nil
}

func (r *rows) startCell(e xml.StartElement) error {
	col, err := index(e, "Index", r.col, maxCol)
	if err != nil || col <= r.col {
		return &Error{Code: CodeOutOfRange, Detail: "column " + attr(e, "Index")}
	}
	across, err := index(e, "MergeAcross", -1, maxCol)
	if err != nil {
		return err
	}
	down, err := index(e, "MergeDown", -1, maxRow)
	if err != nil {
		return err
	}
	r.col = min(col+across, maxCol)
	r.style, r.kind = attr(e, "StyleID"), ""
	r.cell = grid.Cell{Col: col, Formula: attr(e, "Formula") != "", Hidden: r.hidden[col]}
	if (across > 0 || down > 0) && len(r.merges) < maxMerges && r.row.N > 0 {
		r.merges = append(r.merges, honne.Range{From: honne.Cell{Row: r.row.N, Col: col}, To: honne.Cell{Row: min(r.row.N+down, maxRow), Col: r.col}})
	}
	return nil
}

// index is a count that an attribute says, or the one after the last.
func index(e xml.StartElement, name string, last, most int32) (int32, error) {
	n := int64(last) + 1
	if s := attr(e, name); s != "" {
		var err error
		if n, err = strconv.ParseInt(s, 10, 32); err != nil || n < 0 {
			return 0, &Error{Code: CodeOutOfRange, Detail: name + " " + strconv.Quote(s[:min(len(s), 20)])}
		}
	}
	if n > int64(most) {
		return 0, &Error{Code: CodeOutOfRange, Detail: name}
	}
	return int32(n), nil
}

func (r *rows) end(name string, around []string) error {
	if r.at != r.sheet {
		return nil
	}
	switch name {
	case "Data":
		if r.open {
			r.open = false
			r.settle()
		}
	case "Cell":
		if r.row.N > 0 && r.cell.Col > 0 && (r.cell.Kind != grid.Blank || r.cell.Formula) {
			r.row.Cells = append(r.row.Cells, r.cell)
		}
		r.cell = grid.Cell{}
	case "Row":
		if r.row.N > 0 && len(r.row.Cells) > 0 {
			return r.fn(&r.row)
		}
	case "Worksheet":
		return elements.ErrDone
	}
	return nil
}

// settle makes the value of a cell of the text of its data.
func (r *rows) settle() {
	c, s := &r.cell, r.text.String()
	if c.Text = s; strings.TrimSpace(s) == "" {
		return
	}
	switch c.Kind = grid.Text; r.kind {
	case "Number":
		n, err := honne.ParseDecimal(strings.TrimSpace(s))
		if err != nil {
			return
		}
		c.Kind, c.Num, c.Text = grid.Number, n, strings.TrimSpace(s)
		numfmt.Settle(c, r.book.styles[r.style], false)
	case "DateTime":
		r.settleDay(strings.TrimSpace(s))
	case "Boolean":
		if c.Kind = grid.Bool; strings.TrimSpace(s) == "1" {
			c.Text = "TRUE"
		} else {
			c.Text = "FALSE"
		}
	case "Error":
		c.Kind = grid.Error
	}
}

// settleDay reads 2025-04-01T00:00:00.000; before 1900 it is a time of day.
func (r *rows) settleDay(s string) {
	day, _, _ := strings.Cut(s, "T")
	d, err := honne.ParseDate(day)
	switch {
	case err != nil:
	case day < "1900-01-01":
		r.cell.Kind = grid.Time
	default:
		r.cell.Kind, r.cell.Date = grid.Date, d
	}
}
