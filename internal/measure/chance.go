package measure

import (
	"math"
	"slices"

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

// Singles counts the single sales, each by chance, that a sum expected of some months
// stands for. Of money a few dear pieces count more than many cheap ones: their sizes
// are those of the last twelve months, not only of the months in question, in which
// no dear one may have been sold. 0 where pieces are not known; expected is in
// minor units, or in thousandths of a piece.
func Singles(r *honne.Record, t Track, months []honne.Month, expected float64, amount bool) float64 {
	if Pieces(t, months) <= 0 || expected <= 0 {
		return 0
	}
	if !amount {
		return expected / 1000
	}
	if size := sizeOf(r.Series(t.Series), span(months[len(months)-1]-11, months[len(months)-1])); size > 0 {
		return expected / size
	}
	return 0
}

// sizeOf is the price of a piece, weighed by what was sold at it; 0 where none is known.
func sizeOf(f honne.Facts, months []honne.Month) float64 {
	var sum, squares float64
	for i, m := range f.Month {
		a, q := f.Amount[i], f.Quantity[i]
		if !slices.Contains(months, m) || !a.Known || !q.Known || q.N == 0 {
			continue
		}
		amount, pieces := math.Abs(float64(a.N)), math.Abs(float64(q.N)/1000)
		sum += amount
		squares += float64(amount * amount / pieces)
	}
	if sum == 0 {
		return 0
	}
	return squares / sum
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
