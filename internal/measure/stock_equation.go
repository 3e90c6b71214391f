package measure

import (
	"math"
	"slices"

	"honne"
	"honne/internal/japan"
)

func stockEquation() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-14", Slug: "stock-equation"},
		Doc: `Stock equation: |opening + sell-in − sell-out − returns ± adjustments − closing| ÷ sell-in, in pieces, over the last months between two counts.
Sell-in is our shipments (zero in a month without a line within one dated file of ours), else their purchases; where their books close on another day than the month's end our shipments are put into
their months first: by their days, and months without days by the business days before and after the closing, which is an estimate: it is
not judged unless more is missing than the estimate can be wrong by, and never high. Returns stand beside the sales as sent back to us, as taken back from customers, or within the sales already;
a report does not say which, so the reading that leaves the least is taken, as of adjustments (found, lost, thrown away), which some write as what is added and some as what is
taken off; months without any count as none. Stock on consignment, where a report gives it beside the other at both counts, is counted with it where that leaves less: some
sell what they place, some what is used. Money is not used: sell-in and sell-out are priced
differently, but tells pieces of two units, box and piece, by what they cost: then nothing is said. Parts: residual (pieces, signed), months, estimated (pieces by which an estimate can be wrong, at most). Minimum: both counts, and every month between them. Source: domain 3.5 S-14, 5 AC2.`,
		Params:      []Param{{"months", 12, "at most so many months between the counts"}},
		Needs:       []honne.Need{honne.NeedStock, honne.NeedShipments, honne.NeedSales, honne.NeedUnits},
		Confounders: []string{"confounder.cut-off", "confounder.in-transit"},
		Run:         runStockEquation,
	}
}

// balance is the equation between two counts, in thousandths of a piece.
type balance struct {
	months                             []honne.Month
	opening, in, out, returns, closing int64
	adjusted                           int64 // with the sign that the files give it
	placed, stillPlaced                int64 // on consignment at both counts, beside the stock
	doubt                              int64 // by how much an estimate of what came in can be wrong
}

// residual is what does not add up, with the stock on consignment where that leaves less.
func (b balance) residual() int64 {
	if b.countsPlaced() {
		return b.least(b.placed - b.stillPlaced)
	}
	return b.least(0)
}

// countsPlaced reports whether more adds up with the stock on consignment.
func (b balance) countsPlaced() bool {
	return distance(b.least(b.placed-b.stillPlaced), 0) < distance(b.least(0), 0)
}

// least is the smallest that does not add up, with what came back from consignment.
func (b balance) least(back int64) int64 {
	whole := b.opening + b.in - b.out - b.closing + back
	least := whole
	for _, returns := range []int64{0, -b.returns, b.returns} {
		for _, adjusted := range []int64{b.adjusted, -b.adjusted} {
			if x := whole + returns + adjusted; distance(x, 0) < distance(least, 0) {
				least = x
			}
		}
	}
	return least
}

func (b balance) value() float64 { return ratio(distance(b.residual(), 0), b.in) }

// flows are the series of the equation.
type flows struct {
	stock, in, out, returns, adjusted, placed Track
	doubt                                     map[honne.Month]int64 // of months of which the days are missing: by how much a split can be wrong
}

// balance closes the equation over some months; ok is false when a count or a
// flow of them is unknown.
func (f flows) balance(months []honne.Month) (b balance, ok bool) {
	first, last := months[0]-1, months[len(months)-1]
	open, closing := f.stock.Figure(first, false), f.stock.Figure(last, false)
	placed, still := f.placed.Figure(first, false), f.placed.Figure(last, false)
	in, a := f.in.whole(months, false)
	out, c := f.out.whole(months, false)
	returns, _ := f.returns.Sum(months, false)
	adjusted, _ := f.adjusted.Sum(months, false)
	b = balance{months, open.N, in, out, distance(returns, 0), closing.N, adjusted, placed.N, still.N, f.doubt[first] + f.doubt[last]}
	return b, open.Known && closing.Known && placed.Known == still.Known && a && c && in > 0
}

func runStockEquation(r *honne.Record, p Params) honne.Result {
	f := flows{stock: Monthly(r, honne.Stock), out: Monthly(r, honne.Sales), returns: Monthly(r, honne.Returns), adjusted: Monthly(r, honne.Adjusted), placed: Monthly(r, honne.Consigned)}
	f.in, f.doubt = sellIn(r)
	all := reported(r, f.stock)
	counts := slices.DeleteFunc(slices.Clone(all), func(m honne.Month) bool { return !f.stock.Figure(m, false).Known })
	if len(counts) < 2 || len(f.in.Months) == 0 || len(f.out.Months) == 0 {
		return f.lacking(len(counts), len(all))
	}
	last := counts[len(counts)-1]
	b, ok := f.longest(last, p.count("months"))
	if !ok {
		return f.unbalanced(span(counts[len(counts)-2]+1, last))
	}
	_, changed := otherUnits(r, b.months)
	for _, why := range []honne.Message{changed, soldInOtherUnits(r, f.in.Series, b.months)} {
		if !why.IsZero() {
			return unknown(why, honne.NeedUnits)
		}
	}
	res := b.result(r, f.in.Series)
	res.History, res.Baseline = inMonths(r, last, b.months, func(months []honne.Month) (float64, bool) {
		b, ok := f.balance(months)
		return b.value(), ok
	})
	res.OurSide = events(r, res.Period, honne.EventRecall)
	return res
}

// lacking says what there is none of: two counts in pieces, what came in, or what went out.
func (f flows) lacking(counts, reported int) honne.Result {
	switch {
	case counts < 2 && reported > 1:
		return unknown(honne.Say("why.stock-equation.no-counts"), honne.NeedUnits)
	case counts < 2:
		return unknown(honne.Say("why.stock-equation.no-counts"), honne.NeedStock)
	case len(f.in.Months) == 0:
		return unknown(honne.Say("why.stock-equation.no-sell-in"), honne.NeedShipments)
	}
	return unknown(honne.Say("why.stock-equation.no-sales"), honne.NeedSales)
}

// result is what the equation comes to, with its terms; in is the series of what came in.
func (b balance) result(r *honne.Record, in honne.Series) honne.Result {
	last := b.months[len(b.months)-1]
	counts := slices.Concat(Choose(honne.Stock, []honne.Month{b.months[0] - 1}, false), Choose(honne.Stock, []honne.Month{last}, false))
	res := honne.Result{Known: true, Value: b.value(), Unit: honne.UnitRatio, N: len(b.months), Period: covering(b.months)}
	res.Numerator = honne.Term{Label: honne.Say("term.stock-residual"), Quantity: honne.Known(b.residual()),
		Select: append(counts, Choose(honne.Sales, b.months, false)...)}
	res.Denominator = sum(r, "term.sell-in", b.in, false, Choose(in, b.months, false))
	res.Parts = []honne.Further{part("residual", float64(b.residual())/1000, honne.UnitCount), count("months", len(b.months))}
	res.Because = []honne.Message{honne.Say("because.stock-equation", said(r, "opening", b.opening, false), said(r, "in", b.in, false),
		said(r, "out", b.out, false), said(r, "closing", b.closing, false), said(r, "residual", b.residual(), false))}
	b.tell(r, &res)
	return res
}

// tell says what else the equation counts, and by how much it can be wrong.
func (b balance) tell(r *honne.Record, res *honne.Result) {
	if b.adjusted != 0 {
		res.Numerator.Select = append(res.Numerator.Select, Choose(honne.Adjusted, b.months, false)...)
		res.Because = append(res.Because, honne.Say("because.stock-equation.adjusted", said(r, "adjusted", b.adjusted, false)))
	}
	if b.countsPlaced() {
		opening, closing := []honne.Month{b.months[0] - 1}, []honne.Month{b.months[len(b.months)-1]}
		res.Numerator.Select = slices.Concat(res.Numerator.Select, Choose(honne.Consigned, opening, false), Choose(honne.Consigned, closing, false))
		res.Because = append(res.Because, honne.Say("because.stock-equation.consigned", said(r, "before", b.placed, false), said(r, "after", b.stillPlaced, false)))
	}
	if b.doubt > 0 {
		res.Parts = append(res.Parts, part("estimated", float64(b.doubt)/1000, honne.UnitCount), flag("unjudged", distance(b.residual(), 0) <= b.doubt))
		res.Because = append(res.Because, honne.Say("because.stock-equation.estimated", said(r, "doubt", b.doubt, false)))
	}
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

// unbalanced says what keeps the months between two counts from being balanced: a
// flow that is in money alone, or one that is not there.
func (f flows) unbalanced(months []honne.Month) honne.Result {
	last := honne.InMonth("month", months[len(months)-1])
	for _, x := range []struct {
		Track
		need honne.Need
	}{{f.in, honne.NeedShipments}, {f.out, honne.NeedSales}} {
		if _, ok := x.whole(months, false); ok {
			continue
		}
		if _, money := x.whole(months, true); money {
			return unknown(honne.Say("why.stock-equation.units", last, honne.Word("series", "series."+string(x.Series))), honne.NeedUnits)
		}
		return unknown(honne.Say("why.stock-equation.gap", last), x.need)
	}
	return unknown(honne.Say("why.stock-equation.gap", last), honne.NeedStock)
}

// sellIn is what the distributor took in by the months of its own books, and, of
// months split without knowing their days, by how much the split can be wrong.
func sellIn(r *honne.Record) (in Track, doubt map[honne.Month]int64) {
	in = Monthly(r, honne.Shipments)
	if day := closingDay(r); day != 0 {
		in, doubt = rebucketed(r, in, day)
	}
	if len(in.Months) == 0 {
		return Monthly(r, honne.Purchases), nil
	}
	return in, doubt
}

// rebucketed puts our shipments into closing months. One that does not lie wholly
// within months that we booked is unknown.
func rebucketed(r *honne.Record, ours Track, day int) (Track, map[honne.Month]int64) {
	out, doubt := Track{Series: ours.Series}, map[honne.Month]int64{}
	d := byDay(r, honne.Shipments, Params{"dated": 1})
	d.amount = d.amount && len(d.days) > 0
	for _, t := range ours.Months {
		before, ok := ours.At(t.Month - 1)
		if !ok || !on(t, d.amount).Known || !on(before, d.amount).Known {
			continue
		}
		_, tail, early := d.split(before, day)
		head, _, late := d.split(t, day)
		doubt[before.Month], doubt[t.Month] = early, late
		x := honne.MonthTotal{Month: t.Month}
		if d.amount {
			x.Amount = honne.Known(tail + head)
		} else {
			x.Quantity = honne.Known(tail + head)
		}
		out.Months = append(out.Months, x)
	}
	return out, doubt
}

// split divides a month's total at a closing day: by its dated lines where they
// are all of it, else by business days (domain 2.1), and says by how much that can
// be wrong at most.
func (d daily) split(t honne.MonthTotal, day int) (head, tail, wrong int64) {
	whole, month := on(t, d.amount).N, t.Month.Period()
	first := honne.Period{From: month.From, To: month.From + honne.Date(day) - 1}
	if len(d.days) > 0 && d.sum(month) == whole {
		head = d.sum(first)
		return head, whole - head, 0
	}
	head = int64(math.Round(float64(whole) * ratio(japan.National().Count(first), japan.National().Count(month))))
	return head, whole - head, max(head, whole-head)
}
