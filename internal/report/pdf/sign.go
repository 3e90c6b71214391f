package pdf

import (
	"iter"
	"unicode"
	"unicode/utf8"
)

// Signs splits a text into what is drawn as one: a character with the marks and
// variation selectors that follow it.
func Signs(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for len(text) > 0 {
			_, n := utf8.DecodeRuneInString(text)
			for n < len(text) {
				r, size := utf8.DecodeRuneInString(text[n:])
				if !joins(r) {
					break
				}
				n += size
			}
			if !yield(text[:n]) {
				return
			}
			text = text[n:]
		}
	}
}

func joins(r rune) bool {
	return r >= 0x300 && (unicode.In(r, unicode.Mn, unicode.Me) || r == '\u200D')
}

// glyph is what is drawn for a sign, and whether it is more than 〓.
func (f *face) glyph(sign string) (uint16, bool) {
	r, n := utf8.DecodeRuneInString(sign)
	if n < len(sign) {
		mark, _ := utf8.DecodeRuneInString(sign[n:])
		if g, ok := f.glyphs[voiced(r, mark)]; ok {
			return g, true
		}
	}
	switch g, ok := f.glyphs[r]; {
	case ok:
		return g, true
	case unicode.IsSpace(r) || unicode.In(r, unicode.Cf):
		return f.glyphs[' '], true
	}
	return f.glyphs[geta], false
}

// voiced is a kana with the mark that some systems write behind it: か and ゛.
func voiced(r, mark rune) rune {
	switch {
	case mark == '\u3099' && r == 'う', mark == '\u3099' && r == 'ウ':
		return r + 'ゔ' - 'う'
	case mark == '\u3099' && (r >= 'か' && r <= 'ほ' || r >= 'カ' && r <= 'ホ'):
		return r + 1
	case mark == '\u309A' && (r >= 'は' && r <= 'ほ' || r >= 'ハ' && r <= 'ホ'):
		return r + 2
	}
	return r
}
