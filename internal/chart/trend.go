package chart

import "html/template"

// Trend is a line of quarters over the range in which they were expected: the
// page of a sign. The range is a grey band; the last value has a dot.
type Trend struct {
	ID, Title, Desc string
	Points          []TrendPoint
	Low, High       float64 // the band
	Banded          bool
	Dot             Ink
}

// TrendPoint is a quarter. Its label may be empty where labels would touch.
type TrendPoint struct {
	Label string
	Value Value
	Href  string
	Name  string // of the link
}

// The plane of a trend.
const (
	trendW, trendH            = 628.0, 176.0
	trendLeft, trendRight     = 36.0, 36.0
	trendTop, trendBottom     = 34.0, 46.0
	trendBandInk          Ink = "var(--sunken)"
)

// SVG draws the trend at its real size.
func (t Trend) SVG() template.HTML {
	d := Drawing{ID: t.ID, Title: t.Title, Desc: t.Desc, W: trendW, H: trendH}
	if len(t.Points) == 0 {
		return d.SVG()
	}
	low, high := t.span()
	y := func(v float64) float64 {
		if high == low {
			return trendH / 2
		}
		return trendTop + float64((high-v)/(high-low)*(trendH-trendTop-trendBottom))
	}
	if t.Banded {
		d.rect(0, y(t.High)-2, trendW, y(t.Low)-y(t.High)+4, trendBandInk, Control, 0.5)
	}
	points := make([]Point, len(t.Points))
	for i, p := range t.Points {
		points[i] = Point{t.x(i), y(p.Value.F)}
	}
	d.Marks = append(d.Marks, Mark{Kind: 'p', Points: points, Fill: None, Stroke: Actual, Width: 2})
	for i, p := range t.Points {
		at, radius, ink := points[i], 3.0, Actual
		if i == len(points)-1 {
			radius, ink = 4.5, t.Dot
		}
		d.Marks = append(d.Marks, Mark{Kind: 'c', X: at.X, Y: at.Y, W: radius, Fill: ink})
		x, anchor := within(at.X, wide(p.Value.Label))
		d.text(Mark{X: x, Y: at.Y + beside(points, i, wide(p.Value.Label)/2), Words: p.Value.Label, Anchor: anchor, Bold: i == len(points)-1, Href: p.Href, Labelled: p.Name})
		d.text(Mark{X: at.X, Y: trendH - 10, Words: p.Label, Anchor: "middle", Fill: Faint})
	}
	return d.SVG()
}

// beside is how far from its point a value of half that width stands: above, and below
// where the line would cross it there only.
func beside(points []Point, i int, half float64) float64 {
	rises, falls := false, false
	for _, j := range [...]int{i - 1, i + 1} {
		if j >= 0 && j < len(points) {
			dx := max(points[j].X-points[i].X, points[i].X-points[j].X)
			up := float64((points[i].Y-points[j].Y)*half) / dx // at the end of the label
			rises, falls = rises || up > 6, falls || up < -6
		}
	}
	if rises && !falls {
		return 20
	}
	return -10
}

// within is where a text of a width stands whole: over its point, or at the edge
// of the plane that it would cross.
func within(x, width float64) (at float64, anchor string) {
	switch {
	case x-width/2 < 0:
		return 0, ""
	case x+width/2 > trendW:
		return trendW, "end"
	}
	return x, "middle"
}

func (t Trend) x(i int) float64 {
	if len(t.Points) == 1 {
		return trendW / 2
	}
	return trendLeft + float64(float64(i)*(trendW-trendLeft-trendRight)/float64(len(t.Points)-1))
}

// span is from the lowest to the highest of the values and the band.
func (t Trend) span() (low, high float64) {
	low, high = t.Points[0].Value.F, t.Points[0].Value.F
	for _, p := range t.Points {
		low, high = min(low, p.Value.F), max(high, p.Value.F)
	}
	if t.Banded {
		low, high = min(low, t.Low), max(high, t.High)
	}
	return low, high
}
