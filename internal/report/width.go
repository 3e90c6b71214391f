package report

import (
	"strings"
	"unicode"
)

// columns returns the columns that s takes on a terminal: two for kana, kanji
// and full-width signs, none for a combining mark.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n += runeColumns(r)
	}
	return n
}

func runeColumns(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me):
		return 0
	case r >= 0x1100 && r <= 0x115F, r >= 0x2E80 && r <= 0x303E, r >= 0x3041 && r <= 0xA4CF,
		r >= 0xAC00 && r <= 0xD7A3, r >= 0xF900 && r <= 0xFAFF, r >= 0xFE30 && r <= 0xFE4F,
		r >= 0xFF01 && r <= 0xFF60, r >= 0xFFE0 && r <= 0xFFE6, r >= 0x1F300 && r <= 0x1FAFF,
		r >= 0x20000 && r <= 0x3FFFD:
		return 2
	}
	return 1
}

// printable drops what would steer a terminal or turn the direction of a line:
// a name in a file is not to be trusted.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200E, r == 0x200F, r == 0x061C:
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, s)
}

// Signs that may not start a line, or end one.
const (
	notFirst = "、。，．,.!?！？)）]］}｝」』】〉》〕:：;；%％・ー々ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"
	notLast  = "(（[［{｛「『【〈《〔¥￥"
)

// wrap breaks s into lines of at most width columns: at blanks, and between
// Japanese signs where Japanese does. A word that is too long is cut.
func wrap(s string, width int) []string {
	width = max(width, 4)
	var out []string
	line, used := "", 0
	for _, a := range atoms(s) {
		n := columns(strings.TrimRight(a, " "))
		if used > 0 && used+n > width {
			out = append(out, strings.TrimRight(line, " "))
			line, used = "", 0
		}
		for columns(a) > width && n > width {
			head := cut(a, width)
			out = append(out, head)
			a = a[len(head):]
			n = columns(strings.TrimRight(a, " "))
		}
		line += a
		used += columns(a)
	}
	if line != "" || len(out) == 0 {
		out = append(out, strings.TrimRight(line, " "))
	}
	return out
}

// cut returns the head of s that fits.
func cut(s string, width int) string {
	n := 0
	for i, r := range s {
		if n += runeColumns(r); n > width {
			return s[:i]
		}
	}
	return s
}

// atoms splits s into what is not to be broken: a word with the blanks after
// it, or a wide sign with what must stay beside it.
func atoms(s string) []string {
	var out []string
	start, before := 0, rune(0)
	for i, r := range s {
		if i > start && mayBreak(before, r) {
			out = append(out, s[start:i])
			start = i
		}
		before = r
	}
	return append(out, s[start:])
}

func mayBreak(before, after rune) bool {
	switch {
	case after == ' ', strings.ContainsRune(notFirst, after), strings.ContainsRune(notLast, before):
		return false
	case before == ' ':
		return true
	}
	return runeColumns(before) == 2 || runeColumns(after) == 2
}

// pad fills s with blanks to width columns, at the left when right is set.
func pad(s string, width int, right bool) string {
	gap := strings.Repeat(" ", max(0, width-columns(s)))
	if right {
		return gap + s
	}
	return s + gap
}
