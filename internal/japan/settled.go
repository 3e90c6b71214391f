package japan

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// settled reports whether a rune is the same in every normal form and width, and never
// composes with another of the sort: ASCII, kana and kanji, of which most texts are made.
func settled(r rune) bool {
	return r < utf8.RuneSelf || r >= 0x4E00 && r <= 0x9FFF || r >= 'ァ' && r <= 'ヾ' || r >= 'ぁ' && r <= 'ゖ'
}

// narrowed writes a text of settled runes and full-width forms of ASCII in settled ones
// alone, as norm and width do; false of any other text.
func narrowed(s string) (string, bool) {
	wide := false
	for _, r := range s {
		if isWide(r) {
			wide = true
		} else if !settled(r) {
			return "", false
		}
	}
	if !wide {
		return s, true
	}
	out := make([]byte, 0, len(s))
	for _, r := range s {
		if isWide(r) {
			r -= '！' - '!'
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out), true
}

func isWide(r rune) bool { return r >= '！' && r <= '～' }

// composed is the NFC of s.
func composed(s string) string {
	for _, r := range s {
		if !settled(r) {
			return norm.NFC.String(s)
		}
	}
	return s
}
