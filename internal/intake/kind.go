package intake

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"honne"
	"honne/internal/japan"
)

// settleKind decides what the table is about, or that it is no distributor
// report: the sender's word, titles, sheet, file name, columns; and only where
// there are columns to bear it out.
func (t *table) settleKind(f *finder, sample []*profile) {
	if t.stated.Unused {
		return
	}
	kind := t.kindTold(f)
	t.readBalances(kind, sample)
	t.proveBalance(kind, sample)
	t.settleCurrentAlone(kind, sample)
	plain, own := t.measures()
	counts, stated := plain+len(own) > 0, t.kindStated(f) != ""
	if !stated && t.settleTopic(f, kind, plain+len(own)) {
		return
	}
	kind = cmp.Or(kind, t.kindCounted(own, sample))
	if !counts && (!t.acrossFits(kind) || t.Unit.Name == "%" && !stated) {
		t.refuseKind()
		return
	}
	kind = t.kindMeasured(f, kind, plain, own)
	if kind = t.whoseShipments(kind, own, f, sample); kind == honne.Orders && t.sells() {
		kind = honne.Sales
	}
	if !stated && (t.toCome() || kind == honne.Purchases && t.scheduled(f)) && slices.Contains([]honne.Series{honne.Sales, honne.Purchases, honne.Shipments}, kind) {
		kind = "" // what is still to come is none of these yet
	}
	kind = t.kindInTime(f, kind, plain, own, sample)
	if !stated && kind == honne.Sales && t.entitledAside(f, !counts) {
		kind = ""
	}
	if t.prior && kind == honne.Sales && t.stated.Kind == "" {
		kind = honne.PriorYear
	}
	t.Kind = kind
	t.findStoreys(t.texts(f))
}

// kindStated is the kind that a person, or whoever sends the file, states.
func (t *table) kindStated(f *finder) honne.Series { return cmp.Or(t.stated.Kind, f.reader.file.Kind) }

// kindTold is the kind that is stated, or that titles, or the names of sheet and file, tell.
func (t *table) kindTold(f *finder) honne.Series {
	kind := cmp.Or(t.kindStated(f), t.kindTitled(false))
	if kind != "" {
		f.kind = kind
	}
	kind = cmp.Or(kind, f.kind, t.words.kind(f.sheet.Name), t.words.kind(baseName(f.reader.file.Name)))
	if kind == "" {
		kind = t.kindTitled(true)
		f.kind = kind
	}
	t.titleMeasure = t.countedByTitle(f)
	if kind == "" && t.named() && t.titleMeasure != "" && !t.ofNoSale(f) {
		kind = honne.Sales
	}
	return kind
}

// kindCounted is the kind that rows or headers tell where nothing around the table does.
func (t *table) kindCounted(own []honne.Series, sample []*profile) honne.Series {
	if kind := t.kindOfRows(sample); kind != "" {
		return kind
	}
	switch {
	case t.onOrder(own) || t.headsOrders():
		return honne.Orders
	case t.shipsToOne(sample):
		return honne.Shipments
	case t.dayOf(t.book.Words.Received) && !t.headsSales():
		return honne.Purchases
	}
	return ""
}

// kindMeasured is the kind that the measures of the columns tell: plain ones, which any kind
// may have, and those of a kind of their own.
func (t *table) kindMeasured(f *finder, kind honne.Series, plain int, own []honne.Series) honne.Series {
	switch {
	case len(own) > 0 && plain == 0 && !(kind != "" && t.plainAcross()) && t.named() && t.kindStated(f) == "" && (kind == "" || current(own) && !slices.Contains(own, kind)):
		return own[0]
	case kind != "" || !t.dated():
		return kind
	case plain > 0 && t.named() && !t.entitledUnsold(f) && !t.ofNoSale(f):
		return honne.Sales
	case plain == 0 && len(own) > 0 && foresees(own):
		return own[0] // 年月, 見込金額: nothing but months
	case plain > 0 && (t.headsSales() || slices.Contains(own, honne.Plan)):
		return honne.Sales // 年月, 売上; 実績 beside 目標
	}
	return ""
}

// kindInTime tells sales of months from sums so far and from those of the year before.
func (t *table) kindInTime(f *finder, kind honne.Series, plain int, own []honne.Series, sample []*profile) honne.Series {
	stated := t.kindStated(f) != ""
	switch {
	case !stated && kind == honne.Sales && t.onlyToDate(plain, own):
		return honne.ToDate
	case kind == honne.ToDate && !t.cumulates(sample) && !(plain > 0 && t.ofOneMonth()), kind == honne.PriorYear && !stated && t.has(honne.MDate):
		return honne.Sales
	case kind == honne.PriorYear && !stated && !t.prior && len(own) == 0:
		return "" // of which year its months are, nothing says
	}
	return kind
}

// ofOneMonth reports whether all rows of a list are of the one month that is said of it.
func (t *table) ofOneMonth() bool {
	_, month := t.Period.Month()
	return month && t.Layout != honne.Crosstab && !t.has(honne.MDate) && !t.has(honne.MPeriod)
}

// kindTitled is the series that the nearest title speaks of: one that remarks on the
// table (※7月以降は計画を下回る), or one that does not.
func (t *table) kindTitled(remarks bool) honne.Series {
	for _, s := range t.Title {
		if kind := t.words.kind(s); kind != "" && remarks == (t.words.note(s) || strings.Contains(s, "。")) {
			return kind
		}
	}
	return ""
}

// kind is the series that a title speaks of; one of ratios (前年同期増加率) speaks of
// none, nor one of what is still to come, but for a forecast beside it (販売見込および発注予定).
func (d *dictionary) kind(title string) honne.Series {
	if m, _ := d.lookup(title); m == honne.MRatio || d.ofRivals(title) || d.aside(title) {
		return ""
	}
	rest := title
	for _, w := range d.book.Words.Scheduled {
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
func (d *dictionary) qualified(title string) honne.Series {
	kind := d.book.Kind(title)
	title = withoutSorts(title)
	switch {
	case kind == honne.PriorYear && d.compares(title):
		return honne.Sales
	case kind != honne.Sales && kind != honne.Shipments || d.compares(title):
		return kind
	}
	for _, s := range [...]honne.Series{honne.Proposed, honne.PriorYear, honne.Plan, honne.Forecast, honne.ToDate, honne.Market} {
		if d.book.Speaks(s, title) && (s == honne.PriorYear || !holdsAny(title, d.book.Words.Actual)) {
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
func (d *dictionary) compares(title string) bool {
	return holdsAny(strings.ReplaceAll(title, "対象", ""), d.book.Words.Compares)
}

// aside reports whether a title speaks of figures of others, of what is given away, of
// another month than its own, or of what is no sale: 他社売上, リベート一覧.
func (d *dictionary) aside(title string) bool {
	if d.doings(title) && !d.note(title) {
		return true
	}
	kind := d.book.Kind(title)
	if title = withoutSorts(title); strings.HasSuffix(title, "分") {
		return false // 前月分 stands before a row as well
	}
	return (kind == "" || kind == honne.Sales || slices.Contains(added, kind)) && holdsAny(title, d.book.Words.Aside) && !d.compares(title) && !d.note(title)
}

// doings reports whether a title is about what is done and not sold: 訪問実績.
func (d *dictionary) doings(title string) bool {
	words := &d.book.Words
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

// entitledRatios reports whether a title says of bare figures below it that they are
// ratios, prices or others that are not kept: 売上構成比一覧 over months.
func (d *dictionary) entitledRatios(title string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(withoutSorts(title), betweenWords), func(word string) bool {
		word = strings.TrimSuffix(word, "推移")
		if strings.Contains(word, "比較") || strings.Contains(word, "対比") {
			return false
		}
		m, _ := d.withoutPaper(word)
		return m == honne.MRatio || m == honne.MUnitPrice || m == honne.MListPrice || m == honne.MeaningUnknown && d.otherFigure(japan.Key(word))
	})
}

// entitledAside reports whether the nearest title that says what stands below, or the
// name of the sheet or file, turns (where its figures are bare, to ratios too) it away from the sales of the period.
func (t *table) entitledAside(f *finder, bare bool) bool {
	for _, s := range append(short(t.Title), f.sheet.Name, baseName(f.reader.file.Name)) {
		if t.words.aside(s) || bare && t.words.entitledRatios(s) {
			return true
		}
		if t.words.kind(s) != "" {
			return false
		}
	}
	return false
}

// ofRivals reports whether a word of a title is of the sales of others: 競合販売数一覧.
func (d *dictionary) ofRivals(title string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(title, betweenWords), func(s string) bool {
		return d.book.Kind(s) != "" && slices.ContainsFunc(d.rivals, func(w string) bool { return strings.HasPrefix(japan.Key(s), w) })
	})
}

func betweenWords(r rune) bool { return unicode.IsSpace(r) || r == '_' || japan.Bracket(r) != 0 }

// current reports whether all of the series speak of the period itself.
func current(list []honne.Series) bool {
	return !slices.Contains(list, honne.ToDate) && !slices.Contains(list, honne.PriorYear)
}
