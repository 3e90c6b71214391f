package audit

import (
	"cmp"
	"slices"

	"honne"
	"honne/internal/playbook"
)

// The limits of domain 3.7, and of 1.2 for the scale.
const (
	leastRated      = 0.60
	leastConfidence = 0.4
	poor            = 1.5 // a pillar below it is part of a reason to part
	adequate        = 2.5 // a pillar from it on may be renewed
	weakest         = 1   // a dimension at it or below must be corrected
	manyHigh        = 3   // signs at high
	manyBroken      = 3   // contradicted commitments
	readyAtHome     = 50
	readyToExit     = 0.70
	ownSideFirst    = 0.30
)

// Case is all that a recommendation goes by.
type Case struct {
	Ratings     []honne.Rating
	Weights     playbook.Weights
	Findings    []honne.Finding
	Signs       []honne.Sign
	Before      []Pillar // of the audit before this one; nil without one
	Expired     bool     // a deadline for visible change that still binds has passed
	Broken      int      // commitments that the record contradicts
	NeverShared bool     // data refused twice at every rung of the ladder (domain 2.9)
	Refused     bool     // they refused the plan in writing
	Readiness   *float64 // of our own side, 0 to 100; nil unknown
	Exit        *float64 // readiness to leave, 0 to 1; nil unknown
	Contingency bool
	Signatures  int
}

// Recommend goes through the rules of domain 3.7 in their order. The trace names
// each rule, met or not, and what went into it; Decisive lists the single ratings that would
// change the recommendation.
func Recommend(c Case) honne.Outcome {
	o := c.decide()
	for _, d := range honne.AllDimensions {
		if x, ok := c.turning(d.Slug, o.Recommendation); ok {
			o.Decisive = append(o.Decisive, x)
		}
	}
	return o
}

func (c Case) decide() honne.Outcome {
	pillars := Score(c.Ratings)
	o := honne.Outcome{Hold: slices.ContainsFunc(c.Findings, critical)}
	o.OwnShare, o.OwnSide = c.ownSide()
	for i, look := range []func([]Pillar, *honne.Outcome){c.incomplete, c.held, c.parting, c.correcting, c.renewing} {
		if i > 1 && o.Recommendation != "" {
			o.Trace = append(o.Trace, honne.Say(Rules[i]+".unseen"))
			continue
		}
		look(pillars, &o)
	}
	return o
}

// incomplete is rule 0.
func (c Case) incomplete(pillars []Pillar, o *honne.Outcome) {
	rated := Rated(pillars, c.Weights)
	unsure := slices.DeleteFunc(slices.Clone(pillars), func(p Pillar) bool { return p.Applies == 0 || p.Confidence >= leastConfidence })
	incomplete := rated < leastRated || len(unsure) > 0
	o.Trace = append(o.Trace, rule(0, incomplete, append(perPillar(pillars, func(p Pillar) (float64, bool) { return p.Confidence, p.Applies > 0 }),
		honne.Ratio("rated", rated), honne.Ratio("least", leastRated), honne.Number("limit", leastConfidence))...))
	if !incomplete {
		return
	}
	o.Recommendation = honne.AuditIncomplete
	n := 0
	for _, p := range pillars {
		n += p.Rated
	}
	o.Trace = append(o.Trace, honne.Say("outcome.audit-incomplete", honne.Count("rated", n), honne.Count("dimensions", len(honne.AllDimensions))))
	for _, p := range unsure {
		if p.Rated == 0 {
			continue // named below
		}
		o.Trace = append(o.Trace, honne.Say("outcome.unsure", honne.Word("pillar", "pillar."+p.Slug), honne.Number("confidence", p.Confidence), honne.Number("least", leastConfidence)))
	}
	if high := c.high(); high > 0 {
		o.Trace = append(o.Trace, signsSay(high))
	}
	for _, d := range honne.AllDimensions {
		if _, ok := find(c.Ratings, d.Slug); !ok {
			o.Trace = append(o.Trace, honne.Say("outcome.rating-missing", honne.Word("dimension", "dimension."+d.Slug)))
		}
	}
}

// held is rule 1, looked at whatever else is missing.
func (c Case) held(_ []Pillar, o *honne.Outcome) {
	open := 0
	for _, f := range c.Findings {
		if critical(f) {
			open++
		}
	}
	o.Trace = append(o.Trace, rule(1, o.Hold, honne.Count("open", open)))
	if !o.Hold {
		return
	}
	o.Trace = append(o.Trace, honne.Say("outcome.hold"))
	o.Recommendation = cmp.Or(o.Recommendation, honne.HoldCompliance)
}

func critical(f honne.Finding) bool {
	return f.Critical && f.Closed == 0 && (f.Dimension == "compliance.regulatory" || f.Dimension == "compliance.fair-trade-ethics")
}

// parting is rule 2.
func (c Case) parting(pillars []Pillar, o *honne.Outcome) {
	again := len(c.Before) == len(pillars) && low(c.Before)
	scores := []honne.Arg{honne.Number("effectiveness", pillars[0].Score), honne.Number("trust", pillars[2].Score), honne.Number("limit", poor)}
	reasons := []struct {
		holds bool
		why   honne.Message
	}{
		{low(pillars) && again, honne.Say("outcome.low-again", scores...)},
		{low(pillars) && c.Expired, honne.Say("outcome.low-after", scores...)},
		{c.Broken >= manyBroken && c.NeverShared, honne.Say("outcome.broken", honne.Count("broken", c.Broken))},
		{c.Refused, honne.Say("outcome.refused")},
	}
	var met []honne.Message
	for _, r := range reasons {
		if r.holds {
			met = append(met, r.why)
		}
	}
	o.Trace = append(o.Trace, rule(2, len(met) > 0, append(perPillar(pillars, scored), honne.Number("limit", poor), yesNo("again", again), yesNo("expired", c.Expired),
		honne.Count("broken", c.Broken), honne.Count("many", manyBroken), yesNo("never", c.NeverShared), yesNo("refused", c.Refused))...))
	if len(met) > 0 {
		o.Trace, o.Recommendation, o.Needs = append(o.Trace, met...), honne.TransitionConsider, c.needs()
	}
}

func low(p []Pillar) bool { return p[0].Known && p[2].Known && p[0].Score < poor && p[2].Score < poor }

// Requirement is one thing that must be there before a transition (domain 3.7).
type Requirement struct {
	ID  string // readiness, exit, contingency, signatures
	Met bool
	Say honne.Message
}

// Requirements are what a transition requires, whoever comes to it: the rules, or
// a person who decides it against them.
func (c Case) Requirements() []Requirement {
	return []Requirement{
		{"readiness", c.Readiness != nil && *c.Readiness >= readyAtHome, honne.Say("outcome.needs-readiness", honne.Count("least", readyAtHome))},
		{"exit", c.Exit != nil && *c.Exit >= readyToExit, honne.Say("outcome.needs-exit", honne.Ratio("least", readyToExit))},
		{"contingency", c.Contingency, honne.Say("outcome.needs-contingency")},
		{"signatures", c.Signatures >= 2, honne.Say("outcome.needs-signatures")},
	}
}

// needs are the requirements that are not met.
func (c Case) needs() (out []honne.Message) {
	for _, r := range c.Requirements() {
		if !r.Met {
			out = append(out, r.Say)
		}
	}
	return out
}

// correcting is rule 3. One or two signs at high are in no rule of the domain:
// they forbid a renewal, so that a plan is what is left.
func (c Case) correcting(pillars []Pillar, o *honne.Outcome) {
	var met []honne.Message
	for _, p := range pillars {
		if p.Known && p.Score < adequate {
			met = append(met, honne.Say("outcome.pillar-low", honne.Word("pillar", "pillar."+p.Slug), honne.Number("score", p.Score), honne.Number("limit", adequate)))
		}
	}
	weak := 0
	for _, r := range c.Ratings {
		if !r.NA && r.Score <= weakest {
			weak++
			met = append(met, honne.Say("outcome.dimension-low", honne.Word("dimension", "dimension."+r.Dimension), honne.Count("score", r.Score)))
		}
	}
	high := c.high()
	if high > 0 {
		met = append(met, signsSay(high))
	}
	o.Trace = append(o.Trace, rule(3, len(met) > 0, append(perPillar(pillars, scored), honne.Number("limit", adequate), honne.Count("weak", weak), honne.Count("weakest", weakest), honne.Count("high", high))...))
	if len(met) > 0 {
		o.Trace, o.Recommendation = append(o.Trace, met...), honne.CorrectiveAction
	}
}

func signsSay(high int) honne.Message {
	if high >= manyHigh {
		return honne.Say("outcome.signs-corrective", honne.Count("high", high))
	}
	return honne.Say("outcome.signs-no-renewal", honne.Count("high", high))
}

// high counts the signs at high; a feeling is never one (domain 1.4 W7).
func (c Case) high() (n int) {
	for _, s := range c.Signs {
		if s.Level == honne.High && s.ID.Slug != "gut-feel" {
			n++
		}
	}
	return n
}

// renewing is rule 4.
func (c Case) renewing(_ []Pillar, o *honne.Outcome) {
	o.Recommendation = honne.Renew
	var focus []honne.Message
	for _, s := range c.Signs {
		if s.Level == honne.Watch {
			focus = append(focus, honne.Say("outcome.focus", honne.Word("sign", "sign."+s.ID.Slug)))
		}
	}
	o.Focus = len(focus) > 0
	o.Trace = append(o.Trace, rule(4, true, honne.Count("watch", len(focus))), honne.Say("outcome.all-adequate", honne.Number("limit", adequate)))
	o.Trace = append(o.Trace, focus...)
}

// ownSide is the share of the negative weight that our own side explains: of what
// each dimension lacks to adequate, that of dimensions with a finding whose cause
// is ours. From three tenths on, what we must mend is said first.
func (c Case) ownSide() (share float64, first []honne.Message) {
	all, ours := 0.0, 0.0
	for _, r := range c.Ratings {
		if r.NA || float64(r.Score) >= adequate {
			continue
		}
		lack := float64(c.Weights.Of(pillarOf(r.Dimension)) * (adequate - float64(r.Score)))
		all += lack
		i := slices.IndexFunc(c.Findings, func(f honne.Finding) bool {
			return f.Dimension == r.Dimension && f.Cause == honne.CauseOurs && f.Closed == 0
		})
		if i >= 0 {
			ours += lack
			first = append(first, honne.Say("outcome.own-side", honne.Word("dimension", "dimension."+r.Dimension)))
		}
	}
	if all == 0 {
		return 0, nil
	}
	if share = ours / all; share < ownSideFirst {
		first = nil
	}
	return share, first
}

func pillarOf(dimension string) string {
	for _, d := range honne.AllDimensions {
		if d.Slug == dimension {
			return d.Pillar
		}
	}
	return ""
}

// turning finds the nearest other score of a dimension that changes the
// recommendation.
func (c Case) turning(dimension string, now honne.Recommendation) (honne.Decisive, bool) {
	r, rated := find(c.Ratings, dimension)
	if rated && r.NA {
		return honne.Decisive{}, false
	}
	at := -1
	if rated {
		at = r.Score
	}
	for _, score := range nearest(at) {
		with := c
		with.Ratings = slices.DeleteFunc(slices.Clone(c.Ratings), func(x honne.Rating) bool { return x.Dimension == dimension })
		changed := r
		changed.Dimension, changed.Score = dimension, score
		if !rated {
			changed.Grade = honne.GradeA
		}
		with.Ratings = append(with.Ratings, changed)
		if to := with.decide().Recommendation; to != now {
			return honne.Decisive{Dimension: dimension, Now: at, Then: score, Becomes: to}, true
		}
	}
	return honne.Decisive{}, false
}

// nearest lists the other scores, the nearest first, the better before the worse.
func nearest(at int) (out []int) {
	for d := 1; d <= 5; d++ {
		for _, s := range []int{at + d, at - d} {
			if s >= 0 && s <= 4 && s != at {
				out = append(out, s)
			}
		}
	}
	return out
}
