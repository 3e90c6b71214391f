package pdf

import (
	"cmp"
	"math"
	"slices"
)

const (
	cut      = 0.45 // gaps, in sizes of letters, that may divide columns
	pieceGap = 1.5  // gaps that divide pieces of text outside of tables
	leastRow = 3    // rows of a table without lines
)

// piece is a line of text outside of lattices, cut where columns may divide it.
type piece struct {
	y      float64
	chunks []chunk
}

// aligned makes blocks of text that no lines divide: tables where the same gaps
// run through several lines, plain text where not. hint are the columns of the
// table that the page before ends with.
func aligned(glyphs []glyph, hint []float64) []block {
	var list []piece
	for _, l := range textLines(glyphs) {
		list = append(list, piece{l.y, l.chunks(cut)})
	}
	return tablesIn(list, hint, 0)
}

// tablesIn finds the largest table of the pieces, and then those above and below
// it.
func tablesIn(list []piece, hint []float64, depth int) []block {
	if len(list) == 0 {
		return nil
	}
	from, to, columns := largest(list, hint)
	if to-from < leastRow || depth > 20 {
		return plainText(list)
	}
	out := tablesIn(list[:from], nil, depth+1)
	out = append(out, tableOf(list[from:to], columns))
	return append(out, tablesIn(list[to:], nil, depth+1)...)
}

// largest finds the longest run of pieces that one set of columns fits.
func largest(list []piece, hint []float64) (from, to int, columns []float64) {
	columns = hint
	if fits := count(list, hint); hint == nil || fits < leastRow || 10*fits < 8*len(list) {
		columns = columnsOf(list)
	}
	if len(columns) < 3 {
		return 0, 0, nil
	}
	begin, misses := -1, 0
	for i := 0; i <= len(list); i++ {
		fits := none
		if i < len(list) {
			fits = fit(list[i], columns)
		}
		switch {
		case fits == row && begin < 0:
			begin, misses = i, 0
		case fits == row && !far(list, i):
			misses = 0
		case begin >= 0:
			if fits != part {
				misses++
			}
			if i == len(list) || misses > 1 || far(list, i) {
				if end := trimmed(list, columns, begin, i); end-begin > to-from {
					from, to = begin, end
				}
				if begin = -1; fits == row {
					begin, misses = i, 0
				}
			}
		}
	}
	return from, to, columns
}

// trimmed takes the pieces at the end off that do not fit.
func trimmed(list []piece, columns []float64, begin, end int) int {
	for end > begin && fit(list[end-1], columns) != row {
		end--
	}
	return end
}

// far reports whether a piece stands much lower than the lines before stand from
// each other.
func far(list []piece, i int) bool {
	return i >= 2 && i < len(list) && list[i].y-list[i-1].y > 3*math.Max(list[i-1].y-list[i-2].y, list[i-1].chunks[0].size)
}

func count(list []piece, columns []float64) (n int) {
	for _, p := range list {
		if columns != nil && fit(p, columns) == row {
			n++
		}
	}
	return n
}

// fitting says how a piece stands to columns.
type fitting int

const (
	none fitting = iota // a chunk touches two columns, or none
	part                // all stands in one column
	row
)

func fit(p piece, columns []float64) fitting {
	used := map[int]bool{}
	for _, c := range p.chunks {
		a, b := interval(columns, c.x0+0.5), interval(columns, c.x1-0.5)
		if a < 0 || a != b {
			return none
		}
		used[a] = true
	}
	if len(used) < 2 {
		return part
	}
	return row
}

// columnsOf finds the gaps that run through most of the lines that look like
// rows, and returns where columns begin, and the last one ends.
func columnsOf(list []piece) []float64 {
	rows := likeRows(list)
	if len(rows) < leastRow {
		return nil
	}
	type edge struct {
		x    float64
		step int
	}
	var edges []edge
	var middles []float64
	for _, p := range rows {
		for _, c := range p.chunks {
			edges = append(edges, edge{c.x0, 1}, edge{c.x1, -1})
			middles = append(middles, (c.x0+c.x1)/2)
		}
	}
	slices.Sort(middles)
	slices.SortStableFunc(edges, func(a, b edge) int { return cmp.Or(cmp.Compare(a.x, b.x), b.step-a.step) })
	size, depth, crossed := rows[0].chunks[0].size, 0, len(rows)/20 // a line in twenty may run across
	end := edges[len(edges)-1].x + 1
	var gaps []columnGap
	for i, e := range edges[:len(edges)-1] {
		depth += e.step
		if wide := edges[i+1].x - e.x; e.step < 0 && depth <= crossed && wide >= math.Min(3, 0.35*size) {
			gaps = append(gaps, columnGap{(e.x + edges[i+1].x) / 2, depth == 0})
		}
	}
	out := []float64{edges[0].x - 1}
	for i, g := range gaps {
		next := end
		if i+1 < len(gaps) {
			next = gaps[i+1].at
		}
		// What few texts reach beyond is no column of its own.
		if g.clean || between(middles, out[len(out)-1], g.at) > crossed && between(middles, g.at, next) > crossed {
			out = append(out, g.at)
		}
	}
	return append(out, end)
}

// columnGap is a gap between columns; it is clean when no text runs across.
type columnGap struct {
	at    float64
	clean bool
}

// likeRows returns the pieces with nearly as many chunks as most have.
func likeRows(list []piece) []piece {
	var counts []int
	for _, p := range list {
		if len(p.chunks) > 1 {
			counts = append(counts, len(p.chunks))
		}
	}
	if len(counts) == 0 {
		return nil
	}
	slices.Sort(counts)
	usual := counts[len(counts)/2]
	var out []piece
	for _, p := range list {
		if len(p.chunks) > 1 && 10*len(p.chunks) >= 6*usual {
			out = append(out, p)
		}
	}
	return out
}

// between counts the sorted places between two.
func between(sorted []float64, from, to float64) int {
	a, _ := slices.BinarySearch(sorted, from)
	b, _ := slices.BinarySearch(sorted, to)
	return b - a
}

// tableOf makes a table of pieces. A chunk that touches two columns stands in the
// one that holds most of it, and is not sure; nor is a column without an edge in
// common.
func tableOf(list []piece, columns []float64) block {
	last := list[len(list)-1]
	b := block{top: list[0].y - list[0].chunks[0].size, bottom: last.y, columns: columns, pitch: (last.y - list[0].y) / float64(len(list)-1)}
	lefts, rights := make([][]float64, len(columns)-1), make([][]float64, len(columns)-1)
	for _, p := range list {
		var row blockRow
		in := make([][]glyph, len(columns)-1)
		for _, c := range p.chunks {
			at := interval(columns, (c.x0+c.x1)/2)
			if at < 0 || interval(columns, c.x0+0.5) != interval(columns, c.x1-0.5) {
				b.unsure++
			}
			at = max(0, at)
			in[at] = append(in[at], c.glyphs...)
		}
		for at, glyphs := range in {
			if len(glyphs) > 0 {
				row.put(at, writtenAs(glyphs))
				lefts[at] = append(lefts[at], glyphs[0].from.x)
				rights[at] = append(rights[at], glyphs[len(glyphs)-1].to.x)
			}
		}
		b.rows = append(b.rows, row)
	}
	for i := range lefts {
		if !even(lefts[i]) && !even(rights[i]) && !evenMiddles(lefts[i], rights[i]) {
			b.unsure++
		}
	}
	return b
}

// even reports whether most of the places are one place.
func even(xs []float64) bool {
	if len(xs) < 3 {
		return true
	}
	sorted := slices.Sorted(slices.Values(xs))
	middle, near := sorted[len(sorted)/2], 0
	for _, x := range xs {
		if math.Abs(x-middle) <= 3 {
			near++
		}
	}
	return 10*near >= 6*len(xs)
}

func evenMiddles(lefts, rights []float64) bool {
	middles := make([]float64, len(lefts))
	for i := range lefts {
		middles[i] = (lefts[i] + rights[i]) / 2
	}
	return even(middles)
}

// plainText makes a row of each piece, its parts one beside the other.
func plainText(list []piece) []block {
	var out []block
	for _, p := range list {
		var row blockRow
		for i, c := range p.parts() {
			row.cells = append(row.cells, blockCell{i, writtenAs(c.glyphs), c.x0})
		}
		out = append(out, block{top: p.y - p.chunks[0].size, bottom: p.y, rows: []blockRow{row}, pitch: 1.2 * p.chunks[0].size})
	}
	return out
}

// parts joins the chunks that only a small gap divides.
func (p piece) parts() []chunk {
	l := textLine{y: p.y}
	for _, c := range p.chunks {
		l.glyphs = append(l.glyphs, c.glyphs...)
	}
	return l.chunks(pieceGap)
}
