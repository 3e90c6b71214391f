package web

import (
	"math"

	"honne"
	"honne/internal/auth"
)

// derived is a figure with the formula it comes from.
type derived struct {
	value   string
	rows    []FormulaRow
	notes   []string
	selects []honne.Selection
}

// derive computes nothing new: it lays open how a figure of the overview or of a
// total follows from others.
func (g ground) derive(name string) (derived, bool) {
	switch name {
	case "sales":
		return g.total(g.actual, g.p.KPIs.Sales, false)
	case "plan":
		return g.total(g.plan, g.p.KPIs.Plan, false)
	case "prior":
		return g.total(g.prior, g.p.KPIs.Prior, false)
	case "outlook":
		return g.total(g.expected, g.p.KPIs.Outlook, true)
	case "year-plan":
		return g.total(g.plan, g.p.KPIs.YearPlan, true)
	case "difference", "percent":
		return g.toPlan(name)
	case "under-plan", "kept":
		return g.counted(name)
	case "compared":
		n, rows := g.compared()
		return derived{value: g.exact(n), rows: rows}, len(rows) > 0
	case "growth", "plan-growth":
		return g.growth(name)
	case "market":
		return g.market()
	case "gap":
		return g.gap()
	case "share", "share-then", "share-change":
		return g.share(name)
	case "stake":
		return g.stake()
	case "trust":
		return g.trust()
	case "market-pace", "lost-pace", "plan-above":
		return g.pace(name)
	case "year-pace", "year-pace-difference":
		return g.yearPace(name)
	}
	return derived{}, false
}

// total is a sum of months; a term that is not the plain sum of its months opens
// by its own selections.
func (g ground) total(of pick, t honne.Term, all bool) (derived, bool) {
	n, whole := g.sum(of, all)
	if whole && (!has(t) || n == g.minor(t)) {
		return derived{value: g.exact(n), rows: g.rows(of, all)}, true
	}
	if !has(t) {
		return derived{}, false
	}
	row := g.v.termRow(g.d, t)
	return derived{value: row.Value, rows: []FormulaRow{row}, selects: t.Select}, true
}

func (g ground) minor(t honne.Term) int64 {
	if inPieces(g.p) {
		return t.Quantity.N
	}
	return t.Money.Minor
}

// deriveMonth opens the difference to plan of one month.
func (g ground) deriveMonth(name string, month honne.Month) (derived, bool) {
	for _, m := range g.months {
		if m.Month != month {
			continue
		}
		diff, ok := difference(m)
		if !ok {
			return derived{}, false
		}
		shown, href := g.expected(m)
		label := "col.ac"
		if !m.Actual.Known {
			label = "col.fc"
		}
		plan, planHref := g.plan(m)
		rows := []FormulaRow{{Label: g.v.t(label), Value: g.exact(shown.N), Href: href},
			{Label: g.v.t("col.pl"), Value: g.exact(plan.N), Href: planHref, Op: "−"}}
		switch {
		case name == "difference":
			return derived{value: g.v.plus(diff, g.exact(diff)), rows: rows}, true
		case name == "percent" && plan.N > 0:
			rows = []FormulaRow{{Label: g.v.t("figure.difference"), Value: g.v.plus(diff, g.exact(diff)), Href: g.linkOf("difference", month)},
				{Label: g.v.t("col.pl"), Value: g.exact(plan.N), Href: planHref, Op: "÷"}}
			return derived{value: g.v.lang.Growth(float64(diff) / float64(plan.N)), rows: rows}, true
		}
	}
	return derived{}, false
}

// difference is actual, or the forecast of a month to come, minus plan. A month
// that has ended without a report has none: an unknown is never shown as good.
func difference(m honne.MonthView) (int64, bool) {
	shown := m.Actual
	if !shown.Known && !m.Missing {
		shown = m.Forecast
	}
	return shown.N - m.Plan.N, shown.Known && m.Plan.Known
}

// plus writes the sign of a positive difference.
func (v *visit) plus(n int64, s string) string {
	if n > 0 {
		return "+" + s
	}
	return s
}

func (g ground) toPlan(name string) (derived, bool) {
	actual, a := g.sum(g.actual, false)
	plan, b := g.sum(g.plan, false)
	if !a || !b || plan <= 0 && name == "percent" {
		return derived{}, false
	}
	diff := g.v.plus(actual-plan, g.exact(actual-plan))
	if name == "difference" {
		return derived{value: diff, rows: []FormulaRow{g.row("sales", actual, ""), g.row("plan", plan, "−")}}, true
	}
	return derived{value: g.v.lang.Growth(float64(actual-plan) / float64(plan)), rows: []FormulaRow{
		{Label: g.v.t("figure.difference"), Value: diff, Href: g.link("difference")}, g.row("plan", plan, "÷")}}, true
}

// row is a term that opens by its own name.
func (g ground) row(name string, n int64, op string) FormulaRow {
	return FormulaRow{Label: g.v.t("figure." + name), Value: g.exact(n), Href: g.link(name), Op: op}
}

func (g ground) ratio(name, value, op string) FormulaRow {
	return FormulaRow{Label: g.v.t("figure." + name), Value: value, Href: g.link(name), Op: op}
}

// counted lists the months under plan, or those whose figures stand as first
// reported and those that changed.
func (g ground) counted(name string) (derived, bool) {
	var out derived
	all, hits := 0, 0
	for _, m := range g.months {
		if !m.Actual.Known {
			continue
		}
		all++
		_, cells := g.actual(m)
		row := FormulaRow{Label: g.v.lang.Month(m.Month), Value: g.exact(m.Actual.N), Href: cells}
		switch {
		case name == "kept" && m.Revised:
			row.Value += " ← " + g.exact(m.First.N)
		case name == "kept":
			hits++
		default:
			diff, ok := difference(m)
			if !ok {
				return derived{}, false
			}
			row.Value, row.Href = g.v.plus(diff, g.exact(diff)), g.linkOf("difference", m.Month)
			if diff < 0 {
				hits++
			}
		}
		out.rows = append(out.rows, row)
	}
	if k := g.p.KPIs; name == "kept" {
		hits, all = k.Kept, k.Kept+k.Revised
		out.notes = []string{g.v.t("figure.kept.explained", honne.Count("n", k.Explained), honne.Count("all", k.Revised))}
		if k.Slight > 0 {
			out.notes = append(out.notes, g.v.t("figure.kept.slight", honne.Count("n", k.Slight), honne.Ratio("by", k.Within)))
		}
	}
	out.value = g.v.t("of", honne.Count("n", hits), honne.Count("all", all))
	return out, all > 0
}

// compared is net sales of the months with a year before: the sales that growth
// and share speak of. Mostly these are all months received.
func (g ground) compared() (n int64, rows []FormulaRow) {
	for _, m := range g.months {
		if m.Actual.Known && m.Prior.Known {
			_, href := g.actual(m)
			n += m.Actual.N
			rows = append(rows, FormulaRow{Label: g.v.lang.Month(m.Month), Value: g.exact(m.Actual.N), Href: href, Op: "+"})
		}
	}
	if len(rows) > 0 {
		rows[0].Op = ""
	}
	return n, rows
}

// comparedRow is the term of a formula that stands for compared.
func (g ground) comparedRow() FormulaRow {
	n, _ := g.compared()
	if all, _ := g.sum(g.actual, false); n == all {
		return g.row("sales", n, "")
	}
	return g.row("compared", n, "")
}

// growth is the change on the same months a year before, of sales or of the plan.
func (g ground) growth(name string) (derived, bool) {
	k := g.p.KPIs
	before := g.minor(k.Prior)
	if k.Growth == nil || before <= 0 {
		return derived{}, false
	}
	value, now := *k.Growth, g.comparedRow()
	if name == "plan-growth" {
		plan, whole := g.sum(g.plan, false)
		if !whole || !k.SameMonths {
			return derived{}, false
		}
		value, now = float64(plan)/float64(before)-1, g.row("plan", plan, "")
	} else if n, _ := g.compared(); math.Abs(float64(n)/float64(before)-1-value) > 0.0005 {
		return derived{value: g.v.lang.Growth(value), selects: k.Prior.Select, notes: []string{g.v.t("figure.growth.short")}}, true
	}
	return derived{value: g.v.lang.Growth(value), rows: []FormulaRow{now, g.row("prior", before, "÷"),
		{Label: g.v.t("figure.whole"), Value: "100%", Op: "−"}}}, true
}

// market is the growth of the market: of a dated series, or as it was stated.
func (g ground) market() (derived, bool) {
	m := g.p.KPIs.Market
	if m == nil {
		return derived{}, false
	}
	out := derived{value: g.v.lang.Growth(m.Base)}
	now, then, months, amount := g.marketSize()
	if then > 0 && math.Abs(float64(now)/float64(then)-1-m.Base) < 0.00001 {
		row := func(n int64, months []honne.Month, op string) FormulaRow {
			s := honne.Selection{Series: honne.Market, Period: honne.Months(months[0], months[len(months)-1]), Amount: amount}
			out.selects = append(out.selects, s)
			return FormulaRow{Label: title(g.v.what(s)), Value: g.v.exact(honne.Known(n), amount, honne.JPY), Href: g.v.selectionLink(g.d, s), Op: op}
		}
		before := make([]honne.Month, len(months))
		for i, x := range months {
			before[i] = x - 12
		}
		out.rows = []FormulaRow{row(now, months, ""), row(then, before, "÷"), {Label: g.v.t("figure.whole"), Value: "100%", Op: "−"}}
		return out, true
	}
	said := FormulaRow{Label: g.v.t("figure.market.stated", honne.Text("source", m.Source), honne.Day("day", m.On)), Value: out.value}
	if len(g.rec.Log.Estimates) > 0 && g.v.may(auth.Read, auth.Signals) {
		said.Href = g.v.logDoor(g.d, honne.EntryEstimate).Href
	} else if g.v.may(auth.Write, auth.Overview) {
		said.Href = base(g.d) + "/edit#growth"
	}
	out.rows = []FormulaRow{said}
	return out, true
}

// marketSize adds up the market over the months of the comparison and over those
// a year before; zero where one month is not known.
func (g ground) marketSize() (now, then int64, months []honne.Month, amount bool) {
	for _, m := range g.months {
		if m.Actual.Known && m.Prior.Known {
			months = append(months, m.Month)
		}
	}
	size := g.rec.Series(honne.Market).Monthly()
	for _, amount := range [...]bool{true, false} {
		known := map[honne.Month]int64{}
		for _, t := range size {
			f := t.Quantity
			if amount {
				f = t.Amount
			}
			if f.Known {
				known[t.Month] = f.N
			}
		}
		now, then, whole := int64(0), int64(0), len(months) > 0
		for _, m := range months {
			a, b := known[m], known[m-12]
			whole = whole && a != 0 && b != 0
			now, then = now+a, then+b
		}
		if whole {
			return now, then, months, amount
		}
	}
	return 0, 0, months, false
}
