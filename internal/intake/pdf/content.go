package pdf

import (
	"bytes"
	"io"
	"math"
)

// canvas is what a page shows, in the space in which it is read.
type canvas struct {
	glyphs []glyph
	lines  []line
	images float64 // area of pictures, as a part of the page
	hidden int     // glyphs that nobody sees: of a scan that was read by a machine
}

// glyph is a character, or several that are drawn as one.
type glyph struct {
	from, to point // the base line below it
	size     float64
	text     string
	spaced   bool // a blank stands before it
}

// line is a line that is drawn, from left to right or from top to bottom.
type line struct{ from, to point }

const (
	maxGlyphs = 200_000 // of a page
	maxLines  = 200_000
	maxForms  = 12  // drawings within each other
	maxStack  = 512 // states kept
	thin      = 3.0 // what is filled and no wider is a line
)

// state is what operators set and q keeps.
type state struct {
	ctm                                     matrix
	font                                    *font
	size, chars, words, stretch, lead, rise float64
	mode                                    int
}

// painter runs the operators of a page (ISO 32000-1, annex A).
type painter struct {
	fonts     *fonts
	d         *document
	shown     rect
	out       *canvas
	resources dict
	named     map[name]*font
	now       state
	kept      []state
	text      matrix
	textLine  matrix
	path      [][]point
	spaced    bool
	forms     int
}

// paint draws a page.
func paint(x *fonts, p page) (*canvas, error) {
	shown := p.turn.of(p.box)
	w := &painter{fonts: x, d: x.d, shown: shown, out: &canvas{}, now: state{ctm: p.turn, stretch: 1}}
	var parts []io.Reader
	for _, s := range p.contents {
		r, err := x.d.open(s)
		if err != nil {
			return nil, err
		}
		parts = append(parts, r, bytes.NewReader([]byte("\n")))
	}
	err := w.run(io.MultiReader(parts...), p.resources)
	if err == nil {
		err = x.d.fatal
	}
	w.out.images /= math.Max(1, shown.area())
	return w.out, err
}

// run runs operators with their resources.
func (w *painter) run(r io.Reader, resources dict) error {
	before, named := w.resources, w.named
	w.resources, w.named = resources, map[name]*font{}
	defer func() { w.resources, w.named = before, named }()
	l := newLexer(r)
	for {
		l.items = maxItems
		list, word, err := l.values(0)
		switch {
		case l.err != nil:
			return l.err
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case word == "BI":
			l.skipImage()
			continue
		}
		if err := w.do(word, list); err != nil {
			return err
		}
		if len(w.out.glyphs) > maxGlyphs || len(w.out.lines) > maxLines {
			return errLimit
		}
	}
}

// skipImage skips a picture that stands among the operators.
func (l *lexer) skipImage() {
	var last [4]int
	for {
		c := l.read()
		if c < 0 {
			return
		}
		last = [4]int{last[1], last[2], last[3], c}
		if isSpace(last[0]) && last[1] == 'E' && last[2] == 'I' && (isSpace(c) || isDelimiter(c)) {
			return
		}
	}
}

// operands are the numbers before an operator, 0 where there are none.
func operands(list []any) (n [6]float64) {
	for i, v := range list[max(0, len(list)-6):] {
		if f, ok := v.(float64); ok && math.Abs(f) < 1e9 {
			n[i] = f
		}
	}
	return n
}

// do runs an operator. Those of colours, clips and shadings change nothing of
// what is read.
func (w *painter) do(word keyword, list []any) error {
	n := operands(list)
	switch word {
	case "q":
		if len(w.kept) < maxStack {
			w.kept = append(w.kept, w.now)
		}
	case "Q":
		if last := len(w.kept) - 1; last >= 0 {
			w.now, w.kept = w.kept[last], w.kept[:last]
		}
	case "cm":
		w.now.ctm = matrix{n[0], n[1], n[2], n[3], n[4], n[5]}.then(w.now.ctm)
	case "Do":
		return w.draw(list)
	case "m", "l", "c", "v", "y", "h", "re":
		w.build(word, n)
	case "S", "s", "B", "B*", "b", "b*":
		w.stroke(word[0] == 's' || word[0] == 'b')
		w.path = w.path[:0]
	case "f", "F", "f*":
		w.fill()
		w.path = w.path[:0]
	case "n":
		w.path = w.path[:0]
	default:
		w.doText(word, list, n)
	}
	return nil
}

// draw draws a form, and measures a picture.
func (w *painter) draw(list []any) error {
	if len(list) == 0 {
		return nil
	}
	of, _ := list[len(list)-1].(name)
	s, ok := w.d.resolve(w.d.dict(w.resources["XObject"])[of]).(*stream)
	if !ok {
		return nil
	}
	if w.d.name(s.dict["Subtype"]) == "Image" {
		w.out.images += w.now.ctm.of(rect{0, 0, 1, 1}).and(w.shown).area()
		return nil
	}
	if w.d.name(s.dict["Subtype"]) != "Form" || w.forms >= maxForms {
		return nil
	}
	r, err := w.d.open(s)
	if err != nil {
		return err
	}
	resources := w.d.dict(s.dict["Resources"])
	if resources == nil {
		resources = w.resources
	}
	now, kept, text, textLine := w.now, w.kept, w.text, w.textLine
	if m := w.d.array(s.dict["Matrix"]); len(m) == 6 {
		var n [6]float64
		for i := range m {
			n[i] = w.d.number(m[i], 0)
		}
		w.now.ctm = matrix{n[0], n[1], n[2], n[3], n[4], n[5]}.then(w.now.ctm)
	}
	w.kept = nil
	w.forms++
	err = w.run(r, resources)
	w.forms--
	w.now, w.kept, w.text, w.textLine = now, kept, text, textLine
	return err
}

// build adds to the path, in the space in which the page is read.
func (w *painter) build(word keyword, n [6]float64) {
	at := w.now.ctm.apply(n[0], n[1])
	last := len(w.path) - 1
	switch {
	case word == "m":
		w.path = append(w.path, []point{at})
	case word == "re":
		b, c, d := w.now.ctm.apply(n[0]+n[2], n[1]), w.now.ctm.apply(n[0]+n[2], n[1]+n[3]), w.now.ctm.apply(n[0], n[1]+n[3])
		w.path = append(w.path, []point{at, b, c, d, at})
	case last < 0:
	case word == "l":
		w.path[last] = append(w.path[last], at)
	case word == "h":
		w.path[last] = append(w.path[last], w.path[last][0])
	case word == "c": // of a curve only the end is of use: a rounded corner
		w.path = append(w.path, []point{w.now.ctm.apply(n[4], n[5])})
	default:
		w.path = append(w.path, []point{w.now.ctm.apply(n[2], n[3])})
	}
}

// stroke draws the lines of the path.
func (w *painter) stroke(shut bool) {
	for _, p := range w.path {
		for i := 1; i < len(p); i++ {
			w.line(p[i-1], p[i])
		}
		if shut && len(p) > 2 {
			w.line(p[len(p)-1], p[0])
		}
	}
}

// fill draws what is so thin that it is a line: many programs draw lines so.
func (w *painter) fill() {
	for _, p := range w.path {
		r := rect{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
		for _, q := range p {
			r = rect{math.Min(r.x0, q.x), math.Min(r.y0, q.y), math.Max(r.x1, q.x), math.Max(r.y1, q.y)}
		}
		x, y := (r.x0+r.x1)/2, (r.y0+r.y1)/2
		switch wide, high := r.x1-r.x0, r.y1-r.y0; {
		case high <= thin && wide > high:
			w.line(point{r.x0, y}, point{r.x1, y})
		case wide <= thin && high > wide:
			w.line(point{x, r.y0}, point{x, r.y1})
		}
	}
}

// line keeps a line that is level or upright and on the page.
func (w *painter) line(a, b point) {
	if a.x > b.x || a.y > b.y {
		a, b = b, a
	}
	wide, high := math.Abs(b.x-a.x), math.Abs(b.y-a.y)
	around := rect{a.x, a.y, b.x, b.y}.sorted()
	inside := around.x1 >= w.shown.x0 && around.x0 <= w.shown.x1 && around.y1 >= w.shown.y0 && around.y0 <= w.shown.y1
	switch {
	case !inside || math.IsNaN(wide+high):
	case high <= 1 && wide > 2 || wide <= 1 && high > 2:
		w.out.lines = append(w.out.lines, line{a, b})
	}
}
