package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/japan"
)

// Halves across may say their year in short: R6上期, 2024上期, 24年度上.

var shortHalf = regexp.MustCompile(`^(令和|平成|R|H)?([0-9]{1,4})(年度)?(上|下)(期|半期)?$`)

// halfOf reads the half of a fiscal year that a text over a column says in short, and
// what of it is said: that the year is the fiscal one, and its century.
func halfOf(s string) (p honne.Period, fiscal, century, ok bool) {
	m := shortHalf.FindStringSubmatch(japan.Fold(japan.Trim(s)))
	if m == nil || m[3] == "" && m[5] == "" {
		return p, false, false, false
	}
	year, err := strconv.Atoi(m[2])
	switch fiscal, century = m[3] != "", true; {
	case err != nil || len(m[2]) == 3:
		return p, false, false, false
	case m[1] != "":
		p, ok = japan.ParsePeriod(m[1] + m[2] + "年度" + m[4] + "期")
	case len(m[2]) == 4:
		p, ok = japan.ParsePeriod(m[2] + "年度" + m[4] + "期")
	default:
		p, ok = japan.ParsePeriod("20" + m[2] + "年度" + m[4] + "期")
		century, ok = false, ok && len(m[2]) == 2 && year >= firstCentury
	}
	return p, fiscal, century, ok
}

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
			p, fiscal, century, ok := halfOf(s)
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
		f.rest = slices.DeleteFunc(slices.Clone(f.path), func(s string) bool { _, _, _, is := halfOf(s); return is })
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
		_, fiscal := fiscalYearOf(p)
		return ok && fiscal && within(half, p) && strings.Contains(s, "年度")
	})
}
