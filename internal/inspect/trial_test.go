package inspect

import (
	"testing"

	"honne"
)

// TestTrial: other rules are tried on the day and the ends of eight fiscal quarters,
// and only what they would have said otherwise is listed.
func TestTrial(t *testing.T) {
	days := TrialDays(4, honne.NewDate(2026, 11, 22))
	if len(days) != 9 || days[1] != honne.NewDate(2026, 9, 30) || days[8] != honne.NewDate(2024, 12, 31) {
		t.Errorf("days = %v", days)
	}
	if got := TrialDays(1, honne.NewDate(2026, 9, 30)); got[1] != honne.NewDate(2026, 6, 30) {
		t.Error(got)
	}
	if got := TrialDays(2, honne.NewDate(2026, 2, 1)); got[1] != honne.NewDate(2026, 1, 31) || got[2] != honne.NewDate(2025, 10, 31) {
		t.Error(got)
	}
	r, book := miyako(), japanese(t)
	was := Picture(r, book)
	if d := Differences(was, Picture(r, book)); len(d) != 0 {
		t.Errorf("the same rules differ: %v", d)
	}
	r.Thresholds = []honne.Entry[honne.OwnThreshold]{{Body: honne.OwnThreshold{Threshold: "plan-attainment.under-2-of-4.times", Value: 4}}, {Body: honne.OwnThreshold{Threshold: "plan-attainment.under-2-of-4.1", Value: 0.5}}}
	would := Picture(r, book)
	for _, d := range Differences(was, would) {
		if d.Of != "measure.plan-attainment" && d.Of != "sign.targets" && d.Of != "threshold.overall" {
			t.Errorf("another number of one rule changes %v", d)
		}
	}
	r.Thresholds = []honne.Entry[honne.OwnThreshold]{{Body: honne.OwnThreshold{Threshold: "restatement.param.threshold", Value: 0.05}}}
	if d := Differences(was, Picture(r, book)); len(d) == 0 {
		t.Error("a parameter of one's own changes nothing")
	}
}
