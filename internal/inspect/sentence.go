package inspect

import (
	"math"

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

// sentence is the message of the page: the first of the rules of ux 3.4 that
// applies, joined by at most one more. The rules, in their order: growth below
// market, share falling, months under plan, forecast above the partner's own
// pace, figures revised; else all well, or honestly what is not known.
func sentence(p honne.Picture, v view) honne.Message {
	m := compose(p, v)
	measure.RoundArgs(m)
	return m
}

func compose(p honne.Picture, v view) honne.Message {
	facts := []fact{}
	for _, rule := range []func(honne.Picture, view) (fact, bool){belowMarket, shareFalling, underPlan, aboveOwnPace, figuresRevised} {
		f, ok := rule(p, v)
		// A share falls when growth is below the market: that is one fact.
		if ok && !(f.id == "share-falling" && len(facts) > 0) {
			facts = append(facts, f)
		}
	}
	switch len(facts) {
	case 0:
		return calm(p, v)
	case 1:
		return honne.Say("message."+facts[0].id, facts[0].args...)
	}
	a, b := facts[0], facts[1]
	return honne.Say("message."+a.id+"."+b.id, append(a.args, b.args...)...)
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
	if p.KPIs.Plan.Label.IsZero() || v.minor(p.KPIs.Sales) >= v.minor(p.KPIs.Plan) {
		return fact{}, false
	}
	under := 0
	for _, m := range v.reported {
		if v.sales.Figure(m, v.amount).N < v.plan.Figure(m, v.amount).N {
			under++
		}
	}
	return fact{"under-plan", []honne.Arg{honne.Count("under", under), honne.Count("months", len(v.reported)),
		honne.Word("plan", measure.Label(v.plan, v.agreed))}}, true
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
// growth, market and plan are known and no sign is at watch or high.
func calm(p honne.Picture, v view) honne.Message {
	k := p.KPIs
	if len(v.reported) == 0 {
		return honne.Say("message.nothing-yet")
	}
	signs := 0
	for _, s := range p.Signs {
		if s.Level == honne.High || s.Level == honne.Watch {
			signs++
		}
	}
	planned := !k.Plan.Label.IsZero()
	switch {
	case k.Growth != nil && k.Market != nil:
		args := []honne.Arg{honne.Growth("growth", *k.Growth), honne.Growth("market", k.Market.Base)}
		if signs > 0 {
			return honne.Say("message.with-market-signs", append(args, honne.Count("signs", signs))...)
		}
		if planned {
			id := "message.all-well"
			if v.alone { // no sign was looked at
				id = "message.with-market-on-plan"
			}
			return honne.Say(id, append(args, honne.Word("plan", measure.Label(v.plan, v.agreed)))...)
		}
		return honne.Say("message.with-market-no-plan", args...)
	case k.Growth != nil:
		return honne.Say("message.market-unknown", honne.Growth("growth", *k.Growth))
	case planned:
		return honne.Say("message.on-plan", honne.Ratio("ratio", sixth(float64(v.minor(k.Sales))/float64(v.minor(k.Plan)))),
			honne.Word("plan", measure.Label(v.plan, v.agreed)))
	case v.amount:
		return honne.Say("message.sales-only", honne.Amount("sales", k.Sales.Money), honne.Over("period", v.period()))
	}
	return honne.Say("message.pieces-only", honne.Number("sales", float64(k.Sales.Quantity.N)/1000), honne.Over("period", v.period()))
}
