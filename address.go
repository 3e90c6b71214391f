package honne

import (
	"fmt"
	"strconv"
)

// Cell is the place of a cell on its sheet: row and column from 1.
type Cell struct {
	Row int32 `json:"row"`
	Col int32 `json:"col"`
}

// String returns the cell in A1 notation, "" for no cell.
func (c Cell) String() string {
	if c == (Cell{}) {
		return ""
	}
	return ColumnName(int(c.Col)) + strconv.Itoa(int(c.Row))
}

// MarshalText writes A1 notation.
func (c Cell) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads A1 notation.
func (c *Cell) UnmarshalText(b []byte) (err error) {
	*c, err = ParseCell(string(b))
	return err
}

// ColumnName returns the letters of the n-th column, from 1: A, Z, AA, XFD.
func ColumnName(n int) string {
	var buf [8]byte
	i := len(buf)
	for ; n > 0 && i > 0; n = (n - 1) / 26 {
		i--
		buf[i] = byte('A' + (n-1)%26)
	}
	return string(buf[i:])
}

// ParseCell reads A1 notation; columns up to XFD, rows from 1.
func ParseCell(s string) (Cell, error) {
	col, i := 0, 0
	for ; i < len(s) && i < 4 && s[i] >= 'A' && s[i] <= 'Z'; i++ {
		col = col*26 + int(s[i]-'A') + 1
	}
	row, err := strconv.ParseInt(s[i:], 10, 32)
	if err != nil || s[i] < '1' || s[i] > '9' || col == 0 || col > 16384 || row < 1 {
		return Cell{}, fmt.Errorf("%q is not a cell address", s)
	}
	return Cell{int32(row), int32(col)}, nil
}

// Range is a rectangle of cells, both corners included; the zero Range is none.
type Range struct {
	From Cell
	To   Cell
}

// String returns H6 for one cell, H6:H101 for more, "" for none.
func (r Range) String() string {
	if r.From == r.To {
		return r.From.String()
	}
	return r.From.String() + ":" + r.To.String()
}

// MarshalText writes the range as String does.
func (r Range) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (r *Range) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*r = Range{}
		return nil
	}
	from, to := string(b), string(b)
	for i, c := range b {
		if c == ':' {
			from, to = from[:i], to[i+1:]
			break
		}
	}
	if r.From, err = ParseCell(from); err == nil {
		r.To, err = ParseCell(to)
	}
	return err
}

// Contains reports whether the cell lies in the range.
func (r Range) Contains(c Cell) bool {
	return r.From.Row <= c.Row && c.Row <= r.To.Row && r.From.Col <= c.Col && c.Col <= r.To.Col
}

// Address is a range with its sheet; Sheet is "" where a file has none.
type Address struct {
	Sheet string
	Range Range
}

// String returns 売上!H6, or H6 where a file has no sheets.
func (a Address) String() string {
	if a.Range == (Range{}) {
		return a.Sheet
	}
	if a.Sheet == "" {
		return a.Range.String()
	}
	return a.Sheet + "!" + a.Range.String()
}
