package stat

import (
	"math"
	"slices"
)

// SurvivalQuantile returns the time by which a share p of all has ended, by the
// estimate of Kaplan and Meier (1958) for times of which some are cut off: ended
// says which of them ran to their end. It is the least time at which the share
// that goes on is not above 1−p; NaN when the estimate never falls that far.
// Of equal times an end counts before a cut.
func SurvivalQuantile(times []float64, ended []bool, p float64) float64 {
	order := make([]int, len(times))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case times[a] != times[b]:
			return int(math.Copysign(1, times[a]-times[b]))
		case ended[a] == ended[b]:
			return 0
		case ended[a]:
			return -1
		}
		return 1
	})
	left := 1.0
	for at, i := range order {
		if !ended[i] {
			continue
		}
		left = float64(left * (1 - 1/float64(len(order)-at)))
		// A hair above is below: what is left is a product of fractions.
		if left <= 1-p+1e-12 {
			return times[i]
		}
	}
	return math.NaN()
}
