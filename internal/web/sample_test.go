package web

import (
	"log/slog"
	"testing"
	"time"

	"honne"
	"honne/internal/lang"
)

// noon is the clock of every test.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, honne.Japan)

func load(t testing.TB) *lang.Catalogues {
	t.Helper()
	c, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// bare is an application without a store: enough to render a page.
func bare(t testing.TB) *app {
	t.Helper()
	a := &app{Config: Config{Languages: load(t), Now: func() time.Time { return noon }, Log: slog.New(slog.DiscardHandler)}}
	var err error
	if a.assets, err = loadAssets(a.Languages); err != nil {
		t.Fatal(err)
	}
	if a.pages, err = parsePages(a.Languages, a.assets); err != nil {
		t.Fatal(err)
	}
	return a
}

func yen(n int64) honne.Money { return honne.Money{Minor: n * 1_000_000, Currency: honne.JPY} }

func share(f float64) *float64 { return &f }

// samplePicture is the invented partner of the design's own drawings.
func samplePicture() (honne.Distributor, honne.Picture) {
	exclusive := true
	d := honne.Distributor{ID: 1, Slug: "miyako-medical", Sample: true, Profile: honne.Profile{
		Name: "Miyako Medical Shokai K.K.", NameJA: "株式会社みやこメディカル商会", Since: honne.NewDate(2014, 4, 1),
		Contract: honne.Contract{Exclusive: &exclusive, Territory: "East Japan", Ends: honne.NewDate(2027, 3, 31), NoticeDays: 90}}}
	p := honne.Picture{Distributor: d, AsOf: honne.NewDate(2026, 11, 22), Currency: honne.JPY, Playbook: "japan@1", FiscalYear: 2026,
		Period:  honne.Months(honne.NewMonth(2026, 4), honne.NewMonth(2026, 10)),
		Message: honne.Say("message.sales-only", honne.Amount("sales", yen(288)), honne.Over("period", honne.Months(honne.NewMonth(2026, 4), honne.NewMonth(2026, 10))))}
	p.Months = sampleMonths()
	term := func(n int64, s honne.Series) honne.Term {
		return honne.Term{Label: honne.Say("series." + string(s)), Money: yen(n), Select: []honne.Selection{{Series: s, Period: p.Period, Amount: true}}}
	}
	p.KPIs = honne.KPIs{Sales: term(288, honne.Sales), Plan: term(324, honne.Target), PlanAgreed: true, Prior: term(280, honne.Sales),
		Growth: share(0.029), Market: &honne.Range3{Low: 0.08, Base: 0.094, High: 0.1, Source: "MHLW"}, ShareNow: share(0.22), ShareThen: share(0.234),
		Outlook: term(560, honne.Forecast), YearPlan: term(590, honne.Target), Pace: yen(524), PaceKnown: true, Kept: 4, Revised: 3, Explained: 2}
	p.Pace = honne.Pace{Known: true, Market: yen(306), LostPace: yen(18), PlanAbove: yen(18)}
	p.Measures = sampleMeasures(p)
	p.Signs = sampleSigns(p)
	p.Dependency = honne.Dependency{Known: true, Index: 78, Band: "dependent", Parts: [5]*float64{share(0.68), share(0.92), nil, share(0.8), share(0.88)}}
	p.OurSide = []honne.Message{honne.Say("reason.own-side")}
	p.Questions = []honne.Question{{EN: "Could you share what changed in the September figure?", JA: "9月の数値の更新について、背景をお聞かせいただけますと幸いです。", Because: []string{"restatement"}}}
	p.Next = []honne.Ask{{Give: honne.NeedShipments, Unlocks: []string{"stock-cover", "stock-equation", "quarter-end-loading"}},
		{Give: honne.NeedAgreedTargets, Unlocks: []string{"plan-attainment"}}, {Give: honne.NeedMail, Unlocks: []string{"response-time", "initiative"}}}
	p.Overall = "act"
	return d, p
}

func sampleMonths() []honne.MonthView {
	actual := []int64{40, 41, 43, 42, 35, 49, 38}
	plan := []int64{42, 44, 48, 46, 44, 52, 48, 50, 54, 46, 50, 66}
	forecast := []int64{0, 0, 0, 0, 0, 0, 0, 49, 56, 47, 51, 69}
	prior := []int64{38, 40, 41, 40, 37, 46, 38, 45, 50, 42, 46, 63}
	var out []honne.MonthView
	for i := range 12 {
		m := honne.MonthView{Month: honne.NewMonth(2026, 4+i), Agreed: true, Plan: honne.Known(plan[i] * 1e6), Prior: honne.Known(prior[i] * 1e6), PriorOf: honne.Sales}
		if i < len(actual) {
			m.Actual = honne.Known(actual[i] * 1e6)
		} else {
			m.Forecast = honne.Known(forecast[i] * 1e6)
		}
		if i == 2 || i == 4 || i == 5 {
			m.Revised, m.First = true, honne.Known((actual[i]+2)*1e6)
		}
		out = append(out, m)
	}
	return out
}

func sampleMeasures(p honne.Picture) []honne.Judged {
	var out []honne.Judged
	for i, id := range honne.AllMeasures {
		j := honne.Judged{Result: honne.Result{Measure: id}, Band: honne.UnknownBand}
		if i%3 != 2 {
			j.Known, j.Value, j.Unit, j.Band = true, 0.38, honne.UnitRatio, honne.Watch
			j.Baseline = share(0.68)
			for q, v := range []float64{0.7, 0.71, 0.68, 0.67, 0.6, 0.52, 0.45, 0.38} {
				m := honne.NewMonth(2024, 10+3*q)
				j.History = append(j.History, honne.Point{Period: honne.Months(m, m+2), Value: v})
			}
			j.Numerator, j.Denominator = p.KPIs.Sales, p.KPIs.Plan
		} else {
			j.Needs = []honne.Need{honne.NeedMail}
		}
		out = append(out, j)
	}
	return out
}

func sampleSigns(p honne.Picture) []honne.Sign {
	levels := []honne.Band{honne.High, honne.High, honne.Watch, honne.Watch, honne.Clear, honne.UnknownBand, honne.UnknownBand}
	var out []honne.Sign
	for i, id := range honne.AllSigns {
		s := honne.Sign{ID: id, Level: levels[i], Headline: p.Measures[3*i].Measure, Measures: []honne.MeasureID{p.Measures[3*i].Measure}}
		if levels[i] == honne.UnknownBand {
			s.Needs = []honne.Need{honne.NeedPulse}
		} else {
			s.Since = honne.NewMonth(2026, 8)
		}
		out = append(out, s)
	}
	return out
}
