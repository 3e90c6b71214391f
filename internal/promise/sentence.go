package promise

import (
	"slices"
	"strings"
	"unicode"

	"honne/internal/japan"
)

// ownLines returns the lines that are the writer's own: no quotes, nothing behind
// a signature.
func ownLines(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		line = japan.Trim(strings.ToValidUTF8(line, "\uFFFD"))
		switch {
		case line == "" || strings.HasPrefix(line, ">") || strings.HasPrefix(line, "＞") || strings.HasPrefix(line, "|"):
			continue
		case isRule(line):
			if len(out) > 0 {
				return out
			}
			continue
		}
		out = append(out, line)
	}
	return out
}

// isRule reports whether a line is nothing but dashes, stars or the like: a
// signature begins.
func isRule(line string) bool {
	rest := strings.TrimLeft(line, "-—–―─━_＿=＝*＊☆★◆◇□■+~～… ")
	return rest == "" && len(line) >= 2
}

// sentences cuts a line where a sentence ends: at 。 and the like, and at a point
// before a capital letter, unless the word before is shortened by it.
func (r *Recogniser) sentences(line string) []string {
	var out []string
	from := 0
	runes := []rune(line)
	add := func(to int) {
		if s := japan.Trim(string(runes[from:to])); s != "" {
			out = append(out, s)
		}
		from = to
	}
	depth := 0
	for i, c := range runes {
		switch c {
		case '「', '『', '（', '(', '“':
			depth++
		case '」', '』', '）', ')', '”':
			depth = max(0, depth-1)
		case '。', '！', '？', '!', '?', '．':
			if depth == 0 {
				add(i + 1)
			}
		case '.':
			if depth == 0 && r.endsAt(runes, i) {
				add(i + 1)
			}
		}
	}
	add(len(runes))
	return out
}

// endsAt reports whether the point at i ends a sentence.
func (r *Recogniser) endsAt(runes []rune, i int) bool {
	if i+2 >= len(runes) || runes[i+1] != ' ' || !unicode.IsUpper(runes[i+2]) {
		return false
	}
	from := i
	for from > 0 && unicode.IsLetter(runes[from-1]) {
		from--
	}
	return !slices.Contains(r.words.Short.EN, strings.ToLower(string(runes[from:i])))
}
