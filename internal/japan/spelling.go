package japan

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// spelling writes a key of a name in one of the spellings that people use for
// one name: キャノン and キヤノン, センター and センタ, ヴァ and バ, 関ヶ原 and 関が原,
// 一之瀬 and 一ノ瀬, 佐々木 and 佐佐木, 附属 and 付属, エヌ・ティ・ティ and エヌティティ.
// Marks go, but between digits. Names are compared under it, and never shown.
func spelling(s string) string {
	if s == "" {
		return ""
	}
	in := []rune(strings.Trim(s, "※*★☆"))
	out := make([]rune, 0, len(in))
	for i, r := range in {
		before, after := around(in, i)
		switch {
		case isMark(r) && !(unicode.IsDigit(before) && unicode.IsDigit(after)):
		case r == '-' && isIdleDash(before, after):
		case r == '々' && len(out) > 0:
			out = append(out, out[len(out)-1])
		case isKana(r) && len(out) > 0 && out[len(out)-1] == 'ヴ':
			out = appendAfterVu(out, r)
		default:
			out = append(out, usualKana(r, before, after))
		}
	}
	return norm.NFC.String(usualWords.Replace(string(out)))
}

func around(in []rune, i int) (before, after rune) {
	if i > 0 {
		before = in[i-1]
	}
	if i+1 < len(in) {
		after = in[i+1]
	}
	return before, after
}

func isMark(r rune) bool { return strings.ContainsRune("・･.,、。'’‘`´\"“”:;/\\!?_|", r) }

// isIdleDash reports whether a dash or long vowel mark makes no difference: at
// the end of a katakana word, and between letters. 1-2 is not 12, かー not か.
func isIdleDash(before, after rune) bool {
	if isKatakana(before) {
		return !isKatakana(after)
	}
	return !unicode.In(before, unicode.Hiragana) && !(unicode.IsDigit(before) && unicode.IsDigit(after))
}

func isKatakana(r rune) bool { return r >= 'ァ' && r <= 'ヺ' }

// isKana is true of both kinds, ヵ and ヶ included.
func isKana(r rune) bool { return r >= 'ぁ' && r <= 'ヺ' }

// appendAfterVu adds a kana after a ヴ, and makes バ of ヴァ.
func appendAfterVu(out []rune, r rune) []rune {
	if i := strings.Index("ァィェォ", string(r)); i >= 0 {
		out[len(out)-1] = []rune("バビベボ")[i/len("ァ")]
		return out
	}
	out[len(out)-1] = 'ブ'
	if r == 'ュ' {
		out[len(out)-1] = 'ビ'
	}
	return append(out, usualKana(r, 0, 0))
}

// usualKana returns the usual kana for one that is written smaller, older or, in
// the middle of a name, otherwise.
func usualKana(r, before, after rune) rune {
	if !isKana(r) && r != '之' && r != '乃' {
		return r
	}
	if i := strings.IndexRune("ァィゥェォッャュョヮヵヶヰヱヂヅ", r); i >= 0 {
		r = []rune("アイウエオツヤユヨワカケイエジズ")[i/len("ァ")]
	}
	if !unicode.Is(unicode.Han, after) {
		return r
	}
	switch {
	case strings.ContainsRune("がガケ", r) && unicode.In(before, unicode.Han, unicode.Hiragana):
		return 'ケ'
	case strings.ContainsRune("のノ之乃", r) && unicode.Is(unicode.Han, before):
		return 'の'
	}
	return r
}

// usualWords are words that one name has in several spellings.
var usualWords = strings.NewReplacer("附属", "付属", "皮ふ", "皮膚", "皮フ", "皮膚", "ヴ", "ブ")
