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
	o := offer{plan: plan, months: months, amount: amount, market: market}
	o.planned, _ = plan.Sum(months, amount)
	o.before, _ = Monthly(r, honne.Sales).Sum(shifted(months, -12), amount)
	if o.before <= 0 || !finite(o.soft(market.Base)) {
		return unknown(honne.Say("why.plan-softness.no-year-before"), honne.NeedSalesHistory)
	}
	res := o.result(r)
	if want, ok := Monthly(r, honne.Target).whole(months, amount); ok && want > 0 {
		res.Parts = append(res.Parts, part("of-expectation", ratio(o.planned, want), honne.UnitRatio))
	}
	res.History, res.Baseline = inMonths(r, min(months[len(months)-1], lastOver(r)), months, func(months []honne.Month) (float64, bool) {
		return softIn(r, months)
	})
	return res
}

// offer is a plan beside the sales of the year before and the market.
type offer struct {
	plan            Track
	months          []honne.Month
	amount          bool
	planned, before int64
	market          honne.Range3
}

// soft is the plan as a share of what the sales of the year before would be in a market
// that grows so.
func (o offer) soft(growth float64) float64 {
	return float64(o.planned) / (float64(o.before) * (1 + growth))
}

// result holds the plan and the sales of the year before, and says how much was asked.
func (o offer) result(r *honne.Record) honne.Result {
	then := shifted(o.months, -12)
	return honne.Result{
		Known: true, Value: o.soft(o.market.Base), Unit: honne.UnitRatio, N: len(o.months), Period: covering(o.months),
		Numerator:   sum(r, "series."+string(o.plan.Series), o.planned, o.amount, Choose(o.plan.Series, o.months, o.amount)),
		Denominator: sum(r, "term.prior", o.before, o.amount, Choose(honne.Sales, then, o.amount)),
		Parts: []honne.Further{part("market", o.market.Base, honne.UnitGrowth),
			part("low", o.soft(o.market.High), honne.UnitRatio), part("high", o.soft(o.market.Low), honne.UnitRatio),
			byChance(1-o.soft(o.market.Base), Pieces(Monthly(r, honne.Sales), then))},
		Because: []honne.Message{honne.Say("because.plan-softness", honne.Growth("asked", ratio(o.planned, o.before)-1),
			honne.Growth("market", o.market.Base), honne.Over("period", covering(o.months)))},
	}
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
				return offer{planned: planned, before: before}.soft(market.Base), true
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
