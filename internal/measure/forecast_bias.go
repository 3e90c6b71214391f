package measure

import (
	"math"
	"slices"

	"honne"
	"honne/internal/stat"
)

func forecastBias() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-05", Slug: "forecast-bias"},
		Doc: `Forecast bias: Σ(F−A) ÷ ΣA over the last months, where F is the forecast of a month as it stood before the month began (lag 1).
Parts: abs, wape = Σ|F−A| ÷ Σ|A|, same-sign (how many of the last four misses point the same way; a miss within sign-floor of the actual
points nowhere), by-chance (single sales could make the bias), tracking = Σ(F−A) ÷ mean |F−A|, mape (only with six months, all above zero), lag3 and lag3-wape (the forecast as it stood
three months ahead). Minimum: six months. Source: domain 3.5 S-05.`,
		Params: []Param{
			{"months", 12, "months up to the last reported"},
			{"least", 6, "months with a forecast without which nothing is said"},
			{"sign-floor", 0.05, "share of the actual below which a miss has no direction; 0 counts every miss"},
		},
		Needs:       []honne.Need{honne.NeedSales, honne.NeedForecast},
		Confounders: []string{"confounder.mape-rewards-low", "confounder.own-shortage"},
		Run:         runForecastBias,
	}
}

func runForecastBias(r *honne.Record, p Params) honne.Result {
	months := Reported(r)
	if len(months) == 0 {
		return unknown(honne.Say("why.forecast-bias.no-sales"), honne.NeedSales)
	}
	first := months[len(months)-1] - honne.Month(p.count("months")-1)
	all := expect(r, months, 1)
	one := all.since(first)
	if n, sold := foretold(r, p.count("months")); max(len(one.months), sold) < p.count("least") && n >= p.count("least") {
		return unknown(honne.Say("why.forecast-bias.few-sales", honne.Count("forecasts", n), honne.Count("months", sold)), honne.NeedSales)
	}
	if len(one.months) < p.count("least") {
		return unknown(honne.Say("why.forecast-bias.few", honne.Count("months", len(one.months))), honne.NeedForecast)
	}
	bias, wape := stat.BiasWAPE(one.forecast, one.actual)
	if !finite(bias) {
		return unknown(honne.Say("why.forecast-bias.no-sales"), honne.NeedSales)
	}
	res := one.result(r, bias, wape)
	same := one.sameSign(p["sign-floor"])
	res.Parts = append(one.parts(bias, wape), count("same-sign", same), byChance(bias, Pieces(Monthly(r, honne.Sales), one.months)))
	res.Parts = append(res.Parts, expect(r, months, 3).since(first).lag3(p.count("least"))...)
	res.History = history(r, months[len(months)-1], all.quarter)
	res.Baseline = all.yearBefore(one.months, p.count("least"))
	if same == 4 {
		res.Because = append(res.Because, honne.Say("because.forecast-same-sign"))
	}
	if bias > 0 {
		res.OurSide = events(r, res.Period, honne.EventOurShort, honne.EventRecall)
	}
	return res
}

// foretold counts the months that are over, of the last some, for which a forecast from
// before the month is known, and of how many of them the sales are, in pieces or in money.
func foretold(r *honne.Record, months int) (n, sold int) {
	scope, last, sales := scopes(r), lastOver(r), Monthly(r, honne.Sales)
	for m := last - honne.Month(months-1); m <= last; m++ {
		before := bookMonth(r, m).From
		pieces, _ := standing(r, scope, m, before, false)
		money, _ := standing(r, scope, m, before, true)
		if pieces.Known || money.Known {
			n++
			sold += oneIf(sales.Figure(m, false).Known || sales.Figure(m, true).Known)
		}
	}
	return n, sold
}

// expected sets forecasts against what came.
type expected struct {
	months           []honne.Month
	amount           bool
	forecast, actual []float64
	versions         [][]honne.SubmissionID // by month
}

// expect gathers, for each month, the forecast as it stood when the month was
// lag−1 months ahead, against the sales in force.
func expect(r *honne.Record, months []honne.Month, lag int) expected {
	money, pieces := expectOn(r, months, lag, true), expectOn(r, months, lag, false)
	if len(pieces.months) > len(money.months) {
		return pieces
	}
	return money
}

func expectOn(r *honne.Record, months []honne.Month, lag int, amount bool) expected {
	e := expected{amount: amount}
	sales, scope := Monthly(r, honne.Sales), scopes(r)
	for _, m := range months {
		before := bookMonth(r, m-honne.Month(lag-1)).From
		f, from := standing(r, scope, m, before, amount)
		a := sales.Figure(m, amount)
		if !f.Known || !a.Known {
			continue
		}
		e.months = append(e.months, m)
		e.forecast = append(e.forecast, float64(f.N))
		e.actual = append(e.actual, float64(a.N))
		e.versions = append(e.versions, from)
	}
	return e
}

func scopes(r *honne.Record) map[honne.SubmissionID]string {
	out := make(map[honne.SubmissionID]string, len(r.Deliveries))
	for _, d := range r.Deliveries {
		out[d.Submission] = d.Scope
	}
	return out
}

// standing is the forecast of a month as known before a day: the newest version
// of each scope.
func standing(r *honne.Record, scope map[honne.SubmissionID]string, m honne.Month, before honne.Date, amount bool) (f honne.Figure, from []honne.SubmissionID) {
	newest := map[string]*honne.Vintage{}
	var order []string
	for i := range r.Vintages {
		v := &r.Vintages[i]
		if v.Series != honne.Forecast || v.Month != m || v.Made.Day() == 0 || v.Made.Day() >= before {
			continue
		}
		s := scope[v.Submission]
		if newest[s] == nil {
			order = append(order, s)
		}
		if newest[s] == nil || later(v, newest[s]) {
			newest[s] = v
		}
	}
	for _, s := range order {
		v := newest[s]
		f = f.Plus(on(honne.MonthTotal{Quantity: v.Quantity, Amount: v.Amount}, amount))
		from = append(from, v.Submission)
	}
	return f, from
}

// since is what is left without the months before the first.
func (e expected) since(first honne.Month) expected {
	for len(e.months) > 0 && e.months[0] < first {
		e.months, e.forecast, e.actual, e.versions = e.months[1:], e.forecast[1:], e.actual[1:], e.versions[1:]
	}
	return e
}

// result holds the terms of a bias, and says them.
func (e expected) result(r *honne.Record, bias, wape float64) honne.Result {
	f, a := total(e.forecast), total(e.actual)
	return honne.Result{
		Known: true, Value: bias, Unit: honne.UnitGrowth, N: len(e.months), Period: covering(e.months),
		Numerator:   sum(r, "term.forecast-before", f, e.amount, e.selection()),
		Denominator: sum(r, "term.sales", a, e.amount, Choose(honne.Sales, e.months, e.amount)),
		Because: []honne.Message{honne.Say("because.forecast-bias", honne.Growth("bias", bias), honne.Ratio("wape", wape),
			honne.Count("months", len(e.months)), said(r, "forecast", f, e.amount), said(r, "sales", a, e.amount))},
	}
}

// lag3 are bias and error of forecasts as they stood three months ahead.
func (e expected) lag3(least int) []honne.Further {
	bias, wape := stat.BiasWAPE(e.forecast, e.actual)
	if len(e.months) < least || !finite(bias) {
		return nil
	}
	return []honne.Further{part("lag3", bias, honne.UnitGrowth), part("lag3-wape", wape, honne.UnitRatio)}
}

// selection selects each month in the versions that were standing before it.
func (e expected) selection() []honne.Selection {
	var out []honne.Selection
	for i, m := range e.months {
		s := honne.Selection{Series: honne.Forecast, Period: m.Period(), Amount: e.amount, Submissions: slices.Clone(e.versions[i])}
		slices.Sort(s.Submissions)
		out = append(out, s)
	}
	return out
}

func (e expected) parts(bias, wape float64) []honne.Further {
	out := []honne.Further{part("abs", math.Abs(bias), honne.UnitRatio), part("wape", wape, honne.UnitRatio)}
	var diff, size, share float64
	positive := true
	for i, a := range e.actual {
		d := e.forecast[i] - a
		diff += d
		size += math.Abs(d)
		if positive = positive && a > 0; positive {
			share += math.Abs(d) / a
		}
	}
	n := float64(len(e.actual))
	if size > 0 {
		out = append(out, part("tracking", diff/(size/n), honne.UnitIndex))
	}
	if positive {
		out = append(out, part("mape", share/n, honne.UnitRatio))
	}
	return out
}

// sameSign counts the misses of the last four months that point the same way.
func (e expected) sameSign(floor float64) int {
	over, under := 0, 0
	for i := max(0, len(e.actual)-4); i < len(e.actual); i++ {
		d, limit := e.forecast[i]-e.actual[i], floor*math.Abs(e.actual[i])
		if d > limit {
			over++
		} else if d < -limit {
			under++
		}
	}
	return max(over, under)
}

func (e expected) within(p honne.Period) (f, a []float64) {
	for i, m := range e.months {
		if p.Contains(m.First()) {
			f, a = append(f, e.forecast[i]), append(a, e.actual[i])
		}
	}
	return f, a
}

func (e expected) quarter(q honne.Period) (float64, bool) {
	f, a := e.within(q)
	bias, _ := stat.BiasWAPE(f, a)
	return bias, len(f) == 3
}

func (e expected) yearBefore(months []honne.Month, least int) *float64 {
	f, a := e.within(covering(shifted(months, -12)))
	bias, _ := stat.BiasWAPE(f, a)
	return baseline(bias, len(f) >= least)
}

func total(x []float64) (n int64) {
	for _, v := range x {
		n += int64(v)
	}
	return n
}
