package chart

import "strconv"

// Scale is a chart of rows on one scale from 0 on: a bar, or a ring, a dot and a
// line across with a line from one to the other. What is not known is not drawn.
type Scale struct {
	ID, Title, Desc string
	Highest         int // the end of the scale
	Rows            []ScaleRow
}

// ScaleRow is one row. Its ring, dot and line across are, for instance, what is
// said, meant and shown; Label stands before it, Note behind.
type ScaleRow struct {
	Label, Note            string
	Bar, Ring, Dot, Across Value
	Wide                   bool // ring and what it is compared with stand far apart
}

// The geometry of a scale in px.
const (
	scaleWidth            = 656.0
	scaleFrom, scaleTo    = 236.0, 556.0
	scaleTop, scaleRow    = 28.0, 30.0
	scaleDot, scaleAcross = 5.5, 9.0
	scaleBar              = 14.0
)

// Draw draws the chart.
func (c Scale) Draw() Drawing {
	d := Drawing{ID: c.ID, Title: c.Title, Desc: c.Desc, W: scaleWidth, H: scaleTop + float64(float64(len(c.Rows))*scaleRow) + 6}
	x := func(f float64) float64 { return scaleFrom + float64(f*(scaleTo-scaleFrom)/float64(max(c.Highest, 1))) }
	for n := range c.Highest + 1 {
		d.line(x(float64(n)), scaleTop-6, x(float64(n)), d.H-4, Control, 0.5, "")
		d.text(Mark{X: x(float64(n)), Y: scaleTop - 12, Words: strconv.Itoa(n), Anchor: "middle", Fill: Faint})
	}
	for i, r := range c.Rows {
		y := scaleTop + float64((float64(i)+0.5)*scaleRow)
		d.text(Mark{X: 0, Y: y + 4, Words: r.Label})
		if r.Note != "" {
			d.text(Mark{X: scaleWidth, Y: y + 4, Words: r.Note, Anchor: "end", Bold: r.Wide || r.Bar.Known, Fill: r.ink()})
		}
		r.draw(&d, x, y)
	}
	return d
}

func (r ScaleRow) draw(d *Drawing, x func(float64) float64, y float64) {
	if r.Bar.Known {
		d.rect(x(0), y-scaleBar/2, x(r.Bar.F)-x(0), scaleBar, Actual, Actual, 0)
	}
	to := r.Dot
	if !to.Known {
		to = r.Across
	}
	if r.Ring.Known && to.Known {
		width := 2.0
		if r.Wide {
			width = 5 // seen without colour too
		}
		d.line(x(r.Ring.F), y, x(to.F), y, r.ink(), width, "")
	}
	if r.Across.Known {
		d.line(x(r.Across.F), y-scaleAcross, x(r.Across.F), y+scaleAcross, Text, 2, "")
	}
	if r.Ring.Known {
		d.Marks = append(d.Marks, Mark{Kind: 'c', X: x(r.Ring.F), Y: y, W: scaleDot, Fill: Surface, Stroke: Text, Width: 1.5})
	}
	if r.Dot.Known {
		d.Marks = append(d.Marks, Mark{Kind: 'c', X: x(r.Dot.F), Y: y, W: scaleDot, Fill: Text})
	}
}

func (r ScaleRow) ink() Ink {
	if r.Wide {
		return Bad
	}
	return Text
}
