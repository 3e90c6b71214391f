package store_test

import (
	"slices"
	"testing"

	"honne"
)

// counted is a count of stock with pieces by their last day of use.
func counted(path string, received honne.Date, m honne.Month, pieces map[honne.Date]int64) report {
	r := report{path: path, received: received, parts: []honne.Part{{Series: honne.Stock, Periods: []honne.Period{m.Period()}}}}
	for last, n := range pieces {
		r.lines = append(r.lines, honne.Line{QtyCol: 4, Period: m.Period(), Product: honne.Product{Code: "P1"}, Expires: last, Quantity: honne.Known(n * 1000)})
	}
	slices.SortFunc(r.lines, func(a, b honne.Line) int { return int(a.Expires - b.Expires) })
	return r
}

// TestExpiries: what is there by its last day of use is that of the version in force,
// as it was known on a day, and is rebuilt from the lines.
func TestExpiries(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		march, june := honne.NewDate(2026, 3, 31), honne.NewDate(2026, 6, 30)
		l.accept(counted("july", july.Last()+3, july, map[honne.Date]int64{march: 4, june: 6, 0: 2}))
		l.accept(counted("july again", july.Last()+20, july, map[honne.Date]int64{june: 11}))
		for known, want := range map[honne.Date][]honne.ExpiryTotal{
			july.Last() + 3:  {{Month: july, Expires: march, Quantity: honne.Known(4000)}, {Month: july, Expires: june, Quantity: honne.Known(6000)}},
			july.Last() + 30: {{Month: july, Expires: june, Quantity: honne.Known(11000)}},
		} {
			if got := l.record(known).Expiries; !slices.Equal(got, want) {
				t.Errorf("known on %s: %+v, want %+v", known, got, want)
			}
		}
		l.must(l.RollupsEqualRebuild(l.ctx, l.d))
	})
}
