package xls

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/numfmt"
)

// isCell knows the records of cells that hold something.
func isCell(kind uint16) bool {
	switch kind {
	case recNumber, recRK, recMulRK, recLabelSST, recLabel, recRString, recBoolErr, recFormula, recFormula2, recFormula4:
		return true
	}
	return false
}

// Each calls fn with every row of the i-th sheet that holds a cell, in order. It
// ends with the error of fn, or with an *Error.
func (b *Book) Each(ctx context.Context, i int, fn func(*grid.Row) error) error {
	s, err := b.look(ctx, i)
	if err != nil {
		return err
	}
	if err := b.loadStrings(ctx); err != nil {
		return err
	}
	rows := &rows{survey: s, indents: b.indents, fn: fn}
	if s.ordered {
		if err := b.cells(ctx, i, rows.add); err != nil {
			return err
		}
		return rows.end()
	}
	for n, from := range s.pieces {
		to := maxRow
		if n+1 < len(s.pieces) {
			to = s.pieces[n+1]
		}
		if err := b.piece(ctx, i, int32(from), int32(to), rows); err != nil {
			return err
		}
	}
	return rows.end()
}

// placed is a cell with its row, from 0.
type placed struct {
	row  int32
	cell grid.Cell
}

// piece reads the rows from (included) to (not included) and brings them in order.
func (b *Book) piece(ctx context.Context, i int, from, to int32, rows *rows) error {
	var held []placed
	err := b.cells(ctx, i, func(p placed) error {
		if from <= p.row && p.row < to {
			held = append(held, p)
		}
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(held, func(a, b placed) int { return cmp.Compare(a.row, b.row) })
	for _, p := range held {
		if err := rows.add(p); err != nil {
			return err
		}
	}
	return nil
}

// rows gathers cells to rows.
type rows struct {
	*survey
	indents []uint8 // by style
	fn      func(*grid.Row) error
	row     grid.Row
	ordered bool // the columns of the row ascend
}

func (r *rows) add(p placed) error {
	if r.row.N != p.row+1 {
		if err := r.end(); err != nil {
			return err
		}
		r.row = grid.Row{N: p.row + 1, Hidden: r.rows[p.row], Cells: r.row.Cells[:0]}
		r.ordered = true
	}
	p.cell.Hidden = r.columns[p.cell.Col-1]
	if int(p.cell.Style) < len(r.indents) {
		p.cell.Indent = r.indents[p.cell.Style]
	}
	if n := len(r.row.Cells); n > 0 && r.row.Cells[n-1].Col >= p.cell.Col {
		r.ordered = false
	}
	r.row.Cells = append(r.row.Cells, p.cell)
	return nil
}

// end gives the row; of two cells at one place the later one counts.
func (r *rows) end() error {
	if len(r.row.Cells) == 0 {
		return nil
	}
	if !r.ordered {
		slices.Reverse(r.row.Cells)
		slices.SortStableFunc(r.row.Cells, func(a, b grid.Cell) int { return cmp.Compare(a.Col, b.Col) })
		r.row.Cells = slices.CompactFunc(r.row.Cells, func(a, b grid.Cell) bool { return a.Col == b.Col })
	}
	return r.fn(&r.row)
}

// cells reads the cells of a sheet in the order of the file.
func (b *Book) cells(ctx context.Context, i int, put func(placed) error) error {
	r, _, err := b.open(ctx, i)
	if err != nil {
		return err
	}
	c := &cells{b: b, r: r, put: put}
	if err := r.each(c.record); err != nil {
		return err
	}
	return c.release()
}

type cells struct {
	b       *Book
	r       *records
	put     func(placed) error
	waiting bool // formula has a text, which comes in a record of its own
	formula placed
}

// release gives a formula whose text did not come.
func (c *cells) release() error {
	if !c.waiting {
		return nil
	}
	c.waiting = false
	return c.put(c.formula)
}

func (c *cells) record() error {
	if c.r.kind == recString && c.waiting {
		text, err := c.r.textAt(0, 2)
		if err != nil {
			return err
		}
		c.waiting = false
		return c.text(c.formula, text)
	}
	if !isCell(c.r.kind) {
		return nil
	}
	if err := c.release(); err != nil {
		return err
	}
	if err := c.r.need(6); err != nil {
		return err
	}
	if c.r.kind == recMulRK {
		return c.many()
	}
	col := int32(le16(c.r.body[2:])) + 1
	p := placed{row: int32(le16(c.r.body)), cell: grid.Cell{Col: col, Style: le16(c.r.body[4:])}}
	if col > maxCol {
		return c.outOfRange(p)
	}
	return c.one(p)
}

func (c *cells) outOfRange(p placed) error {
	at := honne.Cell{Row: p.row + 1, Col: p.cell.Col}
	return c.r.fail(CodeOutOfRange, "cell "+at.String())
}

// one reads the value of a record with one cell.
func (c *cells) one(p placed) error {
	switch c.r.kind {
	case recNumber:
		if err := c.r.need(14); err != nil {
			return err
		}
		return c.number(p, float(c.r.body[6:]))
	case recRK:
		if err := c.r.need(10); err != nil {
			return err
		}
		return c.number(p, rk(le32(c.r.body[6:])))
	case recLabelSST:
		return c.shared(p)
	case recLabel, recRString:
		text, err := c.r.textAt(6, 2)
		if err != nil {
			return err
		}
		return c.text(p, text)
	case recBoolErr:
		if err := c.r.need(8); err != nil {
			return err
		}
		return c.code(p, c.r.body[6], c.r.body[7] != 0)
	}
	return c.result(p)
}

// many reads a row of numbers (MS-XLS 2.4.175).
func (c *cells) many() error {
	row, col := int32(le16(c.r.body)), int32(le16(c.r.body[2:]))+1
	for b := c.r.body[4:]; len(b) >= 6; b = b[6:] {
		p := placed{row: row, cell: grid.Cell{Col: col, Style: le16(b)}}
		if col > maxCol {
			return c.outOfRange(p)
		}
		if err := c.number(p, rk(le32(b[2:]))); err != nil {
			return err
		}
		col++
	}
	return nil
}

// result reads the cached result of a formula (MS-XLS 2.5.133).
func (c *cells) result(p placed) error {
	if err := c.r.need(14); err != nil {
		return err
	}
	p.cell.Formula = true
	v := c.r.body[6:14]
	if le16(v[6:]) != 0xFFFF {
		return c.number(p, float(v))
	}
	switch v[0] {
	case 0:
		c.waiting, c.formula = true, p
	case 1, 2:
		return c.code(p, v[2], v[0] == 2)
	}
	return nil // an empty text
}

func (c *cells) shared(p placed) error {
	if err := c.r.need(10); err != nil {
		return err
	}
	n := le32(c.r.body[6:])
	text, ok := c.b.strings.text(n)
	if !ok {
		at := honne.Cell{Row: p.row + 1, Col: p.cell.Col}
		return c.r.fail(CodeNoString, "cell "+at.String()+" names string "+strconv.Itoa(int(n)))
	}
	return c.text(p, text)
}

// text gives a cell with a text; one without any is blank.
func (c *cells) text(p placed, text string) error {
	if text == "" {
		return nil
	}
	p.cell.Kind, p.cell.Text = grid.Text, text
	return c.put(p)
}

// code gives a truth value or an error.
func (c *cells) code(p placed, v byte, isError bool) error {
	p.cell.Kind, p.cell.Text = grid.Bool, "FALSE"
	switch {
	case isError:
		p.cell.Kind, p.cell.Text = grid.Error, errorText(v)
	case v != 0:
		p.cell.Text = "TRUE"
	}
	return c.put(p)
}

// number gives a number, a date or a time. The shortest digits that stand for
// the stored value are those that were typed; they are written without an
// exponent, because a code of many digits is a number as well.
func (c *cells) number(p placed, f float64) error {
	p.cell.Kind, p.cell.Text = grid.Text, strconv.FormatFloat(f, 'g', -1, 64)
	if n, err := honne.ParseDecimal(p.cell.Text); err == nil {
		p.cell.Kind, p.cell.Text, p.cell.Num = grid.Number, n.String(), n
		if int(p.cell.Style) < len(c.b.shows) {
			numfmt.Settle(&p.cell, c.b.shows[p.cell.Style], c.b.date1904)
		}
	}
	return c.put(p)
}
