package honne

import "testing"

// What one segment was in two years tells its growth; another unit, another
// segment or a gap of years tells none.
func TestMarketGrowths(t *testing.T) {
	n := func(f float64) *float64 { return &f }
	size := func(what string, unit EstimateUnit, start Month, base float64, m EstimateMethod) MarketEstimate {
		return MarketEstimate{What: what, Unit: unit, Start: start, Base: n(base), Method: m, Source: "s" + string(m), On: 5}
	}
	april := NewMonth(2025, 4)
	l := Log{Estimates: []MarketEstimate{
		size("a", EstimateYen, april-12, 100, EstimateExpert), size("a", EstimateYen, april, 108, EstimateMeasured),
		size("a", EstimatePieces, april+12, 3, EstimateMeasured), size("b", EstimateYen, april+12, 120, EstimateMeasured),
		{What: "c", Unit: EstimateGrowth, Start: april, Base: n(-2), Low: n(-4), Method: EstimateDerived}, {What: "d", Unit: EstimateGrowth, Start: april}}}
	got := l.MarketGrowths()
	if len(got) != 2 || got[0].What != "a" || got[0].Method != EstimateExpert || got[0].Source != "smeasured; sexpert" || got[0].Base < 0.0799 || got[0].Base > 0.0801 {
		t.Fatalf("%+v", got)
	}
	if c := got[1]; c.Base != -0.02 || c.Low != -0.04 || c.High != -0.02 || c.Method.Grade() != GradeB {
		t.Errorf("%+v", c)
	}
}
