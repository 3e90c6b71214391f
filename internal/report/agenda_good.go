package report

import (
	"honne"
	"honne/internal/japan"
)

// wentWell lists what is truly good: known, judged nowhere, and better than what
// it is held against. Where nothing is known to be good the partner is thanked
// for what came, and nothing is made up.
func wentWell(p honne.Picture) (out []point) {
	for _, find := range []func(honne.Picture) []point{kept, aheadOfPlan, growing, punctual, standing, quick, bestMonth} {
		if out = append(out, find(p)...); len(out) >= mostGood {
			return out[:mostGood]
		}
	}
	if len(out) > 0 {
		return out
	}
	c := p.Coverage
	if c.Months == 0 {
		return []point{{say: honne.Say("brief.good.thanks-meeting")}}
	}
	return []point{{say: honne.Say("brief.good.thanks", honne.Count("n", c.Months), honne.InMonth("month", c.To)), cells: salesOf(p, c.To)}}
}

// kept is the latest promise that they kept by its day.
func kept(p honne.Picture) (out []point) {
	for _, x := range agreed(p, honne.Theirs) {
		if x.Outcome == honne.PromiseKept && x.Done != 0 && x.Done <= x.FirstDue() {
			out = []point{promised(x, honne.Say("brief.good.promise", dated(p, "day", x.Done)))}
		}
	}
	return out
}

func aheadOfPlan(p honne.Picture) []point {
	ratio, ok := ofPlan(p.KPIs)
	if !ok || ratio < 1 {
		return nil
	}
	return []point{{say: honne.Say("brief.good.plan", honne.Over("period", p.Period), honne.Ratio("value", ratio)), cells: planCells(p.KPIs), about: "plan"}}
}

// growing is growth where we hold no market against it: whether it was praised would
// else tell what we hold the market to be. It stands among the facts then.
func growing(p honne.Picture) []point {
	k := p.KPIs
	if k.Growth == nil || *k.Growth < 0.001 || len(k.Compared) == 0 || k.Market != nil {
		return nil
	}
	x := growthPoint(k, "brief.good.growth")
	x.say.Args[1] = honne.Ratio("value", *k.Growth) // the sentence says which way
	return []point{x}
}

// punctual is that all reports came by the day that was agreed.
func punctual(p honne.Picture) []point {
	m, ok := p.Known("lateness")
	if !ok || m.Band != honne.Clear || further(m, "day-agreed") != 1 || further(m, "on-time") < 1 || len(p.Waiting) > 0 {
		return nil
	}
	return []point{{say: honne.Say("brief.good.on-time", honne.Count("n", m.N), honne.Over("period", m.Period)), cells: m.Evidence, about: "lateness"}}
}

// standing is that no month was changed after its first report.
func standing(p honne.Picture) []point {
	k := p.KPIs
	if k.Kept < 3 || k.Revised+k.Slight > 0 {
		return nil
	}
	return []point{{say: honne.Say("brief.good.kept", honne.Count("n", k.Kept)), cells: formulaCells(k, "kept"), about: "restatement"}}
}

// quick is how soon they answer, where that is judged clear.
func quick(p honne.Picture) []point {
	m, ok := p.Known("response-time")
	if !ok || m.Band != honne.Clear || further(m, "at-least") == 1 || len(m.Evidence) == 0 {
		return nil
	}
	return []point{{say: honne.Say("brief.good.answers", append(honne.Saying("took", japan.Worked(m.Value)), honne.Count("n", m.N))...), cells: m.Evidence[:1], span: m.Period, about: "response-time"}}
}

// bestMonth is the latest month at or above a plan that was agreed, or above the
// same month of the year before; only where no more is known to be good.
func bestMonth(p honne.Picture) []point {
	for i := len(p.Months) - 1; i >= 0; i-- {
		m := p.Months[i]
		cells := salesOf(p, m.Month)
		if m.Actual.Known && m.Plan.Known && m.Agreed && m.PlanOf == honne.Target && m.Plan.N > 0 && m.Actual.N >= m.Plan.N {
			cells = append(cells, honne.Selection{Series: m.PlanOf, Period: m.Month.Period(), Amount: !countsPieces(p)})
			return []point{{say: honne.Say("brief.good.month-plan", honne.InMonth("month", m.Month), honne.Ratio("value", float64(m.Actual.N)/float64(m.Plan.N))), cells: cells, about: "plan"}}
		}
		if m.Actual.Known && m.Prior.Known && m.PriorOf == honne.Sales && m.Prior.N > 0 && m.Actual.N > m.Prior.N {
			cells = append(cells, salesOf(p, m.Month-12)...)
			return []point{{say: honne.Say("brief.good.month", honne.InMonth("month", m.Month), honne.Ratio("value", float64(m.Actual.N)/float64(m.Prior.N)-1)), cells: cells}}
		}
	}
	return nil
}

func countsPieces(p honne.Picture) bool { return p.KPIs.Sales.Quantity.Known }

func salesOf(p honne.Picture, m honne.Month) []honne.Selection {
	return []honne.Selection{{Series: honne.Sales, Period: m.Period(), Amount: !countsPieces(p)}}
}

// ofPlan is sales ÷ plan, where the plan was agreed: their own may be as low as they
// like, and a target that only we set is no matter of both sides.
func ofPlan(k honne.KPIs) (float64, bool) {
	sales, plan := k.Sales.Money.Minor+k.Sales.Quantity.N, k.Plan.Money.Minor+k.Plan.Quantity.N
	if !k.PlanAgreed || k.PlanOf != honne.Target || !stated(k.Sales) || !stated(k.Plan) || plan <= 0 {
		return 0, false
	}
	return float64(sales) / float64(plan), true
}

func planCells(k honne.KPIs) []honne.Selection {
	return append(append([]honne.Selection(nil), k.Sales.Select...), k.Plan.Select...)
}

func growthPoint(k honne.KPIs, id string) point {
	return point{say: honne.Say(id, honne.Over("period", honne.Months(k.Compared[0], k.Compared[len(k.Compared)-1])), honne.Growth("value", *k.Growth)),
		cells: formulaCells(k, "growth"), about: "growth"}
}

// formulaCells are the cells that a formula stands on.
func formulaCells(k honne.KPIs, id string) []honne.Selection {
	f, _ := k.Formula(id)
	var out []honne.Selection
	for _, s := range f.Steps {
		out = append(out, s.Term.Select...)
		if s.Formula != "" {
			out = append(out, formulaCells(k, s.Formula)...)
		}
	}
	return out
}

// further is the value of a part, 0 without it.
func further(m honne.Judged, name string) float64 {
	for _, x := range m.Parts {
		if x.Name == name {
			return x.Value
		}
	}
	return 0
}
