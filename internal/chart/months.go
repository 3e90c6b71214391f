package chart

import "html/template"

// Months is a small chart of many months, one of several on a page: actual over
// the outline of the plan. Its scale is given, so that several can share one.
type Months struct {
	ID, Title, Desc string
	Highest         float64 // fills the height, in the unit of the values
	From, To        string  // the first and the last month
	All             []SmallMonth
	Last            Mark // what is written of the last month: Words, Href, Labelled
}

// SmallMonth is one month of a small chart.
type SmallMonth struct {
	Actual, Plan Value
	Missing      bool
}

// The geometry of a small chart in px.
const (
	smallWidth, smallHeight = 296.0, 120.0
	smallTop, smallBase     = 20.0, 100.0
	smallGap                = 12.0 // height of a month that was not received
)

// Draw draws the chart.
func (c Months) Draw() Drawing {
	d := Drawing{ID: c.ID, Title: c.Title, Desc: c.Desc, W: smallWidth, H: smallHeight}
	step := smallWidth / float64(max(len(c.All), 1))
	bar := float64(step * 0.6)
	up := 0.0
	if c.Highest > 0 {
		up = (smallBase - smallTop) / c.Highest
	}
	for i, m := range c.All {
		x := float64(float64(i)*step) + 1
		if m.Plan.Known && m.Plan.F > 0 {
			h := float64(m.Plan.F * up)
			d.rect(x, smallBase-h, bar, h, Surface, Actual, 1)
		}
		switch {
		case m.Actual.Known && m.Actual.F > 0:
			h := float64(m.Actual.F * up)
			d.rect(x+step-bar-2, smallBase-h, bar, h, Actual, Actual, 0)
		case m.Missing:
			d.Marks = append(d.Marks, Mark{Kind: 'r', X: x, Y: smallBase - smallGap, W: bar, H: smallGap, Fill: None, Stroke: Control, Width: 1, Dash: "2 2"})
		}
	}
	d.line(0, smallBase, smallWidth, smallBase, Text, 1.25, "")
	d.text(Mark{X: 0, Y: smallHeight - 4, Fill: Faint, Words: c.From})
	d.text(Mark{X: smallWidth, Y: smallHeight - 4, Fill: Faint, Words: c.To, Anchor: "end"})
	if last := c.Last; last.Words != "" {
		last.X, last.Y, last.Anchor, last.Bold = smallWidth, 13, "end", true
		d.text(last)
	}
	return d
}

// SVG draws the chart as SVG.
func (c Months) SVG() template.HTML { return c.Draw().SVG() }

// Pair is growth beside that of the market on a scale shared by all rows, both
// as shares of it: a dot for ours, a ring for the market, a line between. It
// stands beside its numbers and is hidden from readers.
func Pair(ours, market float64, known bool) template.HTML {
	at := func(f float64) string { return num(4+float64(min(max(f, 0), 1)*92)) + "%" }
	inner := ""
	if known {
		inner = `<line x1="` + at(ours) + `" x2="` + at(market) + `" y1="9" y2="9" stroke="var(--line2)"/><circle cx="` + at(market) +
			`" cy="9" r="4" fill="var(--surface)" stroke="var(--ac)" stroke-width="1.5"/>`
	}
	return strip(18, inner+`<circle cx="`+at(ours)+`" cy="9" r="4" fill="var(--ac)"/>`)
}
