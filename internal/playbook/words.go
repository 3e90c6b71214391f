package playbook

import (
	"cmp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"honne"
	"honne/internal/japan"
)

// wordList is a list of words and its key in columns.yaml.
type wordList struct {
	key   string
	words *[]string
}

// addWords puts the words of a later playbook behind those of an earlier one.
func addWords(lists, more []wordList) {
	for i, list := range lists {
		*list.words = append(*list.words, *more[i].words...)
	}
}

// wordLists reads lists of words by their keys.
func (l *layer) wordLists(lists []wordList) func(string, *yaml.Node) {
	var fields []field
	for _, list := range lists {
		fields = append(fields, field{list.key, l.texts(list.words)})
	}
	return func(key string, n *yaml.Node) { l.mapping(key, n, fields...) }
}

// lists names every list, in a fixed order.
func (w *Words) lists() []wordList {
	return []wordList{
		{"total", &w.Total}, {"subtotal", &w.Subtotal}, {"whole", &w.Whole}, {"gauge", &w.Gauge}, {"open", &w.Open}, {"open_amount", &w.OpenAmount}, {"state", &w.State}, {"paid", &w.Paid}, {"actual_mark", &w.ActualMark}, {"yen", &w.Yen}, {"others", &w.Others}, {"rest", &w.Rest}, {"net", &w.Net}, {"due", &w.Due}, {"to_come", &w.ToCome}, {"next_month", &w.NextMonth}, {"bill", &w.Bill},
		{"other_days", &w.OtherDays}, {"received", &w.Received}, {"bought", &w.Bought}, {"suppliers", &w.Suppliers}, {"scheduled", &w.Scheduled}, {"pieces", &w.Pieces}, {"makers", &w.Makers}, {"expected", &w.Expected}, {"packages", &w.Packages}, {"loose", &w.Loose}, {"in_all", &w.InAll}, {"part", &w.Part}, {"reversal", &w.Reversal}, {"unsold", &w.Unsold}, {"discount", &w.Discount}, {"moved", &w.Moved}, {"entry_code", &w.EntryCode}, {"set_mark", &w.SetMark}, {"set_whole", &w.SetWhole}, {"set_part", &w.SetPart}, {"note", &w.Note}, {"ditto", &w.Ditto}, {"we_ship", &w.WeShip},
		{"withheld", &w.Withheld}, {"closed", &w.Closed}, {"pseudonym", &w.Pseudonym}, {"areas", &w.Areas}, {"districts", &w.Districts}, {"somebody", &w.Somebody}, {"basis", &w.Basis}, {"says_figure", &w.SaysFigure}, {"site", &w.Site}, {"pending", &w.Pending},
		{"made", &w.Made}, {"maker", &w.Maker}, {"counted", &w.Counted}, {"colour", &w.Colour}, {"title", &w.Title}, {"span", &w.Span}, {"record_start", &w.RecordStart}, {"channels", &w.Channels}, {"sale_sorts", &w.SaleSorts}, {"earlier", &w.Earlier}, {"later", &w.Later}, {"bare", &w.Bare}, {"place", &w.Place}, {"region", &w.Region}, {"step", &w.Step}, {"balance", &w.Balance},
		{"own", &w.Own}, {"unsellable", &w.Unsellable}, {"consigned", &w.Consigned}, {"opening", &w.Opening}, {"issued", &w.Issued}, {"adjusted", &w.Adjusted},
		{"daily", &w.Daily}, {"superseded", &w.Superseded}, {"revised", &w.Revised},
		{"sold", &w.Sold}, {"delivered", &w.Delivered}, {"shipped", &w.Shipped}, {"ordered", &w.Ordered}, {"billed", &w.Billed},
		{"code", &w.Code}, {"number", &w.Number}, {"actual", &w.Actual}, {"plain", &w.Plain}, {"measured", &w.Measured}, {"masters", &w.Masters}, {"adding", &w.Adding}, {"aside", &w.Aside}, {"delivery", &w.Delivery}, {"counts", &w.Counts}, {"programs", &w.Programs}, {"other_times", &w.OtherTimes}, {"compares", &w.Compares}, {"no_sale", &w.NoSale}, {"listed", &w.Listed}, {"now", &w.Now}, {"of_sales", &w.OfSales}, {"named", &w.Named},
		{"upper", &w.Upper}, {"lower", &w.Lower},
		{"ditto_left", &w.DittoLeft}, {"direct", &w.Direct}, {"tab", &w.Tab}, {"pivot", &w.Pivot}, {"edition", &w.Edition}, {"again", &w.Again}, {"from_then", &w.FromThen}, {"sizes", &w.Sizes}, {"none", &w.None}, {"none_there", &w.NoneThere}, {"of_now", &w.OfNow}, {"seal", &w.Seal}, {"seal_too", &w.SealToo}, {"so_far", &w.SoFar},
	}
}

// wordFor is a word that stands for something, as japan.Key writes it.
type wordFor[T ~string] struct {
	key string
	is  T
}

// wordsFor reads the words of one thing. A word that already stands for another
// thing of the same sort is a problem.
func (l *layer) wordsFor(sort string, thing func() string, into *[]string) func(string, *yaml.Node) {
	return l.list(func(key string, n *yaml.Node) {
		var word string
		if l.text(&word)(key, n); word == "" {
			return
		}
		for _, w := range spellings(word) {
			at := sort + " " + japan.Key(w)
			switch before, seen := l.words[at]; {
			case japan.Key(w) == "":
				l.problem(n, key, "%q is nothing but blanks", w)
			case !seen:
				l.words[at] = place{thing(), n.Line}
				*into = append(*into, w)
			case before.meaning != thing():
				l.problem(n, key, "%q stands for %s already, in line %d: expected one meaning", w, before.meaning, before.line)
			}
		}
	})
}

// spellings returns the word and, when it is English of several words, the ways
// in which programs write it: order date, order_date, order-date, order.date.
// japan.Key makes OrderDate of the first.
func spellings(word string) []string {
	if !strings.Contains(word, " ") || strings.ContainsFunc(word, func(r rune) bool { return r >= 0x80 }) {
		return []string{word}
	}
	list := []string{word}
	for _, between := range []string{"_", "-", "."} {
		list = append(list, strings.ReplaceAll(word, " ", between))
	}
	return list
}

// compile makes the tables by which words are looked up.
func (p *Playbook) compile() {
	p.Exact = map[string]honne.Meaning{}
	for _, c := range p.Columns {
		for _, w := range c.Exact {
			p.Exact[japan.Key(w)] = c.Meaning
			if j := joined(japan.Key(w)); p.Exact[j] == "" {
				p.Exact[j] = c.Meaning
			}
		}
		for _, w := range c.Parts {
			p.Parts = append(p.Parts, Part{japan.Key(w), c.Meaning})
		}
	}
	slices.SortStableFunc(p.Parts, func(a, b Part) int {
		return cmp.Or(cmp.Compare(plain(a.Meaning), plain(b.Meaning)), cmp.Compare(runes(b.Key), runes(a.Key)))
	})
	for _, k := range p.Kinds {
		p.kinds = appendWords(p.kinds, k.Series, k.Words)
	}
	for _, r := range p.Reasons {
		p.reasons = appendWords(p.reasons, r.Reason, r.Words)
	}
	p.Mail.compile()
	p.Promises.compile()
	longestFirst(p.kinds)
	longestFirst(p.reasons)
}

var joints = strings.NewReplacer("-", "", "_", "", ".", "", "/", "")

// joined leaves the signs out that stand between the words of an English header:
// Ship-to party, ship_to_party.
func joined(key string) string {
	if strings.ContainsFunc(key, func(r rune) bool { return r >= 0x80 }) || len(strings.Trim(key, "-_./")) < 4 {
		return key
	}
	return joints.Replace(key)
}

// plain is 1 for the meanings that any more special word overrules.
func plain(m honne.Meaning) int {
	if m == honne.MAmount || m == honne.MQuantity {
		return 1
	}
	return 0
}

func runes(s string) int { return len([]rune(s)) }

func appendWords[T ~string](list []wordFor[T], is T, words []string) []wordFor[T] {
	for _, w := range words {
		list = append(list, wordFor[T]{japan.Key(w), is})
	}
	return list
}

func longestFirst[T ~string](list []wordFor[T]) {
	slices.SortStableFunc(list, func(a, b wordFor[T]) int { return cmp.Compare(runes(b.key), runes(a.key)) })
}

// Column returns the meaning of a header, and whether the whole header is known
// (true) or only a part of it was. A unit in brackets has to be removed before.
// Without any known word the meaning is MeaningUnknown.
func (p *Playbook) Column(header string) (m honne.Meaning, whole bool) {
	key := japan.Key(header)
	if m, ok := p.Exact[key]; ok {
		return m, true
	}
	if m, ok := p.Exact[joined(key)]; ok {
		return m, true
	}
	for _, part := range p.Parts {
		if strings.Contains(key, part.Key) {
			return part.Meaning, false
		}
	}
	return honne.MeaningUnknown, false
}

// Owner returns the meaning of what stands before a word for an address in a
// header, MeaningUnknown where nothing known does: 納入先住所 is of a 納入先.
func (p *Playbook) Owner(header string) honne.Meaning {
	key := japan.Key(header)
	at := slices.IndexFunc(p.Columns, func(c ColumnWords) bool { return c.Meaning == honne.MAddress })
	if at < 0 {
		return honne.MeaningUnknown
	}
	for _, word := range p.Columns[at].Exact {
		if rest, ok := strings.CutSuffix(key, japan.Key(word)); ok && rest != "" {
			if m, whole := p.Column(rest); whole {
				return m
			}
		}
	}
	return honne.MeaningUnknown
}

// Kind returns the series that a title, a sheet's name or a file's name speaks
// of, by the longest word found; "" when there is none.
func (p *Playbook) Kind(title string) honne.Series {
	for _, w := range p.Words.Programs {
		title = strings.ReplaceAll(title, w, " ")
	}
	return find(p.kinds, title)
}

// KindWord is the word of a series that a title has, as japan.Key writes it; "" for none.
func (p *Playbook) KindWord(of honne.Series, title string) string {
	key := japan.Key(title)
	for _, w := range p.kinds {
		if w.is == of && strings.Contains(key, w.key) {
			return w.key
		}
	}
	return ""
}

// Speaks reports whether a title has a word of a series, be there a longer one of another.
func (p *Playbook) Speaks(of honne.Series, title string) bool {
	key := japan.Key(title)
	return slices.ContainsFunc(p.kinds, func(w wordFor[honne.Series]) bool { return w.is == of && strings.Contains(key, w.key) })
}

// OurShipments reports whether a file's name says that it tells of our own shipments: in
// a language in which a partner does not write, or as ours (当社出荷, 貴社向け出荷). A bare
// 出荷 may be what the partner ships, which are its sales.
func (p *Playbook) OurShipments(name string) bool {
	return p.Kind(name) == honne.Shipments && (!japan.IsJapanese(name) || holds(name, p.Words.WeShip))
}

// Topic returns what a table is about by its headers, and whether a title says so
// too: with such a title one header of the topic is enough, without it two of
// them are. "" when it is about none.
func (p *Playbook) Topic(titles, headers []string) (topic honne.Topic, titled bool) {
	for _, t := range p.Topics {
		titled := slices.ContainsFunc(titles, func(s string) bool { return holds(s, t.Titles) })
		n := 0
		for _, h := range headers {
			if isOneOf(h, t.Never) {
				n = -len(headers)
			} else if isOneOf(h, t.Columns) {
				n++
			}
		}
		if n > 1 || n > 0 && titled {
			return t.Topic, titled
		}
	}
	return "", false
}

// Titled reports whether one of the titles is of a topic.
func (p *Playbook) Titled(topic honne.Topic, titles []string) bool {
	return slices.ContainsFunc(p.Topics, func(t TopicWords) bool {
		return t.Topic == topic && slices.ContainsFunc(titles, func(s string) bool { return holds(s, t.Titles) })
	})
}

// Heading returns the topic of which the end of a heading is enough, and what stands
// before that end; "" when there is none.
func (p *Playbook) Heading(text string) (topic honne.Topic, before string) {
	key := japan.Key(text)
	for _, t := range p.Topics {
		for _, w := range t.Heads {
			if rest, ok := strings.CutSuffix(key, japan.Key(w)); ok && (topic == "" || len(rest) < len(before)) {
				topic, before = t.Topic, rest
			}
		}
	}
	return topic, before
}

func holds(text string, words []string) bool {
	key := japan.Key(text)
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(key, japan.Key(w)) })
}

func isOneOf(header string, words []string) bool {
	key := japan.Key(header)
	return slices.ContainsFunc(words, func(w string) bool { return key == japan.Key(w) })
}

// Reason returns why a figure changed, in a partner's own words, by the longest
// word found; "" when there is none.
func (p *Playbook) Reason(text string) honne.Reason { return find(p.reasons, text) }

func find[T ~string](list []wordFor[T], text string) T {
	key := japan.Key(text)
	for _, w := range list {
		if strings.Contains(key, w.key) {
			return w.is
		}
	}
	return ""
}
