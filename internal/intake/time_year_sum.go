package intake

import (
	"slices"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// markYears takes a column that says no more than that it is of the year (年間, 年度)
// for the sum of the months beside it, or of the quarters where there are no months,
// where most rows agree; of one that does not a person is told.
func (t *table) markYears(sample []*outline.Profile) {
	length := t.shortestAcross()
	for i := range t.fields {
		c := &t.Columns[i]
		if t.fields[i].label || c.Said || c.Meaning != honne.MeaningUnknown || !c.Period.IsZero() || !t.ofYear(i) {
			continue
		}
		agree, differ := 0, (*outline.Profile)(nil)
		off, rows := int64(0), 0
		for _, p := range sample {
			own, ok := t.thousandths(p, i)
			sum, months := t.partsIn(p, length)
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
		c.Meaning, c.Confidence = honne.MTotal, terms.ByShape
		if differ != nil {
			t.yearDiffers(i, differ, off, rows-agree)
		}
	}
}

// markWider takes a half or a year beside its own parts for their sum, where every row
// agrees: 上期 beside 1Q and 2Q.
func (t *table) markWider(sample []*outline.Profile) {
	var sums []int
	for i := range t.fields {
		c := &t.Columns[i]
		if t.fields[i].label || c.Said || c.Period.IsZero() || c.Meaning == honne.MTotal {
			continue
		}
		if parts := t.partsOf(i); len(parts) > 1 && t.addsAcross(sample, i, parts) {
			sums = append(sums, i)
		}
	}
	for _, i := range sums {
		c := &t.Columns[i]
		c.Period, c.Meaning, c.Confidence = honne.Period{}, honne.MTotal, terms.ByShape
	}
}

// partsOf lists the columns of the same figure whose periods follow each other and make
// up that of a column, the widest first; nil where they do not.
func (t *table) partsOf(i int) (parts []int) {
	whole := t.Columns[i].Period
	for next := whole.From; next <= whole.To; {
		widest := -1
		for k := range t.fields {
			p := t.Columns[k].Period
			if k == i || t.fields[k].label || p.From != next || p.To > whole.To || p == whole || !t.sameFigure(i, k) {
				continue
			}
			if widest < 0 || p.To > t.Columns[widest].Period.To {
				widest = k
			}
		}
		if widest < 0 {
			return nil
		}
		parts, next = append(parts, widest), t.Columns[widest].Period.To+1
	}
	return parts
}

// sameFigure reports whether two columns count the same, their periods aside.
func (t *table) sameFigure(i, k int) bool {
	return t.Columns[i].Meaning == t.Columns[k].Meaning && slices.Equal(t.fields[i].rest, t.fields[k].rest)
}

// addsAcross reports whether a column is the sum of others in every row of which it has
// a figure, and some row has one other than 0.
func (t *table) addsAcross(sample []*outline.Profile, i int, parts []int) bool {
	asked, slack := false, int64(0)
	if t.Unit.Scale > 1 {
		slack = 500 * int64(len(parts)+1) // each was rounded by itself
	}
	for _, p := range sample {
		own, ok := t.thousandths(p, i)
		off := own
		for _, k := range parts {
			v, _ := t.thousandths(p, k)
			off -= v
		}
		if ok && max(off, -off) > slack {
			return false
		}
		asked = asked || ok && own != 0
	}
	return asked
}

// ofYear reports whether a header says no more than that its figures are of a year.
func (t *table) ofYear(i int) bool {
	path := t.fields[i].path
	return len(path) > 0 && slices.Contains(t.words.Wholes, japan.Key(path[len(path)-1]))
}

// shortestAcross is how many months the shortest periods across have, one for months that
// close on another day too; 0 for none.
func (t *table) shortestAcross() (length honne.Month) {
	for i := range t.Columns {
		if n := monthsOf(t.Columns[i].Period); n > 0 && (length == 0 || n < length) {
			length = n
		}
	}
	return length
}

// monthsOf is how many months a period has, 0 for none.
func monthsOf(p honne.Period) honne.Month {
	if _, month := p.Bucket(); month {
		return 1
	}
	if p.IsZero() {
		return 0
	}
	return p.To.Month() - p.From.Month() + 1
}

// partsIn is the sum of the figures of a row that are of periods of that length, in
// thousandths, and how many it has.
func (t *table) partsIn(p *outline.Profile, length honne.Month) (sum int64, parts int) {
	for k := range t.fields {
		if monthsOf(t.Columns[k].Period) != length {
			continue
		}
		if n, ok := t.thousandths(p, k); ok {
			sum, parts = sum+n, parts+1
		}
	}
	return sum, parts
}

func (t *table) yearDiffers(i int, p *outline.Profile, sum int64, n int) {
	raw := p.Text(t.fields[i].col)
	t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(p.N, t.fields[i].col), Severity: honne.SevNote, Raw: raw, Count: n,
		What: honne.Say("problem.year-differs", honne.Text("total", clip(raw)), honne.Digits("sum", honne.Decimal{Coef: sum, Scale: 3}))})
}
