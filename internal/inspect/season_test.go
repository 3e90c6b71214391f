package inspect

import (
	"slices"
	"testing"

	"honne"
)

// seasonal is a distributor whose hospitals buy at the end of the year, with a plan
// that is spread evenly: months of its second year are known.
func seasonal(months int) honne.Record {
	april := honne.NewMonth(2024, 4)
	year := []int64{40, 50, 60, 80, 80, 90, 70, 80, 80, 80, 120, 170}
	r := honne.Record{AsOf: (april + 11 + honne.Month(months) + 1).First() + 19, Currency: honne.JPY}
	series := map[honne.Series][]int64{}
	for i := range 12 + months {
		series[honne.Sales] = append(series[honne.Sales], year[i%12]*(100+8*int64(i/12)))
	}
	for i := range 24 {
		series[honne.Plan] = append(series[honne.Plan], []int64{8300, 8700}[i/12])
		series[honne.Market] = append(series[honne.Market], []int64{40000, 41600}[i/12])
	}
	for _, s := range honne.AllSeries {
		f := honne.Facts{Series: s}
		for i, v := range series[s] {
			f.Month, f.Product, f.Version = append(f.Month, april+honne.Month(i)), append(f.Product, -1), append(f.Version, 1)
			f.Amount, f.Quantity = append(f.Amount, honne.Known(v*1000)), append(f.Quantity, honne.Figure{})
		}
		if len(f.Month) > 0 {
			r.Facts = append(r.Facts, f)
		}
	}
	return r
}

// TestSeasonIsNoMiss: an evenly spread plan is not missed by who sells late in the
// year, on any day of it; the pace is that of the season, and a fall is still seen.
func TestSeasonIsNoMiss(t *testing.T) {
	for months := 1; months <= 12; months++ {
		p := Picture(seasonal(months), japanese(t))
		for _, m := range p.Measures {
			if m.Measure.Slug == "plan-attainment" && m.Band != honne.Clear {
				t.Errorf("after %d months: %s at %v, %v", months, m.Band, m.Value, m.Trace)
			}
		}
		if p.KPIs.Pace.Minor != 108_000_000 && months >= young {
			t.Errorf("after %d months the pace is %v", months, p.KPIs.Pace)
		}
		if months >= young && months < 11 && p.Message.ID != "message.with-market-signs" {
			t.Errorf("after %d months it says %+v", months, p.Message)
		}
	}
	if m := Year(seasonal(4), japanese(t), 2025).Message; m.ID != "message.on-course" {
		t.Errorf("the year alone says %+v", m)
	}
	r := seasonal(6)
	for i, f := range r.Facts {
		if f.Series == honne.Sales {
			for k := 12; k < len(f.Amount); k++ {
				r.Facts[i].Amount[k].N /= 2
			}
		}
	}
	if m := Picture(r, japanese(t)).Measures[0]; m.Band != honne.High {
		t.Errorf("half of the season is %s", m.Band)
	}
}

// TestOldMissesSaid: a sign on watch for quarters that were missed says so first, beside
// a year to date that meets its plan.
func TestOldMissesSaid(t *testing.T) {
	r := seasonal(4)
	r.Facts = slices.DeleteFunc(r.Facts, func(f honne.Facts) bool { return f.Series == honne.Market })
	for i, f := range r.Facts {
		if f.Series == honne.Plan {
			for k := range f.Amount {
				r.Facts[i].Amount[k].N = []int64{9_500_000, 4_000_000}[k/12]
			}
		}
	}
	s := Picture(r, japanese(t)).Signs
	i := slices.IndexFunc(s, func(s honne.Sign) bool { return s.ID.Slug == "targets" })
	if s[i].Level != honne.Watch || s[i].Because[0].ID != "because.quarters-missed" {
		t.Errorf("%s because %+v", s[i].Level, s[i].Because)
	}
}

// TestFewMonths: sales below the market in fewer months than growth is judged by are
// not told without that; nor are they said before what is held against more.
func TestFewMonths(t *testing.T) {
	for months, want := range map[int]string{4: "message.fell-in-growing-market.few-months", 7: "message.fell-in-growing-market"} {
		r := seasonal(months)
		for i, f := range r.Facts {
			switch f.Series {
			case honne.Sales:
				for k := 12; k < len(f.Amount); k++ {
					r.Facts[i].Amount[k].N = f.Amount[k].N * 8 / 10
				}
			case honne.Plan:
				r.Facts[i] = honne.Facts{Series: honne.Plan}
			}
		}
		if m := Picture(r, japanese(t)).Message; opening(m) != want {
			t.Errorf("after %d months: %+v", months, m)
		}
	}
}
