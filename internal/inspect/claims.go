package inspect

import (
	"slices"

	"honne"
	"honne/internal/claim"
	"honne/internal/measure"
	"honne/internal/playbook"
)

// claims checks the reasons of the record, against what was noted and what the
// measures say.
func (f findings) claims(r *honne.Record, p *playbook.Playbook) []honne.Claim {
	if len(r.Said) == 0 {
		return nil
	}
	with := *r
	with.Noted = append(slices.Clone(r.Noted), f.measured(r)...)
	return claim.Check(with, p)
}

// weighReasons runs the measure of reasons again on reasons that know what their
// check found: a barrier that facts support, or that our own side caused, does
// not count (domain 1.4 W5). The check itself needs other measures first.
func (f findings) weighReasons(r *honne.Record, p *playbook.Playbook, claims []honne.Claim) {
	i := slices.IndexFunc(f.results, func(x honne.Result) bool { return x.Measure.Slug == reasonMeasure })
	if i < 0 || len(claims) == 0 {
		return
	}
	with := *r
	with.Said = slices.Clone(r.Said)
	for k := range with.Said {
		s := &with.Said[k]
		if x, known := p.Excuse(s.Excuse); known {
			s.Blames = x.Blames
		}
		if c := slices.IndexFunc(claims, func(c honne.Claim) bool { return c.Excuse == s.Excuse }); c >= 0 {
			s.Verdict, s.OwnSide = claims[c].Verdict, claims[c].OwnSide
		}
	}
	f.results[i] = measure.Find(reasonMeasure).Of(&with, p.MeasureRules(reasonMeasure).Params)
}

// reasonMeasure is the measure that looks at what checks found.
const reasonMeasure = "excuse-index"

// measured are what measures know of the facts that checks compare: growth of
// full length only, and lateness only where a day was agreed.
func (f findings) measured(r *honne.Record) (out []honne.Fact) {
	add := func(kind string, v float64, from honne.Result, g honne.Grade) {
		out = append(out, honne.Fact{Kind: kind, Value: v, Source: from.Measure.ID, On: r.AsOf, Grade: g, Evidence: from.Evidence})
	}
	if growth, ok := f.find("growth"); ok && growth.Known && part(growth, "short") == 0 {
		add("own-growth", growth.Value, growth, honne.GradeB)
	}
	if gap, ok := f.find("growth-gap"); ok && gap.Known {
		add("segment-growth", part(gap, "market"), gap, honne.GradeB)
	}
	if late, ok := f.find("lateness"); ok && late.Known && part(late, "day-agreed") == 1 {
		add("late-reports-of-four", part(late, "late-of-4"), late, honne.GradeA)
		add("late-reports-12-months", part(late, "late"), late, honne.GradeA)
	}
	return out
}

// part is the value of a part, 0 without it.
func part(r honne.Result, name string) float64 {
	p, _ := partOf(r, name)
	return p.Value
}
