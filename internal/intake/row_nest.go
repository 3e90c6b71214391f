package intake

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// nest is of a report with one column of names, in which a name stands above those
// that it is made of without being indented less: a hospital, then its products, as
// a pivot table is pasted. Nothing but the figures says so: every row above others
// is their exact sum, in every column and to the end of the table. Rows are held
// until that is known; where it does not hold for all, each is a record.
type nest struct {
	col    int32              // of the names, 0 where rows are not held
	rows   []*outline.Profile // held
	uppers []int              // of them: those that stand above others
	left   []int64            // what the last of them has and its rows so far have not, by field
	open   bool               // the last of them still lacks rows

	ranks hierarchy   // of a pivot table that indents the lower names; zero for none
	more  []upperRank // above the lowest upper rank of such a table

	found   oddRows     // upper rows
	alone   bool        // nothing but the figures says that they are sums
	perhaps oddRows     // rows that may be sums of those below them, and are read as records
	upper   *terms.Word // the name above the rows that are gone through
	place   place       // that it has in a line
	kept    bool        // it has one
	again   bool        // rows stand below that could not be told apart
}

const (
	nestCols   = 400  // columns at most: nobody pastes a pivot table of more
	nestRows   = 5000 // rows held at most: a longer table is read as it stands
	nestProof  = 20   // bits by which sums are no chance in a pivot table, where no total says so
	nestLikely = 10   // likewise in any table: a person is told
)

// findNest begins to hold the rows of a report with one column of names.
func (t *table) findNest() {
	i := t.onlyLabel()
	if t.Kind == "" || t.nest.col > 0 || i < 0 || t.mixed() || t.ranks.labels != nil || len(t.fields) < 2 || len(t.fields) > nestCols || t.branches.holds {
		return
	}
	t.nest.col = t.fields[i].col
}

// holdNest takes a record of a report that may be nested; false where it is none,
// or no longer.
func (t *table) holdNest(r *grid.Row) bool {
	n := &t.nest
	if n.col == 0 {
		return false
	}
	if n.ranks.labels != nil {
		return t.holdRank(r)
	}
	own := make([]int64, len(t.fields))
	if len(n.rows) == nestRows || !t.nestFigures(own, r) || n.open && !n.takes(own) {
		t.breakNest()
		return false
	}
	if n.left == nil {
		n.uppers, n.left = append(n.uppers, len(n.rows)), own
	} else if n.complete() {
		n.left = nil
	}
	n.open = n.left != nil
	p := outline.ProfileOf(r)
	p.Hidden = r.Hidden
	n.rows = append(n.rows, p)
	return true
}

// takes takes the figures of a row from what the row above it still has; false where
// they are more than that.
func (n *nest) takes(own []int64) bool {
	for i, v := range own {
		if n.left[i] -= v; n.left[i] < 0 {
			return false
		}
	}
	return true
}

// complete reports whether the last upper row has all of its rows.
func (n *nest) complete() bool {
	return !slices.ContainsFunc(n.left, func(v int64) bool { return v > 0 })
}

// nestFigures reads what a row counts, in thousandths. Of one that counts nothing or
// less the sums would not tell where a group ends.
func (t *table) nestFigures(own []int64, r *grid.Row) bool {
	any := false
	for i := range t.fields {
		c := r.Cell(t.fields[i].col)
		if c == nil || !t.inNest(i) || outline.Classify(c) == outline.Blank {
			continue
		}
		v, ok := inThousandths(c)
		if !ok || v < 0 || outline.IsShare(c) {
			return false
		}
		own[i] = v
		any = any || v > 0
	}
	return any
}

// inNest reports whether a column adds up in a nested report.
func (t *table) inNest(i int) bool {
	return !t.fields[i].label && (t.fields[i].measure || t.Columns[i].Meaning == honne.MTotal)
}

// leavesNest ends what is held at a row that is no plain record: it decides if it is
// the total.
func (t *table) leavesNest(p *outline.Profile) {
	t.leavesBranches(p)
	if len(t.nest.rows) == 0 || p.Empty() || t.plainRow(p) {
		return
	}
	if t.totalOf(p) == isTotal {
		t.endNest(p)
		return
	}
	if _, figures, _ := p.Count(); figures == 0 && !t.nest.open && t.provedAlone(t.nest.rows, t.nest.uppers) {
		t.endNest(nil) // before a note below the table
	}
	t.breakNest()
}

// plainRow reports whether a row is a name that says nothing of sums and the like,
// and figures.
func (t *table) plainRow(p *outline.Profile) bool {
	named := false
	for i := range p.Cells {
		c := &p.Cells[i]
		switch f := t.fieldAt(c.Col); {
		case f == nil:
			return false
		case f.col == t.nest.col:
			if w := f.word(t.words, p.N, c); p.Classes[i] != outline.Text || w.Tells(&p.Row) || w.Ditto {
				return false
			}
			named = true
		case p.Classes[i] != outline.Number:
			return false
		}
	}
	return named && len(p.Cells) > 1
}

// breakNest takes the rows held for the records that they look like.
func (t *table) breakNest() {
	t.endBranches(nil)
	t.nest.open = true
	t.endNest(nil)
	t.nest.col = 0
}

// endNest decides what the rows held are: groups, each below its sum, where a total
// or the sums themselves prove it, else records.
func (t *table) endNest(total *outline.Profile) {
	n := &t.nest
	if n.ranks.labels != nil {
		t.endRanks(total)
		return
	}
	rows, uppers := n.rows, n.uppers
	groups := !n.open && t.proved(rows, uppers, total)
	n.rows, n.uppers, n.left, n.open = nil, nil, nil, false
	switch {
	case groups:
		t.nameLevels(rows, uppers)
	default:
		n.again = n.found.n > 0 && len(rows) > 0
		uppers = nil
	}
	t.addNested(rows, uppers)
}

// addNested adds the records of rows held, and leaves their sums out.
func (t *table) addNested(rows []*outline.Profile, uppers []int) {
	n := &t.nest
	for i, p := range rows {
		if len(uppers) == 0 || uppers[0] != i {
			t.add(&p.Row)
			continue
		}
		uppers = uppers[1:]
		n.found.add(p.N, p.Text(n.col))
		t.ranks.sums = append(t.ranks.sums, p.N)
		t.exclude(p.N, honne.SubtotalRow)
		t.learn(&p.Row)
	}
}

// proved reports whether the rows are groups below their sums: two at least have
// several rows, the names do not contradict, and the total of the table counts each
// once. Without a total only figures that chance does not make are believed; of
// fewer a person is asked.
func (t *table) proved(rows []*outline.Profile, uppers []int, total *outline.Profile) bool {
	if total != nil {
		return t.grouped(rows, uppers) && t.countsOnce(rows, uppers, total)
	}
	return t.provedAlone(rows, uppers)
}

// provedAlone reports whether rows are groups below their sums, where no total says so:
// by their figures, or by brackets around the names of all sums and of no other row.
func (t *table) provedAlone(rows []*outline.Profile, uppers []int) bool {
	if !t.grouped(rows, uppers) {
		return false
	}
	bits := t.chance(rows, uppers)
	if t.pivoted() && bits >= nestProof {
		return true
	}
	if bits < nestLikely && !t.marksUppers(rows, uppers) {
		for _, i := range uppers {
			t.nest.perhaps.add(rows[i].N, rows[i].Text(t.nest.col))
		}
		return false
	}
	t.nest.alone = true
	return true
}

// marksUppers reports whether brackets or a mark stand at the names of all sums and of no
// other row: 【カテーテル】, ■東京.
func (t *table) marksUppers(rows []*outline.Profile, uppers []int) bool {
	for i, p := range rows {
		mark, _ := utf8.DecodeRuneInString(japan.Trim(p.Text(t.nest.col)))
		if strings.ContainsRune("【〔《＜<■●◆▼", mark) != slices.Contains(uppers, i) {
			return false
		}
	}
	return true
}

// grouped reports whether rows may be groups below their sums: two at least have several
// rows, and the names do not contradict.
func (t *table) grouped(rows []*outline.Profile, uppers []int) bool {
	if !t.namedApart(rows, uppers) {
		return false
	}
	several := 0
	for k, i := range uppers {
		end := len(rows)
		if k+1 < len(uppers) {
			end = uppers[k+1]
		}
		if end-i > 2 {
			several++
		}
	}
	return several >= 2
}

// namedApart reports whether each upper name stands there once, and each lower once
// in its group.
func (t *table) namedApart(rows []*outline.Profile, uppers []int) bool {
	all, group := map[string]bool{}, map[string]bool{}
	for _, i := range uppers {
		key := japan.Key(rows[i].Text(t.nest.col))
		if all[key] {
			return false
		}
		all[key] = true
	}
	for i, p := range rows {
		key := japan.Key(p.Text(t.nest.col))
		if slices.Contains(uppers, i) {
			group = map[string]bool{}
		} else if group[key] || all[key] {
			return false
		}
		group[key] = true
	}
	return true
}

// countsOnce reports whether every figure of a total is the sum of the upper rows.
func (t *table) countsOnce(rows []*outline.Profile, uppers []int, total *outline.Profile) bool {
	sums, own := make([]int64, len(t.fields)), make([]int64, len(t.fields))
	if !t.nestFigures(own, &total.Row) {
		return false
	}
	for _, i := range uppers {
		t.addNest(sums, &rows[i].Row)
	}
	return slices.Equal(sums, own)
}

func (t *table) addNest(sums []int64, r *grid.Row) {
	own := make([]int64, len(t.fields))
	t.nestFigures(own, r)
	for i, v := range own {
		sums[i] += v
	}
}

// pivoted reports whether the header of the names is that of a pivot table.
func (t *table) pivoted() bool {
	f := t.fieldAt(t.nest.col)
	return len(f.path) > 0 && t.words.PivotCorner(f.path[len(f.path)-1])
}

// chance is how many bits it takes to hit all sums of several rows, each by its
// largest figure alone, since pieces and their amounts are no two proofs; what all
// figures of a column have in common proves nothing.
func (t *table) chance(rows []*outline.Profile, uppers []int) (bits float64) {
	common := make([]int64, len(t.fields))
	own := make([]int64, len(t.fields))
	for _, p := range rows {
		clear(own)
		t.nestFigures(own, &p.Row)
		for i, v := range own {
			common[i] = divisor(common[i], v)
		}
	}
	for k, i := range uppers {
		if k+1 < len(uppers) && uppers[k+1] == i+2 || k+1 == len(uppers) && i+2 == len(rows) {
			continue // of one row: two rows alike
		}
		clear(own)
		t.nestFigures(own, &rows[i].Row)
		most := 1.0
		for i, v := range own {
			most = max(most, float64(v)/float64(max(common[i], 1)))
		}
		bits += math.Log2(most)
	}
	return bits
}

// divisor is the greatest common divisor of two figures that are not below zero.
func divisor(a, b int64) int64 {
	for b > 0 {
		a, b = b, a%b
	}
	return a
}

// nameLevels says what the names of both levels are, as far as they or a title show
// it, and readies the lines for it.
func (t *table) nameLevels(rows []*outline.Profile, uppers []int) {
	var above, below []string
	for i, p := range rows {
		if s := p.Text(t.nest.col); blankName(s) {
			continue
		} else if slices.Contains(uppers, i) {
			above = append(above, s)
		} else {
			below = append(below, s)
		}
	}
	i := t.onlyLabel()
	c := &t.Columns[i]
	upper, lower := t.partiesNamed(above), t.partiesNamed(below)
	switch product := t.titleSorts(honne.MProductName); {
	case upper == honne.MeaningUnknown && lower != upper && product:
		upper = honne.MProductName
	case lower == honne.MeaningUnknown && lower != upper && product:
		lower = honne.MProductName
	case upper == honne.MeaningUnknown && lower == upper && c.Meaning == honne.MProductName && !c.Said && !t.pivoted() && t.titleSorts(honne.MProductName):
		upper = honne.MProductLine
	}
	if lower == honne.MeaningUnknown {
		lower = codesBelow(above, below)
	}
	if first, second, ok := t.levelsOfTitle(above, below); ok && upper == honne.MeaningUnknown && (lower == honne.MeaningUnknown || lower == second) {
		upper, lower = first, second
	}
	switch {
	case c.Said, c.Remembered, lower == honne.MeaningUnknown && productMeaning(c.Meaning): // 商品名 is no name of a hospital
	case lower == honne.MeaningUnknown:
		c.Meaning, c.Confidence = lower, 0
	default:
		c.Meaning, c.Confidence = lower, terms.ByShape
	}
	t.nest.place, t.nest.kept = placeOf(upper)
	t.nest.kept = t.nest.kept && upper != lower // what a person said of the column may be of the upper
	t.counter = newLineWriter(t.counter.reader, t)
}

// partiesNamed is what names are that all say it by themselves.
func (t *table) partiesNamed(names []string) honne.Meaning {
	site := func(s string) bool { return japan.IsSite(s, t.words.Site) }
	switch {
	case terms.Every(names, site):
		return honne.MEndUserName
	case terms.Every(names, func(s string) bool { return site(s) || japan.IsAddressed(s) }):
		return honne.MCustomerName
	case terms.Every(names, t.words.IsPlace):
		return honne.MRegion
	}
	return honne.MeaningUnknown
}

func productMeaning(m honne.Meaning) bool {
	return m == honne.MProductName || m == honne.MProductCode || m == honne.MProductLine
}

// titleSorts reports whether a title says that the report is by that: 商品別.
func (t *table) titleSorts(m honne.Meaning) bool {
	return slices.ContainsFunc(t.Title, func(title string) bool {
		parts := strings.Split(title, "別")
		return slices.ContainsFunc(parts[:len(parts)-1], func(part string) bool {
			is, _ := t.words.Lookup(terms.LastWord(part))
			return is == m
		})
	})
}

// learnUpper keeps the name of an upper row for the rows below it.
func (t *table) learnUpper(r *grid.Row) {
	if n := &t.nest; n.found.n > 0 && t.summed(r.N) && !t.learnRank(r) {
		if f, c := t.fieldAt(n.col), r.Cell(n.col); c != nil {
			if n.upper = f.word(t.words, r.N, c); blankName(c.Text) {
				n.upper = nil
			}
		}
	}
}

// toldNest says which rows were left out as the sums of those below them; where their
// names are not kept, or more stands below, a person has a look.
func (t *table) toldNest() []honne.Problem {
	n := &t.nest
	if n.found.n == 0 && n.perhaps.n > 0 {
		return []honne.Problem{n.perhaps.told(t, "problem.maybe-nested")}
	}
	if n.found.n == 0 {
		return nil
	}
	p := n.found.told(t, "problem.nested")
	if n.keepsAll() && !n.again && !n.alone {
		p.Severity = honne.SevNote
	} else if !n.keepsAll() {
		p.What.ID = "problem.nested-unnamed"
	}
	return []honne.Problem{p}
}
