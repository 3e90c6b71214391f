package figure

import (
	"strings"
	"unicode/utf8"

	"honne"
	"honne/internal/japan"
)

// money is the unit of a figure that names its currency itself, in whatever
// multiple.
const money = "¥"

// Counted is the unit that stands behind a number in a text.
func Counted(s string) (string, bool) {
	if s == "" || s[0] >= 'A' && s[0] < utf8.RuneSelf || len(s) > 40 || !strings.ContainsAny(s, "0123456789０１２３４５６７８９") {
		return "", false
	}
	_, u, ok := japan.ParseCounted(Unmarked(s))
	if u.Currency != "" {
		return money, ok && u.Currency == honne.JPY
	}
	return u.Name, ok && u.Scale == 1
}

// Unmarked is a figure without the mark of a note before or behind it: *40個, 40個※.
func Unmarked(s string) string {
	return japan.Trim(strings.TrimFunc(japan.Trim(s), func(r rune) bool { return r == '※' || r == '*' || r == '＊' || r == '†' || r == '‡' }))
}

// NamesYen reports whether a figure says that it is in yen, whatever its column
// says.
func NamesYen(s string) bool { return strings.HasSuffix(Unmarked(s), "円") }

// InUnits turns n × from into multiples of to; false where that is not exact.
func InUnits(n honne.Decimal, from, to int64) (honne.Decimal, bool) {
	v, exact, err := n.Times(from, 6)
	if err != nil || !exact || v%to != 0 {
		return honne.Decimal{}, false
	}
	out := honne.Decimal{Coef: v / to, Scale: 6}
	for out.Scale > 0 && out.Coef%10 == 0 {
		out.Coef, out.Scale = out.Coef/10, out.Scale-1
	}
	return out, true
}
