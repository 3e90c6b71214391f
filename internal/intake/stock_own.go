package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// Stock has kinds, in columns or in rows: what the distributor may sell (自社, 良品), and
// what it may not: placed at hospitals (預託), lent (貸出), defective (不良品). Only the
// first is its stock; of the others a person is told.

// readOwn takes what is the distributor's own for the stock, in a table about stock in
// which a column of another kind stands.
func (t *table) readOwn(kind honne.Series, sample []*outline.Profile) {
	if kind != honne.Stock || !t.forgetUnknownKinds() && !slices.ContainsFunc(t.fields, t.ofOthers) {
		return
	}
	if i := t.onlyOthers(); i >= 0 {
		of := honne.Stock
		if t.headed(i, t.book.Words.Consigned) {
			of = honne.Consigned
		}
		t.Columns[i].Meaning, t.Columns[i].Confidence = honne.QuantityOf(of), terms.PartHeader
		return
	}
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		if f.label || c.Said || c.Meaning != honne.MeaningUnknown || !t.words.KindOf(f.rest, t.words.Own) {
			continue
		}
		c.Meaning = honne.QuantityOf(honne.Stock)
		if t.money(f) {
			c.Meaning = honne.AmountOf(honne.Stock)
		}
		c.Confidence = terms.PartHeader
	}
	t.sumKinds(sample)
	t.keepConsigned()
}

// forgetUnknownKinds reports whether a column is of own stock and another was taken for stock by a
// part of its header alone, of a kind that is not known (検品中在庫数 beside 良品在庫数). That
// one is asked about.
func (t *table) forgetUnknownKinds() bool {
	own := slices.ContainsFunc(t.fields, func(f field) bool { return !f.label && t.words.KindOf(f.rest, t.words.Own) })
	beside := false
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		s, _, _ := c.Meaning.Measure()
		if own && s == honne.Stock && !f.label && !c.Said && c.Confidence < terms.SureHeader && c.Period.IsZero() && !t.words.KindOf(f.rest, t.words.Own) {
			c.Meaning, c.Confidence, beside = honne.MeaningUnknown, 0, true
		}
	}
	return beside
}

// keepConsigned takes what is placed at hospitals for a figure of its own, where one
// column of a table with one of stock says it: of two, none is the whole.
func (t *table) keepConsigned() {
	placed, stock := -1, false
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		s, _, _ := c.Meaning.Measure()
		stock = stock || s == honne.Stock && !f.label
		if f.label || !t.headed(i, t.book.Words.Consigned) {
			continue
		}
		if placed >= 0 || c.Said || c.Meaning != honne.MeaningUnknown {
			return
		}
		placed = i
	}
	if placed < 0 || !stock {
		return
	}
	c := &t.Columns[placed]
	c.Meaning, c.Confidence = honne.QuantityOf(honne.Consigned), terms.PartHeader
	if t.money(&t.fields[placed]) {
		c.Meaning = honne.AmountOf(honne.Consigned)
	}
}

// sumKinds takes what is, in every row, the sum of one column of own stock and of the
// kinds beside it for their total: 在庫計 beside 自社在庫 and 預託在庫.
func (t *table) sumKinds(sample []*outline.Profile) {
	var own, parts []int
	for i := range t.fields {
		switch f := &t.fields[i]; {
		case f.label || t.money(f):
		case t.words.KindOf(f.rest, t.words.Own):
			own, parts = append(own, i), append(parts, i)
		case t.ofOthers(*f):
			parts = append(parts, i)
		}
	}
	for i := range t.fields {
		c := &t.Columns[i]
		if len(own) == 1 && !c.Said && c.Meaning == honne.QuantityOf(honne.Stock) && !slices.Contains(parts, i) && t.addsAcross(sample, i, parts) {
			c.Meaning, c.Confidence = honne.MTotal, terms.ByShape
		}
	}
}

// onlyOthers is the index of the one column of figures, where title and header say that
// they are of stock which is not to be sold (預託数 below 預託在庫一覧表); −1 for none.
// What is placed with customers is kept as that; anything else is read as the stock that
// the report is of, and a person has a look.
func (t *table) onlyOthers() int {
	only := -1
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		switch _, _, figure := c.Meaning.Measure(); {
		case f.label || f.shape == nil:
		case only >= 0 || figure || c.Said || c.Meaning != honne.MeaningUnknown || !t.ofOthers(*f) || t.money(f):
			return -1
		default:
			only = i
		}
	}
	if t.entitledOthers() == "" {
		return -1
	}
	return only
}

// ofOthers reports whether a column of figures counts stock that is not the
// distributor's to sell.
func (t *table) ofOthers(f field) bool {
	return !f.label && slices.ContainsFunc(f.rest, t.words.OfOthers)
}

// countsOthers reports whether a row of a report of stock says that it is of a kind
// that the distributor may not sell.
func (t *table) countsOthers(p *outline.Profile) bool {
	for i := range p.Cells {
		f := t.fieldAt(p.Cells[i].Col)
		if p.Classes[i] != outline.Text || f == nil || !f.label || !t.saysKind(f) || !f.word(t.words, p.N, &p.Cells[i]).Others {
			continue
		}
		t.idle.add(p.N, p.Cells[i].Text)
		return true
	}
	return false
}

// saysKind reports whether a column may say of which kind stock is.
func (t *table) saysKind(f *field) bool {
	return slices.Contains([]honne.Meaning{honne.MReason, honne.MStatus, honne.MeaningUnknown, honne.MMeasureName, honne.MBranch}, t.Columns[t.indexOf(f)].Meaning)
}

// toldOthers says which columns count stock that is not the distributor's to sell. A
// person has a look where no other column or row says that its stock is, or where the
// title speaks of such stock.
func (t *table) toldOthers() (out []honne.Problem) {
	if t.Kind != honne.Stock || t.onlyConsigned() {
		return nil
	}
	own := slices.ContainsFunc(t.fields, func(f field) bool { return f.measure && t.words.KindOf(f.rest, t.words.Own) })
	for i := range t.fields {
		if f := &t.fields[i]; t.ofOthers(*f) && (!f.measure || f.series == honne.Consigned) && !own {
			return append(out, honne.Problem{At: t.address(t.Header.To.Row, f.col), Severity: honne.SevWarning, Raw: t.Columns[i].Header,
				What: honne.Say("problem.stock-beside-others", honne.Text("column", t.Columns[i].At), honne.Text("header", clip(t.Columns[i].Header)))})
		}
	}
	if s := t.entitledOthers(); s != "" && !own && t.idle.n == 0 {
		out = append(out, honne.Problem{At: honne.Address{Sheet: t.Sheet}, Severity: honne.SevWarning, Raw: s,
			What: honne.Say("problem.stock-by-title", honne.Text("text", s))})
	}
	return out
}

// onlyConsigned reports whether all figures are of stock that is placed with customers.
func (t *table) onlyConsigned() bool {
	return !slices.ContainsFunc(t.fields, func(f field) bool { return f.measure && f.series != honne.Consigned })
}

// entitledOthers is the title that speaks of stock which is not to be sold.
func (t *table) entitledOthers() string {
	for _, s := range t.around {
		key := japan.Key(s)
		for w := range t.words.Unsellable {
			if len(w) > 3 && strings.Contains(key, w) {
				return clip(s)
			}
		}
	}
	return ""
}
