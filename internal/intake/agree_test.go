package intake

import (
	"testing"

	"honne"
)

// agree fails where the lines that go to the ledger and the records that are listed
// with their addresses do not give the same figures: each figure of a line is that of
// one record, in the digits of its part's currency.
func agree(t testing.TB, r honne.Reading) {
	t.Helper()
	type cell struct {
		sheet string
		at    honne.Cell
	}
	for _, p := range r.Problems { // the ledger keeps where they stand
		text, _ := p.At.Range.MarshalText()
		if at := new(honne.Range); at.UnmarshalText(text) != nil || *at != p.At.Range {
			t.Errorf("%s stands at %q", p.What.ID, text)
		}
	}
	records := map[cell]honne.Decimal{}
	for v, err := range r.Values {
		if err != nil {
			t.Fatal(err)
		}
		if v.Line != nil {
			records[cell{v.At.Sheet, v.At.Range.From}] = v.Number
		}
	}
	same := func(l *honne.Line, col int32, f honne.Figure, digits int) {
		if n := records[cell{r.Tables[l.Table].Sheet, honne.Cell{Row: l.Row, Col: col}}]; f.Known && timesTen(n, digits) != f.N {
			t.Errorf("row %d column %d: the line has %d, the record %s", l.Row, col, f.N, n)
		}
	}
	for l, err := range r.Lines {
		if err != nil {
			t.Fatal(err)
		}
		currency := r.Parts[l.Part].Currency
		if l.Amount.Known && currency == "" {
			t.Errorf("row %d: an amount in no currency", l.Row)
		}
		same(&l, l.AmtCol, l.Amount, currency.Digits())
		same(&l, l.QtyCol, l.Quantity, honne.QuantityScale)
	}
}

func timesTen(n honne.Decimal, digits int) int64 {
	v, _, _ := n.Times(1, digits)
	return v
}
