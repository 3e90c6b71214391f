package inspect

import (
	"slices"
	"testing"

	"honne"
	"honne/internal/japan"
)

// marchHeavy sells in March three times what it sells in other months, most of it
// in the last ten business days, and is shipped as much: budgets end. Extra pieces
// are shipped beside that at the end of March 2026, and for them less in April.
func marchHeavy(extra int64) honne.Record {
	r := excellent().record()
	r.Days = nil
	columns := map[honne.Series]*honne.Facts{}
	for _, s := range []honne.Series{honne.Sales, honne.Shipments, honne.Stock} {
		columns[s] = &honne.Facts{Series: s}
	}
	put := func(s honne.Series, m honne.Month, pieces int64) {
		f := columns[s]
		f.Month, f.Product, f.Version = append(f.Month, m), append(f.Product, 0), append(f.Version, 1)
		f.Amount, f.Quantity = append(f.Amount, honne.Figure{}), append(f.Quantity, honne.Known(pieces*1000))
	}
	const april = first + monthsTold
	for m := first; m <= april; m++ {
		sold, tail := int64(1000), int64(500)
		if m%12 == 2 {
			sold, tail = 3000, 2300
		}
		shipped, late, stock := sold, tail, int64(2000)
		switch m {
		case april - 1:
			shipped, late, stock = sold+extra, tail+extra, stock+extra
		case april:
			shipped -= extra / 4
		}
		end := japan.National().LastN(m.Period(), 10)
		if m < april {
			put(honne.Sales, m, sold)
			put(honne.Stock, m, stock)
			spreadOver(&r, honne.Sales, honne.Period{From: m.First(), To: end - 1}, sold-tail)
			spreadOver(&r, honne.Sales, honne.Period{From: end, To: m.Last()}, tail)
			spreadOver(&r, honne.Shipments, honne.Period{From: m.First(), To: end - 1}, shipped-late)
			spreadOver(&r, honne.Shipments, honne.Period{From: end, To: m.Last()}, late)
		} else {
			spreadOver(&r, honne.Shipments, honne.Period{From: m.First(), To: r.AsOf}, shipped)
		}
		put(honne.Shipments, m, shipped)
	}
	for i, f := range r.Facts {
		if own := columns[f.Series]; own != nil {
			r.Facts[i] = *own
		}
	}
	return r
}

// spreadOver puts pieces on the business days of a period, the rest on the last.
func spreadOver(r *honne.Record, s honne.Series, in honne.Period, pieces int64) {
	n := int64(japan.National().Count(in))
	for d := in.From; d <= in.To; d++ {
		if japan.National().BusinessDay(d) {
			r.Days = append(r.Days, honne.DayTotal{Series: s, Date: d, Quantity: honne.Known(pieces / n * 1000)})
		}
	}
	r.Days[len(r.Days)-1].Quantity.N += pieces % n * 1000
}

// TestMarchBudgets is AC4 at the level of bands: what is sold in March is no
// loading; goods that stayed in stock with a thin April are, and where our own
// discount may have brought them that is said, and it is never high.
func TestMarchBudgets(t *testing.T) {
	on := honne.NewDate(2026, 3, 16)
	for _, c := range []struct {
		name  string
		extra int64
		ours  string // what is said of our discount
		band  honne.Band
	}{
		{"heavy in March on both sides", 0, "", honne.Clear},
		{"the same, with our discount", 0, "ours.our-discount", honne.Clear},
		{"goods that stayed, and a thin April", 3000, "", honne.High},
		{"the same, with our discount", 3000, "ours.our-discount", honne.Watch},
		{"the same, as a message of ours tells", 3000, "ours.our-discount.heard", honne.Watch},
	} {
		r := marchHeavy(c.extra)
		switch c.ours {
		case "ours.our-discount":
			r.Distributor.Profile.Events = append(r.Distributor.Profile.Events, honne.Event{Date: on, Kind: honne.EventOurSpecial})
		case "ours.our-discount.heard":
			r.Log.OurActs = append(r.Log.OurActs, honne.OurAct{Kind: honne.OurDiscount, On: on, What: "8 % off in March", Mail: 1, Heard: true})
		}
		pic := Picture(r, japanese(t))
		i := slices.IndexFunc(pic.Measures, func(j honne.Judged) bool { return j.Measure.Slug == "quarter-end-loading" })
		j := pic.Measures[i]
		if !j.Known || j.Value < 1.5 || j.Band != c.band {
			t.Errorf("%s: %s, want %s: %v %v %v", c.name, j.Band, c.band, j.Value, j.Parts, j.Why)
		}
		said := slices.ContainsFunc(j.OurSide, func(m honne.Message) bool { return m.ID == c.ours })
		above := slices.ContainsFunc(pic.OurSide, func(m honne.Message) bool { return m.ID == c.ours })
		if want := c.ours != ""; said != want || above != want {
			t.Errorf("%s: our discount is said %v, and first %v", c.name, said, above)
		}
	}
}
