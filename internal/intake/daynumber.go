package intake

import (
	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// dayNumbered reports whether a column that is called 日 and no more holds the days of
// the month of the table: 2, 4, 5 or 2日.
func (t *table) dayNumbered(s *colShape, body []*profile) bool {
	f := t.fieldAt(s.col)
	month, one := t.Period.Month()
	if !one || f == nil || len(f.path) != 1 || japan.Key(f.path[0]) != "日" {
		return false
	}
	n := 0
	for _, p := range body {
		c := p.Cell(s.col)
		switch {
		case c == nil || t.words.ditto(c.Text):
		case dayIn(month, c) == 0:
			return false
		default:
			n++
		}
	}
	s.ofMonth = n > 1
	s.days = s.days || s.ofMonth
	return s.ofMonth
}

// dayIn is the day of a month of which a cell gives the number, 0 for none.
func dayIn(month honne.Month, c *grid.Cell) honne.Date {
	n, ok := figureOf(c)
	if !ok && c.Kind == grid.Text {
		m := dayOver.FindStringSubmatch(japan.Fold(japan.Trim(c.Text)))
		if m == nil || m[1] != "" {
			return 0
		}
		n, ok = japan.ParseNumber(m[2])
	}
	v, exact, err := n.Times(1, 0)
	if day := month.First() + honne.Date(v-1); ok && exact && err == nil && v > 0 && v < 32 && day <= month.Last() {
		return day
	}
	return 0
}
