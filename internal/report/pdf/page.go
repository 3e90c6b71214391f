package pdf

import (
	"bytes"
	"fmt"
	"math"
)

// Page is a page; places are in points from its upper left corner.
type Page struct {
	W, H    float64
	file    *File
	content bytes.Buffer
	marked  []*Elem // by mark
	ref     ref
}

// Ink is a colour as 0xRRGGBB.
type Ink uint32

// Clear is no ink.
const Clear Ink = 1 << 24

// Piece is a run of text in one look.
type Piece struct {
	Text string
	Size float64 // points
	Bold bool
	Ink  Ink
	Rise float64 // above the line, points
}

// pieceWidth is the width of a piece, in points.
func (f *File) pieceWidth(p Piece) float64 { return f.Width(p.Text, p.Size, p.Bold) }

// Page adds a page of a size in points.
func (f *File) Page(w, h float64) *Page {
	p := &Page{W: w, H: h, file: f}
	f.pages = append(f.pages, p)
	return p
}

// In draws what belongs to an element; nil is decoration, which is not read out.
func (p *Page) In(e *Elem, draw func()) {
	if e == nil {
		p.content.WriteString("/Artifact BMC\n")
	} else {
		fmt.Fprintf(&p.content, "/%s<</MCID %d>>BDC\n", e.tag, len(p.marked))
		e.kids = append(e.kids, kid{page: p, mark: len(p.marked)})
		p.marked = append(p.marked, e)
	}
	draw()
	p.content.WriteString("EMC\n")
}

// Text draws a line of pieces from x on, its base at y.
func (p *Page) Text(x, y float64, pieces ...Piece) {
	p.content.WriteString("BT\n")
	for _, t := range pieces {
		u, name := p.file.face(t.Bold), "F1"
		if t.Bold {
			name = "F2"
		}
		fmt.Fprintf(&p.content, "%s rg/%s %s Tf 1 0 0 1 %s %s Tm<", t.Ink.rgb(), name, number(t.Size), number(x), number(p.H-y+t.Rise))
		for sign := range Signs(t.Text) {
			fmt.Fprintf(&p.content, "%04X", u.cid(sign))
			p.file.note(u, sign)
		}
		p.content.WriteString(">Tj\n")
		x += p.file.pieceWidth(t)
	}
	p.content.WriteString("ET\n")
}

// note keeps a sign that the font lacks.
func (f *File) note(u *used, sign string) {
	if _, drawn := u.glyph(sign); !drawn && !f.reported[sign] {
		f.reported[sign] = true
		f.lacking = append(f.lacking, sign)
	}
}

func (i Ink) rgb() string {
	part := func(shift int) string { return number(float64(i>>shift&0xFF) / 255) }
	return part(16) + " " + part(8) + " " + part(0)
}

// Line draws a line; dash is the lengths of ink and gap, none for a whole one.
func (p *Page) Line(x1, y1, x2, y2, width float64, ink Ink, dash ...float64) {
	fmt.Fprintf(&p.content, "q %s RG %s w %s %s %s m %s %s l S Q\n", ink.rgb(), number(width), dashes(dash), number(x1), number(p.H-y1), number(x2), number(p.H-y2))
}

func dashes(list []float64) string {
	s := "["
	for _, n := range list {
		s += number(n) + " "
	}
	return s + "] 0 d"
}

// Rect draws a rectangle from its upper left corner.
func (p *Page) Rect(x, y, w, h float64, fill, stroke Ink, width float64) {
	p.shape(fmt.Sprintf("%s %s %s %s re", number(x), number(p.H-y-h), number(w), number(h)), fill, stroke, width)
}

// Circle draws a circle around a place.
func (p *Page) Circle(x, y, r float64, fill, stroke Ink, width float64) {
	const k = 0.5523 // of the radius: a cubic curve that is a quarter of a circle
	c, at := float64(r*k), p.H-y
	p.shape(fmt.Sprintf("%s %s m %s %s %s %s %s %s c %s %s %s %s %s %s c %s %s %s %s %s %s c %s %s %s %s %s %s c",
		number(x+r), number(at),
		number(x+r), number(at+c), number(x+c), number(at+r), number(x), number(at+r),
		number(x-c), number(at+r), number(x-r), number(at+c), number(x-r), number(at),
		number(x-r), number(at-c), number(x-c), number(at-r), number(x), number(at-r),
		number(x+c), number(at-r), number(x+r), number(at-c), number(x+r), number(at)), fill, stroke, width)
}

func (p *Page) shape(path string, fill, stroke Ink, width float64) {
	switch {
	case fill != Clear && stroke != Clear:
		fmt.Fprintf(&p.content, "q %s rg %s RG %s w %s B Q\n", fill.rgb(), stroke.rgb(), number(width), path)
	case fill != Clear:
		fmt.Fprintf(&p.content, "q %s rg %s f Q\n", fill.rgb(), path)
	case stroke != Clear:
		fmt.Fprintf(&p.content, "q %s RG %s w %s S Q\n", stroke.rgb(), number(width), path)
	}
}

// Hatch fills a rectangle with lines that rise to the right.
func (p *Page) Hatch(x, y, w, h float64, ink, ground Ink, step, width float64) {
	top := p.H - y
	fmt.Fprintf(&p.content, "q %s %s %s %s re W n %s rg %s %s %s %s re f %s RG %s w\n",
		number(x), number(top-h), number(w), number(h), ground.rgb(), number(x), number(top-h), number(w), number(h), ink.rgb(), number(width))
	gap := float64(step * math.Sqrt2)
	for at := math.Floor((x-h)/gap) * gap; at < x+w; at += gap {
		fmt.Fprintf(&p.content, "%s %s m %s %s l S\n", number(at), number(top-h), number(at+h), number(top))
	}
	p.content.WriteString("Q\n")
}
