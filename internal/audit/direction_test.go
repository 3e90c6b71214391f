package audit

import (
	"testing"

	"honne"
)

// A target lies on the better side of its start by the sense of its measure; of a
// figure to know either side may be wanted. Every measure says its sense.
func TestWorsens(t *testing.T) {
	for _, c := range []struct {
		metric        string
		start, target float64
		worse         bool
	}{
		{"growth", -0.1, -0.05, false}, {"growth", -0.1, -0.15, true}, {"growth", -0.1, -0.1, false},
		{"lateness", 4, 2, false}, {"lateness", 4, 6, true},
		{"forecast-bias", -0.2, 0.1, false}, {"forecast-bias", 0.2, -0.3, true}, {"forecast-bias", -0.2, -0.3, true},
		{"stock-cover", 2, 4, false}, {"stock-cover", 4, 2, false},
	} {
		if _, worse := Worsens(honne.PlanAction{Metric: c.metric, Start: c.start, Target: c.target}); worse != c.worse {
			t.Errorf("%s from %v to %v: worse %v", c.metric, c.start, c.target, worse)
		}
	}
	for _, m := range honne.AllMeasures {
		if _, said := senses[m.Slug]; !said {
			t.Errorf("%s: nobody said which figure is better", m.Slug)
		}
	}
}
