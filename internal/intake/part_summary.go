package intake

import (
	"honne"
	"honne/internal/intake/when"
)

// A workbook may hold a summary of its other sheets in another form: customers and
// months across beside a sheet of lines for each month. It is no more sales.

// leaveSummaries leaves out each report whose sum is, over the same periods, that of the
// reports of other sheets, of which none says less than it does.
func (r *reader) leaveSummaries() {
	for _, t := range r.tables {
		others := r.summedBy(t)
		if len(others) == 0 {
			continue
		}
		severity := honne.SevNote
		if len(others) == 1 {
			severity = honne.SevWarning // two branches may have sold for the same sum
		}
		t.repeated = t.Kind // stock and receipts beside it are told nowhere else
		r.sayLeft(t, others[0], "problem.sum-of-sheets", severity)
	}
}

// summedBy lists the reports of other sheets that a report adds up; nil where it does
// not.
func (r *reader) summedBy(t *table) (others []*table) {
	k := t.stats.series[t.Kind]
	if t.Kind == "" || t.copies || t.repeated != "" || k == nil {
		return nil
	}
	covered, wide := map[honne.Period]bool{}, honne.Period{}
	for p := range k.periods {
		if _, month := p.Bucket(); !month && len(k.periods) == 1 {
			wide = p // 年間, 累計
		}
	}
	var quantity, amount honne.Figure
	for _, o := range r.tables {
		l := o.stats.series[t.Kind]
		if o.Kind != t.Kind || o.Sheet == t.Sheet || o.copies || o.repeated != "" || l == nil {
			continue
		}
		for p := range l.periods {
			if k.periods[p] == 0 && (wide.IsZero() || !when.Within(p, wide)) {
				return nil
			}
			covered[p] = true
		}
		if finer(k.holds(), l.holds()) || k.quantity.Known && !l.quantity.Known || k.amount.Known && !l.amount.Known {
			return nil
		}
		others, quantity, amount = append(others, o), quantity.Plus(l.quantity), amount.Plus(l.amount)
	}
	rounded := max(t.unitFor(true).Scale/2, 0) * int64(k.lines)
	all := len(covered) == len(k.periods) && k.lines >= 3 || !wide.IsZero() && len(covered) > 1
	if !all || !equals(k.quantity, quantity, 0) || !equals(k.amount, amount, rounded) {
		return nil
	}
	return others
}

// equals reports whether two sums are the same but for rounding, where the first is
// known.
func equals(a, b honne.Figure, rounded int64) bool {
	return !a.Known || b.Known && a.N != 0 && max(a.N-b.N, b.N-a.N) <= rounded
}
