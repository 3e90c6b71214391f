package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
)

// block is a part of a page: a table, or text outside of tables. Its rows and
// columns count from 0.
type block struct {
	top     float64
	bottom  float64
	pitch   float64   // from row to row, of text
	columns []float64 // where columns begin, and the last one ends; nil for text
	rows    []blockRow
	merges  []span
	ruled   bool
	moved   bool
	unsure  int // cells of which the column is not sure, or that are in none
}

type blockRow struct{ cells []blockCell }

type blockCell struct {
	column int
	text   string
	x      float64 // where it begins, of text outside of tables
}

// span is a cell of several fields, both ends included.
type span struct{ r0, c0, r1, c1 int }

// put adds a text to a row, in order of columns.
func (r *blockRow) put(column int, text string) {
	if text == "" {
		return
	}
	r.cells = append(r.cells, blockCell{column: column, text: text})
	slices.SortStableFunc(r.cells, func(a, b blockCell) int { return cmp.Compare(a.column, b.column) })
}

// apart reports whether a blank row belongs between two blocks: at the edge of a
// table with lines, and where the gap is wider than those between rows.
func (b *block) apart(next *block) bool {
	if b.ruled || next.ruled {
		return true
	}
	return next.top-b.bottom > 0.6*math.Max(b.pitch, next.pitch)
}

// field is the cell of a lattice with the lines of text in it.
type field struct {
	span
	x0, x1 float64
	lines  []textLine
}

// fill makes a block of a lattice and the glyphs in it, and returns the glyphs
// that are not.
func (l *lattice) fill(glyphs []glyph) (b block, rest []glyph) {
	columns, rows := len(l.xs)-1, len(l.ys)-1
	of := l.cells()
	fields := make([]field, columns*rows)
	for i, first := range of {
		f := &fields[first]
		if i == first {
			f.span = span{i / columns, i % columns, i / columns, i % columns}
		}
		f.r1, f.c1 = max(f.r1, i/columns), max(f.c1, i%columns)
	}
	inside := make([][]glyph, columns*rows)
	for _, g := range glyphs {
		c := interval(l.xs, (g.from.x+g.to.x)/2)
		r := interval(l.ys, g.from.y-0.35*g.size)
		if c < 0 || r < 0 {
			rest = append(rest, g)
			continue
		}
		first := of[r*columns+c]
		inside[first] = append(inside[first], g)
	}
	var list []*field
	for i, first := range of {
		if f := &fields[first]; i == first {
			f.x0, f.x1 = l.xs[f.c0], l.xs[f.c1+1]
			f.lines = textLines(inside[first])
			list = append(list, f)
		}
	}
	b = block{top: l.ys[0], bottom: l.ys[rows], columns: l.xs, ruled: true}
	b.take(list, rows)
	return b, rest
}

// interval returns between which of the places x lies, −1 for none.
func interval(places []float64, x float64) int {
	i, exact := slices.BinarySearch(places, x)
	if !exact {
		i--
	}
	if i < 0 || i >= len(places)-1 {
		return -1
	}
	return i
}

// take makes rows of the fields of a lattice: one of each, or several where no
// line stands between rows of text.
func (b *block) take(list []*field, rows int) {
	start := make([]int, rows+1) // the first row of each row of the lattice
	steps := make([][]float64, rows)
	for r := range rows {
		steps[r] = heights(list, r)
		start[r+1] = start[r] + max(1, len(steps[r]))
	}
	b.rows = make([]blockRow, start[rows])
	for _, f := range list {
		if s := steps[f.r0]; len(s) > 1 && f.r0 == f.r1 {
			for i, part := range f.split(s) {
				b.rows[start[f.r0]+i].put(f.c0, part)
			}
		} else {
			b.rows[start[f.r0]].put(f.c0, f.text())
		}
		if f.r1 > f.r0 || f.c1 > f.c0 {
			b.merges = append(b.merges, span{start[f.r0], f.c0, start[f.r1+1] - 1, f.c1})
		}
	}
}

// heights lists the base lines of the rows of text that stand in one row of a
// lattice; nothing when its cells hold one row. Figures tell: no program breaks
// them, so several of them below each other are several rows.
func heights(list []*field, row int) []float64 {
	most, figures, equal := 0, false, true
	var ys []float64
	for _, f := range list {
		if f.r0 != row || f.r1 != row || len(f.lines) == 0 {
			continue
		}
		n := len(f.lines)
		equal = equal && (most == 0 || n == most)
		most = max(most, n)
		figures = figures || n > 1 && allFigures(f.lines)
		for _, l := range f.lines {
			ys = append(ys, l.y)
		}
	}
	if most < 2 || !figures && !(equal && most > 2 && countFields(list, row) > 1) { // two: a header that is broken
		return nil
	}
	slices.Sort(ys)
	var out []float64
	for _, y := range ys {
		if n := len(out); n == 0 || y-out[n-1] > 3 {
			out = append(out, y)
		}
	}
	return out
}

func countFields(list []*field, row int) (n int) {
	for _, f := range list {
		if f.r0 == row && f.r1 == row && len(f.lines) > 0 {
			n++
		}
	}
	return n
}

func allFigures(lines []textLine) bool {
	for _, l := range lines {
		if !isFigure(writtenAs(l.glyphs)) {
			return false
		}
	}
	return true
}

// split gives each row of text its part of a field.
func (f *field) split(heights []float64) []string {
	out := make([]string, len(heights))
	for _, l := range f.lines {
		best := 0
		for i, y := range heights {
			if math.Abs(y-l.y) < math.Abs(heights[best]-l.y) {
				best = i
			}
		}
		out[best] = strings.TrimSpace(out[best] + "  " + writtenAs(l.glyphs))
	}
	return out
}

// text is all that stands in a field. A line that fills the field goes on in the
// next one; others are lines of their own.
func (f *field) text() string {
	var b strings.Builder
	for i, l := range f.lines {
		if i > 0 {
			before := f.lines[i-1].glyphs
			last := before[len(before)-1]
			switch {
			case unicode.IsDigit(lastRune(last.text)) && unicode.IsDigit(firstRune(l.glyphs[0].text)):
				b.WriteString("\n\n") // two figures, which a single break would make one
			case f.x1-last.to.x > 1.6*last.size:
				b.WriteByte('\n')
			case !isCJK(lastRune(last.text)) && !isCJK(firstRune(l.glyphs[0].text)):
				b.WriteByte(' ')
			}
		}
		b.WriteString(writtenAs(l.glyphs))
	}
	return b.String()
}
