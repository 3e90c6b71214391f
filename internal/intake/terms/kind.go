package terms

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"honne"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// Kind is the series that a title speaks of; one of ratios (前年同期増加率) speaks of
// none, nor one of what is still to come, but for a forecast beside it (販売見込および発注予定).
func (d *Dictionary) Kind(title string) honne.Series {
	if m, _ := d.Lookup(title); m == honne.MRatio || d.OfRivals(title) || d.Aside(title) {
		return ""
	}
	rest := title
	for _, w := range d.Book.Words.Scheduled {
		rest = strings.ReplaceAll(rest, w, "")
	}
	if kind := d.qualified(rest); rest == title || kind == honne.Forecast {
		return kind
	}
	return ""
}

// qualified is the series of a title: of sales that it says to be of a plan, a forecast
// or the year before, it is that (前年売上一覧, 目標店頭販売数), where nothing compares the
// one with the other.
func (d *Dictionary) qualified(title string) honne.Series {
	kind := d.Book.Kind(title)
	title = withoutSorts(title)
	switch {
	case kind == honne.PriorYear && d.compares(title):
		return honne.Sales
	case kind != honne.Sales && kind != honne.Shipments || d.compares(title):
		return kind
	}
	for _, s := range [...]honne.Series{honne.Proposed, honne.PriorYear, honne.Plan, honne.Forecast, honne.ToDate, honne.Market} {
		if d.Book.Speaks(s, title) && (s == honne.PriorYear || !HoldsAny(title, d.Book.Words.Actual)) {
			return s
		}
	}
	return kind
}

var sortedBy = regexp.MustCompile(`[^\s\x{3000}_（）()【】・]*別`)

// withoutSorts drops from a title by what its rows are sorted: 得意先別.
func withoutSorts(title string) string { return sortedBy.ReplaceAllString(title, "") }

// compares reports whether a title sets what it speaks of against something, which
// stands beside it then: 前年対比売上表.
func (d *Dictionary) compares(title string) bool {
	return HoldsAny(strings.ReplaceAll(title, "対象", ""), d.Book.Words.Compares)
}

// Aside reports whether a title speaks of figures of others, of what is given away, of
// another month than its own, or of what is no sale: 他社売上, リベート一覧.
func (d *Dictionary) Aside(title string) bool {
	if d.DoneUnsold(title) && !d.Note(title) {
		return true
	}
	kind := d.Book.Kind(title)
	if title = withoutSorts(title); strings.HasSuffix(title, "分") {
		return false // 前月分 stands before a row as well
	}
	return (kind == "" || kind == honne.Sales || slices.Contains(honne.DoneSeries, kind)) && (HoldsAny(title, d.Book.Words.Aside) || HoldsAny(title, d.Book.Words.OtherTimes)) && !d.compares(title) && !d.Note(title)
}

// WithoutOtherTimes is a title without words for another month than that of its report.
func (d *Dictionary) WithoutOtherTimes(title string) string {
	for _, w := range d.Book.Words.OtherTimes {
		title = strings.ReplaceAll(title, w, "")
	}
	return title
}

// DoneUnsold reports whether a title is about what is done and not sold: 訪問実績, 症例.
func (d *Dictionary) DoneUnsold(title string) bool {
	words := &d.Book.Words
	if slices.ContainsFunc(words.Plain, func(w string) bool { return !slices.Contains(words.Actual, w) && strings.Contains(title, w) }) {
		return false
	}
	return slices.ContainsFunc(strings.FieldsFunc(withoutSorts(title), betweenWords), func(word string) bool {
		return slices.ContainsFunc(words.NoSale, func(w string) bool {
			_, rest, found := strings.Cut(word, w)
			return word == w || found && slices.ContainsFunc(words.Listed, func(l string) bool { return strings.HasPrefix(rest, l) })
		})
	})
}

// EntitledRatios reports whether a title says of bare figures below it that they are
// ratios, prices or others that are not kept: 売上構成比一覧 over months.
func (d *Dictionary) EntitledRatios(title string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(withoutSorts(title), betweenWords), func(word string) bool {
		word = strings.TrimSuffix(word, "推移")
		if strings.Contains(word, "比較") || strings.Contains(word, "対比") {
			return false
		}
		m, _ := d.withoutPaper(word)
		return m == honne.MRatio || m == honne.MUnitPrice || m == honne.MListPrice || m == honne.MeaningUnknown && d.OtherFigure(japan.Key(word))
	})
}

// OfRivals reports whether a word of a title is of the sales of others: 競合販売数一覧.
func (d *Dictionary) OfRivals(title string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(title, betweenWords), func(s string) bool {
		return d.Book.Kind(s) != "" && slices.ContainsFunc(d.rivals, func(w string) bool { return strings.HasPrefix(japan.Key(s), w) })
	})
}

func betweenWords(r rune) bool { return unicode.IsSpace(r) || r == '_' || japan.Bracket(r) != 0 }

// OfOthers reports whether a text is for stock that is not the distributor's to sell: by a
// word for its kind, by several (デモ・貸出), or by one before the name of a place (預託A病院).
func (d *Dictionary) OfOthers(s string) bool {
	return s != "" && len(s) <= 60 && d.namesOthers(japan.Key(japan.WithoutBrackets(s)))
}

func (d *Dictionary) namesOthers(key string) bool {
	if d.Unsellable[key] {
		return true
	}
	if kinds := strings.FieldsFunc(key, betweenKinds); len(kinds) > 1 && Every(kinds, func(k string) bool { return d.Unsellable[k] }) {
		return true
	}
	for _, w := range d.Book.Words.Counts {
		if kind, counted := strings.CutSuffix(key, w); counted && d.Unsellable[kind] {
			return true
		}
	}
	return slices.ContainsFunc(d.consigned, func(w string) bool {
		name, begins := strings.CutPrefix(key, w)
		return begins && (japan.IsSite(name, d.Site) || japan.IsAddressed(name))
	})
}

func betweenKinds(r rune) bool { return strings.ContainsRune("・･/／、,", r) }

// KindOf reports whether one of the header texts is a word for a kind of stock.
func (d *Dictionary) KindOf(header []string, words map[string]bool) bool {
	return slices.ContainsFunc(header, func(s string) bool { return len(s) <= 60 && words[japan.Key(japan.WithoutBrackets(s))] })
}

// TaxSaid is the tax basis that a text beside a table says of its amounts; "" where
// it speaks of both, or of a price.
func (d *Dictionary) TaxSaid(s string) honne.Tax {
	tax := japan.TaxOf(s)
	if m, _ := d.Lookup(s); m == honne.MUnitPrice || m == honne.MListPrice {
		return ""
	}
	return tax
}

// Version is which version of a figure a text says, alone, before what is counted, or in
// brackets behind it: −1 for an earlier one (当初計画, 売上金額（修正前）), 1 for a later, 2
// for one that is later again (再修正), 0 where it says none.
func (d *Dictionary) Version(s string) int {
	if v := d.versionOfKey(japan.Key(japan.WithoutBrackets(s))); v != 0 {
		return v
	}
	return d.versionOfKey(japan.Key(when.BracketedText(s)))
}

func (d *Dictionary) versionOfKey(key string) int {
	again := WithoutFirst(key, d.Book.Words.Again)
	switch {
	case d.begins(key, d.Book.Words.Earlier):
		return -1
	case again != key && d.begins(again, d.Book.Words.Later):
		return 2
	case d.begins(key, d.Book.Words.Later):
		return 1
	}
	return 0
}

// WithoutFirst is a text without the first of the words that begins it.
func WithoutFirst(s string, words []string) string {
	for _, w := range words {
		if rest, begins := strings.CutPrefix(s, w); begins {
			return rest
		}
	}
	return s
}

// begins reports whether a key is one of the words, or one before what is counted.
func (d *Dictionary) begins(key string, words []string) bool {
	for _, w := range words {
		if rest, ok := strings.CutPrefix(key, japan.Key(w)); ok && (rest == "" || slices.Contains(d.Book.Words.Edition, rest) || d.Measures(rest)) {
			return true
		}
	}
	return false
}
