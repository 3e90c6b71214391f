package measure

import (
	"slices"

	"honne"
	"honne/internal/japan"
)

func stockEquation() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-14", Slug: "stock-equation"},
		Doc: `Stock equation: |opening + sell-in − sell-out − returns − closing| ÷ sell-in, in pieces, over the last months between two counts.
Sell-in is our shipments, else their purchases; where their books close on another day than the month's end our dated shipments are put
into their months first. Returns stand beside the sales as sent back to us, as taken back from customers, or within the sales already;
a report does not say which, so the reading that leaves the least is taken. Money is not used: sell-in and sell-out are priced
differently. Parts: residual (pieces, signed), months. Minimum: both counts, and every month between them. Source: domain 3.5 S-14, 5 AC2.`,
		Params:      []Param{{"months", 12, "at most so many months between the counts"}},
		Needs:       []honne.Need{honne.NeedStock, honne.NeedShipments, honne.NeedSales},
		Confounders: []string{"confounder.cut-off", "confounder.in-transit"},
		Run:         runStockEquation,
	}
}

// balance is the equation between two counts, in thousandths of a piece.
type balance struct {
	months                             []honne.Month
	opening, in, out, returns, closing int64
}

func (b balance) residual() int64 {
	base := b.opening + b.in - b.out - b.closing
	least := base
	for _, x := range []int64{base - b.returns, base + b.returns} {
		if distance(x, 0) < distance(least, 0) {
			least = x
		}
	}
	return least
}

func (b balance) value() float64 { return ratio(distance(b.residual(), 0), b.in) }

// flows are the four series of the equation.
type flows struct {
	stock, in, out, returns Track
}

// balance closes the equation over some months; ok is false when a count or a
// flow of them is unknown.
func (f flows) balance(months []honne.Month) (b balance, ok bool) {
	open := f.stock.Figure(months[0]-1, false)
	closing := f.stock.Figure(months[len(months)-1], false)
	in, a := f.in.whole(months, false)
	out, c := f.out.whole(months, false)
	returns, _ := f.returns.Sum(months, false)
	b = balance{months, open.N, in, out, distance(returns, 0), closing.N}
	return b, open.Known && closing.Known && a && c && in > 0
}

func runStockEquation(r *honne.Record, p Params) honne.Result {
	f := flows{stock: Monthly(r, honne.Stock), in: sellIn(r), out: Monthly(r, honne.Sales), returns: Monthly(r, honne.Returns)}
	counts := slices.DeleteFunc(reported(r, f.stock), func(m honne.Month) bool { return !f.stock.Figure(m, false).Known })
	switch {
	case len(counts) < 2:
		return unknown(honne.Say("why.stock-equation.no-counts"), honne.NeedStock)
	case len(f.in.Months) == 0:
		return unknown(honne.Say("why.stock-equation.no-sell-in"), honne.NeedShipments)
	case len(f.out.Months) == 0:
		return unknown(honne.Say("why.stock-equation.no-sales"), honne.NeedSales)
	}
	last := counts[len(counts)-1]
	b, ok := f.longest(last, p.count("months"))
	if !ok {
		return unknown(honne.Say("why.stock-equation.gap", honne.InMonth("month", last)), f.lacking(last))
	}
	res := honne.Result{Known: true, Value: b.value(), Unit: honne.UnitRatio, N: len(b.months), Period: covering(b.months)}
	opening, closing := []honne.Month{b.months[0] - 1}, []honne.Month{last}
	res.Numerator = honne.Term{Label: honne.Say("term.stock-residual"), Quantity: honne.Known(b.residual()),
		Select: slices.Concat(Choose(honne.Stock, opening, false), Choose(honne.Stock, closing, false), Choose(honne.Sales, b.months, false))}
	res.Denominator = sum(r, "term.sell-in", b.in, false, Choose(f.in.Series, b.months, false))
	res.Parts = []honne.Further{part("residual", float64(b.residual())/1000, honne.UnitCount), part("months", float64(len(b.months)), honne.UnitCount)}
	res.Because = []honne.Message{honne.Say("because.stock-equation", said(r, "opening", b.opening, false), said(r, "in", b.in, false),
		said(r, "out", b.out, false), said(r, "closing", b.closing, false), said(r, "residual", b.residual(), false))}
	res.History = history(r, last, func(q honne.Period) (float64, bool) {
		b, ok := f.balance(monthsOf(q))
		return b.value(), ok
	})
	before, ok := f.balance(shifted(b.months, -12))
	res.Baseline = baseline(before.value(), ok)
	res.Evidence = selections(res.Numerator, res.Denominator)
	res.OurSide = events(r, res.Period, honne.EventRecall)
	return res
}

// longest balances the most months, up to a limit, that end with a count and of
// which everything is known.
func (f flows) longest(last honne.Month, limit int) (balance, bool) {
	for n := limit; n > 0; n-- {
		if b, ok := f.balance(span(last-honne.Month(n-1), last)); ok {
			return b, true
		}
	}
	return balance{}, false
}

// lacking names what keeps the last month from being balanced.
func (f flows) lacking(last honne.Month) honne.Need {
	switch {
	case !f.in.Figure(last, false).Known:
		return honne.NeedShipments
	case !f.out.Figure(last, false).Known:
		return honne.NeedSales
	}
	return honne.NeedStock
}

// sellIn is what the distributor took in by the months of its own books.
func sellIn(r *honne.Record) Track {
	ours := Monthly(r, honne.Shipments)
	if day := closingDay(r); day != 0 && len(ours.Months) > 0 {
		ours = rebucketed(r, ours, day)
	}
	if len(ours.Months) > 0 {
		return ours
	}
	return Monthly(r, honne.Purchases)
}

// rebucketed puts our dated shipments into closing months. A month whose days
// are not wholly within what we booked, or whose lines are not dated, is
// unknown.
func rebucketed(r *honne.Record, ours Track, day int) Track {
	out := Track{Series: ours.Series}
	d := byDay(r, honne.Shipments, Params{"dated": 1})
	for _, t := range ours.Months {
		if !on(t, d.amount).Known || len(d.days) == 0 {
			continue
		}
		p := japan.ClosingMonth(t.Month, day)
		before, ok := ours.At(t.Month - 1)
		if !ok || d.sum(t.Month.Period()) != on(t, d.amount).N || d.sum(before.Month.Period()) != on(before, d.amount).N {
			continue
		}
		x := honne.MonthTotal{Month: t.Month}
		if d.amount {
			x.Amount = honne.Known(d.sum(p))
		} else {
			x.Quantity = honne.Known(d.sum(p))
		}
		out.Months = append(out.Months, x)
	}
	return out
}
