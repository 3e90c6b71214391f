package audit

import (
	"testing"

	"honne"
)

// Only the figures close an action, from whichever side it started; what is not
// known is neither done nor late.
func TestStanding(t *testing.T) {
	up := honne.PlanAction{Metric: "growth", Start: 0.1, Target: 0.2, Due: 100}
	down := honne.PlanAction{Metric: "growth", Start: 9, Target: 5, Due: 100}
	dropped := up
	dropped.Dropped = "another way"
	at := func(day honne.Date, value float64) honne.Picture {
		return honne.Picture{AsOf: day, Measures: []honne.Judged{{Result: honne.Result{Measure: honne.MeasureID{Slug: "growth"}, Known: true, Value: value}}}}
	}
	for name, c := range map[string]struct {
		of    honne.PlanAction
		today honne.Picture
		want  ActionState
		waits bool
	}{
		"below":        {up, at(100, 0.19), ActionOpen, true},
		"at":           {up, at(100, 0.2), ActionDone, false},
		"lower wanted": {down, at(100, 4), ActionDone, false},
		"higher still": {down, at(100, 6), ActionOpen, true},
		"late":         {up, at(101, 0.19), ActionPassed, true},
		"done late":    {up, at(101, 0.2), ActionDone, false},
		"unknown late": {up, honne.Picture{AsOf: 101}, ActionUnknown, true},
		"dropped":      {dropped, at(101, 0.3), ActionDropped, false},
	} {
		if got := Standing(c.of, c.today); got != c.want || got.Waits() != c.waits {
			t.Errorf("%s: %s, waits %v", name, got, got.Waits())
		}
	}
}
