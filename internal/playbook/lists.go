package playbook

import (
	"cmp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"honne"
	"honne/internal/japan"
)

// ListWords are the words of lists that give no figures: of their headers, and of
// what stands in their cells.
type ListWords struct {
	Columns    []ListColumn
	Activities []ActivityWords
	Functions  []FunctionWords

	Covers  []string // titles that speak of every kind of activity: 活動報告
	Partly  []string // titles that say that the list is not whole: 抜粋
	Content []string // headers of notes that may be no more than the word of a kind: 活動内容
	Held    []string // what may stand behind such a word: デモ実施
	Planned []string // titles of lists of what is still to be done: 訪問予定
	Undone  []string // cells: it was not done: 中止
	Joint   []string // kinds of activity at which we were there: 同行訪問
	Maker   []string // what a partner calls us: メーカー, 貴社
	Inbound []string // somebody came to them: 来社, 受電
	Decides []string // posts of somebody who decides: 院長
	Yes     []string // marks
	No      []string
}

// ListColumn is a meaning with its whole headers, in tables of one topic.
type ListColumn struct {
	Topic   honne.Topic
	Meaning honne.Meaning
	Words   []string
}

// ActivityWords are the words of a kind of activity.
type ActivityWords struct {
	Kind  honne.ActivityKind
	Words []string
}

// FunctionWords are the words of a function.
type FunctionWords struct {
	Function honne.Function
	Words    []string
}

func (w *ListWords) lists() []wordList {
	return []wordList{{"covers", &w.Covers}, {"partly", &w.Partly}, {"content", &w.Content}, {"held", &w.Held}, {"planned", &w.Planned}, {"undone", &w.Undone}, {"joint", &w.Joint}, {"maker", &w.Maker},
		{"inbound", &w.Inbound}, {"decides", &w.Decides}, {"yes", &w.Yes}, {"no", &w.No}}
}

func (l *layer) readLists(n *yaml.Node) {
	w := &l.Lists
	l.mapping("", n,
		field{"columns", l.list(l.listColumn)},
		field{"activities", l.list(func(key string, n *yaml.Node) {
			var a ActivityWords
			l.mapping(key, n, field{"kind", oneOf(l.reader, &a.Kind, honne.AllActivityKinds)},
				field{"words", l.wordsFor("activities", func() string { return string(a.Kind) }, &a.Words)})
			w.Activities = append(w.Activities, a)
		})},
		field{"functions", l.list(func(key string, n *yaml.Node) {
			var f FunctionWords
			l.mapping(key, n, field{"function", oneOf(l.reader, &f.Function, honne.AllFunctions)},
				field{"words", l.wordsFor("functions", func() string { return string(f.Function) }, &f.Words)})
			w.Functions = append(w.Functions, f)
		})},
		field{"words", l.wordLists(w.lists())})
}

func (l *layer) listColumn(key string, n *yaml.Node) {
	var c ListColumn
	l.mapping(key, n,
		field{"topic", oneOf(l.reader, &c.Topic, honne.AllTopics)},
		field{"meaning", oneOf(l.reader, &c.Meaning, honne.Meanings())},
		field{"words", l.texts(&c.Words)})
	l.Lists.Columns = append(l.Lists.Columns, c)
}

// add puts the words of a later playbook behind those of an earlier one; a kind,
// a function and a column of it replace theirs.
func (w *ListWords) add(top ListWords) {
	w.Columns = stackBy(w.Columns, top.Columns, func(c ListColumn) string { return string(c.Topic) + " " + string(c.Meaning) })
	w.Activities = stackBy(w.Activities, top.Activities, func(a ActivityWords) string { return string(a.Kind) })
	w.Functions = stackBy(w.Functions, top.Functions, func(f FunctionWords) string { return string(f.Function) })
	addWords(w.lists(), top.lists())
}

// Column returns the meaning of a header, brackets removed, in a list of a topic;
// "" where only columns.yaml may know it.
func (w *ListWords) Column(topic honne.Topic, header string) honne.Meaning {
	for _, c := range w.Columns {
		if c.Topic == topic && isOneOf(header, c.Words) {
			return c.Meaning
		}
	}
	return ""
}

// Activity returns the kind of activity that a text names; ActivityUnknown where
// it names none, or two of which neither is the visit at which the other was done.
func (w *ListWords) Activity(text string) honne.ActivityKind {
	kinds := w.Kinds(text)
	if len(kinds) == 2 {
		kinds = slices.DeleteFunc(kinds, func(k honne.ActivityKind) bool { return k == honne.ActivityVisit })
		if len(kinds) == 1 && kinds[0] == honne.ActivityCall {
			return honne.ActivityUnknown // a visit or a call
		}
	}
	if len(kinds) != 1 {
		return honne.ActivityUnknown
	}
	return kinds[0]
}

// OfWhatWasDone reports whether a header is that of a note of what was done.
func (w *ListWords) OfWhatWasDone(header string) bool { return isOneOf(header, w.Content) }

// Bare returns the kind of activity whose word a text is, or that it was held, and
// nothing else; ActivityUnknown for any other.
func (w *ListWords) Bare(text string) honne.ActivityKind {
	key := japan.Key(text)
	for _, tail := range w.Held {
		if rest, ok := strings.CutSuffix(key, japan.Key(tail)); ok && rest != "" {
			key = rest
			break
		}
	}
	for _, a := range w.Activities {
		if isOneOf(key, a.Words) || isOneOf(text, a.Words) {
			return a.Kind
		}
	}
	return honne.ActivityUnknown
}

// Kinds returns the kinds of activity that a text names, in their order.
func (w *ListWords) Kinds(text string) []honne.ActivityKind {
	var words []wordFor[honne.ActivityKind]
	for _, a := range w.Activities {
		words = appendPlain(words, a.Kind, a.Words)
	}
	return spoken(words, text, honne.AllActivityKinds)
}

// Function returns the function that a department or a post names; "" where it
// names none, or several.
func (w *ListWords) Function(text string) honne.Function {
	var words []wordFor[honne.Function]
	for _, f := range w.Functions {
		words = appendPlain(words, f.Function, f.Words)
	}
	if found := spoken(words, text, honne.AllFunctions); len(found) == 1 {
		return found[0]
	}
	return ""
}

// Holds reports whether one of the words stands in a text; English ones as words
// of their own.
func (w *ListWords) Holds(text string, words []string) bool {
	return len(spoken(appendPlain[string](nil, "x", words), text, []string{"x"})) > 0
}

func appendPlain[T ~string](list []wordFor[T], is T, words []string) []wordFor[T] {
	for _, word := range words {
		list = append(list, wordFor[T]{plainText(word), is})
	}
	return list
}

// plainText is a text without width, case and kinds of blanks.
func plainText(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(japan.Fold(s))), " ")
}

// spoken returns what the words of a text stand for, in an order; where one word
// stands within a longer one only the longer counts.
func spoken[T ~string](words []wordFor[T], text string, order []T) []T {
	slices.SortStableFunc(words, func(a, b wordFor[T]) int { return cmp.Compare(runes(b.key), runes(a.key)) })
	rest := plainText(text)
	found := map[T]bool{}
	for _, w := range words {
		for {
			i := wordIn(rest, w.key)
			if i < 0 {
				break
			}
			found[w.is] = true
			rest = rest[:i] + "\x00" + rest[i+len(w.key):]
		}
	}
	return slices.DeleteFunc(slices.Clone(order), func(x T) bool { return !found[x] })
}

// wordIn returns where a word stands in a text, −1 for nowhere. A word of Latin
// letters stands alone: TEL is not in hotel.
func wordIn(text, word string) int {
	latin := func(s string) bool {
		return s != "" && (s[0] >= 'a' && s[0] <= 'z' || s[0] >= '0' && s[0] <= '9')
	}
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 || word == "" {
			return -1
		}
		i += from
		end := i + len(word)
		if !(latin(word) && i > 0 && latin(text[i-1:])) && !(latin(word[len(word)-1:]) && latin(text[end:])) {
			return i
		}
		from = end
	}
}
