package inspect

import (
	"fmt"
	"testing"

	"honne"
)

// A total follows the sales of the year before where all of them are known, and
// the months sum to it whatever is rounded; else it is spread evenly.
func TestSpread(t *testing.T) {
	april := honne.NewMonth(2026, 4)
	for _, c := range []struct {
		name        string
		sales       []int64 // of the same months a year earlier
		asOf        honne.Date
		total, step int64
		want        string
	}{
		{"as sales were", []int64{1000, 2000, 3000}, honne.NewDate(2026, 5, 1), 1200, 1, "[200 400 600] true"},
		{"whole steps", []int64{1, 1, 1}, honne.NewDate(2026, 5, 1), 100_000, 1000, "[33000 34000 33000] true"},
		{"the last takes the rest", []int64{1, 1, 1}, honne.NewDate(2026, 5, 1), 100_500, 1000, "[34000 33000 33500] true"},
		{"far beyond 64 bits", []int64{3e14, 3e14, 3e14}, honne.NewDate(2026, 5, 1), 3e14, 1, "[100000000000000 100000000000000 100000000000000] true"},
		{"a month is not known", []int64{1000, 2000}, honne.NewDate(2026, 5, 1), 1200, 1, "[400 400 400] false"},
		{"a month is not over", []int64{1000, 2000, 3000}, honne.NewDate(2025, 6, 29), 1200, 1, "[400 400 400] false"},
		{"more came back than was sold", []int64{1000, -1, 3000}, honne.NewDate(2026, 5, 1), 1200, 1, "[400 400 400] false"},
		{"nothing was sold", []int64{0, 0, 0}, honne.NewDate(2026, 5, 1), 1, 1, "[0 1 0] false"},
		{"a month without sales", []int64{0, 5, 0}, honne.NewDate(2026, 5, 1), 100, 1, "[0 100 0] true"},
	} {
		r := honne.Record{AsOf: c.asOf}
		f := honne.Facts{Series: honne.Sales}
		for i, n := range c.sales {
			f.Month, f.Product = append(f.Month, april-12+honne.Month(i)), append(f.Product, -1)
			f.Quantity, f.Amount = append(f.Quantity, honne.Figure{}), append(f.Amount, honne.Known(n))
		}
		r.Facts = []honne.Facts{f}
		parts, bySales := Spread(&r, c.total, c.step, true, []honne.Month{april, april + 1, april + 2})
		if got := fmt.Sprint(parts, bySales); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
