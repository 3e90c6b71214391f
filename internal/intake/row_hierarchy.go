package intake

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// hierarchy is of a report whose rows stand in ranks: a product line above its
// indented products, a branch in one column above its customers in the next. A
// row that is the sum of the rows below it is no record of its own, and one that
// is not is said: both may count the same.
type hierarchy struct {
	labels []int32  // the columns of names, from left to right; nil where rows have no ranks
	stack  []parent // rows that may still get children
	sums   []int32  // rows that are sums of their children, ascending
	odd    int32    // the first row with children that it is not the sum of
	odds   int
}

// parent is a row of which it is not known yet whether it is a sum.
type parent struct {
	row      *outline.Profile
	rank     int
	children int
	sums     []int64 // of the children, parallel to the fields of the table
}

// rank orders a row by the rightmost column of names that it fills, and by the
// indentation in it, which its text holds or its format; −1 where it names nothing.
func (h *hierarchy) rank(r *grid.Row) int {
	rank := -1
	for i, col := range h.labels {
		c := r.Cell(col)
		if c == nil {
			continue
		}
		if name := strings.TrimLeft(c.Text, terms.Indents); name != "" {
			rank = 1000*i + min(utf8.RuneCountInString(c.Text[:len(c.Text)-len(name)])+int(c.Indent), 999)
		}
	}
	return rank
}

// findHierarchy looks at the first rows of a report for ranks.
func (t *table) findHierarchy(sample []*outline.Profile) {
	if t.Kind == "" || t.mixed() {
		return
	}
	t.forgetMeasures()
	h := hierarchy{}
	for i := range t.fields {
		f := &t.fields[i]
		if !f.label || f.shape == nil {
			break
		}
		if f.shape.Mode == outline.Text && ranked(t.Columns[i].Meaning) {
			h.labels = append(h.labels, f.col)
		}
	}
	deeper, last := false, -1
	for _, p := range sample {
		if rank := h.rank(&p.Row); rank >= 0 {
			deeper = deeper || last >= 0 && rank > last
			last = rank
		}
	}
	if deeper && !t.indented(h) {
		t.ranks = h
	}
}

// ranked reports whether names of that meaning may stand in ranks.
func ranked(m honne.Meaning) bool {
	return carries(m) && !terms.Numbers(m) && m != honne.MDate && m != honne.MRep
}

// hold takes a record of a report with ranks: it counts once it
// is known to be no sum.
func (t *table) hold(r *grid.Row) {
	rank := t.ranks.rank(r)
	t.release(rank)
	for n := len(t.ranks.stack); n > 0 && !t.ranks.under(&t.ranks.stack[n-1], r); n = len(t.ranks.stack) {
		t.release(t.ranks.stack[n-1].rank)
	}
	p := parent{row: outline.ProfileOf(r), rank: rank, sums: make([]int64, len(t.fields))}
	p.row.Hidden = r.Hidden
	if n := len(t.ranks.stack); n > 0 && rank >= 0 {
		above := &t.ranks.stack[n-1]
		above.children++
		t.addFigures(above.sums, r)
	}
	t.learn(r)
	t.ranks.stack = append(t.ranks.stack, p)
}

// under reports whether a row may be of those that another sums up: it names nothing
// else in the columns that the other ends with. A blank in one column of a record
// makes no rank.
func (h *hierarchy) under(p *parent, r *grid.Row) bool {
	for i := range h.labels[:max(p.rank, 0)/1000+1] {
		own, above := strings.TrimLeft(r.Text(h.labels[i]), terms.Indents), strings.TrimLeft(p.row.Text(h.labels[i]), terms.Indents)
		if own != "" && own != above && h.rank(r)/1000 > p.rank/1000 {
			return false
		}
	}
	return true
}

// release decides on the rows that get no more children: those of the rank or
// deeper.
func (t *table) release(rank int) {
	for n := len(t.ranks.stack); n > 0 && t.ranks.stack[n-1].rank >= rank; n-- {
		p := t.ranks.stack[n-1]
		t.ranks.stack = t.ranks.stack[:n-1]
		sum, asked := t.sumOf(&p)
		switch {
		case p.children > 0 && asked && sum:
			at, _ := slices.BinarySearch(t.ranks.sums, p.row.N)
			t.ranks.sums = slices.Insert(t.ranks.sums, at, p.row.N)
			t.exclude(p.row.N, honne.SubtotalRow)
			continue
		case p.children > 0 && asked:
			if t.ranks.odds++; t.ranks.odds == 1 {
				t.ranks.odd = p.row.N
			}
		}
		t.add(&p.row.Row)
	}
}

// addFigures adds the figures of a row, in thousandths.
func (t *table) addFigures(sums []int64, r *grid.Row) {
	for i := range t.fields {
		f := &t.fields[i]
		if c := r.Cell(f.col); c != nil && f.measure {
			if n, ok := figure.Of(c); ok {
				v, _, _ := n.Times(1, 3)
				sums[i] += v
			}
		}
	}
}

// sumOf reports whether every figure of a row is the sum of its children's, and
// whether it has any.
func (t *table) sumOf(p *parent) (sum, asked bool) {
	own := make([]int64, len(t.fields))
	t.addFigures(own, &p.row.Row)
	sum = true
	for i := range t.fields {
		if f := &t.fields[i]; f.measure && p.row.Class(f.col) == outline.Number {
			sum = sum && closeTo(own[i], p.sums[i])
			asked = true
		}
	}
	return sum, asked
}

// heads takes a row of names alone: it ends what stands above, and its names hold
// for the rows below.
func (t *table) heads(r *grid.Row) {
	if rank := t.ranks.rank(r); rank >= 0 {
		t.release(rank)
	}
	t.learn(r)
}

// learn keeps the names and the day of a row for the rows below that leave them blank.
func (t *table) learn(r *grid.Row) {
	if col := t.periods.only(); col > 0 {
		t.periods.momentIn(t, r, col)
	}
	t.learnUpper(r)
	t.learnBranch(r)
	t.learnSlipHead(r)
	t.learnCustomer(r)
	t.learnMonth(r)
	t.learnSlip(r)
	for _, i := range t.carry {
		f := &t.fields[i]
		if c := r.Cell(f.col); c != nil {
			if said := f.word(t.words, r.N, c); said.Text != "" && !said.Ditto {
				f.above = said
			}
		}
	}
}

// learnMonth keeps the month that a row alone names for those below it (【4月】), where the
// rows say none. Below another such head, of no month and no customer, they may be of any
// month of the report.
func (t *table) learnMonth(r *grid.Row) {
	if len(r.Cells) != 1 || t.periods.only() > 0 || t.Layout == honne.Crosstab || t.Period.IsZero() {
		return
	}
	said, whole := japan.Trim(r.Cells[0].Text), cmp.Or(t.wide, t.Period)
	name := japan.Trim(strings.Trim(said, outline.Captions))
	p, ok := when.ReadPeriod(name)
	if ok && name == said && !when.Within(p, whole) {
		return // the month in which a page was printed
	}
	if !ok {
		p, ok = when.PeriodWithin(name, whole)
		ok = ok && when.Within(p, whole) && p != whole
	}
	_, month := p.Month()
	switch {
	case ok && month:
		if !t.wide.IsZero() {
			t.opening.section.Period, t.Period, t.wide = t.Period, t.wide, honne.Period{}
		}
		t.section = when.Moment{Period: p}
	case !t.section.Period.IsZero() && name != said && outline.Captioned(t.words, outline.ProfileOf(r)) == "":
		t.section = when.Moment{Period: whole}
	}
}

// summed reports whether a row is known to be a sum.
func (t *table) summed(row int32) bool {
	_, known := slices.BinarySearch(t.ranks.sums, row)
	return known
}

// closeTo allows for rows that were each rounded to the unit of the sheet.
func closeTo(a, b int64) bool {
	d := a - b
	return d < 5000 && d > -5000
}
