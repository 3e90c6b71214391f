package chart

import (
	"html/template"
	"math"
)

// Value is a figure in the shown unit; not every one is known.
type Value struct {
	F     float64
	Known bool
	Label string // as it is to be written
}

// Column is one month of a column chart.
type Column struct {
	Label    string // Apr
	Actual   Value
	Forecast Value // drawn where there is no actual
	Plan     Value
	Prior    Value
	Variance Value  // actual or forecast minus plan; its label carries the sign
	Revised  bool   // marked with an r
	Missing  bool   // ended, not received: a hatched slot, and never a forecast in its place
	Gap      string // n.r.
	Due      string // due 17 Nov; "" when no day was agreed
	Href     string // to the evidence of the month
	Name     string // what the link is called
	// VarianceHref and VarianceName are the link of the variance.
	VarianceHref, VarianceName string
}

// Columns is the chart of months: columns over the outline of the plan, and the
// variance below on its own zero line.
type Columns struct {
	ID, Title, Desc  string
	Measure, Delta   string // names of the two rows: Net sales, ΔPL
	Actual, Forecast string // names of the two halves
	Months           []Column
	CostLike         bool // more than planned is unfavourable
}

// The geometry of a column chart in px.
const (
	width    = 660.0 // twelve months beside a rail in a window of 1280 px; wider boxes scale it up
	left     = 60.0
	top      = 34.0  // of the highest column
	base     = 160.0 // zero line of the columns
	zero     = 212.0 // zero line of the variance
	swing    = 26.0  // longest variance bar
	bottom   = 254.0
	bar      = 30.0
	shift    = 6.0 // of the actual over the plan
	tick     = 8.0
	varWidth = 20.0
	gapLeast = 46.0 // height of a slot without a plan
)

// Draw draws the chart.
func (c Columns) Draw() Drawing {
	d := Drawing{ID: c.ID, Title: c.Title, Desc: c.Desc, W: width, H: bottom}
	d.text(Mark{X: 0, Y: base - 2, Fill: Faint, Words: c.Measure})
	d.text(Mark{X: 0, Y: zero + 4, Fill: Faint, Words: c.Delta})
	step := (width - left) / float64(max(len(c.Months), 1))
	c.halves(&d, step)
	up, span := c.reach()
	for i, m := range c.Months {
		x := left + float64(float64(i)*step) + (step-bar-shift)/2
		m.draw(&d, x, up)
		m.drawVariance(&d, x+(bar+shift-varWidth)/2, span, c.CostLike)
		d.text(Mark{X: x + (bar+shift)/2, Y: base + 16, Fill: Faint, Words: m.Label, Anchor: "middle"})
	}
	d.line(left, base, width, base, Text, 1.25, "")
	d.line(left, zero, width, zero, Text, 1, "")
	return d
}

// SVG draws the chart as SVG.
func (c Columns) SVG() template.HTML { return c.Draw().SVG() }

// halves parts what happened from what is expected.
func (c Columns) halves(d *Drawing, step float64) {
	first := len(c.Months)
	for first > 0 && !c.Months[first-1].Actual.Known && !c.Months[first-1].Missing && c.Months[first-1].Forecast.Known {
		first--
	}
	if first == 0 || first == len(c.Months) {
		return
	}
	x := left + float64(float64(first)*step)
	d.line(x, 16, x, bottom-14, Control, 1, "2 3")
	d.text(Mark{X: x - 6, Y: 12, Fill: Faint, Words: c.Actual, Anchor: "end"})
	d.text(Mark{X: x + 6, Y: 12, Fill: Faint, Words: c.Forecast})
}

// reach returns px per unit of the columns and of the variance. One scale
// serves both unless a variance is too long for its row.
func (c Columns) reach() (up, span float64) {
	var highest, widest float64
	for _, m := range c.Months {
		for _, v := range [...]Value{m.shown(), m.Plan, m.Prior} {
			if v.Known {
				highest = max(highest, v.F)
			}
		}
		if m.Variance.Known && !m.Missing {
			widest = max(widest, math.Abs(m.Variance.F))
		}
	}
	if highest <= 0 {
		highest = 1
	}
	if widest == 0 {
		widest = 1
	}
	up = (base - top) / highest
	return up, min(swing/widest, up*2)
}

// shown is what stands in the column: actual, or forecast of a month to come.
func (m Column) shown() Value {
	switch {
	case m.Actual.Known:
		return m.Actual
	case m.Missing:
		return Value{}
	}
	return m.Forecast
}

func (m Column) draw(d *Drawing, x, up float64) {
	high := base
	if m.Plan.Known && m.Plan.F > 0 {
		y := base - float64(m.Plan.F*up)
		high = min(high, y)
		d.rect(x, y, bar, base-y, Surface, Actual, 1.25)
	}
	shown, fill := m.shown(), Actual
	if !m.Actual.Known {
		fill = Hatch
	}
	switch {
	case shown.Known:
		y := base - float64(max(shown.F, 0)*up)
		high = min(high, y)
		d.rect(x+shift, y, bar, base-y, fill, Actual, 1.25)
	case m.Missing:
		m.drawGap(d, x, high)
	}
	if m.Prior.Known {
		y := base - float64(m.Prior.F*up)
		d.line(x+shift+bar+2, y, x+shift+bar+2+tick, y, Previous, 3, "")
	}
	if shown.Known {
		m.label(d, x+(bar+shift)/2+3, high-6, shown)
	}
}

// drawGap draws the slot of a month that has not come, as high as its plan.
func (m Column) drawGap(d *Drawing, x, high float64) {
	high = min(high, base-gapLeast)
	d.rect(x+shift, high, bar, base-high, HatchGap, Control, 1)
	y, middle := high-7, x+(bar+shift)/2
	if m.Due != "" {
		d.text(Mark{X: middle, Y: y, Fill: Faint, Words: m.Due, Anchor: "middle"})
		y -= 16
	}
	d.text(Mark{X: middle, Y: y, Fill: Text, Words: m.Gap, Anchor: "middle", Bold: true})
}

func (m Column) label(d *Drawing, x, y float64, v Value) {
	t := Mark{X: x, Y: y, Words: v.Label, Anchor: "middle", Bold: m.Actual.Known, Href: m.Href, Labelled: m.Name}
	if m.Revised {
		t.Small = "r"
	}
	d.text(t)
}

func (m Column) drawVariance(d *Drawing, x, span float64, costLike bool) {
	if !m.Variance.Known || m.Missing { // what has not come is no variance
		return
	}
	h := math.Abs(float64(m.Variance.F * span))
	good := (m.Variance.F >= 0) != costLike
	ink, fill := Bad, Bad
	switch {
	case good && m.Actual.Known:
		ink, fill = Good, Good
	case good:
		ink, fill = Good, HatchOK
	case !m.Actual.Known:
		fill = HatchBad
	}
	y, label := zero, zero+h+13
	if m.Variance.F >= 0 {
		y, label = zero-h, zero-h-5
	}
	d.rect(x, y, varWidth, h, fill, ink, 1)
	d.text(Mark{X: x + varWidth/2, Y: label, Fill: ink, Words: m.Variance.Label, Anchor: "middle",
		Href: m.VarianceHref, Labelled: m.VarianceName})
}
