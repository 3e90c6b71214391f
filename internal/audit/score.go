package audit

import (
	"honne"
	"honne/internal/playbook"
)

// Pillar is the score of one pillar: the mean of its rated dimensions, 0 to 4,
// and how much it can be believed: the share of the pillar that was rated × the
// mean of the evidence (A 1, B 0.8, C 0.5, D 0.2). Source: domain 1.2.
type Pillar struct {
	Slug       string
	Known      bool // at least one dimension was rated
	Score      float64
	Confidence float64
	Rated      int
	Applies    int // dimensions that are not n/a
}

// Pillars lists the slugs of the pillars in their order.
func Pillars() []string { return []string{"effectiveness", "compliance", "trust"} }

// Score works the three pillars out.
func Score(ratings []honne.Rating) []Pillar {
	out := make([]Pillar, 0, 3)
	for _, slug := range Pillars() {
		out = append(out, pillar(slug, ratings))
	}
	return out
}

func pillar(slug string, ratings []honne.Rating) Pillar {
	p := Pillar{Slug: slug}
	sum, evidence := 0.0, 0.0
	for _, d := range honne.AllDimensions {
		r, rated := find(ratings, d.Slug)
		if d.Pillar != slug || rated && r.NA {
			continue
		}
		p.Applies++
		if rated {
			p.Rated++
			sum += float64(r.Score)
			evidence += worth(r.Grade)
		}
	}
	if p.Rated == 0 {
		return p
	}
	p.Known = true
	n := float64(p.Rated)
	p.Score = sum / n
	p.Confidence = float64(n/float64(p.Applies)) * (evidence / n)
	return p
}

// Founded reports whether a rating has what it needs: a piece of evidence or a
// written reason; an assertion, what has no grade and what does not apply always
// the reason. Source: domain 1.2.
func Founded(r honne.Rating) bool {
	if r.Because != "" {
		return true
	}
	return !r.NA && r.Grade != "" && r.Grade != honne.GradeD && len(r.Evidence) > 0
}

// Rated is the share of the weight that was rated, 0 to 1: each pillar's weight
// stands in equal parts on those of its dimensions that apply.
func Rated(pillars []Pillar, w playbook.Weights) float64 {
	rated, all := 0.0, 0.0
	for _, p := range pillars {
		if p.Applies == 0 {
			continue
		}
		all += w.Of(p.Slug)
		rated += float64(w.Of(p.Slug)*float64(p.Rated)) / float64(p.Applies)
	}
	if all == 0 {
		return 0
	}
	return rated / all
}

// worth is how much evidence of a grade counts (domain 1.2). A rating without
// one rests on an assertion.
func worth(g honne.Grade) float64 {
	switch g {
	case honne.GradeA:
		return 1
	case honne.GradeB:
		return 0.8
	case honne.GradeC:
		return 0.5
	}
	return 0.2
}

func find(ratings []honne.Rating, dimension string) (honne.Rating, bool) {
	for _, r := range ratings {
		if r.Dimension == dimension {
			return r, true
		}
	}
	return honne.Rating{}, false
}
