package figure

import (
	"strings"

	"honne"
	"honne/internal/japan"
)

// MinusBehind reads a figure with two or three decimals and a minus behind it, as SAP
// writes: 1,234.56-, 2.000-. Without decimals the mark may only end the figure (1,000-).
func MinusBehind(s string) (honne.Decimal, bool) {
	bare, found := strings.CutSuffix(s, "-")
	if n := len(bare); !found || n < 5 || bare[n-3] != '.' && bare[n-4] != '.' {
		return honne.Decimal{}, false
	}
	n, ok := japan.ParseNumber(bare)
	return n.Neg(), ok && n.Coef >= 0 && bare[0] >= '0' && bare[0] <= '9'
}

// OnlyStars reports whether a text is nothing but stars: what a sender withholds.
func OnlyStars(s string) bool {
	s = japan.Trim(s)
	return s != "" && strings.Trim(s, "*＊") == ""
}
