// Package grid holds the cells of a sheet as every format gives them: a stream
// of rows of cells. It owns what a cell is, not what it means: no header is
// recognised here, no text is read as a number.
package grid

import "honne"

// Kind says what a format itself says that a cell holds.
type Kind uint8

// The kinds of cell.
const (
	Blank  Kind = iota // nothing; given only for a formula whose result is not in the file
	Text               // text, whatever it looks like; every filled cell of a CSV
	Number             // a number
	Bool               // Text is TRUE or FALSE
	Date               // a number or text that the format says is a day
	Time               // a number that the format says is a time of day or a duration
	Error              // Text is #N/A, #DIV/0! …
)

// String returns the kind's name.
func (k Kind) String() string {
	return [...]string{"blank", "text", "number", "bool", "date", "time", "error"}[k]
}

// Cell is one filled cell.
type Cell struct {
	Col     int32 // from 1
	Kind    Kind
	Formula bool   // the value is the cached result of a formula
	Hidden  bool   // its column is hidden
	Share   bool   // a number that is shown as a percentage
	Indent  uint8  // steps its format indents its text by
	Style   uint16 // XLSX: the index of its cell format
	Same    int32  // not 0: the cells of a file that share the number have the same text
	Date    honne.Date
	Num     honne.Decimal // Number, Date and Time: exact, as the file stores it
	Text    string        // as stored: of XLSX numbers the digits of the file; may be kept
}

// Row is one row that holds at least one cell. A reader uses the Row and its
// Cells again for the next row: copy what is to be kept. The texts may be kept.
type Row struct {
	N      int32  // from 1; in a CSV the number of the record, blank lines counted
	Cells  []Cell // in ascending order of Col, each Col once; blank cells are left out
	Hidden bool
}

// Cell returns the cell in a column, nil when it is blank. Cells ascend, so that
// none can stand further from the first than its column does.
func (r *Row) Cell(col int32) *Cell {
	if len(r.Cells) == 0 || col < r.Cells[0].Col {
		return nil
	}
	i := min(int(col-r.Cells[0].Col), len(r.Cells)-1)
	for r.Cells[i].Col > col {
		i--
	}
	if r.Cells[i].Col == col {
		return &r.Cells[i]
	}
	return nil
}

// Text returns the text of the cell in a column, "" when it is blank.
func (r *Row) Text(col int32) string {
	if c := r.Cell(col); c != nil {
		return c.Text
	}
	return ""
}

// Sheet is a sheet of a workbook.
type Sheet struct {
	Name   string
	Index  int // what the reader calls it, from 0 in the order of the tabs
	Hidden bool
	Before []string // short paragraphs right before it, from top to bottom
	Opens  []string // the first short paragraphs of its document
}
