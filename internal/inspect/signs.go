package inspect

import (
	"cmp"
	"slices"

	"honne"
	"honne/internal/playbook"
)

// The overall bands of domain 1.4.
const (
	Healthy    honne.Band = "healthy"
	LookCloser honne.Band = "look-closer"
	Act        honne.Band = "act"
)

// signs decides the seven signs, the gravest first; what is unknown comes last.
func (f findings) signs(p *playbook.Playbook) []honne.Sign {
	out := make([]honne.Sign, 0, len(honne.AllSigns))
	for _, id := range honne.AllSigns {
		i := slices.IndexFunc(p.Signs, func(s playbook.SignRules) bool { return s.Sign == id.Slug })
		if i < 0 {
			out = append(out, honne.Sign{ID: id, Level: honne.UnknownBand})
			continue
		}
		out = append(out, f.sign(id, p, p.Signs[i]))
	}
	diverge(out)
	slices.SortStableFunc(out, func(a, b honne.Sign) int { return cmp.Compare(weight(b.Level), weight(a.Level)) })
	return out
}

// diverge says of a feeling on watch that what is measured does not agree: no
// other sign is raised, and most of them are known (domain 3.5 S-23).
func diverge(list []honne.Sign) {
	clear, raised := 0, 0
	for _, s := range list {
		switch {
		case s.ID.Slug == "gut-feel":
		case s.Level == honne.Clear:
			clear++
		case s.Level == honne.Watch || s.Level == honne.High:
			raised++
		}
	}
	for i := range list {
		if s := &list[i]; s.ID.Slug == "gut-feel" && s.Level == honne.Watch && raised == 0 && 2*clear >= len(list)-1 {
			s.Because = append(s.Because, honne.Say("because.gut-feel.diverges"))
		}
	}
}

func (f findings) sign(id honne.SignID, p *playbook.Playbook, rules playbook.SignRules) honne.Sign {
	s := honne.Sign{ID: id}
	s.Level, s.Trace = playbook.Judge(rules.Watch, rules.High, f.facts())
	if s.Level == "" {
		s.Level = honne.UnknownBand
	}
	if id.Slug == "gut-feel" && s.Level == honne.High { // an opinion is never red alone
		s.Level = honne.Watch
	}
	known := f.behind(&s, p, rules)
	if why := f.allTempered(known); s.Level == honne.High && !why.IsZero() {
		s.Level, s.Trace = honne.Watch, append(s.Trace, why)
	}
	if s.Since = f.since(rules.Measures, rules.Watch, rules.High, s.Level); s.Since == 0 {
		s.Since = f.sinceTold(rules, s.Level)
	}
	grave := gravest(known)
	if len(grave) > 0 && weight(grave[0].band) > weight(bandOf(known, s.Headline)) && s.Level != honne.UnknownBand {
		s.Headline = grave[0].Measure
	}
	f.explain(&s, grave)
	return s
}

// behind names the measures of a sign and what they lack, and judges those that say
// something.
func (f findings) behind(s *honne.Sign, p *playbook.Playbook, rules playbook.SignRules) (known []judgedResult) {
	for _, slug := range rules.Measures {
		r, ok := f.find(slug)
		if !ok {
			continue
		}
		s.Measures = append(s.Measures, r.Measure)
		if slug == rules.Headline {
			s.Headline = r.Measure
		}
		if !r.Known {
			s.Needs = addNeeds(s.Needs, r.Needs)
		}
		if r.Known || len(r.Because) > 0 {
			m := p.MeasureRules(slug)
			band, _ := playbook.Judge(m.Watch, m.High, f.facts())
			known = append(known, judgedResult{r, band})
		}
	}
	return known
}

// sinceTold is the month of the news by which a sign came to its level, where it rests on
// what was told of the partner; 0 where it does not.
func (f findings) sinceTold(rules playbook.SignRules, level honne.Band) honne.Month {
	if f.record == nil || weight(level) < weight(honne.Watch) || !slices.Contains(rules.Measures, "investment-ratio") {
		return 0
	}
	var days []honne.Date
	for _, x := range f.record.Log.AtPartner {
		days = append(days, x.On)
	}
	slices.Sort(days)
	for _, day := range days {
		if band, _ := playbook.Judge(rules.Watch, rules.High, f.asOf(day, rules.Measures).facts()); weight(band) >= weight(level) {
			return day.Month()
		}
	}
	return 0
}

// judgedResult is a known measure of a sign with its own band.
type judgedResult struct {
	honne.Result
	band honne.Band
}

// allTempered says why none of the measures that are high is called so; zero where
// one of them is, or none was high.
func (f findings) allTempered(known []judgedResult) (why honne.Message) {
	for _, r := range known {
		if r.band != honne.High {
			continue
		}
		if why = f.tempered(r.Result); why.IsZero() {
			return why
		}
	}
	return why
}

// gravest lists the measures at high, then those on watch; all of them when none
// is at either.
func gravest(known []judgedResult) []judgedResult {
	grave := slices.DeleteFunc(slices.Clone(known), func(r judgedResult) bool { return r.band != honne.High && r.band != honne.Watch })
	if len(grave) == 0 {
		return known
	}
	slices.SortStableFunc(grave, func(a, b judgedResult) int { return cmp.Compare(weight(b.band), weight(a.band)) })
	return grave
}

func bandOf(known []judgedResult, id honne.MeasureID) honne.Band {
	for _, r := range known {
		if r.Measure == id {
			return r.band
		}
	}
	return honne.UnknownBand
}

// explain gives the facts behind a sign, our own side's part first: in the same
// sentence as the fact that it may explain.
func (f findings) explain(s *honne.Sign, because []judgedResult) {
	if s.Level == honne.UnknownBand {
		for _, id := range s.Measures {
			if r, _ := f.find(id.Slug); !r.Known {
				s.Because = addNew(addNew(s.Because, r.Because...), r.Why)
			}
		}
		return
	}
	var facts []honne.Message
	for _, r := range because {
		list := r.Because[:min(2, len(r.Because))]
		if s.Level == honne.Watch || s.Level == honne.High {
			ours, rest := honne.Beside(r.OurSide, list)
			s.Because, list = addNew(s.Because, ours...), rest
		}
		facts = addNew(facts, list...)
		s.Evidence = append(s.Evidence, r.Evidence...)
	}
	s.OurSide = len(s.Because) > 0
	s.Because = addNew(s.Because, facts...)
	s.Evidence = honne.Distinct(s.Evidence)
}

func addNeeds(list, more []honne.Need) []honne.Need {
	for _, n := range more {
		if !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	return list
}

// settled is the overall band with what no sign holds: a high measure calls for a look
// too, and a partner whose sales fell for a reason that nobody knows is not called
// healthy, nor anything worse; nor one whose sales gather at a few while all others fall.
func settled(rules playbook.OverallRules, p honne.Picture) honne.Band {
	switch {
	case p.Overall != Healthy && p.Overall != honne.UnknownBand:
	case len(p.Apart()) > 0:
		return LookCloser
	case p.Overall == Healthy && rules.HealthyFall > 0 && p.KPIs.Growth != nil && *p.KPIs.Growth <= -float64(rules.HealthyFall)/100 && !withMarket(p):
		return honne.UnknownBand
	case p.Overall == Healthy && gathers(p):
		return honne.UnknownBand
	}
	return p.Overall
}

// gathers reports whether the five largest end users take ever more of the sales while
// those to all others fall.
func gathers(p honne.Picture) bool {
	_, ok := concentrated(p)
	return ok
}

// withMarket reports whether the market fell as much as the sales.
func withMarket(p honne.Picture) bool {
	i := slices.IndexFunc(p.Measures, func(m honne.Judged) bool { return m.Measure.Slug == "growth-gap" })
	return i >= 0 && p.Measures[i].Band == honne.Clear
}

// overall is the band of domain 1.4. Act and look closer follow from what is
// known; healthy needs most of the signs to be known, for unknown is not clear.
func overall(rules playbook.OverallRules, signs []honne.Sign) honne.Band {
	var high, watch, clear int
	for _, s := range signs {
		switch s.Level {
		case honne.High:
			high++
		case honne.Watch:
			watch++
		case honne.Clear:
			clear++
		}
	}
	switch {
	case rules.ActHigh > 0 && high >= rules.ActHigh:
		return Act
	case rules.LookCloserHigh > 0 && high >= rules.LookCloserHigh, rules.LookCloserWatch > 0 && watch+high >= rules.LookCloserWatch:
		return LookCloser
	case 2*(high+watch+clear) > len(signs):
		return Healthy
	}
	return honne.UnknownBand
}
