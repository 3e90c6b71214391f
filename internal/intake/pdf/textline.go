package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// textLine is glyphs on one base line, from left to right.
type textLine struct {
	y      float64
	glyphs []glyph
}

// textLines groups glyphs by their base lines, from top to bottom.
func textLines(glyphs []glyph) []textLine {
	glyphs = slices.Clone(glyphs)
	slices.SortStableFunc(glyphs, func(a, b glyph) int { return cmp.Compare(a.from.y, b.from.y) })
	var out []textLine
	for _, g := range glyphs {
		if n := len(out) - 1; n >= 0 && g.from.y-out[n].y <= 0.4*math.Min(g.size, out[n].glyphs[0].size) {
			out[n].glyphs = append(out[n].glyphs, g)
			continue
		}
		out = append(out, textLine{g.from.y, []glyph{g}})
	}
	for _, l := range out {
		slices.SortStableFunc(l.glyphs, func(a, b glyph) int { return cmp.Compare(a.from.x, b.from.x) })
	}
	return out
}

// once drops glyphs that are drawn twice in nearly one place, as programs do
// for bold letters and shadows.
func once(glyphs []glyph) []glyph {
	type place struct {
		x, y int
		text string
	}
	seen := map[place]bool{}
	out := glyphs[:0]
	for _, g := range glyphs {
		unit := math.Max(1, 0.2*g.size)
		x, y := int(math.Floor(g.from.x/unit)), int(math.Floor(g.from.y/unit))
		twice := false
		for dx := -1; dx <= 1 && !twice; dx++ {
			for dy := -1; dy <= 1; dy++ {
				twice = twice || seen[place{x + dx, y + dy, g.text}] && near(out, g, unit)
			}
		}
		if !twice {
			seen[place{x, y, g.text}] = true
			out = append(out, g)
		}
	}
	return out
}

// near reports whether one of the glyphs drawn is g itself, moved a little.
func near(drawn []glyph, g glyph, unit float64) bool {
	const back = 400 // a copy follows soon
	for i := len(drawn) - 1; i >= max(0, len(drawn)-back); i-- {
		d := drawn[i]
		if d.text == g.text && math.Abs(d.from.x-g.from.x) < unit && math.Abs(d.from.y-g.from.y) < unit {
			return true
		}
	}
	return false
}

// chunk is a piece of a line that no gap divides.
type chunk struct {
	x0, x1 float64
	y      float64
	size   float64
	glyphs []glyph
}

func (c chunk) middle() float64 { return (c.x0 + c.x1) / 2 }

// chunks cuts a line at gaps of so many times the size of its letters.
func (l textLine) chunks(gap float64) []chunk {
	var out []chunk
	for _, g := range l.glyphs {
		if n := len(out) - 1; n >= 0 && g.from.x-out[n].x1 < gap*math.Max(g.size, out[n].size) {
			c := &out[n]
			c.x1, c.size = math.Max(c.x1, g.to.x), math.Max(c.size, g.size)
			c.glyphs = append(c.glyphs, g)
			continue
		}
		out = append(out, chunk{g.from.x, g.to.x, l.y, g.size, []glyph{g}})
	}
	return out
}

// writtenAs is the text of glyphs of one line: with a blank where a gap is as wide
// as one, but not between letters that are set wide apart. Figures that stand
// apart get two, or one blank would read as that between thousands.
func writtenAs(glyphs []glyph) string {
	var b strings.Builder
	wide := setWide(glyphs)
	for i, g := range glyphs {
		if i > 0 && !wide && isGap(glyphs[i-1], g) {
			b.WriteByte(' ')
			if figures(glyphs[i-1], g) {
				b.WriteByte(' ')
			}
		}
		b.WriteString(g.text)
	}
	return b.String()
}

// figures reports whether digits stand as far from each other as columns do.
func figures(a, b glyph) bool {
	return unicode.IsDigit(lastRune(a.text)) && unicode.IsDigit(firstRune(b.text)) && b.from.x-a.to.x >= cut*math.Min(a.size, b.size)
}

func isGap(a, b glyph) bool {
	gap := (b.from.x - a.to.x) / math.Min(a.size, b.size)
	switch {
	case b.spaced:
		return gap > 0.08
	case isCJK(lastRune(a.text)) && isCJK(firstRune(b.text)):
		return gap > 0.4
	}
	return gap > 0.22
}

// setWide reports whether Japanese letters are spread over the width of a cell.
func setWide(glyphs []glyph) bool {
	if len(glyphs) < 3 {
		return false
	}
	least, most := math.Inf(1), 0.0
	for i := 1; i < len(glyphs); i++ {
		a, b := glyphs[i-1], glyphs[i]
		if !isCJK(lastRune(a.text)) || !isCJK(firstRune(b.text)) {
			return false
		}
		gap := (b.from.x - a.to.x) / math.Min(a.size, b.size)
		least, most = math.Min(least, gap), math.Max(most, gap)
	}
	return least > 0.2 && most-least < 0.15*math.Max(1, most)
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

func lastRune(s string) rune { r, _ := utf8.DecodeLastRuneInString(s); return r }

func isCJK(r rune) bool {
	return r >= 0x3000 && r <= 0xD7FF || r >= 0xF900 && r <= 0xFAFF || r >= 0xFF01 && r <= 0xFF9F || r >= 0x20000
}

// isFigure reports whether a text is a number, a date or a percentage, which no
// program breaks into two lines.
func isFigure(s string) bool {
	digits := false
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits = true
		} else if unicode.IsLetter(r) {
			return false
		}
	}
	return digits
}
