package measure

import (
	"slices"

	"honne"
)

func growthGap() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-03", Slug: "growth-gap"},
		Doc: `Growth gap: growth (as measured by growth) − growth of the market over the same months, in points.
The market is a dated series, and where it ends some months before the reports, as statistics do, the months compared end with it; else the newest estimate in the log whose twelve months end at most a year earlier, else the range that was answered.
Parts: market (and market-low, market-high of a range), low and high
(the gap to the fastest and to the slowest market), execution-gap = S(t−1)·(1+g_market) − S(t) in money, share and share-then where the
market's size is known, of-potential (and of-potential-low, -high: sales of the twelve months of the newest estimate in yen ÷ the estimate), short, by-chance (single sales could make the gap), besides-ours (the gap of what no act of ours can explain: other months than those of a late delivery, all but a product given up or customers taken over). Minimum: figures of four quarters, counted over both years, and a market. Source: domain 3.5 S-03.`,
		Params: []Param{{"least", 6, "months that are known in both years without which nothing is said"},
			{"least-besides", 6, "months that no late delivery of ours can explain, from which on they are judged by themselves"},
			{"lag", 4, "months by which the market's figures may end before the reports"}},
		Needs:       []honne.Need{honne.NeedSales, honne.NeedSalesHistory, honne.NeedMarketGrowth},
		Confounders: []string{"confounder.market-definition"},
		Run:         runGrowthGap,
	}
}

// MarketGrowth returns the growth of the market over some months against a year
// earlier: from a market series that holds all of them, else the range that was
// answered. ok is false when nothing is known.
func MarketGrowth(r *honne.Record, months []honne.Month) (g honne.Range3, measured, ok bool) {
	for _, amount := range []bool{true, false} {
		if now, then, ok := marketSize(r, months, amount); ok {
			x := ratio(now, then) - 1
			return honne.Range3{Low: x, Base: x, High: x}, true, true
		}
	}
	if e, ok := estimated(r, months); ok {
		return e.Range3, false, true
	}
	if m := r.Distributor.Profile.MarketGrowth; m != nil {
		return *m, false, true
	}
	return g, false, false
}

// estimated is the newest estimate of the market's growth that speaks of some
// months: its twelve months end at most a year before the last of them.
func estimated(r *honne.Record, months []honne.Month) (best honne.MarketGrowth, ok bool) {
	if len(months) == 0 {
		return best, false
	}
	last := months[len(months)-1]
	for _, g := range r.Log.MarketGrowths() {
		if g.Start <= last && g.Start+11 >= last-12 && (!ok || g.Start >= best.Start) {
			best, ok = g, true
		}
	}
	return best, ok
}

// potential are the parts that set sales against the newest estimate of the
// market's size in yen of which all twelve months of sales are known: its range
// is that of the estimate.
func potential(r *honne.Record, sales Track) []honne.Further {
	for _, e := range slices.Backward(r.Log.Estimates) {
		n, whole := sales.whole(span(e.Start, e.Start+11), true)
		if e.Unit != honne.EstimateYen || e.Base == nil || *e.Base <= 0 || !whole || r.Currency != honne.JPY {
			continue
		}
		out := []honne.Further{part("of-potential", float64(n) / *e.Base, honne.UnitRatio)}
		for _, end := range [...]struct {
			name string
			size *float64
		}{{"of-potential-high", e.Low}, {"of-potential-low", e.High}} {
			if end.size != nil && *end.size > 0 {
				out = append(out, part(end.name, float64(n) / *end.size, honne.UnitRatio))
			}
		}
		return out
	}
	return nil
}

// marketSize sums the market over some months and over those a year earlier; ok
// is false when one of them is unknown, or there was no market.
func marketSize(r *honne.Record, months []honne.Month, amount bool) (now, then int64, ok bool) {
	market := Monthly(r, honne.Market)
	now, a := market.whole(months, amount)
	then, b := market.whole(shifted(months, -12), amount)
	return now, then, a && b && now > 0 && then > 0
}

// MarketTerms returns the size of the market over some months and over those a
// year earlier, in money or in pieces, with their cells; ok is false when either
// is not known for all of the months.
func MarketTerms(r *honne.Record, months []honne.Month, amount bool) (now, then honne.Term, ok bool) {
	a, b, ok := marketSize(r, months, amount)
	return sum(r, "series.market", a, amount, Choose(honne.Market, months, amount)),
		sum(r, "series.market", b, amount, Choose(honne.Market, shifted(months, -12), amount)), ok
}

func runGrowthGap(r *honne.Record, p Params) honne.Result {
	y := yearsOf(r)
	if len(reported(r, y.sales)) == 0 {
		return unknown(honne.Say("why.growth-gap.no-sales"), honne.NeedSales)
	}
	c, ok := y.grown(r, p.count("least"))
	if !ok {
		return unknown(honne.Say("why.growth-gap.no-year-before"), honne.NeedSalesHistory)
	}
	c, lag := y.besideMarket(r, c, p.count("least"), p.count("lag"))
	market, measured, ok := MarketGrowth(r, c.Months)
	if !ok {
		return unknown(noMarket(r, c.Months), honne.NeedMarketGrowth)
	}
	res := gapTo(r, c, market)
	if lag > 0 {
		res.Because = append(res.Because, honne.Say("because.growth-gap.lag", honne.InMonth("month", c.Months[len(c.Months)-1])))
	}
	tellMarket(r, &res, c, measured)
	res.History = history(r, c.Months[len(c.Months)-1], func(q honne.Period) (float64, bool) {
		g, ok := y.quarter(q)
		m, known := datedMarket(r, monthsOf(q))
		return g - m.Base, ok && known
	})
	res.Baseline = y.gapBefore(r, c)
	res.Parts = append(res.Parts, potential(r, y.sales)...)
	if res.Value < 0 {
		res.Because = append(res.Because, events(r, res.Period, marketKinds()...)...)
		res.OurSide = events(r, res.Period, honne.EventOurShort, honne.EventRecall, honne.EventOurEnd, honne.EventOurDirect)
		y.besides(&res, r, c, p.count("least-besides"))
	}
	return res
}

// besideMarket is the comparison up to the last month of a market series that holds all of
// its months and ends at most some months before the one given, and how many; the one given
// where there is none.
func (y years) besideMarket(r *honne.Record, c Comparison, least, most int) (Comparison, int) {
	known := reported(r, Monthly(r, honne.Market))
	if len(known) == 0 {
		return c, 0
	}
	lag := int(c.Months[len(c.Months)-1] - known[len(known)-1])
	if lag <= 0 || lag > most {
		return c, 0
	}
	then, ok := y.upTo(known[len(known)-1], least)
	if _, measured, _ := MarketGrowth(r, then.Months); !ok || !measured {
		return c, 0
	}
	return then, lag
}

// noMarket says why the growth of the market is not known: no figures of it, or of which
// of the months none.
func noMarket(r *honne.Record, months []honne.Month) honne.Message {
	known := reported(r, Monthly(r, honne.Market))
	missing := slices.DeleteFunc(slices.Concat(shifted(months, -12), months), func(m honne.Month) bool { return slices.Contains(known, m) })
	if len(known) == 0 || len(missing) == 0 {
		return honne.Say("why.growth-gap.no-market")
	}
	return honne.Say("why.growth-gap.other-months", honne.Count("n", len(missing)), honne.InMonth("first", missing[0]), honne.Over("period", covering(months)))
}

// gapTo is the gap of a comparison to a market, with its terms.
func gapTo(r *honne.Record, c Comparison, market honne.Range3) honne.Result {
	gap := c.Growth() - market.Base
	res := honne.Result{Known: true, Value: gap, Unit: honne.UnitPoints, N: len(c.Months), Period: covering(c.Months),
		Parts: append(marketParts(market, c), flag("short", c.Short), flag("by-chance", c.ByChance(r, market.Base))),
		Because: []honne.Message{honne.Say("because.growth-gap", honne.Growth("growth", c.Growth()),
			honne.Growth("market", market.Base), honne.Points("gap", gap), honne.Over("period", covering(c.Months)))}}
	res.Numerator, res.Denominator = c.Terms(r)
	res.Evidence = selections(res.Numerator, res.Denominator)
	if c.Amount {
		miss := float64(float64(c.Then)*(1+market.Base)) - float64(c.Now)
		res.Parts = append(res.Parts, part("execution-gap", miss, honne.UnitMoney))
	}
	return res
}

// tellMarket says on what the growth of the market rests: a series, which tells shares of it
// too, or somebody's estimate.
func tellMarket(r *honne.Record, res *honne.Result, c Comparison, measured bool) {
	if measured {
		res.Evidence = slices.Concat(res.Evidence, Choose(honne.Market, c.Months, true), Choose(honne.Market, shifted(c.Months, -12), true))
		res.Parts = append(res.Parts, shares(r, c)...)
		return
	}
	if e, ok := estimated(r, c.Months); ok {
		res.Evidence = append(res.Evidence, fromLog(honne.Period{}, honne.EntryEstimate)...)
		res.Because = append(res.Because, honne.Say("because.growth-gap.estimate", honne.Text("what", e.What), honne.Over("period", honne.Months(e.Start, e.Start+11)),
			honne.Growth("low", e.Low), honne.Growth("high", e.High), honne.Text("source", e.Source)))
	}
}

// besides adds the gap of what no act of ours can explain: of the other months, and of
// all but what we gave up, where there are enough of them and chance did not make it.
func (y years) besides(res *honne.Result, r *honne.Record, c Comparison, least int) {
	months, ok := besidesOurs(r, c.Months)
	if !ok || len(months) < least {
		return
	}
	g, apart := givenUpIn(r, c.Months)
	if apart {
		y = g.without(r)
	}
	rest, ok := y.compare(months)
	market, _, known := MarketGrowth(r, months)
	gap := rest.Growth() - market.Base
	if !ok || !known || len(rest.Months) < len(months) {
		return
	}
	switch {
	case apart:
		res.Because = append(res.Because, honne.Say("because.growth-gap.apart", g.said(), honne.Growth("growth", rest.Growth()), honne.Points("gap", gap)))
	case gap < 0:
		res.Because = append(res.Because, honne.Say("because.growth-gap.besides", honne.Count("months", len(months)), honne.Points("gap", gap)))
	}
	if !rest.ByChance(r, market.Base) {
		res.Parts = append(res.Parts, part("besides-ours", gap, honne.UnitPoints))
	}
}

// datedMarket is the growth of the market that speaks of some months: a series, or
// an estimate of these months. The range that was answered once speaks of today.
func datedMarket(r *honne.Record, months []honne.Month) (honne.Range3, bool) {
	if g, measured, _ := MarketGrowth(r, months); measured {
		return g, true
	}
	g, ok := estimated(r, months)
	return g.Range3, ok
}

// gapBefore is the gap of the same months a year earlier, nil where either growth
// is not known for all of them.
func (y years) gapBefore(r *honne.Record, now Comparison) *float64 {
	months := shifted(now.Months, -12)
	c, ok := y.compare(months)
	m, known := datedMarket(r, months)
	return baseline(c.Growth()-m.Base, ok && known && len(c.Months) == len(months))
}

func marketParts(g honne.Range3, c Comparison) []honne.Further {
	return []honne.Further{part("market", g.Base, honne.UnitGrowth),
		part("market-low", g.Low, honne.UnitGrowth), part("market-high", g.High, honne.UnitGrowth),
		part("low", c.Growth()-g.High, honne.UnitPoints), part("high", c.Growth()-g.Low, honne.UnitPoints)}
}

// marketFell reports whether the market of some months is measured and fell, and
// sales of the same months fell no more, or by no more than single sales could make
// while the market makes up more than half of their fall.
func marketFell(r *honne.Record, months []honne.Month) bool {
	market, measured, ok := MarketGrowth(r, months)
	y := yearsOf(r)
	c, compared := y.compare(months)
	chance := func() bool {
		return 2*market.Base <= c.Growth() && c.ByChance(r, market.Base)
	}
	return ok && measured && compared && len(c.Months) == len(months) && market.Base < 0 && (c.Growth() >= market.Base || chance())
}

// Shares returns the share of the market now and a year earlier; ok is false
// when the market's size is not known for all of the months.
func Shares(r *honne.Record, c Comparison) (now, then float64, ok bool) {
	a, b, ok := marketSize(r, c.Months, c.Amount)
	if !ok {
		return 0, 0, false
	}
	return ratio(c.Now, a), ratio(c.Then, b), true
}

func shares(r *honne.Record, c Comparison) []honne.Further {
	now, then, ok := Shares(r, c)
	if !ok {
		return nil
	}
	return []honne.Further{part("share", now, honne.UnitRatio), part("share-then", then, honne.UnitRatio)}
}
