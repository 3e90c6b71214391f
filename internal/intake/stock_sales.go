package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// saysSales reports whether a header itself says that its figures are of sales: 売上
// in a table about stock or purchases; 実績 does not.
func (t *table) saysSales(f *field) bool {
	return slices.ContainsFunc(f.rest, func(s string) bool {
		for _, w := range t.book.Words.Actual {
			s = strings.ReplaceAll(strings.ToLower(s), w, "")
		}
		return t.book.Kind(s) == honne.Sales
	})
}

// bareInStock reports whether a column of a table about stock says what goes on
// (仕入, 売上) but not whether money or pieces are counted: pieces, as of the stock.
func (t *table) bareInStock(f *field) bool {
	rest := slices.DeleteFunc(slices.Clone(f.rest), func(s string) bool { return slices.Contains(t.book.Words.Issued, s) }) // 当月出庫 over 売上, その他
	if t.Kind != honne.Stock || t.Unit.Currency != "" || f.unit.Currency != "" || len(rest) != 1 {
		return false
	}
	key := japan.Key(rest[0])
	for _, now := range t.words.Now { // 当月仕入
		if after, ok := strings.CutPrefix(key, now); ok && after != "" {
			key = after
		}
	}
	return slices.ContainsFunc(t.book.Words.Plain, func(w string) bool { return japan.Key(w) == key })
}

// issuedAsSales reports whether a header of what left the stock stands over one that says
// that it was sold: 当月出庫 over 売上.
func (t *table) issuedAsSales(s, below string) bool {
	plain := func(w string) bool { return japan.Key(w) == japan.Key(below) }
	return slices.Contains(t.book.Words.Issued, s) && t.book.Kind(below) == honne.Sales && slices.ContainsFunc(t.book.Words.Plain, plain)
}

// settleCurrent takes the one column that says only when its figures are (当月) for
// what the table counts, beside the same of last year (前年同月) or of the year to date.
func (t *table) settleCurrent() {
	plain, own := t.measures()
	if plain > 0 || slices.Contains(own, t.Kind) || t.Layout == honne.Crosstab {
		return
	}
	now, amount, beside := -1, false, false
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		m, sure := t.words.Lookup(strings.Join(f.path, ""))
		s, a, _ := c.Meaning.Measure()
		switch {
		case f.label || c.Said:
		case s == honne.PriorYear || s == honne.ToDate:
			amount, beside = amount || a, true
		case c.Meaning == honne.MeaningUnknown && (sure >= terms.SureHeader && terms.WhenMeaning(m) || t.isItsMonth(f)):
			if now >= 0 {
				return
			}
			now = i
		}
	}
	if now < 0 || !beside {
		return
	}
	t.Columns[now].Meaning, t.Columns[now].Confidence = honne.QuantityOf(t.Kind), terms.ByShape
	if amount {
		t.Columns[now].Meaning = honne.AmountOf(t.Kind)
	}
}

// isItsMonth reports whether a header is the month of the report and nothing more: 9月
// beside 前年9月.
func (t *table) isItsMonth(f *field) bool {
	_, month := t.Period.Month()
	p, ok := when.PeriodWithin(strings.Join(f.path, ""), t.Period)
	return month && ok && p == t.Period
}

// refuseGraded leaves it to a person what plain figures of a forecast are that stand
// beside grades of likelihood: 確定 beside A, B, C is ordered rather than sold.
func (t *table) refuseGraded() {
	if t.Kind != honne.Forecast {
		return
	}
	grades := 0
	for i := range t.fields {
		if len(t.fields[i].rest) == 1 && strings.Contains("abcdsヨミ", japan.Key(t.fields[i].rest[0])) {
			grades++
		}
	}
	for i := range t.fields {
		if c := &t.Columns[i]; grades > 1 && c.Meaning == honne.MAmount && !c.Said && !c.Remembered {
			c.Meaning, c.Confidence = honne.MeaningUnknown, 0
		}
	}
}

// refuseOthers leaves last year's figures and those to date of a table about
// purchases, stock or orders, which are not of sales, to a person.
func (t *table) refuseOthers() {
	switch t.Kind {
	case honne.Purchases, honne.Stock, honne.Orders, honne.Backlog:
	default:
		return
	}
	sold := false
	for i := range t.fields {
		m := t.Columns[i].Meaning
		sold = sold || (m == honne.MAmount || m == honne.MQuantity) && t.saysSales(&t.fields[i])
	}
	for i := range t.fields {
		c := &t.Columns[i]
		s, _, _ := c.Meaning.Measure()
		if (s == honne.PriorYear || s == honne.ToDate) && !sold && !c.Said && !c.Remembered && !t.saysSales(&t.fields[i]) {
			c.Meaning, c.Confidence = honne.MeaningUnknown, 0
		}
	}
}
