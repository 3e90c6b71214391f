package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
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
	numbersApart(list)
	return tablesIn(list, hint, 0)
}

// tablesIn finds the largest table of the pieces, and then those above and below
// it.
func tablesIn(list []piece, hint []float64, depth int) []block {
	if len(list) == 0 {
		return nil
	}
	from, to, columns := largest(list, hint, false)
	if to-from < leastRow {
		from, to, columns = largest(list, hint, true)
	}
	if to-from < leastRow || depth > 50 {
		return plainText(list)
	}
	out := tablesIn(list[:from], nil, depth+1)
	out = append(out, tableOf(list[from:to], columns))
	return append(out, tablesIn(list[to:], nil, depth+1)...)
}

// largest finds the table with the most rows: a run of pieces that one set of
// columns fits, and the runs above and below it that stand in the same columns.
// broken says that between rows may stand single texts, which are broken.
func largest(list []piece, hint []float64, broken bool) (from, to int, columns []float64) {
	several := func(i int) bool { return i < len(list) && len(list[i].chunks) > 1 && !far(list, i) }
	for begin := 0; begin < len(list); {
		end := begin + 1
		for len(list[begin].chunks) > 1 && (several(end) || broken && end < len(list) && !far(list, end) && several(end+1)) {
			end++
		}
		c := columnsOf(list[begin:end], hint)
		if a, b := longest(list, begin, end, c); b-a > to-from {
			from, to, columns = a, b, c
		}
		begin = end
	}
	if to-from < leastRow {
		return 0, 0, nil
	}
	usual := edgesOf(list[from:to], columns)
	for grown := true; grown; {
		grown = false
		if end := reached(list, to, columns, usual); end > to {
			to, grown = end, true
		}
		if begin := reachedUp(list, from, columns, usual); begin < from {
			from, grown = begin, true
		}
	}
	return from, to, columns
}

// longest finds the longest run of pieces within a range that are rows of the
// columns; one that is none may stand between two.
func longest(list []piece, begin, end int, columns []float64) (from, to int) {
	if len(columns) < 3 {
		return begin, begin
	}
	start, last := -1, -1
	for i := begin; i <= end; i++ {
		isRow := i < end && fit(list[i], columns) == row
		if start >= 0 && (i == end || !isRow && i-last > 1) {
			if last+1-start > to-from {
				from, to = start, last+1
			}
			start = -1
		}
		if isRow {
			if last = i; start < 0 {
				start = i
			}
		}
	}
	return from, to
}

// reached returns how far down a table goes on behind a line or two of text that
// stands in one column, or in none.
func reached(list []piece, to int, columns []float64, usual []columnEdges) int {
	for i := to; i < min(len(list), to+3); i++ {
		if far(list, i) {
			break
		}
		if stands(list[i], columns, usual) {
			for i < len(list) && stands(list[i], columns, usual) && !far(list, i) {
				i++
			}
			return i
		}
	}
	return to
}

func reachedUp(list []piece, from int, columns []float64, usual []columnEdges) int {
	for i := from - 1; i >= max(0, from-3); i-- {
		if far(list, i+1) {
			break
		}
		if stands(list[i], columns, usual) {
			for i > 0 && stands(list[i-1], columns, usual) && !far(list, i) {
				i--
			}
			return i
		}
	}
	return from
}

// far reports whether a piece stands much lower than lines stand from each other.
func far(list []piece, i int) bool {
	return i >= 1 && i < len(list) && list[i].y-list[i-1].y > 4*math.Max(list[i-1].chunks[0].size, list[i].chunks[0].size)
}

// columnEdges are the places that most texts of a column have in common.
type columnEdges struct{ left, right, middle float64 }

func edgesOf(list []piece, columns []float64) []columnEdges {
	n := len(columns) - 1
	lefts, rights, middles := make([][]float64, n), make([][]float64, n), make([][]float64, n)
	for _, p := range list {
		for _, c := range p.chunks {
			if i := interval(columns, c.middle()); i >= 0 {
				lefts[i], rights[i], middles[i] = append(lefts[i], c.x0), append(rights[i], c.x1), append(middles[i], c.middle())
			}
		}
	}
	out := make([]columnEdges, n)
	for i := range out {
		out[i] = columnEdges{median(lefts[i]), median(rights[i]), median(middles[i])}
	}
	return out
}

func median(xs []float64) float64 {
	if len(xs) == 0 {
		return math.NaN()
	}
	slices.Sort(xs)
	return xs[len(xs)/2]
}

// stands reports whether a piece is a row of the columns, with most of its texts
// where those of the columns stand.
func stands(p piece, columns []float64, usual []columnEdges) bool {
	if fit(p, columns) != row {
		return false
	}
	good := 0
	for _, c := range p.chunks {
		e := usual[max(0, interval(columns, c.middle()))]
		if math.Abs(c.x0-e.left) <= 3 || math.Abs(c.x1-e.right) <= 3 || math.Abs(c.middle()-e.middle) <= 3 {
			good++
		}
	}
	return 5*good >= 3*len(p.chunks)
}

// fitting says how a piece stands to columns.
type fitting int

const (
	none fitting = iota // a chunk touches two columns or none, or two are far apart in one
	part                // all stands in one column
	row
)

func fit(p piece, columns []float64) fitting {
	used, end := -1, 0.0
	several := false
	for _, c := range p.chunks {
		a, b := interval(columns, c.x0+0.5), interval(columns, c.x1-0.5)
		if a < 0 || a != b || a == used && c.x0-end > pieceGap*c.size {
			return none
		}
		several = several || used >= 0 && a != used
		used, end = a, c.x1
	}
	if several {
		return row
	}
	return part
}

// columnsOf finds the gaps that run through most of the lines that look like
// rows, and returns where columns begin, and the last one ends.
// hint are those of the page before, which are taken where they fit.
func columnsOf(list []piece, hint []float64) []float64 {
	rows := likeRows(list)
	if len(rows) < leastRow {
		return nil
	}
	if hint != nil && 10*count(list, hint) >= 9*len(list) {
		return hint
	}
	columns := columnsAmong(rows)
	if under := underHeads(rows); under != nil && (len(under) < len(columns) || count(rows, under) > count(rows, columns)) {
		columns = under
	}
	return besideSingles(list, rows, columns)
}

// columnsAmong finds the columns of rows.
func columnsAmong(rows []piece) []float64 {
	type edge struct {
		x    float64
		step int
	}
	var edges []edge
	var middles []float64
	for _, p := range rows {
		for _, c := range p.chunks {
			edges = append(edges, edge{c.x0, 1}, edge{c.x1, -1})
			middles = append(middles, c.middle())
		}
	}
	slices.Sort(middles)
	slices.SortStableFunc(edges, func(a, b edge) int { return cmp.Or(cmp.Compare(a.x, b.x), b.step-a.step) })
	size, depth, crossed := rows[0].chunks[0].size, 0, len(rows)/8 // a line in eight may run across
	end := edges[len(edges)-1].x + 1
	var gaps []columnGap
	for i, e := range edges[:len(edges)-1] {
		depth += e.step
		wide := edges[i+1].x - e.x
		if e.step < 0 && depth <= crossed && (wide >= math.Min(3, 0.35*size) || depth == 0 && wide >= sharpGap && sharp(rows, e.x, edges[i+1].x)) {
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
	if len(out) > maxColumns {
		return nil
	}
	return withoutTails(rows, append(out, end))
}

// withoutTails takes gaps back that only a blank within some long texts makes:
// what stands behind them goes on from the column before, in few rows, and is
// no figure.
func withoutTails(rows []piece, columns []float64) []float64 {
	behind, tails := make([]int, len(columns)), make([]int, len(columns))
	for _, p := range rows {
		for k, c := range p.chunks {
			i := interval(columns, c.middle())
			if i <= 0 {
				continue
			}
			behind[i]++
			if k > 0 && interval(columns, p.chunks[k-1].middle()) == i-1 && goesOn(p.chunks[k-1], c) {
				tails[i]++
			}
		}
	}
	out := columns[:1:1]
	for i := 1; i < len(columns); i++ {
		if last := i == len(columns)-1; last || tails[i] < behind[i] || 2*behind[i] >= len(rows) {
			out = append(out, columns[i])
		}
	}
	return out
}

// goesOn reports whether a chunk may be the text before it behind a blank.
func goesOn(before, c chunk) bool {
	return c.x0-before.x1 <= 1.2*c.size && !isFigure(writtenAs(c.glyphs)) && !isFigure(writtenAs(before.glyphs))
}

func last[T any](list []T) T { return list[len(list)-1] }

// columnGap is a gap between columns; it is clean when no text runs across.
type columnGap struct {
	at    float64
	clean bool
}

// count counts the pieces that are rows of the columns.
func count(list []piece, columns []float64) (n int) {
	for _, p := range list {
		if fit(p, columns) == row {
			n++
		}
	}
	return n
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
		if len(p.chunks) > 1 && 4*len(p.chunks) >= 3*usual {
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
	lowest := last(list)
	b := block{top: list[0].y - list[0].chunks[0].size, bottom: lowest.y, columns: columns, pitch: (lowest.y - list[0].y) / float64(len(list)-1)}
	lefts, rights := make([][]float64, len(columns)-1), make([][]float64, len(columns)-1)
	rows, open := whole(list, columns)
	b.unsure = open
	for _, lines := range rows {
		in := make([][][]glyph, len(columns)-1)
		for _, p := range lines {
			b.unsure += into(in, p, columns)
		}
		var row blockRow
		for at, cell := range in {
			if len(cell) > 0 {
				row.put(at, runOn(cell))
				lefts[at] = append(lefts[at], cell[0][0].from.x)
				rights[at] = append(rights[at], last(last(cell)).to.x)
			}
		}
		b.rows = append(b.rows, row)
	}
	b.unsure += b.shifted()
	for i := range lefts {
		if !even(lefts[i]) && !even(rights[i]) && !evenMiddles(lefts[i], rights[i]) {
			b.unsure++
		}
	}
	return b
}

// into puts the texts of a line into the columns of its row, as a line of their
// cells. unsure counts those that touch two columns, or run into each other.
func into(in [][][]glyph, p piece, columns []float64) (unsure int) {
	here := make([][]glyph, len(in))
	for _, c := range p.chunks {
		at := interval(columns, c.middle())
		if at < 0 || interval(columns, c.x0+0.5) != interval(columns, c.x1-0.5) {
			unsure++
		}
		at = max(0, at)
		if n := len(here[at]); n > 0 && figures(here[at][n-1], c.glyphs[0]) {
			unsure++
		}
		here[at] = append(here[at], c.glyphs...)
	}
	for at, glyphs := range here {
		if len(glyphs) > 0 {
			in[at] = append(in[at], glyphs)
		}
	}
	return unsure
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

// plainText makes a row of each piece, its parts one beside the other. Where the
// lines would be a table, had its columns been found, each is one text: a part may
// stand under the heading of another.
func plainText(list []piece) []block {
	var out []block
	torn := tornTable(list)
	for _, p := range list {
		b := block{top: p.y - p.chunks[0].size, bottom: p.y, rows: make([]blockRow, 1), pitch: 1.2 * p.chunks[0].size}
		row, parts := &b.rows[0], p.parts()
		for i, c := range parts {
			row.cells = append(row.cells, blockCell{i, writtenAs(c.glyphs), c.x0})
		}
		if torn && len(parts) > 1 {
			b.unsure = len(parts)
			row.cells = []blockCell{{0, textOf(parts), parts[0].x0}}
		}
		out = append(out, b)
	}
	return out
}

// tornTable reports whether several lines have figures beside other texts.
func tornTable(list []piece) bool {
	n := 0
	for _, p := range list {
		if parts := p.parts(); len(parts) > 2 && slices.ContainsFunc(parts, func(c chunk) bool { return isFigure(writtenAs(c.glyphs)) }) {
			n++
		}
	}
	return n >= leastRow
}

func textOf(parts []chunk) string {
	texts := make([]string, len(parts))
	for i, c := range parts {
		texts[i] = writtenAs(c.glyphs)
	}
	return strings.Join(texts, "  ")
}

// parts joins the chunks that only a small gap divides.
func (p piece) parts() []chunk {
	l := textLine{y: p.y}
	for _, c := range p.chunks {
		l.glyphs = append(l.glyphs, c.glyphs...)
	}
	return l.chunks(pieceGap)
}
