package xlsx

import (
	"math"
	"strings"

	"honne"
	"honne/internal/intake/grid"
)

// finish sets kind and value of a cell from the text of the file.
func (b *Book) finish(c *grid.Cell, kind cellType, text string) {
	c.Text, c.Kind = text, grid.Text
	switch kind {
	case aNumber:
		b.number(c)
	case aBool:
		c.Kind = grid.Bool
		c.Text = "FALSE"
		if isTrue(text) {
			c.Text = "TRUE"
		}
	case anError:
		c.Kind = grid.Error
	case aDay:
		day, _, _ := strings.Cut(text, "T")
		if d, err := honne.ParseDate(day); err == nil {
			c.Kind, c.Date = grid.Date, d
		}
	}
}

func (b *Book) number(c *grid.Cell) {
	n, err := honne.ParseDecimal(strings.Trim(c.Text, " \t\n"))
	if err != nil {
		return
	}
	c.Kind, c.Num = grid.Number, n
	if int(c.Style) >= len(b.formats) {
		return
	}
	switch b.formats[c.Style].show {
	case asTime:
		c.Kind = grid.Time
	case asDate:
		b.date(c)
	}
}

// date makes a day of a serial number; what is no day stays a number, and a
// fraction of the first day is a time.
func (b *Book) date(c *grid.Cell) {
	serial := c.Num.Float()
	if serial > 0 && serial < 1 {
		c.Kind = grid.Time
		return
	}
	if d, ok := dayOf(serial, b.date1904); ok {
		c.Kind, c.Date = grid.Date, d
	}
}

// dayOf reads a serial number of the 1900 or the 1904 date system (ECMA-376
// part 1, 18.17.4). Day 60 of the 1900 system, 29 February 1900, never was; the
// days before it are counted one less. Half a millisecond before midnight is
// midnight, because a fraction of a day is seldom exact.
func dayOf(serial float64, date1904 bool) (honne.Date, bool) {
	const halfMilli = 0.5 / 86_400_000
	n := math.Floor(serial + halfMilli)
	last := 2958465.0 // 31 December 9999
	if date1904 {
		last -= 1462
	}
	switch {
	case n > last:
		return 0, false
	case date1904:
		return honne.NewDate(1904, 1, 1) + honne.Date(n), n >= 0
	case n > 60:
		return honne.NewDate(1899, 12, 30) + honne.Date(n), true
	case n == 60 || n < 1:
		return 0, false
	}
	return honne.NewDate(1899, 12, 31) + honne.Date(n), true
}
