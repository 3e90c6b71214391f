package measure

import (
	"slices"

	"honne"
)

func stockCover() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-13", Slug: "stock-cover"},
		Doc: `Stock cover: the stock of the last count ÷ the mean monthly sales of the three months that end with it, in months.
Pieces where both are known, else money (part in-money = 1: stock at cost against sales at their price understates). Part stock-outs: products
that stood at zero at the end of one of the three months though they sold in it or the two before, where counts are by product. Parts
near-expiry, of-dated and expired, where a count says until when pieces may be used: the share that reaches that day within some days of the
count, of those of which it is said; their share of the count; those past it (pieces). Minimum: a count and three months of sales. Source:
domain 3.5 S-13.`,
		Params:      []Param{{"near", 180, "days from the count within which stock is near its last day of use"}},
		Needs:       []honne.Need{honne.NeedStock, honne.NeedSales, honne.NeedSalesHistory, honne.NeedUnits},
		Confounders: []string{"confounder.lead-time", "confounder.minimum-lots", "confounder.short-dated"},
		Run:         runStockCover,
	}
}

// covered is the stock of a month's end in months of sales.
type covered struct {
	stock, sold int64 // at the end of the month; in three months
	months      float64
	amount      bool
}

// cover computes the stock cover at the end of a month; ok is false when the
// stock or any of the three months of sales is unknown, or nothing was sold.
func cover(stock, sales Track, m honne.Month) (c covered, ok bool) {
	for _, amount := range []bool{false, true} {
		held := stock.Figure(m, amount)
		sold, whole := sales.whole(span(m-2, m), amount)
		if held.Known && whole && sold > 0 {
			return covered{held.N, sold, float64(held.N) / (float64(sold) / 3), amount}, true
		}
	}
	return c, false
}

func runStockCover(r *honne.Record, p Params) honne.Result {
	stock, sales := Monthly(r, honne.Stock), Monthly(r, honne.Sales)
	counts := reported(r, stock)
	if len(counts) == 0 {
		return unknown(honne.Say("why.stock-cover.no-stock"), honne.NeedStock)
	}
	last := counts[len(counts)-1]
	c, ok := cover(stock, sales, last)
	if !ok && len(reported(r, sales)) == 0 {
		return unknown(honne.Say("why.stock-cover.no-sales"), honne.NeedSales)
	}
	if !ok {
		return uncovered(stock, sales, last)
	}
	if since, why := otherUnits(r, span(last-11, last)); !c.amount && since > last-2 {
		return unknown(why, honne.NeedUnits)
	}
	res := c.result(r, last)
	tellStockOuts(r, &res, span(last-2, last))
	res.OurSide = append(res.OurSide, lastOrders(r, res.Period)...)
	ageing(r, &res, last, p.count("near"), stock.Figure(last, false))
	res.History, res.Baseline = atMonths(r, last, func(m honne.Month) (float64, bool) {
		c, ok := cover(stock, sales, m)
		return c.months, ok
	})
	return res
}

// result holds the stock of a month's end and the sales of three months, and says them.
func (c covered) result(r *honne.Record, last honne.Month) honne.Result {
	three := span(last-2, last)
	return honne.Result{
		Known: true, Value: c.months, Unit: honne.UnitMonths, N: 3, Period: covering(three),
		Numerator:   sum(r, "term.stock", c.stock, c.amount, Choose(honne.Stock, []honne.Month{last}, c.amount)),
		Denominator: sum(r, "term.sales-three-months", c.sold, c.amount, Choose(honne.Sales, three, c.amount)),
		Parts:       []honne.Further{flag("in-money", c.amount)},
		Because: []honne.Message{honne.Say("because.stock-cover", honne.Number("months", c.months), honne.InMonth("month", last),
			said(r, "stock", c.stock, c.amount), said(r, "sold", c.sold, c.amount))},
	}
}

// tellStockOuts adds the products of which nothing was left, and that we were short then.
func tellStockOuts(r *honne.Record, res *honne.Result, months []honne.Month) {
	out, known := stockOuts(r, months)
	if known {
		res.Parts = append(res.Parts, count("stock-outs", out))
	}
	if out > 0 {
		res.Because = append(res.Because, honne.Say("because.stock-cover.stock-outs", honne.Count("products", out), honne.Over("period", res.Period)))
		res.OurSide = events(r, res.Period, honne.EventOurShort)
	}
}

// ageing adds how much of a count is near its last day of use, of what says one.
func ageing(r *honne.Record, res *honne.Result, last honne.Month, days int, count honne.Figure) {
	var dated, near, past int64
	end := last.Last()
	for _, x := range r.Expiries {
		if x.Month != last || !x.Quantity.Known || x.Quantity.N <= 0 {
			continue
		}
		dated += x.Quantity.N
		if x.Expires <= end+honne.Date(days) {
			near += x.Quantity.N
		}
		if x.Expires < end {
			past += x.Quantity.N
		}
	}
	if dated == 0 || !count.Known || count.N < dated {
		return
	}
	res.Parts = append(res.Parts, part("near-expiry", ratio(near, dated), honne.UnitRatio), part("of-dated", ratio(dated, count.N), honne.UnitRatio),
		part("expired", float64(past)/1000, honne.UnitCount))
	if near > 0 {
		res.Because = append(res.Because, honne.Say("because.stock-cover.near-expiry", said(r, "near", near, false), said(r, "dated", dated, false),
			honne.Count("days", days), said(r, "past", past, false)))
	}
}

// uncovered says what keeps a count from being set against sales: one side in pieces
// and the other in money, months after the last report, or months before the first.
func uncovered(stock, sales Track, last honne.Month) honne.Result {
	three := span(last-2, last)
	_, pieces := sales.whole(three, false)
	_, money := sales.whole(three, true)
	at := honne.InMonth("month", last)
	switch {
	case (pieces || money) && pieces != stock.Figure(last, false).Known:
		return unknown(honne.Say("why.stock-cover.units", at), honne.NeedUnits)
	case sales.Months[0].Month <= three[0]:
		return unknown(honne.Say("why.stock-cover.few", at), honne.NeedSales)
	}
	return unknown(honne.Say("why.stock-cover.few", at), honne.NeedSalesHistory)
}

// stockOuts counts the products of which nothing was left at the end of one of some
// months though they sold in it or in the two before; known is false where no
// count is by product.
func stockOuts(r *honne.Record, months []honne.Month) (n int, known bool) {
	type sale struct {
		product int32
		month   honne.Month
	}
	counts, sales := r.Series(honne.Stock), r.Series(honne.Sales)
	sold, out := map[sale]bool{}, map[int32]bool{}
	for i, m := range sales.Month {
		if q := sales.Quantity[i]; m > months[0]-3 && q.Known && q.N > 0 {
			sold[sale{sales.Product[i], m}] = true
		}
	}
	for i, m := range counts.Month {
		p, left := counts.Product[i], counts.Quantity[i]
		if p < 0 || !left.Known || !slices.Contains(months, m) {
			continue
		}
		known = true
		if left.N == 0 && (sold[sale{p, m}] || sold[sale{p, m - 1}] || sold[sale{p, m - 2}]) {
			out[p] = true
		}
	}
	return len(out), known
}
