package intake

import (
	"cmp"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/source"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// settleKind decides what the table is about, or that it is no distributor
// report: the sender's word, titles, sheet, file name, columns; and only where
// there are columns to bear it out.
func (t *table) settleKind(f *finder, sample []*outline.Profile) {
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
	kind = t.kindMeasured(f, kind, plain, own, sample)
	if kind = t.whoseShipments(kind, own, f, sample); kind == honne.Orders && t.sells() {
		kind = honne.Sales
	}
	if !stated && (t.toCome() || kind == honne.Purchases && t.scheduled(f)) && slices.Contains([]honne.Series{honne.Sales, honne.Purchases, honne.Shipments}, kind) {
		kind = "" // what is still to come is none of these yet
	}
	kind = t.kindInTime(f, kind, plain, own, sample)
	if !stated && kind == honne.Sales && (t.entitledAside(f, !counts) || t.doesOther(f, sample) || t.onOrder(own) && !t.soldByHeaders()) {
		kind = ""
	}
	if !stated && kind == honne.Returns && len(own) == 0 && t.returnedByName() {
		kind = ""
	}
	if t.prior && kind == honne.Sales && t.stated.Kind == "" {
		kind = honne.PriorYear
	}
	t.Kind = kind
	t.findStoreys(t.texts(f))
}

// returnedByName reports whether nothing but the name of the sheet or the file says that
// rows are of what came back, and a header that they are of what was sold: 売上日.
func (t *table) returnedByName() bool {
	day := t.column(honne.MDate)
	return day >= 0 && terms.HoldsAny(t.Columns[day].Header, t.book.Words.Sold) && !slices.ContainsFunc(t.Title, func(s string) bool { return t.words.Kind(s) == honne.Returns })
}

// kindStated is the kind that a person, or whoever sends the file, states.
func (t *table) kindStated(f *finder) honne.Series { return cmp.Or(t.stated.Kind, f.reader.file.Kind) }

// kindTold is the kind that is stated, or that titles, or the names of sheet and file, tell.
func (t *table) kindTold(f *finder) honne.Series {
	kind := cmp.Or(t.kindStated(f), t.kindTitled(false))
	if kind != "" {
		f.kind = kind
	}
	kind = cmp.Or(kind, f.kind, t.words.Kind(f.sheet.Name), t.words.Kind(source.BaseName(f.reader.file.Name)))
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
func (t *table) kindCounted(own []honne.Series, sample []*outline.Profile) honne.Series {
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
func (t *table) kindMeasured(f *finder, kind honne.Series, plain int, own []honne.Series, sample []*outline.Profile) honne.Series {
	switch {
	case kind == honne.Target && plain == 0 && !slices.ContainsFunc(own, func(s honne.Series) bool { return s != honne.Plan }):
		return kind // 計画金額 under 販売計画（合意版）
	case len(own) > 0 && plain == 0 && !(kind != "" && t.plainAcross()) && t.named() && t.kindStated(f) == "" && (kind == "" || current(own) && !slices.Contains(own, kind)):
		return own[0]
	case kind != "" || !t.dated():
		return kind
	case plain > 0 && t.named() && (!t.entitledUnsold(f) || t.paidByRows(sample)) && !t.ofNoSale(f):
		return honne.Sales
	case plain == 0 && len(own) > 0 && foresees(own):
		return own[0] // 年月, 見込金額: nothing but months
	case plain > 0 && (t.headsSales() || slices.Contains(own, honne.Plan)):
		return honne.Sales // 年月, 売上; 実績 beside 目標
	}
	return ""
}

// kindInTime tells sales of months from sums so far and from those of the year before.
func (t *table) kindInTime(f *finder, kind honne.Series, plain int, own []honne.Series, sample []*outline.Profile) honne.Series {
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
		if kind := t.words.Kind(s); kind != "" && remarks == (t.words.Note(s) || strings.Contains(s, "。")) {
			return kind
		}
	}
	return ""
}

// entitledAside reports whether the nearest title that says what stands below, or the
// name of the sheet or file, turns (where its figures are bare, to ratios too) it away from the sales of the period.
func (t *table) entitledAside(f *finder, bare bool) bool {
	for _, s := range append(short(t.Title), f.sheet.Name, source.BaseName(f.reader.file.Name)) {
		if t.has(honne.MDate) {
			s = t.words.WithoutOtherTimes(s) // whose rows say when
		}
		if t.words.Aside(s) || bare && t.words.EntitledRatios(s) {
			return true
		}
		if t.words.Kind(s) != "" {
			return false
		}
	}
	return false
}

// doesOther reports whether the title that says what stands below, or else the name of the
// sheet or file, is of something done that no list knows (献血実績), no header says that it
// is sold, and no row names it, as it does a product or a customer.
func (t *table) doesOther(f *finder, sample []*outline.Profile) bool {
	for _, s := range append(short(t.Title), f.sheet.Name, source.BaseName(f.reader.file.Name)) {
		if of := t.words.Doing(s); of != "" {
			return !t.soldByHeaders() && !t.soldByRows(sample) && !t.namesInRows(of, sample)
		}
		if t.words.Kind(s) != "" {
			return false
		}
	}
	return false
}

// soldByHeaders reports whether a header says that its figures, or days, are of sales.
func (t *table) soldByHeaders() bool {
	return t.dayOf(t.book.Words.Sold) || slices.ContainsFunc(t.fields, func(f field) bool {
		return slices.ContainsFunc(f.path, func(s string) bool {
			for _, w := range t.book.Words.Actual {
				s = strings.ReplaceAll(s, w, "")
			}
			m, _ := t.words.Lookup(s)
			return (m == honne.MAmount || m == honne.MQuantity) && t.book.Kind(s) == honne.Sales
		})
	})
}

// soldByRows reports whether a row says of itself that it is a sale.
func (t *table) soldByRows(sample []*outline.Profile) bool {
	return slices.ContainsFunc(sample, func(p *outline.Profile) bool {
		return slices.ContainsFunc(t.fields, func(f field) bool {
			s := japan.Trim(p.Text(f.col))
			return f.label && slices.Contains(t.book.Words.Plain, s) && t.book.Kind(s) == honne.Sales
		})
	})
}

// namesInRows reports whether a name, or a text above the table that is a company's, holds
// the text.
func (t *table) namesInRows(s string, sample []*outline.Profile) bool {
	key := japan.Key(s)
	if slices.ContainsFunc(t.around, func(a string) bool { return japan.IsAddressed(a) && strings.Contains(japan.Key(a), key) }) {
		return true
	}
	return slices.ContainsFunc(sample, func(p *outline.Profile) bool {
		return slices.ContainsFunc(t.fields, func(f field) bool { return f.label && strings.Contains(japan.Key(p.Text(f.col)), key) })
	})
}

// current reports whether all of the series speak of the period itself.
func current(list []honne.Series) bool {
	return !slices.Contains(list, honne.ToDate) && !slices.Contains(list, honne.PriorYear)
}
