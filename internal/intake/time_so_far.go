package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// Spans of months may stand across beside months: 4月, 4～5月, 4～6月. One that begins
// with the year is a sum so far, and never a figure of its months.

// sumsSoFar reports whether a span across is a sum so far, of the month in which it
// ends. One that repeats months which stand by themselves is their total.
func (t *table) sumsSoFar(i int) bool {
	c, f := &t.Columns[i], &t.fields[i]
	span := c.Period
	if f.label || c.Said || !t.isSpan(f) || !t.lacks(span) && !saysSoFar(f) {
		return false
	}
	series, amount, figure := c.Meaning.Measure()
	switch {
	case !t.opensYear(span) || figure && series != "" && series != honne.ToDate:
		t.unusedSpan(i)
		return false
	case !figure:
		c.Meaning, c.Confidence = honne.MeaningUnknown, 0
	case amount:
		c.Meaning = honne.AmountOf(honne.ToDate)
	default:
		c.Meaning = honne.QuantityOf(honne.ToDate)
	}
	c.Period, f.soFar = span.To.Month().Period(), true
	return true
}

// isSpan reports whether the header of a column says a span by its months: 4～6月.
func (t *table) isSpan(f *field) bool {
	return slices.ContainsFunc(f.path, func(s string) bool {
		head, _ := withoutMeasure(s, t.words)
		_, _, months := japan.ParseMonthSpan(head)
		_, period := when.ReadPeriod(head)
		return months || period && strings.ContainsAny(head, "～〜~")
	})
}

// saysSoFar reports whether the header of a column says that it is a sum so far.
func saysSoFar(f *field) bool {
	return slices.ContainsFunc(f.path, func(s string) bool { return strings.Contains(s, "累計") })
}

// opensYear reports whether a span begins with the year of the table, from April
// where nothing says another.
func (t *table) opensYear(span honne.Period) bool {
	first := span.From.Month()
	if from := t.Period.From.Month(); t.Period == honne.Months(from, from+11) {
		return first == from
	}
	_, month := first.Civil()
	return month == 4
}

// lacks reports whether a month of a span stands in no column of its own.
func (t *table) lacks(span honne.Period) bool {
	for m := span.From.Month(); m <= span.To.Month(); m++ {
		if !slices.ContainsFunc(t.Columns, func(c honne.Column) bool { return c.Period == m.Period() && !t.sofarAt(c.At) }) {
			return true
		}
	}
	return false
}

// sofarAt reports whether the column at a place was taken for a sum so far.
func (t *table) sofarAt(at string) bool {
	return slices.ContainsFunc(t.fields, func(f field) bool { return f.soFar && honne.ColumnName(int(f.col)) == at })
}

// unusedSpan tells of a span that covers months which stand nowhere else.
func (t *table) unusedSpan(i int) {
	if t.lacks(t.Columns[i].Period) {
		t.tellSpan("problem.span-unused", i)
	}
}

// tellSpan says of the spans across, once, what became of them.
func (t *table) tellSpan(id string, i int) {
	if slices.ContainsFunc(t.stats.problems, func(p honne.Problem) bool { return p.What.ID == id }) {
		return
	}
	header := clip(t.Columns[i].Header)
	t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, t.fields[i].col), Severity: honne.SevWarning, Raw: header,
		What: honne.Say(id, honne.Text("column", t.Columns[i].At), honne.Text("header", header))})
}

// tellSoFar says of a sum so far that its month stands nowhere else.
func (t *table) tellSoFar(i int) {
	switch {
	case !t.fields[i].soFar || !t.lacks(t.Columns[i].Period):
	case t.Kind == honne.Sales || t.Kind == honne.ToDate:
		t.tellSpan("problem.months-in-sums", i)
	default:
		t.tellSpan("problem.span-unused", i)
	}
}

// settleSoFar gives a sum so far its measure; only of sales is one kept.
func (t *table) settleSoFar(measure honne.Meaning) {
	_, amount, _ := measure.Measure()
	for i := range t.fields {
		c := &t.Columns[i]
		t.tellSoFar(i)
		switch {
		case !t.fields[i].soFar:
		case t.Kind != honne.Sales && t.Kind != honne.ToDate:
			c.Period, c.Meaning, c.Confidence = honne.Period{}, honne.MTotal, terms.ByShape
		case c.Meaning != honne.MeaningUnknown:
		case amount:
			c.Meaning, c.Confidence = honne.AmountOf(honne.ToDate), terms.ByShape
		default:
			c.Meaning, c.Confidence = honne.QuantityOf(honne.ToDate), terms.ByShape
		}
	}
}
