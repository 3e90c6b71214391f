package measure

import (
	"slices"
	"testing"

	"honne"
)

// A slice is measured by its own figures, its terms open within it, and of what
// names no slice a plan of the whole says nothing.
func TestOfSlice(t *testing.T) {
	facts := func(s honne.Series, each int64) honne.Facts {
		f := honne.Facts{Series: s}
		for m := honne.NewMonth(2024, 4); m <= honne.NewMonth(2026, 3); m++ {
			f.Month, f.Product = append(f.Month, m), append(f.Product, -1)
			f.Quantity, f.Amount = append(f.Quantity, honne.Figure{}), append(f.Amount, honne.Known(each))
		}
		return f
	}
	r := honne.Record{AsOf: honne.NewDate(2026, 4, 10), Currency: honne.JPY, Facts: []honne.Facts{facts(honne.Sales, 300), facts(honne.Plan, 400)}}
	defaults := func(*Measure) map[string]float64 { return nil }
	east := honne.Slice{By: honne.ByRegion, Of: "関東", Facts: []honne.Facts{facts(honne.Sales, 100), facts(honne.Plan, 200)}}
	res := OfSlice(&r, east, defaults)
	if len(res) != len(sliced) || !res[0].Known || res[0].Value != 0.5 {
		t.Fatalf("%+v", res[0])
	}
	for _, s := range append(res[0].Numerator.Select, res[0].Evidence...) {
		if s.By != honne.ByRegion || s.Of != "関東" {
			t.Errorf("%+v opens outside the slice", s)
		}
	}
	growth := 4.0
	r.Log.Estimates = []honne.MarketEstimate{{What: "Implants, all Japan", Unit: honne.EstimateGrowth, Start: honne.NewMonth(2025, 4), Base: &growth}}
	r.Distributor.Profile.MarketGrowth = &honne.Range3{Base: 0.1}
	gap := func() honne.Result { return OfSlice(&r, east, defaults)[2] }
	if x := gap(); x.Known || x.Measure.Slug != "growth-gap" {
		t.Errorf("the market of the whole stands for that of a part: %+v", x)
	}
	r.Log.Estimates = append(r.Log.Estimates, honne.MarketEstimate{What: "Implants, 関東", Unit: honne.EstimateGrowth, Start: honne.NewMonth(2025, 4), Base: &growth})
	if x := gap(); !x.Known || x.Value != -0.04 {
		t.Errorf("against the market of the part: %+v", x)
	}
	r.Log.Estimates, r.Distributor.Profile.MarketGrowth = nil, nil
	own := east
	own.Facts = append(slices.Clone(east.Facts), facts(honne.Market, 1000))
	if x := OfSlice(&r, own, defaults)[2]; !x.Known || x.Value != 0 {
		t.Errorf("a market series of the part: %+v", x)
	}
	half := east
	half.Unnamed = map[honne.Series][]honne.Month{honne.Sales: {honne.NewMonth(2025, 7), honne.NewMonth(2026, 3)}}
	for _, x := range OfSlice(&r, half, defaults) {
		if x.Known || x.Measure.Slug != "stock-cover" && x.Measure.Slug != "concentration" && x.Measure.Slug != "growth-gap" && x.Why.ID != "why.slice.unnamed" {
			t.Errorf("%s of a part of which a month names some lines alone: %+v", x.Measure.Slug, x)
		}
	}
	none := honne.Slice{By: honne.ByRegion, Facts: []honne.Facts{facts(honne.Sales, 200), facts(honne.Plan, 200)}}
	for _, x := range OfSlice(&r, none, defaults) {
		if x.Measure.Slug == "plan-attainment" || x.Measure.Slug == "stock-cover" {
			t.Errorf("%s of what names no region", x.Measure.Slug)
		}
	}
	if len(r.Facts[0].Amount) != 24 || r.Facts[0].Amount[0].N != 300 {
		t.Error("the record was changed")
	}
}
