package audit

import (
	"cmp"
	"slices"

	"honne"
	"honne/internal/playbook"
)

// Wide is the gap from which on it is flagged, in points of the scale (domain
// 3.8).
const Wide = 1.5

// Gap is what is said, shown and meant of one dimension, 0 to 4 each. What is nil
// is unknown. Positive means presented better than seen; negative is modesty,
// common in Japan, and no problem by itself. Source: domain 3.8.
type Gap struct {
	Dimension string
	Said      *float64 // the partner's own answer, on record
	Shown     *float64 // the rating where its evidence is of grade A or B
	Meant     *float64 // the median of voices off the record, where it may be shown
	SaidShown *float64
	SaidMeant *float64
	ShownLess *float64 // shown minus meant
	Flag      bool     // wide, and what is shown is known; else it cannot be verified
}

// Gaps compares the three for every dimension, in their order.
func Gaps(a honne.Assessment, pool string) []Gap {
	out := make([]Gap, 0, len(honne.AllDimensions))
	for _, d := range honne.AllDimensions {
		out = append(out, gap(d.Slug, said(a.Self, d.Slug), shown(a.Ratings, d.Slug), meant(a.Released, d.Slug, pool)))
	}
	return out
}

func gap(dimension string, said, shown, meant *float64) Gap {
	return Gap{Dimension: dimension, Said: said, Shown: shown, Meant: meant,
		SaidShown: minus(said, shown), SaidMeant: minus(said, meant), ShownLess: minus(shown, meant),
		Flag: shown != nil && (wide(minus(said, shown)) || wide(minus(said, meant)))}
}

// Gap is what the page and the document write as the gap: said minus meant, or
// where voices are too few said minus shown; nil where neither is known.
func (g Gap) Gap() *float64 {
	if g.SaidMeant != nil {
		return g.SaidMeant
	}
	return g.SaidShown
}

// Widest sorts gaps by the larger of their two, the widest first; those that are
// not known come last.
func Widest(gaps []Gap) []Gap {
	most := func(g Gap) float64 {
		out := -9.0
		for _, d := range []*float64{g.SaidShown, g.SaidMeant} {
			if d != nil {
				out = max(out, *d)
			}
		}
		return out
	}
	out := slices.Clone(gaps)
	slices.SortStableFunc(out, func(p, q Gap) int { return cmp.Compare(most(q), most(p)) })
	return out
}

// Overall is the mean of the positive gaps of one kind, weighted as the pillars
// are; unknown (false) where no gap is known.
func Overall(gaps []Gap, w playbook.Weights, of func(Gap) *float64) (float64, bool) {
	sum, weight, known := 0.0, 0.0, false
	for i, g := range gaps {
		d := of(g)
		if d == nil {
			continue
		}
		known = true
		if *d > 0 {
			x := w.Of(honne.AllDimensions[i].Pillar)
			sum += float64(x * *d)
			weight += x
		}
	}
	if weight == 0 {
		return 0, known
	}
	return sum / weight, true
}

func said(self []honne.SelfAnswer, dimension string) *float64 {
	for _, s := range self {
		if s.Dimension == dimension && !s.NA {
			v := float64(s.Score)
			return &v
		}
	}
	return nil
}

func shown(ratings []honne.Rating, dimension string) *float64 {
	r, ok := find(ratings, dimension)
	if !ok || r.NA || r.Grade != honne.GradeA && r.Grade != honne.GradeB {
		return nil
	}
	v := float64(r.Score)
	return &v
}

func meant(released []honne.Released, dimension, pool string) *float64 {
	for _, r := range released {
		if r.Dimension == dimension && r.Pool == pool {
			v := r.Median
			return &v
		}
	}
	return nil
}

func minus(a, b *float64) *float64 {
	if a == nil || b == nil {
		return nil
	}
	d := *a - *b
	return &d
}

func wide(d *float64) bool { return d != nil && (*d >= Wide || *d <= -Wide) }
