package japan

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Key returns the form of s under which names and headers match: NFKC, lower
// case, without white space and invisible marks, every dash (the long vowel
// mark among them) as -, every wave as ~, old and variant kanji as the usual
// ones; ㈱ becomes (株). Key(Key(s)) == Key(s). The original is to be kept: a key
// is never shown. Text that is its own key costs no allocation.
// Source: domain 2.11 "Normalisation".
func Key(s string) string {
	if isKey(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKC.String(s) {
		if r = keyRune(r); r >= 0 {
			b.WriteRune(r)
		}
	}
	// Letters that a blank had kept apart may compose now.
	return norm.NFC.String(b.String())
}

func isKey(s string) bool {
	ascii := true
	for _, r := range s {
		if keyRune(r) != r {
			return false
		}
		ascii = ascii && r < utf8.RuneSelf
	}
	return ascii || norm.NFKC.QuickSpanString(s) == len(s)
}

// keyRune returns what stands for r in a key, or -1 for nothing.
func keyRune(r rune) rune {
	if r < utf8.RuneSelf {
		switch {
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case r <= ' ' || r == 0x7F:
			return -1
		}
		return r
	}
	switch {
	case isSpace(r) || isInvisible(r):
		return -1
	case isDash(r):
		return '-'
	case r == '〜' || r == '～':
		return '~'
	}
	if r >= 0x4E00 {
		if usual, ok := usualKanji[r]; ok {
			return usual
		}
		return r
	}
	return unicode.ToLower(r)
}

func isSpace(r rune) bool { return unicode.IsSpace(r) }

func isInvisible(r rune) bool {
	return r >= 0x200B && r <= 0x200F || r == 0xFEFF || r == 0x00AD || r == 0x2060 ||
		r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF || unicode.IsControl(r)
}

func isDash(r rune) bool {
	switch r {
	case '-', 'ー', 'ｰ', '－', '−', '‐', '‑', '‒', '–', '—', '―', '─', '━', '﹣', 'ㅡ':
		return true
	}
	return false
}

// kanjiVariants pairs variants, as they occur in names, with the usual kanji.
const kanjiVariants = "髙高﨑崎嵜崎碕崎齋斉齊斉斎斉邊辺邉辺澤沢濵浜濱浜嶋島嶌島廣広國国櫻桜" +
	"德徳惠恵瀨瀬淸清槇槙槗橋眞真藪薮籔薮龍竜瀧滝豐豊榮栄" +
	"學学會会醫医藥薬區区體体應応鐵鉄驛駅靜静圓円壽寿寬寛曾曽桒桑栁柳舘館" +
	"條条假仮實実將将專専對対團団圖図單単" + "關関縣県號号處処數数總総聲声賣売讀読變変辨弁邨村鄕郷閒間髮髪鷗鴎黑黒"

// usualKanji maps a variant to the usual kanji; it is never written to.
var usualKanji = pairs(kanjiVariants)

func pairs(s string) map[rune]rune {
	m, variant := map[rune]rune{}, rune(0)
	for _, r := range s {
		if variant == 0 {
			variant = r
			continue
		}
		m[variant], variant = r, 0
	}
	return m
}

// Fold returns s with full-width letters, digits and signs as ASCII and
// half-width kana as full-width ones; case, words and all else stay.
func Fold(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return norm.NFC.String(width.Fold.String(s))
		}
	}
	return s
}

// Trim removes white space of every width, no-break spaces and invisible marks
// from both ends.
func Trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return isSpace(r) || isInvisible(r) })
}

// IsJapanese reports whether s holds kana or kanji.
func IsJapanese(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r >= 0x3040 && unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han)
	})
}
