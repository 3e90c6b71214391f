package claim

import "math"

// The standard library's exp and log differ in the last bit between platforms,
// and a model must not: these are sums and products only, each rounded on its
// own.

const ln2 = 0.6931471805599453

// exp returns e to the x, within 1e-13 of it, for |x| up to 700.
func exp(x float64) float64 {
	x = min(max(x, -700), 700)
	n := math.Floor(float64(x/ln2) + 0.5)
	r := x - float64(n*ln2)
	sum, term := 1.0, 1.0
	for i := 1.0; i <= 13; i++ {
		term = float64(term*r) / i
		sum += term
	}
	return math.Ldexp(sum, int(n))
}

// log returns the natural logarithm of a positive x.
func log(x float64) float64 {
	frac, n := math.Frexp(x)
	z := (frac - 1) / (frac + 1)
	square := float64(z * z)
	sum, term := 0.0, z
	for i := 1.0; i <= 41; i += 2 {
		sum += term / i
		term = float64(term * square)
	}
	return float64(2*sum) + float64(float64(n)*ln2)
}

// sigmoid returns the probability whose log odds are x.
func sigmoid(x float64) float64 { return 1 / (1 + exp(-x)) }
