package pdf

import (
	"cmp"
	"math"
	"slices"
)

// ruler is a line of a table: level when its place is a height, upright when it
// is a distance from the left; from and to are where it begins and ends.
type ruler struct{ at, from, to float64 }

const (
	snap       = 2.0  // points within which lines are one line
	bridge     = 3.5  // gaps within a line, dashes among them
	reach      = 2.5  // how near lines come that meet
	beyond     = 5.0  // how far a line reaches beyond the last one across, when the side is open
	maxRulers  = 3000 // of a page; more are a drawing
	maxColumns = 256
	maxFields  = 100_000
)

// rulers joins the lines of a page into whole ones, sorted.
func rulers(lines []line) (level, upright []ruler) {
	for _, l := range lines {
		if math.Abs(l.to.x-l.from.x) >= math.Abs(l.to.y-l.from.y) {
			level = append(level, ruler{(l.from.y + l.to.y) / 2, math.Min(l.from.x, l.to.x), math.Max(l.from.x, l.to.x)})
		} else {
			upright = append(upright, ruler{(l.from.x + l.to.x) / 2, math.Min(l.from.y, l.to.y), math.Max(l.from.y, l.to.y)})
		}
	}
	return joined(level), joined(upright)
}

// joined joins pieces of lines at one place that touch or overlap.
func joined(list []ruler) []ruler {
	slices.SortStableFunc(list, func(a, b ruler) int { return cmp.Compare(a.at, b.at) })
	var out []ruler
	for i := 0; i < len(list); {
		j, sum := i, 0.0
		for ; j < len(list) && list[j].at-list[i].at <= snap; j++ {
			sum += list[j].at
		}
		same := list[i:j]
		at := sum / float64(j-i)
		slices.SortStableFunc(same, func(a, b ruler) int { return cmp.Compare(a.from, b.from) })
		for _, r := range same {
			if n := len(out) - 1; n >= 0 && out[n].at == at && r.from <= out[n].to+bridge {
				out[n].to = math.Max(out[n].to, r.to)
				continue
			}
			out = append(out, ruler{at, r.from, r.to})
		}
		i = j
	}
	return out
}

// meets reports whether a level and an upright line meet.
func meets(level, upright ruler) bool {
	return upright.at >= level.from-reach && upright.at <= level.to+reach && level.at >= upright.from-reach && level.at <= upright.to+reach
}

// lattice is a table of lines: the places of its columns and rows, and which
// lines stand between them.
type lattice struct {
	xs, ys         []float64
	level, upright []ruler
}

// lattices finds the tables that lines draw: lines that meet, with at least two
// columns.
func lattices(d *document, lines []line) []lattice {
	level, upright := rulers(lines)
	if len(level) > maxRulers || len(upright) > maxRulers {
		return nil
	}
	d.charge(len(level) * len(upright) / 8)
	group := newGroups(len(level) + len(upright))
	for i, h := range level {
		for j, v := range upright {
			if meets(h, v) {
				group.join(i, len(level)+j)
			}
		}
	}
	byRoot := map[int]*lattice{}
	var order []int
	at := func(i int) *lattice {
		root := group.root(i)
		if byRoot[root] == nil {
			byRoot[root] = &lattice{}
			order = append(order, root)
		}
		return byRoot[root]
	}
	for i, h := range level {
		l := at(i)
		l.level = append(l.level, h)
	}
	for j, v := range upright {
		l := at(len(level) + j)
		l.upright = append(l.upright, v)
	}
	var out []lattice
	for _, root := range order {
		if l := byRoot[root]; l.settle() {
			out = append(out, *l)
		}
	}
	return out
}

// settle finds the places of columns and rows, and reports whether it is a
// table.
func (l *lattice) settle() bool {
	if len(l.level) < 2 || len(l.upright) < 1 {
		return false
	}
	l.xs, l.ys = places(l.upright, l.level), places(l.level, l.upright)
	columns, rows := len(l.xs)-1, len(l.ys)-1
	return columns >= 2 && rows >= 1 && columns <= maxColumns && columns*rows <= maxFields
}

// places lists where lines stand, and where those across end when no line closes
// that side.
func places(lines, across []ruler) []float64 {
	var out []float64
	for _, r := range lines {
		if n := len(out); n == 0 || r.at-out[n-1] > snap {
			out = append(out, r.at)
		}
	}
	first, last := math.Inf(1), math.Inf(-1)
	for _, r := range across {
		first, last = math.Min(first, r.from), math.Max(last, r.to)
	}
	if first < out[0]-beyond {
		out = append([]float64{first}, out...)
	}
	if last > out[len(out)-1]+beyond {
		out = append(out, last)
	}
	return out
}

// divided reports whether a line stands at a place for most of the way.
func divided(lines []ruler, at, from, to float64) bool {
	covered := 0.0
	first, _ := slices.BinarySearchFunc(lines, at-snap, func(r ruler, at float64) int { return cmp.Compare(r.at, at) })
	for _, r := range lines[first:] {
		if r.at > at+snap {
			break
		}
		covered += math.Max(0, math.Min(r.to, to)-math.Max(r.from, from))
	}
	return covered >= 0.6*(to-from)
}

// cells joins the fields of the lattice between which no line stands: it returns
// for each field, row by row, the first one of its cell.
func (l *lattice) cells() []int {
	columns, rows := len(l.xs)-1, len(l.ys)-1
	group := newGroups(columns * rows)
	for r := range rows {
		for c := range columns {
			i := r*columns + c
			if c+1 < columns && !divided(l.upright, l.xs[c+1], l.ys[r], l.ys[r+1]) {
				group.join(i, i+1)
			}
			if r+1 < rows && !divided(l.level, l.ys[r+1], l.xs[c], l.xs[c+1]) {
				group.join(i, i+columns)
			}
		}
	}
	type span struct{ r0, r1, c0, c1, n int }
	spans := map[int]*span{}
	for i := range columns * rows {
		r, c, root := i/columns, i%columns, group.root(i)
		s := spans[root]
		if s == nil {
			s = &span{r, r, c, c, 0}
			spans[root] = s
		}
		s.r1, s.c0, s.c1, s.n = max(s.r1, r), min(s.c0, c), max(s.c1, c), s.n+1
	}
	out := make([]int, columns*rows)
	for i := range out {
		s := spans[group.root(i)]
		if out[i] = s.r0*columns + s.c0; s.n != (s.r1-s.r0+1)*(s.c1-s.c0+1) {
			out[i] = i // no rectangle: each field for itself
		}
	}
	return out
}

// groups joins numbers into groups; the root of a group is its least number.
type groups []int

func newGroups(n int) groups {
	g := make(groups, n)
	for i := range g {
		g[i] = i
	}
	return g
}

func (g groups) root(i int) int {
	for g[i] != i {
		g[i] = g[g[i]]
		i = g[i]
	}
	return i
}

func (g groups) join(i, j int) {
	i, j = g.root(i), g.root(j)
	g[max(i, j)] = min(i, j)
}
