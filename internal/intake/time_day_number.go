package intake

import (
	"honne/internal/intake/outline"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// dayNumbered reports whether a column that is called 日 and no more holds the days of
// the month of the table: 2, 4, 5 or 2日.
func (t *table) dayNumbered(s *outline.Shape, body []*outline.Profile) bool {
	f := t.fieldAt(s.Col)
	month, one := t.Period.Month()
	if !one || f == nil || len(f.path) != 1 || japan.Key(f.path[0]) != "日" {
		return false
	}
	n := 0
	for _, p := range body {
		c := p.Cell(s.Col)
		switch {
		case c == nil || t.words.Ditto(c.Text):
		case when.DayIn(month, c) == 0:
			return false
		default:
			n++
		}
	}
	s.OfMonth = n > 1
	s.Days = s.Days || s.OfMonth
	return s.OfMonth
}
