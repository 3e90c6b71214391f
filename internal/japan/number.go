package japan

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"honne"
)

// ParseNumber reads a number as people type it: half- or full-width digits,
// thousands separators in groups of three (comma or space), ¥ in front, 円
// behind, a minus as -, △, ▲, any dash, or as brackets; kanji numerals and
// mixed forms (一万二千三百四十五, 3億2,000万, 1.2万); Excel's 1.2E+05. Anything
// else is not ok: 1,2,3, 12,34, 1,250-, 1,2OO, 5%, 5千円 (see ParseAmount), and
// every mark for which Masked is true. Plain ASCII and full-width digits cost no allocation.
// Source: domain 2.1 "Eras and numbers".
func ParseNumber(s string) (n honne.Decimal, ok bool) {
	if n, ok = plain(s); ok {
		return n, true
	}
	return parseTyped(s)
}

// maxTyped bounds what can be a number; longer text is not looked at.
const maxTyped = 96

// plain reads an optional ASCII minus or plus, digits that may be grouped by
// commas, and an optional fraction, up to 18 digits in all, in spaces.
func plain[T string | []byte](s T) (n honne.Decimal, ok bool) {
	i, end := 0, len(s)
	for i < end && s[i] == ' ' {
		i++
	}
	for end > i && s[end-1] == ' ' {
		end--
	}
	negative := i < end && s[i] == '-'
	if negative || i < end && s[i] == '+' {
		i++
	}
	return unsigned(s[i:end], negative)
}

// unsigned reads digits, grouped or not, and a fraction in one pass.
func unsigned[T string | []byte](s T, negative bool) (n honne.Decimal, ok bool) {
	coef, digits, group, scale := int64(0), 0, 0, 0
	grouped, point := false, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case isDigit(c):
			if coef = coef*10 + int64(c-'0'); coef > 0 {
				digits++
			}
			if group++; point {
				scale++
			}
			if digits > 18 {
				return n, false
			}
		case c == ',' && !point && (grouped && group == 3 || !grouped && group > 0 && group <= 3 && s[0] != '0'):
			grouped, group = true, 0
		case c == '.' && !point && (!grouped || group == 3):
			point, group = true, 0
		default:
			return n, false
		}
	}
	if group == 0 || grouped && !point && group != 3 {
		return n, false
	}
	if negative {
		coef = -coef
	}
	return canonical(coef, scale)
}

// wholeDigits checks the shape of an unsigned number and returns the length of
// the part before the point.
func wholeDigits[T string | []byte](s T) (length int, ok bool) {
	i, first, group, grouped := 0, 0, 0, false
	for ; i < len(s) && (isDigit(s[i]) || s[i] == ','); i++ {
		if s[i] != ',' {
			group++
			continue
		}
		if grouped && group != 3 || !grouped && (group == 0 || group > 3 || s[0] == '0') {
			return 0, false
		}
		first, group, grouped = first+group, 0, true
	}
	if grouped && group != 3 {
		return 0, false
	}
	length = i
	if i < len(s) && s[i] == '.' {
		for i++; i < len(s) && isDigit(s[i]); i++ {
		}
		if i == length+1 {
			return 0, false
		}
	}
	return length, i == len(s) && i > 0
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// canonical returns coef × 10^-scale in the form that honne.ParseDecimal gives.
func canonical(coef int64, scale int) (honne.Decimal, bool) {
	for scale > 0 && coef%10 == 0 && coef != 0 {
		coef /= 10
		scale--
	}
	if coef == 0 {
		return honne.Decimal{}, true
	}
	return honne.Decimal{Coef: coef, Scale: int8(scale)}, scale <= 100
}

// parseTyped reads what plain does not: it spells the text in ASCII as far as
// that goes and takes off sign, brackets and currency.
func parseTyped(s string) (honne.Decimal, bool) {
	var room [maxTyped]byte
	text, ok := spell(s, &room)
	if !ok {
		return honne.Decimal{}, false
	}
	text, yen := cutYen(text)
	text, negative, ok := stripSign(text, yen)
	if !ok {
		return honne.Decimal{}, false
	}
	text, ok = joinSpaces(text)
	if !ok {
		return honne.Decimal{}, false
	}
	n, ok := unsigned(text, false)
	if !ok && !yen {
		n, ok = longOrKanji(text)
	}
	if negative {
		n = n.Neg()
	}
	return n, ok
}

// spell writes s into room with full-width forms as ASCII, every dash as -, the
// triangles as -, every space as one space; kanji stay.
func spell(s string, room *[maxTyped]byte) ([]byte, bool) {
	n := 0
	for _, r := range s {
		r = spellRune(r)
		if n+utf8.UTFMax > len(room) || !mayStand(r) {
			return nil, false
		}
		n += utf8.EncodeRune(room[n:], r)
	}
	return trimSpaces(room[:n]), true
}

// mayStand reports whether a spelled number may hold r; most text fails early.
func mayStand(r rune) bool {
	if r < utf8.RuneSelf {
		return r < 'A' || r == 'E' || r == '\\'
	}
	return r == '円' || isNumeral(r)
}

func spellRune(r rune) rune {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFEE0
	case r == '△' || r == '▲' || isDash(r):
		return '-'
	case r == '¥' || r == '￥' || r == '\\': // CP932 shows the backslash as a yen sign
		return '\\'
	case isSpace(r):
		return ' '
	}
	return r
}

func trimSpaces(b []byte) []byte {
	for len(b) > 0 && b[0] == ' ' {
		b = b[1:]
	}
	for len(b) > 0 && b[len(b)-1] == ' ' {
		b = b[:len(b)-1]
	}
	return b
}

// cutYen takes off a trailing 円.
func cutYen(b []byte) (rest []byte, found bool) {
	rest, found = bytes.CutSuffix(b, []byte("円"))
	return trimSpaces(rest), found
}

// stripSign takes off one sign or one pair of brackets, and one ¥ before or
// after it unless 円 has named the yen already; two signs are no number.
func stripSign(b []byte, yen bool) (rest []byte, negative, ok bool) {
	if len(b) > 2 && b[0] == '(' && b[len(b)-1] == ')' {
		b, negative = trimSpaces(b[1:len(b)-1]), true
	}
	signed := negative
	for len(b) > 0 {
		switch {
		case (b[0] == '-' || b[0] == '+') && !signed:
			signed, negative = true, b[0] == '-'
		case b[0] == '\\' && !yen:
			yen = true
		case b[0] == '-' || b[0] == '+' || b[0] == '\\':
			return nil, false, false
		default:
			return b, negative, true
		}
		b = trimSpaces(b[1:])
	}
	return nil, false, false
}

// joinSpaces removes spaces that group digits by three; it writes them as
// commas, so that a mixture of both is not plausible grouping of either.
func joinSpaces(b []byte) ([]byte, bool) {
	spaces, commas := false, false
	for _, c := range b {
		spaces = spaces || c == ' '
		commas = commas || c == ','
	}
	if !spaces {
		return b, true
	}
	for i, c := range b {
		if c == ' ' {
			b[i] = ','
		}
	}
	return b, !commas
}

// longOrKanji reads numbers of more than 18 digits, Excel's scientific form,
// and kanji numerals.
func longOrKanji(b []byte) (honne.Decimal, bool) {
	s := string(b)
	if s == "" || s[0] >= utf8.RuneSelf || strings.ContainsFunc(s, isNumeral) {
		return kanjiNumber(s)
	}
	mantissa, exponent, scientific := strings.Cut(s, "E")
	if _, ok := wholeDigits(mantissa); !ok {
		return honne.Decimal{}, false
	}
	if scientific && !isExponent(exponent) {
		return honne.Decimal{}, false
	}
	n, err := honne.ParseDecimal(strings.ReplaceAll(s, ",", ""))
	return n, err == nil
}

// isExponent asks for a sign and two or three digits: 1E5 is rather a code.
func isExponent(s string) bool {
	if len(s) < 3 || len(s) > 4 || s[0] != '+' && s[0] != '-' {
		return false
	}
	_, ok := wholeDigits(s[1:])
	return ok
}

// ParsePercent reads a number with a percent sign and returns the ratio:
// 12.5% is 0.125.
func ParsePercent(s string) (ratio honne.Decimal, ok bool) {
	t := Trim(s)
	body, ok := strings.CutSuffix(t, "%")
	if !ok {
		if body, ok = strings.CutSuffix(t, "％"); !ok {
			return honne.Decimal{}, false
		}
	}
	n, ok := ParseNumber(body)
	if !ok {
		return honne.Decimal{}, false
	}
	return canonical(n.Coef, int(n.Scale)+2)
}

// ParseRevised reads a number that may carry the mark of a revised figure, a
// small r in front as in r219,209,760.
func ParseRevised(s string) (n honne.Decimal, revised, ok bool) {
	t := Trim(s)
	rest, revised := strings.CutPrefix(t, "r")
	if !revised {
		rest, revised = strings.CutPrefix(t, "ｒ")
	}
	n, ok = ParseNumber(rest)
	return n, revised && ok, ok
}

// ParseNoted reads a number with the mark of a note before or behind it: 12※, 12※2,
// 1,250*, 12(注1), ※12. What the note says of it is not read.
func ParseNoted(s string) (n honne.Decimal, ok bool) {
	if !strings.ContainsFunc(s, isNoteRune) {
		return n, false
	}
	t := Trim(Fold(s))
	if len(t) > maxTyped {
		return n, false
	}
	bare := strings.TrimLeft(strings.TrimLeft(t, "※*†‡"), " ")
	if bare == t {
		if at := strings.IndexAny(t, "※*†‡(注"); at > 0 && isNoteMark(t[at:]) {
			bare = t[:at]
		}
	}
	if bare == t || strings.Trim(bare, "0123456789,.- ") != "" {
		return n, false
	}
	return ParseNumber(bare)
}

// isNoteRune reports whether the mark of a note holds r, folded or not.
func isNoteRune(r rune) bool {
	switch r {
	case '※', '*', '＊', '†', '‡', '注':
		return true
	}
	return false
}

// isNoteMark reports whether s is the mark of a note and no more: ※, ※2, **, (注1),
// 注1. A star with a number behind it may multiply.
func isNoteMark(s string) bool {
	s = strings.TrimSuffix(strings.TrimPrefix(s, "("), ")")
	if strings.Trim(s, "*†‡") == "" {
		return s != ""
	}
	for _, mark := range [...]string{"※", "注"} {
		if number, found := strings.CutPrefix(s, mark); found {
			return len(number) <= 2 && strings.Trim(number, "0123456789") == ""
		}
	}
	return false
}

// ParseBill reads yen as they are written by hand and on bills, with a dash that ends
// them so that nothing can be added: ¥9,000-, \9,000.-, ￥9,000,-. One figure alone
// does not say that the dash is no minus.
func ParseBill(s string) (n honne.Decimal, ok bool) {
	var room [maxTyped]byte
	text, ok := spell(s, &room)
	if !ok || len(text) < 3 || text[0] != '\\' || text[len(text)-1] != '-' {
		return n, false
	}
	text = bytes.TrimRight(text[1:len(text)-1], ".,")
	return unsigned(trimSpaces(text), false)
}

// ParseAmount reads a number with its unit of money: n × scale yen. 1,250千円
// gives 1250 and 1000; a number without unit or with 円 has the scale 1, and so
// has a mixed form such as 3億2,000万円, whose n is in yen. A unit alone (千円) is
// no amount.
func ParseAmount(s string) (n honne.Decimal, scale int64, ok bool) {
	text := Trim(Fold(s))
	if inner, found := strings.CutPrefix(text, "("); found && strings.HasSuffix(inner, ")") {
		n, scale, ok = ParseAmount(inner[:len(inner)-1])
		return n.Neg(), scale, ok && n.Coef > 0
	}
	body, yen := strings.CutSuffix(text, "円")
	for _, m := range moneyScales {
		digits, found := strings.CutSuffix(body, m.word)
		if !yen || !found || strings.ContainsFunc(digits, isBig) {
			continue
		}
		if digits == "" {
			return n, 0, false
		}
		if n, ok = ParseNumber(digits); ok {
			return n, m.scale, true
		}
	}
	n, ok = ParseNumber(body)
	return n, 1, ok
}
