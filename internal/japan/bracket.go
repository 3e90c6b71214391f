package japan

import "strings"

// WithoutBrackets drops what stands in brackets: 金額（千円） is 金額.
func WithoutBrackets(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return Bracket(r) != 0 }) {
		return Trim(s)
	}
	var out strings.Builder
	depth := 0
	for _, r := range s {
		if b := Bracket(r); b != 0 {
			depth = max(depth+b, 0)
		} else if depth == 0 {
			out.WriteRune(r)
		}
	}
	return Trim(out.String())
}

// Bracket is 1 for a bracket that opens, of any width, -1 for one that closes, else 0.
func Bracket(r rune) int {
	switch r {
	case '(', '（', '[', '【', '〔', '<', '＜':
		return 1
	case ')', '）', ']', '】', '〕', '>', '＞':
		return -1
	}
	return 0
}
