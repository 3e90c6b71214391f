package report

import (
	"strings"
	"unicode/utf8"

	"honne"
	"honne/internal/report/pdf"
)

// half is where the second language begins, from the margin on.
const half = textWide / 2

func piece(k look, text string) pdf.Piece {
	return pdf.Piece{Text: text, Size: k.size, Bold: k.bold, Ink: k.ink}
}

// line is a line as pieces, the numbers of its notes raised.
func (p *paper) line(v voice, k look, l Line) []pdf.Piece {
	var out []pdf.Piece
	for i, x := range l {
		if i > 0 {
			out = append(out, piece(k, v.between("report.between.words")))
		}
		t := piece(k, printable(v.piece(x)))
		switch x.Tone {
		case Favourable:
			t.Ink = inkGood
		case Unfavourable:
			t.Ink = inkBad
		}
		out = append(out, t)
		if len(x.Notes) > 0 {
			out = append(out, raised(k, x.Notes))
		}
	}
	return out
}

func raised(k look, list []int) pdf.Piece {
	text := strings.Trim(strings.ReplaceAll(notes(list), ", ", ","), "[]")
	return pdf.Piece{Text: " " + text, Size: k.size * 0.68, Ink: inkAccent, Rise: k.size * 0.33}
}

func (p *paper) under(v voice, k look, u Under) []pdf.Piece {
	var out []pdf.Piece
	if !u.Lead.IsZero() {
		out = append(out, piece(k, v.say(u.Lead)+v.between("report.between.lead")))
	}
	for i, l := range u.Items {
		if i > 0 {
			out = append(out, piece(k, v.text("list.comma")))
		}
		out = append(out, p.line(v, k, l)...)
	}
	return out
}

// said writes a message in each language of the document, with room above and
// below.
func (p *paper) said(e *pdf.Elem, k look, above, below float64, m honne.Message) {
	p.gap(above)
	p.spoken(e, k, margin, textWide, func(v voice, k look) []pdf.Piece { return []pdf.Piece{piece(k, printable(v.say(m)))} })
	if below > 0 {
		p.put(box{high: below, keep: true, draw: func(*pdf.Page, float64) {}})
	}
}

// spoken writes what say says, in each language of the document; two of them
// stand beside each other.
func (p *paper) spoken(e *pdf.Elem, k look, x, width float64, say func(voice, look) []pdf.Piece) {
	if len(p.voices) == 1 {
		v := p.voices[0]
		k = p.in(k, v.lang)
		p.paragraph(e, k, x, width, say(v, k)...)
		return
	}
	r := rowOf{}
	for i, v := range p.voices {
		k := p.in(k, v.lang)
		at := x + float64(i)*half
		e := e.Add("Span")
		if i > 0 {
			e.Speak(string(v.lang))
		}
		r.cells = append(r.cells, cellOf{elem: e, x: at, look: k, lines: p.wrap(say(v, k), half-12-(x-margin))})
	}
	p.put(r.box(p))
}

// paragraph writes pieces, set as in says, as lines; its first two lines stay together, and its
// last two.
func (p *paper) paragraph(e *pdf.Elem, k look, x, width float64, pieces ...pdf.Piece) {
	p.tongue(e, joined(pieces))
	set := p.wrap(pieces, width)
	high := float64(k.size * k.lead)
	for i, line := range set {
		p.put(box{high: high, keep: i < len(set)-1 && (i == 0 || i == len(set)-2), draw: func(page *pdf.Page, y float64) {
			page.In(e, func() { page.Text(x, y+base(k), line...) })
		}})
	}
}

// base is how far below the head of its line a text stands.
func base(k look) float64 { return float64(k.size * (k.lead + 0.76) / 2) }

// wrap breaks pieces into lines of at most width points. A raised number stays
// with what it is for; a word that is too long is cut; no last line is a sign or two.
func (p *paper) wrap(pieces []pdf.Piece, width float64) [][]pdf.Piece {
	atoms := atomsOf(pieces)
	set, last := p.lines(atoms, width)
	if from := p.fuller(atoms, last, width); from < last {
		set, _ = p.lines(atoms[:from], width)
		rest, _ := p.lines(atoms[from:], width)
		set = append(set, rest...)
	}
	if len(set) == 0 {
		return [][]pdf.Piece{nil}
	}
	return set
}

// lines fills lines one after another, and says which atom begins the last one; 0
// where there is one line, or where a word was cut.
func (p *paper) lines(atoms [][]pdf.Piece, width float64) (set [][]pdf.Piece, last int) {
	w := &wrapping{file: p.file, width: width}
	for i, a := range atoms {
		before := len(w.lines)
		w.add(a)
		switch len(w.lines) - before {
		case 0:
		case 1:
			last = i
		default:
			last = 0
		}
	}
	w.next()
	return w.lines, last
}

type wrapping struct {
	file  *pdf.File
	width float64
	used  float64
	line  []pdf.Piece
	lines [][]pdf.Piece
}

func (w *wrapping) next() {
	if n := len(w.line); n > 0 {
		w.line[n-1].Text = strings.TrimRight(w.line[n-1].Text, " ")
		w.lines = append(w.lines, w.line)
	}
	w.line, w.used = nil, 0
}

func (w *wrapping) add(a []pdf.Piece) {
	wide, bare := 0.0, 0.0
	for _, t := range a {
		bare = wide + w.file.Width(strings.TrimRight(t.Text, " "), t.Size, t.Bold)
		wide += w.file.Width(t.Text, t.Size, t.Bold)
	}
	if w.used > 0 && w.used+bare > w.width {
		w.next()
	}
	if bare > w.width {
		w.cut(a)
		return
	}
	for _, t := range a {
		w.append(t)
	}
	w.used += wide
}

// append joins a piece to the one before it where both look alike.
func (w *wrapping) append(t pdf.Piece) {
	if n := len(w.line); n > 0 {
		last := &w.line[n-1]
		alike := *last
		alike.Text = t.Text
		if alike == t {
			last.Text += t.Text
			return
		}
	}
	w.line = append(w.line, t)
}

// cut puts what is longer than a line on several.
func (w *wrapping) cut(a []pdf.Piece) {
	for _, t := range a {
		for sign := range pdf.Signs(t.Text) {
			one := t
			one.Text = sign
			n := w.file.Width(sign, t.Size, t.Bold)
			if w.used > 0 && w.used+n > w.width {
				w.next()
			}
			w.append(one)
			w.used += n
		}
	}
}

// atomsOf splits pieces into what is not to be broken, which may reach over
// several of them.
func atomsOf(pieces []pdf.Piece) [][]pdf.Piece {
	var out [][]pdf.Piece
	var atom []pdf.Piece
	before := rune(0)
	for _, t := range pieces {
		start := 0
		for i, r := range t.Text {
			if before != 0 && !(t.Rise > 0) && mayBreakOnPaper(before, r) && (i > 0 || len(atom) > 0) {
				if i > start {
					part := t
					part.Text = t.Text[start:i]
					atom = append(atom, part)
				}
				out, atom, start = append(out, atom), nil, i
			}
			before = r
		}
		if start < len(t.Text) {
			part := t
			part.Text = t.Text[start:]
			atom = append(atom, part)
		}
	}
	if len(atom) > 0 {
		out = append(out, atom)
	}
	return out
}

// Further signs of Japanese setting that may not start a line (JIS X 4051), and
// the words that stay with the number before them.
const (
	notFirstOnPaper = "…‥〜～–—゛゜ヽヾゝゞ々〻‐”’゠℃°′″"
	withNumber      = "年月日号条項件社点名回時分円千百万億兆か％"
)

// mayBreakOnPaper is mayBreak with what paper can afford: dates and amounts stay
// whole.
func mayBreakOnPaper(before, after rune) bool {
	digit := func(r rune) bool { return r >= '0' && r <= '9' }
	switch {
	case strings.ContainsRune(notFirstOnPaper, after), joinsSign(after):
		return false
	case digit(before) && strings.ContainsRune(withNumber, after):
		return false
	case digit(after) && (before == '年' || before == '月'):
		return false
	}
	return mayBreak(before, after)
}

func joinsSign(r rune) bool {
	for sign := range pdf.Signs("x" + string(r)) {
		return len(sign) == 1+utf8.RuneLen(r)
	}
	return false
}
