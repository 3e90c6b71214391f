package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"honne"
	"honne/internal/japan"
	"honne/internal/lang"
	"honne/internal/report/pdf"
)

// PDF writes the document on A4, tagged, with its title, language and outline,
// and its edition on every page. What stands beside each other on a page stands
// beside each other here, l first. It returns the signs that the font lacks: 〓
// is drawn for them, and they stay in the text. The file names nobody but the
// document itself and whose it is.
func (d Document) PDF(w io.Writer, c *lang.Catalogues, l lang.Language) (lacking []string, err error) {
	var f *pdf.File
	for _, fit := range d.sizes() {
		if f, err = d.set(voice{c, l}, fit); err != nil {
			return nil, err
		}
		if len(f.Pages()) == 1 {
			break
		}
	}
	if _, err := f.WriteTo(w); err != nil {
		return nil, fmt.Errorf("report: write PDF: %w", err)
	}
	return f.Lacking(), nil
}

// sizes are those in which a document is set until it fits its page, the usual
// one first; where none does, it takes several pages of the usual one.
func (d Document) sizes() []float64 {
	if !d.OnePage {
		return []float64{1}
	}
	return []float64{1, 0.95, 0.9, 0.86, 0.82, 0.79, 0.76, 0.74, 1}
}

// set lays the document out.
func (d Document) set(v voice, fit float64) (*pdf.File, error) {
	c, l := v.sentences, v.lang
	name, _ := d.Name.In(l)
	f, err := pdf.New(pdf.Info{Title: printable(name + v.text("list.comma") + v.say(d.Title)), Author: printable(d.From), Language: string(l)})
	if err != nil {
		return nil, err
	}
	p := &paper{file: f, fit: fit, edition: d.Edition, voices: []voice{v}, elem: f.Root()}
	if d.Beside {
		p.voices = append(p.voices, voice{c, other(l)})
	}
	p.top(d)
	p.blocks(d.Blocks)
	p.sources(d.Sources)
	p.hold(len(p.boxes)-2, len(p.boxes)) // the foot is not alone on a page
	for i, m := range d.Foot {
		p.gap(when(i == 0, 14, 0))
		p.said(p.elem.Add("P"), note, 0, 0, m)
	}
	p.flow()
	p.margins(d)
	return f, nil
}

func other(l lang.Language) lang.Language {
	if l == lang.JA {
		return lang.EN
	}
	return lang.JA
}

func when(yes bool, a, b float64) float64 {
	if yes {
		return a
	}
	return b
}

// The page, in points: A4 with margins of 16 mm.
const (
	pageWide, pageHigh = 595.28, 841.89
	margin             = 45.36
	textWide           = pageWide - 2*margin
	pageTop            = margin + 14
	pageEnd            = pageHigh - margin - 16
)

// The inks of the page on paper.
const (
	inkText    pdf.Ink = 0x191D24
	inkSecond  pdf.Ink = 0x474E5A
	inkFaint   pdf.Ink = 0x636A76
	inkLine    pdf.Ink = 0xDDDDD6
	inkControl pdf.Ink = 0x82878F
	inkGood    pdf.Ink = 0x0A6A90
	inkBad     pdf.Ink = 0xB23507
	inkWarn    pdf.Ink = 0x7D5300
	inkAccent  pdf.Ink = 0x1D4AA0
	inkActual  pdf.Ink = 0x343A45
	inkPrior   pdf.Ink = 0x8A9099
	white      pdf.Ink = 0xFFFFFF
)

// look is how a paragraph is set.
type look struct {
	size, lead float64 // points; lead is from base to base, of the size
	bold       bool
	ink        pdf.Ink
}

var (
	body       = look{10, 1.5, false, inkText}
	strong     = look{10, 1.5, true, inkText}
	second     = look{9, 1.45, false, inkSecond}
	plainBelow = look{9.5, 1.45, false, inkText}
	grid       = look{9, 1.4, false, inkText}
	note       = look{8, 1.45, false, inkFaint}
	message    = look{13, 1.45, true, inkText}
	chapter    = look{11.5, 1.4, true, inkText}
	part       = look{10, 1.4, true, inkText}
	name       = look{17, 1.3, true, inkText}
)

// in is the look as a language sets it: Japanese a little larger, with more room
// between the lines; and as small as the document must be set.
func (p *paper) in(k look, l lang.Language) look {
	if l == lang.JA {
		k.lead += 0.15
		if k.size == body.size {
			k.size += 0.5
		}
	}
	if p.fit < 1 {
		k.size, k.lead = k.size*p.fit, k.lead-0.15
	}
	return k
}

// paper lays a document out on pages.
type paper struct {
	file    *pdf.File
	fit     float64 // sizes are so much of what they are else; 1 where nothing must fit
	edition Edition
	voices  []voice // one, or two that stand beside each other
	elem    *pdf.Elem
	boxes   []box
	folded  bool
}

// box is what is not broken by the end of a page.
type box struct {
	gap, high float64
	keep      bool // with the box that follows
	head      *box // drawn again where a page begins with this box
	draw      func(page *pdf.Page, y float64)
}

func (p *paper) put(b box) { p.boxes = append(p.boxes, b) }

// gap leaves room, but not at the head of a page; where letters must be small it
// is the first to give way.
func (p *paper) gap(high float64) {
	if high > 0 {
		p.put(box{gap: high * p.fit * p.fit * p.fit, keep: true, draw: func(*pdf.Page, float64) {}})
	}
}

// hold keeps each of the boxes from one to another with the box that follows.
func (p *paper) hold(from, to int) {
	for i := max(from, 0); i < to; i++ {
		p.boxes[i].keep = true
	}
}

// flow puts the boxes on pages.
func (p *paper) flow() {
	top, end := float64(pageTop), float64(pageEnd)
	if p.fit < 1 {
		top, end = margin-10, pageEnd+8 // one page has no running head
	}
	var page *pdf.Page
	y := 0.0
	for i := 0; i < len(p.boxes); {
		n, high := p.group(i)
		if page == nil || y+high > end && y > top {
			page, y = p.file.Page(pageWide, pageHigh), top
			if head := p.boxes[i].head; head != nil {
				head.draw(page, y)
				y += head.high
			}
		}
		for _, b := range p.boxes[i : i+n] {
			if y > top {
				y += b.gap
			}
			b.draw(page, y)
			y += b.high
		}
		i += n
	}
}

// group is the boxes from i on that stay together, and their height; what is
// higher than a page is not kept together.
func (p *paper) group(i int) (n int, high float64) {
	for k := i; k < len(p.boxes); k++ {
		b := p.boxes[k]
		high += b.gap + b.high
		if !b.keep {
			return k - i + 1, high
		}
	}
	return len(p.boxes) - i, high
}

// margins writes what stands at the head and the foot of every page.
func (p *paper) margins(d Document) {
	v := p.voices[0]
	k := look{8, 1.4, false, inkFaint}
	mark := printable(v.whom(d))
	if d.Edition == Internal {
		mark = v.text("report.internal")
	}
	first, _ := d.Name.In(v.lang)
	if d.Edition == Partner && d.From != "" {
		first = d.From
	}
	pages := p.file.Pages()
	for i, page := range pages {
		page.In(nil, func() {
			if i > 0 {
				running := printable(first + " · " + v.say(d.Title))
				page.Text(margin, margin, piece(k, running))
				page.Line(margin, margin+5, pageWide-margin, margin+5, 0.5, inkLine)
			}
			end := pageHigh - margin + 4
			page.Text(margin, end, piece(k, mark))
			of := strconv.Itoa(i+1) + " / " + strconv.Itoa(len(pages))
			page.Text(pageWide-margin-p.file.Width(of, k.size, false), end, piece(k, of))
		})
	}
}

func (p *paper) top(d Document) {
	v := p.voices[0]
	if d.Edition == Partner && !d.Beside {
		p.letterhead(d)
		return
	}
	if d.Edition == Internal {
		p.said(p.elem.Add("P"), note, 0, 0, honne.Say("report.internal"))
		p.put(box{high: 5, draw: func(page *pdf.Page, y float64) {
			page.In(nil, func() { page.Line(margin, y, pageWide-margin, y, 0.5, inkControl) })
		}})
	} else if d.From != "" {
		k := p.in(second, v.lang)
		p.paragraph(p.elem.Add("P"), k, margin, textWide, piece(k, printable(d.From)))
	}
	p.gap(10)
	p.spoken(p.elem.Add("H1"), name, margin, textWide, func(v voice, k look) []pdf.Piece {
		line := []pdf.Piece{piece(k, printable(v.whom(d)))}
		if _, also := d.Name.In(v.lang); also != "" && d.Edition == Internal && !d.Beside {
			line = append(line, piece(look{11, 1.3, false, inkSecond}, "  "+printable(also)))
		}
		return line
	})
	p.said(p.elem.Add("P"), second, 2, 0, d.Title)
	for _, m := range d.Facts {
		p.said(p.elem.Add("P"), second, 0, 0, m)
	}
}

// letterhead begins a document for the partner as a letter does: to whom, at the
// right from whom and of which day, and in the middle what it is.
func (p *paper) letterhead(d Document) {
	v := p.voices[0]
	whom, title := p.in(look{12, 1.5, true, inkText}, v.lang), p.in(look{16, 1.4, true, inkText}, v.lang)
	p.paragraph(p.elem.Add("P"), whom, margin, textWide, piece(whom, printable(v.whom(d))))
	lines := []string{printable(d.From)}
	for _, m := range d.Facts {
		lines = append(lines, printable(v.say(m)))
	}
	k := p.in(second, v.lang)
	for _, s := range lines {
		if s != "" {
			p.put(rowOf{cells: []cellOf{{elem: p.elem.Add("P"), right: pageWide - margin, look: k, lines: [][]pdf.Piece{{piece(k, s)}}}}}.box(p))
		}
	}
	p.gap(14)
	set := p.wrap([]pdf.Piece{piece(title, printable(v.say(d.Title)))}, textWide)
	h1 := p.elem.Add("H1")
	for _, line := range set {
		x := margin + (textWide-p.file.Width(joined(line), title.size, true))/2
		p.paragraph(h1, title, x, textWide, line...)
	}
	p.gap(4)
}

func (p *paper) blocks(list []Block) {
	for _, b := range list {
		switch b := b.(type) {
		case Heading:
			p.heading(b.Say)
		case Statement:
			p.gap(12)
			p.said(p.elem.Add("P"), message, 0, 0, b.Say)
		case Note:
			p.gap(4)
			p.spoken(p.elem.Add("P"), body, margin, textWide, func(v voice, k look) []pdf.Piece { return p.line(v, k, b.Line) })
		case Strip:
			p.strip(b)
		case Table:
			p.table(b)
		case List:
			p.list(b)
		case Asks:
			p.asks(b)
		case Months, Scale:
			p.chart(b)
		case Fold:
			p.heading(b.Summary)
			p.folded = true
			p.blocks(b.Blocks)
			p.folded = false
		}
	}
}

// heading starts a section, a part of one within what is of less weight.
func (p *paper) heading(m honne.Message) {
	tag, k, level, above := "H2", chapter, 1, 16.0
	if p.folded && len(p.boxes) > 0 {
		tag, k, level, above = "H3", part, 2, 8
	}
	p.gap(above)
	at := len(p.boxes)
	p.said(p.elem.Add(tag), k, 0, 4, m)
	p.hold(at, len(p.boxes))
	draw, title := p.boxes[at].draw, p.voices[0].say(m)
	p.boxes[at].draw = func(page *pdf.Page, y float64) {
		p.file.Outline(level, title, page, y-8)
		draw(page, y)
	}
}

// list writes entries with a dot before each.
func (p *paper) list(b List) {
	l := p.elem.Add("L")
	for n, e := range b.Entries {
		li := l.Add("LI").Add("LBody")
		at := len(p.boxes)
		p.spoken(li, body, margin+12, textWide-12, func(v voice, k look) []pdf.Piece {
			if e.Inside {
				return append([]pdf.Piece{piece(p.in(strong, v.lang), v.text("brief.inside")+v.between("report.between.lead"))}, p.line(v, k, e.Line)...)
			}
			return p.line(v, k, e.Line)
		})
		p.dot(at)
		for _, u := range e.Under {
			below := second
			if p.edition == Partner {
				below = plainBelow // terms are not put into small grey print
			}
			p.spoken(li, below, margin+12, textWide-12, func(v voice, k look) []pdf.Piece { return p.under(v, k, u) })
		}
		p.hold(at, len(p.boxes)-1)
		if n > 0 && n == len(b.Entries)-1 && len(p.boxes)-at <= shortEntry {
			p.hold(at-1, at) // a short last one is not alone at the head of a page
		}
		p.gap(3)
		p.boxes[len(p.boxes)-1].keep = false
	}
}

// shortEntry is of how many lines an entry is at most that does not begin a page
// alone.
const shortEntry = 2

// dot stands before the box at i, in each language of the document.
func (p *paper) dot(i int) {
	draw := p.boxes[i].draw
	p.boxes[i].draw = func(page *pdf.Page, y float64) {
		page.In(nil, func() {
			for n := range p.voices {
				page.Circle(margin+4+float64(n)*half, y+8.2*p.fit, 1.3*p.fit, inkSecond, pdf.Clear, 0)
			}
		})
		draw(page, y)
	}
}

// asks writes numbered questions, each with its fact.
func (p *paper) asks(b Asks) {
	l := p.elem.Add("L")
	for i, q := range b.List {
		li, at := l.Add("LI").Add("LBody"), len(p.boxes)
		p.spoken(li, strong, margin, textWide, func(v voice, k look) []pdf.Piece {
			return append([]pdf.Piece{piece(k, strconv.Itoa(i+1)+". ")}, p.line(v, k, q.Line)...)
		})
		p.spoken(li, second, margin+12, textWide-12, func(v voice, k look) []pdf.Piece {
			return append([]pdf.Piece{piece(k, v.text("brief.fact")+v.between("report.between.lead"))}, p.line(v, k, q.Fact)...)
		})
		for _, x := range q.Inside {
			p.spoken(li, second, margin+12, textWide-12, func(v voice, k look) []pdf.Piece {
				return append([]pdf.Piece{piece(k, v.text("brief.inside")+v.between("report.between.lead"))}, p.line(v, k, x)...)
			})
		}
		p.hold(at, len(p.boxes)-1)
		p.gap(4)
		p.boxes[len(p.boxes)-1].keep = false
	}
}

// sources writes the numbered notes, in two columns where the document has two.
func (p *paper) sources(list []Source) {
	if len(list) == 0 {
		return
	}
	p.heading(honne.Say("report.sources"))
	l, columns := p.elem.Add("L"), len(p.voices)
	rows := make([]rowOf, (len(list)+columns-1)/columns)
	for i, s := range list {
		r := &rows[i%len(rows)]
		r.cells = append(r.cells, p.sourceOf(l.Add("LI"), i+1, s, margin+float64(i/len(rows))*half)...)
	}
	for _, r := range rows {
		r.put(p)
	}
}

// sourceOf is a note and its number, whose column begins at x.
func (p *paper) sourceOf(li *pdf.Elem, number int, s Source, x float64) []cellOf {
	v, width := p.voices[0], textWide-26
	if len(p.voices) > 1 {
		width = half - 12 - 26
	}
	k, text, label := p.in(look{8, 1.35, false, inkSecond}, v.lang), printable(v.source(s)), strconv.Itoa(number)
	body := li.Add("LBody")
	p.tongue(body, text)
	return []cellOf{
		{elem: body, right: x + 20, look: k, lines: [][]pdf.Piece{{piece(k, label)}}},
		{elem: body, x: x + 26, look: k, lines: p.wrap([]pdf.Piece{piece(k, text)}, width)},
	}
}

// tongue marks an element whose text is in another language than the file's.
func (p *paper) tongue(e *pdf.Elem, text string) {
	if l := p.voices[0].tongue(text); l != "" && japan.IsJapanese(text) == (l == string(lang.JA)) {
		e.Speak(l)
	}
}

func joined(list []pdf.Piece) string {
	var b strings.Builder
	for _, t := range list {
		b.WriteString(t.Text)
	}
	return b.String()
}
