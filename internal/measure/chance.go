package measure

import (
	"math"

	"honne"
)

// Chance reports whether a difference from what is expected is no larger than
// single sales, each by chance, could make it: within two standard errors. share
// is the difference, as a share of a count; pieces are the counts that it compares.
// Where pieces are not known it is false. It keeps small numbers from accusing.
func Chance(share float64, pieces ...float64) bool {
	var square float64
	for _, n := range pieces {
		if n <= 0 {
			return false
		}
		square += 1 / n
	}
	return len(pieces) > 0 && math.Abs(share) <= 2*math.Sqrt(square)
}

func byChance(share float64, pieces ...float64) honne.Further {
	return flag("by-chance", Chance(share, pieces...))
}

// Pieces counts what a track says of some months in pieces, 0 where one of them
// is not known.
func Pieces(t Track, months []honne.Month) float64 {
	n, ok := t.whole(months, false)
	if !ok {
		return 0
	}
	return float64(n) / 1000
}
