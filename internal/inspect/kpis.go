package inspect

import (
	"math"
	"slices"

	"honne"
	"honne/internal/measure"
)

// term is a figure on the basis of the view, with its cells.
func (v view) term(label string, n int64, cells ...[]honne.Selection) honne.Term {
	t := honne.Term{Label: honne.Say(label), Select: slices.Concat(cells...)}
	if v.amount {
		t.Money = v.money(n)
	} else {
		t.Quantity = honne.Known(n)
	}
	return t
}

func (v view) money(n int64) honne.Money { return honne.Money{Minor: n, Currency: v.r.Currency} }

// minor is the whole number of a term, on the basis of the view.
func (v view) minor(t honne.Term) int64 {
	if v.amount {
		return t.Money.Minor
	}
	return t.Quantity.N
}

// unit is that of the figures of the view.
func (v view) unit() honne.ValueUnit {
	if v.amount {
		return honne.UnitMoney
	}
	return honne.UnitCount
}

// cells selects the months of a track that are known on the basis of the view.
func (v view) cells(t measure.Track, months []honne.Month) []honne.Selection {
	known := slices.DeleteFunc(slices.Clone(months), func(m honne.Month) bool { return !t.Figure(m, v.amount).Known })
	return measure.Choose(t.Series, known, v.amount)
}

func (v view) kpis() (honne.KPIs, honne.Pace) {
	var k honne.KPIs
	if len(v.reported) == 0 {
		return k, honne.Pace{}
	}
	sales, _ := v.sales.Sum(v.reported, v.amount)
	k.Sales = v.term("term.sales", sales, v.cells(v.sales, v.reported))
	if plan, n := v.plan.Sum(v.reported, v.amount); n == len(v.reported) {
		k.Plan = v.term(measure.Label(v.plan, v.agreed), plan, v.plans.Evidence(v.reported, v.agreed, v.amount))
		k.PlanAgreed, k.PlanOf = v.agreed, v.plan.Series
		v.againstPlan(&k)
	}
	v.againstYearBefore(&k)
	v.fullYear(&k)
	v.revisions(&k)
	return k, v.pace(&k)
}

func (v view) add(k *honne.KPIs, id string, value float64, unit honne.ValueUnit, steps ...honne.Step) {
	k.Formulas = append(k.Formulas, honne.Formula{ID: id, Value: sixth(value), Unit: unit, Steps: steps})
}

func of(op honne.Operator, t honne.Term) honne.Step { return honne.Step{Op: op, Term: t} }

func from(op honne.Operator, formula string) honne.Step {
	return honne.Step{Op: op, Formula: formula}
}

// lessOne makes a growth of a ratio.
var lessOne = honne.Step{Op: honne.Minus, Number: 1}

func (v view) againstPlan(k *honne.KPIs) {
	diff := v.minor(k.Sales) - v.minor(k.Plan)
	v.add(k, "difference", float64(diff), v.unit(), of(honne.First, k.Sales), of(honne.Minus, k.Plan))
	if plan := v.minor(k.Plan); plan > 0 {
		v.add(k, "percent", float64(diff)/float64(plan), honne.UnitGrowth, from(honne.First, "difference"), of(honne.Dividing, k.Plan))
	}
}

// againstYearBefore adds growth, that of the market, and the shares, all over
// the months that can be compared.
func (v view) againstYearBefore(k *honne.KPIs) {
	c := v.compared
	if len(c.Months) == 0 {
		return
	}
	now, then := c.Terms(v.r)
	growth := sixth(c.Growth())
	k.Prior, k.Growth, k.Compared, k.SameMonths = then, &growth, c.Months, slices.Equal(c.Months, v.reported)
	v.add(k, "growth", growth, honne.UnitGrowth, of(honne.First, now), of(honne.Dividing, then), lessOne)
	if k.SameMonths && !k.Plan.Label.IsZero() {
		v.add(k, "plan-growth", float64(v.minor(k.Plan))/float64(c.Then)-1, honne.UnitGrowth, of(honne.First, k.Plan), of(honne.Dividing, then), lessOne)
	}
	if v.market == nil {
		return
	}
	g := *v.market
	g.Low, g.Base, g.High = sixth(g.Low), sixth(g.Base), sixth(g.High)
	k.Market = &g
	v.add(k, "market", g.Base, honne.UnitGrowth, v.marketSteps()...)
	v.add(k, "gap", growth-g.Base, honne.UnitPoints, from(honne.First, "growth"), from(honne.Minus, "market"))
	v.shares(k, now, then)
}

// marketSteps are how the market grew: its size now ÷ then − 1, or what was
// answered.
func (v view) marketSteps() []honne.Step {
	if now, then, ok := v.marketTerms(); ok {
		return []honne.Step{of(honne.First, now), of(honne.Dividing, then), lessOne}
	}
	return []honne.Step{{Number: v.market.Base, Source: v.market.Source}}
}

func (v view) marketTerms() (now, then honne.Term, ok bool) {
	if now, then, ok = measure.MarketTerms(v.r, v.compared.Months, true); !ok {
		now, then, ok = measure.MarketTerms(v.r, v.compared.Months, false)
	}
	return now, then, ok
}

func (v view) shares(k *honne.KPIs, now, then honne.Term) {
	a, b, ok := measure.Shares(v.r, v.compared)
	if !ok {
		return
	}
	a, b = sixth(a), sixth(b)
	k.ShareNow, k.ShareThen = &a, &b
	size, before, _ := measure.MarketTerms(v.r, v.compared.Months, v.amount)
	v.add(k, "share", a, honne.UnitRatio, of(honne.First, now), of(honne.Dividing, size))
	v.add(k, "share-then", b, honne.UnitRatio, of(honne.First, then), of(honne.Dividing, before))
	v.add(k, "share-change", a-b, honne.UnitPoints, from(honne.First, "share"), from(honne.Minus, "share-then"))
}

// fullYear adds the outlook, the plan of the year and where the pace leads:
// the year's plan × attainment so far, so that the season of the plan counts; without a
// plan, or where it is spread evenly against a season, last year × growth so far.
func (v view) fullYear(k *honne.KPIs) {
	ahead := slices.DeleteFunc(slices.Clone(v.all), func(m honne.Month) bool { return slices.Contains(v.reported, m) })
	if f, n := v.forecast.Sum(ahead, v.amount); n == len(ahead) && n > 0 {
		rest := v.term("series.forecast", f, v.cells(v.forecast, ahead))
		sum := v.minor(k.Sales) + f
		k.Outlook = v.term("term.outlook", sum, k.Sales.Select, rest.Select)
		v.add(k, "outlook", float64(sum), v.unit(), of(honne.First, k.Sales), of(honne.Plus, rest))
	} else {
		k.NoOutlook = v.noOutlook(ahead)
	}
	plan, agreed := v.plans.For(v.all)
	year, n := plan.Sum(v.all, v.amount)
	if n == len(v.all) {
		k.YearPlan = v.term(measure.Label(plan, agreed), year, v.plans.Evidence(v.all, agreed, v.amount))
		k.YearPlanOf = plan.Series
	}
	if !v.amount {
		return
	}
	if base, now, then, ok := v.pacing(k, agreed); ok {
		pace := math.Round(float64(v.minor(base)) * (float64(v.minor(now)) / float64(v.minor(then))))
		k.Pace, k.PaceKnown = v.money(int64(pace)), true
		v.add(k, "year-pace", pace, honne.UnitMoney, of(honne.First, base), of(honne.Times, now), of(honne.Dividing, then))
		if n == len(v.all) {
			v.add(k, "year-pace-difference", pace-float64(year), honne.UnitMoney, from(honne.First, "year-pace"), of(honne.Minus, k.YearPlan))
		}
	}
}

// noOutlook says why the full year is not known: of a month that is over its sales are
// missing, and no forecast.
func (v view) noOutlook(ahead []honne.Month) honne.Message {
	lacking := slices.DeleteFunc(slices.Clone(ahead), func(m honne.Month) bool { return v.forecast.Figure(m, v.amount).Known })
	toCome := slices.ContainsFunc(lacking, func(m honne.Month) bool { return m.Last() > v.r.AsOf })
	switch {
	case len(ahead) == 0 && len(v.all) > 0:
		return honne.Say("strip.year-known")
	case len(lacking) == 0 || toCome:
		return honne.Say("strip.no-forecast")
	case len(lacking) == 1:
		return honne.Say("strip.no-sales-of", honne.InMonth("month", lacking[0]))
	}
	return honne.Say("strip.no-sales-of.several", honne.Count("n", len(lacking)), honne.InMonth("month", lacking[0]))
}

// pacing chooses what the pace so far is put on: the plan of the year, else the
// year before.
func (v view) pacing(k *honne.KPIs, agreed bool) (base, now, then honne.Term, ok bool) {
	_, season := v.season.Plan(v.reported)
	if !season && !k.YearPlan.Label.IsZero() && v.minor(k.Plan) > 0 && agreed == v.agreed {
		return k.YearPlan, k.Sales, k.Plan, true
	}
	if k.Growth == nil {
		return base, now, then, false
	}
	now, then = v.compared.Terms(v.r)
	base, ok = v.yearBefore()
	return base, now, then, ok
}

// yearBefore is the whole of the year before, each month in the series in which
// it stands; ok is false when a month of it is unknown.
func (v view) yearBefore() (t honne.Term, ok bool) {
	var sum int64
	var ours, stated []honne.Month
	for _, m := range v.all {
		f, series := v.priorOf(m)
		switch {
		case !f.Known:
			return t, false
		case series == honne.Sales:
			ours = append(ours, m-12)
		default:
			stated = append(stated, m)
		}
		sum += f.N
	}
	return v.term("term.prior-year", sum, measure.Choose(honne.Sales, ours, v.amount), measure.Choose(honne.PriorYear, stated, v.amount)), true
}

// revisions counts the months that stand as first reported, and those that do
// not; where changes could not have been seen it counts nothing.
func (v view) revisions(k *honne.KPIs) {
	if !v.told {
		return
	}
	kept := slices.Clone(v.reported)
	for _, rev := range v.revised {
		i := slices.Index(kept, rev.Month)
		switch {
		case i < 0:
			continue
		case rev.Slight:
			k.Slight++
			continue
		}
		kept = slices.Delete(kept, i, i+1)
		k.Revised++
		if rev.Last > rev.First {
			k.RevisedUp++
		}
		if rev.Explained {
			k.Explained++
		}
	}
	k.Kept, k.Within = len(kept), v.within
	stand := honne.Term{Label: honne.Say("term.months-kept"), Count: len(kept), Select: v.cells(v.sales, kept)}
	all := honne.Term{Label: honne.Say("term.months-reported"), Count: len(v.reported), Select: k.Sales.Select}
	v.add(k, "kept", float64(len(kept))/float64(len(v.reported)), honne.UnitRatio, of(honne.First, stand), of(honne.Dividing, all))
}

// pace splits the gap to plan: what the market would have given and was not
// sold, and what the plan asks beyond the market.
func (v view) pace(k *honne.KPIs) honne.Pace {
	if !k.SameMonths || k.Market == nil || k.Plan.Label.IsZero() || !v.amount {
		return honne.Pace{}
	}
	market := int64(math.Round(float64(v.compared.Then) * (1 + v.market.Base)))
	p := honne.Pace{Known: true, Market: v.money(market),
		LostPace: v.money(market - v.minor(k.Sales)), PlanAbove: v.money(v.minor(k.Plan) - market)}
	steps := []honne.Step{of(honne.First, k.Prior)}
	if now, then, ok := v.marketTerms(); ok {
		steps = append(steps, of(honne.Times, now), of(honne.Dividing, then))
	} else {
		steps = append(steps, honne.Step{Op: honne.Times, Number: 1 + v.market.Base, Source: v.market.Source})
	}
	v.add(k, "market-pace", float64(market), honne.UnitMoney, steps...)
	v.add(k, "lost-pace", float64(p.LostPace.Minor), honne.UnitMoney, from(honne.First, "market-pace"), of(honne.Minus, k.Sales))
	v.add(k, "plan-above", float64(p.PlanAbove.Minor), honne.UnitMoney, of(honne.First, k.Plan), from(honne.Minus, "market-pace"))
	p.Say = split(p)
	return p
}

// split names the two parts of the gap by their signs: a gain is not called a
// loss.
func split(p honne.Pace) honne.Message {
	id, first := "strip.pace.lost", honne.Amount("lost", p.LostPace)
	if p.LostPace.Minor <= 0 {
		id, first = "strip.pace.ahead", honne.Amount("ahead", honne.Money{Minor: -p.LostPace.Minor, Currency: p.LostPace.Currency})
	}
	if p.PlanAbove.Minor < 0 {
		return honne.Say(id+".below", first, honne.Amount("below", honne.Money{Minor: -p.PlanAbove.Minor, Currency: p.PlanAbove.Currency}))
	}
	return honne.Say(id+".above", first, honne.Amount("above", p.PlanAbove))
}
