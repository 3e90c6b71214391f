package intake

import (
	"slices"
	"strings"
	"unicode/utf8"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/source"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// Rows by which nothing is sold stand among those of sales: what is lent, given
// away or placed at a hospital and still owned, and charges for freight. They
// count no sale, whatever figures they have.

// sellsNothing reports whether a row of a report of sales says that nothing is sold
// by it: as its sort of entry, as its product, or in a note where it has no money.
func (t *table) sellsNothing(p *outline.Profile) bool {
	switch t.Kind {
	case honne.Stock:
		return t.countsOthers(p)
	case honne.Returns:
		return t.onlyDiscounts(p)
	}
	if t.Kind != honne.Sales && t.Kind != honne.Shipments || t.mixed() {
		return false
	}
	if sort, code := t.sortOf(&p.Row); sort == honne.Unsold {
		t.heedSign(&p.Row)
		t.idle.add(p.N, code)
		return true
	}
	for i := range p.Cells {
		f := t.fieldAt(p.Cells[i].Col)
		if p.Classes[i] != outline.Text || f == nil || !f.label {
			continue
		}
		if t.entryMoved(f, p.Cells[i].Text) {
			t.moved.add(p.N, p.Cells[i].Text)
			return true
		}
		if !t.mayBeEntry(f) || !f.word(t.words, p.N, &p.Cells[i]).Idle {
			continue
		}
		paid := t.paid(&p.Row)
		if m := t.Columns[t.indexOf(f)].Meaning; m == honne.MNote && paid {
			continue
		}
		t.idle.add(p.N, p.Cells[i].Text)
		t.idlePaid = t.idlePaid || paid
		return true
	}
	return false
}

// onlyDiscounts reports whether a row of a report of returns is called a discount and
// counts none of the pieces that others do: nothing came back.
func (t *table) onlyDiscounts(p *outline.Profile) bool {
	counts, name := slices.ContainsFunc(t.fields, func(f field) bool { return f.measure && !f.amount }), ""
	for i := range p.Cells {
		c := &p.Cells[i]
		f := t.fieldAt(c.Col)
		switch {
		case f == nil:
		case f.measure && !f.amount:
			if n, ok := f.number(p.N, c); ok && n.Coef != 0 {
				return false
			}
		case p.Classes[i] == outline.Text && f.label && t.mayBeEntry(f) && f.word(t.words, p.N, c).Cut:
			name = c.Text
		}
	}
	if !counts || name == "" {
		return false
	}
	t.idle.add(p.N, name)
	return true
}

// entryMoved reports whether a column of sorts of entries says that a row is a movement of
// stock and no sale: 入荷, 棚卸調整.
func (t *table) entryMoved(f *field, s string) bool {
	i := t.indexOf(f)
	m := t.Columns[i].Meaning
	return t.words.Moved[japan.Key(japan.WithoutBrackets(s))] && (m == honne.MReason || m == honne.MeaningUnknown && !t.Columns[i].Said)
}

// mayBeEntry reports whether a column of words may say what sort of entry a row is,
// or what it is about.
func (t *table) mayBeEntry(f *field) bool {
	return slices.Contains([]honne.Meaning{honne.MReason, honne.MStatus, honne.MNote, honne.MProductName, honne.MProductCode, honne.MeaningUnknown}, t.Columns[t.indexOf(f)].Meaning)
}

// paid reports whether a row has an amount other than 0.
func (t *table) paid(r *grid.Row) bool {
	for i := range t.fields {
		f := &t.fields[i]
		if c := r.Cell(f.col); f.measure && f.amount && c != nil {
			if n, ok := f.number(r.N, c); ok && n.Coef != 0 {
				return true
			}
		}
	}
	return false
}

// toldUnsold says which rows were left out since nothing is sold by them; where
// money stands in one, a person has a look.
func (t *table) toldUnsold() (out []honne.Problem) {
	if t.moved.n > 0 {
		out = append(out, t.moved.told(t, "problem.moved"))
	}
	if t.idle.n == 0 {
		return out
	}
	p := t.idle.told(t, "problem.unsold")
	switch t.Kind {
	case honne.Stock:
		p.What.ID = "problem.stock-of-others"
	case honne.Returns:
		p.What.ID = "problem.discount-no-return"
	}
	if !t.idlePaid {
		p.Severity = honne.SevNote
	}
	return append(out, p)
}

// entitledUnsold reports whether a title speaks of what is not sold: 貸出管理表.
func (t *table) entitledUnsold(f *finder) bool {
	return t.speaksUnsold(append(slices.Clone(t.Title), f.sheet.Name, source.BaseName(f.reader.file.Name)))
}

// speaksUnsold reports whether one of the titles speaks of what is not sold.
func (t *table) speaksUnsold(titles []string) bool {
	return slices.ContainsFunc(titles, func(s string) bool {
		key := japan.Key(s)
		return slices.ContainsFunc(t.book.Words.Unsold, func(w string) bool { return len(w) > 3 && strings.Contains(key, japan.Key(w)) })
	})
}

// doneBesideReport reports whether the table is a list of what was done, without money,
// beside a report of the same file: 症例.
func (t *table) doneBesideReport() bool {
	money := slices.ContainsFunc(t.Columns, func(c honne.Column) bool { _, amount, ok := c.Meaning.Measure(); return ok && amount })
	return !money && slices.ContainsFunc(short(t.around), t.words.DoneUnsold) &&
		slices.ContainsFunc(t.counter.reader.tables, func(o *table) bool { return o.Kind != "" })
}

// paidToo reports whether a title or header says that some of it is sold: 有償・無償.
func (t *table) paidToo() bool {
	paid := func(s string) bool { return terms.HoldsAny(s, t.book.Words.Paid) }
	return slices.ContainsFunc(t.Title, paid) || slices.ContainsFunc(t.Columns, func(c honne.Column) bool { return paid(c.Header) })
}

// short are the texts of a few words, which a title is and a sentence of a letter is not.
func short(texts []string) (out []string) {
	for _, s := range texts {
		if utf8.RuneCountInString(s) <= 30 && !strings.ContainsAny(s, "。、,") {
			out = append(out, s)
		}
	}
	return out
}
