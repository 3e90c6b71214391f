package intake

import (
	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/when"
)

// The days of a month may stand across (1日, 2日 … or 1, 2 … over the days of the week),
// or its weeks, whose days stand below them (1～2日, 3～9日). All lie in the month that the
// table says: each figure is of its day, or of the month.

// readDays finds the days or weeks of the month of the table across.
func (t *table) readDays(sample []*outline.Profile) (found bool) {
	month, one := t.Period.Month()
	spans := t.daySpans(month)
	if !one || !when.Follow(spans, month) && !t.weeksOfMonth(spans, month, sample) {
		return false
	}
	for i, d := range spans {
		f := &t.fields[i]
		f.rest, f.third = d.Rest, 1
		t.Columns[i].Period = honne.Period{From: month.First() + honne.Date(d.From-1), To: month.First() + honne.Date(d.To-1)}
	}
	return true
}

// daySpans reads the days over each column of figures, by its index.
func (t *table) daySpans(month honne.Month) map[int]when.DaySpan {
	spans := map[int]when.DaySpan{}
	_, name := month.Civil()
	for i := range t.fields {
		f := &t.fields[i]
		if f.label && f.shape != nil && f.shape.Counts > 0 {
			continue
		}
		if d, ok := when.DaySpanOf(f.path, name); ok {
			spans[i] = d
		}
	}
	return spans
}

// daysUnread reports whether days stand across in a table that says no month.
func (t *table) daysUnread() bool {
	spans := t.daySpans(0)
	return len(spans) > 6 && len(spans) >= t.figures/2
}
