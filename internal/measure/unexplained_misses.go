package measure

import (
	"slices"

	"honne"
)

func unexplainedMisses() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-07", Slug: "unexplained-misses"},
		Doc: `Unexplained misses: quarters of the last year below the agreed plan without a reason and a corrective action within some business days
after their end ÷ quarters below it of which somebody noted what was said. A quarter of which nobody noted anything, or whose days are
not over yet, counts on neither side: what nobody asked for cannot be missing. A note without a reason says that they were asked and gave
none. A quarter that an evenly spread plan misses by its season only, or whose year is over and met its plan, is none. Parts: count, misses, not-noted. Minimum: one quarter below the plan with a note. Source: domain 3.5 S-07, 1.3.`,
		Params: []Param{{"share", 0.95, "share of the plan below which a quarter is missed"}, {"days", 15, "business days for reason and action"},
			{"quarters", 4, "quarters that are looked at"},
			{"even", 0.1, "share by which a month's plan may differ from the mean of an evenly spread year"},
			{"least-both", 3, "months that both years know, without which the year before is not estimated where it is not known"}},
		Needs:       []honne.Need{honne.NeedSales, honne.NeedAgreedTargets, honne.NeedExplained},
		Confounders: []string{"confounder.own-shortage", "confounder.price-change"},
		Run:         runUnexplainedMisses,
	}
}

// miss is a quarter below the agreed plan.
type miss struct {
	honne.Period
	attainment
	noted, explained bool
}

func runUnexplainedMisses(r *honne.Record, p Params) honne.Result {
	actual, months := soldOrBought(r)
	if len(months) == 0 {
		return lacks(honne.NeedSales)
	}
	list, seen := misses(r, actual, Quarters(r, months[len(months)-1], p.count("quarters")), p)
	if seen == 0 {
		return unknown(honne.Say("why.unexplained-misses.no-plan"), honne.NeedAgreedTargets)
	}
	if len(list) == 0 {
		return unknown(honne.Say("why.unexplained-misses.none", honne.Count("quarters", seen)))
	}
	noted := slices.DeleteFunc(slices.Clone(list), func(m miss) bool { return !m.noted })
	if len(noted) == 0 {
		return unknown(honne.Say("why.unexplained-misses.not-noted", honne.Count("misses", len(list))), honne.NeedExplained)
	}
	res := unexplained(r, noted, actual.Series)
	res.Period = honne.Period{From: list[0].From, To: list[len(list)-1].To}
	res.History, res.Baseline = asKnown(r, 12, func(then *honne.Record) (float64, bool) { return unexplainedBy(then, actual, p) })
	res.Parts = []honne.Further{count("count", res.Numerator.Count), count("misses", len(list)), count("not-noted", len(list)-len(noted))}
	return res
}

// unexplained holds the quarters below the plan of which somebody noted what was said, and
// says each.
func unexplained(r *honne.Record, noted []miss, actual honne.Series) honne.Result {
	res := honne.Result{Known: true, Unit: honne.UnitRatio, N: len(noted)}
	open := 0
	for _, m := range noted {
		id := "because.miss.explained"
		if !m.explained {
			open++
			id = "because.miss.unexplained"
			res.OurSide = append(res.OurSide, OurPart(r, m.Period)...)
		}
		res.Because = append(res.Because, honne.Say(id, honne.Over("period", m.Period), honne.Ratio("ratio", m.ratio())))
		res.Evidence = append(res.Evidence, Choose(actual, m.months, m.amount)...)
	}
	res.Value = ratio(open, len(noted))
	res.Numerator, res.Denominator = counted("term.misses-unexplained", open), counted("term.misses", len(noted))
	res.Evidence = append(res.Evidence, fromLog(honne.Period{}, honne.EntryExplanation)...)
	return res
}

// unexplainedBy is the share of the quarters below the plan without an explanation,
// of those noted, as it stood on the record's day.
func unexplainedBy(r *honne.Record, actual Track, p Params) (float64, bool) {
	list, _ := misses(r, actual, Quarters(r, lastOver(r), p.count("quarters")), p)
	noted, open := 0, 0
	for _, m := range list {
		noted += oneIf(m.noted)
		open += oneIf(m.noted && !m.explained)
	}
	return ratio(open, noted), noted > 0
}

// misses lists the quarters below the agreed plan whose days for an explanation
// are over, and counts the quarters that have one.
func misses(r *honne.Record, actual Track, list []honne.Period, p Params) (out []miss, seen int) {
	w := weighing{r, actual, PlanOf(r), lastOver(r), SeasonRuleOf(p)}
	for _, q := range list {
		a, ok := w.attain(monthsOf(q))
		if !ok || !a.agreed || len(a.months) < 3 {
			continue
		}
		seen++
		deadline := theirDays(r).AddBusinessDays(q.To, p.count("days"))
		if kept, _ := w.quarter(q); kept >= p["share"] || deadline > r.AsOf {
			continue
		}
		m := miss{Period: q, attainment: a}
		for _, e := range r.Log.Explained {
			if e.Period.Overlaps(q) && e.On <= r.AsOf {
				m.noted = true
				m.explained = m.explained || e.Why != "" && e.Action != "" && e.On <= deadline
			}
		}
		out = append(out, m)
	}
	return out, seen
}
