package intake

import (
	"strings"

	"honne"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// readMoneyStock takes stock that its header counts in nothing (在庫, 月末在庫) for an
// amount in a table about stock, the first of its sheet, whose only unit is money and
// in which no other column has an amount, and has a person look: the unit may be that of
// a form in which pieces were written. A unit above an earlier table may be its own.
func (t *table) readMoneyStock(kind honne.Series) {
	if kind != honne.Stock || t.N > 0 || t.Unit.Currency == "" || t.Unit.Name != "" || !t.second.IsZero() {
		return
	}
	for i := range t.fields {
		if _, amount, ok := t.Columns[i].Meaning.Measure(); ok && amount && !t.fields[i].label {
			return
		}
	}
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		if c.Said || c.Remembered || f.label || c.Meaning != honne.QuantityOf(honne.Stock) || terms.HoldsAny(japan.Key(strings.Join(f.path, " ")), t.book.Words.Pieces) || !f.unit.IsZero() && f.unit.Currency == "" {
			continue
		}
		c.Meaning = honne.AmountOf(honne.Stock)
		t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, f.col), Severity: honne.SevWarning, Raw: c.Header,
			What: honne.Say("problem.stock-in-money", honne.Text("header", clip(c.Header)), honne.Text("unit", t.Unit.String()))})
	}
}
