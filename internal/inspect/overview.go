package inspect

import (
	"math"
	"slices"

	"honne"
	"honne/internal/japan"
	"honne/internal/measure"
	"honne/internal/playbook"
)

// view is the fiscal year of the overview: its months, and the tracks that the
// chart, the strip of figures and the sentence share.
type view struct {
	r        *honne.Record
	year     int
	all      []honne.Month // the twelve months
	reported []honne.Month // of the year, with sales
	amount   bool
	sales    measure.Track
	prior    measure.Track
	stated   measure.Track
	forecast measure.Track
	plan     measure.Track // of the reported months
	agreed   bool
	plans    measure.Plan
	revised  []measure.Revision
}

func overlook(r *honne.Record, p *playbook.Playbook) view {
	months := measure.Reported(r)
	v := view{r: r, year: fiscalYear(r, months)}
	whole := japan.FiscalPeriod(v.year, r.Distributor.Profile.FiscalStart())
	for m := whole.From.Month(); m <= whole.To.Month(); m++ {
		v.all = append(v.all, m)
		if slices.Contains(months, m) {
			v.reported = append(v.reported, m)
		}
	}
	v.sales = measure.Monthly(r, honne.Sales)
	v.stated = measure.Monthly(r, honne.PriorYear)
	v.forecast = measure.Monthly(r, honne.Forecast)
	_, money := v.sales.Sum(v.reported, true)
	_, pieces := v.sales.Sum(v.reported, false)
	v.amount = money >= pieces
	v.plans = measure.PlanOf(r)
	v.plan, v.agreed = v.plans.For(v.reported)
	v.revised = measure.Revisions(r, params("restatement", p))
	return v
}

// params are the parameters of a measure as the playbook sets them.
func params(slug string, p *playbook.Playbook) measure.Params {
	out := measure.Params{}
	for _, x := range measure.Find(slug).Params {
		out[x.Name] = x.Default
	}
	for name, x := range p.MeasureRules(slug).Params {
		out[name] = x
	}
	return out
}

func (v view) period() honne.Period {
	if len(v.reported) == 0 {
		return honne.Period{}
	}
	return honne.Months(v.reported[0], v.reported[len(v.reported)-1])
}

// priorOf is the figure of a year before m: our record of it, else as the
// partner states it.
func (v view) priorOf(m honne.Month) (honne.Figure, honne.Series) {
	if f := v.sales.Figure(m-12, v.amount); f.Known {
		return f, honne.Sales
	}
	f := v.stated.Figure(m, v.amount)
	if !f.Known {
		return f, ""
	}
	return f, honne.PriorYear
}

func (v view) monthViews() []honne.MonthView {
	out := make([]honne.MonthView, 0, 12)
	for _, m := range v.all {
		x := honne.MonthView{Month: m, Forecast: v.forecast.Figure(m, v.amount)}
		if slices.Contains(v.reported, m) {
			x.Actual = v.sales.Figure(m, v.amount)
		}
		if p, ok := v.plans.At(m); ok {
			x.Plan, x.Agreed = figure(p.MonthTotal, v.amount), p.Agreed
		}
		x.Prior, x.PriorOf = v.priorOf(m)
		x.First = x.Actual
		for _, rev := range v.revised {
			if rev.Month == m && rev.Amount == v.amount && x.Actual.Known {
				x.First, x.Revised = honne.Known(rev.First), true
			}
		}
		v.absent(&x)
		out = append(out, x)
	}
	return out
}

func figure(t honne.MonthTotal, amount bool) honne.Figure {
	if amount {
		return t.Amount
	}
	return t.Quantity
}

// absent marks a month that has ended without a report, once there was a first
// report or where one is owed, and says when it was due.
func (v view) absent(x *honne.MonthView) {
	end := x.Month.Last()
	if day := v.r.Distributor.Profile.ClosingDay; day != 0 {
		end = japan.ClosingMonth(x.Month, day).To
	}
	if x.Actual.Known || end > v.r.AsOf {
		return
	}
	months := measure.Reported(v.r)
	x.Missing = len(months) > 0 && x.Month > months[0]
	for _, o := range v.r.Distributor.Profile.Reports {
		if o.Kind == honne.Sales && o.Every == "month" && o.DueDays > 0 && (x.Missing || o.Since != 0 && o.Since <= x.Month) {
			x.Missing, x.Owed = true, japan.National().AddBusinessDays(end, o.DueDays)
		}
	}
}

func (v view) term(label string, n int64, sel ...honne.Selection) honne.Term {
	t := honne.Term{Label: honne.Say(label), Select: sel}
	if v.amount {
		t.Money = v.money(n)
	} else {
		t.Quantity = honne.Known(n)
	}
	return t
}

func (v view) money(n int64) honne.Money { return honne.Money{Minor: n, Currency: v.r.Currency} }

func (v view) selection(s honne.Series, months []honne.Month) honne.Selection {
	return honne.Selection{Series: s, Period: honne.Months(months[0], months[len(months)-1]), Amount: v.amount}
}

// minor is the whole number of a term, on the basis of the view.
func (v view) minor(t honne.Term) int64 {
	if v.amount {
		return t.Money.Minor
	}
	return t.Quantity.N
}

func (v view) kpis() honne.KPIs {
	var k honne.KPIs
	if len(v.reported) == 0 {
		return k
	}
	sales, _ := v.sales.Sum(v.reported, v.amount)
	k.Sales = v.term("term.sales", sales, v.selection(honne.Sales, v.reported))
	if plan, n := v.plan.Sum(v.reported, v.amount); n == len(v.reported) {
		k.Plan = v.term(measure.Label(v.plan, v.agreed), plan, v.selection(v.plan.Series, v.reported))
		k.PlanAgreed = v.agreed
	}
	if c, ok := measure.Compare(v.r, v.reported); ok && c.Amount == v.amount {
		_, k.Prior = c.Terms(v.r)
		growth := sixth(c.Growth())
		k.Growth = &growth
		if g, _, ok := measure.MarketGrowth(v.r, c.Months); ok {
			g.Low, g.Base, g.High = sixth(g.Low), sixth(g.Base), sixth(g.High)
			k.Market = &g
		}
		if now, then, ok := measure.Shares(v.r, c); ok {
			now, then = sixth(now), sixth(then)
			k.ShareNow, k.ShareThen = &now, &then
		}
	}
	v.fullYear(&k)
	v.revisions(&k)
	return k
}

// fullYear adds the outlook, the plan of the year and where the pace leads:
// the year's plan × attainment so far, so that the season counts; without a plan
// last year × growth so far.
func (v view) fullYear(k *honne.KPIs) {
	var ahead []honne.Month
	for _, m := range v.all {
		if !slices.Contains(v.reported, m) {
			ahead = append(ahead, m)
		}
	}
	if f, n := v.forecast.Sum(ahead, v.amount); n == len(ahead) && n > 0 {
		k.Outlook = v.term("term.outlook", v.minor(k.Sales)+f, v.selection(honne.Sales, v.reported), v.selection(honne.Forecast, ahead))
	}
	plan, agreed := v.plans.For(v.all)
	year, n := plan.Sum(v.all, v.amount)
	if n == len(v.all) {
		k.YearPlan = v.term(measure.Label(plan, agreed), year, v.selection(plan.Series, v.all))
	}
	var base int64
	share := math.NaN()
	if n == len(v.all) && v.minor(k.Plan) > 0 && agreed == v.agreed {
		base, share = year, float64(v.minor(k.Sales))/float64(v.minor(k.Plan))
	} else if before, ok := v.yearBefore(); ok && k.Growth != nil && len(v.reported) > 0 {
		base, share = before, 1+*k.Growth
	}
	if !math.IsNaN(share) && v.amount {
		k.Pace, k.PaceKnown = v.money(int64(math.Round(float64(base)*share))), true
	}
}

func (v view) yearBefore() (n int64, ok bool) {
	for _, m := range v.all {
		f, _ := v.priorOf(m)
		if !f.Known {
			return 0, false
		}
		n += f.N
	}
	return n, true
}

// revisions counts the months that stand as first reported, and those that do
// not.
func (v view) revisions(k *honne.KPIs) {
	for _, rev := range v.revised {
		if !slices.Contains(v.reported, rev.Month) {
			continue
		}
		k.Revised++
		if rev.Last > rev.First {
			k.RevisedUp++
		}
		if rev.Explained {
			k.Explained++
		}
	}
	k.Kept = len(v.reported) - k.Revised
}

// pace splits the gap to plan: what the market would have given and was not
// sold, and what the plan asks beyond the market.
func pace(k honne.KPIs, v view) honne.Pace {
	if k.Growth == nil || k.Market == nil || k.Plan.Label.IsZero() || !v.amount {
		return honne.Pace{}
	}
	c, _ := measure.Compare(v.r, v.reported)
	if len(c.Months) != len(v.reported) {
		return honne.Pace{}
	}
	g, _, _ := measure.MarketGrowth(v.r, c.Months)
	market := int64(math.Round(float64(c.Then) * (1 + g.Base)))
	return honne.Pace{Known: true, Market: v.money(market),
		LostPace: v.money(market - v.minor(k.Sales)), PlanAbove: v.money(v.minor(k.Plan) - market)}
}
