package report

import (
	"honne"
)

// months adds the chart and the table of the fiscal year.
func (b *builder) months() {
	p := b.picture
	if len(p.Months) == 0 {
		return
	}
	b.heading("report.months")
	b.add(Months{honne.Say("report.chart.title"), honne.Say("report.chart.desc"), b.unit, p.Months})
	t := Table{Caption: honne.Say("report.months.caption"), Columns: []Column{{Head: honne.Say("report.month")}}}
	for _, id := range [...]string{"actual", "plan", "delta", "percent", "forecast", "prior"} {
		c := Column{Head: honne.Say("report.col." + id), Right: true, Unit: b.unit}
		if id == "percent" || b.pieces() {
			c.Unit = MoneyUnit{}
		}
		t.Columns = append(t.Columns, c)
	}
	for _, m := range p.Months {
		t.Rows = append(t.Rows, b.month(m))
	}
	if stated(p.KPIs.Sales) {
		t.Rows = append(t.Rows, b.total())
	}
	b.add(t)
}

func (b *builder) month(m honne.MonthView) Row {
	of := func(s honne.Series, month honne.Month) honne.Selection {
		return honne.Selection{Series: s, Period: month.Period(), Amount: !b.pieces()}
	}
	plan, prior := of(m.PlanOf, m.Month), of(honne.Sales, m.Month-12)
	if m.PriorOf == honne.PriorYear {
		prior = of(honne.PriorYear, m.Month)
	}
	row := Row{Cells: []Cell{{Line: words(honne.Say("report.in-month", honne.InMonth("month", m.Month)))},
		b.amount(m.Actual, of(honne.Sales, m.Month)), b.amount(m.Plan, plan)}}
	row.Cells = append(row.Cells, b.variance(shown(m), m.Plan)...)
	row.Cells = append(row.Cells, b.amount(m.Forecast, of(honne.Forecast, m.Month)), b.amount(m.Prior, prior))
	row.Under = b.remarks(m)
	if m.Missing {
		row.Cells[1] = Cell{Line: words(honne.Say("not-received"))}
	}
	return row
}

// shown is the actual of a month, or the forecast of one to come. A month that
// has ended without a report has neither: what is unknown differs from nothing.
func shown(m honne.MonthView) honne.Figure {
	if !m.Actual.Known && !m.Missing {
		return m.Forecast
	}
	return m.Actual
}

// remarks says what a reader must know of a month: revised, or owed.
func (b *builder) remarks(m honne.MonthView) []Under {
	var out []Line
	if m.Revised && m.First.Known {
		out = append(out, words(honne.Say("report.first", b.said("amount", m.First.N))))
	}
	if m.Missing && m.Owed != 0 {
		out = append(out, words(honne.Say("report.owed", honne.Day("day", m.Owed))))
	}
	if len(m.Without) > 0 {
		out = append(out, words(honne.Say("month.without", honne.List("parts", m.Without))))
	}
	if len(out) == 0 {
		return nil
	}
	return []Under{{Items: out}}
}

// amount is a figure of the table with its source; empty when it is unknown.
func (b *builder) amount(f honne.Figure, s ...honne.Selection) Cell {
	if !f.Known {
		return Cell{}
	}
	return Cell{Line: Line{{Figure: b.figure(f.N, false), Notes: b.note(s...)}}}
}

// pieces reports whether the figures of the months are quantities, in
// thousandths: no amounts were reported.
func (b *builder) pieces() bool { return b.picture.KPIs.Sales.Quantity.Known }

func (b *builder) figure(n int64, delta bool) *Figure {
	if b.pieces() {
		return &Figure{Value: float64(n) / 1000, Unit: honne.UnitCount}
	}
	return &Figure{Unit: honne.UnitMoney, Money: honne.Money{Minor: n, Currency: b.picture.Currency}, In: b.unit, Delta: delta}
}

func (b *builder) said(name string, n int64) honne.Arg {
	if b.pieces() {
		return honne.Number(name, float64(n)/1000)
	}
	return honne.Amount(name, honne.Money{Minor: n, Currency: b.picture.Currency})
}

// variance is the difference to plan, as an amount and as a share of it. Its
// sources are those of its terms, which stand in the same row.
func (b *builder) variance(shown, plan honne.Figure) []Cell {
	if !shown.Known || !plan.Known {
		return []Cell{{}, {}}
	}
	diff := shown.N - plan.N
	out := []Cell{{Line: Line{{Tone: tone(float64(diff)), Figure: b.figure(diff, true)}}}, {}}
	if plan.N > 0 {
		share := float64(diff) / float64(plan.N)
		out[1].Line = Line{{Tone: tone(share), Figure: &Figure{Value: share, Unit: honne.UnitGrowth}}}
	}
	return out
}

// sold counts the months that have sales.
func (b *builder) sold() (n int) {
	for _, m := range b.picture.Months {
		if m.Actual.Known {
			n++
		}
	}
	return n
}

// total sums the months that have sales; a year before of fewer months says so.
func (b *builder) total() Row {
	k := b.picture.KPIs
	figure := func(t honne.Term) honne.Figure {
		return honne.Figure{N: t.Money.Minor + t.Quantity.N, Known: stated(t)}
	}
	row := Row{Total: true, Cells: []Cell{{Line: words(honne.Say("report.in-period", honne.Over("period", b.picture.Period)))},
		b.amount(figure(k.Sales), k.Sales.Select...), b.amount(figure(k.Plan), k.Plan.Select...)}}
	row.Cells = append(row.Cells, b.variance(figure(k.Sales), figure(k.Plan))...)
	row.Cells = append(row.Cells, Cell{}, b.amount(figure(k.Prior), k.Prior.Select...))
	if stated(k.Prior) && !k.SameMonths {
		fewer := honne.Say("report.prior-months", honne.Count("n", len(k.Compared)), honne.Count("months", b.sold()))
		row.Under = []Under{{Items: []Line{words(fewer)}}}
	}
	return row
}
