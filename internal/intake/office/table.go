package office

import (
	"strings"

	"honne"
)

const (
	maxRow    = 1 << 20
	maxCol    = 1 << 14
	maxTables = 4096
	maxCells  = 1_000_000 // of all tables
	maxMerges = 200_000   // of all tables
	maxTexts  = 32 << 20  // bytes of all texts
)

// table is a table that was read.
type table struct {
	name    string
	heading string // what stands before it
	before  []string
	hidden  bool
	rows    []tableRow
	cells   []tableCell
	merges  []honne.Range
}

// tableRow is a row that holds a text: a run of cells.
type tableRow struct {
	n        int32
	from, to int
}

type tableCell struct {
	col  int32
	text string
}

// builder lays a table out while it is read.
type builder struct {
	table *table
	row   int32
	col   int32 // the last column taken
	inRow bool
	open  bool // within a cell
	span  span
	text  strings.Builder
	tall  map[int32]int // Word: by column, the merge that began above and goes on
}

// span is what a cell says of its size and of its part in a merged range.
type span struct {
	cols, rows int32
	begins     bool // Word: a vertical merge begins here
	goesOn     bool // part of a range that began above or on the left
}

// beginRow starts a row.
func (b *builder) beginRow() error {
	b.endRow()
	if b.row++; b.row > maxRow {
		return &Error{Code: CodeOutOfRange, Detail: "rows"}
	}
	b.col, b.inRow = 0, true
	n := len(b.table.cells)
	b.table.rows = append(b.table.rows, tableRow{b.row, n, n})
	return nil
}

// endRow forgets a row without a text.
func (b *builder) endRow() {
	if !b.inRow {
		return
	}
	b.inRow = false
	rows := b.table.rows
	last := &rows[len(rows)-1]
	if last.to = len(b.table.cells); last.to == last.from {
		b.table.rows = rows[:len(rows)-1]
	}
}

// beginCell starts a cell of one row and one column.
func (b *builder) beginCell() {
	b.open, b.span = true, span{cols: 1, rows: 1}
	b.text.Reset()
}

// endCell puts the cell in its place. In PowerPoint the cells under a span
// are there, each; in Word only those below it.
func (b *builder) endCell(kind Kind) error {
	b.open = false
	if !b.inRow {
		return nil
	}
	from := honne.Cell{Row: b.row, Col: b.col + 1}
	if kind == Presentation {
		b.col++
	} else {
		b.col += b.span.cols
	}
	last := max(from.Col+b.span.cols-1, b.col)
	if last > maxCol || b.row+b.span.rows-1 > maxRow {
		return &Error{Code: CodeOutOfRange, Detail: "cell " + from.String()}
	}
	b.merge(kind, from, last)
	text := strings.Trim(b.text.String(), "\n")
	if b.span.goesOn || strings.TrimSpace(text) == "" {
		return nil
	}
	b.table.cells = append(b.table.cells, tableCell{from.Col, text})
	return nil
}

// merge notes a range that begins at a cell, or lengthens the one that goes on
// in it.
func (b *builder) merge(kind Kind, from honne.Cell, last int32) {
	if kind == Presentation && b.span.goesOn {
		return
	}
	above, found := b.tall[from.Col]
	if b.span.goesOn && found && b.table.merges[above].To.Row == b.row-1 {
		b.table.merges[above].To.Row = b.row
		return
	}
	b.span.goesOn = false // nothing above it to go on from
	delete(b.tall, from.Col)
	if b.span.begins {
		if b.tall == nil {
			b.tall = make(map[int32]int)
		}
		b.tall[from.Col] = len(b.table.merges)
	}
	if b.span.cols > 1 || b.span.rows > 1 || b.span.begins {
		to := honne.Cell{Row: b.row + b.span.rows - 1, Col: last}
		b.table.merges = append(b.table.merges, honne.Range{From: from, To: to})
	}
}

// end drops ranges of one cell, and what a span says beyond the last row.
func (b *builder) end() {
	kept := b.table.merges[:0]
	for _, m := range b.table.merges {
		m.To.Row = min(m.To.Row, b.row)
		if m.From != m.To {
			kept = append(kept, m)
		}
	}
	b.table.merges = kept
}
