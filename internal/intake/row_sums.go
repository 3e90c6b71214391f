package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// A sum may go by a name that is no word for one: 計 attached to what it sums
// (A商店計), a word for the whole (全国, 総売上), or none at all. None is a sum by its
// look alone, for 温度計 is a product: the label above and the figures decide, and
// of what they leave open the total of the table.

// sums is what a table knows of the sums among its rows.
type sums struct {
	starts []sumStart // from the outermost in; the first is the top of the table
	claims []claim    // rows that the table's total may yet decide
	bare   int        // sums of several rows that nothing names
	rows   []int32    // the claims that are sums, ascending
	odd    oddRows    // that may be sums and are read as records
}

// oddRows are rows of which a person must be told, without a list of them all.
type oddRows struct {
	n           int
	first, last int32
	raw         string // what the first is called
}

// add counts a row; rows may come in any order.
func (o *oddRows) add(row int32, raw string) {
	if o.n++; o.n == 1 || row < o.first {
		o.first, o.raw = row, strings.Clone(clip(raw))
	}
	o.last = max(o.last, row)
}

// told says what is odd about the rows, of the range in which they stand.
func (o *oddRows) told(t *table, id string) honne.Problem {
	first, last := t.span()
	at := honne.Range{From: honne.Cell{Row: o.first, Col: first}, To: honne.Cell{Row: o.last, Col: last}}
	return honne.Problem{At: honne.Address{Sheet: t.Sheet, Range: at}, Severity: honne.SevWarning, Count: o.n, Raw: o.raw,
		What: honne.Say(id, honne.Text("text", o.raw), honne.Count("n", o.n))}
}

// sumStart is a row below which rows may be added up: where a sum stands.
type sumStart struct {
	rows int     // of the table so far
	sums []int64 // of the fields so far
}

// claim is a row that claims to be a sum, by its figures.
type claim struct {
	row    *outline.Profile
	why    honne.Exclusion
	weak   bool // nothing but its figures speaks for it
	bare   bool // it has no label
	above  []*terms.Word
	period periodColumns
}

const (
	startLimit = 16  // sums within sums
	claimLimit = 500 // claims that wait for a total
)

// listen keeps what the labels of a record say, for the sums below that name it.
func (t *table) listen(p *outline.Profile) {
	for i := range p.Cells {
		if f := t.fieldAt(p.Cells[i].Col); f != nil && f.label && p.Classes[i] == outline.Text {
			f.word(t.words, p.N, &p.Cells[i])
		}
	}
}

// sumLabel is the first label of a row that may name a sum.
func (t *table) sumLabel(p *outline.Profile) (*field, *terms.Word) {
	for i := range p.Cells {
		f := t.fieldAt(p.Cells[i].Col)
		if p.Classes[i] != outline.Text || f == nil || !f.label {
			continue
		}
		switch t.Columns[t.indexOf(f)].Meaning {
		case honne.MNote, honne.MReason, honne.MDocument:
			continue
		}
		if w := f.word(t.words, p.N, &p.Cells[i]); w.Sum != terms.NoSum {
			return f, w
		}
	}
	return nil, nil
}

// sumLike judges a row by the label that may name a sum.
func (t *table) sumLike(p *outline.Profile) verdict {
	f, w := t.sumLabel(p)
	if w == nil {
		return isRecord
	}
	level, rows := t.sumsOf(p)
	named := t.standsAbove(f, w.Of())
	switch {
	case level >= 0 && (rows > 1 || named || w.Sum != terms.Gauge):
		return isClaimed
	case w.Sum == terms.Gauge || t.Kind == "" || t.allZero(p):
		return isRecord
	case named:
		return isSubtotal
	}
	t.sums.odd.add(p.N, w.Text)
	return isRecord
}

// sumOfGroup reports whether a row that leaves a label blank is the sum of several rows
// above that share the labels which it fills: 東亜精機, blank, below its products.
func (t *table) sumOfGroup(p *outline.Profile) bool {
	if t.Kind == "" || t.mixed() || len(t.carry) > 0 {
		return false
	}
	for i := range t.fields {
		f := &t.fields[i]
		if c := p.Cell(f.col); f.label && c != nil && (f.said == nil || f.said.Text != japan.Trim(c.Text)) {
			return false
		}
	}
	level, rows := t.sumsOf(p)
	return level >= 0 && rows > 1
}

// standsAbove reports whether a label of the row above, or of its block, is what
// a sum names.
func (t *table) standsAbove(f *field, of string) bool {
	if of == "" {
		return false
	}
	for i := range t.fields {
		g := &t.fields[i]
		for _, w := range [...]*terms.Word{g.said, g.before, g.above} {
			if !g.label || w == nil || g.col == f.col && w == g.said {
				continue
			}
			rest, begins := strings.CutPrefix(of, japan.Key(w.Text))
			if begins && w.Text != "" && (rest == "" || slices.Contains(t.words.Place, rest)) {
				return true
			}
		}
	}
	return false
}

// sumsOf returns the innermost start from which on the rows add up to every
// figure of a row, and how many rows that is; −1 where they do from none.
func (t *table) sumsOf(p *outline.Profile) (level, rows int) {
	if t.mixed() {
		return -1, 0
	}
	if t.ranks.labels != nil {
		t.release(t.ranks.rank(&p.Row))
	}
	for level = len(t.sums.starts) - 1; level >= 0; level-- {
		if t.addsUp(p, t.sums.starts[level].sums) {
			return level, t.stats.rows - t.sums.starts[level].rows
		}
	}
	if t.addsUp(p, nil) {
		return 0, t.stats.rows
	}
	return -1, 0
}

// addsUp reports whether every figure of a row is what the rows add up to since
// the sums were those.
func (t *table) addsUp(p *outline.Profile, since []int64) bool {
	asked := false
	for i := range t.fields {
		f := &t.fields[i]
		c := p.Cell(f.col)
		if !f.measure || c == nil {
			continue
		}
		total, ok := inThousandths(c)
		if !ok || total != f.sum-valueAt(since, i) {
			return false
		}
		asked = asked || total != 0
	}
	return asked
}

func inThousandths(c *grid.Cell) (int64, bool) {
	n, ok := figure.Of(c)
	v, _, err := n.Times(1, honne.QuantityScale)
	return v, ok && err == nil
}

func valueAt(list []int64, i int) int64 {
	if list == nil {
		return 0
	}
	return list[i]
}

// startBelow begins a block below a sum of the rows since a start, −1 for none
// that is known.
func (t *table) startBelow(level int) {
	s := &t.sums
	if len(s.starts) == 0 {
		s.starts = append(s.starts, sumStart{sums: make([]int64, len(t.fields))})
	}
	if level >= 0 {
		s.starts = s.starts[:level+1]
	}
	if len(s.starts) == startLimit {
		s.starts = slices.Delete(s.starts, 1, 2)
	}
	below := sumStart{rows: t.stats.rows, sums: make([]int64, len(t.fields))}
	for i := range t.fields {
		below.sums[i] = t.fields[i].sum
	}
	s.starts = append(s.starts, below)
}

// claim puts a row aside whose figures are a sum of rows above.
func (t *table) claim(p *outline.Profile) {
	level, rows := t.sumsOf(p)
	f, w := t.sumLabel(p)
	named := w != nil && t.standsAbove(f, w.Of())
	c := claim{row: p, why: honne.SubtotalRow, bare: w == nil, period: t.periods.kept(),
		weak: !named && (rows == 1 || w.Sum == terms.Gauge || t.coded(p))}
	if w != nil && w.Sum == terms.WholeSum {
		c.why = honne.TotalRow
	}
	for i := range t.fields {
		c.above = append(c.above, t.fields[i].above)
	}
	t.startBelow(level)
	if t.sums.claims = append(t.sums.claims, c); len(t.sums.claims) == claimLimit {
		t.settleClaims(nil)
	}
}

// coded reports whether the row gives a code of what it is about, as no sum does.
func (t *table) coded(p *outline.Profile) bool {
	return slices.ContainsFunc(p.Cells, func(c grid.Cell) bool {
		f := t.fieldAt(c.Col)
		return f != nil && f.label && terms.Numbers(t.Columns[t.indexOf(f)].Meaning)
	})
}

// settleClaims decides what the claims are: by the total of the table where it
// agrees with the rows without them, or with them, else each by what speaks for
// it. A weak one is then read as a record, and said.
func (t *table) settleClaims(total *outline.Profile) {
	claims := t.sums.claims
	t.sums.claims = nil
	if len(claims) == 0 {
		return
	}
	left := t.weigh(claims, total)
	for i, c := range claims {
		if left == nil && !t.weak(c) || left != nil && left(c) {
			t.sums.rows = append(t.sums.rows, c.row.N)
			t.exclude(c.row.N, c.why)
			continue
		}
		t.addLate(&claims[i])
		if left == nil {
			_, w := t.sumLabel(c.row)
			t.sums.odd.add(c.row.N, w.String())
		}
	}
}

// weak reports whether nothing but its figures speaks for a claim.
func (t *table) weak(c claim) bool { return c.weak && !(c.bare && t.sums.bare > 0) }

// weigh returns which of the claims a total leaves out; nil where it agrees with
// no choice of them.
func (t *table) weigh(claims []claim, total *outline.Profile) func(claim) bool {
	if total == nil {
		return nil
	}
	for _, left := range [...]func(claim) bool{
		func(claim) bool { return true },
		func(c claim) bool { return !t.weak(c) },
		func(claim) bool { return false },
	} {
		with := make([]int64, len(t.fields))
		for _, c := range claims {
			if !left(c) {
				t.addFigures(with, &c.row.Row)
			}
		}
		for i := range with {
			with[i] = -with[i]
		}
		if t.addsUp(total, with) {
			return left
		}
	}
	return nil
}

// addLate takes a claim for the record that it is: it says what it would have
// said in its place.
func (t *table) addLate(c *claim) {
	period := t.periods.kept()
	t.periods, c.period = c.period, period
	for i := range t.fields {
		t.fields[i].above, c.above[i] = c.above[i], t.fields[i].above
	}
	t.add(&c.row.Row)
	t.periods = period
	for i := range t.fields {
		t.fields[i].above = c.above[i]
	}
}

// kept is a copy that goes on by itself.
func (p *periodColumns) kept() periodColumns {
	out := *p
	out.carry = slices.Clone(p.carry)
	return out
}

// isSum reports whether a row that was put aside is a sum.
func (t *table) isSum(row int32) bool {
	_, known := slices.BinarySearch(t.sums.rows, row)
	return known
}
