package report

import (
	"fmt"

	"honne"
)

// sample is a picture with something of everything: figures, levels, our own
// part, a missing month, a revised one, and much that is not known.
func sample() honne.Picture {
	april := honne.NewMonth(2026, 4)
	months := func(a, b int) honne.Period { return honne.Months(april+honne.Month(a), april+honne.Month(b)) }
	term := func(id string, minor int64, s honne.Series, p honne.Period) honne.Term {
		return honne.Term{Label: honne.Say(id), Money: honne.Money{Minor: minor, Currency: honne.JPY},
			Select: []honne.Selection{{Series: s, Period: p, Amount: true}}}
	}
	growth, now, then, r1 := 0.029, 0.220, 0.234, 0.6
	k := honne.KPIs{Sales: term("term.sales", 288_000_000, honne.Sales, months(0, 6)), PlanAgreed: true, PlanOf: honne.Target,
		Plan:  term("term.plan-agreed", 324_000_000, honne.Target, months(0, 6)),
		Prior: term("term.prior", 280_000_000, honne.Sales, months(-12, -6)), Growth: &growth, SameMonths: true,
		Market: &honne.Range3{Low: .08, Base: .094, High: .11, Source: "MedMarket 2026, p. 12"}, ShareNow: &now, ShareThen: &then,
		Outlook:  term("term.outlook", 560_000_000, honne.Forecast, months(7, 11)),
		YearPlan: term("term.plan-agreed", 580_000_000, honne.Target, months(0, 11)),
		Pace:     yen(524_000_000), PaceKnown: true, Kept: 4, Revised: 3, RevisedUp: 1, Explained: 2}
	k.Formulas = sampleFormulas(k, term("series.market", 1_309_000_000, honne.Market, months(0, 6)))
	return honne.Picture{
		Distributor: honne.Distributor{Profile: honne.Profile{Name: "Miyako Medical Shokai", NameJA: "株式会社都メディカル商会"}},
		AsOf:        honne.NewDate(2026, 11, 22), Currency: honne.JPY, Playbook: "japan@5", FiscalYear: 2026, Period: months(0, 6),
		Message: honne.Say("message.grew-below-market.under-plan", honne.Growth("sales", 0.029), honne.Growth("market", 0.094),
			honne.Count("under", 5), honne.Count("months", 6), honne.Word("plan", "series.target")),
		OurSide:  []honne.Message{honne.Say("report.our-part")},
		Months:   sampleMonths(april),
		Coverage: honne.Coverage{Months: 18, From: april - 12, To: april + 6, Missing: []honne.Month{april + 4}},
		KPIs:     k,
		Strip:    sampleStrip(k, months(0, 6)),
		Pace: honne.Pace{Known: true, LostPace: yen(18_000_000), PlanAbove: yen(18_000_000),
			Say: honne.Say("strip.pace.lost.above", honne.Amount("lost", yen(18_000_000)), honne.Amount("above", yen(18_000_000)))},
		Measures:   sampleMeasures(months),
		Signs:      sampleSigns(april),
		Dependency: honne.Dependency{Known: true, Index: 41.3, Band: "watch", Parts: [5]*float64{&r1}, Why: []honne.Message{honne.Say("dependency.r2.unknown")}},
		Outcome: honne.Outcome{Recommendation: honne.AuditIncomplete, Trace: []honne.Message{honne.Say("outcome.audit-incomplete",
			honne.Count("rated", 0), honne.Count("dimensions", 10))}},
		Questions: []honne.Question{{EN: "Which customers stand behind the line “undisclosed”? We would like to plan visits together.",
			JA: "「非開示」の納入先について、差し支えのない範囲でお教えいただけますでしょうか。訪問計画をご一緒に作りたいと考えております。", Because: []string{"visibility-index", "completeness"}}},
		Next:    []honne.Ask{{Give: honne.NeedShipments, Unlocks: []string{"stock-cover", "stock-equation"}}, {Give: honne.NeedMail, Unlocks: []string{"response-time"}, Form: true}},
		Overall: "look-closer",
	}
}

func sampleMonths(april honne.Month) []honne.MonthView {
	actual := []int64{38_200_000, 41_500_000, 44_800_000, 40_100_000, 0, 48_964_000, 74_436_000}
	var out []honne.MonthView
	for i := range 12 {
		m := honne.MonthView{Month: april + honne.Month(i), Plan: honne.Known(48_000_000), PlanOf: honne.Target, Agreed: true,
			Prior: honne.Known(40_000_000), PriorOf: honne.Sales}
		switch {
		case i == 4: // there is a forecast; the month differs from its plan by nothing known
			m.Forecast = honne.Known(55_000_000)
			m.Missing, m.Owed = true, honne.NewDate(2026, 9, 14)
		case i < len(actual):
			m.Actual = honne.Known(actual[i])
		default:
			m.Forecast = honne.Known(52_000_000)
		}
		if i == 5 {
			m.Revised, m.First = true, honne.Known(51_620_000)
		}
		out = append(out, m)
	}
	return out
}

func sampleMeasures(months func(a, b int) honne.Period) []honne.Judged {
	var out []honne.Judged
	for _, id := range honne.AllMeasures[:10] {
		out = append(out, honne.Judged{Result: honne.Result{Measure: id, Needs: []honne.Need{honne.NeedMail}}, Band: honne.UnknownBand})
	}
	out[3].Why = honne.Say("dependency.r1.unknown")
	set := func(i int, band honne.Band, r honne.Result) {
		r.Measure, r.Known, r.Period = honne.AllMeasures[i], true, months(0, 6)
		r.Evidence = []honne.Selection{{Series: honne.Sales, Period: r.Period, Amount: true, Product: r.Measure.Slug}}
		out[i] = honne.Judged{Result: r, Band: band}
	}
	set(0, honne.High, honne.Result{Value: 0.888889, Unit: honne.UnitRatio, N: 6,
		Because:     []honne.Message{honne.Say("outcome.signs-corrective", honne.Count("high", 2))},
		Confounders: []honne.Message{honne.Say("reason.returns"), honne.Say("reason.closing-day")}})
	set(1, "", honne.Result{Value: 0.029, Unit: honne.UnitGrowth, N: 6, Parts: []honne.Further{{Name: "short", Value: 1, Flag: true}, {Name: "as-stated", Flag: true}}})
	set(2, honne.Watch, honne.Result{Value: -0.065, Unit: honne.UnitPoints, N: 6})
	set(7, honne.Clear, honne.Result{Value: 0.571429, Unit: honne.UnitRatio, N: 7, Numerator: honne.Term{Count: 4}, Denominator: honne.Term{Count: 7}})
	set(8, honne.UnknownBand, honne.Result{Value: 2, Unit: honne.UnitDays, N: 7})
	out[8].TooEarly = honne.Say("judged.too-early", honne.Count("known", 3), honne.Count("in", 4))
	return out
}

func sampleSigns(april honne.Month) []honne.Sign {
	signs := []honne.Sign{
		{ID: honne.AllSigns[1], Level: honne.High, Since: april + 2, OurSide: true, Headline: honne.AllMeasures[0],
			Because:  []honne.Message{honne.Say("outcome.signs-corrective", honne.Count("high", 2))},
			Evidence: []honne.Selection{{Series: honne.Sales, Amount: true, Product: "plan-attainment"}}},
		{ID: honne.AllSigns[3], Level: honne.Clear, Headline: honne.AllMeasures[2]}}
	return append(signs, honne.Sign{ID: honne.AllSigns[0], Level: honne.UnknownBand, Needs: []honne.Need{honne.NeedEndUsers, honne.NeedMail}})
}

// evidence opens a selection to two invented files.
func evidence(list []honne.Selection) (ranges []string, more int) {
	for _, s := range list {
		ranges = append(ranges, fmt.Sprintf("%s-%s.xlsx!売上!H6:H%d", s.Series, s.Period.From.Month(), 40+len(s.Product)))
	}
	return append(ranges, "年間まとめ.xlsx!一覧!C4", "extra.csv!B2"), 3
}

func yen(n int64) honne.Money { return honne.Money{Minor: n, Currency: honne.JPY} }

// sampleFormulas are how the figures of the strip come about.
func sampleFormulas(k honne.KPIs, market honne.Term) []honne.Formula {
	of := func(id string, steps ...honne.Step) honne.Formula { return honne.Formula{ID: id, Steps: steps} }
	return []honne.Formula{
		of("difference", honne.Step{Term: k.Sales}, honne.Step{Op: honne.Minus, Term: k.Plan}),
		of("growth", honne.Step{Term: k.Sales}, honne.Step{Op: honne.Dividing, Term: k.Prior}, honne.Step{Op: honne.Minus, Number: 1}),
		of("market", honne.Step{Number: 0.094, Source: k.Market.Source}),
		of("gap", honne.Step{Formula: "growth"}, honne.Step{Op: honne.Minus, Formula: "market"}),
		of("share", honne.Step{Term: k.Sales}, honne.Step{Op: honne.Dividing, Term: market}),
		of("outlook", honne.Step{Term: k.Outlook}),
		of("kept", honne.Step{Term: k.Sales}),
	}
}

func sampleStrip(k honne.KPIs, p honne.Period) []honne.KeyFigure {
	return []honne.KeyFigure{
		{ID: "sales", Label: honne.Say("strip.sales", honne.Over("period", p)), Known: true, Value: float64(k.Sales.Money.Minor), Unit: honne.UnitMoney,
			Cells: k.Sales.Select, Lines: []honne.KeyLine{{Say: honne.Say("strip.plan", honne.Amount("plan", k.Plan.Money)), Cells: k.Plan.Select},
				{Say: honne.Say("strip.under", honne.Amount("amount", yen(36_000_000)), honne.Ratio("share", 0.111)), Tone: -1, Opens: "difference"}}},
		{ID: "growth", Label: honne.Say("strip.growth"), Known: true, Value: *k.Growth, Unit: honne.UnitGrowth, Opens: "growth", Lines: []honne.KeyLine{
			{Say: honne.Say("strip.market", honne.Growth("growth", k.Market.Base)), Opens: "market", Source: k.Market.Source},
			{Say: honne.Say("strip.gap", honne.Points("gap", -0.065)), Tone: -1, Opens: "gap"}}},
		{ID: "share", Label: honne.Say("strip.share"), Known: true, Value: *k.ShareNow, Unit: honne.UnitRatio, Opens: "share"},
		{ID: "outlook", Label: honne.Say("strip.outlook"), Known: true, Value: float64(k.Outlook.Money.Minor), Unit: honne.UnitMoney, Opens: "outlook",
			Lines: []honne.KeyLine{{Say: honne.Say("strip.pace", honne.Amount("pace", k.Pace))}}},
		{ID: "kept", Label: honne.Say("strip.kept"), Known: true, Value: 0.571429, Unit: honne.UnitRatio, Of: [2]int{4, 7}, Opens: "kept",
			Lines: []honne.KeyLine{{Say: honne.Say("strip.revised", honne.Count("n", 3), honne.Count("up", 1)), Opens: "kept"}}},
	}
}
