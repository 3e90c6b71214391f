package intake

import (
	"math"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// branchRows is of a report in which a branch has a row of its own above those who
// buy from it, in the columns of their codes and names: 東京支店, with their sum or
// without a figure. Rows are held where the first has figures, until it is known
// whether such rows are sums.
type branchRows struct {
	on    bool               // no column says the branch
	holds bool               // rows are held
	rows  []*outline.Profile // held
	found oddRows            // sums of branches
	heads int                // branches without a figure
	said  *terms.Word        // the branch above the rows that are gone through
}

// branchProof is how many bits of chance the sums of branches need, beside their names.
const branchProof = 4

// findBranchRows looks in the first rows of a report for one that names a branch alone.
func (t *table) findBranchRows(sample []*outline.Profile) {
	if t.Kind == "" || t.mixed() || t.ranks.labels != nil || t.nest.ranks.labels != nil || t.has(honne.MBranch) || t.has(honne.MRegion) || len(t.storeys) > 0 {
		return
	}
	labels := 0
	for i := range t.fields {
		if f := &t.fields[i]; f.label && f.shape != nil {
			labels++
		}
	}
	b := &t.branches
	b.on = labels > 0 && labels < 3
	others := func(p *outline.Profile) bool { return t.counts(&p.Row) && t.branchOf(&p.Row) == nil }
	b.on = b.on && slices.ContainsFunc(sample, others) // a list of branches is another thing
	b.holds = b.on && t.branchOf(&sample[0].Row) != nil && t.counts(&sample[0].Row)
}

// branchOf is the branch that a row names, beside no more than a code; nil for none.
func (t *table) branchOf(r *grid.Row) (branch *terms.Word) {
	if !t.branches.on {
		return nil
	}
	for i := range r.Cells {
		c := &r.Cells[i]
		f := t.fieldAt(c.Col)
		switch {
		case f == nil || !f.label || japan.Trim(c.Text) == "":
		case c.Kind != grid.Text || figure.IsDigits(japan.Trim(c.Text)) || t.codesPlace(f, c):
		case branch != nil:
			return nil
		default:
			if branch = t.words.PlaceWord(f.word(t.words, r.N, c)); branch == nil {
				return nil
			}
		}
	}
	return branch
}

// codesPlace reports whether a cell holds the code of what its row names: 01-001.
func (t *table) codesPlace(f *field, c *grid.Cell) bool {
	m := t.Columns[t.indexOf(f)].Meaning
	return (terms.Numbers(m) || m == honne.MeaningUnknown || m == honne.MRowNumber) && strings.Trim(c.Text, "0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ ") == ""
}

// counts reports whether a row has a figure for the ledger.
func (t *table) counts(r *grid.Row) bool {
	return slices.ContainsFunc(r.Cells, func(c grid.Cell) bool {
		f := t.fieldAt(c.Col)
		if f == nil || !f.measure {
			return false
		}
		_, ok := f.number(r.N, &c)
		return ok || japan.Trim(c.Text) != ""
	})
}

// headsBranch reports whether a row names the branch of the rows below, and counts
// nothing.
func (t *table) headsBranch(r *grid.Row) bool {
	return t.branches.on && !t.counts(r) && t.branchOf(r) != nil
}

// learnBranch keeps the branch that a row names for the rows below; a sum ends it.
func (t *table) learnBranch(r *grid.Row) {
	if w := t.branchOf(r); w != nil && (t.summed(r.N) || !t.counts(r)) {
		t.branches.said = w
	} else if t.branches.said != nil && t.endsBranch(outline.ProfileOf(r)) {
		t.branches.said = nil
	}
}

// endsBranch reports whether a row is a sum below the rows of a branch.
func (t *table) endsBranch(p *outline.Profile) bool {
	return t.branches.said != nil && t.counts(&p.Row) && t.totalOf(p) != isRecord
}

// branchKept reports whether the rows of branches are such beyond doubt.
func (t *table) branchKept() bool {
	b := &t.branches
	return b.said != nil && (b.found.n+b.heads > 1 || terms.EndsWith(b.said.Text, t.words.Place))
}

// holdBranch takes a row of a report in which rows of branches may be sums; false where
// none is held.
func (t *table) holdBranch(r *grid.Row) bool {
	b := &t.branches
	if !b.holds {
		return false
	}
	if len(b.rows) == nestRows {
		t.endBranches(nil)
		b.holds = false
		return false
	}
	p := outline.ProfileOf(r)
	p.Hidden = r.Hidden
	b.rows = append(b.rows, p)
	return true
}

// endBranches decides what the rows held are: records below the sums of their branch,
// where all figures prove it, else records; what may be sums is said.
func (t *table) endBranches(total *outline.Profile) {
	b := &t.branches
	rows := b.rows
	if b.rows = nil; len(rows) == 0 {
		return
	}
	uppers, sums, covers := t.weighBranches(rows)
	proved := sums && (t.branchChance(rows, uppers) >= branchProof || total != nil && t.totalOfRows(uppers, rows, total))
	if !proved && !covers && t.onlyLabel() >= 0 {
		t.nestAgain(rows, total)
		return
	}
	for i, p := range rows {
		switch upper := slices.Contains(uppers, i); {
		case upper && proved:
			b.found.add(p.N, t.branchOf(&p.Row).Text)
			t.ranks.sums = append(t.ranks.sums, p.N)
			t.exclude(p.N, honne.SubtotalRow)
			t.learn(&p.Row)
			continue
		case upper && covers:
			t.sums.odd.add(p.N, t.branchOf(&p.Row).Text)
		}
		t.add(&p.Row)
	}
}

// nestAgain takes rows that were held, and are no branches above the others, for what
// a report with one column of names may have.
func (t *table) nestAgain(rows []*outline.Profile, total *outline.Profile) {
	t.branches.holds = false
	t.findNest()
	for _, p := range rows {
		if !t.holdNest(&p.Row) {
			t.add(&p.Row)
		}
	}
	t.endNest(total)
}

// weighBranches finds the rows of branches among others: whether each is the sum of the
// rows below it, to the next, and whether each is at least that.
func (t *table) weighBranches(rows []*outline.Profile) (uppers []int, sums, covers bool) {
	for i, p := range rows {
		if t.branchOf(&p.Row) != nil {
			uppers = append(uppers, i)
		}
	}
	if len(uppers) == 0 || uppers[0] != 0 {
		return uppers, false, false
	}
	sums, covers = true, true
	for k, i := range uppers {
		end := len(rows)
		if k+1 < len(uppers) {
			end = uppers[k+1]
		}
		same, more := t.sumOfRows(rows[i], rows[i+1:end])
		sums, covers = sums && same, covers && more
	}
	return uppers, sums, covers
}

// sumOfRows reports whether every figure of a row is the sum of some rows, and whether
// each is at least that.
func (t *table) sumOfRows(p *outline.Profile, rows []*outline.Profile) (same, more bool) {
	own := make([]int64, len(t.fields))
	t.addTotals(own, p, 1)
	for _, q := range rows {
		t.addTotals(own, q, -1)
	}
	least := len(rows) > 0 && t.counts(&p.Row)
	return least && !slices.ContainsFunc(own, func(v int64) bool { return v != 0 }),
		least && !slices.ContainsFunc(own, func(v int64) bool { return v < 0 })
}

// addTotals adds the figures of a row that add up, in thousandths, times a sign.
func (t *table) addTotals(sums []int64, p *outline.Profile, sign int64) {
	for i := range t.fields {
		if t.inNest(i) {
			v, _ := t.thousandths(p, i)
			sums[i] += sign * v
		}
	}
}

// totalOfRows reports whether every figure of a total is the sum of some of the rows.
func (t *table) totalOfRows(which []int, rows []*outline.Profile, total *outline.Profile) bool {
	var of []*outline.Profile
	for _, i := range which {
		of = append(of, rows[i])
	}
	same, _ := t.sumOfRows(total, of)
	return same
}

// branchChance is how many bits it takes to hit the sums of all branches, each by its
// largest figure alone; what all figures of a column have in common proves nothing.
func (t *table) branchChance(rows []*outline.Profile, uppers []int) (bits float64) {
	common := make([]int64, len(t.fields))
	own := make([]int64, len(t.fields))
	for _, p := range rows {
		clear(own)
		t.addTotals(own, p, 1)
		for i, v := range own {
			common[i] = divisor(common[i], max(v, -v))
		}
	}
	for _, i := range uppers {
		clear(own)
		t.addTotals(own, rows[i], 1)
		most := 1.0
		for k, v := range own {
			most = max(most, math.Abs(float64(v))/float64(max(common[k], 1)))
		}
		bits += math.Log2(most)
	}
	return bits
}

// leavesBranches ends what is held at a row that is no plain record.
func (t *table) leavesBranches(p *outline.Profile) {
	if len(t.branches.rows) == 0 || p.Empty() || t.branchOf(&p.Row) != nil || t.totalOf(p) == isRecord {
		return
	}
	if t.totalOf(p) == isTotal {
		t.endBranches(p)
	} else {
		t.endBranches(nil)
	}
}

// toldBranches says which rows were left out as the sums of their branches.
func (t *table) toldBranches() []honne.Problem {
	if t.branches.found.n == 0 {
		return nil
	}
	p := t.branches.found.told(t, "problem.nested")
	p.Severity = honne.SevNote
	return []honne.Problem{p}
}

// titleNames gives a column that is called 名称 and no more the meaning of what a title
// sorts the report by: 得意先別.
func (t *table) titleNames() {
	for i := range t.Columns {
		c := &t.Columns[i]
		if c.Meaning == honne.MeaningUnknown && !c.Said && t.fields[i].label && slices.Contains(t.book.Words.Bare, japan.Key(c.Header)) {
			if m := t.namedByTitle(); m != honne.MeaningUnknown && !t.has(m) {
				c.Meaning, c.Confidence = m, terms.ByShape
			}
		}
	}
}
