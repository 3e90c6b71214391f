package xlsx

import (
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/numfmt"
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
	if int(c.Style) < len(b.formats) {
		numfmt.Settle(c, b.formats[c.Style].show, b.date1904)
	}
}
