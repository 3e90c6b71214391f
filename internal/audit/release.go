package audit

import (
	"slices"

	"honne"
)

// Least is how many voices an aggregate needs, by default; never fewer than
// FewestEver, and that only with a written reason (domain 3.8).
const (
	Least      = 5
	FewestEver = 3
)

// Voice is what one person said off the record, as readings of 0 to 4. It has no
// name and no day.
type Voice struct {
	Pool     string // partner, ours, customers
	Readings map[string]int
	Counted  []string `json:",omitempty"` // the dimensions of which a number was made with it, read still or not
	Released bool     `json:",omitempty"` // of an older honne, which marked a voice as a whole: it counted in all of them
}

// fresh reports whether a voice was behind no number of a dimension yet.
func (v Voice) fresh(dimension string) bool {
	return !v.Released && !slices.Contains(v.Counted, dimension)
}

// Release returns what may be shown of voices: the median of each dimension and
// pool that k voices or more read. Pools never mix, and no smaller group is ever
// shown, so that nothing can be had by subtraction. A number that was released
// before is worked out anew only when k voices are new: else the old and the new
// number together would tell what the few in between said. So one voice more or
// less changes no number. Each dimension counts for itself: who was heard on others
// is new to one that too few had read. Source: domain 3.8, AC9.
func Release(audit int, voices []Voice, k int, earlier []honne.Released) []honne.Released {
	var out []honne.Released
	for _, pool := range pools(voices, earlier) {
		for _, d := range honne.AllDimensions {
			was, known := released(earlier, pool, d.Slug)
			now, ok := aggregate(voices, pool, d.Slug, max(k, FewestEver))
			switch {
			case ok:
				now.Audit, now.Themes = audit, was.Themes
				out = append(out, now)
			case known:
				out = append(out, was)
			}
		}
	}
	return out
}

// Counted returns the voices as they stand after a release with the same k: each is
// marked with the dimensions whose number was worked out of it, and stays new to
// the others.
func Counted(voices []Voice, k int) []Voice {
	out := slices.Clone(voices)
	for _, pool := range pools(voices, nil) {
		for _, d := range honne.AllDimensions {
			if _, ok := aggregate(voices, pool, d.Slug, max(k, FewestEver)); ok {
				mark(out, pool, d.Slug)
			}
		}
	}
	return out
}

func mark(voices []Voice, pool, dimension string) {
	for i, v := range voices {
		if _, read := v.Readings[dimension]; read && v.Pool == pool && v.fresh(dimension) {
			voices[i].Counted = append(slices.Clip(v.Counted), dimension)
		}
	}
}

func aggregate(voices []Voice, pool, dimension string, k int) (honne.Released, bool) {
	var all []int
	fresh := 0
	for _, v := range voices {
		r, ok := v.Readings[dimension]
		if v.Pool != pool || !ok {
			continue
		}
		all = append(all, r)
		if v.fresh(dimension) {
			fresh++
		}
	}
	if len(all) < k || fresh < k {
		return honne.Released{}, false
	}
	return honne.Released{Dimension: dimension, Pool: pool, Median: median(all)}, true
}

func median(list []int) float64 {
	slices.Sort(list)
	n := len(list)
	return float64(list[(n-1)/2]+list[n/2]) / 2
}

func pools(voices []Voice, earlier []honne.Released) (out []string) {
	for _, v := range voices {
		out = append(out, v.Pool)
	}
	for _, r := range earlier {
		out = append(out, r.Pool)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func released(earlier []honne.Released, pool, dimension string) (honne.Released, bool) {
	i := slices.IndexFunc(earlier, func(r honne.Released) bool { return r.Pool == pool && r.Dimension == dimension })
	if i < 0 {
		return honne.Released{}, false
	}
	return earlier[i], true
}
