package pdf

import (
	"math"
	"strings"
)

// A text that is longer than its column is wide is broken into several lines.
// Where no lines are drawn, a line that holds one text may be a part of the row
// above it or below it, or stand for itself, as the name of a section does.

// whole groups the lines of a table into rows. unsure counts the lines of which
// it is not certain to which row they belong; they stay rows of their own.
func whole(list []piece, columns []float64) (rows [][]piece, unsure int) {
	to, unsure := wraps(list, columns)
	for i, p := range list {
		if n := len(rows) - 1; n >= 0 && (to[i] < 0 || to[i-1] > 0) {
			rows[n] = append(rows[n], p)
			continue
		}
		rows = append(rows, []piece{p})
	}
	return rows, unsure
}

// wraps says to which neighbour each line belongs: −1 to the line above it, 1 to
// the one below it, 0 to none. All of a table are broken alike: where lines
// contradict each other, none is joined.
func wraps(list []piece, columns []float64) (to []int, unsure int) {
	to = make([]int, len(list))
	room := rooms(list, columns)
	up, down, weak := 0, 0, 0
	var open []int
	for i, p := range list {
		if halved(list, i, columns) {
			to[i-1], to[i+1] = 1, -1
			continue
		}
		if len(p.chunks) != 1 || to[i] != 0 || fit(p, columns) != part {
			continue
		}
		r := room[interval(columns, p.chunks[0].middle())]
		above := i > 0 && continues(list[i-1], p, columns, r.limit)
		below := i+1 < len(list) && continues(p, list[i+1], columns, r.limit)
		switch {
		case (above || below) && !r.known:
			weak++
		case above && below:
			open = append(open, i)
		case above:
			to[i], up = -1, up+1
		case below:
			to[i], down = 1, down+1
		}
	}
	if up > 0 && down > 0 {
		return make([]int, len(list)), up + down + weak + len(open)
	}
	if up+down == 0 {
		return to, weak + len(open)
	}
	for _, i := range open {
		to[i] = 1
		if up > 0 {
			to[i] = -1
		}
	}
	return to, weak
}

// besideSingles moves the places between columns to the right of texts that stand
// alone in a line and reach into the gap, as far as the texts of the rows.
func besideSingles(list, rows []piece, columns []float64) []float64 {
	begins := make([]float64, len(columns))
	for i := range begins {
		begins[i] = math.Inf(1)
	}
	for _, p := range rows {
		for _, c := range p.chunks {
			i := max(0, interval(columns, c.middle()))
			begins[i] = math.Min(begins[i], c.x0)
		}
	}
	for _, p := range list {
		c := p.chunks[0]
		if i := interval(columns, c.x0+0.5) + 1; len(p.chunks) == 1 && i > 0 && i < len(columns)-1 && c.x1 > columns[i] && c.x1 < begins[i] {
			columns[i] = (c.x1 + begins[i]) / 2
		}
	}
	return columns
}

// room is how far to the right the texts of a column reach. It is known to be
// the width of the column where the next column begins right behind.
type room struct {
	limit float64
	known bool
}

func rooms(list []piece, columns []float64) []room {
	out, next := make([]room, len(columns)-1), make([]float64, len(columns))
	size := 0.0
	for i := range next {
		next[i] = math.Inf(1)
	}
	for _, p := range list {
		for _, c := range p.chunks {
			i := max(0, interval(columns, c.middle()))
			out[i].limit, next[i], size = math.Max(out[i].limit, c.x1), math.Min(next[i], c.x0), math.Max(size, c.size)
		}
	}
	for i := range out {
		out[i].known = next[i+1]-out[i].limit <= 1.5*size
	}
	return out
}

// continues reports whether the first text of line b goes on where that of line
// a in its column is broken: its first word had no room there.
func continues(a, b piece, columns []float64, limit float64) bool {
	at := -1
	for _, p := range [...]piece{a, b} {
		if len(p.chunks) == 1 {
			at = interval(columns, p.chunks[0].middle())
		}
	}
	upper, lower := chunkIn(a, at, columns), chunkIn(b, at, columns)
	if upper == nil || lower == nil || isFigure(writtenAs(upper.glyphs)) || isFigure(writtenAs(lower.glyphs)) {
		return false
	}
	alike := math.Abs(upper.x0-lower.x0) <= 3 || math.Abs(upper.middle()-lower.middle()) <= 3
	return alike && b.y-a.y < 2*lower.size && upper.x1+firstWord(lower.glyphs) > limit+0.5
}

func chunkIn(p piece, at int, columns []float64) *chunk {
	for i := range p.chunks {
		if interval(columns, p.chunks[i].middle()) == at {
			return &p.chunks[i]
		}
	}
	return nil
}

// firstWord is the width of what cannot be broken at the beginning of a line.
func firstWord(glyphs []glyph) float64 {
	end := glyphs[0].to.x
	for i := 1; i < len(glyphs) && !isCJK(firstRune(glyphs[0].text)) && !isCJK(firstRune(glyphs[i].text)) && !isGap(glyphs[i-1], glyphs[i]); i++ {
		end = glyphs[i].to.x
	}
	return end - glyphs[0].from.x
}

// halved reports whether one line half above a row and one half below it are the
// text that the row lacks in a column: two lines in the middle of its height.
func halved(list []piece, i int, columns []float64) bool {
	if i == 0 || i+1 == len(list) || len(list[i-1].chunks) != 1 || len(list[i+1].chunks) != 1 || fit(list[i], columns) != row {
		return false
	}
	above, below := list[i].y-list[i-1].y, list[i+1].y-list[i].y
	upper, lower := list[i-1].chunks[0], list[i+1].chunks[0]
	at := interval(columns, upper.middle())
	return at >= 0 && at == interval(columns, lower.middle()) && chunkIn(list[i], at, columns) == nil &&
		math.Abs(above-below) <= 0.2*upper.size && above < upper.size && !isFigure(writtenAs(upper.glyphs)) && !isFigure(writtenAs(lower.glyphs))
}

// runOn writes lines of one cell as one text.
func runOn(lines [][]glyph) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 && !isCJK(lastRune(b.String())) && !isCJK(firstRune(l[0].text)) {
			b.WriteByte(' ')
		}
		b.WriteString(writtenAs(l))
	}
	return b.String()
}
