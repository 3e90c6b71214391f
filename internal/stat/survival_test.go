package stat

import (
	"math"
	"testing"
)

// TestSurvival checks against the worked example of remission times of leukaemia
// under 6-mercaptopurine (Freireich 1963, in every textbook): the median is 23,
// the lower quartile 13.
func TestSurvival(t *testing.T) {
	times := []float64{6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35}
	ended := []bool{true, true, true, false, true, false, true, false, false, true, true, false, false, false, true, true, false, false, false, false, false}
	near(t, "median", SurvivalQuantile(times, ended, 0.5), 23)
	near(t, "quartile", SurvivalQuantile(times, ended, 0.25), 13)
	if got := SurvivalQuantile(times, ended, 0.9); !math.IsNaN(got) {
		t.Errorf("nine in ten: %v, want none", got)
	}
	near(t, "without cuts", SurvivalQuantile([]float64{3, 1, 2, 4}, []bool{true, true, true, true}, 0.5), 2)
	if got := SurvivalQuantile(nil, nil, 0.5); !math.IsNaN(got) {
		t.Errorf("of nothing: %v", got)
	}
}
