package japan

import (
	"strings"

	"honne"
)

// ParseCounted reads a number with what it counts behind it: 5個, 1,200 本, 2千円,
// 3.5百万円. The unit is that of ParseUnit; a number alone, and one before a word
// that is no unit, are not ok. A mixed form is in yen: 1億2,300万円, 85万5千円.
func ParseCounted(s string) (n honne.Decimal, u honne.Unit, ok bool) {
	text := Trim(Fold(s))
	if len(text) > maxTyped {
		return n, u, false
	}
	end := strings.LastIndexAny(text, "0123456789")
	if end < 0 {
		return n, u, false
	}
	if u, ok = wordUnit(strings.TrimLeft(text[end+1:], " ")); !ok {
		return n, u, false
	}
	if u.Scale > 1 && strings.ContainsFunc(text[:end+1], isBig) { // 万 of 万円 is of the number, not of the unit
		n, u.Scale, ok = ParseAmount(text)
		return n, u, ok && u.Currency == honne.JPY
	}
	n, ok = ParseNumber(text[:end+1])
	return n, u, ok
}
