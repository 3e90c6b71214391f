package pdf

import (
	"math"
	"unicode"
)

// doText runs an operator of text (ISO 32000-1, 9.3 and 9.4).
func (w *painter) doText(word keyword, list []any, n [6]float64) {
	s := &w.now
	switch word {
	case "BT":
		w.text, w.textLine = one(), one()
	case "Tc":
		s.chars = n[0]
	case "Tw":
		s.words = n[0]
	case "Tz":
		s.stretch = n[0] / 100
	case "TL":
		s.lead = n[0]
	case "Ts":
		s.rise = n[0]
	case "Tr":
		s.mode = int(n[0])
	case "Tf":
		if len(list) >= 2 {
			of, _ := list[0].(name)
			s.font, s.size = w.fontNamed(of), n[1]
		}
	case "Td":
		w.newLine(n[0], n[1])
	case "TD":
		s.lead = -n[1]
		w.newLine(n[0], n[1])
	case "Tm":
		w.text = matrix{n[0], n[1], n[2], n[3], n[4], n[5]}
		w.textLine = w.text
	case "T*":
		w.newLine(0, -s.lead)
	case "Tj", "'", "\"":
		if word != "Tj" {
			w.newLine(0, -s.lead)
		}
		if word == "\"" && len(list) == 3 {
			s.words, s.chars = n[0], n[1]
		}
		if len(list) > 0 {
			w.show(list[len(list)-1])
		}
	case "TJ":
		if len(list) > 0 {
			w.showAll(list[len(list)-1])
		}
	}
}

func (w *painter) fontNamed(of name) *font {
	f, known := w.named[of]
	if !known {
		f = w.fonts.of(w.d.dict(w.resources["Font"])[of])
		w.named[of] = f
	}
	return f
}

func (w *painter) newLine(x, y float64) {
	w.textLine = matrix{1, 0, 0, 1, x, y}.then(w.textLine)
	w.text = w.textLine
}

// showAll shows strings with what is between them, in thousandths of the size.
func (w *painter) showAll(v any) {
	parts, _ := v.(array)
	for _, p := range parts {
		if n, ok := p.(float64); ok {
			w.advance(-n / 1000 * w.now.size)
			continue
		}
		w.show(p)
	}
}

// advance moves on in the direction of the text.
func (w *painter) advance(by float64) {
	m := matrix{1, 0, 0, 1, by * w.now.stretch, 0}
	if w.now.font != nil && w.now.font.vertical {
		m.e, m.f = 0, by
	}
	w.text = m.then(w.text)
}

// show shows a string.
func (w *painter) show(v any) {
	s, _ := v.(str)
	f := w.now.font
	if f == nil {
		return
	}
	for rest := string(s); rest != "" && len(w.out.glyphs) <= maxGlyphs; {
		c, size := f.next(rest)
		rest = rest[size:]
		wide := f.width(c)
		w.glyph(f.say(c), wide)
		by := float64(wide*w.now.size) + w.now.chars
		if f.vertical {
			by = -w.now.size + w.now.chars
		}
		if size == 1 && c == ' ' {
			by += w.now.words
		}
		w.advance(by)
	}
}

// glyph keeps a character that is seen, and remembers a blank for the next one.
func (w *painter) glyph(text string, wide float64) {
	n := &w.now
	m := matrix{float64(n.size * n.stretch), 0, 0, n.size, 0, n.rise}.then(w.text).then(n.ctm)
	from, to := m.apply(0, 0), m.apply(wide, 0)
	if n.font.vertical {
		from, to = m.apply(-wide/2, -0.88), m.apply(wide/2, -0.88)
	}
	up := m.apply(0, 1)
	size := math.Hypot(up.x-m.e, up.y-m.f)
	if isBlank(text) {
		w.spaced = true
		return
	}
	middle := point{(from.x + to.x) / 2, (from.y + to.y) / 2}
	switch {
	case size < 0.5 || math.IsNaN(size) || !w.shown.has(middle):
	case n.mode == 3 || n.mode == 7:
		w.out.hidden++
	default:
		w.out.glyphs = append(w.out.glyphs, glyph{from, to, size, text, w.spaced})
	}
	w.spaced = false
}

func isBlank(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) && r != '\u200B' {
			return false
		}
	}
	return true
}
