package intake

import (
	"cmp"
	"slices"
	"strings"

	"honne"
)

// checks keeps what a file says of one month in two ways: the month itself beside
// its 累計, and beside what a later table calls 前年. Nothing is corrected by it;
// where the two differ a person is told.
type checks struct {
	figures map[checkKey]checkFigure
	full    bool // too many: nothing is compared
}

type checkKey struct {
	series honne.Series
	period honne.Period
	amount bool
	of     string // whom and what the line is about
}

type checkFigure struct {
	n          int64
	slack      int64 // by which it may be off, where it was rounded to thousands
	table, row int32
	col        int32
}

// same reports whether two figures agree, but for their rounding.
func (f checkFigure) same(n int64) bool { return f.n-n <= f.slack && n-f.n <= f.slack }

// checkLimit bounds the figures that are kept; longer files are compared by their
// control totals alone.
const checkLimit = 40000

// compares reports whether the table says a month in two ways.
func (t *table) compares() bool {
	return slices.ContainsFunc(t.fields, func(f field) bool {
		return f.measure && (f.series == honne.ToDate || f.series == honne.PriorYear)
	})
}

// add keeps the figures of a line; those of lines that are not told apart are
// added up.
func (c *checks) add(t *table, s honne.Series, l *honne.Line) {
	if c.full || s != honne.Sales && s != honne.ToDate && s != honne.PriorYear {
		return
	}
	if c.figures == nil {
		c.figures = map[checkKey]checkFigure{}
	}
	of := aboutLine(l)
	for _, amount := range [...]bool{true, false} {
		f, col := l.Quantity, l.QtyCol
		if amount {
			f, col = l.Amount, l.AmtCol
		}
		if !f.Known {
			continue
		}
		k, slack := checkKey{s, l.Period, amount, of}, int64(0)
		if unit := t.fieldAt(col).unit; amount && unit.Scale > 1 {
			slack = 2 * unit.Scale
		}
		c.figures[k] = checkFigure{c.figures[k].n + f.N, slack, l.Table, l.Row, col}
	}
	c.full = len(c.figures) > checkLimit
}

func aboutLine(l *honne.Line) string {
	var b strings.Builder
	for role := range l.Parties {
		b.WriteString(l.Parties[role].Code + "\x00" + l.Parties[role].Name + "\x00")
	}
	b.WriteString(l.Product.Code + "\x00" + l.Product.Name + "\x00" + l.Region)
	return b.String()
}

// difference is one month that the file says in two ways.
type difference struct {
	id     string
	period honne.Period
	n      int // figures that differ
	at     checkFigure
}

// differences compares the months, in their order, quietly where one way is
// missing.
func (c *checks) differences() []difference {
	var out []difference
	for k, v := range c.figures {
		id := ""
		switch {
		case c.full:
		case k.series == honne.ToDate && c.toDateDiffers(k, v):
			id = "problem.to-date-differs"
		case k.series == honne.PriorYear:
			k.series = honne.Sales
			if then, said := c.figures[k]; said && !v.same(then.n) {
				id = "problem.prior-year-differs"
			}
		}
		if id != "" {
			out = joinDifference(out, difference{id, k.period, 1, v})
		}
	}
	slices.SortFunc(out, func(a, b difference) int {
		return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.period.From, b.period.From))
	})
	return out
}

// joinDifference counts a difference with the others of its month; the first on
// the sheet stands for them.
func joinDifference(list []difference, d difference) []difference {
	i := slices.IndexFunc(list, func(o difference) bool { return o.id == d.id && o.period == d.period })
	if i < 0 {
		return append(list, d)
	}
	o := &list[i]
	o.n++
	if cmp.Or(cmp.Compare(d.at.table, o.at.table), cmp.Compare(d.at.row, o.at.row), cmp.Compare(d.at.col, o.at.col)) < 0 {
		o.at = d.at
	}
	return list
}

// toDateDiffers reports whether the year to date less that of the month before is
// not the month. Where the year begins anew it is the month alone.
func (c *checks) toDateDiffers(k checkKey, v checkFigure) bool {
	m, one := k.period.Month()
	k.series = honne.Sales
	month, said := c.figures[k]
	k.series, k.period = honne.ToDate, (m - 1).Period()
	before, known := c.figures[k]
	return one && said && known && !v.same(month.n) && !v.same(before.n+month.n)
}

// compareMonths says where the file says a month in two ways that differ.
func (r *reader) compareMonths() {
	for _, d := range r.checks.differences() {
		t := r.tables[d.at.table]
		r.problems = append(r.problems, honne.Problem{At: t.address(d.at.row, d.at.col), Severity: honne.SevNote, Count: d.n,
			What: honne.Say(d.id, honne.Over("period", d.period), honne.Count("n", d.n))})
	}
}
