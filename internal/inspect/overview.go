package inspect

import (
	"slices"

	"honne"
	"honne/internal/japan"
	"honne/internal/measure"
	"honne/internal/playbook"
)

// view is the fiscal year of the overview: its months, and the tracks that the
// chart, the strip of figures and the sentence share.
type view struct {
	r         *honne.Record
	year      int
	all       []honne.Month // the twelve months
	reported  []honne.Month // of the year, with sales
	amount    bool
	sales     measure.Track
	stated    measure.Track
	forecast  measure.Track
	plan      measure.Track // of the reported months
	agreed    bool
	plans     measure.Plan
	season    measure.Season
	least     int // months compared without which growth says little
	revised   []measure.Revision
	within    float64            // share of the first figure up to which a change counts as none
	told      bool               // changes could be seen: the restatement measure is known
	whyUntold honne.Message      // else why not
	compared  measure.Comparison // of the reported months with a year earlier, on the view's basis
	market    *honne.Range3      // over the months compared
	measured  bool               // market is a dated series, not an answer
	alone     bool               // the year by itself: nothing of the record's day
}

func overlook(r *honne.Record, p *playbook.Playbook, year int) view {
	v := view{r: r, year: year}
	if v.year != 0 {
		v.all = fiscalMonths(r, v.year)
	}
	v.reported = headline(r, v.year)
	v.sales = measure.Monthly(r, honne.Sales)
	v.stated = measure.Monthly(r, honne.PriorYear)
	v.forecast = measure.Monthly(r, honne.Forecast)
	v.amount = inMoney(r, v.reported)
	v.plans = measure.PlanOf(r)
	v.plan, v.agreed = v.plans.For(v.reported)
	v.season = measure.SeasonOf(r, v.plans, v.agreed, v.amount, measure.SeasonRuleOf(params("plan-attainment", p)))
	v.least = int(params("growth-gap", p)["least"])
	v.within = params("restatement", p)["threshold"]
	v.revised = measure.Revisions(r, params("restatement", p))
	if c, ok := measure.Compare(r, v.reported); ok && c.Amount == v.amount {
		v.compared = c
		if g, measured, ok := measure.MarketGrowth(r, c.Months); ok {
			v.market, v.measured = &g, measured
		}
	}
	return v
}

// fiscalMonths are the twelve months of a distributor's fiscal year.
func fiscalMonths(r *honne.Record, year int) (out []honne.Month) {
	whole := japan.FiscalPeriod(year, r.Distributor.Profile.FiscalStart())
	for m := whole.From.Month(); m <= whole.To.Month(); m++ {
		out = append(out, m)
	}
	return out
}

// headline are the months of a fiscal year of which sales were reported, which the
// picture's figures are of; none without a year.
func headline(r *honne.Record, year int) (out []honne.Month) {
	whole := japan.FiscalPeriod(year, r.Distributor.Profile.FiscalStart())
	for _, m := range measure.Reported(r) {
		if year != 0 && whole.From.Month() <= m && m <= whole.To.Month() {
			out = append(out, m)
		}
	}
	return out
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
			x.Plan, x.PlanOf, x.Agreed = figure(p.MonthTotal, v.amount), p.Series, p.Agreed
		}
		x.Prior, x.PriorOf = v.priorOf(m)
		x.First = x.Actual
		for _, rev := range v.revised {
			if rev.Month == m && rev.Amount == v.amount && x.Actual.Known {
				x.First, x.Revised = honne.Known(rev.First), true
			}
		}
		if v.absent(&x); x.Actual.Known {
			x.Without = Without(v.r, m)
		}
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
// report or where one is owed, and says when it was due. A month whose report may be a
// file that could not be read is unknown, not absent.
func (v view) absent(x *honne.MonthView) {
	end := x.Month.Last()
	if day := v.r.Distributor.Profile.ClosingDay; day != 0 {
		end = japan.ClosingMonth(x.Month, day).To
	}
	if x.Actual.Known || end > v.r.AsOf {
		return
	}
	if u, came := measure.UnreadIn(v.r, x.Month); came {
		x.Came = u.File
		return
	}
	months := measure.Reported(v.r)
	x.Missing = len(months) > 0 && x.Month > months[0]
	for _, o := range v.r.Distributor.Profile.Reports {
		if o.Kind == honne.Sales && o.Every == "month" && o.DueDays > 0 && (o.Since == 0 && x.Missing || o.Since != 0 && o.Since <= x.Month) {
			x.Missing, x.Owed = true, japan.OfPartner(v.r.Distributor.Profile).AddBusinessDays(end, o.DueDays)
		}
	}
}
