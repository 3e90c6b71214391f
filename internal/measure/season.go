package measure

import (
	"math"
	"slices"

	"honne"
)

// Season is the sales of a year before, by which a plan that is spread evenly over
// the months of a fiscal year is weighed: it says what the year is to bring, and not
// when. A plan that has a season of its own is left as it was agreed.
type Season struct {
	r      *honne.Record
	past   years
	plans  Plan
	agreed bool
	amount bool
	rule   SeasonRule
}

// SeasonRule says when a season may weigh a plan.
type SeasonRule struct {
	Even  float64 // how far a month may lie from the mean of the year's plan, as a share
	Least int     // months that both years know, from which on the rest of the year before may be estimated
}

// SeasonRuleOf is the rule that the parameters of plan attainment give.
func SeasonRuleOf(p Params) SeasonRule { return SeasonRule{p["even"], p.count("least-both")} }

// SeasonOf returns the season for a plan of that kind and basis.
func SeasonOf(r *honne.Record, plans Plan, agreed, amount bool, rule SeasonRule) Season {
	return Season{r, yearsOf(r), plans, agreed, amount, rule}
}

// Plan is what the plan of some months comes to when each year's is spread as the
// sales of the year before were; ok is false where a plan is not even or the year
// before is neither known in whole nor to be estimated.
func (s Season) Plan(months []honne.Month) (planned float64, ok bool) {
	var year []honne.Month
	var plan int64
	var shape lastYear
	for _, m := range months {
		if s.r == nil {
			return 0, false
		}
		if len(year) == 0 || m < year[0] || m > year[11] {
			year = fiscalYear(s.r, m)
			if plan, shape, ok = s.year(year); !ok {
				return 0, false
			}
		}
		planned += float64(float64(plan) * shape.months[m-year[0]] / shape.sum)
	}
	return planned, planned > 0
}

// year sums a fiscal year's plan, which has to be even, and gives the sales of the
// year before it.
func (s Season) year(year []honne.Month) (plan int64, shape lastYear, ok bool) {
	of, agreed := s.plans.For(year)
	plan, whole := of.whole(year, s.amount)
	if !whole || agreed != s.agreed || plan <= 0 {
		return 0, shape, false
	}
	for _, m := range year {
		if math.Abs(float64(of.Figure(m, s.amount).N)*12/float64(plan)-1) > s.rule.Even {
			return 0, shape, false
		}
	}
	shape, ok = s.before(year)
	return plan, shape, ok
}

// lastYear are the sales of the year before a fiscal year, month by month.
type lastYear struct {
	months    [12]float64
	sum       float64
	estimated int // months that nobody reported
}

// before gives the year before as it is known. A month that is not is estimated from the
// same month of this year, by what the months that both years know grew: so the last
// twelve months show the season where less than two years are on record.
func (s Season) before(year []honne.Month) (x lastYear, ok bool) {
	growth, both := s.growth(year)
	for i, m := range year {
		then, now := s.then(m), s.now(m)
		switch {
		case then.Known:
			x.months[i] = float64(then.N)
		case now.Known && both >= s.rule.Least && growth > 0:
			x.months[i] = float64(now.N) / growth
			x.estimated++
		default:
			return x, false
		}
		x.sum += x.months[i]
	}
	return x, x.sum > 0
}

// growth is what the months of a year that both years know came to, as a share of the
// year before, and how many they are.
func (s Season) growth(year []honne.Month) (share float64, both int) {
	var now, then int64
	for _, m := range year {
		a, b := s.now(m), s.then(m)
		if a.Known && b.Known {
			now, then, both = now+a.N, then+b.N, both+1
		}
	}
	if then <= 0 {
		return 0, 0
	}
	return ratio(now, then), both
}

// now are the sales of a month that is over.
func (s Season) now(m honne.Month) honne.Figure {
	if bookMonth(s.r, m).To > s.r.AsOf {
		return honne.Figure{}
	}
	return s.past.sales.Figure(m, s.amount)
}

// then are the sales of a year before a month: our record, else as they state it.
func (s Season) then(m honne.Month) honne.Figure {
	if f := s.past.sales.Figure(m-12, s.amount); f.Known {
		return f
	}
	return s.past.stated.Figure(m, s.amount)
}

// estimated counts the months before the year of a month that nobody reported.
func (s Season) estimated(m honne.Month) int {
	x, _ := s.before(fiscalYear(s.r, m))
	return x.estimated
}

// fiscalYear lists the months of the fiscal year of a month.
func fiscalYear(r *honne.Record, m honne.Month) []honne.Month {
	first := ToDate(r, m)[0]
	return span(first, first+11)
}

// weighing weighs what sales made of the plan, where that is fair to the partner: by
// the season, and a quarter by the year that made up for it.
type weighing struct {
	r      *honne.Record
	actual Track
	plans  Plan
	last   honne.Month
	rule   SeasonRule
}

// toJudge is the attainment of the fiscal year to date, or that of the last twelve
// months while fewer months than the least are known of the year.
func (w weighing) toJudge(least int) (attainment, bool) {
	months := ToDate(w.r, w.last)
	a, ok := w.attain(months)
	if len(months) >= least && len(a.months) == 0 || len(a.months) >= least {
		return a, ok
	}
	if year, known := w.attain(span(w.last-11, w.last)); known && (!ok || len(year.months) >= least) {
		return year, true
	}
	return a, ok
}

// part is the attainment that is judged, with its quarters; ok is false where it is no
// other than the attainment itself.
func (w weighing) part(a attainment, plain []honne.Point) (x honne.Further, ok bool) {
	x = part("judged", w.ratio(a), honne.UnitRatio)
	x.History = history(w.r, w.last, w.quarter)
	return x, x.Value != a.ratio() || !slices.Equal(x.History, plain)
}

// because says how much of the plan was met and in how many months it was not, and
// what the season makes of the plan, where that is what is judged.
func (w weighing) because(a attainment) []honne.Message {
	out, id, plan := a.because(w.r), "because.months-under", honne.Word("plan", Label(a.plan, a.agreed))
	if planned, ok := w.season(a); ok && a.actual < a.planned && w.ratio(a) > a.ratio() {
		out = append(out, honne.Say("because.plan-season", said(w.r, "planned", int64(math.Round(planned)), a.amount), honne.Ratio("ratio", w.ratio(a))))
		if n := w.seasonOf(a).estimated(a.months[len(a.months)-1]); n > 0 {
			out = append(out, honne.Say("because.plan-season.estimated", honne.Count("months", n)))
		}
		id += ".season"
	}
	if under := w.under(a); under > 0 {
		out = append(out, honne.Say(id, honne.Count("under", under), honne.Count("months", len(a.months)), plan))
	}
	if w.actual.Series != honne.Sales {
		out = append(out, honne.Say("because.sell-in-instead"))
	}
	return out
}

func (w weighing) seasonOf(a attainment) Season {
	return SeasonOf(w.r, w.plans, a.agreed, a.amount, w.rule)
}

// season is the plan of an attainment by the season of the year before.
func (w weighing) season(a attainment) (planned float64, ok bool) {
	if w.actual.Series != honne.Sales {
		return 0, false
	}
	return w.seasonOf(a).Plan(a.months)
}

// ratio is the attainment by the plan of the months or by the season, whichever is
// better: an even plan is no reason to call a season a miss, nor one to find a miss
// where the plan as it was agreed is met.
func (w weighing) ratio(a attainment) float64 {
	if planned, ok := w.season(a); ok {
		return max(a.ratio(), float64(a.actual)/planned)
	}
	return a.ratio()
}

// quarter is the attainment of a quarter: that of its year where the year is over
// and met its plan, else weighed by the season.
func (w weighing) quarter(q honne.Period) (float64, bool) {
	a, ok := w.attain(monthsOf(q))
	if !ok || len(a.months) < 3 {
		return 0, false
	}
	months := fiscalYear(w.r, a.months[0])
	year, ok := w.attain(months)
	if ok && months[11] <= w.last && len(year.months) == 12 && year.agreed == a.agreed && year.ratio() >= 1 {
		return max(a.ratio(), year.ratio()), true
	}
	return w.ratio(a), true
}

// under counts the months below the plan, and below the season where one is known.
func (w weighing) under(a attainment) (n int) {
	for _, m := range a.months {
		sold := w.actual.Figure(m, a.amount).N
		if sold >= a.plan.Figure(m, a.amount).N {
			continue
		}
		one := attainment{months: []honne.Month{m}, agreed: a.agreed, amount: a.amount}
		if planned, ok := w.season(one); !ok || float64(sold) < planned {
			n++
		}
	}
	return n
}
