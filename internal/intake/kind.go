package intake

import (
	"cmp"
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
	kind := cmp.Or(t.stated.Kind, f.reader.file.Kind)
	if kind = cmp.Or(kind, t.kindTitled(false)); kind != "" {
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
	t.readBalances(kind, sample)
	t.proveBalance(kind, sample)
	t.settleCurrentAlone(kind, sample)
	plain, own := t.measures()
	stated := cmp.Or(t.stated.Kind, f.reader.file.Kind) != ""
	if !stated && t.settleTopic(f, kind, plain+len(own)) {
		return
	}
	if kind == "" {
		kind = t.kindOfRows(sample)
	}
	if kind == "" && (t.onOrder(own) || t.headsOrders()) {
		kind = honne.Orders
	}
	if kind == "" && t.shipsToOne(sample) {
		kind = honne.Shipments
	}
	if kind == "" && t.dayOf(t.book.Words.Received) && !t.headsSales() {
		kind = honne.Purchases
	}
	switch {
	case plain == 0 && len(own) == 0 && (!t.acrossFits(kind) || t.Unit.Name == "%" && !stated):
		t.refuseKind()
		return
	case len(own) > 0 && plain == 0 && !(kind != "" && t.plainAcross()) && t.named() && !stated && (kind == "" || current(own) && !slices.Contains(own, kind)):
		kind = own[0]
	case kind == "" && plain > 0 && t.dated() && t.named() && !t.entitledUnsold(f) && !t.ofNoSale(f):
		kind = honne.Sales
	case kind == "" && plain == 0 && t.dated() && len(own) > 0 && foresees(own):
		kind = own[0] // 年月, 見込金額: nothing but months
	case kind == "" && plain > 0 && t.dated() && (t.headsSales() || slices.Contains(own, honne.Plan)):
		kind = honne.Sales // 年月, 売上; 実績 beside 目標
	}
	if kind = t.whoseShipments(kind, own, f, sample); kind == honne.Orders && t.sells() {
		kind = honne.Sales
	}
	if !stated && (t.toCome() || kind == honne.Purchases && t.scheduled(f)) && slices.Contains([]honne.Series{honne.Sales, honne.Purchases, honne.Shipments}, kind) {
		kind = "" // what is still to come is none of these yet
	}
	if !stated && kind == honne.Sales && t.onlyToDate(plain, own) {
		kind = honne.ToDate
	} else if kind == honne.PriorYear || kind == honne.ToDate && !t.cumulates(sample) {
		kind = honne.Sales
	}
	if t.prior && kind == honne.Sales && t.stated.Kind == "" {
		kind = honne.PriorYear
	}
	t.Kind = kind
	t.findStoreys(t.texts(f))
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
	if m, _ := d.lookup(title); m == honne.MRatio || d.ofRivals(title) {
		return ""
	}
	rest := title
	for _, w := range d.book.Words.Scheduled {
		rest = strings.ReplaceAll(rest, w, "")
	}
	if kind := d.book.Kind(rest); rest == title || kind == honne.Forecast {
		return kind
	}
	return ""
}

// ofRivals reports whether a word of a title is of the sales of others: 競合販売数一覧.
func (d *dictionary) ofRivals(title string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(title, betweenWords), func(s string) bool {
		return d.book.Kind(s) != "" && slices.ContainsFunc(d.rivals, func(w string) bool { return strings.HasPrefix(japan.Key(s), w) })
	})
}

func betweenWords(r rune) bool { return unicode.IsSpace(r) || bracket(r) != 0 }

// current reports whether all of the series speak of the period itself.
func current(list []honne.Series) bool {
	return !slices.Contains(list, honne.ToDate) && !slices.Contains(list, honne.PriorYear)
}
