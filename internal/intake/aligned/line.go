package aligned

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// line is a line of a text: what stands on it between wide gaps.
type line struct {
	tokens  []token
	ruled   bool // it is drawn
	record  bool // a figure stands beside a text
	divided bool // a delimiter stands on it
}

// token is a text of a line, from its first place to the one behind its last.
type token struct {
	from, to int
	text     string
}

// lineOf cuts a line where two blanks or more, or a drawn line, stand.
func lineOf(s string) line {
	s = strings.Trim(s, "\r\f\x1a")
	if ruled(s) {
		return line{ruled: true}
	}
	l := line{tokens: withPage(cut(s, 2))}
	l.divided = divided(s, len(l.tokens) > 1)
	for i, t := range l.tokens {
		l.record = l.record || i > 0 && figure(t.text)
	}
	return l
}

// withPage joins the number of a page to its word: PAGE   1.
func withPage(tokens []token) []token {
	n := len(tokens)
	if n < 2 || !figure(tokens[n-1].text) || !slices.Contains(pages, strings.ToLower(strings.TrimRight(tokens[n-2].text, ".: "))) {
		return tokens
	}
	word, number := &tokens[n-2], &tokens[n-1]
	word.text, word.to = word.text+" "+number.text, number.to
	return tokens[:n-1]
}

// pages are the words before the number of a page.
var pages = []string{"page", "p", "頁", "ページ", "ﾍﾟｰｼﾞ", "ｐａｇｅ"}

// cut gives the texts of a line that so many blanks divide.
func cut(s string, blanks int) []token {
	var out []token
	at, gap, begun := 0, blanks, 0
	for i, r := range s {
		w := width(r)
		switch {
		case at+w > maxWidth:
			return out
		case r == ' ' || r == '\u3000':
			gap++
		case drawn(r):
			gap += blanks
		case gap >= blanks:
			out = append(out, token{from: at})
			begun, gap = i, 0
			fallthrough
		default:
			t := &out[len(out)-1]
			_, size := utf8.DecodeRuneInString(s[i:])
			t.to, t.text, gap = at+w, s[begun:i+size], 0
		}
		at += w
	}
	return out
}

// words are the texts of a line as its columns divide it: one of a record that
// reaches over several columns is cut at its blanks.
func (l *line) words(columns []span) []token {
	if !l.record {
		return l.tokens
	}
	var out []token
	for _, t := range l.tokens {
		if first, last := t.over(columns); first >= last {
			out = append(out, t)
			continue
		}
		for _, w := range cut(t.text, 1) {
			out = append(out, token{t.from + w.from, t.from + w.to, w.text})
		}
	}
	return out
}

// width is how many places a letter takes in print: a half-width one one, any
// other two, as in CP932.
func width(r rune) int {
	if r < 0x80 || r >= 0xFF61 && r <= 0xFF9F || r == '¥' || r == utf8.RuneError {
		return 1
	}
	return 2
}

// drawn reports whether a sign is part of a drawn frame.
func drawn(r rune) bool { return r >= 0x2500 && r <= 0x257F }

// ruled reports whether a line is nothing but a drawn one.
func ruled(s string) bool {
	n := 0
	for _, r := range s {
		switch {
		case r == ' ' || r == '\u3000':
		case drawn(r) || strings.ContainsRune("-=_+*~|ー―‐－＝＿", r):
			n++
		default:
			return false
		}
	}
	return n > 4
}

// divided reports whether a delimiter stands on a line: a tab, a semicolon, a bar,
// or a comma that is of no number, nor of a sentence or a name, with one blank behind it.
func divided(s string, gaps bool) bool {
	digit := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	for i := range len(s) {
		switch s[i] {
		case '\t', ';', '|':
			return true
		case ',':
			wide := gaps && (i+1 == len(s) || strings.HasPrefix(s[i+1:], "  "))
			if !(digit(i-1) && digit(i+1)) && (wide || i+1 < len(s) && s[i+1] != ' ') {
				return true
			}
		}
	}
	return false
}

// figure reports whether a text is a number as reports print it; a dash stands for
// none.
func figure(s string) bool {
	digits := false
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9' || r >= '０' && r <= '９':
			digits = true
		case !strings.ContainsRune(",.+-()%△▲▼¥￥\\，．－＋（）％*", r):
			return false
		}
	}
	return digits
}

// apart reports whether a text stands apart from the one before it on its line.
func (l *line) apart(w token) bool {
	return slices.ContainsFunc(l.tokens[1:], func(t token) bool { return t.from == w.from })
}
