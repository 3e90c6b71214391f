package measure

import (
	"slices"

	"honne"
	"honne/internal/japan"
)

// silent finds revisions that no second report shows: a year-before column that
// differs from what was reported then, and a running total whose step differs
// from the month. Cells of which a change is on record are left alone. Source:
// domain 3.5 S-08.
func silent(r *honne.Record, w revisions, threshold float64) []revision {
	found := map[cell]revision{}
	var order []cell
	keep := func(x revision) {
		_, twice := found[x.cell]
		if !twice && moved(x.first, x.last, threshold) && !(x.amount && coarse(x.first, x.last)) {
			found[x.cell] = x
			order = append(order, x.cell)
		}
	}
	yearBefore(r, w, keep)
	runningTotal(r, w, keep)
	out := make([]revision, 0, len(order))
	for _, c := range order {
		out = append(out, found[c])
	}
	return out
}

// coarse reports whether two amounts may differ only because one of them stands
// in thousands or millions; a difference of two rounded totals is off by a unit.
func coarse(a, b int64) bool {
	for _, unit := range []int64{1000, 1_000_000} {
		if (a%unit == 0) != (b%unit == 0) && distance(a, b) <= unit {
			return true
		}
	}
	return false
}

func yearBefore(r *honne.Record, w revisions, keep func(revision)) {
	f := r.Series(honne.PriorYear)
	for i, m := range f.Month {
		c := cell{honne.Sales, m - 12, f.Product[i]}
		told := honne.Reported{Quantity: f.Quantity[i], Amount: f.Amount[i]}
		if then, ok := w.figure(c); ok && w.deltas[c] == nil {
			x := unsaid(c, then, told, f.Version[i])
			x.seen = m
			keep(x)
		}
	}
}

func unsaid(c cell, first, last honne.Reported, by honne.SubmissionID) revision {
	x := revision{cell: c, silent: true, reason: honne.ReasonUnexplained, versions: []honne.SubmissionID{by}}
	switch {
	case first.Amount.Known && last.Amount.Known:
		x.amount, x.first, x.last = true, first.Amount.N, last.Amount.N
	case first.Quantity.Known && last.Quantity.Known:
		x.first, x.last = first.Quantity.N, last.Quantity.N
	}
	return x
}

func runningTotal(r *honne.Record, w revisions, keep func(revision)) {
	f := r.Series(honne.ToDate)
	start := r.Distributor.Profile.FiscalStart()
	for i, m := range f.Month {
		c := cell{honne.Sales, m, f.Product[i]}
		month, ok := w.figure(c)
		if !ok || w.touched(c, start) {
			continue
		}
		step := honne.Reported{Quantity: f.Quantity[i], Amount: f.Amount[i]}
		if japan.FiscalPeriod(japan.FiscalYear(m, start), start).From != m.First() {
			before, known := at(f, m-1, f.Product[i])
			if !known {
				continue
			}
			step = honne.Reported{Quantity: less(step.Quantity, before.Quantity), Amount: less(step.Amount, before.Amount)}
		}
		keep(unsaid(c, month, step, f.Version[i]))
	}
}

func less(a, b honne.Figure) honne.Figure {
	return honne.Figure{N: a.N - b.N, Known: a.Known && b.Known}
}

// touched reports whether a change is on record for the product in the fiscal
// year up to the month: then the running total rightly differs.
func (w revisions) touched(c cell, start int) bool {
	for m := japan.FiscalPeriod(japan.FiscalYear(c.month, start), start).From.Month(); m <= c.month; m++ {
		if w.deltas[cell{c.series, m, c.product}] != nil {
			return true
		}
	}
	return false
}

// Revision is a month of sales whose total differs from its first report.
type Revision struct {
	Month       honne.Month
	First, Last int64
	Amount      bool
	Slight      bool // by no more than the threshold: counted as none
	Explained   bool // every changed figure of the month is explained
	Reason      honne.Reason
}

// Revisions lists the months of sales whose total differs from the first report,
// oldest first; figures that moved against each other do not count.
func Revisions(r *honne.Record, params Params) []Revision {
	all := revise(r, params)
	cells := slices.Concat(all.cells, all.slight)
	slices.SortStableFunc(cells, func(a, b revision) int { return compareCells(a.cell, b.cell) })
	var out []Revision
	for _, x := range cells {
		if x.series != honne.Sales || x.silent {
			continue
		}
		if n := len(out); n == 0 || out[n-1].Month != x.month {
			out = append(out, Revision{Month: x.month, Amount: x.amount, Explained: true, Reason: x.reason})
		}
		v := &out[len(out)-1]
		v.First, v.Last = v.First+x.first, v.Last+x.last
		if !x.explained && moved(x.first, x.last, params["threshold"]) {
			v.Explained, v.Reason = false, x.reason
		}
	}
	sales := Monthly(r, honne.Sales)
	for i := range out {
		v := &out[i]
		whole := sales.Figure(v.Month, v.Amount).N
		v.First, v.Last = whole-(v.Last-v.First), whole
		v.Slight = !moved(v.First, v.Last, params["threshold"])
	}
	return slices.DeleteFunc(out, func(v Revision) bool { return v.First == v.Last })
}
