package intake

import (
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// Days without a year (10/3, 10月3日, 10/3(金)), and months whose year has two digits
// (26/10), are texts until the period of the table gives the year.

// serialDated reports whether a column that is called a day holds a spreadsheet's
// numbers of days.
func (t *table) serialDated(s *outline.Shape) bool {
	f := t.fieldAt(s.Col)
	if f == nil || !s.Serial {
		return false
	}
	m, sure := t.headerMeaning(f)
	if m == honne.MeaningUnknown { // 日付 over figures is not asked for a day
		m, sure = t.words.Lookup(strings.Join(f.path, ""))
	}
	return m == honne.MDate && sure >= terms.SureHeader
}

// shortDated reports whether a column holds days without a year below a header
// that says when, and something says the year.
func (t *table) shortDated(s *outline.Shape) bool {
	f := t.fieldAt(s.Col)
	if f == nil || !s.Short || t.Period.IsZero() && !s.Century {
		return false
	}
	m, _ := t.headerMeaning(f)
	return terms.WhenMeaning(m)
}

// assumeYears has a person look at a column of days whose years of two digits
// nothing else confirms.
func (t *table) assumeYears(body []*outline.Profile, s *outline.Shape) {
	if !t.Period.IsZero() || !s.Century {
		return
	}
	for _, p := range body {
		if c := p.Cell(s.Col); c != nil {
			if m := when.DayOfCentury(c.Text); m.Day != 0 {
				t.assumeCentury(t.address(p.N, s.Col), m.Day.Month(), c.Text)
				return
			}
		}
	}
}

// findDayColumns finds the columns that should say a day.
func (t *table) findDayColumns() {
	for i := range t.fields {
		if f := &t.fields[i]; f.col == t.periods.date || f.unread {
			t.dayColumns = append(t.dayColumns, i)
		}
	}
}

// countDayless counts the cells of a column of days that say none, so that the row
// is of a month at most.
func (t *table) countDayless(r *grid.Row) {
	for _, i := range t.dayColumns {
		f := &t.fields[i]
		if f.col == t.periods.date && t.periods.dayIn == r.N {
			continue
		}
		c := r.Cell(f.col)
		if c == nil || !f.unread && !t.moment(r.N, c).Period.IsZero() {
			continue
		}
		if blank := japan.Trim(c.Text) == "" && c.Kind == grid.Text; !blank && !japan.Masked(c.Text) && !t.words.Ditto(c.Text) {
			f.dayless++
		}
	}
}

// tellDayless says which columns of days could not be read, and in how many rows.
func (t *table) tellDayless() {
	for i := range t.fields {
		if n := t.fields[i].dayless; n > 0 && t.Kind != "" {
			t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, t.fields[i].col), Severity: honne.SevWarning, Count: n,
				Raw: t.Columns[i].Header, What: honne.Say("problem.days-unread", honne.Count("n", n), honne.Text("header", clip(t.Columns[i].Header)))})
		}
	}
}
