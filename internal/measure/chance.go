package measure

import (
	"math"

	"honne"
)

// byChance reports whether a difference from what is expected is no larger than
// single sales, each by chance, could make it: within two standard errors. share
// is the difference, as a share of a count; pieces are the counts that it compares.
// Where pieces are not known it is false. It keeps small numbers from accusing.
func byChance(share float64, pieces ...float64) honne.Further {
	var square float64
	for _, n := range pieces {
		if n <= 0 {
			return flag("by-chance", false)
		}
		square += 1 / n
	}
	return flag("by-chance", len(pieces) > 0 && math.Abs(share) <= 2*math.Sqrt(square))
}

// pieces counts what a track says of some months in pieces, 0 where one of them
// is not known.
func pieces(t Track, months []honne.Month) float64 {
	n, ok := t.whole(months, false)
	if !ok {
		return 0
	}
	return float64(n) / 1000
}
