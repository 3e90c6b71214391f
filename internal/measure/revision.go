package measure

import (
	"cmp"
	"slices"
	"sort"

	"honne"
	"honne/internal/japan"
)

// restated are the series whose past figures should stand once reported.
// Forecasts and plans may change; running totals and year-before columns are
// checks on sales.
var restated = []honne.Series{honne.Sales, honne.Purchases, honne.Stock}

// cell is one figure of the roll-up.
type cell struct {
	series  honne.Series
	month   honne.Month
	product int32
}

// revision is a cell that differs from its first report.
type revision struct {
	cell
	amount       bool
	first, last  int64
	explained    bool
	afterMeeting bool
	silent       bool        // no second report says so; a running total or a later column does
	seen         honne.Month // silent: the month whose report shows it
	reason       honne.Reason
	versions     []honne.SubmissionID
}

// revisions are the revised cells of some months among those reported.
type revisions struct {
	cells    []revision // by series, month, product; of sales only once within some months
	slight   []revision // of all months: those that differ by no more than the threshold
	reported int
	firsts   [2]int64      // Σ|first| in money and in pieces
	moved    [2]int64      // Σ|last−first|
	facts    []honne.Facts // of the restated series
	deltas   map[cell]*delta

	others         []revision // of purchases and stock, within some months
	othersReported int
}

// delta is what the versions after the first did to a cell.
type delta struct {
	by        honne.Reported // sum of all changes
	explained bool
	meeting   bool
	reason    honne.Reason
	versions  []honne.SubmissionID
}

func distance(a, b int64) int64 { return max(a-b, b-a) }

// revise finds the revised cells of all months.
func revise(r *honne.Record, p Params) revisions {
	all := revisions{deltas: map[cell]*delta{}}
	for _, s := range restated {
		all.facts = append(all.facts, r.Series(s))
	}
	all.follow(r, p)
	for _, c := range all.sorted() {
		switch x := all.compare(c); {
		case x.first == x.last || x.amount && rounding(x.first, x.last):
		case moved(x.first, x.last, p["threshold"]):
			all.cells = append(all.cells, x)
		default:
			all.slight = append(all.slight, x)
		}
	}
	all.cells = append(all.cells, silent(r, all, p["threshold"])...)
	slices.SortStableFunc(all.cells, func(a, b revision) int { return compareCells(a.cell, b.cell) })
	return all
}

// follow walks through the changes in the order they were received.
func (w *revisions) follow(r *honne.Record, p Params) {
	told, met := reasons{}, daysMet(r)
	for _, c := range r.Changes {
		m, ok := c.Period.Bucket()
		if !ok || !slices.Contains(restated, c.Series) || c.Old == 0 {
			continue
		}
		key := cell{c.Series, m, c.Product}
		d := w.deltas[key]
		if d == nil {
			d = &delta{explained: true, versions: []honne.SubmissionID{c.Old}}
			w.deltas[key] = d
		}
		d.by.Amount = d.by.Amount.Plus(difference(c.After.Amount, c.Before.Amount))
		d.by.Quantity = d.by.Quantity.Plus(difference(c.After.Quantity, c.Before.Quantity))
		d.explained = told.explain(r, c, p.count("reason-times")) && d.explained
		d.meeting = d.meeting || afterMeeting(met, c, p.count("meeting-days"))
		d.reason = c.Reason
		d.versions = append(d.versions, c.New)
	}
}

// figure returns what is in force in a cell; nothing when it was taken out.
func (w revisions) figure(c cell) (now honne.Reported, ok bool) {
	for _, f := range w.facts {
		if f.Series == c.series {
			return at(f, c.month, c.product)
		}
	}
	return now, false
}

func at(f honne.Facts, m honne.Month, product int32) (x honne.Reported, ok bool) {
	i := sort.Search(len(f.Month), func(i int) bool {
		return f.Month[i] > m || f.Month[i] == m && f.Product[i] >= product
	})
	if i == len(f.Month) || f.Month[i] != m || f.Product[i] != product {
		return x, false
	}
	return honne.Reported{Quantity: f.Quantity[i], Amount: f.Amount[i]}, true
}

func difference(a, b honne.Figure) honne.Figure {
	return honne.Figure{N: a.N - b.N, Known: a.Known || b.Known}
}

// sorted lists the changed cells in the order of series, month and product.
func (w *revisions) sorted() []cell {
	out := make([]cell, 0, len(w.deltas))
	for c := range w.deltas {
		out = append(out, c)
	}
	slices.SortFunc(out, compareCells)
	return out
}

func compareCells(a, b cell) int {
	return cmp.Or(cmp.Compare(slices.Index(restated, a.series), slices.Index(restated, b.series)),
		cmp.Compare(a.month, b.month), cmp.Compare(a.product, b.product))
}

func (w *revisions) compare(c cell) revision {
	now, _ := w.figure(c)
	d := w.deltas[c]
	x := revision{cell: c, explained: d.explained, afterMeeting: d.meeting, reason: d.reason, versions: d.versions}
	x.amount = d.by.Amount.Known
	last, by := now.Quantity.N, d.by.Quantity.N
	if x.amount {
		last, by = now.Amount.N, d.by.Amount.N
	}
	x.first, x.last = last-by, last
	return x
}

func moved(first, last int64, threshold float64) bool {
	return float64(distance(first, last)) > threshold*float64(distance(first, 0))
}

// rounding reports whether one amount is the other in thousands or millions: a
// later report in 千円 repeats a figure, it does not change it.
func rounding(a, b int64) bool {
	for _, unit := range []int64{1000, 1_000_000} {
		for _, x := range [][2]int64{{a, b}, {b, a}} {
			fine, coarse := x[0], x[1]
			if fine%unit != 0 && coarse%unit == 0 && (fine/unit*unit == coarse || (fine+unit/2)/unit*unit == coarse) {
				return true
			}
		}
	}
	return false
}

// within keeps the cells of some months and sums what was reported for them.
func (w revisions) within(months []honne.Month) revisions {
	out := revisions{}
	from, to := months[0], months[len(months)-1]
	for _, f := range w.facts {
		for i := sort.Search(len(f.Month), func(i int) bool { return f.Month[i] >= from }); i < len(f.Month) && f.Month[i] <= to; i++ {
			now := honne.Reported{Quantity: f.Quantity[i], Amount: f.Amount[i]}
			out.count(f.Series, now, w.deltas[cell{f.Series, f.Month[i], f.Product[i]}])
		}
	}
	for c, d := range w.deltas {
		if _, stands := w.figure(c); !stands && from <= c.month && c.month <= to {
			out.count(c.series, honne.Reported{}, d)
		}
	}
	for _, x := range w.cells {
		if seen := max(x.month, x.seen); seen < from || to < seen {
			continue
		}
		if x.series == honne.Sales {
			out.cells = append(out.cells, x)
		} else {
			out.others = append(out.others, x)
		}
	}
	return out
}

// count adds a reported cell, with what was done to it.
func (w *revisions) count(s honne.Series, now honne.Reported, d *delta) {
	if s != honne.Sales {
		w.othersReported++
		return
	}
	first := now
	if d != nil {
		first = honne.Reported{Quantity: difference(now.Quantity, d.by.Quantity), Amount: difference(now.Amount, d.by.Amount)}
	}
	w.reported++
	w.firsts[0] += distance(first.Amount.N, 0)
	w.firsts[1] += distance(first.Quantity.N, 0)
	w.moved[0] += distance(first.Amount.N, now.Amount.N)
	w.moved[1] += distance(first.Quantity.N, now.Quantity.N)
}

// ToldTwice reports whether a change in some months of sales could have been seen:
// without that they are not known to stand.
func ToldTwice(r *honne.Record, params Params, months []honne.Month) bool {
	return len(months) > 0 && revise(r, params).toldTwice(r, months)
}

// toldTwice reports whether anything could have shown a change in some months: a
// second report of one of them, a running total, or the year-before column of a
// year later. Months that were told once each have not been seen to stand.
func (w revisions) toldTwice(r *honne.Record, months []honne.Month) bool {
	within := func(m honne.Month) bool { return months[0] <= m && m <= months[len(months)-1] }
	for _, s := range []honne.Series{honne.ToDate, honne.PriorYear} {
		if slices.ContainsFunc(r.Series(s).Month, within) {
			return true
		}
	}
	type slot struct {
		scope string
		month honne.Month
	}
	told := map[slot]bool{}
	for _, d := range arrivals(r, honne.Sales) {
		for _, m := range d.months {
			if told[slot{d.Scope, m}] && within(m) {
				return true
			}
			told[slot{d.Scope, m}] = true
		}
	}
	return slices.ContainsFunc(r.Changes, func(c honne.Change) bool {
		m, ok := c.Period.Bucket()
		return ok && c.Series == honne.Sales && within(m)
	})
}

// reasons counts how often a reason was stated: once a day, however many reports of
// that day state it; by report where nobody knows the day.
type reasons map[honne.Reason][]telling

type telling struct {
	on    honne.Date
	known bool // the day of receipt is more than the day of loading
	by    honne.SubmissionID
}

// same reports whether both are one telling: one agreement of many months may come as
// one report of each.
func (t telling) same(x telling) bool {
	return t.by == x.by || t.known && x.known && t.on == x.on
}

// explain decides whether a stated reason explains a change; it must see the
// changes in the order they were received.
func (t reasons) explain(r *honne.Record, c honne.Change, often int) bool {
	on, times, known := c.Received.Day(), 0, false
	now := telling{on, on != 0 && c.Received.Basis != honne.ByLoad, c.New}
	for _, x := range t[c.Reason] {
		known = known || x.same(now)
		if on == 0 || x.on == 0 || x.on.Month() > on.Month()-12 {
			times++
		}
	}
	if !known {
		t[c.Reason] = append(t[c.Reason], now)
		times++
	}
	if c.Reason == honne.ReasonOwnSide {
		return true
	}
	return c.Reason.Explains() && times < often && plausible(r, c)
}

// plausible refuses returns and credit notes that raise a figure, and returns
// of a partner who reports returns but none of that time.
func plausible(r *honne.Record, c honne.Change) bool {
	if c.Reason != honne.ReasonReturns && c.Reason != honne.ReasonCreditNote {
		return true
	}
	raised := c.After.Amount.N > c.Before.Amount.N
	if !c.After.Amount.Known {
		raised = c.After.Quantity.N > c.Before.Quantity.N
	}
	if raised && c.Series == honne.Sales {
		return false
	}
	returns := Monthly(r, honne.Returns)
	if c.Reason == honne.ReasonCreditNote || len(returns.Months) == 0 {
		return true
	}
	until := max(c.Period.To.Month(), c.Received.Day().Month())
	amount, n := returns.Sum(span(c.Period.From.Month(), until), true)
	pieces, k := returns.Sum(span(c.Period.From.Month(), until), false)
	return n+k > 0 && (amount != 0 || pieces != 0)
}

// daysMet are the days on which both sides met: those noted, those that messages tell
// to have been held, and those invited to by mail, on the day they stand on.
func daysMet(r *honne.Record) (out []honne.Date) {
	for _, e := range r.Distributor.Profile.Events {
		if e.Kind.IsMeeting() && e.Date <= r.AsOf {
			out = append(out, e.Date)
		}
	}
	for _, m := range r.Log.Met {
		if m.Held {
			out = append(out, m.Day)
		}
	}
	for _, m := range r.Meetings {
		if day := m.Day(); day != 0 && day <= r.AsOf {
			out = append(out, day)
		}
	}
	return out
}

// afterMeeting reports whether the new version came within some business days
// after a meeting; a day of receipt that is only estimated proves nothing.
func afterMeeting(met []honne.Date, c honne.Change, days int) bool {
	on := c.Received.Day()
	if !c.Received.Exact() || on == 0 {
		return false
	}
	return slices.ContainsFunc(met, func(day honne.Date) bool {
		return day < on && c.First.Day() <= day && japan.National().Between(day, on) <= days
	})
}
