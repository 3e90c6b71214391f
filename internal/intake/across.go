package intake

import (
	"strings"

	"honne"
	"honne/internal/japan"
)

// nameAcross reads the periods, products or customers that stand across.
func (t *table) nameAcross() {
	months := 0
	for i := range t.fields {
		if t.fields[i].label && t.shapeAt(t.fields[i].col) != nil {
			continue
		}
		if p, ok := t.periodAcross(&t.fields[i]); ok {
			t.Columns[i].Period = p
			if t.Columns[i].Meaning == honne.MPeriod || t.Columns[i].Meaning == honne.MDate {
				t.Columns[i].Meaning = honne.MeaningUnknown
			}
			months++
		}
	}
	if months < 2 {
		for i := range t.Columns {
			t.Columns[i].Period = honne.Period{}
		}
		return
	}
	t.Layout = honne.Crosstab
	t.markSums()
}

// periodAcross finds the period among a column's header texts; a month without
// a year takes the year from the table's period.
func (t *table) periodAcross(f *field) (honne.Period, bool) {
	for _, s := range f.path {
		s = withoutMeasure(s, t.words)
		if p, ok := readPeriod(s); ok {
			return p, true
		}
		if m, ok := japan.ParseMonthName(s); ok && !plainNumber(s) {
			return t.monthWithin(m)
		}
		if from, to, ok := japan.ParseMonthSpan(s); ok {
			a, oka := t.monthWithin(from)
			b, okb := t.monthWithin(to)
			return honne.Period{From: a.From, To: b.To}, oka && okb
		}
	}
	return honne.Period{}, false
}

func plainNumber(s string) bool {
	_, ok := japan.ParseNumber(s)
	return ok
}

// withoutMeasure drops a measure's word behind a period: 4月実績, 2025年4月売上.
func withoutMeasure(s string, d *dictionary) string {
	s = withoutBrackets(s)
	if i := strings.LastIndex(s, "月"); i >= 0 {
		if head, tail := s[:i+len("月")], strings.TrimPrefix(s[i+len("月"):], "度"); tail != "" {
			if _, sure := d.lookup(tail); sure > 0 {
				return head
			}
		}
	}
	return s
}

// monthWithin returns the month of that name within the table's period.
func (t *table) monthWithin(month int) (honne.Period, bool) {
	if t.Period.IsZero() {
		return honne.Period{}, false
	}
	for m := t.Period.From.Month(); m <= t.Period.To.Month() && m < t.Period.From.Month()+12; m++ {
		if _, name := m.Civil(); name == month {
			return m.Period(), true
		}
	}
	return honne.Period{}, false
}

// markSums takes half years and years beside their months, and figures without
// any period, for totals.
func (t *table) markSums() {
	short := false
	for _, c := range t.Columns {
		if _, ok := c.Period.Bucket(); ok {
			short = true
		}
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		_, month := c.Period.Bucket()
		_, _, figure := c.Meaning.Measure()
		if short && !month && (!c.Period.IsZero() || figure && !t.fields[i].label) {
			c.Period, c.Meaning, c.Confidence = honne.Period{}, honne.MTotal, byShape
		}
	}
}

// acrossProducts returns the columns of figures that have a name and no meaning:
// in a table with periods down, products stand across.
func (t *table) acrossProducts() []int {
	var out []int
	for i, c := range t.Columns {
		f := &t.fields[i]
		if !f.label && c.Meaning == honne.MeaningUnknown && c.Header != "" && c.Period.IsZero() {
			out = append(out, i)
		}
	}
	return out
}
