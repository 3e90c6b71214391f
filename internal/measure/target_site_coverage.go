package measure

import (
	"honne"
	"honne/internal/japan"
)

func targetSiteCoverage() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-04", Slug: "target-site-coverage"},
		Doc: `Target-site coverage: target sites with a call, visit or demonstration that they began within some days ÷ target sites. The days end with
the newest month whose log is whole, and every month that they touch has to be whole: what nobody reported is no missing visit. A site
counts once it has been on the list for some days; opinion leaders are no sites. Parts: weighted (by potential, where every site has
one), sites, uncovered. Minimum: twenty target sites and whole months. Source: domain 3.5 S-04.`,
		Params: []Param{{"days", 180, "days within which a site has to be visited"}, {"least", 20, "target sites without which nothing is said"},
			{"settled", 90, "days on the list before a site counts"}, {"stale", 4, "months after which a whole month is too old to speak of now"}},
		Needs:       []honne.Need{honne.NeedTargetSites, honne.NeedActivity},
		Confounders: []string{"confounder.target-list-age", "confounder.visiting-rules"},
		Run:         runTargetSiteCoverage,
	}
}

func runTargetSiteCoverage(r *honne.Record, p Params) honne.Result {
	if len(r.Log.Targets) == 0 {
		return lacks(honne.NeedTargetSites, honne.NeedActivity)
	}
	last, ok := lastWhole(r, p.count("stale"), func(m honne.Month) bool { return wholeOutbound(r, m) })
	if !ok {
		return lacks(honne.NeedActivity)
	}
	c, ok := visitedUpTo(r, last.Last(), p)
	switch {
	case len(c.sites) < p.count("least"):
		return unknown(honne.Say("why.target-site-coverage.few", honne.Count("sites", len(c.sites)), honne.Count("least", p.count("least"))), honne.NeedTargetSites)
	case !ok:
		return unknown(honne.Say("why.activity.not-whole", honne.Over("period", c.in)), honne.NeedActivity)
	}
	res := c.result()
	res.History, res.Baseline = atMonths(r, last, func(m honne.Month) (float64, bool) {
		c, ok := visitedUpTo(r, m.Last(), p)
		return c.share(), ok && len(c.sites) >= p.count("least")
	})
	return res
}

// coverage is which of the target sites were visited in a time.
type coverage struct {
	in      honne.Period
	sites   []honne.TargetSite
	reached map[string]bool
	visited int
}

// visitedUpTo looks at the days up to one; ok is false when a month of them is not
// reported whole.
func visitedUpTo(r *honne.Record, to honne.Date, p Params) (c coverage, ok bool) {
	c = coverage{in: honne.Period{From: to - honne.Date(p.count("days")) + 1, To: to}, reached: map[string]bool{}}
	for _, a := range activitiesIn(r, c.in) {
		if a.Outbound && a.Site != "" && isOutbound(a.Kind) {
			c.reached[japan.Key(a.Site)] = true
		}
	}
	for _, s := range r.Log.Targets {
		if s.Leader || s.Listed > to-honne.Date(p.count("settled")) {
			continue
		}
		c.sites = append(c.sites, s)
		c.visited += oneIf(c.reached[japan.Key(s.Name)])
	}
	for _, m := range monthsOf(c.in) {
		if m.First() >= c.in.From-15 && !wholeOutbound(r, m) { // a month of which less than half counts may be missing
			return c, false
		}
	}
	return c, true
}

// result holds the sites that were visited, of all, and says them.
func (c coverage) result() honne.Result {
	res := honne.Result{
		Known: true, Value: c.share(), Unit: honne.UnitRatio, N: len(c.sites), Period: c.in,
		Numerator:   counted("term.sites-visited", c.visited),
		Denominator: counted("term.sites-targeted", len(c.sites)),
		Evidence:    append(fromLog(c.in, honne.EntryActivity), fromLog(honne.Period{}, honne.EntryTargetSite)...),
		Because: []honne.Message{honne.Say("because.target-site-coverage", honne.Count("visited", c.visited), honne.Count("sites", len(c.sites)),
			honne.Over("period", c.in))},
		Parts: []honne.Further{count("sites", len(c.sites)), count("uncovered", len(c.sites)-c.visited)},
	}
	if w, ok := c.weighted(); ok {
		res.Parts = append(res.Parts, part("weighted", w, honne.UnitRatio))
	}
	return res
}

func (c coverage) share() float64 { return ratio(c.visited, len(c.sites)) }

func (c coverage) weighted() (float64, bool) {
	var all, seen int64
	for _, s := range c.sites {
		if s.Potential.Currency == "" || s.Potential.Minor <= 0 || s.Potential.Currency != c.sites[0].Potential.Currency {
			return 0, false
		}
		all += s.Potential.Minor
		if c.reached[japan.Key(s.Name)] {
			seen += s.Potential.Minor
		}
	}
	return ratio(seen, all), all > 0
}
