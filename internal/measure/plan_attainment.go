package measure

import (
	"slices"

	"honne"
)

func planAttainment() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-01", Slug: "plan-attainment"},
		Doc: `Plan attainment: sales ÷ plan, fiscal year to date, over the months that both know.
The plan of a month is a target agreed before it ended, else the plan in the partner's own file, else our own target (part agreed = 0).
Without sales their purchases, else our shipments, stand in (part sell-in = 1).
While fewer months of the fiscal year than the least are known, the last twelve months stand for it: one month says nothing of a year.
Where they hold no more either, it is a figure to know (part unjudged = 1).
A plan that is spread evenly over the year is weighed by the season of the year before, and a quarter by its year where that is over and met its plan:
what is judged is the better of the two (part judged, with the quarters). Months in season are not under the plan.
A month of the year before that nobody reported is estimated from the same month of this year, by the growth of the months that both years know, where they are at least least-both.
Minimum: one full month. Parts: agreed, sell-in, months, months-under, judged, by-chance (single sales could make the difference), market-fell
(yes where the market of the same months is measured and fell, and they fell no more, or fell by at most twice as much and chance could make the rest), last12 (the months of the last
twelve that have an agreed plan or theirs, at least six), besides-ours (the same of what no act of ours can explain: of other months than those of a late delivery, with what was sold a year earlier of a product given up or to customers taken over). History: whole quarters. Source: domain 3.5 S-01.`,
		Params: []Param{{"missed", 0.95, "share of the plan below which a quarter is missed"},
			{"least", 3, "months of the fiscal year below which the last twelve months stand for it"},
			{"least-besides", 6, "months that no late delivery of ours can explain, from which on they are judged by themselves"},
			{"least-agreed", 6, "months with an agreed plan without which the last twelve are not told"},
			{"even", 0.1, "share by which a month's plan may differ from the mean of an evenly spread year"},
			{"least-both", 3, "months that both years know, without which the year before is not estimated where it is not known"}},
		Needs:       []honne.Need{honne.NeedSales, honne.NeedAgreedTargets},
		Confounders: []string{"confounder.own-shortage", "confounder.price-change", "confounder.fee-revision"},
		Run:         runPlanAttainment,
	}
}

func runPlanAttainment(r *honne.Record, p Params) honne.Result {
	actual, months := soldOrBought(r)
	if len(months) == 0 {
		return unknown(honne.Say("why.plan-attainment.no-sales"), honne.NeedSales)
	}
	w := weighing{r, actual, PlanOf(r), months[len(months)-1], SeasonRuleOf(p)}
	att, ok := w.toJudge(p.count("least"))
	if !ok {
		return unknown(honne.Say("why.plan-attainment.no-plan"), honne.NeedAgreedTargets)
	}
	res := w.terms(att)
	res.Parts = w.parts(att, p.count("least-agreed"))
	res.History, res.Baseline = inMonths(r, w.last, att.months, func(months []honne.Month) (float64, bool) {
		a, ok := w.attain(months)
		return a.ratio(), ok && len(a.months) == len(months)
	})
	weighed, differs := w.part(att, res.History)
	if differs {
		res.Parts = append(res.Parts, weighed)
	}
	res.Because = w.because(att)
	if att.actual < att.planned {
		res.OurSide = ourPartOfPlan(r, att.months)
		att.besides(&res, w, p.count("least-besides"))
		res.Because = append(res.Because, events(r, res.Period, marketKinds()...)...)
	}
	missedBefore(&res, r, weighed, p["missed"])
	att.tooEarly(&res, p.count("least"))
	return res
}

// terms are the sales and the plan that make an attainment, with their evidence.
func (w weighing) terms(a attainment) honne.Result {
	return honne.Result{
		Known: true, Value: a.ratio(), Unit: honne.UnitRatio, N: len(a.months), Period: covering(a.months),
		Numerator:   sum(w.r, "series."+string(w.actual.Series), a.actual, a.amount, Choose(w.actual.Series, a.months, a.amount)),
		Denominator: sum(w.r, Label(a.plan, a.agreed), a.planned, a.amount, w.plans.Evidence(a.months, a.agreed, a.amount)),
	}
}

// parts are the parts of an attainment but for what is judged, with that of the last twelve
// months where enough of them have a plan that both sides know.
func (w weighing) parts(a attainment, leastAgreed int) []honne.Further {
	out := []honne.Further{flag("agreed", a.agreed), flag("sell-in", w.actual.Series != honne.Sales),
		count("months", len(a.months)), count("months-under", w.under(a)),
		byChance(1-a.ratio(), Singles(w.r, w.actual, a.months, float64(a.planned), a.amount)), flag("market-fell", marketFell(w.r, a.months))}
	if year, ok := w.attain(span(w.last-11, w.last)); ok && year.agreed && len(year.months) >= leastAgreed {
		out = append(out, part("last12", year.ratio(), honne.UnitRatio))
	}
	return out
}

// tooEarly leaves an attainment of fewer months than the least unjudged.
func (a attainment) tooEarly(res *honne.Result, least int) {
	if len(a.months) < least {
		res.Parts = append(res.Parts, flag("unjudged", true))
		res.Because = append(res.Because, honne.Say("because.plan-attainment.too-early", honne.Count("months", len(a.months)), honne.Count("least", least)))
	}
}

// besides adds what the plan was met by where no act of ours can explain it: in the other
// months, and with what was sold a year earlier of what we gave up, where there are enough
// of them and chance did not make it.
func (a attainment) besides(res *honne.Result, w weighing, least int) {
	if len(res.OurSide) == 0 {
		return
	}
	months, ok := besidesOurs(w.r, a.months)
	g, apart := givenUpIn(w.r, a.months)
	if apart {
		w.actual, apart = g.kept(w.r, w.actual, a.months)
		ok = ok && apart
	}
	if !ok || len(months) < least {
		return
	}
	rest, ok := w.attain(months)
	if !ok {
		return
	}
	switch {
	case apart:
		res.Because = append(res.Because, honne.Say("because.plan-attainment.apart", g.said(), honne.Ratio("ratio", rest.ratio())))
	case rest.actual < rest.planned:
		res.Because = append(res.Because, honne.Say("because.plan-attainment.besides", honne.Count("months", len(rest.months)), honne.Ratio("ratio", rest.ratio())))
	}
	if !Chance(1-rest.ratio(), Singles(w.r, w.actual, rest.months, float64(rest.planned), rest.amount)) {
		res.Parts = append(res.Parts, part("besides-ours", w.ratio(rest), honne.UnitRatio))
	}
}

// ourPartOfPlan is our part in months under a plan. A plan that was agreed after we told
// that we give something up knows of it.
func ourPartOfPlan(r *honne.Record, months []honne.Month) []honne.Message {
	out := events(r, covering(months), honne.EventOurShort, honne.EventOurPrice, honne.EventRecall)
	for _, e := range lastingEvents(r, months) {
		if slices.ContainsFunc(months, func(m honne.Month) bool {
			v := newestTarget(r, m)
			return m >= e.Date.Month() && (v == nil || v.Agreed <= e.Date)
		}) {
			out = append(out, tell(e))
		}
	}
	return out
}

// missedBefore says which quarters of the last four were missed, and what our own
// side did in them, where the year to date is not: a watch that comes from them is
// never said without its cause.
func missedBefore(res *honne.Result, r *honne.Record, weighed honne.Further, missed float64) {
	if weighed.Value < missed {
		return
	}
	n := 0
	var ours []honne.Message
	four := weighed.History[max(0, len(weighed.History)-4):]
	for _, q := range four {
		if q.Value < missed {
			n++
			ours = append(ours, OurPart(r, q.Period)...)
		}
	}
	if n < 2 {
		return
	}
	res.Because = slices.Insert(res.Because, 0, honne.Say("because.quarters-missed", honne.Count("missed", n), honne.Count("quarters", len(four)), honne.Ratio("share", missed)))
	for _, m := range ours {
		if !slices.ContainsFunc(res.OurSide, func(x honne.Message) bool { return x.ID == m.ID && slices.Equal(x.Args, m.Args) }) {
			res.OurSide = append(res.OurSide, m)
		}
	}
}

// soldOrBought returns sales and the months that have any, else what the
// distributor bought.
func soldOrBought(r *honne.Record) (Track, []honne.Month) {
	for _, s := range []honne.Series{honne.Sales, honne.Purchases, honne.Shipments} {
		t := Monthly(r, s)
		if months := reported(r, t); len(months) > 0 {
			return t, months
		}
	}
	return Track{}, nil
}

type attainment struct {
	months          []honne.Month
	plan            Track
	agreed, amount  bool
	actual, planned int64
}

func (w weighing) attain(months []honne.Month) (a attainment, ok bool) {
	a.plan, a.agreed = w.plans.For(months)
	a.months, a.amount = basis(w.actual, a.plan, months)
	a.actual, _ = w.actual.Sum(a.months, a.amount)
	a.planned, _ = a.plan.Sum(a.months, a.amount)
	return a, len(a.months) > 0 && a.planned > 0
}

func (a attainment) ratio() float64 { return ratio(a.actual, a.planned) }

func (a attainment) because(r *honne.Record) []honne.Message {
	return []honne.Message{honne.Say("because.plan-attainment", honne.Ratio("ratio", a.ratio()), honne.Word("plan", Label(a.plan, a.agreed)),
		said(r, "sales", a.actual, a.amount), said(r, "planned", a.planned, a.amount), honne.Over("period", covering(a.months)))}
}
