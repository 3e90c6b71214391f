package pdf

import (
	"cmp"
	"math"
	"slices"
)

// layout makes the blocks of a page, from top to bottom. hint are the columns of
// the table that the page before ends with.
func (c *canvas) layout(d *document, hint []float64) (blocks []block, turned int) {
	turned = c.straighten()
	c.glyphs = once(c.glyphs)
	d.charge(64*len(c.glyphs) + 16*len(c.lines))
	rest := c.glyphs
	for _, l := range lattices(d, c.lines) {
		var b block
		before := len(rest)
		b, rest = l.fill(rest)
		if len(rest) < before {
			blocks = append(blocks, b)
		}
	}
	blocks = append(blocks, aligned(rest, hint)...)
	slices.SortStableFunc(blocks, func(a, b block) int { return cmp.Compare(a.top, b.top) })
	return blocks, turned
}

// straighten turns a page on which most letters stand on their side, and drops
// letters that stand otherwise than most; it counts those.
func (c *canvas) straighten() (dropped int) {
	var quarters [5]int
	for _, g := range c.glyphs {
		quarters[quarter(g)]++
	}
	most := 0
	for q := range 4 {
		if quarters[q] > quarters[most] {
			most = q
		}
	}
	kept := c.glyphs[:0]
	for _, g := range c.glyphs {
		if quarter(g) != most {
			dropped++
			continue
		}
		g.from, g.to = turned(g.from, most), turned(g.to, most)
		kept = append(kept, g)
	}
	c.glyphs = kept
	for i, l := range c.lines {
		c.lines[i] = line{turned(l.from, most), turned(l.to, most)}
	}
	return dropped
}

// quarter says in which direction a letter runs: right, down, left, up, or 4 for
// none of these.
func quarter(g glyph) int {
	dx, dy := g.to.x-g.from.x, g.to.y-g.from.y
	switch {
	case math.Abs(dy) <= 0.1*math.Abs(dx):
		if dx < 0 {
			return 2
		}
		return 0
	case math.Abs(dx) <= 0.1*math.Abs(dy):
		if dy < 0 {
			return 3
		}
		return 1
	}
	return 4
}

// turned turns a point so that what ran in that direction runs to the right.
func turned(p point, quarter int) point {
	switch quarter {
	case 1:
		return point{p.y, -p.x}
	case 2:
		return point{-p.x, -p.y}
	case 3:
		return point{-p.y, p.x}
	}
	return p
}
