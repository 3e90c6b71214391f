// Package stat is statistics on plain slices. It owns formulas; it refuses to
// know what the numbers mean, never changes its input, and returns NaN where a
// formula has no value. Sums run from left to right, so that the same input
// gives the same bits on every platform.
package stat

import (
	"math"
	"slices"
)

// Mean returns Σx/n, NaN for no values.
func Mean(x []float64) float64 { return sum(x) / float64(len(x)) }

func sum(x []float64) float64 {
	total := 0.0
	for _, v := range x {
		total += v
	}
	return total
}

// Median returns the middle value, the mean of the middle two when their number
// is even, NaN for no values.
func Median(x []float64) float64 { return Quantile(x, 0.5) }

// Quantile returns the p-quantile (0 ≤ p ≤ 1; p beyond is the nearer end) by
// linear interpolation at h = (n−1)·p, type 7 of Hyndman and Fan, Sample
// Quantiles in Statistical Packages (1996); NaN for no values.
func Quantile(x []float64, p float64) float64 {
	if len(x) == 0 || math.IsNaN(p) {
		return math.NaN()
	}
	s := slices.Sorted(slices.Values(x))
	h := float64(len(s)-1) * min(max(p, 0), 1)
	i := int(h)
	if i+1 >= len(s) {
		return s[len(s)-1]
	}
	return s[i] + float64((h-float64(i))*(s[i+1]-s[i]))
}

// EWMA returns the exponentially weighted moving average, e₀ = x₀ and
// eₜ = α·xₜ + (1−α)·eₜ₋₁ (Roberts 1959), one value for each of x.
func EWMA(x []float64, alpha float64) []float64 {
	e := make([]float64, len(x))
	for i, v := range x {
		if i == 0 {
			e[i] = v
			continue
		}
		e[i] = float64(alpha*v) + float64((1-alpha)*e[i-1])
	}
	return e
}

// HHI returns the Herfindahl-Hirschman index of the values, Σ(100·v/Σv)², from
// near 0 to 10,000 for one alone; NaN when they sum to nothing or less. Source:
// domain 3.5 S-27.
func HHI(values []float64) float64 {
	total, squares := sum(values), 0.0
	if total <= 0 || len(values) == 0 {
		return math.NaN()
	}
	for _, v := range values {
		share := 100 * v / total
		squares += float64(share * share)
	}
	return squares
}

// BiasWAPE returns the bias Σ(f−a)/Σa and the weighted absolute percentage error
// Σ|f−a|/Σ|a| of forecasts f against actuals a, as ratios; NaN where the sum
// below is 0 or f and a differ in length. Source: domain 3.5 S-05.
func BiasWAPE(f, a []float64) (bias, wape float64) {
	if len(f) != len(a) {
		return math.NaN(), math.NaN()
	}
	var diff, miss, actual, size float64
	for i := range f {
		diff += f[i] - a[i]
		miss += math.Abs(f[i] - a[i])
		actual += a[i]
		size += math.Abs(a[i])
	}
	return over(diff, actual), over(miss, size)
}

func over(a, b float64) float64 {
	if b == 0 {
		return math.NaN()
	}
	return a / b
}

// RoundHalfAwayFromZero rounds to the given number of decimal digits (negative
// for tens, hundreds), halves away from zero as people round: 2.5 is 3, −2.5 is
// −3. A half that binary cannot hold exactly, such as 1.005, counts as a half
// when it is within two parts in 10¹⁵ of one.
func RoundHalfAwayFromZero(x float64, digits int) float64 {
	p := math.Pow10(max(digits, -digits))
	scaled := x * p
	if digits < 0 {
		scaled = x / p
	}
	if math.IsNaN(scaled) || math.Abs(scaled) >= 1<<52 {
		return x
	}
	nudged := math.Round(scaled + float64(scaled*2e-15))
	if digits < 0 {
		return nudged * p
	}
	return nudged / p
}
