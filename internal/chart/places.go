package chart

import (
	"cmp"
	"html/template"
	"math"
	"slices"
	"unicode/utf8"
)

// Place is one partner on a map of two figures.
type Place struct {
	X, Y       float64 // Y from 0 to 1
	Shape      Shape
	Name, Href string
	Labelled   string // what the link is called: the name with its level in words
}

// Shape says a level without colour: a square, a half circle, a ring, a dot.
type Shape string

// The shapes of the levels, and of a level that is not known.
const (
	Square Shape = "square"
	Half   Shape = "half"
	Ring   Shape = "ring"
	Cross  Shape = "cross"
)

// Places is a map of two figures: one grows to the right from its zero line, one
// upwards from none to all. What is not known has no place on it.
type Places struct {
	ID, Title, Desc string
	Left, Right     string // what it means to stand there
	Low, High       string
	Ends            func(float64) string // writes an end of the horizontal scale
	All             []Place
}

// The geometry of a map in px.
const (
	mapWidth, mapHeight = 760.0, 400.0
	mapEdge             = 26.0 // above and below the field
	mapMark             = 6.0  // half a mark
	mapLine             = 16.0 // from one name to the next
)

// reach is the horizontal scale: whole steps of a tenth around zero and all
// places.
func (c Places) reach() (low, high float64) {
	for _, p := range c.All {
		low, high = min(low, p.X), max(high, p.X)
	}
	return math.Floor(low*10-0.5) / 10, math.Ceil(high*10+0.5) / 10
}

// Draw draws the map.
func (c Places) Draw() Drawing {
	d := Drawing{ID: c.ID, Title: c.Title, Desc: c.Desc, W: mapWidth, H: mapHeight}
	low, high := c.reach()
	x := func(f float64) float64 { return float64((f - low) / (high - low) * mapWidth) }
	field := mapHeight - 2*mapEdge
	d.rect(0.5, mapEdge, mapWidth-1, field, Surface, Control, 1)
	d.line(x(0), mapEdge, x(0), mapHeight-mapEdge, Text, 1.25, "")
	d.line(0, mapHeight/2, mapWidth, mapHeight/2, Control, 1, "2 3")
	d.text(Mark{X: 0, Y: 14, Fill: Faint, Words: c.High})
	d.text(Mark{X: mapWidth, Y: 14, Fill: Faint, Words: c.Low, Anchor: "end"})
	d.text(Mark{X: 0, Y: mapHeight - 8, Fill: Faint, Words: c.Ends(low) + "  " + c.Left})
	d.text(Mark{X: x(0), Y: mapHeight - 8, Fill: Faint, Words: c.Ends(0), Anchor: "middle"})
	d.text(Mark{X: mapWidth, Y: mapHeight - 8, Fill: Faint, Words: c.Right + "  " + c.Ends(high), Anchor: "end"})
	inset := mapMark + 6
	var names labels
	for _, p := range sorted(c.All) {
		at := Point{x(p.X), mapEdge + inset + float64((1-p.Y)*(field-2*inset))}
		p.Shape.draw(&d, at)
		names.put(&d, p, at)
	}
	return d
}

// SVG draws the map as SVG.
func (c Places) SVG() template.HTML { return c.Draw().SVG() }

// sorted goes from top to bottom, so that names give way downwards.
func sorted(all []Place) []Place {
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(a, b Place) int { return cmp.Or(cmp.Compare(b.Y, a.Y), cmp.Compare(a.X, b.X)) })
	return out
}

func (s Shape) draw(d *Drawing, at Point) {
	ring := Mark{Kind: 'c', X: at.X, Y: at.Y, W: mapMark - 0.75, Fill: Surface, Stroke: Text, Width: 1.5}
	switch s {
	case Square:
		d.rect(at.X-mapMark, at.Y-mapMark, 2*mapMark, 2*mapMark, Text, Text, 0)
	case Half:
		d.Marks = append(d.Marks, ring, Mark{Kind: 'p', Points: halfCircle(at, mapMark-0.75), Fill: Text})
	case Cross:
		d.line(at.X-mapMark, at.Y-mapMark, at.X+mapMark, at.Y+mapMark, Text, 1.5, "")
		d.line(at.X-mapMark, at.Y+mapMark, at.X+mapMark, at.Y-mapMark, Text, 1.5, "")
	default:
		d.Marks = append(d.Marks, ring)
	}
}

// halfCircle is the right half of a circle as a polygon.
func halfCircle(at Point, r float64) (out []Point) {
	for i := range 13 {
		sin, cos := math.Sincos(float64(i) * math.Pi / 12)
		out = append(out, Point{at.X + float64(r*sin), at.Y - float64(r*cos)})
	}
	return out
}

// labels are the names that stand already.
type labels []struct{ x, y, w float64 }

// put writes a name beside its mark, on the side with room, below the names in
// its way.
func (l *labels) put(d *Drawing, p Place, at Point) {
	w := wide(p.Name)
	x, anchor := at.X+mapMark+6, ""
	if x+w > mapWidth-4 {
		x, anchor = at.X-mapMark-6-w, "end"
	}
	y := at.Y + 4
	for _, o := range *l {
		if x < o.x+o.w && o.x < x+w && y < o.y+mapLine && o.y < y+mapLine {
			y = o.y + mapLine
		}
	}
	*l = append(*l, struct{ x, y, w float64 }{x, y, w})
	if anchor == "end" {
		x += w
	}
	d.text(Mark{X: x, Y: y, Words: p.Name, Anchor: anchor, Href: p.Href, Labelled: p.Labelled})
}

// wide is about how wide a text of 12 px is.
func wide(s string) (w float64) {
	for _, r := range s {
		if utf8.RuneLen(r) > 2 {
			w += 12
		} else {
			w += 6.8
		}
	}
	return w
}
