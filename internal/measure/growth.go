package measure

import (
	"slices"

	"honne"
)

func growth() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-02", Slug: "growth"},
		Doc: `Growth: sales of the last four quarters ÷ the four before − 1; the four quarters end with the last reported month.
With less than eight quarters: the last up to twelve months that are known a year earlier too (part short = 1), at least three;
a year earlier may be the figure that the partner states today (part as-stated = 1). The short form is at most to watch. Minimum: three equal months.
Products that fell by more than single sales explain, while the others did not, are named beside it, and so are branches or regions
that fell in the last months, where all that is reported names one.
Parts: units (the same in pieces; absent where what they cost tells of two units), short, as-stated. History: each quarter against the same quarter a year earlier. Source: domain 3.5 S-02.`,
		Params: []Param{{"least", 3, "months that are known in both years without which nothing is said"},
			{"lately", 6, "months up to the last in which branches are set against the year before"},
			{"beyond", 1.5, "how much more than chance a fall of one product or branch has to be: several are looked at, and one falls sooner than the whole"}},
		Needs:       []honne.Need{honne.NeedSales, honne.NeedSalesHistory},
		Confounders: []string{"confounder.launch", "confounder.consignment-switch"},
		Run:         runGrowth,
	}
}

// Comparison sets the sales of some months against those a year earlier.
type Comparison struct {
	Months    []honne.Month
	Told      []honne.Month // those of which a year earlier is as the partner states it today
	Now, Then int64
	Amount    bool
	Short     bool // less than eight quarters
}

// Stated reports whether a year earlier is, in part, as the partner states it
// today.
func (c Comparison) Stated() bool { return len(c.Told) > 0 }

// Growth returns Now ÷ Then − 1.
func (c Comparison) Growth() float64 { return ratio(c.Now, c.Then) - 1 }

// ByChance reports whether single sales, by their sizes, could have made the difference
// between growth and that of a market.
func (c Comparison) ByChance(r *honne.Record, market float64) bool {
	sales := Monthly(r, honne.Sales)
	return Chance(c.Growth()-market, Singles(r, sales, c.Months, float64(c.Now), c.Amount),
		Singles(r, sales, shifted(c.Months, -12), float64(c.Then), c.Amount))
}

// Compare sets the given months against a year earlier: our record of that
// time, else the partner's 前年 column. Months of which either side is unknown
// are left out; ok is false when none is left or nothing was sold then.
func Compare(r *honne.Record, months []honne.Month) (c Comparison, ok bool) {
	return yearsOf(r).compare(months)
}

// years are the sales, and those of a year before as they are stated.
type years struct{ sales, stated Track }

func yearsOf(r *honne.Record) years {
	return years{Monthly(r, honne.Sales), Monthly(r, honne.PriorYear)}
}

func (y years) compare(months []honne.Month) (c Comparison, ok bool) {
	money, pieces := y.on(months, true), y.on(months, false)
	if len(pieces.Months) > len(money.Months) {
		money = pieces
	}
	return money, len(money.Months) > 0 && money.Then > 0
}

func (y years) on(months []honne.Month, amount bool) Comparison {
	c := Comparison{Amount: amount}
	for _, m := range months {
		now, then := y.sales.Figure(m, amount), y.sales.Figure(m-12, amount)
		told := !then.Known
		if told {
			then = y.stated.Figure(m, amount)
		}
		if !now.Known || !then.Known {
			continue
		}
		c.Months = append(c.Months, m)
		c.Now += now.N
		c.Then += then.N
		if told {
			c.Told = append(c.Told, m)
		}
	}
	return c
}

// grown is the comparison of the measure: eight quarters, or the short form of at least
// some months.
func (y years) grown(r *honne.Record, least int) (c Comparison, ok bool) {
	months := reported(r, y.sales)
	if len(months) == 0 {
		return c, false
	}
	return y.upTo(months[len(months)-1], least)
}

// upTo is that comparison of the twelve months that end with a given one.
func (y years) upTo(last honne.Month, least int) (c Comparison, ok bool) {
	c, ok = y.compare(span(last-11, last))
	c.Short = len(c.Months) < 12 || c.Stated()
	return c, ok && len(c.Months) >= least
}

func runGrowth(r *honne.Record, p Params) honne.Result {
	y := yearsOf(r)
	if len(reported(r, y.sales)) == 0 {
		return unknown(honne.Say("why.growth.no-sales"), honne.NeedSales)
	}
	c, ok := y.grown(r, p.count("least"))
	if !ok {
		return unknown(honne.Say("why.growth.no-year-before"), honne.NeedSalesHistory)
	}
	res := y.result(r, c)
	last := c.Months[len(c.Months)-1]
	res.History = history(r, last, y.quarter)
	if b, ok := y.compare(shifted(c.Months, -12)); ok && len(b.Months) == len(c.Months) {
		res.Baseline = baseline(b.Growth(), true)
	}
	res.Because = append(res.Because, fallenPlaces(r, last, p)...)
	res.Because = append(res.Because, c.fallenProducts(r, p["beyond"])...)
	res.Because = append(res.Because, events(r, res.Period, honne.EventLaunch)...)
	if c.Now < c.Then {
		res.OurSide = OurPart(r, res.Period)
		res.Because = append(res.Because, events(r, res.Period, marketKinds()...)...)
	}
	return res
}

// result holds both years, in pieces too where these tell the same, and says them.
func (y years) result(r *honne.Record, c Comparison) honne.Result {
	res := honne.Result{Known: true, Value: c.Growth(), Unit: honne.UnitGrowth, N: len(c.Months), Period: covering(c.Months),
		Parts: []honne.Further{flag("short", c.Short), flag("as-stated", c.Stated())},
		Because: []honne.Message{honne.Say("because.growth", honne.Growth("growth", c.Growth()), honne.Over("period", covering(c.Months)),
			said(r, "sales", c.Now, c.Amount), said(r, "before", c.Then, c.Amount))}}
	res.Numerator, res.Denominator = c.Terms(r)
	since, _ := otherUnits(r, slices.Concat(shifted(c.Months, -12), c.Months))
	if u := y.on(c.Months, false); c.Amount && len(u.Months) == len(c.Months) && u.Then > 0 && since == 0 {
		res.Parts = append(res.Parts, part("units", u.Growth(), honne.UnitGrowth))
	}
	if c.Stated() {
		res.Because = append(res.Because, honne.Say("because.growth.as-stated"))
	}
	return res
}

func (y years) quarter(q honne.Period) (float64, bool) {
	c, ok := y.compare(monthsOf(q))
	return c.Growth(), ok && len(c.Months) == 3
}

// Terms returns both sides with their evidence.
func (c Comparison) Terms(r *honne.Record) (now, then honne.Term) {
	now = sum(r, "term.sales", c.Now, c.Amount, Choose(honne.Sales, c.Months, c.Amount))
	label := "term.prior"
	if c.Stated() {
		label = "term.prior-stated"
	}
	ours := slices.DeleteFunc(slices.Clone(c.Months), func(m honne.Month) bool { return slices.Contains(c.Told, m) })
	return now, sum(r, label, c.Then, c.Amount, Choose(honne.PriorYear, c.Told, c.Amount), Choose(honne.Sales, shifted(ours, -12), c.Amount))
}
