package measure

import (
	"slices"

	"honne"
	"honne/internal/japan"
	"honne/internal/stat"
)

func quarterEndLoading() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-12", Slug: "quarter-end-loading"},
		Doc: `Quarter-end loading: QELI = share of the quarter's sell-in in its last ten business days ÷ (10 ÷ business days of the quarter), of the
last completed quarter (of the one before until the stock has risen or the next quarter has begun, where that one is known); 1 is even. Sell-in is our dated shipments, else their dated purchases; a month
without a line within one dated file of ours is a zero, one between two files unknown. Parts: qeli, sell-out (QELI of their dated
sales), excess = qeli − sell-out, stock-months-up (stock at the end of the quarter in months of sales, less that at its start),
stock-year-up (the same against the end of the quarter a year before: who loads each quarter adds a little in each),
next-index (the first ten business days of the next quarter, as its share ÷ (10 ÷ business days); while that quarter runs, against the
daily mean of the last four quarters), returned (share of the sell-in of these quarters, and since, that was sent back on days on which more came back than went out), usual (median qeli of the same quarter of up to three years before), above-usual.
Minimum: dated lines on both sides in the last quarter and in four of the last eight. Source: domain 3.5 S-12, Appendix H.`,
		Params: []Param{
			{"days", 10, "business days that count as the end, and as the start, of a quarter"},
			{"least", 4, "quarters of the last eight with dated lines without which nothing is said"},
			{"dated", 0.9, "share of a quarter's figures that must stand on dated lines"},
			{"rise", 0.5, "months of sales by which stock that rose tells of goods not sold on"},
		},
		Needs:       []honne.Need{honne.NeedShipments, honne.NeedDatedLines},
		Confounders: []string{"confounder.our-discount", "confounder.price-rise-notice", "confounder.march-budgets", "confounder.closing-day"},
		Run:         runQuarterEndLoading,
	}
}

// daily is one series by day, on one basis.
type daily struct {
	series honne.Series
	amount bool
	days   []honne.DayTotal
	month  Track
	dated  float64 // share of a period that must be dated
}

func (d daily) sum(p honne.Period) (n int64) {
	for _, x := range d.days {
		if p.Contains(x.Date) {
			n += on(honne.MonthTotal{Quantity: x.Quantity, Amount: x.Amount}, d.amount).N
		}
	}
	return n
}

// days selects the lines of some days.
func days(d daily, p honne.Period) []honne.Selection {
	return []honne.Selection{{Series: d.series, Period: p, Amount: d.amount}}
}

// covers reports whether every month of the period is reported and what is
// dated makes up enough of it.
func (d daily) covers(q honne.Period) bool {
	whole, ok := d.month.whole(monthsOf(q), d.amount)
	n := d.sum(q)
	return ok && n > 0 && whole > 0 && ratio(n, whole) >= d.dated
}

// index is the share of a quarter that falls into a few of its business days,
// over the share of the days.
func (d daily) index(q, days honne.Period, n int) float64 {
	return ratio(d.sum(days), d.sum(q)) / (float64(n) / float64(japan.National().Count(q)))
}

func (d daily) qeli(q honne.Period, n int) (float64, bool) {
	if !d.covers(q) {
		return 0, false
	}
	return d.index(q, honne.Period{From: japan.National().LastN(q, n), To: q.To}, n), true
}

// byDay returns a series by day: pieces where they are known, since sell-in and
// sell-out are priced differently, else money.
func byDay(r *honne.Record, s honne.Series, p Params) daily {
	d := daily{series: s, month: Monthly(r, s), dated: p["dated"], amount: true}
	for _, x := range r.Days {
		if x.Series == s && x.Date <= r.AsOf {
			d.days = append(d.days, x)
			d.amount = d.amount && !x.Quantity.Known
		}
	}
	return d
}

func runQuarterEndLoading(r *honne.Record, p Params) honne.Result {
	in, out := byDay(r, honne.Shipments, p), byDay(r, honne.Sales, p)
	if len(in.days) == 0 {
		in = byDay(r, honne.Purchases, p)
	}
	if len(in.days) == 0 {
		return unknown(honne.Say("why.quarter-end-loading.no-sell-in"), honne.NeedShipments)
	}
	if len(out.days) == 0 {
		return unknown(honne.Say("why.quarter-end-loading.no-dates"), honne.NeedDatedLines)
	}
	q, need := loadedQuarter(r, in, out, p)
	if need != "" {
		return unknown(honne.Say("why.quarter-end-loading.few", honne.Over("period", q)), need)
	}
	n := p.count("days")
	res := loading(r, in, out, q, n)
	stockBeside(r, &res, p["rise"])
	in.nextStart(r, &res, n)
	in.usual(&res, n)
	in.sayReturned(&res)
	res.History = history(r, q.To.Month(), func(q honne.Period) (float64, bool) { return in.qeli(q, n) })
	res.Baseline = baseline(in.qeli(Quarters(r, q.To.Month()-12, 1)[0], n))
	res.OurSide = append(events(r, honne.Period{From: q.From, To: q.To + 31}, honne.EventOurSpecial, honne.EventOurPrice), lastOrders(r, q)...)
	return res
}

// loadedQuarter is the last quarter that is over, or the one before where only of that it
// is told what became of its goods; need is the side that lacks.
func loadedQuarter(r *honne.Record, in, out daily, p Params) (q honne.Period, need honne.Need) {
	eight := Quarters(r, min(lastDay(in.days).Month(), lastDay(out.days).Month(), lastOver(r)), 8)
	older := Quarters(r, eight[6].To.Month(), 8)
	if !told(r, in, eight[7], p) && told(r, in, older[7], p) && lacking(in, out, older, p.count("least")) == "" {
		eight = older
	}
	return eight[7], lacking(in, out, eight, p.count("least"))
}

// loading holds the sell-in of a quarter's last business days, of all of it, and says them
// beside what was sold.
func loading(r *honne.Record, in, out daily, q honne.Period, n int) honne.Result {
	qeli, _ := in.qeli(q, n)
	sold, _ := out.qeli(q, n)
	tail := honne.Period{From: japan.National().LastN(q, n), To: q.To}
	res := honne.Result{
		Known: true, Value: qeli, Unit: honne.UnitIndex, N: 4, Period: q,
		Numerator:   sum(r, "term.sell-in-tail", in.sum(tail), in.amount, days(in, tail)),
		Denominator: sum(r, "term.sell-in-quarter", in.sum(q), in.amount, days(in, q)),
		Parts: []honne.Further{part("qeli", qeli, honne.UnitIndex), part("sell-out", sold, honne.UnitIndex),
			part("excess", qeli-sold, honne.UnitIndex)},
		Because: []honne.Message{honne.Say("because.quarter-end-loading", honne.Ratio("share", ratio(in.sum(tail), in.sum(q))),
			honne.Ratio("sold", ratio(out.sum(tail), out.sum(q))), honne.Day("from", tail.From), honne.Over("period", q))},
	}
	res.Evidence = append(selections(res.Numerator, res.Denominator), days(out, tail)...)
	return res
}

// sayReturned says how much of the sell-in of the last four quarters, and of the time since, was sent back:
// days on which more came back than went out.
func (d daily) sayReturned(res *honne.Result) {
	in := honne.Period{From: (res.Period.To.Month() - 11).First(), To: lastDay(d.days)}
	var back, sent int64
	for _, x := range d.days {
		n := x.Quantity.N
		if d.amount {
			n = x.Amount.N
		}
		if in.Contains(x.Date) {
			back, sent = back-min(n, 0), sent+max(n, 0)
		}
	}
	if back > 0 && sent > 0 {
		res.Parts = append(res.Parts, part("returned", ratio(back, sent), honne.UnitRatio))
		res.Because = append(res.Because, honne.Say("because.quarter-end-loading.returned", honne.Ratio("share", ratio(back, sent)), honne.Over("period", in)))
	}
}

// told reports whether more than its own days says what became of a quarter's
// goods: the stock that rose, or the first days of the next quarter.
func told(r *honne.Record, in daily, q honne.Period, p Params) bool {
	stock, sales := Monthly(r, honne.Stock), Monthly(r, honne.Sales)
	start, a := cover(stock, sales, q.From.Month()-1)
	end, b := cover(stock, sales, q.To.Month())
	next := q.To.Month() + 1
	head := japan.National().FirstN(honne.Months(next, next+2), p.count("days"))
	return a && b && end.months-start.months > p["rise"] || head <= min(r.AsOf, lastDay(in.days))
}

// lacking names the side whose dated lines do not hold the last quarter, or not
// enough of the last eight; "" when both do.
func lacking(in, out daily, eight []honne.Period, least int) honne.Need {
	for _, side := range []struct {
		daily
		need honne.Need
	}{{in, honne.NeedShipments}, {out, honne.NeedDatedLines}} {
		known := 0
		for _, q := range eight {
			known += oneIf(side.covers(q))
		}
		if known < least || !side.covers(eight[7]) {
			return side.need
		}
	}
	return ""
}

// stockBeside adds the stock at both ends of a loaded quarter, and against the year before.
func stockBeside(r *honne.Record, res *honne.Result, rise float64) {
	first, last := res.Period.From.Month(), res.Period.To.Month()
	stock, sales := Monthly(r, honne.Stock), Monthly(r, honne.Sales)
	end, known := cover(stock, sales, last)
	if !known {
		return
	}
	if start, known := cover(stock, sales, first-1); known {
		res.Parts = append(res.Parts, part("stock-months-up", end.months-start.months, honne.UnitMonths))
		res.Because = append(res.Because, honne.Say("because.stock-beside-loading", honne.Number("start", start.months), honne.Number("end", end.months)))
		res.Evidence = append(res.Evidence, Choose(honne.Stock, []honne.Month{first - 1, last}, end.amount)...)
	}
	if then, known := cover(stock, sales, last-12); known && then.amount == end.amount {
		up := end.months - then.months // stock that only grows with sales is no rise
		res.Parts = append(res.Parts, part("stock-year-up", up, honne.UnitMonths))
		res.Evidence = append(res.Evidence, Choose(honne.Stock, []honne.Month{last - 12}, end.amount)...)
		if up > rise {
			res.Because = append(res.Because, honne.Say("because.stock-in-year", honne.Number("start", then.months), honne.Number("end", end.months)))
		}
	}
}

// nextStart adds how the next quarter began: against itself once it is over, before against
// the last four.
func (d daily) nextStart(r *honne.Record, res *honne.Result, n int) {
	last := res.Period.To.Month()
	next, year := honne.Months(last+1, last+3), honne.Months(last-11, last)
	head := honne.Period{From: next.From, To: japan.National().FirstN(next, n)}
	switch {
	case d.covers(next) && next.To <= r.AsOf:
		res.Parts = append(res.Parts, part("next-index", d.index(next, head, n), honne.UnitIndex))
	case d.month.Figure(last+1, d.amount).Known && d.covers(year) && head.To <= min(r.AsOf, lastDay(d.days)):
		res.Parts = append(res.Parts, part("next-index", d.index(year, head, n), honne.UnitIndex))
	}
}

// usual adds how loaded the same quarter of the three years before was.
func (d daily) usual(res *honne.Result, n int) {
	var list []float64
	for back := honne.Month(12); back <= 36; back += 12 {
		if v, ok := d.qeli(honne.Months(res.Period.From.Month()-back, res.Period.To.Month()-back), n); ok {
			list = append(list, v)
		}
	}
	if len(list) > 0 {
		m := stat.Median(list)
		res.Parts = append(res.Parts, part("usual", m, honne.UnitIndex), part("above-usual", res.Value-m, honne.UnitIndex))
	}
}

// lastDay is the last day of the dated lines.
func lastDay(days []honne.DayTotal) honne.Date {
	return slices.MaxFunc(days, func(a, b honne.DayTotal) int { return int(a.Date - b.Date) }).Date
}
