package intake

import (
	"slices"

	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// upperRank is one rank of names above the records of a nested report.
type upperRank struct {
	rank  int
	place place       // that its names have in a line
	kept  bool        // they have one
	name  *terms.Word // above the rows that are gone through
}

// hearRanks gives a line the names that stand above its row.
func (w *lineWriter) hearRanks() {
	for i := range w.table.nest.more {
		if u := &w.table.nest.more[i]; u.kept && u.name != nil {
			w.said[u.place] = u.name
		}
	}
}

// saysAbove reports whether names at a place stand above the records.
func (n *nest) saysAbove(p place) bool {
	return n.kept && n.place == p || slices.ContainsFunc(n.more, func(u upperRank) bool { return u.kept && u.place == p })
}

// learnRank keeps the name of an upper row of a rank above the lowest; false for one
// of the lowest, which is learnt as that of two ranks is.
func (t *table) learnRank(r *grid.Row) bool {
	rank, upper := t.nest.ranks.rank(r), false
	for i := range t.nest.more {
		u := &t.nest.more[i]
		switch {
		case u.rank == rank:
			if u.name, upper = t.fieldAt(t.nest.col).word(t.words, r.N, r.Cell(t.nest.col)), true; blankName(u.name.Text) {
				u.name = nil
			}
		case u.rank > rank:
			u.name = nil
		}
	}
	if upper {
		t.nest.upper = nil // of the rank below
	}
	return upper
}

// holdRank holds a record of a pivot table with ranks by indentation, whatever its
// figures; false where one cannot be read, or there are too many.
func (t *table) holdRank(r *grid.Row) bool {
	if len(t.nest.rows) == nestRows || t.nest.ranks.rank(r) < 0 {
		t.breakNest()
		return false
	}
	p := outline.ProfileOf(r)
	p.Hidden = r.Hidden
	t.nest.rows = append(t.nest.rows, p)
	return true
}

// provedRanks returns which rows are the sums of those below them, one rank deeper,
// and their ranks from the outermost; false where one is not, the records have several
// ranks, or the total counts another thing.
func (t *table) provedRanks(rows []*outline.Profile, total *outline.Profile) (uppers []int, ranks []int, ok bool) {
	lowest := 0
	for _, p := range rows {
		rank := t.nest.ranks.rank(&p.Row)
		lowest = max(lowest, rank)
		if !slices.Contains(ranks, rank) {
			ranks = append(ranks, rank)
		}
	}
	slices.Sort(ranks)
	if len(ranks) < 2 {
		return nil, nil, false
	}
	for i, p := range rows {
		rank := t.nest.ranks.rank(&p.Row)
		deeper := i+1 < len(rows) && t.nest.ranks.rank(&rows[i+1].Row) > rank
		if deeper != (rank < lowest) || deeper && !t.sumBelow(p, rows[i+1:], rank, ranks) {
			return nil, nil, false
		}
		if deeper {
			uppers = append(uppers, i)
		}
	}
	if total != nil && !t.sumBelow(total, rows, -1, ranks) {
		return nil, nil, false
	}
	return uppers, ranks[:len(ranks)-1], t.nest.ranks.rank(&rows[0].Row) == ranks[0]
}

// sumBelow reports whether every figure of a row is the sum of the rows of the next
// rank that follow it.
func (t *table) sumBelow(p *outline.Profile, rows []*outline.Profile, rank int, ranks []int) bool {
	next := ranks[slices.IndexFunc(ranks, func(k int) bool { return k > rank })]
	own, asked := make([]int64, len(t.fields)), false
	for i := range t.fields {
		if t.inNest(i) {
			v, ok := t.thousandths(p, i)
			own[i], asked = v, asked || ok
		}
	}
	for _, q := range rows {
		k := t.nest.ranks.rank(&q.Row)
		if k <= rank {
			break
		}
		for i := range t.fields {
			if k == next && t.inNest(i) {
				v, _ := t.thousandths(q, i)
				own[i] -= v
			}
		}
	}
	return asked && !slices.ContainsFunc(own, func(v int64) bool { return v != 0 })
}

// nameRanks says what the names of the ranks above the lowest upper one are.
func (t *table) nameRanks(rows []*outline.Profile, ranks []int) {
	t.nest.more = nil
	for _, rank := range ranks {
		var names []string
		for _, p := range rows {
			if t.nest.ranks.rank(&p.Row) == rank && !blankName(p.Text(t.nest.col)) {
				names = append(names, japan.Trim(p.Text(t.nest.col)))
			}
		}
		u := upperRank{rank: rank}
		u.place, u.kept = placeOf(t.partiesNamed(names))
		if t.nest.saysAbove(u.place) {
			u.kept = false
		}
		t.nest.more = append(t.nest.more, u)
	}
	if len(ranks) > 0 {
		t.counter = newLineWriter(t.counter.reader, t)
	}
}

// keepsAll reports whether the names of all upper ranks are kept.
func (n *nest) keepsAll() bool {
	return n.kept && !slices.ContainsFunc(n.more, func(u upperRank) bool { return !u.kept })
}

// forget forgets the names above, at the top of the table.
func (n *nest) forget() {
	n.upper = nil
	for i := range n.more {
		n.more[i].name = nil
	}
}

// blankName reports whether a pivot table says by a name that there was none.
func blankName(s string) bool {
	return slices.Contains([]string{"(空白)", "(blank)"}, japan.Key(s))
}
