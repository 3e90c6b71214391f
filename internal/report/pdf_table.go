package report

import (
	"honne"
	"honne/internal/report/pdf"
)

// cellOf is a set cell: its lines, and where they stand.
type cellOf struct {
	elem  *pdf.Elem
	x     float64
	right float64 // of the figures in it; 0 for words
	look  look
	lines [][]pdf.Piece
}

// rowOf is cells side by side, drawn as one.
type rowOf struct {
	cells       []cellOf
	above, tail float64 // room within
	over, below pdf.Ink // rules
	keep        bool
	head        *box
}

func (c cellOf) high() float64 { return float64(len(c.lines)) * float64(c.look.size*c.look.lead) }

func (r rowOf) high() float64 {
	high := 0.0
	for _, c := range r.cells {
		high = max(high, c.high())
	}
	return high + r.above + r.tail
}

func (r rowOf) box(p *paper) box {
	return box{high: r.high(), keep: r.keep, head: r.head, draw: func(page *pdf.Page, y float64) {
		page.In(nil, func() {
			if r.over != 0 {
				page.Line(margin, y, pageWide-margin, y, 0.75, r.over)
			}
			if r.below != 0 {
				page.Line(margin, y+r.high(), pageWide-margin, y+r.high(), 0.5, r.below)
			}
		})
		for _, c := range r.cells {
			c.draw(p, page, y+r.above)
		}
	}}
}

// tallest is what a row may be high before it is cut to be shown at all.
const tallest = pageEnd - pageTop - 60

// put writes a row; one that no page can hold goes on over several.
func (r rowOf) put(p *paper) {
	for r.high() > tallest {
		first := r
		first.cells, first.keep, first.below = nil, false, 0
		rest := r
		rest.cells, rest.above, rest.over = nil, 0, 0
		for _, c := range r.cells {
			n := min(len(c.lines), int((tallest-r.above-r.tail)/(c.look.size*c.look.lead)))
			top, bottom := c, c
			top.lines, bottom.lines = c.lines[:n], c.lines[n:]
			first.cells, rest.cells = append(first.cells, top), append(rest.cells, bottom)
		}
		p.put(first.box(p))
		r = rest
	}
	p.put(r.box(p))
}

func (c cellOf) draw(p *paper, page *pdf.Page, y float64) {
	for i, line := range c.lines {
		if len(line) == 0 {
			continue
		}
		x := c.x
		if c.right > 0 {
			figures := 0.0
			for _, t := range line {
				if t.Rise == 0 {
					figures += p.file.Width(t.Text, t.Size, t.Bold)
				}
			}
			x = c.right - figures
		}
		at := y + float64(i)*float64(c.look.size*c.look.lead) + base(c.look)
		page.In(c.elem, func() { page.Text(x, at, line...) })
	}
}

// column is a column being set.
type column struct {
	x, width float64
	notes    float64 // room for the numbers of notes behind its figures
	right    bool
}

const columnGap = 9

// table writes a table: its head again on every page, its rows whole.
func (p *paper) table(t Table) {
	v := p.voices[0]
	p.gap(4)
	caption := p.in(note, v.lang)
	element := p.elem.Add("Table")
	at := len(p.boxes)
	p.paragraph(element.Add("Caption"), caption, margin, textWide, piece(caption, v.say(t.Caption)))
	p.hold(at, len(p.boxes))
	cells := p.cells(t)
	columns := p.columns(t, cells)
	head := p.head(t, columns, element.Add("TR"))
	head.keep = true
	p.put(head)
	again := p.head(t, columns, nil)
	last := 0
	for i, r := range t.Rows {
		if i == len(t.Rows)-1 && r.Total && last > 0 {
			p.boxes[last].keep = true // a total does not stand alone
		}
		p.row(r, cells[i], columns, element, &again)
		last = len(p.boxes) - 1
		p.boxes[last].keep = p.boxes[last].keep || r.Room && i < len(t.Rows)-1 // who signs, signs on one page
	}
	p.put(box{high: 4, draw: func(*pdf.Page, float64) {}})
}

// cells says the cells of a table.
func (p *paper) cells(t Table) [][][]pdf.Piece {
	out := make([][][]pdf.Piece, len(t.Rows))
	grouped := t.grouped()
	for i, r := range t.Rows {
		k := p.in(grid, p.voices[0].lang)
		for n, c := range r.Cells {
			k.bold = n == 0 && !grouped || r.Total || r.Group
			out[i] = append(out[i], p.cell(c, k))
		}
	}
	return out
}

func (p *paper) cell(c Cell, k look) []pdf.Piece {
	v := p.voices[0]
	if shape, word := v.level(c.Level); word != "" {
		k.bold, k.ink = true, map[honne.Band]pdf.Ink{honne.High: inkBad, honne.Watch: inkWarn}[c.Level]
		if k.ink == 0 {
			k.ink, k.bold = inkSecond, false
		}
		if shape == "" {
			return []pdf.Piece{piece(k, word)}
		}
		return []pdf.Piece{piece(k, shape+" "+word)}
	}
	if len(c.Line) == 0 {
		k.ink, k.bold = inkFaint, false
		return []pdf.Piece{piece(k, "—")}
	}
	return p.line(v, k, c.Line)
}

// columns shares the width among columns: figures keep theirs, words give way.
func (p *paper) columns(t Table, cells [][][]pdf.Piece) []column {
	out := make([]column, len(t.Columns))
	least := make([]float64, len(out))
	k := p.in(note, p.voices[0].lang)
	for i, c := range t.Columns {
		out[i].right = c.Right
		head := p.file.Width(p.voices[0].head(c), k.size, false)
		out[i].width, least[i] = head, min(head, 46)
		for _, row := range cells {
			if i < len(row) {
				p.measure(row[i], &out[i], &least[i])
			}
		}
		if c.Right {
			out[i].width += out[i].notes
			least[i] += out[i].notes
		}
	}
	free := textWide - columnGap*float64(len(out)-1)
	fitColumns(out, least, free)
	x := margin
	for i := range out {
		out[i].x = x
		x += out[i].width + columnGap
	}
	return out
}

func (p *paper) measure(cell []pdf.Piece, c *column, least *float64) {
	words, raised := 0.0, 0.0
	for _, t := range cell {
		w := p.file.Width(t.Text, t.Size, t.Bold)
		if t.Rise > 0 && c.right {
			raised += w
			continue
		}
		words += w
	}
	c.notes = max(c.notes, raised)
	c.width = max(c.width, words)
	if c.right {
		*least = max(*least, words)
	} else {
		*least = max(*least, min(words, 46))
	}
}

// fitColumns narrows the widest columns until all fit, and widens words where
// there is room.
func fitColumns(list []column, least []float64, free float64) {
	for {
		sum, widest := 0.0, -1
		for i, c := range list {
			sum += c.width
			if c.width > least[i] && (widest < 0 || c.width > list[widest].width) {
				widest = i
			}
		}
		if sum <= free {
			for i := range list {
				list[i].width += (free - sum) / float64(len(list))
			}
			return
		}
		if widest < 0 {
			return
		}
		list[widest].width = max(least[widest], list[widest].width-min(4, sum-free))
	}
}

func (p *paper) head(t Table, columns []column, tr *pdf.Elem) box {
	v := p.voices[0]
	r := rowOf{above: 2, tail: 3, below: inkControl}
	k := look{8, 1.3, false, inkSecond}
	for i, c := range t.Columns {
		cell := cellOf{x: columns[i].x, look: k, lines: p.wrap([]pdf.Piece{piece(k, v.head(c))}, columns[i].width-columns[i].notes)}
		if columns[i].right {
			cell.right = columns[i].x + columns[i].width - columns[i].notes
		}
		if tr != nil {
			cell.elem = tr.AddHead(true)
		}
		r.cells = append(r.cells, cell)
	}
	return r.box(p)
}

// row writes a row and what stands below it.
func (p *paper) row(r Row, cells [][]pdf.Piece, columns []column, element *pdf.Elem, head *box) {
	v := p.voices[0]
	tr := element.Add("TR")
	k := p.in(grid, v.lang)
	set := rowAround(r, head)
	for i, pieces := range cells {
		c := cellOf{x: columns[i].x, look: k, lines: p.wrap(pieces, columns[i].width)}
		if columns[i].right {
			c.right = columns[i].x + columns[i].width - columns[i].notes
			c.lines = [][]pdf.Piece{pieces} // figures do not break
		}
		if i == 0 {
			c.elem = tr.AddHead(false)
		} else {
			c.elem = tr.Add("TD")
		}
		set.cells = append(set.cells, c)
	}
	set.put(p)
	p.underRow(r, len(columns), element, head)
}

// rowAround is a row with its lines and the room above and below, without cells.
func rowAround(r Row, head *box) rowOf {
	set := rowOf{above: 2.5, tail: 2.5, below: inkLine, head: head, keep: len(r.Under) > 0 || r.Group}
	if r.Total {
		set.over = inkText
	}
	if r.Room {
		set.above, set.tail = 12, 12
	}
	if r.Group {
		set.above, set.below = 7, inkControl
	}
	if len(r.Under) > 0 {
		set.below, set.tail = 0, 0
	}
	return set
}

// underRow puts what stands under a row, across all its columns.
func (p *paper) underRow(r Row, columns int, element *pdf.Elem, head *box) {
	v := p.voices[0]
	k := p.in(second, v.lang)
	k.size = 8.5
	for i, u := range r.Under {
		last := i == len(r.Under)-1
		under := rowOf{tail: when(last, 3, 0), keep: !last, head: head}
		if last {
			under.below = inkLine
		}
		td := element.Add("TR").Add("TD").Span(columns)
		under.cells = []cellOf{{elem: td, x: margin, look: k, lines: p.wrap(p.under(v, k, u), textWide)}}
		under.put(p)
	}
}
