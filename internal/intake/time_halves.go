package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// Halves across may say their year in short: R6上期, 2024上期, 24年度上.

// shortHalves reads halves across that say their year in short, where two columns
// do. What they leave out a title must say, else a person is asked to look.
func (t *table) shortHalves(seen map[honne.Period]bool) {
	found := map[int]honne.Period{}
	asked := -1
	for i := range t.fields {
		f := &t.fields[i]
		if f.label || !t.Columns[i].Period.IsZero() {
			continue
		}
		for _, s := range f.path {
			p, fiscal, century, ok := when.HalfOf(s)
			if !ok {
				continue
			}
			if found[i] = p; asked < 0 && !(fiscal && century) && !t.fiscalSaid(p) {
				asked = i
			}
		}
	}
	if len(found) < 2 {
		return
	}
	for i, p := range found {
		f := &t.fields[i]
		t.Columns[i].Period, seen[p] = p, true
		f.rest = slices.DeleteFunc(slices.Clone(f.path), func(s string) bool { _, _, _, is := when.HalfOf(s); return is })
	}
	if asked >= 0 {
		t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, t.fields[asked].col), Severity: honne.SevWarning,
			Raw: clip(t.Columns[asked].Header), What: honne.Say("problem.half-of-year", honne.Text("text", clip(t.Columns[asked].Header)), honne.Over("period", found[asked]))})
	}
}

// fiscalSaid reports whether what stands around the table says the fiscal year of a
// half.
func (t *table) fiscalSaid(half honne.Period) bool {
	return slices.ContainsFunc(t.around, func(s string) bool {
		p, ok := japan.FindPeriod(s)
		_, fiscal := when.FiscalYearOf(p)
		return ok && fiscal && when.Within(half, p) && strings.Contains(s, "年度")
	})
}
