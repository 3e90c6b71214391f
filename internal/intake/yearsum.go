package intake

import (
	"slices"

	"honne"
	"honne/internal/japan"
)

// markYears takes a column that says no more than that it is of the year (年間, 年度)
// for the sum of the months beside it, where most rows agree; of one that does not a
// person is told.
func (t *table) markYears(sample []*profile) {
	for i := range t.fields {
		c := &t.Columns[i]
		if t.fields[i].label || c.Said || c.Meaning != honne.MeaningUnknown || !c.Period.IsZero() || !t.ofYear(i) {
			continue
		}
		agree, differ := 0, (*profile)(nil)
		off, rows := int64(0), 0
		for _, p := range sample {
			own, ok := t.thousandths(p, i)
			sum, months := t.monthsIn(p)
			if !ok || months < 2 {
				continue
			}
			if rows++; own == sum {
				agree++
			} else if differ == nil {
				differ, off = p, sum
			}
		}
		if agree < 1 || 2*agree <= rows {
			continue
		}
		c.Meaning, c.Confidence = honne.MTotal, byShape
		if differ != nil {
			t.yearDiffers(i, differ, off, rows-agree)
		}
	}
}

// ofYear reports whether a header says no more than that its figures are of a year.
func (t *table) ofYear(i int) bool {
	path := t.fields[i].path
	return len(path) > 0 && slices.Contains(t.words.wholes, japan.Key(path[len(path)-1]))
}

// monthsIn is the sum of the months of a row, in thousandths, and how many it has.
func (t *table) monthsIn(p *profile) (sum int64, months int) {
	for k := range t.fields {
		if _, month := t.Columns[k].Period.Bucket(); !month {
			continue
		}
		if n, ok := t.thousandths(p, k); ok {
			sum, months = sum+n, months+1
		}
	}
	return sum, months
}

func (t *table) yearDiffers(i int, p *profile, sum int64, n int) {
	raw := p.text(t.fields[i].col)
	t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(p.N, t.fields[i].col), Severity: honne.SevNote, Raw: raw, Count: n,
		What: honne.Say("problem.year-differs", honne.Text("total", clip(raw)), honne.Digits("sum", honne.Decimal{Coef: sum, Scale: 3}))})
}
