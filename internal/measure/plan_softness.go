package measure

import (
	"honne"
	"honne/internal/japan"
)

func planSoftness() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-06", Slug: "plan-softness"},
		Doc: `Plan softness: the plan that the partner proposes ÷ (sales of the same months a year earlier × (1 + g_market)).
The plan is a proposal, else the plan in their own file, of the newest fiscal year for which at least three months can be compared.
Below 1 the plan asks for less than the market gives. Parts: low and high (against the fastest and the slowest market: the range that was
answered, or of a measured one also its newest three months), by-chance (single sales could make the difference), of-expectation
(÷ our own target of the same months). Minimum: a plan and a market. Source: domain 3.5 S-06.`,
		Params:      []Param{{"least", 3, "months of the plan that are known a year earlier without which nothing is said"}},
		Needs:       []honne.Need{honne.NeedProposal, honne.NeedSalesHistory, honne.NeedMarketGrowth},
		Confounders: []string{"confounder.capacity", "confounder.reimbursement-cut"},
		Run:         runPlanSoftness,
	}
}

func runPlanSoftness(r *honne.Record, p Params) honne.Result {
	plan, months, amount, found := proposal(r, p.count("least"))
	if !found {
		return unknown(honne.Say("why.plan-softness.no-plan"), honne.NeedProposal)
	}
	if len(months) < p.count("least") {
		return unknown(honne.Say("why.plan-softness.no-year-before"), honne.NeedSalesHistory)
	}
	market, ok := marketBehind(r, shifted(months, -12))
	if !ok {
		return unknown(honne.Say("why.plan-softness.no-market"), honne.NeedMarketGrowth)
	}
	planned, _ := plan.Sum(months, amount)
	before, _ := Monthly(r, honne.Sales).Sum(shifted(months, -12), amount)
	soft := func(g float64) float64 { return float64(planned) / (float64(before) * (1 + g)) }
	if before <= 0 || !finite(soft(market.Base)) {
		return unknown(honne.Say("why.plan-softness.no-year-before"), honne.NeedSalesHistory)
	}
	res := honne.Result{
		Known: true, Value: soft(market.Base), Unit: honne.UnitRatio, N: len(months), Period: covering(months),
		Numerator:   sum(r, "series."+string(plan.Series), planned, amount, Choose(plan.Series, months, amount)),
		Denominator: sum(r, "term.prior", before, amount, Choose(honne.Sales, shifted(months, -12), amount)),
		Parts: []honne.Further{part("market", market.Base, honne.UnitGrowth),
			part("low", soft(market.High), honne.UnitRatio), part("high", soft(market.Low), honne.UnitRatio)},
	}
	res.Parts = append(res.Parts, byChance(1-res.Value, Pieces(Monthly(r, honne.Sales), shifted(months, -12))))
	if want, ok := Monthly(r, honne.Target).whole(months, amount); ok && want > 0 {
		res.Parts = append(res.Parts, part("of-expectation", ratio(planned, want), honne.UnitRatio))
	}
	res.History, res.Baseline = inMonths(r, min(months[len(months)-1], lastOver(r)), months, func(months []honne.Month) (float64, bool) {
		return softIn(r, months)
	})
	res.Because = []honne.Message{honne.Say("because.plan-softness", honne.Growth("asked", ratio(planned, before)-1),
		honne.Growth("market", market.Base), honne.Over("period", res.Period))}
	return res
}

// proposal finds the plan and the months of its newest fiscal year that had
// sales a year earlier.
func proposal(r *honne.Record, least int) (plan Track, months []honne.Month, amount, found bool) {
	sales := Monthly(r, honne.Sales)
	past := Track{Series: sales.Series}
	for _, m := range sales.Months {
		if bookMonth(r, m.Month).To <= r.AsOf {
			m.Month += 12
			past.Months = append(past.Months, m)
		}
	}
	start := r.Distributor.Profile.FiscalStart()
	for _, s := range []honne.Series{honne.Proposed, honne.Plan} {
		plan = Monthly(r, s)
		for i := len(plan.Months) - 1; i >= 0; i-- {
			found = true
			year := japan.FiscalPeriod(japan.FiscalYear(plan.Months[i].Month, start), start)
			if months, amount = basis(plan, past, monthsOf(year)); len(months) >= least {
				return plan, months, amount, true
			}
		}
	}
	return plan, nil, false, found
}

// softIn is how soft the plan of some months was against a market that is dated,
// over all of them: the proposal, else the plan in their own file.
func softIn(r *honne.Record, months []honne.Month) (float64, bool) {
	market, known := datedMarket(r, shifted(months, -12))
	sales := Monthly(r, honne.Sales)
	for _, s := range []honne.Series{honne.Proposed, honne.Plan} {
		plan := Monthly(r, s)
		for _, amount := range []bool{true, false} {
			planned, ok := plan.whole(months, amount)
			before, whole := sales.whole(shifted(months, -12), amount)
			if ok && whole && known && before > 0 {
				return float64(planned) / (float64(before) * (1 + market.Base)), true
			}
		}
	}
	return 0, false
}

// marketBehind is the growth of the market over the months that the plan is set
// against, else over the newest twelve that a market series holds, else the
// range that was answered. Of a measured market the newest three months may lie
// below or above: who plans in a market that turns looks at those.
func marketBehind(r *honne.Record, months []honne.Month) (honne.Range3, bool) {
	market := Monthly(r, honne.Market)
	g, measured, ok := MarketGrowth(r, months)
	if !measured && len(market.Months) > 0 {
		last := market.Months[len(market.Months)-1].Month
		g, measured, ok = MarketGrowth(r, span(last-11, last))
	}
	if measured {
		last := market.Months[len(market.Months)-1].Month
		if now, measured, _ := MarketGrowth(r, span(last-2, last)); measured {
			g.Low, g.High = min(g.Low, now.Base), max(g.High, now.Base)
		}
	}
	return g, ok
}
