package pdf

import (
	"math"
	"slices"
)

// Where names stand at the left of their columns and figures at the right, a
// name may stand nearer to the figures of the column before than to its own.

// underHeads finds the columns of rows below their header: one name for each
// column, in order, with a gap between it with its figures and the next. It
// returns nil where the first row is none, or the names do not fit.
func underHeads(rows []piece) []float64 {
	head, body := rows[0], rows[1:]
	if len(body) < leastRow-1 || slices.ContainsFunc(head.chunks, func(c chunk) bool { return isFigure(writtenAs(c.glyphs)) }) {
		return nil
	}
	columns := columnsAmong(body)
	n := len(columns) - 1
	if n != len(head.chunks) || n < 2 {
		return nil
	}
	left, right := make([]float64, n), make([]float64, n)
	for i, c := range head.chunks {
		left[i], right[i] = c.x0, c.x1
	}
	for _, p := range body {
		for _, c := range p.chunks {
			i := interval(columns, c.middle())
			if i < 0 {
				return nil
			}
			left[i], right[i] = math.Min(left[i], c.x0), math.Max(right[i], c.x1)
		}
	}
	out := []float64{left[0] - 1}
	for i := 1; i < n; i++ {
		if left[i] <= right[i-1] {
			return nil
		}
		out = append(out, (right[i-1]+left[i])/2)
	}
	return append(out, right[n-1]+1)
}

// shifted counts the names in the first row of a table that stand over nothing,
// with figures that have no name to the right: names and figures may belong
// together.
func (b *block) shifted() (n int) {
	named, filled := make([]bool, len(b.columns)-1), make([]int, len(b.columns)-1)
	for i, r := range b.rows {
		for _, c := range r.cells {
			if i == 0 {
				named[c.column] = true
			} else {
				filled[c.column]++
			}
		}
	}
	lone := 0
	for i := range named {
		switch {
		case named[i] && filled[i] == 0:
			lone++
		case !named[i] && 2*filled[i] > len(b.rows)-1 && lone > 0:
			n, lone = n+1, lone-1
		}
	}
	return n
}
