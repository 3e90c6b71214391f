package stat

import (
	"math"
	"testing"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9 || math.IsNaN(got) != math.IsNaN(want) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

func TestLocation(t *testing.T) {
	x := []float64{9, 1, 4, 2, 7}
	near(t, "median", Median(x), 4)
	near(t, "median of four", Median(x[:4]), 3)
	near(t, "p90", Quantile(x, 0.9), 8.2)
	near(t, "p0", Quantile(x, -1), 1)
	near(t, "p100", Quantile(x, 2), 9)
	if x[0] != 9 {
		t.Error("the input was sorted in place")
	}
	for name, v := range map[string]float64{"median": Median(nil), "HHI": HHI(nil)} {
		if !math.IsNaN(v) {
			t.Errorf("%s of nothing = %v, want NaN", name, v)
		}
	}
}

func TestEWMA(t *testing.T) {
	e := EWMA([]float64{4, 3, 5}, 0.3)
	near(t, "EWMA 1", e[1], 3.7)
	near(t, "EWMA 2", e[2], 4.09)
}

// TestGolden holds numbers of domain Appendix H.
func TestGolden(t *testing.T) {
	bias, wape := BiasWAPE([]float64{100, 110, 120, 130}, []float64{90, 100, 95, 110})
	near(t, "bias", bias, 65.0/395)
	near(t, "wape", wape, 65.0/395)
	near(t, "bias rounded", RoundHalfAwayFromZero(bias, 5), 0.16456)
	near(t, "HHI", HHI([]float64{40, 30, 20, 10}), 3000)
	near(t, "HHI of one", HHI([]float64{12}), 10000)
	bias, wape = BiasWAPE([]float64{90, 110}, []float64{100, 100})
	near(t, "bias of equal misses", bias, 0)
	near(t, "wape of equal misses", wape, 0.1)
	if bias, _ = BiasWAPE([]float64{1}, []float64{0}); !math.IsNaN(bias) {
		t.Errorf("bias against nothing = %v, want NaN", bias)
	}
}

func TestRound(t *testing.T) {
	for _, c := range []struct {
		x      float64
		digits int
		want   float64
	}{
		{2.5, 0, 3}, {-2.5, 0, -3}, {1.005, 2, 1.01}, {-1.005, 2, -1.01}, {0.16455696, 5, 0.16456},
		{2.4999, 0, 2}, {1250, -2, 1300}, {1249, -2, 1200}, {0.285, 2, 0.29}, {1e300, 3, 1e300}, {0, 4, 0}, {41.25, 1, 41.3},
	} {
		near(t, "rounded", RoundHalfAwayFromZero(c.x, c.digits), c.want)
	}
}
