package intake

import (
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
)

// Rows may say a year each (2024年度, 2025年度 below each other), the months across
// none: a figure is of the month of its row's year.

// yearsDown returns the year of the first of some rows that say one each, all
// beginning with the same month; false where a row says another period.
func (t *table) yearsDown(sample []*outline.Profile) (first honne.Period, ok bool) {
	defer t.periods.reset()
	for _, p := range sample {
		year, day, said := t.periods.read(t, &p.Row)
		from := year.From.Month()
		if !said {
			continue // 前年比
		}
		if first.IsZero() {
			first = year
		}
		if day != 0 || year != honne.Months(from, from+11) || (from-first.From.Month())%12 != 0 {
			return first, false
		}
	}
	return first, !first.IsZero()
}

// monthsOfRows gives the months across that say no year those of the first row's;
// false where a column says its year, or the rows say none. Months in another order
// than the year's (4月 … 3月 of 2024年) are of no year.
func (t *table) monthsOfRows(sample []*outline.Profile) bool {
	if len(t.periods.cols) == 0 || !t.saysYear(t.fieldAt(t.periods.cols[0])) {
		return false
	}
	first, ok := t.yearsDown(sample)
	found := map[int]honne.Period{}
	for i := range t.fields {
		if f := &t.fields[i]; ok && !(f.label && f.shape != nil) {
			if _, _, whole := t.periodAcross(f.path, honne.Period{}); whole {
				return false
			}
			if p, _, part := t.periodAcross(f.path, first); part {
				found[i] = p
			}
		}
	}
	if t.yearly = len(found) > 1; !t.yearly || !inOrder(t.monthNames(), first.From.Month()) {
		return t.yearly
	}
	for i, p := range found {
		t.Layout, t.Columns[i].Period = honne.Crosstab, p
		_, t.fields[i].rest, _ = t.periodAcross(t.fields[i].path, first)
	}
	return true
}

// saysYear reports whether a column of years says when its rows are: its header
// does, or says nothing, or it is the only label. 発売年度 says something else.
func (t *table) saysYear(f *field) bool {
	if f == nil || len(f.path) == 0 {
		return f != nil
	}
	header := f.path[len(f.path)-1]
	m, sure := t.words.Lookup(header)
	if sure >= terms.SureHeader && (terms.WhenMeaning(m) || m == honne.MMeasureName) {
		return true
	}
	return sure == 0 && t.lastLabel() == f.col && t.fields[0].col == f.col && !strings.HasSuffix(header, "年度") && !strings.HasSuffix(header, "年")
}
