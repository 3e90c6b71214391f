package japan

import (
	"strings"

	"honne"
)

// ParseCounted reads a number with what it counts behind it: 5個, 1,200 本, 2千円,
// 3.5百万円. The unit is that of ParseUnit; a number alone, and one before a word
// that is no unit, are not ok.
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
	n, ok = ParseNumber(text[:end+1])
	return n, u, ok
}
