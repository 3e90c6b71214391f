package web

import (
	"cmp"
	"strings"

	"honne"
)

// monthRows are the months of a ground with every figure a link.
func (v *visit) monthRows(g ground) []MonthRow {
	var out []MonthRow
	for _, m := range g.months {
		cell := func(of pick) Linked {
			f, href := of(m)
			return Linked{v.money(f, g.p), href}
		}
		row := MonthRow{Label: v.lang.MonthName(m.Month), Revised: m.Revised, Actual: cell(g.actual), Plan: cell(g.plan),
			Forecast: Linked{v.money(m.Forecast, g.p), v.cellLink(g.d, g.p, honne.Forecast, m.Month.Period())}, Prior: cell(g.prior)}
		if m.Revised && m.First.Known {
			row.First = v.money(m.First, g.p)
		}
		if len(m.Without) > 0 {
			row.Without = v.t("month.without", honne.Text("parts", strings.Join(m.Without, v.t("list.comma"))))
		}
		if m.Came != 0 {
			row.Note, row.Ask = v.t("not-received.came"), fileLink(m.Came)
		} else if m.Missing {
			row.Note, row.Ask = v.absent(m), v.askFor(g.d, g.p, m.Month)
		} else {
			row.Expected = row.Forecast
		}
		if diff, ok := difference(m); ok {
			row.Ahead = !m.Actual.Known
			row.Delta, row.Class = Linked{v.signed(diff, g.p), g.linkOf("difference", m.Month)}, tint(float64(diff))
			if m.Plan.N > 0 {
				row.Percent = Linked{v.lang.Growth(float64(diff) / float64(m.Plan.N)), g.linkOf("percent", m.Month)}
			}
		}
		out = append(out, row)
	}
	return out
}

// absent says that a month was not received, and when it was due.
func (v *visit) absent(m honne.MonthView) string {
	if m.Owed == 0 {
		return v.t("not-received")
	}
	return v.t("not-received.due", honne.Text("day", v.lang.ShortDate(m.Owed)))
}

// totalRow adds up the months received. A sum of which a month is not known is
// not shown, so that the difference compares like with like.
func (v *visit) totalRow(g ground) (MonthRow, bool) {
	actual, received := g.sum(g.actual, false)
	if !received {
		return MonthRow{}, false
	}
	row := MonthRow{Label: v.t("total.actual"), Total: true, Actual: Linked{v.money(honne.Known(actual), g.p), g.link("sales")}}
	if prior, whole := g.sum(g.prior, false); whole {
		row.Prior = Linked{v.money(honne.Known(prior), g.p), g.link("prior")}
	}
	if plan, whole := g.sum(g.plan, false); whole {
		row.Plan = Linked{v.money(honne.Known(plan), g.p), g.link("plan")}
		row.Delta, row.Class = Linked{v.signed(actual-plan, g.p), g.link("difference")}, tint(float64(actual-plan))
		if plan > 0 {
			row.Percent = Linked{v.lang.Growth(float64(actual-plan) / float64(plan)), g.link("percent")}
		}
	}
	return row, true
}

func (v *visit) priorLink(d honne.Distributor, p honne.Picture, m honne.MonthView) string {
	if m.PriorOf == honne.PriorYear {
		return v.cellLink(d, p, honne.PriorYear, m.Month.Period())
	}
	return v.cellLink(d, p, honne.Sales, (m.Month - 12).Period())
}

// money writes a figure in the page's unit, "" when it is unknown.
func (v *visit) money(f honne.Figure, p honne.Picture) string {
	if !f.Known {
		return ""
	}
	return v.lang.Fixed(v.inUnit(f.N, p), 0)
}

// placesOf is how many decimals a table of parts needs in its unit: one where most
// of its figures are below ten, else none.
func placesOf(list []float64) int {
	small := 0
	for _, f := range list {
		if f > -10 && f < 10 {
			small++
		}
	}
	if 2*small > len(list) {
		return 1
	}
	return 0
}

// placesIn are the decimals of a table of these amounts; pieces have none.
func (v *visit) placesIn(p honne.Picture, amounts ...int64) int {
	if inPieces(p) {
		return 0
	}
	var list []float64
	for _, n := range amounts {
		list = append(list, v.inUnit(n, p))
	}
	return placesOf(list)
}

// moneyTo writes an amount of a table of parts, "" when it is unknown.
func (v *visit) moneyTo(f honne.Figure, p honne.Picture, places int) string {
	if !f.Known {
		return ""
	}
	return v.lang.Fixed(v.inUnit(f.N, p), places)
}

// signed writes a difference in the page's unit.
func (v *visit) signed(n int64, p honne.Picture) string {
	return v.lang.Signed(v.inUnit(n, p), 0)
}

// inUnit is a figure in the page's unit, not rounded: money, or pieces where no
// amounts were reported.
func (v *visit) inUnit(n int64, p honne.Picture) float64 {
	if inPieces(p) {
		return float64(n) / 1000
	}
	return v.scaled(honne.Money{Minor: n, Currency: cmp.Or(p.Currency, honne.JPY)})
}

// unit names what the figures of a page are in.
func (v *visit) unit(p honne.Picture) string {
	if inPieces(p) {
		return v.t("quantity")
	}
	return v.unitOf(cmp.Or(p.Currency, honne.JPY))
}

// cellLink opens a figure of a series and period to its cells.
func (v *visit) cellLink(d honne.Distributor, p honne.Picture, s honne.Series, at honne.Period) string {
	return v.selectionLink(d, honne.Selection{Series: s, Period: at, Amount: !inPieces(p)})
}
