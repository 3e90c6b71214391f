package web

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"honne"
	"honne/internal/auth"
	"honne/internal/chart"
)

func figureLink(v *visit, d honne.Distributor, name string) string {
	return v.link(base(d) + "/evidence/" + name)
}

func (v *visit) measureLink(d honne.Distributor, slug string) string {
	return v.link(base(d) + "/evidence/measure/" + slug)
}

// kpis are the five figures; what is unknown says what would make it known and
// is never 0.
func (v *visit) kpis(d honne.Distributor, p honne.Picture) []KPI {
	unit := v.lang.Unit(p.Currency, v.scale)
	return []KPI{v.salesKPI(d, p, unit), v.growthKPI(d, p), v.shareKPI(d, p), v.outlookKPI(d, p, unit), v.keptKPI(d, p)}
}

func (v *visit) salesKPI(d honne.Distributor, p honne.Picture, unit string) KPI {
	k := KPI{Label: v.t("kpi.sales", honne.Text("months", v.lang.Months(p.Period)), honne.Text("unit", unit))}
	s, plan := p.KPIs.Sales, p.KPIs.Plan
	if !has(s) {
		return k
	}
	k.Value, k.Href = v.lang.Scaled(s.Money, v.scale), figureLink(v, d, "sales")
	if !has(plan) {
		k.Parts = []Part{{Text: v.t("kpi.no-plan")}}
		return k
	}
	k.Beside = Linked{v.t("kpi.plan", honne.Text("value", v.lang.Scaled(plan.Money, v.scale))), figureLink(v, d, "plan")}
	diff := honne.Money{Minor: s.Money.Minor - plan.Money.Minor, Currency: s.Money.Currency}
	class, href := tint(float64(diff.Minor)), v.measureLink(d, "plan-attainment")
	k.Parts = []Part{{v.lang.Difference(diff, v.scale), class, href}, {Text: "ΔPL" + v.t("comma")}}
	if plan.Money.Minor > 0 {
		k.Parts = append(k.Parts, Part{v.lang.Growth(float64(diff.Minor) / float64(plan.Money.Minor)), class, href})
	}
	if !p.KPIs.PlanAgreed {
		k.Parts = append(k.Parts, Part{Text: v.t("kpi.own-plan")})
	}
	return k
}

func (v *visit) growthKPI(d honne.Distributor, p honne.Picture) KPI {
	k := KPI{Label: v.t("kpi.growth"), Href: v.measureLink(d, "growth")}
	g := p.KPIs.Growth
	if g == nil {
		k.Parts = []Part{{Text: v.t("need.sales-history")}}
		return k
	}
	k.Value = v.lang.Growth(*g)
	m := p.KPIs.Market
	if m == nil {
		k.Parts = v.addMarket(d)
		return k
	}
	gap := *g - m.Base
	k.Parts = []Part{{Text: v.t("kpi.market", honne.Growth("g", m.Base))}, {Text: v.t("kpi.gap")},
		{v.lang.Points(gap), tint(gap), v.measureLink(d, "growth-gap")}}
	return k
}

// addMarket asks for the one figure that nobody can read from files.
func (v *visit) addMarket(d honne.Distributor) []Part {
	p := Part{Text: v.t("kpi.add-market")}
	if v.may(auth.Write, auth.Overview) {
		p.Href = base(d) + "/edit#growth"
	}
	return []Part{p}
}

func (v *visit) shareKPI(d honne.Distributor, p honne.Picture) KPI {
	k := KPI{Label: v.t("kpi.share"), Href: v.measureLink(d, "growth-gap")}
	now, then := p.KPIs.ShareNow, p.KPIs.ShareThen
	if now == nil {
		k.Parts = []Part{{Text: v.t("kpi.no-share")}}
		return k
	}
	k.Value = v.lang.Percent(*now)
	if then != nil {
		k.Parts = []Part{{v.lang.Points(*now - *then), tint(*now - *then), k.Href},
			{Text: v.t("kpi.from", honne.Ratio("then", *then))}}
	}
	return k
}

func (v *visit) outlookKPI(d honne.Distributor, p honne.Picture, unit string) KPI {
	k := KPI{Label: v.t("kpi.outlook", honne.Text("unit", unit)), Href: figureLink(v, d, "outlook")}
	o, plan := p.KPIs.Outlook, p.KPIs.YearPlan
	if !has(o) {
		k.Parts = []Part{{Text: v.t("kpi.no-forecast") + v.t("comma")}}
	} else {
		k.Value = v.lang.Scaled(o.Money, v.scale)
	}
	if has(plan) {
		k.Beside = Linked{v.t("kpi.plan", honne.Text("value", v.lang.Scaled(plan.Money, v.scale))), figureLink(v, d, "year-plan")}
	}
	if !p.KPIs.PaceKnown {
		if !has(o) {
			k.Parts = []Part{{Text: v.t("kpi.no-forecast")}}
		}
		return k
	}
	href := v.measureLink(d, "forecast-bias")
	k.Parts = append(k.Parts, Part{Text: v.t("kpi.at-pace")}, Part{v.lang.Scaled(p.KPIs.Pace, v.scale), "", href})
	if has(plan) {
		diff := honne.Money{Minor: p.KPIs.Pace.Minor - plan.Money.Minor, Currency: p.Currency}
		k.Parts = append(k.Parts, Part{v.lang.Difference(diff, v.scale), tint(float64(diff.Minor)), href})
	}
	return k
}

func (v *visit) keptKPI(d honne.Distributor, p honne.Picture) KPI {
	k := KPI{Label: v.t("kpi.kept"), Href: v.measureLink(d, "restatement")}
	all := p.KPIs.Kept + p.KPIs.Revised
	if all == 0 {
		return k
	}
	k.Value = v.t("of", honne.Count("n", p.KPIs.Kept), honne.Count("all", all))
	if p.KPIs.Revised == 0 {
		k.Parts = []Part{{Text: v.t("kpi.none-revised")}}
		return k
	}
	revised := "kpi.revised"
	switch p.KPIs.RevisedUp {
	case 0:
		revised = "kpi.revised-down"
	case p.KPIs.Revised:
		revised = "kpi.revised-up"
	}
	k.Parts = []Part{{Text: v.t(revised, honne.Count("n", p.KPIs.Revised), honne.Count("up", p.KPIs.RevisedUp))},
		{v.t("kpi.explained", honne.Count("n", p.KPIs.Explained)), "", k.Href}}
	return k
}

func has(t honne.Term) bool { return !t.Label.IsZero() || t.Money.Currency != "" }

func tint(f float64) string {
	if f < 0 {
		return "neg"
	}
	if f > 0 {
		return "pos"
	}
	return ""
}

// signs are the warning signs by level; the unknown ones fold away.
func (v *visit) signs(d honne.Distributor, p honne.Picture) (rows, folded []SignRow, count string) {
	high, watch := 0, 0
	for _, s := range p.Signs {
		row := v.signRow(d, p, s)
		switch s.Level {
		case honne.UnknownBand, "":
			folded = append(folded, row)
			continue
		case honne.High:
			high++
		case honne.Watch:
			watch++
		}
		rows = append(rows, row)
	}
	return rows, folded, v.t("signs.count", honne.Count("high", high), honne.Count("watch", watch))
}

func (v *visit) signRow(d honne.Distributor, p honne.Picture, s honne.Sign) SignRow {
	row := SignRow{Name: v.t("sign." + s.ID.Slug), Href: v.link(base(d)+"/signals") + "#" + s.ID.Slug, Level: v.band(s.Level),
		Why: v.needs(s.Needs)}
	if len(s.Because) > 0 {
		row.Why = v.say(s.Because[0])
	}
	if s.Since != 0 {
		row.Since = v.lang.Month(s.Since)
	}
	i := slices.IndexFunc(p.Measures, func(j honne.Judged) bool { return j.Measure == s.Headline })
	if i < 0 {
		return row
	}
	m := p.Measures[i]
	row.Measure = v.t("measure." + m.Measure.Slug)
	if m.Known {
		row.Now, row.NowHref = v.reading(m.Value, m.Unit, m.Result), v.measureLink(d, m.Measure.Slug)
	}
	if m.Baseline != nil {
		row.Baseline = v.reading(*m.Baseline, m.Unit, honne.Result{})
	}
	values := make([]float64, 0, len(m.History))
	for _, h := range m.History {
		values = append(values, h.Value)
	}
	row.Spark = chart.Spark(values, dot(s.Level))
	return row
}

func dot(b honne.Band) chart.Ink {
	switch b {
	case honne.High:
		return chart.Bad
	case honne.Watch:
		return chart.Warn
	}
	return chart.Actual
}

// reading writes the value of a measure in its unit.
func (v *visit) reading(f float64, u honne.ValueUnit, r honne.Result) string {
	switch u {
	case honne.UnitRatio:
		if r.Numerator.Count > 0 && r.Denominator.Count > 0 && r.Denominator.Count <= 12 {
			return v.t("of", honne.Count("n", r.Numerator.Count), honne.Count("all", r.Denominator.Count))
		}
		return v.lang.Percent(f)
	case honne.UnitGrowth:
		return v.lang.Growth(f)
	case honne.UnitPoints:
		return v.lang.Points(f)
	case honne.UnitMonths:
		return v.t("unit.months", honne.Number("n", f))
	case honne.UnitDays:
		return v.t("unit.days", honne.Number("n", f))
	case honne.UnitLevel:
		return "L" + v.lang.Number(f, 0)
	case honne.UnitMoney:
		return v.lang.Money(honne.Money{Minor: int64(f), Currency: honne.JPY})
	case honne.UnitCount:
		if r.Measure.Slug == "data-gate" {
			return v.t(map[bool]string{true: "yes", false: "no"}[f >= 1])
		}
		return v.lang.Number(f, 0)
	case honne.UnitHHI:
		return v.lang.Number(f, 0)
	}
	return v.lang.Number(f, 2)
}

// measures parts what is known from what is not.
func (v *visit) measures(d honne.Distributor, p honne.Picture) (known, unknown []MeasureRow) {
	for _, m := range p.Measures {
		row := MeasureRow{Name: v.t("measure." + m.Measure.Slug), Href: v.measureLink(d, m.Measure.Slug), Level: v.band(m.Band)}
		if m.Known {
			row.Value = v.reading(m.Value, m.Unit, m.Result)
			known = append(known, row)
			continue
		}
		row.Why = v.say(m.Why)
		if row.Why == "" {
			row.Why = v.needs(m.Needs)
		}
		unknown = append(unknown, row)
	}
	return known, unknown
}

func (v *visit) needs(list []honne.Need) string {
	if len(list) == 0 {
		return ""
	}
	names := make([]string, len(list))
	for i, n := range list {
		names[i] = v.t("need." + string(n))
	}
	return v.t("needs", honne.Text("list", strings.Join(names, v.t("list.comma"))))
}

func (v *visit) asks(p honne.Picture) []AskRow {
	var out []AskRow
	for _, a := range p.Next {
		names := make([]string, len(a.Unlocks))
		for i, slug := range a.Unlocks {
			names[i] = v.t("measure." + slug)
		}
		out = append(out, AskRow{title(v.t("need." + string(a.Give))), len(a.Unlocks), strings.Join(names, v.t("list.comma"))})
	}
	return out
}

// title begins a text with a capital letter.
func title(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// next is what to do now: an open intake before anything, then a meeting that
// is due, then what would make most known.
func (v *visit) next(d honne.Distributor, p honne.Picture, files []honne.StoredFile) Next {
	n := Next{Action: Linked{v.t("next.upload"), "/intake?distributor=" + d.Slug}, Title: v.t("next.title.give")}
	if len(p.Next) == 0 {
		n.Title = v.t("next.title.none")
	}
	for i, a := range p.Next {
		if i == 3 {
			break
		}
		n.Items = append(n.Items, Linked{Text: title(v.t("need." + string(a.Give)))})
		n.Details = append(n.Details, v.t("next.unlocks", honne.Count("n", len(a.Unlocks))))
	}
	open := 0
	for _, f := range files {
		if f.State == honne.FileToResolve || f.State == honne.FileReady {
			open++
		}
	}
	if open > 0 {
		n.Title, n.When = v.t("next.title.files", honne.Count("n", open)), v.t("next.files.why")
		n.Action = Linked{v.t("next.files"), "/intake?distributor=" + d.Slug}
	}
	if !v.may(auth.Write, auth.Figures) {
		n.Action = Linked{}
	}
	return n
}

// monthRows are the months of the fiscal year with every figure a link.
func (v *visit) monthRows(d honne.Distributor, p honne.Picture) []MonthRow {
	var out []MonthRow
	for _, m := range p.Months {
		row := MonthRow{Label: v.lang.MonthName(m.Month), Revised: m.Revised,
			Actual: v.money(m.Actual, p), Plan: v.money(m.Plan, p), Forecast: v.money(m.Forecast, p), Prior: v.money(m.Prior, p),
			Href: v.cellLink(d, honne.Sales, m.Month.Period()), ForecastHref: v.cellLink(d, honne.Forecast, m.Month.Period()),
			PlanHref: v.cellLink(d, planSeries(p, m), m.Month.Period()), PriorHref: v.priorLink(d, m)}
		if m.Revised && m.First.Known {
			row.First = v.money(m.First, p)
		}
		if m.Missing {
			row.Note = v.t("not-received")
			if m.Owed != 0 {
				row.Note = v.t("not-received.due", honne.Text("day", v.lang.ShortDate(m.Owed)))
			}
		}
		shown := m.Actual
		if !shown.Known {
			shown = m.Forecast
		}
		if shown.Known && m.Plan.Known {
			diff := shown.N - m.Plan.N
			row.Delta, row.Class = v.lang.Difference(honne.Money{Minor: diff, Currency: p.Currency}, v.scale), tint(float64(diff))
			if m.Plan.N > 0 {
				row.Percent = v.lang.Growth(float64(diff) / float64(m.Plan.N))
			}
		}
		out = append(out, row)
	}
	return out
}

// planSeries is where the plan of a month stands: a target, agreed or ours
// alone, or the partner's own plan.
func planSeries(p honne.Picture, m honne.MonthView) honne.Series {
	if m.Agreed {
		return honne.Target
	}
	for _, t := range [...]honne.Term{p.KPIs.Plan, p.KPIs.YearPlan} {
		if len(t.Select) > 0 {
			return t.Select[0].Series
		}
	}
	return honne.Plan
}

func (v *visit) priorLink(d honne.Distributor, m honne.MonthView) string {
	if m.PriorOf == honne.PriorYear {
		return v.cellLink(d, honne.PriorYear, m.Month.Period())
	}
	return v.cellLink(d, honne.Sales, (m.Month - 12).Period())
}

// money writes a figure in the page's unit, "" when it is unknown.
func (v *visit) money(f honne.Figure, p honne.Picture) string {
	if !f.Known {
		return ""
	}
	return v.lang.Scaled(honne.Money{Minor: f.N, Currency: cmp.Or(p.Currency, honne.JPY)}, v.scale)
}

// cellLink opens an amount of a series and period to its cells.
func (v *visit) cellLink(d honne.Distributor, s honne.Series, p honne.Period) string {
	return v.selectionLink(d, honne.Selection{Series: s, Period: p, Amount: true})
}
