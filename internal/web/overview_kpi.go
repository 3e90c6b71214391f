package web

import "honne"

// kpis are the five figures; what is unknown says what would make it known and
// is never 0.
func (v *visit) kpis(d honne.Distributor, p honne.Picture) []KPI {
	unit := v.unit(p)
	out := []KPI{v.salesKPI(d, p, unit), v.growthKPI(d, p), v.shareKPI(d, p)}
	if len(p.KPIs.Sales.Select) == 0 || p.Period.To < p.Months[len(p.Months)-1].Month.Last() { // else nothing is ahead
		out = append(out, v.outlookKPI(d, p, unit))
	}
	return append(out, v.keptKPI(d, p))
}

func (v *visit) salesKPI(d honne.Distributor, p honne.Picture, unit string) KPI {
	k := KPI{Label: v.t("kpi.sales", honne.Text("months", v.lang.Months(p.Period)), honne.Text("unit", unit))}
	s, plan := p.KPIs.Sales, p.KPIs.Plan
	if !has(s) {
		return k
	}
	k.Value, k.Href = v.term(s, p), figureLink(v, d, "sales")
	if !has(plan) {
		k.Parts = []Part{{Text: v.t("kpi.no-plan"), Href: v.planForm(d, "agreed")}}
		return k
	}
	k.Beside = Linked{v.t("kpi.plan", honne.Text("value", v.term(plan, p))), figureLink(v, d, "plan")}
	diff, against := minorOf(s)-minorOf(plan), minorOf(plan)
	class := tint(float64(diff))
	k.Parts = []Part{{v.signed(diff, p), class, figureLink(v, d, "difference")}, {Text: "ΔPL" + v.t("comma")}}
	if against > 0 {
		k.Parts = append(k.Parts, Part{v.lang.Growth(float64(diff) / float64(against)), class, figureLink(v, d, "percent")})
	}
	if !p.KPIs.PlanAgreed { // whose plan it is, ours alone or theirs: never "agreed"
		k.Parts = append(k.Parts, Part{Text: v.t("in-brackets", honne.Text("text", v.say(plan.Label)))})
	}
	return k
}

// term writes a figure of the strip in the page's unit.
func (v *visit) term(t honne.Term, p honne.Picture) string {
	return v.money(honne.Known(minorOf(t)), p)
}

// minorOf is a term's figure: minor units, or thousandths of pieces.
func minorOf(t honne.Term) int64 {
	if t.Quantity.Known {
		return t.Quantity.N
	}
	return t.Money.Minor
}

func (v *visit) growthKPI(d honne.Distributor, p honne.Picture) KPI {
	k := KPI{Label: v.t("kpi.growth"), Href: figureLink(v, d, "growth")}
	g := p.KPIs.Growth
	if g == nil {
		k.Parts = []Part{{Text: v.t("need.sales-history")}}
		return k
	}
	k.Value = v.lang.Growth(*g)
	if of := p.KPIs.Compared; !p.KPIs.SameMonths && len(of) > 0 {
		k.Label = v.t("kpi.growth.of", honne.Text("months", v.lang.Months(honne.Months(of[0], of[len(of)-1]))))
	}
	m := p.KPIs.Market
	if m == nil {
		k.Parts = v.addMarket(d)
		return k
	}
	gap := *g - m.Base
	k.Parts = []Part{{Text: v.t("kpi.market")}, {v.lang.Growth(m.Base) + v.t("comma"), "", figureLink(v, d, "market")}, {Text: v.t("kpi.gap")},
		{v.lang.Points(gap), tint(gap), figureLink(v, d, "gap")}}
	return k
}

// addMarket asks for the one figure that nobody can read from files.
func (v *visit) addMarket(d honne.Distributor) []Part {
	return []Part{{Text: v.t("kpi.add-market"), Href: v.askMarket(d)}}
}

func (v *visit) shareKPI(d honne.Distributor, p honne.Picture) KPI {
	k := KPI{Label: v.t("kpi.share"), Href: figureLink(v, d, "share")}
	now, then := p.KPIs.ShareNow, p.KPIs.ShareThen
	if now == nil {
		k.Parts = []Part{{Text: v.t("kpi.no-share")}}
		return k
	}
	k.Value = v.lang.Percent(*now)
	if then != nil {
		k.Parts = []Part{{v.lang.Points(*now - *then), tint(*now - *then), figureLink(v, d, "share-change")},
			{Text: v.t("kpi.from")}, {v.lang.Percent(*then), "", figureLink(v, d, "share-then")}}
	}
	return k
}

func (v *visit) outlookKPI(d honne.Distributor, p honne.Picture, unit string) KPI {
	k := KPI{Label: v.t("kpi.outlook", honne.Text("unit", unit)), Href: figureLink(v, d, "outlook")}
	o, plan := p.KPIs.Outlook, p.KPIs.YearPlan
	if has(o) {
		k.Value = v.term(o, p)
	} else {
		k.Parts = []Part{{Text: v.say(p.KPIs.NoOutlook)}}
	}
	if has(plan) {
		k.Beside = Linked{v.t("kpi.plan", honne.Text("value", v.term(plan, p))), figureLink(v, d, "year-plan")}
	}
	if !p.KPIs.PaceKnown {
		return k
	}
	if !has(o) {
		k.Parts[0].Text += v.t("comma")
	}
	pace := v.money(honne.Known(p.KPIs.Pace.Minor), p)
	k.Parts = append(k.Parts, Part{Text: v.t("kpi.at-pace")}, Part{pace, "", figureLink(v, d, "year-pace")})
	if has(plan) {
		diff := p.KPIs.Pace.Minor - minorOf(plan)
		k.Parts[len(k.Parts)-1].Text += v.t("comma")
		k.Parts = append(k.Parts, Part{v.signed(diff, p), tint(float64(diff)), figureLink(v, d, "year-pace-difference")})
	}
	return k
}

func (v *visit) keptKPI(d honne.Distributor, p honne.Picture) KPI {
	k := KPI{Label: v.t("kpi.kept"), Href: figureLink(v, d, "kept")}
	all := p.KPIs.Kept + p.KPIs.Revised
	if all == 0 {
		return k
	}
	k.Value = v.t("of", honne.Count("n", p.KPIs.Kept), honne.Count("all", all))
	if p.KPIs.Revised == 0 {
		k.Parts = []Part{{Text: v.t("kpi.none-revised")}}
		if p.KPIs.Slight > 0 {
			k.Parts = []Part{{v.t("strip.slight", honne.Count("n", p.KPIs.Slight), honne.Ratio("by", p.KPIs.Within)), "plain", k.Href}}
		}
		return k
	}
	revised := "kpi.revised"
	switch p.KPIs.RevisedUp {
	case 0:
		revised = "kpi.revised-down"
	case p.KPIs.Revised:
		revised = "kpi.revised-up"
	}
	k.Parts = []Part{{v.t(revised, honne.Count("n", p.KPIs.Revised), honne.Count("up", p.KPIs.RevisedUp)), "plain", k.Href},
		{v.t("kpi.explained", honne.Count("n", p.KPIs.Explained)), "", k.Href}}
	return k
}
