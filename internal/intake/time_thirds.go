package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// A month may stand across in its thirds: 上旬, 中旬, 下旬. Their figures together are
// those of the month; two of them are none of it.

// readThirds finds thirds of months across. Those of a month of which all stand there
// count for it, each line with the others; of a month of which one is missing, or
// which stands there itself, none does.
func (t *table) readThirds(within honne.Period) {
	found := map[honne.Month][3]bool{}
	t.eachThird(within, func(f *field, third int, m honne.Month, _ []string) {
		has := found[m]
		has[third] = has[third] || f.shape != nil && f.shape.Counts > 0 // blank below 下旬 in mid-month
		found[m] = has
	})
	t.eachThird(within, func(f *field, third int, m honne.Month, rest []string) {
		f.rest, f.third = rest, -1
		switch {
		case t.standsItself(m, within):
		case found[m] != [3]bool{true, true, true}:
			t.tellThird(f, m)
		default:
			f.third = 1
			t.Columns[t.indexOf(f)].Period = daysOfThird(m, third)
		}
	})
}

func daysOfThird(m honne.Month, third int) honne.Period {
	p := honne.Period{From: m.First() + honne.Date(10*third), To: m.Last()}
	if third < 2 {
		p.To = p.From + 9
	}
	return p
}

// standsItself reports whether a month stands across whole, by no word for a total.
func (t *table) standsItself(m honne.Month, within honne.Period) bool {
	return slices.ContainsFunc(t.fields, func(f field) bool {
		if f.third != 0 || f.label && f.shape != nil {
			return false
		}
		p, rest, ok := t.periodAcross(f.path, within)
		third := slices.ContainsFunc(f.path, func(s string) bool { return terms.EndsWith(s, when.Thirds[:]) })
		return ok && !third && p == m.Period() && !slices.ContainsFunc(rest, func(s string) bool { return t.words.Total(s) != "" })
	})
}

// refuseThirds takes nothing of the thirds of a month in a table of balances, which do
// not add up.
func (t *table) refuseThirds() {
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		if f.third <= 0 || t.Kind != honne.Stock && t.Kind != honne.Backlog {
			continue
		}
		t.tellThird(f, c.Period.From.Month())
		f.third, c.Period, c.Meaning, c.Confidence = -1, honne.Period{}, honne.MTotal, terms.ByShape
	}
}

// weekly reports whether weeks stand across, which are of no month.
func (t *table) weekly() bool {
	n := 0
	for i := range t.fields {
		f := &t.fields[i]
		if !f.label && slices.ContainsFunc(f.path, func(s string) bool { return when.WeekAcross.MatchString(japan.Fold(japan.Trim(s))) }) {
			n++
		}
	}
	return n > 1
}

// tellThird says, once, of a month of which a part is missing that it was not read.
func (t *table) tellThird(f *field, m honne.Month) {
	if slices.ContainsFunc(t.stats.problems, func(p honne.Problem) bool { return p.What.ID == "problem.month-in-part" }) {
		return
	}
	header := clip(strings.Join(f.path, " "))
	t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, f.col), Severity: honne.SevWarning, Raw: header,
		What: honne.Say("problem.month-in-part", honne.Text("header", header), honne.InMonth("month", m))})
}

// eachThird goes through the columns of figures that stand for a third of a month.
func (t *table) eachThird(within honne.Period, do func(f *field, third int, m honne.Month, rest []string)) {
	for i := range t.fields {
		f := &t.fields[i]
		if f.label && f.shape != nil {
			continue
		}
		inside, rest := within, slices.Clone(f.path)
		for k, s := range f.path {
			if third, m, ok := when.ThirdOf(s, inside); ok {
				do(f, third, m, slices.Delete(rest, k, k+1))
				break
			}
			if p, ok := when.PeriodWithin(s, inside); ok {
				inside = p
			}
		}
	}
}
