package intake

import (
	"math"
	"slices"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/outline"
)

// control holds a total row against the sum of the rows above it. Only a grand
// total over unbroken columns proves anything; what it lacks may repair a cell.
func (t *table) control(p *outline.Profile, v verdict) {
	t.totalAt = p.N
	t.release(-1)
	if v == isTotal {
		t.settleClaims(p)
	}
	level, _ := t.sumsOf(p)
	t.startBelow(level)
	if v != isTotal || t.stats.rows == 0 || t.mixed() { // a total above the rows may be of other pages too
		return
	}
	for i := range p.Cells {
		c := &p.Cells[i]
		f := t.fieldAt(c.Col)
		if f == nil || !f.measure {
			continue
		}
		n, ok := figure.Of(c)
		total, _, err := n.Times(1, 3)
		if !ok || err != nil {
			continue
		}
		sum, same := honne.Decimal{Coef: f.sum, Scale: 3}, math.Abs(float64(total-f.sum)) <= f.rounding(t.stats.rows)
		if !same && v == isTotal && (t.closesBlocks(c.Col, total) || t.closesPages(c.Col, total)) {
			continue // of all blocks, which it proves together
		}
		if len(t.Controls) < excludedLimit {
			t.Controls = append(t.Controls, honne.Control{At: honne.Cell{Row: p.N, Col: c.Col}, Total: n.String(), Sum: sum.String(),
				Missing: f.lost, Agrees: same && f.lost == 0})
		}
		if f.lost == 1 {
			t.repairByTotal(f.col, total-f.sum)
		}
		f.summed = f.summed || same || f.amount && taxed(float64(total), float64(f.sum))
		if f.broken || same {
			continue
		}
		if t.stats.differing++; t.stats.differing > problemLimit {
			continue
		}
		t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(p.N, c.Col), Severity: honne.SevNote, Raw: c.Text,
			What: honne.Say("problem.total-differs", honne.Text("total", clip(c.Text)), honne.Digits("sum", sum))})
	}
}

// closesBlocks reports whether a total below the last of several blocks of one form is
// that of all of them.
func (t *table) closesBlocks(col int32, total int64) bool {
	var sum int64
	rows := 0
	for _, b := range append(t.above[:len(t.above):len(t.above)], t) {
		if f := b.fieldAt(col); f != nil && f.measure && (b == t || sameHeader(b, t)) {
			sum, rows = sum+f.sum, rows+b.stats.rows
		}
	}
	f := t.fieldAt(col)
	return rows > t.stats.rows && math.Abs(float64(total-sum)) <= f.rounding(rows)
}

// closesPages reports whether a total at the end of a sheet is that of the sheets before
// it too, which have the same header: pages of one list.
func (t *table) closesPages(col int32, total int64) bool {
	f := t.fieldAt(col)
	sum, rows := f.sum, t.stats.rows
	for _, b := range slices.Backward(t.counter.reader.tables) {
		of := b.fieldAt(col)
		if b.Kind != t.Kind || b.Period != t.Period || of == nil || !of.measure || !sameHeader(b, t) {
			return false
		}
		if sum, rows = sum+of.sum, rows+b.stats.rows; math.Abs(float64(total-sum)) <= f.rounding(rows) {
			return true
		}
	}
	return false
}

// rounding is by how much the total of a column may differ from its rows when
// each was rounded by itself, in thousandths: three standard deviations of 0.29 of
// the unit, and 5 of it at least. Pieces are counted, not rounded.
func (f *field) rounding(rows int) float64 {
	if !f.amount && f.unit.Scale <= 1 {
		return 0
	}
	return max(5000, 870*math.Sqrt(float64(rows)))
}

// taxed reports whether one of two sums is the other with the tax (8 to 10 %).
func taxed(a, b float64) bool {
	low, high := min(math.Abs(a), math.Abs(b)), max(math.Abs(a), math.Abs(b))
	return high >= 1.079*low && high <= 1.101*low && (a < 0) == (b < 0)
}

// weighTotals makes a warning of the first total of a column with which no total
// of it agrees: a row is missing, or was misread. What a parent that is no sum
// explains, or a person who left rows out, stays a note.
func (t *table) weighTotals() {
	if t.Kind == "" || t.ranks.odds > 0 || slices.ContainsFunc(t.Excluded, func(x honne.Excluded) bool { return x.Why == honne.SaidRow }) {
		return
	}
	for i := range t.stats.problems {
		p := &t.stats.problems[i]
		if p.What.ID != "problem.total-differs" {
			continue
		}
		if f := t.fieldAt(p.At.Range.From.Col); !f.summed {
			p.Severity, f.summed = honne.SevWarning, true
		}
	}
}
