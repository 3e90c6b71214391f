package playbook

import (
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"honne"
	"honne/internal/japan"
)

// WordingRule are words that must not stand in what a partner reads, and what to
// write instead (domain 3.9, ux 5).
type WordingRule struct {
	Word  string
	Say   honne.Both
	Never wordsOf
	But   wordsOf // words of the field around them that are harmless
	Legal bool    // allowed where a legal duty is stated plainly
	Block bool    // refused, not only warned of
}

type wordsOf struct{ EN, JA []string }

func (w *wordsOf) add(more wordsOf) {
	w.EN, w.JA = append(w.EN, more.EN...), append(w.JA, more.JA...)
}

// PeopleWords tell whether a word names a person.
type PeopleWords struct {
	Function wordsOf // departments, tasks, kinds of place, groups: nobody's name
	Ordinary wordsOf // looked for as a part of a full name only; in Japanese no address
	Title    wordsOf // before a name in English, behind it in Japanese
}

func (w *PeopleWords) add(more PeopleWords) {
	w.Function.add(more.Function)
	w.Ordinary.add(more.Ordinary)
	w.Title.add(more.Title)
}

// Unfit is a word of a text that a partner should not read.
type Unfit struct {
	From, To int // runes of the text
	Text     string
	Say      honne.Both
	Legal    bool
	Block    bool
}

// Unfit finds the words of a text that do not belong into shared text, in the
// order they stand. English ones are whole words, whatever their case; Japanese
// ones may stand anywhere. A person decides, but for what blocks.
func (p *Playbook) Unfit(text string) []Unfit {
	runes := []rune(japan.Fold(text))
	low := make([]rune, len(runes))
	for i, r := range runes {
		low[i] = unicode.ToLower(r)
	}
	original := []rune(text)
	if len(original) != len(runes) { // folding joined marks: places are those of the folded text
		original = runes
	}
	var out []Unfit
	for _, w := range p.Wording {
		harmless := append(places(low, w.But.EN, true), places(low, w.But.JA, false)...)
		for _, at := range append(places(low, w.Never.EN, true), places(low, w.Never.JA, false)...) {
			if !slices.ContainsFunc(harmless, func(b [2]int) bool { return b[0] <= at[0] && at[1] <= b[1] }) {
				out = append(out, Unfit{at[0], at[1], string(original[at[0]:at[1]]), w.Say, w.Legal, w.Block})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Unfit) int { return a.From - b.From })
	return out
}

// Refused are the words of a text that no partner may read, whoever decides: prices
// at which it sells, other partners, our own name for this program. Of all others
// the program warns (ux 5).
func (p *Playbook) Refused(text string) []Unfit {
	return slices.DeleteFunc(p.Unfit(text), func(u Unfit) bool { return !u.Block })
}

// places finds where words stand in a text, as runes.
func places(text []rune, words []string, whole bool) (out [][2]int) {
	for _, w := range words {
		word := []rune(strings.ToLower(japan.Fold(w)))
		for i := 0; i+len(word) <= len(text); i++ {
			if !slices.Equal(text[i:i+len(word)], word) || whole && (letter(text, i-1) || letter(text, i+len(word))) {
				continue
			}
			out = append(out, [2]int{i, i + len(word)})
		}
	}
	return out
}

// letter reports whether a Latin letter or digit stands at a place: 監査audit is
// two words.
func letter(text []rune, i int) bool {
	return i >= 0 && i < len(text) && text[i] < 0x250 && (unicode.IsLetter(text[i]) || unicode.IsDigit(text[i]))
}

func (l *layer) readWording(n *yaml.Node) {
	seen := map[string]bool{}
	both := func(into *wordsOf) func(string, *yaml.Node) {
		return func(key string, n *yaml.Node) {
			l.mapping(key, n, field{"en", l.texts(&into.EN)}, field{"ja", l.texts(&into.JA)})
		}
	}
	l.mapping("", n, field{"people", func(key string, n *yaml.Node) {
		l.mapping(key, n, field{"function", both(&l.People.Function)}, field{"ordinary", both(&l.People.Ordinary)}, field{"title", both(&l.People.Title)})
	}}, field{"wording", l.list(func(key string, n *yaml.Node) {
		var w WordingRule
		l.mapping(key, n,
			field{"word", l.text(&w.Word)},
			field{"say", l.both(&w.Say)},
			field{"never", both(&w.Never)},
			field{"but", both(&w.But)},
			field{"legal", oneOfBool(l.reader, &w.Legal)},
			field{"block", oneOfBool(l.reader, &w.Block)})
		l.once(key, n, seen, w.Word, "word")
		if len(w.Never.EN) == 0 || len(w.Never.JA) == 0 {
			l.problem(n, key, "expected words in never, in en and ja")
		}
		l.Wording = append(l.Wording, w)
	})})
}
