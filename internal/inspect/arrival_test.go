package inspect

import (
	"slices"
	"testing"

	"honne"
)

// arriving is the excellent world whose last month's sales came in file 7, bent
// by a test.
func arriving(bend func(r *honne.Record, sales *honne.Facts, last int)) honne.Record {
	w := excellent()
	w.names = func(int) []honne.Account { return excellent().names(0)[:1] }
	r := w.record()
	for i := range r.Deliveries {
		r.Deliveries[i].File = 1
	}
	r.Deliveries[2*(monthsTold-1)].File = 7
	for i := range r.Facts {
		if f := &r.Facts[i]; f.Series == honne.Sales && bend != nil {
			bend(&r, f, len(f.Month)-1)
		}
	}
	return r
}

func ids(a honne.Arrival) (out []string) {
	for _, p := range a.Problems {
		out = append(out, string(p.Severity)+" "+p.What.ID)
	}
	for _, m := range a.Passed {
		out = append(out, m.ID)
	}
	return out
}

func TestArrive(t *testing.T) {
	last := first + monthsTold - 1
	column := func(r *honne.Record, s honne.Series, m honne.Month, yen int64) {
		r.Facts = append(r.Facts, honne.Facts{Series: s, Month: []honne.Month{m}, Product: []int32{0}, Amount: []honne.Figure{honne.Known(yen)}, Quantity: make([]honne.Figure, 1)})
		r.Deliveries = append(r.Deliveries, honne.Delivery{File: 7, Series: s, Periods: []honne.Period{m.Period()}, From: honne.Theirs})
	}
	good := []string{"arrival.magnitude.ok", "arrival.level.ok", "arrival.named"}
	for name, c := range map[string]struct {
		bend func(r *honne.Record, sales *honne.Facts, i int)
		want []string
	}{
		"nothing to note":                {nil, good},
		"yen for thousand":               {func(_ *honne.Record, f *honne.Facts, i int) { f.Amount[i].N *= 1000 }, []string{"warning arrival.magnitude", "arrival.level.ok", "arrival.named"}},
		"a large month is no other unit": {func(_ *honne.Record, f *honne.Facts, i int) { f.Amount[i].N *= 9; f.Quantity[i].N *= 9 }, good},
		"a month falls by more than half": {func(r *honne.Record, f *honne.Facts, i int) {
			r.Deliveries[2*(monthsTold-1)].Submission = 7
			f.Amount[i].N /= 3
			r.Changes = append(r.Changes, honne.Change{Series: honne.Sales, Period: last.Period(), New: 7, Old: 6,
				Before: honne.Reported{Amount: honne.Known(3 * f.Amount[i].N)}, After: honne.Reported{Amount: f.Amount[i]}})
		}, []string{"warning arrival.shrunk", "arrival.magnitude.ok", "arrival.level.ok", "arrival.named"}},
		"pieces alone fall by more than half": {func(r *honne.Record, f *honne.Facts, i int) {
			r.Deliveries[2*(monthsTold-1)].Submission = 7
			f.Quantity[i].N, f.Amount[i] = f.Quantity[i].N/3, honne.Figure{}
			r.Changes = append(r.Changes, honne.Change{Series: honne.Sales, Period: last.Period(), New: 7, Old: 6,
				Before: honne.Reported{Quantity: honne.Known(3 * f.Quantity[i].N)}, After: honne.Reported{Quantity: f.Quantity[i]}})
		}, []string{"warning arrival.shrunk", "arrival.magnitude.ok", "arrival.level.ok", "arrival.named"}},
		"nothing is left of three products": {func(r *honne.Record, f *honne.Facts, i int) {
			r.Deliveries[2*(monthsTold-1)].Submission = 7
			n := f.Amount[i].N
			for p, c := range [][2]int64{{n / 2, 0}, {n / 4, 0}, {n / 4, n}} {
				r.Changes = append(r.Changes, honne.Change{Series: honne.Sales, Period: last.Period(), New: 7, Old: 6, Product: int32(p),
					Before: honne.Reported{Amount: honne.Known(c[0])}, After: honne.Reported{Amount: honne.Known(c[1])}})
			}
		}, []string{"warning arrival.apart", "arrival.magnitude.ok", "arrival.level.ok", "arrival.named"}},
		"months are missing": {func(_ *honne.Record, f *honne.Facts, i int) {
			f.Month[i] += 3
		}, []string{"note arrival.gap"}},
		"columns are lost": {func(r *honne.Record, _ *honne.Facts, _ int) {
			r.Deliveries[2*(monthsTold-1)].Holds = honne.Holds{Product: true}
		}, []string{"note arrival.level", "arrival.magnitude.ok", "arrival.named"}},
		"names are withheld": {func(r *honne.Record, _ *honne.Facts, _ int) {
			r.Accounts[0].Disclosure = honne.Withheld
		}, []string{"note arrival.unnamed", "arrival.magnitude.ok", "arrival.level.ok"}},
		"last year as we know it": {func(r *honne.Record, f *honne.Facts, i int) {
			column(r, honne.PriorYear, last-12, f.Amount[i-12].N)
		}, slices.Insert(slices.Clone(good), 2, "arrival.year-before.ok")},
		"last year otherwise": {func(r *honne.Record, f *honne.Facts, i int) {
			column(r, honne.PriorYear, last-12, f.Amount[i-12].N*2)
		}, append([]string{"note arrival.year-before.differs"}, good...)},
		"a running total that is short": {func(r *honne.Record, f *honne.Facts, i int) {
			column(r, honne.ToDate, last-11, f.Amount[i-11].N/2)
		}, append([]string{"note arrival.to-date.differs"}, good...)},
		"a running total that adds up": {func(r *honne.Record, f *honne.Facts, i int) {
			column(r, honne.ToDate, last-10, f.Amount[i-11].N+f.Amount[i-10].N)
		}, slices.Insert(slices.Clone(good), 2, "arrival.to-date.ok")},
	} {
		r := arriving(c.bend)
		if name == "months are missing" {
			r.Deliveries[2*(monthsTold-1)].Periods = []honne.Period{(last + 3).Period()}
		}
		before := arriving(nil)
		got := ids(Arrive(&before, &r, 7))
		if name == "months are missing" {
			got = got[:1]
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// The same figures of three products under the name of the next month.
func TestArriveSameAgain(t *testing.T) {
	r := honne.Record{Deliveries: []honne.Delivery{{File: 7, Series: honne.Sales, Periods: []honne.Period{(first + 1).Period()}, InForce: true}},
		Facts: []honne.Facts{{Series: honne.Sales}}}
	f := &r.Facts[0]
	for m := first; m <= first+1; m++ {
		for k := range int32(3) {
			f.Month, f.Product = append(f.Month, m), append(f.Product, k)
			f.Amount, f.Quantity = append(f.Amount, honne.Known(int64(1000*(k+1)))), append(f.Quantity, honne.Figure{})
		}
	}
	if got := ids(Arrive(&honne.Record{}, &r, 7)); !slices.Equal(got, []string{"warning arrival.same-again"}) {
		t.Errorf("%q", got)
	}
	f.Amount[5].N++
	if got := ids(Arrive(&honne.Record{}, &r, 7)); len(got) != 0 {
		t.Errorf("one figure differs: %q", got)
	}
	for i := range f.Month { // two pieces of each in both months are chance
		f.Amount[i], f.Quantity[i] = honne.Known(2000), honne.Known(2000)
	}
	if got := ids(Arrive(&honne.Record{}, &r, 7)); len(got) != 0 {
		t.Errorf("so few pieces are equal by chance: %q", got)
	}
}

func TestMoves(t *testing.T) {
	before, after := excellent().record(), hiding().record()
	moves := Moves(&before, &after, japanese(t))
	if len(moves) == 0 || moves[0].From == moves[0].To {
		t.Errorf("moves %v", moves)
	}
	if same := Moves(&before, &before, japanese(t)); len(same) != 0 {
		t.Errorf("nothing moved: %v", same)
	}
}
