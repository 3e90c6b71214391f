package chart

import (
	"html/template"
	"strconv"
)

// Spark is a line of at most eight quarters, 84 × 22 px, with its last value as
// a dot; it stands beside the number it ends with and is hidden from readers.
func Spark(values []float64, dot Ink) template.HTML {
	const w, h, pad = 84.0, 22.0, 4.0
	if len(values) < 2 {
		return ""
	}
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	d := Drawing{W: w, H: h}
	points := make([]Point, len(values))
	for i, v := range values {
		y := h / 2
		if high > low {
			y = h - pad - float64((v-low)/(high-low)*(h-pad-pad))
		}
		points[i] = Point{2 + float64(float64(i)*(w-6)/float64(len(values)-1)), y}
	}
	last := points[len(points)-1]
	d.Marks = append(d.Marks, Mark{Kind: 'p', Points: points, Fill: None, Stroke: Faint, Width: 1.5},
		Mark{Kind: 'c', X: last.X, Y: last.Y, W: 2.75, Fill: dot})
	return d.SVG()
}

// Style is how a bar is painted.
type Style string

// The styles: actual solid, previous year lighter, plan outlined, market pace
// dashed, a thin bar on its track.
const (
	Solid    Style = "ac"
	Lighter  Style = "py"
	Outlined Style = "pl"
	Dashed   Style = "mp"
	Thin     Style = "thin"
)

// Bar is a horizontal bar that fills a share (0 to 1) of the width it is given;
// it stands beside its number and is hidden from readers. Lengths are
// percentages, so that no text is scaled.
func Bar(share float64, s Style) template.HTML {
	share = min(max(share, 0), 1)
	w := strconv.FormatFloat(share*100, 'f', 1, 64) + "%"
	switch s {
	case Thin:
		return strip(5, `<rect width="100%" height="5" rx="2" fill="var(--sunken)"/><rect width="`+w+`" height="5" rx="2" fill="var(--ac)"/>`)
	case Lighter:
		return strip(16, `<rect width="`+w+`" height="16" fill="var(--py)"/>`)
	case Outlined:
		return strip(16, outline(w, `fill="var(--surface)"`))
	case Dashed:
		return strip(16, outline(w, `fill="var(--sunken)" stroke-dasharray="4 2"`))
	}
	return strip(16, `<rect width="`+w+`" height="16" fill="var(--ac)"/>`)
}

func outline(w, rest string) string {
	return `<rect x="1" y="1" width="` + w + `" height="14" stroke="var(--ac)" stroke-width="1.25" ` + rest + `/>`
}

func strip(h int, inner string) template.HTML {
	return template.HTML(`<svg class="bar1" width="100%" height="` + strconv.Itoa(h) + `" aria-hidden="true">` + inner + `</svg>`)
}

// Bullet is an actual within its plan on a scale shared by all rows: shares of
// the longest.
func Bullet(actual, plan float64, planned bool) template.HTML {
	pct := func(f float64) string { return strconv.FormatFloat(min(max(f, 0), 1)*100, 'f', 1, 64) + "%" }
	inner := `<rect y="5" width="` + pct(actual) + `" height="8" fill="var(--ac)"/>`
	if planned {
		p := pct(plan)
		inner += `<line x1="` + p + `" x2="` + p + `" y1="1" y2="17" stroke="var(--ink)" stroke-width="2"/>`
	}
	return strip(18, inner)
}
