package intake

import (
	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/japan"
)

// settleTax takes the tax basis from the headers of the amounts, which know it
// better than a title does, and finds the column in which rows say it.
func (t *table) settleTax() {
	with, without, silent := 0, 0, 0
	for i := range t.fields {
		if f := &t.fields[i]; !f.measure || !f.amount || f.series != t.Kind {
			continue
		}
		switch japan.TaxOf(t.Columns[i].Header) {
		case honne.TaxIncluded:
			with++
		case honne.TaxExcluded:
			without++
		default:
			silent++
		}
	}
	said := honne.TaxIncluded
	if without > 0 {
		said = honne.TaxExcluded
	}
	switch {
	case with+without == 0:
	case with > 0 && without > 0, silent > 0 && t.Tax != said:
		t.Tax = ""
	default:
		t.Tax = said
	}
	if i := t.column(honne.MTax); i >= 0 && t.fields[i].label {
		t.taxAt, t.stats.taxes = t.fields[i].col, map[honne.Tax]int{}
	}
}

// tallyTax counts the rows by the basis that they say; one that says none, such as
// a rate, is not counted.
func (t *table) tallyTax(r *grid.Row) {
	if t.currencyAt > 0 {
		t.tallyCurrency(r)
	}
	if t.taxAt > 0 {
		if tax := japan.TaxOf(r.Text(t.taxAt)); tax != "" {
			t.stats.taxes[tax]++
		}
	}
}

// weighTaxes takes the basis that all rows say; where they say two, none is that of
// the table, and a person is told.
func (t *table) weighTaxes() {
	t.weighCurrencies()
	with, without := t.stats.taxes[honne.TaxIncluded], t.stats.taxes[honne.TaxExcluded]
	switch {
	case with > 0 && without > 0:
		t.Tax = ""
		t.stats.problems = append(t.stats.problems, honne.Problem{At: honne.Address{Sheet: t.Sheet}, Severity: honne.SevWarning, Count: with + without,
			What: honne.Say("problem.tax-mixed", honne.Count("without", without), honne.Count("with", with))})
	case with == t.stats.rows && with > 0:
		t.Tax = honne.TaxIncluded
	case without == t.stats.rows && without > 0:
		t.Tax = honne.TaxExcluded
	}
}

// heed takes the tax basis from a note among or below the rows, where nothing else
// says it.
func (t *table) heed(p *outline.Profile, why honne.Exclusion) {
	if why == honne.NoteRow {
		t.unitBelow(p)
	}
	if why != honne.NoteRow || t.Tax != "" || t.Kind == "" || len(t.stats.taxes) > 0 {
		return
	}
	t.Tax = t.words.TaxSaid(p.Cells[0].Text)
}
