package inspect

import (
	"math"
	"slices"

	"honne"
	"honne/internal/measure"
	"honne/internal/stat"
)

func sixth(x float64) float64 { return stat.RoundHalfAwayFromZero(x, 6) + 0 }

// fact is one thing that the sentence may say.
type fact struct {
	id   string
	args []honne.Arg
}

// sentence is the message of the page: that reports have stopped, else the first of
// the rules of ux 3.4 that applies, joined by what may explain it harmlessly, else by
// at most one more. The rules, in their order: growth below
// market, share falling, months under plan, forecast above the partner's own
// pace, figures revised; else all well, or honestly what is not known.
func sentence(p honne.Picture, v view) honne.Message {
	m := compose(p, v)
	measure.RoundArgs(m)
	return m
}

func compose(p honne.Picture, v view) honne.Message {
	if f, ok := reportsStopped(p, v); ok {
		return honne.Say("message."+f.id, f.args...)
	}
	if f, ok := reportsUnread(v); ok {
		return honne.Say("message."+f.id, f.args...)
	}
	facts := leading(p, v)
	switch len(facts) {
	case 0:
		return calm(p, v)
	case 1:
		return andHigh(alone(facts[0], p), p, facts[0].id)
	}
	a, b := facts[0], facts[1]
	m := honne.Say("message."+a.id+"."+b.id, append(a.args, b.args...)...)
	if slices.Contains([]string{"our-side", "by-chance", "few-months", "place-fell", "product-fell", "market-fell"}, b.id) {
		return besides(m, p)
	}
	return andHigh(m, p, a.id, b.id)
}

// leading are the facts of the sentence, the gravest first, with what stands beside that.
func leading(p honne.Picture, v view) []fact {
	facts := []fact{}
	for _, rule := range []func(honne.Picture, view) (fact, bool){belowMarket, shareFalling, underPlan, aboveOwnPace, figuresRevised} {
		f, ok := rule(p, v)
		// A share falls when growth is below the market: that is one fact.
		if ok && !(f.id == "share-falling" && len(facts) > 0) {
			facts = append(facts, f)
		}
	}
	facts = beyondChance(facts, p, v)
	if len(facts) == 0 {
		return facts
	}
	first := facts[0].id
	if x := harmless(first, p, v); x != "" {
		return slices.Insert(facts, 1, beyond(v.excuse(x), p))
	}
	if f, ok := marketFell(first, p); ok {
		return slices.Insert(facts, 1, f)
	}
	if f, ok := fallenPart(p); ok && len(facts) == 1 && slices.Contains(partedBy, first) {
		facts = append(facts, f)
	}
	return facts
}

// andHigh adds to what is said a measure that is high in no sign, of which nothing below
// the sentence would tell.
func andHigh(m honne.Message, p honne.Picture, said ...string) honne.Message {
	told := map[string]string{"restatement": "figures-revised", "forecast-bias": "forecast-above-pace"}
	for _, j := range p.Apart() {
		slug := j.Measure.Slug
		if slug != "growth-gap" && (told[slug] == "" || !slices.Contains(said, told[slug])) {
			return also(m, "measure."+slug)
		}
	}
	return andFact(m, p)
}

// andFact adds what is told beside figures and is no band: reports that repeat the month
// before, a promise moved again and again, sales that gather at the five largest end users.
func andFact(m honne.Message, p honne.Picture) honne.Message {
	told := func(slug, name string) bool {
		r, _ := judged(p).find(slug)
		x, ok := partOf(r, name)
		return ok && x.Value > 0
	}
	_, gathered := concentrated(p)
	switch {
	case told("completeness", "same-again"):
		return also(m, "message.besides.repeated")
	case told("commitments-kept", "moved-most"):
		return also(m, "message.besides.moved")
	case gathered:
		return also(m, "measure.concentration")
	}
	return m
}

// alone says a fact by itself. Changed figures are no news to come before sales that
// keep pace with the market: those are said first.
func alone(f fact, p honne.Picture) honne.Message {
	if g, m := p.KPIs.Growth, p.KPIs.Market; f.id == "figures-revised" && g != nil && m != nil && tenth(*g) >= tenth(m.Base) {
		return honne.Say("message.figures-revised.with-market", append(f.args, honne.Growth("growth", *g), honne.Growth("market", m.Base))...)
	}
	return honne.Say("message."+f.id, f.args...)
}

// besides adds to what a harmless thing may explain what else calls for a look and is
// no other side of it: the gravest sign, else the gravest measure that no sign holds.
func besides(m honne.Message, p honne.Picture) honne.Message {
	for _, s := range raised(p) {
		if s.ID.Slug != "targets" && !s.OurSide {
			return also(m, "sign."+s.ID.Slug)
		}
	}
	rest := slices.Clone(p.Measures)
	slices.SortStableFunc(rest, func(a, b honne.Judged) int { return weight(b.Band) - weight(a.Band) })
	held := []string{"plan-attainment", "growth-gap", "unexplained-misses", "plan-softness", "forecast-bias"}
	for _, j := range rest {
		if weight(j.Band) >= weight(honne.Watch) && len(j.OurSide) == 0 && !slices.Contains(held, j.Measure.Slug) {
			return also(m, "measure."+j.Measure.Slug)
		}
	}
	return andFact(m, p)
}

func also(m honne.Message, what string) honne.Message {
	return honne.Say("message.besides", append(honne.Saying("said", m), honne.Word("what", what))...)
}

// raised are the signs at high, then those on watch.
func raised(p honne.Picture) []honne.Sign {
	list := slices.DeleteFunc(slices.Clone(p.Signs), func(s honne.Sign) bool { return s.Level != honne.High && s.Level != honne.Watch })
	slices.SortStableFunc(list, func(a, b honne.Sign) int { return weight(b.Level) - weight(a.Level) })
	return list
}

// reportsStopped holds where so many reports of sales in a row are overdue that the
// report level is none: all the rest speaks of a time that is over.
func reportsStopped(p honne.Picture, v view) (fact, bool) {
	level, known := Value(p, "completeness")
	sold := measure.Reported(v.r)
	if !known || level > 0 || len(sold) == 0 {
		return fact{}, false
	}
	last, overdue := sold[len(sold)-1], 0
	for _, m := range p.Coverage.Missing {
		if m > last {
			overdue++
		}
	}
	return fact{"reports-stopped", []honne.Arg{honne.InMonth("last", last), honne.Count("overdue", overdue)}}, true
}

// reportsUnread holds where the newest report of sales came in a file that could not be
// read: what the figures say ends before it, and a person can open it.
func reportsUnread(v view) (fact, bool) {
	sold := measure.Reported(v.r)
	unread := slices.DeleteFunc(measure.CameUnread(v.r), func(u honne.Unread) bool { return len(u.Holds) > 0 }) // whoever accepts it knows
	if len(unread) == 0 || len(sold) > 0 && unread[len(unread)-1].Period.To.Month() < sold[len(sold)-1] {
		return fact{}, false
	}
	first := unread[0]
	return fact{"reports-unread", []honne.Arg{honne.Count("unread", len(unread)), honne.Over("period", first.Period), honne.Text("file", first.Path)}}, true
}

// CameUnread is the file in which the sales of a month may have come that could not be read
// or waits for a person: they are not known, and not missing.
func CameUnread(r *honne.Record, m honne.Month) (u honne.Unread, came bool) {
	return measure.UnreadIn(r, m)
}

// excuse is a harmless explanation as a fact of the sentence.
func (v view) excuse(id string) fact {
	if id == "few-months" {
		return fact{id, []honne.Arg{honne.Count("compared", len(v.compared.Months))}}
	}
	return fact{id: id}
}

// beyondChance leaves out what chance may have made, or what too few months tell, where
// something else is held against the figures: that is said instead.
func beyondChance(facts []fact, p honne.Picture, v view) []fact {
	kept := slices.DeleteFunc(slices.Clone(facts), func(f fact) bool { return slices.Contains([]string{"by-chance", "few-months"}, harmless(f.id, p, v)) })
	if slices.ContainsFunc(kept, func(f fact) bool { return f.id != "forecast-above-pace" }) {
		return kept
	}
	return facts
}

// harmless is what may explain a fact that is held against the partner's sales: our
// own side, so few pieces that single sales could have made it, or so few months that
// growth says little; empty where nothing does.
func harmless(id string, p honne.Picture, v view) string {
	slugs, chance := []string{"growth", "growth-gap"}, growthByChance
	switch id {
	case "forecast-above-pace", "figures-revised":
		return ""
	case "under-plan":
		slugs, chance = []string{"plan-attainment"}, missByChance
	}
	if v.alone && len(measure.OurPart(v.r, v.period())) > 0 { // a year alone has no measures that say so
		return "our-side"
	}
	for _, slug := range slugs {
		i := slices.IndexFunc(p.Measures, func(m honne.Judged) bool { return m.Measure.Slug == slug && len(m.OurSide) > 0 })
		if i >= 0 && !highBesides(p) {
			return "our-side"
		}
	}
	if chance(p.KPIs, v) {
		return "by-chance"
	}
	if n := len(p.KPIs.Compared); id != "under-plan" && n > 0 && n < v.least {
		return "few-months"
	}
	return ""
}

// beyond is what chance may have made of the whole, or the branch or product that fell by
// more than chance while the others did not.
func beyond(x fact, p honne.Picture) fact {
	if f, ok := fallenPart(p); ok && x.id == "by-chance" {
		return f
	}
	return x
}

// partedBy are the facts beside which the part that fell is said.
var partedBy = []string{"grew-below-market", "fell-more-than-market", "fell-in-growing-market", "share-falling", "under-plan"}

// fallenPart is the branch, region or product that fell most, where some fell by more than
// chance while the others did not.
func fallenPart(p honne.Picture) (fact, bool) {
	r, _ := judged(p).find("growth")
	for _, m := range r.Because {
		name := map[string]string{"because.growth.places": "place", "because.growth.products": "product"}[m.ID]
		if name == "" {
			continue
		}
		f := fact{id: name + "-fell"}
		for _, a := range m.Args {
			switch a.Name {
			case name:
				a.Name = "part"
			case "most", "others", "period":
			default:
				continue
			}
			f.args = append(f.args, a)
		}
		return f, true
	}
	return fact{}, false
}

// highBesides reports whether sales against the market or the plan are high although our
// side has a part: the months that it cannot explain are so by themselves.
func highBesides(p honne.Picture) bool {
	return slices.ContainsFunc(p.Measures, func(m honne.Judged) bool {
		return m.Band == honne.High && len(m.OurSide) > 0 && (m.Measure.Slug == "growth-gap" || m.Measure.Slug == "plan-attainment")
	})
}

// marketFell says beside months under the plan how far the market fell, where sales
// fell by about as much: growth against the market is clear, or chance may have made the rest.
func marketFell(id string, p honne.Picture) (fact, bool) {
	i := slices.IndexFunc(p.Measures, func(m honne.Judged) bool { return m.Measure.Slug == "growth-gap" })
	if id != "under-plan" || i < 0 || p.Measures[i].Band != honne.Clear && !fellByChance(p) || p.KPIs.Growth == nil || p.KPIs.Market == nil || p.KPIs.Market.Base >= 0 {
		return fact{}, false
	}
	return fact{"market-fell", []honne.Arg{honne.Growth("growth", *p.KPIs.Growth), honne.Growth("market", p.KPIs.Market.Base)}}, true
}

// fellByChance reports whether the market makes up most of a fall under the plan, and
// single sales may have made the rest.
func fellByChance(p honne.Picture) bool {
	r, _ := judged(p).find("plan-attainment")
	fell, _ := partOf(r, "market-fell")
	return fell.Value != 0
}

func growthByChance(k honne.KPIs, v view) bool {
	return k.Growth != nil && k.Market != nil && v.compared.ByChance(v.r, k.Market.Base)
}

func missByChance(k honne.KPIs, v view) bool {
	kept := float64(v.minor(k.Sales)) / float64(v.minor(k.Plan))
	return measure.Chance(1-kept, measure.Singles(v.r, v.sales, v.reported, float64(v.minor(k.Plan)), v.amount))
}

func belowMarket(p honne.Picture, _ view) (fact, bool) {
	g, m := p.KPIs.Growth, p.KPIs.Market
	if g == nil || m == nil || tenth(*g) >= tenth(m.Base) {
		return fact{}, false
	}
	id := "grew-below-market"
	switch {
	case *g < 0 && m.Base < 0:
		id = "fell-more-than-market"
	case *g < 0:
		id = "fell-in-growing-market"
	}
	return fact{id, []honne.Arg{honne.Ratio("sales", math.Abs(*g)), honne.Ratio("market", math.Abs(m.Base))}}, true
}

// tenth rounds a ratio to a tenth of a percent: what the page shows.
func tenth(x float64) float64 { return stat.RoundHalfAwayFromZero(x, 3) }

func shareFalling(p honne.Picture, _ view) (fact, bool) {
	now, then := p.KPIs.ShareNow, p.KPIs.ShareThen
	if now == nil || then == nil || tenth(*now) >= tenth(*then) {
		return fact{}, false
	}
	return fact{"share-falling", []honne.Arg{honne.Ratio("now", *now), honne.Ratio("then", *then)}}, true
}

func underPlan(p honne.Picture, v view) (fact, bool) {
	if p.KPIs.Plan.Label.IsZero() || !v.under(v.minor(p.KPIs.Sales), v.minor(p.KPIs.Plan), v.reported...) {
		return fact{}, false
	}
	under := 0
	for _, m := range v.reported {
		if v.under(v.sales.Figure(m, v.amount).N, v.plan.Figure(m, v.amount).N, m) {
			under++
		}
	}
	return fact{"under-plan", []honne.Arg{honne.Count("under", under), honne.Count("months", len(v.reported)),
		honne.Word("plan", measure.Label(v.plan, v.agreed))}}, true
}

// under reports whether sales of some months are under their plan, and where it is
// spread evenly against a season, under what the season makes of it.
func (v view) under(sold, planned int64, months ...honne.Month) bool {
	season, ok := v.season.Plan(months)
	return sold < planned && (!ok || float64(sold) < season)
}

// noticeable is the share of the full year below which a forecast above the pace
// so far is rounding, not news.
const noticeable = 0.02

func aboveOwnPace(p honne.Picture, v view) (fact, bool) {
	if p.KPIs.Outlook.Label.IsZero() || !p.KPIs.PaceKnown || float64(v.minor(p.KPIs.Outlook)) <= float64(p.KPIs.Pace.Minor)*(1+noticeable) {
		return fact{}, false
	}
	return fact{"forecast-above-pace", []honne.Arg{honne.Amount("outlook", p.KPIs.Outlook.Money), honne.Amount("pace", p.KPIs.Pace)}}, true
}

func figuresRevised(p honne.Picture, v view) (fact, bool) {
	open := p.KPIs.Revised - p.KPIs.Explained
	return fact{"figures-revised", []honne.Arg{honne.Count("revised", open), honne.Count("reported", len(v.reported))}}, open > 0
}

// calm is what to say when none of the rules applies: all is well only when
// growth, market and plan are known and no sign, and no measure, is at watch or high.
func calm(p honne.Picture, v view) honne.Message {
	k := p.KPIs
	planned := !k.Plan.Label.IsZero()
	switch {
	case len(v.reported) == 0:
		return honne.Say("message.nothing-yet")
	case k.Growth != nil && k.Market != nil:
		return calmBesideMarket(p, v, planned)
	case k.Growth != nil:
		return calmWithoutMarket(p, honne.Growth("growth", *k.Growth))
	case planned:
		return honne.Say("message.on-plan", honne.Ratio("ratio", sixth(float64(v.minor(k.Sales))/float64(v.minor(k.Plan)))),
			honne.Word("plan", measure.Label(v.plan, v.agreed)))
	case v.amount:
		return honne.Say("message.sales-only", honne.Amount("sales", k.Sales.Money), honne.Over("period", v.period()))
	}
	return honne.Say("message.pieces-only", honne.Number("sales", float64(k.Sales.Quantity.N)/1000), honne.Over("period", v.period()))
}

func calmBesideMarket(p honne.Picture, v view, planned bool) honne.Message {
	k := p.KPIs
	args := []honne.Arg{honne.Growth("growth", *k.Growth), honne.Growth("market", k.Market.Base)}
	if signs := raised(p); len(signs) > 0 {
		return andHigh(named("message.with-market-signs", signs, args...), p)
	}
	if id, more := unsigned(p); id != "" {
		return honne.Say(id, append(args, more...)...)
	}
	if more, ok := concentrated(p); ok {
		return honne.Say("message.with-market-concentrated", append(args, more...)...)
	}
	if !planned {
		return honne.Say("message.with-market-no-plan", args...)
	}
	id := "message.all-well"
	if v.alone { // no sign was looked at
		id = "message.with-market-on-plan"
	}
	if season, ok := v.season.Plan(v.reported); ok && v.minor(k.Sales) < v.minor(k.Plan) {
		id, args = "message.on-course", append(args, honne.Ratio("ratio", sixth(float64(v.minor(k.Sales))/season)))
	}
	return honne.Say(id, append(args, honne.Word("plan", measure.Label(v.plan, v.agreed)))...)
}

func calmWithoutMarket(p honne.Picture, growth honne.Arg) honne.Message {
	if signs := raised(p); len(signs) > 0 {
		return andHigh(named("message.market-unknown-signs", signs, growth), p)
	}
	if high := p.Apart(); len(high) > 0 {
		return honne.Say("message.market-unknown-apart", growth, firstOf(high))
	}
	return honne.Say("message.market-unknown", growth)
}

// concentrated holds where the five largest end users took so much more of the sales
// than a year earlier that it is said, and the sales to all others fell.
func concentrated(p honne.Picture) ([]honne.Arg, bool) {
	r, _ := judged(p).find("concentration")
	i := slices.IndexFunc(r.Because, func(m honne.Message) bool { return m.ID == "because.concentration.rose.others" })
	others, _ := partOf(r, "others-growth")
	if i < 0 || others.Value >= 0 {
		return nil, false
	}
	return r.Because[i].Args, true
}

// named adds the gravest sign to a message, and how many more are raised.
func named(id string, signs []honne.Sign, args ...honne.Arg) honne.Message {
	args = append(args, honne.Word("sign", "sign."+signs[0].ID.Slug))
	if len(signs) == 1 {
		return honne.Say(id, args...)
	}
	return honne.Say(id+".more", append(args, honne.Count("more", len(signs)-1))...)
}

// firstOf names the first of some measures.
func firstOf(list []honne.Judged) honne.Arg {
	return honne.Word("measure", "measure."+list[0].Measure.Slug)
}

// unsigned is what is high though no sign is raised, else what is on watch; empty
// where nothing is.
func unsigned(p honne.Picture) (id string, args []honne.Arg) {
	if high := p.Apart(); len(high) > 0 {
		return "message.with-market-apart", []honne.Arg{firstOf(high)}
	}
	watched := slices.DeleteFunc(slices.Clone(p.Measures), func(m honne.Judged) bool { return m.Band != honne.Watch })
	switch len(watched) {
	case 0:
		return "", nil
	case 1:
		return "message.with-market-watched", []honne.Arg{firstOf(watched)}
	}
	return "message.with-market-watched.more", []honne.Arg{firstOf(watched), honne.Count("more", len(watched)-1)}
}
