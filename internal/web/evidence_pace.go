package web

import (
	"honne"
	"honne/internal/inspect"
)

// gap is growth against the market, in points.
func (g ground) gap() (derived, bool) {
	k := g.p.KPIs
	if k.Growth == nil || k.Market == nil {
		return derived{}, false
	}
	return derived{value: g.v.lang.Points(*k.Growth - k.Market.Base), rows: []FormulaRow{
		g.ratio("growth", g.v.lang.Growth(*k.Growth), ""), g.ratio("market", g.v.lang.Growth(k.Market.Base), "−")}}, true
}

// share is sales as a part of the market's size, now, a year before, or the
// change between both.
func (g ground) share(name string) (derived, bool) {
	k := g.p.KPIs
	if k.ShareNow == nil || k.ShareThen == nil {
		return derived{}, false
	}
	if name == "share-change" {
		return derived{value: g.v.lang.Points(*k.ShareNow - *k.ShareThen), rows: []FormulaRow{
			g.ratio("share", g.v.lang.Percent(*k.ShareNow), ""), g.ratio("share-then", g.v.lang.Percent(*k.ShareThen), "−")}}, true
	}
	now, then, months, amount := g.marketSize()
	if now <= 0 {
		return derived{}, false
	}
	top, size, back, value := g.comparedRow(), now, honne.Month(0), *k.ShareNow
	if name == "share-then" {
		top, size, back, value = g.row("prior", g.minor(k.Prior), ""), then, 12, *k.ShareThen
	}
	s := honne.Selection{Series: honne.Market, Period: honne.Months(months[0]-back, months[len(months)-1]-back), Amount: amount}
	return derived{value: g.v.lang.Percent(value), selects: []honne.Selection{s}, rows: []FormulaRow{top,
		{Label: title(g.v.what(s)), Value: g.v.exact(honne.Known(size), amount, honne.JPY), Href: g.v.selectionLink(g.d, s), Op: "÷"}}}, true
}

// pace splits the gap to plan at what the market would have given.
func (g ground) pace(name string) (derived, bool) {
	k, p := g.p.KPIs, g.p.Pace
	grown, ok := inspect.MarketPace(k)
	if !ok || !p.Known && name != "market-pace" {
		return derived{}, false
	}
	market := g.row("market-pace", grown.Minor, "")
	switch name {
	case "lost-pace":
		return derived{value: g.exact(p.LostPace.Minor), rows: []FormulaRow{market, g.row("sales", g.minor(k.Sales), "−")}}, true
	case "plan-above":
		market.Op = "−"
		return derived{value: g.exact(p.PlanAbove.Minor), rows: []FormulaRow{g.row("plan", g.minor(k.Plan), ""), market}}, true
	}
	return derived{value: g.exact(grown.Minor), rows: []FormulaRow{g.row("prior", g.minor(k.Prior), ""),
		g.onWhole("market", k.Market.Base)}}, true
}

// yearPace is where the pace so far leads by the year's end: the year's plan ×
// attainment so far, else the year before × growth so far (as inspect says).
func (g ground) yearPace(name string) (derived, bool) {
	k := g.p.KPIs
	if !k.PaceKnown {
		return derived{}, false
	}
	if name == "year-pace-difference" {
		diff := k.Pace.Minor - k.YearPlan.Money.Minor
		return derived{value: g.v.plus(diff, g.exact(diff)), rows: []FormulaRow{g.row("year-pace", k.Pace.Minor, ""),
			g.row("year-plan", k.YearPlan.Money.Minor, "−")}}, has(k.YearPlan)
	}
	out := derived{value: g.exact(k.Pace.Minor)}
	if has(k.YearPlan) && has(k.Plan) {
		out.rows = []FormulaRow{g.row("year-plan", k.YearPlan.Money.Minor, ""), g.row("sales", k.Sales.Money.Minor, "×"), g.row("plan", k.Plan.Money.Minor, "÷")}
		return out, true
	}
	if k.Growth == nil {
		return out, false
	}
	out.rows = g.rows(g.prior, true)
	out.rows = append(out.rows, g.onWhole("growth", *k.Growth))
	return out, true
}

// onWhole is a growth as a factor on the previous year: 107.4%.
func (g ground) onWhole(name string, growth float64) FormulaRow {
	return FormulaRow{Label: g.v.t("figure.on-" + name), Value: g.v.lang.Percent(1 + growth), Href: g.link(name), Op: "×"}
}

// stake is what sales are short of: of the plan, or of the pace of the market.
func (g ground) stake() (derived, bool) {
	s, k := inspect.Stake(g.p), g.p.KPIs
	if !s.Known {
		return derived{}, false
	}
	out := derived{value: g.exact(s.Money.Minor)}
	asked := k.Plan.Money.Minor
	if grown, ok := inspect.MarketPace(k); !ok {
		out.notes = append(out.notes, g.v.t("figure.stake.no-market"))
	} else if s.Of == "market-pace" {
		asked = grown.Minor
	}
	switch {
	case !has(k.Plan):
		out.notes = append(out.notes, g.v.t("figure.stake.no-plan"))
	case !k.PlanAgreed:
		out.notes = append(out.notes, g.v.say(k.Plan.Label))
	}
	sales := k.Sales.Money.Minor
	out.rows = []FormulaRow{g.row(s.Of, asked, ""), g.row("sales", sales, "−")}
	if s.Money.Minor == 0 {
		out.notes = append(out.notes, g.v.t("figure.stake.none"))
	}
	if asked < sales {
		out.rows = append(out.rows, FormulaRow{Label: g.v.t("figure.stake.floor"), Value: g.exact(asked - sales), Op: "="})
	}
	return out, true
}

// trust lists the measures that stand behind it, each with its band.
func (g ground) trust() (derived, bool) {
	book, err := g.v.book()
	if err != nil {
		return derived{}, false
	}
	t := inspect.Trust(g.p, book)
	if !t.Known {
		return derived{}, false
	}
	out := derived{value: g.v.lang.Whole(t.Share), notes: []string{g.v.t("figure.trust.count"), g.v.t("portfolio.trust.about")}}
	for _, m := range t.Measures {
		out.rows = append(out.rows, FormulaRow{Label: g.v.t("measure." + m.Measure.Slug), Value: g.v.band(m.Band).Word, Href: g.v.measureLink(g.d, m.Measure.Slug)})
	}
	return out, true
}
