package pdf

import (
	"math"
	"slices"
)

// Between figures at the right of their column and names at the left of the next
// there may be hardly a gap: what tells them apart is that both stand in line.

const (
	sharpGap = 1.0 // points between two columns whose edges are in line
	inLine   = 0.5 // points by which an edge may be off
)

// sharp reports whether most rows have a text that ends at one place or begins at
// the other, and neither place is met by few.
func sharp(rows []piece, end, begin float64) bool {
	ends, begins := 0, 0
	for _, p := range rows {
		if slices.ContainsFunc(p.chunks, func(c chunk) bool { return math.Abs(c.x1-end) <= inLine }) {
			ends++
		}
		if slices.ContainsFunc(p.chunks, func(c chunk) bool { return math.Abs(c.x0-begin) <= inLine }) {
			begins++
		}
	}
	return 2*ends > len(rows) && 2*begins > len(rows)
}

// numbersApart divides texts that begin with a number: where in several lines a
// number ends at one place and what follows begins at another, they are two
// columns, 1 and 鳴門商事.
func numbersApart(list []piece) {
	type seam struct{ end, begin float64 }
	var seams []seam
	for _, p := range list {
		for _, c := range p.chunks {
			if i := behindNumber(c); i > 0 {
				seams = append(seams, seam{c.glyphs[i-1].to.x, c.glyphs[i].from.x})
			}
		}
	}
	for k, p := range list {
		var out []chunk
		for _, c := range p.chunks {
			i := behindNumber(c)
			alike := 0
			for _, s := range seams {
				if i > 0 && math.Abs(s.end-c.glyphs[i-1].to.x) <= inLine && math.Abs(s.begin-c.glyphs[i].from.x) <= inLine {
					alike++
				}
			}
			if alike < leastRow {
				out = append(out, c)
				continue
			}
			left, right := c, c
			left.glyphs, left.x1 = c.glyphs[:i:i], c.glyphs[i-1].to.x
			right.glyphs, right.x0 = c.glyphs[i:], c.glyphs[i].from.x
			out = append(out, left, right)
		}
		list[k].chunks = out
	}
}

// behindNumber is where in a text of a number and a name the name begins, with a
// gap before it; 0 where it is no such text.
func behindNumber(c chunk) int {
	for i := 1; i < len(c.glyphs); i++ {
		before, g := c.glyphs[i-1], c.glyphs[i]
		if !isFigure(writtenAs(c.glyphs[:i])) {
			return 0
		}
		if g.from.x-before.to.x >= sharpGap && !isFigure(writtenAs(c.glyphs[i:i+1])) {
			return i
		}
	}
	return 0
}
