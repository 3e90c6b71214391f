package inspect

import (
	"honne"
	"honne/internal/stat"
)

// dependency computes the index of domain 1.7 from the parts that are known:
// r1 from named visibility and access. What resists, delays, is let pass and is
// missing in the contract is known only where people keep a log of it, which a
// record does not hold.
func (f findings) dependency() honne.Dependency {
	var parts [5]*float64
	vi, _ := f.find("visibility-index")
	access, _ := f.find("access-index")
	if vi.Known && access.Known {
		r1 := controlled(vi.Value, access.Value)
		parts[0] = &r1
	}
	d := weigh(parts)
	for i, p := range parts {
		if p == nil {
			d.Why = append(d.Why, honne.Say([...]string{"dependency.r1.unknown", "dependency.r2.unknown", "dependency.r3.unknown",
				"dependency.r4.unknown", "dependency.r5.unknown"}[i]))
		}
	}
	return d
}

// controlled is r1, how far they alone hold the customers: 1 − (VI/2 +
// access/200), access being 0-100.
func controlled(visibility, access float64) float64 {
	return 1 - (float64(0.5*visibility) + float64(0.5*access/100))
}

// weigh is the mean of the known parts × 100, rounded at one decimal, when at
// least three of the five are known; with all five it is 20 × Σr. Bands: below
// 30 healthy, to 60 watch, above dependent (domain 1.7).
func weigh(parts [5]*float64) honne.Dependency {
	d := honne.Dependency{Band: "unknown", Parts: parts}
	sum, n := 0.0, 0
	for _, p := range parts {
		if p != nil {
			sum += *p
			n++
		}
	}
	if n < 3 {
		return d
	}
	d.Known = true
	d.Index = stat.RoundHalfAwayFromZero(100*sum/float64(n), 1)
	switch {
	case d.Index < 30:
		d.Band = "healthy"
	case d.Index <= 60:
		d.Band = "watch"
	default:
		d.Band = "dependent"
	}
	return d
}
