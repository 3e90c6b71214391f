package claim

import (
	"slices"

	"honne"
	"honne/internal/playbook"
)

// Check checks every reason of the record that the playbook knows, in the order
// of its excuses, against the facts as known on the record's day. Contradicted
// and supported need facts at the rule's minimum, with a source and a day, and
// better than an assertion; where facts speak for both, or our own side is the
// cause, nothing is contradicted, nor where they name our side and nobody has
// looked whether it is so. Absence contradicts only what our dated
// written question asked for in vain. Source: domain R2, R3, 1.3, 3.6.
func Check(r honne.Record, p *playbook.Playbook) []honne.Claim {
	var out []honne.Claim
	causes := newCauses(p.Recognition.Causes)
	for _, x := range p.Excuses {
		said := saidOf(r.Said, x.Excuse)
		if len(said) == 0 {
			continue
		}
		c := examine(&r, p, x, causes.name(said))
		c.Said, c.Barrier = quotes(said), !slices.ContainsFunc(said, func(s honne.Said) bool { return !s.Barrier })
		c.Confirmed = slices.ContainsFunc(said, func(s honne.Said) bool { return s.Confirmed })
		c.Unclear = !slices.ContainsFunc(said, func(s honne.Said) bool { return s.Confirmed || !s.Unclear() })
		out = append(out, c)
	}
	return out
}

func saidOf(list []honne.Said, excuse string) (out []honne.Said) {
	for _, s := range list {
		if s.Excuse == excuse {
			out = append(out, s)
		}
	}
	return out
}

func quotes(list []honne.Said) (out []honne.Quote) {
	for _, s := range list {
		out = append(out, s.Quote)
	}
	return out
}

// examine decides on one excuse, in which quotes may have named our side.
func examine(r *honne.Record, p *playbook.Playbook, x playbook.ExcuseRules, named []honne.Quote) honne.Claim {
	c := honne.Claim{Excuse: x.Excuse, Category: x.Category, Guard: x.Guard, Legitimate: x.Legitimate, Ask: x.Ask, Point: x.Partner,
		Kinds: kindsOf(x), NamesUs: named, Verdict: honne.NotYetVerifiable, Confidence: honne.LowConfidence, Version: p.String()}
	f := gather(r, p, x)
	unlooked := f.judge(&c, x, f.spoken(r, p, x))
	c.Tags = append(c.Tags, f.tags(x, unlooked)...)
	f.show(&c, x)
	return c
}

// spoken is what the facts say of an excuse.
func (f *facts) spoken(r *honne.Record, p *playbook.Playbook, x playbook.ExcuseRules) (s spoken) {
	if x.Excuse == registrationExcuse {
		s.against, s.supports = f.routes(r, p)
		return s
	}
	return spoken{f.decide(x.Contradicted) == playbook.True, f.decide(x.Supported) == playbook.True}
}

type spoken struct{ against, supports bool }

// judge gives the verdict: nothing is contradicted of which our own side is the cause,
// or is named as it while nobody has looked, which it reports.
func (f *facts) judge(c *honne.Claim, x playbook.ExcuseRules, s spoken) (unlooked bool) {
	caused, unlooked := f.cause(c.NamesUs)
	c.OwnSide = f.decide(x.OwnSide) == playbook.True || caused
	switch {
	case c.OwnSide && x.OwnSupports, s.supports && !s.against:
		c.Verdict = honne.Supported
	case s.against && !s.supports && !c.OwnSide && !unlooked:
		c.Verdict = honne.Contradicted
	case s.against && s.supports:
		c.Tags = append(c.Tags, bothSides)
	}
	return unlooked
}

// tags are those of the rules that hold, after what is open on our side.
func (f *facts) tags(x playbook.ExcuseRules, unlooked bool) (out []string) {
	if unlooked {
		out = append(out, honne.NamesOurSide)
	}
	for _, t := range x.Tags {
		if f.decide(t.When) == playbook.True {
			out = append(out, t.Tag)
		}
	}
	return out
}

// show adds the facts behind the verdict, what was looked at on our side first, and
// what is missing where there is none.
func (f *facts) show(c *honne.Claim, x playbook.ExcuseRules) {
	c.Facts = f.found(x, c.Verdict)
	if len(c.NamesUs) > 0 {
		c.Kinds = append(c.Kinds, ourCause)
		c.Facts = append(f.looked(), c.Facts...)
	}
	if c.Verdict == honne.NotYetVerifiable {
		c.Missing = append(f.lookedFirst(c.NamesUs), f.missing(x)...)
		return
	}
	c.Confidence = confidence(c.Facts, c.Verdict)
}

// bothSides tags a claim of which some facts speak for and some against.
const bothSides = "facts-on-both-sides"

// confidence is high with grade A only, low with anything below B.
func confidence(facts []honne.ClaimFact, v honne.Verdict) honne.Confidence {
	worst := honne.GradeA
	for _, f := range facts {
		if slices.Contains(f.For, v) {
			worst = max(worst, f.Grade)
		}
	}
	switch worst {
	case honne.GradeA:
		return honne.HighConfidence
	case honne.GradeB:
		return honne.MediumConfidence
	}
	return honne.LowConfidence
}

// leaves lists the comparisons of a condition.
func leaves(c *playbook.Condition) (out []*playbook.Condition) {
	if c == nil {
		return nil
	}
	for _, list := range [][]*playbook.Condition{c.All, c.Any, {c.Not}} {
		for _, child := range list {
			out = append(out, leaves(child)...)
		}
	}
	if c.Of != "" {
		out = append(out, c)
	}
	return out
}

// kindsOf lists the facts that the rules of an excuse look at, each with those it
// is computed from.
func kindsOf(x playbook.ExcuseRules) (kinds []string) {
	add := func(kind string) {
		if !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	for _, c := range []*playbook.Condition{x.Contradicted, x.Supported, x.OwnSide} {
		for _, name := range c.Names() {
			add(name)
			for _, d := range derivations() {
				if d.name == name {
					add(d.a)
					add(d.b)
				}
			}
		}
	}
	return kinds
}

// found lists the known facts that the rules look at, our own side first, then
// what speaks for the verdict.
func (f *facts) found(x playbook.ExcuseRules, v honne.Verdict) []honne.ClaimFact {
	var out []honne.ClaimFact
	place := map[string]int{}
	add := func(c *playbook.Condition, speaks honne.Verdict) {
		for _, leaf := range leaves(c) {
			k, ok := f.known(leaf.Of)
			if !ok {
				continue
			}
			at, have := place[leaf.Of]
			if !have {
				at = len(out)
				place[leaf.Of] = at
				rules, _ := f.book.Fact(leaf.Of)
				out = append(out, honne.ClaimFact{Fact: k, Title: rules.Title, Unit: rules.Unit, Ours: rules.Ours})
			}
			if f.decide(leaf) == playbook.True && !slices.Contains(out[at].For, speaks) && k.Grade != honne.GradeD {
				out[at].For = append(out[at].For, speaks)
			}
		}
	}
	if x.OwnSupports {
		add(x.OwnSide, honne.Supported)
	} else {
		add(x.OwnSide, "")
	}
	add(x.Contradicted, honne.Contradicted)
	add(x.Supported, honne.Supported)
	out = append(out, f.register...)
	slices.SortStableFunc(out, func(a, b honne.ClaimFact) int { return rank(a, v) - rank(b, v) })
	return out
}

func rank(c honne.ClaimFact, v honne.Verdict) int {
	switch {
	case c.Ours:
		return 0
	case slices.Contains(c.For, v):
		return 1
	}
	return 2
}

// missing lists the unknown facts of the rules that somebody can give.
func (f *facts) missing(x playbook.ExcuseRules) []honne.Missing {
	out := f.toRegister
	for _, c := range []*playbook.Condition{x.Contradicted, x.Supported, x.OwnSide} {
		for _, leaf := range leaves(c) {
			if _, ok := f.known(leaf.Of); ok {
				continue
			}
			for _, kind := range f.inputs(leaf.Of) {
				rules, ok := f.book.Fact(kind)
				if ok && !slices.ContainsFunc(out, func(m honne.Missing) bool { return m.Kind == kind }) {
					out = append(out, honne.Missing{Kind: kind, Title: rules.Title, Ask: rules.Ask})
				}
			}
		}
	}
	return out
}
