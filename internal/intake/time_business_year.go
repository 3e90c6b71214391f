package intake

import (
	"fmt"
	"slices"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// A quarter or a half of a plain year (2026年1Q) may be of the calendar's or of the
// business year. A title that says the business year of that number tells, where the
// part of the calendar's year would lie outside of it.

// businessPart reads such a part of the business year that the table is of.
func (t *table) businessPart(s string) (honne.Period, bool) {
	year, part, ok := when.YearAndPart(s)
	if of, fiscal := when.FiscalYearOf(t.Period); !ok || !fiscal || of != year {
		return honne.Period{}, false
	}
	p, ok := japan.ParsePeriod(fmt.Sprintf("%d年度%s", year, part))
	return p, ok && when.Within(p, t.Period) && p != t.Period
}

// ofBusinessYear reports whether texts are parts of the business year that the table is
// of, the first of it among them: that of the calendar lies before.
func (t *table) ofBusinessYear(texts []string) bool {
	first := false
	for _, s := range texts {
		p, ok := t.businessPart(s)
		if !ok {
			return false
		}
		first = first || p.From == t.Period.From
	}
	return first
}

// findYearParts looks for such parts across.
func (t *table) findYearParts() {
	var texts []string
	for i := range t.fields {
		f := &t.fields[i]
		if f.label && f.shape != nil {
			continue
		}
		for _, s := range f.path {
			if _, _, ok := when.YearAndPart(s); ok && !slices.Contains(texts, s) {
				texts = append(texts, s)
			}
		}
	}
	t.yearParts = t.ofBusinessYear(texts)
}

// partCoded reports whether a column says such a part of every row.
func (t *table) partCoded(s *outline.Shape, body []*outline.Profile) bool {
	var texts []string
	for _, p := range body {
		if c := p.Cell(s.Col); c != nil && !t.words.Ditto(c.Text) && !slices.Contains(texts, c.Text) {
			texts = append(texts, c.Text)
		}
	}
	return s.Mode == outline.Text && t.ofBusinessYear(texts)
}
