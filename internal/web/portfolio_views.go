package web

import (
	"html/template"
	"strconv"

	"honne"
	"honne/internal/chart"
	"honne/internal/inspect"
)

// MapRow is a partner on the map in words, or one that has no place on it.
type MapRow struct {
	Name, Href    string
	Level         Tag
	Growth, Trust Linked
	Why           []Linked // what is not known, each with where to give it
}

// level is a partner's overall level as shape and word.
func (v *visit) level(p honne.Picture) (Tag, chart.Shape) {
	word := v.t("overall." + string(p.Overall))
	switch p.Overall {
	case inspect.Act:
		return Tag{"high", "neg", word}, chart.Square
	case inspect.LookCloser:
		return Tag{"watch", "warn", word}, chart.Half
	case inspect.Healthy:
		return Tag{"clear", "", word}, chart.Ring
	}
	return Tag{Word: v.t("overall.unknown")}, chart.Cross
}

// fillMap sets the partners whose growth and trust are known on the map; the
// others stand beside it and never on it.
func (v *visit) fillMap(page *portfolioPage, shown []partner) {
	m := chart.Places{ID: "mp", Title: v.t("portfolio.map.title"), Desc: v.t("portfolio.map.desc"), Left: v.t("portfolio.map.left"), Right: v.t("portfolio.map.right"),
		Low: v.t("portfolio.map.low"), High: v.t("portfolio.map.high"), Ends: func(f float64) string { return v.lang.Growth(f) }}
	for _, x := range shown {
		level, shape := v.level(x.p)
		row := MapRow{Name: v.name(x.d), Href: v.link(base(x.d)), Level: level}
		if g := x.p.KPIs.Growth; g != nil {
			row.Growth = Linked{v.lang.Growth(*g), figureLink(v, x.d, "growth")}
		} else {
			row.Why = append(row.Why, Linked{v.t("portfolio.map.no-growth"), v.needDoor(x.d, honne.NeedSalesHistory)})
		}
		if x.trust.Known {
			row.Trust = Linked{v.lang.Whole(x.trust.Share), figureLink(v, x.d, "trust")}
		} else {
			row.Why = append(row.Why, Linked{v.t("portfolio.map.no-trust", honne.Count("n", len(x.trust.Measures))), v.link(base(x.d) + "/signals")})
		}
		if len(row.Why) > 0 {
			page.Other = append(page.Other, row)
			continue
		}
		page.Placed = append(page.Placed, row)
		m.All = append(m.All, chart.Place{X: *x.p.KPIs.Growth, Y: x.trust.Share, Shape: shape, Name: row.Name, Href: row.Href,
			Labelled: row.Name + v.t("comma") + level.Word})
	}
	if len(m.All) > 0 {
		page.Map = m.SVG()
	}
}

// smallSpan is how many months a small chart shows.
const smallSpan = 24

// SmallChart is the chart of one partner with its equal in figures.
type SmallChart struct {
	Name, Href, Unit string
	Scale            []Part // its own scale in words, none where all share one
	Chart            template.HTML
	Months           []SmallRow
}

// SmallRow is a month of a small chart in figures.
type SmallRow struct {
	Label, Note  string
	Actual, Plan Linked
}

// smallMonths are the last months of a partner up to the last reported one.
func smallMonths(rec *honne.Record, p honne.Picture) []honne.MonthView {
	last := p.Coverage.To
	if last == 0 {
		return nil
	}
	return monthsOf(rec, honne.Months(last-smallSpan+1, last), !inPieces(p))
}

// fillCharts draws one small chart a partner, on one scale or each on its own.
func (v *visit) fillCharts(page *portfolioPage, shown []partner) {
	own := v.URL.Query().Get("scale") == "own"
	page.Scales = []Choice{{Href: v.here("scale", ""), Label: v.t("portfolio.scale.shared"), Current: !own}, {Href: v.here("scale", "own"), Label: v.t("portfolio.scale.own"), Current: own}}
	var all peak
	for _, x := range shown {
		if top := v.highest(x); x.inYen() && top.n > all.n {
			all = top
		}
	}
	page.Scale = []Part{{Text: v.t("portfolio.scale.own.text")}}
	if !own {
		page.Scale = v.linked(v.inUnits(honne.Say("portfolio.scale.text", honne.Amount("value", honne.Money{Minor: all.n, Currency: honne.JPY}))), map[string]string{"value": all.href})
	}
	for i, x := range shown {
		top := all
		c := SmallChart{Name: v.name(x.d), Href: v.link(base(x.d)), Unit: v.unit(x.p)}
		if own || !x.inYen() {
			top = v.highest(x)
			c.Scale = v.linked(honne.Say("portfolio.scale.one", honne.Text("value", v.money(honne.Known(top.n), x.p)+" "+c.Unit)), map[string]string{"value": top.href})
		}
		v.drawSmall(&c, x, "sm"+strconv.Itoa(i), top.n)
		page.Charts = append(page.Charts, c)
	}
}

// peak is the highest figure of a chart, and the cells it comes from.
type peak struct {
	n    int64
	href string
}

func (v *visit) highest(x partner) (top peak) {
	rise := func(f honne.Figure, s honne.Series, m honne.MonthView) {
		if f.Known && f.N > top.n {
			top = peak{f.N, v.cellLink(x.d, x.p, s, m.Month.Period())}
		}
	}
	for _, m := range x.months {
		rise(m.Actual, honne.Sales, m)
		rise(m.Plan, m.PlanOf, m)
	}
	return top
}

func (v *visit) drawSmall(c *SmallChart, x partner, id string, top int64) {
	if len(x.months) == 0 {
		return
	}
	first, last := x.months[0].Month, x.months[len(x.months)-1]
	small := chart.Months{ID: id, Title: c.Name + v.t("comma") + v.t("chart.sales") + v.t("comma") + c.Unit, Desc: v.t("portfolio.charts.desc", honne.Count("n", len(x.months))),
		Highest: v.value(honne.Known(top), x.p).F, From: v.lang.Month(first), To: v.lang.Month(last.Month)}
	for _, m := range x.months {
		small.All = append(small.All, chart.SmallMonth{Actual: v.value(m.Actual, x.p), Plan: v.value(m.Plan, x.p), Missing: m.Missing})
		row := SmallRow{Label: v.lang.Month(m.Month)}
		if m.Actual.Known {
			row.Actual = Linked{v.money(m.Actual, x.p), v.cellLink(x.d, x.p, honne.Sales, m.Month.Period())}
		} else if m.Missing {
			row.Note = v.t("not-received")
		}
		if m.Plan.Known {
			row.Plan = Linked{v.money(m.Plan, x.p), v.cellLink(x.d, x.p, m.PlanOf, m.Month.Period())}
		}
		c.Months = append(c.Months, row)
	}
	if last.Actual.Known {
		small.Last = chart.Mark{Words: v.money(last.Actual, x.p), Href: v.cellLink(x.d, x.p, honne.Sales, last.Month.Period()), Labelled: v.t("chart.open", honne.InMonth("month", last.Month))}
	}
	c.Chart = small.SVG()
}
