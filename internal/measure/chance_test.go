package measure

import (
	"math"
	"testing"

	"honne"
)

// TestSingles: a few machines beside many sheets are few sales, in a month without a
// machine too; of one price they are the pieces themselves.
func TestSingles(t *testing.T) {
	april := honne.NewMonth(2025, 4)
	sold := func(f *honne.Facts, m honne.Month, product int32, pieces, amount int64) {
		f.Month, f.Product, f.Version = append(f.Month, m), append(f.Product, product), append(f.Version, 1)
		f.Quantity, f.Amount = append(f.Quantity, honne.Known(pieces*1000)), append(f.Amount, honne.Known(amount))
	}
	f := honne.Facts{Series: honne.Sales}
	sold(&f, april-6, 0, 4, 1_000_000) // four machines
	sold(&f, april-3, 1, 50, 1_000_000)
	sold(&f, april, 1, 3, 60_000)
	r := honne.Record{Facts: []honne.Facts{f}}
	track, month := Monthly(&r, honne.Sales), []honne.Month{april}
	n := Singles(&r, track, month, 226_000, true)
	if math.Abs(n-1.717) > 0.01 || !Chance(1-60_000.0/226_000, n) {
		t.Errorf("%v single sales of a month whose plan holds less than a machine", n)
	}
	if n := Singles(&r, track, month, 5000, false); n != 5 {
		t.Errorf("%v of five pieces", n)
	}
	r.Facts[0].Amount[0] = honne.Known(80_000) // the machines at the price of a sheet
	if n := Singles(&r, track, month, 226_000, true); math.Abs(n-11.3) > 0.01 {
		t.Errorf("%v of one price", n)
	}
	r.Facts[0].Quantity[2] = honne.Figure{}
	if n := Singles(&r, Monthly(&r, honne.Sales), month, 226_000, true); n != 0 {
		t.Errorf("%v without pieces", n)
	}
}
