package report

import (
	"strings"

	"honne/internal/chart"
	"honne/internal/report/pdf"
)

// stripColumns is how many key figures stand beside each other.
const stripColumns = 4

// strip writes key figures in rows, each with what puts it into proportion.
func (p *paper) strip(b Strip) {
	p.gap(2)
	n := min(stripColumns, max(len(b.Items), 1))
	width := textWide / float64(n)
	for first := 0; first < len(b.Items); first += n {
		row := b.Items[first:min(first+n, len(b.Items))]
		var set []box
		high := 0.0
		for i, key := range row {
			x := margin + float64(i)*width + when(i > 0, 8, 0)
			all := p.keyFigure(key, x, width-12)
			high = max(high, all.high)
			set = append(set, all)
		}
		p.put(box{gap: 4, high: high + 8, draw: func(page *pdf.Page, y float64) {
			page.In(nil, func() {
				page.Line(margin, y, pageWide-margin, y, 0.5, inkControl)
				for i := 1; i < len(set); i++ {
					x := margin + float64(i)*width
					page.Line(x, y+4, x, y+high+4, 0.5, inkLine)
				}
			})
			for _, b := range set {
				b.draw(page, y+4)
			}
		}})
	}
}

// keyFigure is a figure of a strip below its label, with its lines.
func (p *paper) keyFigure(key Key, x, width float64) box {
	v := p.voices[0]
	value, line := look{16, 1.35, true, inkText}, look{8, 1.4, false, inkSecond}
	e := p.elem.Add("Div")
	inner := &paper{file: p.file, voices: p.voices, fit: p.fit}
	k, below := p.in(note, v.lang), p.in(line, v.lang)
	inner.paragraph(e.Add("P"), k, x, width, piece(k, v.say(key.Label)))
	shown := []pdf.Piece{piece(value, "—")}
	if key.Value != nil {
		shown[0].Text = v.figure(*key.Value)
		if len(key.Notes) > 0 {
			shown = append(shown, raised(look{size: 10}, key.Notes))
		}
	}
	inner.paragraph(e.Add("P"), p.in(value, v.lang), x, width, shown...)
	for _, l := range key.Lines {
		inner.paragraph(e.Add("P"), below, x, width, p.line(v, below, l)...)
	}
	return inner.stacked()
}

// stacked is all boxes as one.
func (p *paper) stacked() box {
	out := box{}
	for _, b := range p.boxes {
		out.high += b.gap + b.high
	}
	out.draw = func(page *pdf.Page, y float64) {
		for _, b := range p.boxes {
			b.draw(page, y+b.gap)
			y += b.gap + b.high
		}
	}
	return out
}

// chart draws a chart across the page.
func (p *paper) chart(b Block) {
	d := p.voices[0].drawn(b)
	scale := textWide / d.W
	p.gap(4)
	e := p.elem.AddFigure(d.Title + " " + d.Desc)
	marks := p.voices[0].marksOf(b)
	p.put(box{high: d.H*scale + 6, keep: marks != "", draw: func(page *pdf.Page, y float64) {
		page.In(e, func() {
			for _, mark := range d.Marks {
				drawing{p.file, page, margin, y, scale}.mark(mark)
			}
		})
	}})
	if marks != "" {
		k := p.in(note, p.voices[0].lang)
		p.paragraph(p.elem.Add("P"), k, margin, textWide, piece(k, marks))
		p.gap(4)
	}
}

// drawing is a chart on a page.
type drawing struct {
	file        *pdf.File
	page        *pdf.Page
	x, y, scale float64
}

// chartText is the least size of words in a chart, in points.
const chartText = 7.5

func (d drawing) mark(m chart.Mark) {
	at := func(x, y float64) (float64, float64) { return d.x + float64(x*d.scale), d.y + float64(y*d.scale) }
	x, y := at(m.X, m.Y)
	width := float64(m.Width * d.scale)
	switch m.Kind {
	case 'r':
		d.rect(m, x, y, width)
	case 'l':
		x2, y2 := at(m.W, m.H)
		var dash []float64
		if m.Dash != "" {
			dash = []float64{2 * d.scale, 3 * d.scale}
		}
		d.page.Line(x, y, x2, y2, width, inkOf(m.Stroke), dash...)
	case 'c':
		d.page.Circle(x, y, m.W*d.scale, inkOf(m.Fill), inkOf(m.Stroke), width)
	case 'p':
		for i := 1; i < len(m.Points); i++ {
			x1, y1 := at(m.Points[i-1].X, m.Points[i-1].Y)
			x2, y2 := at(m.Points[i].X, m.Points[i].Y)
			d.page.Line(x1, y1, x2, y2, width, inkOf(m.Stroke))
		}
	case 't':
		d.words(m, x, y)
	}
}

func (d drawing) rect(m chart.Mark, x, y, width float64) {
	w, h := float64(m.W*d.scale), float64(m.H*d.scale)
	hatch := map[chart.Ink]pdf.Ink{chart.Hatch: inkActual, chart.HatchOK: inkGood, chart.HatchBad: inkBad, chart.HatchGap: inkControl}
	fill := inkOf(m.Fill)
	if ink, ok := hatch[m.Fill]; ok {
		d.page.Hatch(x, y, w, h, ink, white, 5*d.scale, 2.2*d.scale)
		fill = pdf.Clear
	}
	d.page.Rect(x, y, w, h, fill, inkOf(m.Stroke), width)
}

func (d drawing) words(m chart.Mark, x, y float64) {
	t := pdf.Piece{Text: printable(m.Words), Size: max(12*d.scale, chartText), Bold: m.Bold, Ink: inkOf(m.Fill)}
	w := d.file.Width(t.Text, t.Size, t.Bold)
	switch m.Anchor {
	case "middle":
		x -= w / 2
	case "end":
		x -= w
	}
	pieces := []pdf.Piece{t}
	if m.Small != "" {
		pieces = append(pieces, pdf.Piece{Text: m.Small, Size: chartText, Bold: true, Ink: inkAccent, Rise: 2.5})
	}
	d.page.Text(x, y, pieces...)
}

// inkOf is an ink of a chart as it is printed.
func inkOf(i chart.Ink) pdf.Ink {
	inks := map[chart.Ink]pdf.Ink{chart.Text: inkText, chart.Faint: inkFaint, chart.Control: inkControl, chart.Surface: white, chart.Actual: inkActual,
		chart.Previous: inkPrior, chart.Good: inkGood, chart.Bad: inkBad, chart.Warn: inkWarn, chart.OK: 0x2F6B3C, chart.Accent: inkAccent}
	if ink, ok := inks[i]; ok && !strings.HasPrefix(string(i), "url") {
		return ink
	}
	return pdf.Clear
}
