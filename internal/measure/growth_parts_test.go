package measure

import (
	"slices"
	"testing"

	"honne"
)

// A branch that fell in the last half-year while the others did not is named; not where
// both fell, single sales may have made it, or a branch has no report of a month.
func TestFallenPlaces(t *testing.T) {
	t.Parallel()
	last := honne.NewMonth(2026, 3)
	record := func(tokyo, osaka, before int64) *honne.Record {
		r := &honne.Record{Currency: honne.JPY}
		for m := last - 17; m <= last; m++ {
			for _, x := range []struct {
				place string
				now   int64
			}{{"大阪支店", osaka}, {"東京支店", tokyo}} {
				n := before
				if m > last-6 {
					n = x.now
				}
				r.Places = append(r.Places, honne.PlaceTotal{Month: m, Place: x.place, Quantity: honne.Known(n * 1000), Amount: honne.Known(n * 50_000)})
			}
		}
		return r
	}
	said := func(r *honne.Record) (out string) {
		for _, m := range fallenPlaces(r, last, Params{"lately": 6, "beyond": 1.5}) {
			for _, a := range m.Args {
				if a.Name == "place" {
					out = a.S
				}
			}
		}
		return out
	}
	gap := record(60, 27, 50)
	gap.Places = slices.Delete(gap.Places, 18, 19) // of a month between the two half-years
	torn := record(60, 27, 50)
	torn.Places = torn.Places[:len(torn.Places)-1]
	for name, c := range map[string]struct {
		r    *honne.Record
		want string
	}{"osaka fell": {record(60, 27, 50), "大阪支店"}, "a month before": {gap, "大阪支店"}, "both fell": {record(27, 27, 50), ""},
		"few pieces": {record(6, 3, 5), ""}, "a little": {record(50, 47, 50), ""}, "a month is missing": {torn, ""}, "none": {&honne.Record{}, ""}} {
		if got := said(c.r); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Without pieces the months among themselves tell what is beyond chance.
func TestFellWithoutPieces(t *testing.T) {
	t.Parallel()
	first := honne.NewMonth(2025, 4)
	of := func(months int, now func(i int) int64) (g productGrowth) {
		for i := range months {
			m := first + honne.Month(i)
			g.add(m-12, honne.Figure{}, honne.Known(1000), true, false)
			g.add(m, honne.Figure{}, honne.Known(now(i)), true, true)
		}
		return g
	}
	for name, c := range map[string]struct {
		g    productGrowth
		want bool
	}{
		"a third less each month": {of(12, func(i int) int64 { return 680 + int64(i%3)*20 }), true},
		"up and down":             {of(12, func(i int) int64 { return 300 + int64(i%2)*1200 }), false},
		"one month without":       {of(12, func(i int) int64 { return 1000 * min(1, int64(i)) }), false},
		"few months":              {of(5, func(int) int64 { return 600 }), false},
	} {
		if got := c.g.fell(1.5); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
