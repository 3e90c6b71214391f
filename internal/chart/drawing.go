// Package chart draws: columns with their variance, trends, places on two scales, rows
// on one, small months, sparklines, bars. A chart is drawn once, as marks on a plane in
// points of 1/96 inch, and then written as SVG for a page or painted into a PDF by
// package report. It owns geometry and the rules
// of notation (actual solid, plan outlined, forecast hatched, previous year a
// tick, variance on its own zero line); it refuses to choose words, to round for
// meaning and to load anything: labels and figures come ready to be shown.
//
// Charts are drawn at their least size: text is never under 12 px. A page may
// show the columns of months up to a fifth larger, no drawing smaller.
package chart

import (
	"html/template"
	"strconv"
	"strings"
)

// Ink names a colour of the page's tokens, so that a chart follows the theme.
type Ink string

// The inks, and the hatchings of forecast, of a favourable and of an
// unfavourable forecast, and of a month that has not come.
const (
	None     Ink = "none"
	Text     Ink = "var(--ink)"
	Faint    Ink = "var(--ink3)"
	Control  Ink = "var(--line2)"
	Surface  Ink = "var(--surface)"
	Actual   Ink = "var(--ac)"
	Previous Ink = "var(--py)"
	Good     Ink = "var(--pos)"
	Bad      Ink = "var(--neg)"
	Warn     Ink = "var(--warn)"
	OK       Ink = "var(--ok)"
	Accent   Ink = "var(--accent)"
	Hatch    Ink = "url(#ht)"
	HatchOK  Ink = "url(#hp)"
	HatchBad Ink = "url(#hn)"
	HatchGap Ink = "url(#hg)"
)

// Mark is one shape of a drawing.
type Mark struct {
	Kind           byte // 'r' rectangle, 'l' line, 't' text, 'p' polyline, 'c' circle
	X, Y, W, H     float64
	Fill, Stroke   Ink
	Width          float64 // of the stroke
	Dash           string
	Words          string
	Small          string // raised after Words
	Anchor         string // middle, end; "" is start
	Bold           bool
	Points         []Point
	Href, Labelled string // a link around the mark, and its name
}

// Point is a place on the plane.
type Point struct{ X, Y float64 }

// Drawing is a chart, drawn.
type Drawing struct {
	ID          string // unique on its page, letters and digits; "" for decoration
	Title, Desc string
	W, H        float64
	Marks       []Mark
}

func (d *Drawing) rect(x, y, w, h float64, fill, stroke Ink, width float64) {
	d.Marks = append(d.Marks, Mark{Kind: 'r', X: x, Y: y, W: w, H: h, Fill: fill, Stroke: stroke, Width: width})
}

func (d *Drawing) line(x1, y1, x2, y2 float64, stroke Ink, width float64, dash string) {
	d.Marks = append(d.Marks, Mark{Kind: 'l', X: x1, Y: y1, W: x2, H: y2, Stroke: stroke, Width: width, Dash: dash})
}

func (d *Drawing) text(m Mark) {
	m.Kind = 't'
	if m.Fill == "" {
		m.Fill = Text
	}
	d.Marks = append(d.Marks, m)
}

// SVG writes the drawing at its real size. All text is escaped.
func (d Drawing) SVG() template.HTML {
	var b strings.Builder
	b.WriteString(`<svg width="` + num(d.W) + `" height="` + num(d.H) + `" viewBox="0 0 ` + num(d.W) + ` ` + num(d.H) + `"`)
	if d.ID == "" {
		b.WriteString(` aria-hidden="true">`)
	} else {
		// A group, not an image: its links must stay reachable.
		b.WriteString(` role="group" aria-labelledby="` + esc(d.ID) + `t ` + esc(d.ID) + `d"><title id="` + esc(d.ID) + `t">` + esc(d.Title) +
			`</title><desc id="` + esc(d.ID) + `d">` + esc(d.Desc) + `</desc>`)
	}
	b.WriteString(d.patterns())
	for _, m := range d.Marks {
		m.write(&b)
	}
	b.WriteString("</svg>")
	return template.HTML(b.String())
}

func (d Drawing) patterns() string {
	var b strings.Builder
	for _, p := range [...]struct{ fill, ink Ink }{{Hatch, Actual}, {HatchOK, Good}, {HatchBad, Bad}, {HatchGap, Control}} {
		if d.uses(p.fill) {
			id := strings.TrimSuffix(strings.TrimPrefix(string(p.fill), "url(#"), ")")
			b.WriteString(`<pattern id="` + id + `" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="var(--surface)"/><rect width="2.2" height="5" fill="` + string(p.ink) + `"/></pattern>`)
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "<defs>" + b.String() + "</defs>"
}

func (d Drawing) uses(fill Ink) bool {
	for _, m := range d.Marks {
		if m.Fill == fill {
			return true
		}
	}
	return false
}

func (m Mark) write(b *strings.Builder) {
	if m.Href != "" {
		b.WriteString(`<a href="` + esc(m.Href) + `" aria-label="` + esc(m.Labelled) + `">`)
		defer b.WriteString("</a>")
	}
	switch m.Kind {
	case 'r':
		b.WriteString(`<rect x="` + num(m.X) + `" y="` + num(m.Y) + `" width="` + num(m.W) + `" height="` + num(m.H) + `"` + m.paint() + "/>")
	case 'l':
		b.WriteString(`<line x1="` + num(m.X) + `" y1="` + num(m.Y) + `" x2="` + num(m.W) + `" y2="` + num(m.H) + `"` + m.paint() + "/>")
	case 'c':
		b.WriteString(`<circle cx="` + num(m.X) + `" cy="` + num(m.Y) + `" r="` + num(m.W) + `"` + m.paint() + "/>")
	case 'p':
		b.WriteString(`<polyline points="` + path(m.Points) + `"` + m.paint() + "/>")
	case 't':
		m.writeText(b)
	}
}

func (m Mark) writeText(b *strings.Builder) {
	if m.Href != "" { // a target of at least 24 px
		x := m.X - 23
		switch m.Anchor {
		case "":
			x = m.X
		case "end":
			x = m.X - 46
		}
		b.WriteString(`<rect x="` + num(x) + `" y="` + num(m.Y-17) + `" width="46" height="24" fill="transparent"/>`)
	}
	size := "12"
	if m.Bold {
		size = `13" font-weight="700`
	}
	b.WriteString(`<text x="` + num(m.X) + `" y="` + num(m.Y) + `" font-size="` + size + `" fill="` + string(m.Fill) + `"`)
	if m.Anchor != "" {
		b.WriteString(` text-anchor="` + esc(m.Anchor) + `"`)
	}
	b.WriteString(">" + esc(m.Words))
	if m.Small != "" {
		b.WriteString(`<tspan dy="-4" font-size="12" font-weight="700" fill="var(--accent)">` + esc(m.Small) + `</tspan>`)
	}
	b.WriteString("</text>")
}

func (m Mark) paint() string {
	var b strings.Builder
	if m.Fill != "" && m.Kind != 'l' {
		b.WriteString(` fill="` + string(m.Fill) + `"`)
	}
	if m.Stroke != "" {
		b.WriteString(` stroke="` + string(m.Stroke) + `" stroke-width="` + num(m.Width) + `"`)
	}
	if m.Dash != "" {
		b.WriteString(` stroke-dasharray="` + esc(m.Dash) + `"`)
	}
	return b.String()
}

func path(points []Point) string {
	parts := make([]string, len(points))
	for i, p := range points {
		parts[i] = num(p.X) + "," + num(p.Y)
	}
	return strings.Join(parts, " ")
}

// num writes a length with at most one decimal, the same on every platform.
func num(f float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(f, 'f', 1, 64), ".0")
}

func esc(s string) string { return template.HTMLEscapeString(s) }
