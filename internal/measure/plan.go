package measure

import (
	"slices"

	"honne"
)

// PlanMonth is what the sales of a month are measured against.
type PlanMonth struct {
	honne.MonthTotal
	Series honne.Series // Target, or Plan when it is their own column
	Agreed bool         // an agreed target, or their own plan; not a target that only we set
}

// Plan is the plan by month, oldest first.
type Plan []PlanMonth

// PlanOf chooses the plan of each month: a target that both sides agreed, else
// the plan in the distributor's own file, else a target that only we set, which
// is marked. Source: domain 3.5 S-01.
func PlanOf(r *honne.Record) Plan {
	target, plan := Monthly(r, honne.Target), Monthly(r, honne.Plan)
	var out Plan
	for _, t := range target.Months {
		out = append(out, PlanMonth{t, honne.Target, agreedOn(r, t.Month)})
	}
	for _, t := range plan.Months {
		i := slices.IndexFunc(out, func(p PlanMonth) bool { return p.Month == t.Month })
		if i < 0 {
			out = append(out, PlanMonth{t, honne.Plan, true})
		} else if !out[i].Agreed {
			out[i] = PlanMonth{t, honne.Plan, true}
		}
	}
	slices.SortFunc(out, func(a, b PlanMonth) int { return int(a.Month - b.Month) })
	return out
}

// agreedOn reports whether the newest version of a month's target names the day
// on which it was agreed, which lies before the month ended: nobody misses what was
// agreed afterwards.
func agreedOn(r *honne.Record, m honne.Month) bool {
	newest := newestTarget(r, m)
	return newest != nil && newest.Agreed != 0 && newest.Agreed <= min(r.AsOf, bookMonth(r, m).To)
}

// newestTarget is the newest version of a month's target, nil where there is none.
func newestTarget(r *honne.Record, m honne.Month) (newest *honne.Vintage) {
	for i := range r.Vintages {
		v := &r.Vintages[i]
		if v.Series == honne.Target && v.Month == m && (newest == nil || later(v, newest)) {
			newest = v
		}
	}
	return newest
}

func later(a, b *honne.Vintage) bool {
	if !a.Made.At.Equal(b.Made.At) {
		return a.Made.At.After(b.Made.At)
	}
	return a.Submission > b.Submission
}

// At returns the plan of a month.
func (p Plan) At(m honne.Month) (PlanMonth, bool) {
	i := slices.IndexFunc(p, func(x PlanMonth) bool { return x.Month == m })
	if i < 0 {
		return PlanMonth{}, false
	}
	return p[i], true
}

// For returns the plan of some months as one track of one kind: what is agreed
// or theirs where there is any, else our own target.
func (p Plan) For(months []honne.Month) (t Track, agreed bool) {
	for _, m := range months {
		x, _ := p.At(m)
		agreed = agreed || x.Agreed
	}
	t.Series = honne.Plan
	for _, m := range months {
		if x, ok := p.At(m); ok && x.Agreed == agreed {
			t.Months = append(t.Months, x.MonthTotal)
			t.Series = x.Series
		}
	}
	return t, agreed
}

// Evidence selects the plan that For chooses: each month in the series in which
// it stands.
func (p Plan) Evidence(months []honne.Month, agreed, amount bool) []honne.Selection {
	var out []honne.Selection
	for _, s := range [...]honne.Series{honne.Target, honne.Plan} {
		var of []honne.Month
		for _, m := range months {
			if x, ok := p.At(m); ok && x.Series == s && x.Agreed == agreed && on(x.MonthTotal, amount).Known {
				of = append(of, m)
			}
		}
		out = append(out, Choose(s, of, amount)...)
	}
	return out
}

// Label returns the term by which the plan is called.
func Label(t Track, agreed bool) string {
	switch {
	case t.Series == honne.Plan:
		return "term.plan-theirs"
	case agreed:
		return "term.plan-agreed"
	}
	return "term.target-ours"
}
