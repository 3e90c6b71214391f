package intake

import (
	"cmp"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// The years in which an article may expire that somebody still counts.
const (
	firstExpiry = 1990
	lastExpiry  = 2100
)

// expires is until when the article of a row may be used: its day, or the last one of
// its month. A day without a year says nothing.
func (w *lineWriter) expires(r *grid.Row) honne.Date {
	if w.lastAt == 0 {
		return 0
	}
	c := r.Cell(w.lastAt)
	if c == nil {
		return 0
	}
	last := c.Date
	if c.Kind != grid.Date {
		m := when.Read(japan.Trim(c.Text))
		last = cmp.Or(m.Day, m.Period.To)
	}
	if y, _, _ := last.Civil(); last == 0 || y < firstExpiry || y > lastExpiry {
		return 0
	}
	return last
}
