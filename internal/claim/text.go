package claim

import (
	"unicode"

	"honne/internal/japan"
)

// script is the kind of a rune, as far as words are concerned.
type script uint8

const (
	mark  script = iota // punctuation, blanks
	latin               // letters of alphabets, and the apostrophe within
	digit
	kanji
	hiragana
	katakana
)

func (s script) japanese() bool { return s >= kanji }

// text is a passage made comparable: full-width letters as ASCII, half-width
// kana as full-width, lower case. Each rune remembers where it stood.
type text struct {
	runes   []rune
	scripts []script
	at      []int // index of the rune in the passage
	words   []word
	ja      bool // holds kana or kanji
}

// word is a run of Latin letters, or of Japanese writing between marks, or of
// digits.
type word struct {
	from, to int
	script   script // latin, digit, or kanji for any Japanese
	stem     uint32 // latin: hash of the stem
}

// read prepares runes from of a passage, the first of which stands at start.
func (t *text) read(runes []rune, start int) {
	t.runes, t.scripts, t.at, t.words, t.ja = t.runes[:0], t.scripts[:0], t.at[:0], t.words[:0], false
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		switch {
		case r >= 'A' && r <= 'Z':
			r += 'a' - 'A'
		case r < 0x80:
		case r >= 0xFF01 && r <= 0xFF5E:
			r = unicode.ToLower(r - 0xFEE0)
		case r == 0x3000 || r == 0xA0:
			r = ' '
		case r == 0x2019 || r == 0x2018:
			r = '\''
		case r >= 0xFF61 && r <= 0xFF9F:
			i += t.halfWidth(runes, i, start)
			continue
		default:
			r = unicode.ToLower(r)
		}
		t.add(r, start+i)
	}
	t.split()
}

// halfWidth adds a half-width kana, with the voicing mark after it, and returns
// how many runes more than one it took.
func (t *text) halfWidth(runes []rune, i, start int) (more int) {
	n := 1
	if i+1 < len(runes) && (runes[i+1] == 0xFF9E || runes[i+1] == 0xFF9F) {
		n = 2
	}
	for _, r := range japan.Fold(string(runes[i : i+n])) {
		t.add(r, start+i)
	}
	return n - 1
}

func (t *text) add(r rune, at int) {
	s := scriptOf(r)
	t.ja = t.ja || s.japanese()
	t.runes, t.scripts, t.at = append(t.runes, r), append(t.scripts, s), append(t.at, at)
}

func scriptOf(r rune) script {
	switch {
	case r >= 'a' && r <= 'z':
		return latin
	case r >= '0' && r <= '9':
		return digit
	case r < 0x80:
		return mark
	case r >= 0x3041 && r <= 0x309F:
		return hiragana
	case r >= 0x30A1 && r <= 0x30FF && r != '・':
		return katakana
	case r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r == '々' || r == '〆' || r == 'ヶ':
		return kanji
	case unicode.IsLetter(r):
		return latin
	}
	return mark
}

// split finds the words.
func (t *text) split() {
	for i := 0; i < len(t.runes); {
		kind := t.wordKind(i)
		from := i
		for i++; i < len(t.runes) && t.wordKind(i) == kind; i++ {
		}
		if kind == mark {
			continue
		}
		w := word{from: from, to: i, script: kind}
		if kind == latin {
			w.stem = stemOf(t.runes[from:i])
		}
		t.words = append(t.words, w)
	}
}

// wordKind is the script of a rune with all Japanese as one, and an apostrophe
// between letters as a letter.
func (t *text) wordKind(i int) script {
	s := t.scripts[i]
	switch {
	case s.japanese():
		return kanji
	case t.runes[i] == '\'' && i > 0 && i+1 < len(t.runes) && t.scripts[i-1] == latin && t.scripts[i+1] == latin:
		return latin
	}
	return s
}

// endings are what an inflection adds to an English word; the first that fits
// is taken off, when three letters stay.
var endings = [...]string{"'s", "ies", "ing", "ed", "es", "s", "ly"}

// stemOf hashes an English word without its inflection: rough, since both sides
// of every comparison pass through it.
func stemOf(w []rune) uint32 {
	for _, e := range endings {
		n := len(w) - len(e)
		if n < 3 || !endsIn(w, e) {
			continue
		}
		if e == "s" && (w[n-1] == 's' || w[n-1] == 'u' || w[n-1] == 'i') {
			break
		}
		if e == "ies" {
			return hashRunes(hashRunes(seed, w[:n]...), 'y')
		}
		w = w[:n]
		break
	}
	if n := len(w); n > 3 && w[n-1] == 'e' {
		w = w[:n-1]
	}
	if n := len(w); n > 3 && w[n-1] == w[n-2] && w[n-1] != 's' && w[n-1] != 'l' {
		w = w[:n-1]
	}
	return hashRunes(seed, w...)
}

func endsIn(w []rune, ending string) bool {
	n := len(w) - len(ending)
	for i := range len(ending) {
		if w[n+i] != rune(ending[i]) {
			return false
		}
	}
	return true
}

// seed begins a hash (FNV-1a).
const seed = 2166136261

// hashRunes continues a hash with runes.
func hashRunes(h uint32, runes ...rune) uint32 {
	for _, r := range runes {
		h = (h ^ uint32(r)) * 16777619
	}
	return h
}
