package intake

import (
	"slices"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// heedCurrency takes the currency that the first rows say for that of amounts whose
// unit names none.
func (t *table) heedCurrency(sample []*outline.Profile) {
	i := t.column(honne.MCurrency)
	if i < 0 || !t.fields[i].label || t.inYen() {
		return
	}
	t.currencyAt, t.stats.currencies = t.fields[i].col, map[honne.Currency]int{}
	for _, p := range sample {
		if u, _ := japan.UnitAlone(p.Text(t.currencyAt)); u.Currency != "" {
			t.currency = u.Currency
			return
		}
	}
}

// inYen takes amounts that were turned into yen (円換算額) for those of a table in which
// each row says its currency; those in its currency are left out.
func (t *table) inYen() bool {
	yen := slices.IndexFunc(t.fields, func(f field) bool { return !f.label && t.headed(t.indexOf(&f), t.book.Words.Yen) })
	if yen < 0 || t.Columns[yen].Said {
		return false
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		if _, amount, figure := c.Meaning.Measure(); i == yen || !figure || !amount || c.Said {
			continue
		}
		c.Meaning, t.fields[i].told = honne.MeaningUnknown, true
		t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, t.fields[i].col), Severity: honne.SevNote, Raw: c.Header,
			What: honne.Say("problem.in-yen", honne.Text("column", c.At), honne.Text("yen", t.Columns[yen].At))})
	}
	t.Columns[yen].Meaning, t.Columns[yen].Confidence = honne.MAmount, terms.PartHeader
	t.fields[yen].unit = honne.Unit{Scale: 1, Currency: honne.JPY}
	return true
}

// inAnother reports whether a row says another currency than the one in which the
// table is read: its amount cannot be added to the others, and stays unknown.
func (t *table) inAnother(r *grid.Row) bool {
	if t.currencyAt == 0 {
		return false
	}
	c := t.currencyIn(r)
	return c != "" && c != t.currency
}

// currencyIn is the currency that a row says, "" for none.
func (t *table) currencyIn(r *grid.Row) honne.Currency {
	u, _ := japan.UnitAlone(r.Text(t.currencyAt))
	return u.Currency
}

// tallyCurrency counts a row by the currency that it says.
func (t *table) tallyCurrency(r *grid.Row) {
	if c := t.currencyIn(r); c != "" {
		t.stats.currencies[c]++
	}
}

// weighCurrencies tells a person of amounts in other currencies, which are unknown.
func (t *table) weighCurrencies() {
	others := 0
	for c, n := range t.stats.currencies {
		if c != t.currency {
			others += n
		}
	}
	if others == 0 || t.Kind == "" {
		return
	}
	t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, t.currencyAt), Severity: honne.SevWarning, Count: others,
		What: honne.Say("problem.currency-mixed", honne.Count("n", others), honne.Text("read", string(t.currency)))})
}
