package inspect

import (
	"honne"
	"honne/internal/measure"
	"honne/internal/playbook"
	"honne/internal/stat"
)

// dependency computes the index of domain 1.7 from the parts that are known: r1
// from named visibility and access, the others from what people entered. A part of
// which nothing was entered is unknown, and named.
func (f findings) dependency(r *honne.Record, p *playbook.Playbook) honne.Dependency {
	var parts [5]*float64
	var because []honne.Message
	for i, part := range []func() (float64, honne.Message, bool){
		f.customersHeld,
		func() (float64, honne.Message, bool) { return resisted(r) },
		func() (float64, honne.Message, bool) { return putOff(r) },
		func() (float64, honne.Message, bool) { return f.letPass(r, p) },
		func() (float64, honne.Message, bool) { return contractGaps(r) },
	} {
		if v, why, ok := part(); ok {
			v = stat.RoundHalfAwayFromZero(v, 6)
			parts[i] = &v
			because = append(because, why)
		}
	}
	d := weigh(parts)
	d.Because, d.Replace = because, replacement(r)
	measure.RoundArgs(because...)
	for i, p := range parts {
		if p == nil {
			d.Why = append(d.Why, honne.Say([...]string{"dependency.r1.unknown", "dependency.r2.unknown", "dependency.r3.unknown",
				"dependency.r4.unknown", "dependency.r5.unknown"}[i]))
		}
	}
	if parts[4] != nil {
		for _, term := range termsUnknown(r) {
			d.Why = append(d.Why, honne.Say("dependency.term.unknown", honne.Word("term", "contract-term."+term)))
		}
	}
	return d
}

// customersHeld is r1.
func (f findings) customersHeld() (float64, honne.Message, bool) {
	vi, _ := f.find("visibility-index")
	access, _ := f.find("access-index")
	return controlled(vi.Value, access.Value), honne.Say("dependency.r1.because", honne.Ratio("visible", vi.Value), honne.Number("access", access.Value)),
		vi.Known && access.Known
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
