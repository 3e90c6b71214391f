package web

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// found is something recognised in a text: the runes that decided, or its words.
type found struct {
	kind     string // reason or promise
	door     Linked
	from, to int
	quotes   []string
}

// Stretch is a piece of a text; one that is marked is a sentence, with what it
// leads to.
type Stretch struct {
	Parts []Part
	Kind  string // "" for plain text
	Doors []Linked
}

// stretches cuts a text at the sentences in which something was found. What is
// found in none of them is returned for itself.
func stretches(text string, list []found) (out []Stretch, nowhere []Linked) {
	runes := []rune(text)
	var placed []found
	for _, f := range list {
		if f = f.place(runes); f.to <= f.from || f.from < 0 || f.to > len(runes) {
			nowhere = append(nowhere, f.door)
			continue
		}
		placed = append(placed, f)
	}
	slices.SortStableFunc(placed, func(a, b found) int { return cmp.Compare(a.from, b.from) })
	done := 0
	for i := 0; i < len(placed); {
		from, to := sentence(runes, placed[i].from, placed[i].to)
		from = max(from, done)
		s := Stretch{Kind: placed[i].kind}
		first := i
		for ; i < len(placed) && placed[i].from < to; i++ {
			_, end := sentence(runes, placed[i].from, placed[i].to)
			to = max(to, end)
			if !slices.Contains(s.Doors, placed[i].door) {
				s.Doors = append(s.Doors, placed[i].door)
			}
		}
		s.Parts = parts(runes, from, to, placed[first:i])
		out = append(plain(out, runes[done:from]), s)
		done = to
	}
	return plain(out, runes[done:]), nowhere
}

func plain(out []Stretch, runes []rune) []Stretch {
	if len(runes) == 0 {
		return out
	}
	return append(out, Stretch{Parts: []Part{{Text: string(runes)}}})
}

// place finds where the words of a promise stand.
func (f found) place(runes []rune) found {
	text := string(runes)
	for _, q := range f.quotes {
		if q = strings.TrimSpace(q); q == "" {
			continue
		}
		if i := strings.Index(text, q); i >= 0 {
			f.from = len([]rune(text[:i]))
			f.to = f.from + len([]rune(q))
			return f
		}
	}
	return f
}

// sentence widens a stretch to the sentences, or the line, that it stands in.
func sentence(runes []rune, from, to int) (int, int) {
	for from > 0 && !ends(runes, from-1) {
		from--
	}
	for from < to && unicode.IsSpace(runes[from]) {
		from++
	}
	for to < len(runes) && !ends(runes, to-1) {
		to++
	}
	if runes[to-1] == '\n' {
		to--
	}
	return from, to
}

// ends reports whether a sentence or line ends with a rune.
func ends(runes []rune, i int) bool {
	switch runes[i] {
	case '\n', '。', '！', '？':
		return true
	case '.', '!', '?':
		return i+1 == len(runes) || unicode.IsSpace(runes[i+1])
	}
	return false
}

// parts sets the words that decided in bold.
func parts(runes []rune, from, to int, words []found) []Part {
	var out []Part
	for _, w := range words {
		if w.quotes != nil || w.from < from {
			continue
		}
		if w.from > from {
			out = append(out, Part{Text: string(runes[from:w.from])})
		}
		out = append(out, Part{Text: string(runes[w.from:w.to]), Class: "b"})
		from = w.to
	}
	if from < to {
		out = append(out, Part{Text: string(runes[from:to])})
	}
	return out
}
