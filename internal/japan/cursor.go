package japan

import (
	"strings"
	"unicode/utf8"
)

// cursor is the text that is still to be read. Its methods take something off
// the front, or leave the text as it is and say so; a copy is a place to come
// back to.
type cursor string

// maxDated bounds, in bytes, the text in which a date is looked for.
const maxDated = 600

// readDate spells a date text so that one grammar reads it: narrow forms, era
// signs as words, waves as ~, dashes as -, kanji numerals as digits.
func readDate(s string) cursor {
	if len(s) > maxDated {
		return ""
	}
	ascii := true
	for i := 0; i < len(s) && ascii; i++ {
		ascii = s[i] < utf8.RuneSelf
	}
	if ascii {
		return cursor(strings.TrimSpace(s))
	}
	return cursor(kanjiDates(dateSpelling.Replace(Trim(Fold(s)))))
}

var dateSpelling = strings.NewReplacer("㍾", "明治", "㍽", "大正", "㍼", "昭和", "㍻", "平成", "㋿", "令和",
	"〜", "~", "～", "~", "から", "~", "至", "~", "ー", "-", "−", "-", "‐", "-", "‑", "-", "–", "-", "—", "-", "―", "-",
	"四半期", "Q", "上半期", "上期", "下半期", "下期", "元年", "1年", "\u00a0", " ")

// kanjiDates writes kanji numerals that stand before 年, 月, 日, 度, 期, 時 or Q as
// digits.
func kanjiDates(s string) string {
	if !strings.ContainsFunc(s, isDateNumeral) {
		return s
	}
	var b strings.Builder
	for s != "" {
		from := strings.IndexFunc(s, isDateNumeral)
		if from < 0 {
			break
		}
		length := strings.IndexFunc(s[from:], func(r rune) bool { return !isDateNumeral(r) })
		if length < 0 {
			break
		}
		run, rest := s[from:from+length], s[from+length:]
		b.WriteString(s[:from])
		if n, ok := kanjiNumber(run); ok && strings.ContainsAny(rest[:runeLength(rest)], "年月日度期時Q") {
			run = n.String()
		}
		b.WriteString(run)
		s = rest
	}
	return b.String() + s
}

func runeLength(s string) int {
	_, size := utf8.DecodeRuneInString(s)
	return size
}

func isDateNumeral(r rune) bool {
	return r == '十' || bigUnit(r) == 0 && smallUnit(r) == 0 && isNumeral(r)
}

func (c *cursor) spaces() {
	for *c != "" && ((*c)[0] == ' ' || (*c)[0] == '\t') {
		*c = (*c)[1:]
	}
}

// done reports whether nothing but blanks is left.
func (c *cursor) done() bool { c.spaces(); return *c == "" }

// word takes the first of the given words that stands at the front.
func (c *cursor) word(words ...string) (string, bool) {
	c.spaces()
	for _, w := range words {
		if strings.HasPrefix(string(*c), w) {
			*c = (*c)[len(w):]
			return w, true
		}
	}
	return "", false
}

func (c *cursor) skip(words ...string) bool {
	_, ok := c.word(words...)
	return ok
}

// number takes all digits at the front when they are least to most in number.
func (c *cursor) number(least, most int) (int, bool) {
	c.spaces()
	n, i := 0, 0
	for ; i < len(*c) && i <= most && isDigit((*c)[i]); i++ {
		n = n*10 + int((*c)[i]-'0')
	}
	if i < least || i > most {
		return 0, false
	}
	*c = (*c)[i:]
	return n, true
}

// upTo takes a number of one or two digits from 1 to most.
func (c *cursor) upTo(most int) (int, bool) {
	rest := *c
	n, ok := rest.number(1, 2)
	if !ok || n < 1 || n > most {
		return 0, false
	}
	*c = rest
	return n, true
}
