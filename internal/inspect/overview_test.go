package inspect

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/measure"
)

// miyako is the distributor of the mock overview, in millions of yen: seven
// months of its year, with forecast, plan, last year and market.
func miyako() honne.Record {
	april := honne.NewMonth(2026, 4)
	series := map[honne.Series][]int64{
		honne.Sales:    {40, 41, 43, 42, 35, 49, 38},
		honne.Target:   {42, 44, 48, 46, 44, 52, 48, 50, 54, 46, 50, 66},
		honne.Forecast: {0, 0, 0, 0, 0, 0, 0, 49, 56, 47, 51, 69},
	}
	prior := []int64{38, 40, 41, 40, 37, 46, 38, 45, 50, 42, 46, 63}
	r := honne.Record{AsOf: honne.NewDate(2026, 11, 22), Currency: honne.JPY}
	r.Distributor.Profile.Reports = []honne.Owed{{Kind: honne.Sales, Every: "month", DueDays: 5}}
	for _, s := range honne.AllSeries {
		f := honne.Facts{Series: s}
		add := func(m honne.Month, millions int64) {
			f.Month, f.Product, f.Version = append(f.Month, m), append(f.Product, -1), append(f.Version, 1)
			f.Amount, f.Quantity = append(f.Amount, honne.Known(millions*1_000_000)), append(f.Quantity, honne.Figure{})
		}
		if s == honne.Sales {
			for i, v := range prior {
				add(april-12+honne.Month(i), v)
			}
		}
		if s == honne.Market {
			for i := range 24 {
				add(april-12+honne.Month(i), []int64{171, 187}[i/12])
			}
		}
		for i, v := range series[s] {
			if v > 0 {
				add(april+honne.Month(i), v)
			}
		}
		if len(f.Month) > 0 {
			r.Facts = append(r.Facts, f)
		}
	}
	for i := range 12 {
		r.Vintages = append(r.Vintages, honne.Vintage{Series: honne.Target, Month: april + honne.Month(i), Agreed: honne.NewDate(2026, 3, 20),
			Made: honne.Receipt{At: honne.NewDate(2026, 3, 20).At(9, 0), Basis: honne.Stated}})
	}
	for _, c := range []struct {
		month  honne.Month
		before int64
		reason honne.Reason
	}{{april + 2, 44, honne.ReasonReturns}, {april + 4, 36, honne.ReasonPrice}, {april + 5, 51, honne.ReasonUnexplained}} {
		now := series[honne.Sales][c.month-april]
		r.Changes = append(r.Changes, honne.Change{Series: honne.Sales, Period: c.month.Period(), Product: -1, Old: 1, New: 10 + honne.SubmissionID(c.month-april),
			Before: honne.Reported{Amount: honne.Known(c.before * 1_000_000)}, After: honne.Reported{Amount: honne.Known(now * 1_000_000)}, Reason: c.reason,
			Received: honne.Receipt{At: (c.month + 1).Last().At(9, 0), Basis: honne.Stated}})
	}
	for i := range 7 {
		r.Deliveries = append(r.Deliveries, honne.Delivery{Submission: honne.SubmissionID(1 + i), Series: honne.Sales, From: honne.Theirs, InForce: true,
			Periods: []honne.Period{(april + honne.Month(i)).Period()}, Receipt: honne.Receipt{At: (april + honne.Month(i+1)).First().At(9, 0), Basis: honne.Stated}})
	}
	return r
}

// TestOverview holds the figures of the mock.
func TestOverview(t *testing.T) {
	pic := Picture(miyako(), japanese(t))
	k := pic.KPIs
	for what, c := range map[string][2]float64{
		"sales":      {float64(k.Sales.Money.Minor), 288e6},
		"plan":       {float64(k.Plan.Money.Minor), 324e6},
		"prior":      {float64(k.Prior.Money.Minor), 280e6},
		"growth":     {*k.Growth, 0.028571},
		"market":     {k.Market.Base, 0.093567},
		"share":      {*k.ShareNow, 0.220015},
		"share then": {*k.ShareThen, 0.233918},
		"outlook":    {float64(k.Outlook.Money.Minor), 560e6},
		"year plan":  {float64(k.YearPlan.Money.Minor), 590e6},
		"pace":       {float64(k.Pace.Minor), 524444444},
		"at market":  {float64(pic.Pace.Market.Minor), 306198830},
		"lost pace":  {float64(pic.Pace.LostPace.Minor), 18198830},
		"plan above": {float64(pic.Pace.PlanAbove.Minor), 17801170},
		"kept":       {float64(k.Kept), 4},
		"revised":    {float64(k.Revised), 3},
		"up":         {float64(k.RevisedUp), 0},
		"explained":  {float64(k.Explained), 2},
	} {
		if math.Abs(c[0]-c[1]) > 5e-7 {
			t.Errorf("%s = %v, want %v", what, c[0], c[1])
		}
	}
	if !k.PlanAgreed || !k.PaceKnown || !pic.Pace.Known {
		t.Errorf("agreed %v, pace known %v, split known %v", k.PlanAgreed, k.PaceKnown, pic.Pace.Known)
	}
	if pic.Message.ID != "message.grew-below-market.under-plan" {
		t.Errorf("message = %v", pic.Message)
	}
	if pic.FiscalYear != 2026 || pic.Period.String() != "2026-04/2026-10" || pic.Coverage.Months != 19 {
		t.Errorf("fiscal year %d, period %s, coverage %+v", pic.FiscalYear, pic.Period, pic.Coverage)
	}
	for _, x := range []struct {
		at      int
		first   int64
		revised bool
	}{{0, 40, false}, {2, 44, true}, {5, 51, true}} {
		if m := pic.Months[x.at]; m.First.N != x.first*1_000_000 || m.Revised != x.revised || !m.Agreed || m.PriorOf != honne.Sales {
			t.Errorf("%s = %+v", m.Month, m)
		}
	}
	if m := pic.Months[7]; m.Actual.Known || m.Missing || m.Forecast.N != 49e6 {
		t.Errorf("the running month = %+v", m)
	}
}

// TestLateMonth: a month that has ended without a report is an empty slot with
// its due day, whether or not that day has passed.
func TestLateMonth(t *testing.T) {
	r := miyako()
	r.AsOf = honne.NewDate(2026, 12, 2)
	m := Picture(r, japanese(t)).Months[7]
	if !m.Missing || m.Owed != honne.NewDate(2026, 12, 7) {
		t.Errorf("November = %+v", m)
	}
}

// TestNoOutlook: where the sales of a month that is over are missing, that is why the full
// year is not known, and not the forecast.
func TestNoOutlook(t *testing.T) {
	without := func(s honne.Series, m honne.Month) string {
		r := miyako()
		for i := range r.Facts {
			if f := &r.Facts[i]; f.Series == s {
				f.Amount = slices.Clone(f.Amount)
				for k := range f.Month {
					if f.Month[k] == m {
						f.Amount[k] = honne.Figure{}
					}
				}
			}
		}
		return Picture(r, japanese(t)).KPIs.NoOutlook.ID
	}
	june, january := honne.NewMonth(2026, 6), honne.NewMonth(2027, 1)
	for want, got := range map[string]string{"": without(honne.Sales, 0), "strip.no-sales-of": without(honne.Sales, june), "strip.no-forecast": without(honne.Forecast, january)} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestSentence takes facts away one by one: the next rule speaks.
func TestSentence(t *testing.T) {
	r := miyako()
	drop := func(s honne.Series) func() {
		return func() {
			for i := range r.Facts {
				if r.Facts[i].Series == s {
					r.Facts[i] = honne.Facts{Series: s}
				}
			}
		}
	}
	p := japanese(t)
	for _, c := range []struct {
		change func()
		want   string
	}{
		{func() {}, "message.grew-below-market.under-plan"},
		{drop(honne.Market), "message.under-plan.forecast-above-pace"},
		{func() { r.Distributor.Profile.MarketGrowth = &honne.Range3{Base: 0.02} }, "message.under-plan.forecast-above-pace"},
		{drop(honne.Forecast), "message.under-plan.figures-revised"},
		{drop(honne.Target), "message.figures-revised.with-market"},
		{func() { r.Changes = nil }, "message.with-market-signs"},
		{func() { r.Distributor.Profile.MarketGrowth = nil }, "message.market-unknown-signs"},
		{func() { r.Facts[0] = shorten(r.Facts[0], 12) }, "message.sales-only"},
		{drop(honne.Sales), "message.nothing-yet"},
	} {
		c.change()
		if got := Picture(r, p).Message.ID; got != c.want {
			t.Errorf("message = %s, want %s", got, c.want)
		}
	}
}

// TestSentenceIsFair: what may explain a fall harmlessly stands in the same
// sentence, and where reports have stopped nothing else is said.
func TestSentenceIsFair(t *testing.T) {
	p := japanese(t)
	for want, change := range map[string]func(*honne.Record){
		"message.grew-below-market.our-side": func(r *honne.Record) {
			r.Distributor.Profile.Events = append(r.Distributor.Profile.Events, honne.Event{Date: honne.NewDate(2026, 6, 1), Kind: honne.EventOurShort})
		},
		"message.grew-below-market.by-chance": func(r *honne.Record) {
			r.Changes = nil
			for i := range r.Facts[0].Quantity {
				r.Facts[0].Quantity[i] = honne.Known(4000)
			}
		},
		"message.grew-below-market.place-fell": func(r *honne.Record) { // a branch fell by more than chance
			r.Changes = nil
			for i := range r.Facts[0].Quantity {
				r.Facts[0].Quantity[i] = honne.Known(4000)
			}
			last := measure.Reported(r)[len(measure.Reported(r))-1]
			for m := last - 17; m <= last; m++ {
				for place, pieces := range map[string]int64{"東京支店": 60, "大阪支店": 60 - 30*(int64(m-last)+17)/17} {
					r.Places = append(r.Places, honne.PlaceTotal{Month: m, Place: place, Quantity: honne.Known(pieces * 1000), Amount: honne.Known(pieces * 50_000)})
				}
			}
		},
		"message.figures-revised": func(r *honne.Record) { // what is no chance goes before what may be
			for i := range r.Facts {
				if s := r.Facts[i].Series; s == honne.Target || s == honne.Forecast {
					r.Facts[i] = honne.Facts{Series: s}
				}
			}
			for i := range r.Facts[0].Quantity {
				r.Facts[0].Quantity[i] = honne.Known(4000)
			}
		},
		"message.under-plan.market-fell": func(r *honne.Record) { // by as much, and nothing else is held against them
			w := shrinking()
			w.plan = func(i int) int64 { return season(i) * int64(2600-8*i) * 1000 }
			*r = w.record()
		},
		"message.reports-unread": func(r *honne.Record) { // they came, so they are not overdue
			r.AsOf = honne.NewDate(2027, 2, 28)
			r.Distributor.Profile.Reports = []honne.Owed{{Kind: honne.Sales, Every: "month", DueDays: 10}}
			for m := measure.Reported(r)[len(measure.Reported(r))-1] + 1; m < honne.NewMonth(2027, 2); m++ {
				year, n := m.Civil()
				r.Unread = append(r.Unread, honne.Unread{Path: fmt.Sprintf("%d年%d月_販売実績.pdf", year, n), Receipt: honne.Receipt{At: (m.Last() + 8).At(9, 0), Basis: honne.Stated}})
			}
		},
		"message.reports-stopped": func(r *honne.Record) {
			r.AsOf = honne.NewDate(2027, 2, 28)
			r.Distributor.Profile.Reports = []honne.Owed{{Kind: honne.Sales, Every: "month", DueDays: 10}}
		},
	} {
		r := miyako()
		change(&r)
		pic := Picture(r, p)
		if got := pic.Message; opening(got) != want {
			t.Errorf("message = %+v, want %s", got, want)
		}
		if k := pic.KPIs; strings.HasSuffix(want, ".our-side") && (k.MissBy != "our-side" || k.LossBy != "our-side") || strings.HasSuffix(want, ".by-chance") && k.LossBy != "by-chance" {
			t.Errorf("%s: the miss may be by %q, the loss by %q", want, k.MissBy, k.LossBy)
		}
	}
}

// TestMarketMostOfAFall: sales that fell a little more than the market are not called
// high where few pieces make the rest, and the sentence says that the market fell; many
// pieces, or a market that makes up less than half of the fall, leave it as it is.
func TestMarketMostOfAFall(t *testing.T) {
	for _, c := range []struct {
		name         string
		falls, piece int64
		said         bool
	}{{"few pieces", 20, 20, true}, {"many pieces", 20, 2000, false}, {"a fall of more than twice the market’s", 34, 10, false}} {
		w := shrinking()
		w.sales = func(i int) int64 { return season(i) * (2000 - c.falls*int64(i)) * 1000 }
		w.plan = func(i int) int64 { return season(i) * int64(2600-8*i) * 1000 }
		r := w.record()
		for i := range r.Facts {
			for k := range r.Facts[i].Quantity {
				if r.Facts[i].Series == honne.Sales {
					r.Facts[i].Quantity[k] = honne.Known(c.piece * 1000)
				}
			}
		}
		pic := Picture(r, japanese(t))
		plan, _ := judged(pic).find("plan-attainment")
		fell, _ := partOf(plan, "market-fell")
		if said := opening(pic.Message) == "message.under-plan.market-fell"; said != c.said || fell.Value != 0 != c.said {
			t.Errorf("%s: the market fell %v, %+v", c.name, fell.Value, pic.Message)
		}
		for _, j := range pic.Measures {
			if j.Measure.Slug == "plan-attainment" && (j.Band == honne.High) == c.said {
				t.Errorf("%s: %s", c.name, j.Band)
			}
		}
	}
}

// opening is what a sentence says before what calls for a look as well.
func opening(m honne.Message) string {
	if m.ID == "message.besides" {
		return m.Args[0].S
	}
	return m.ID
}

// TestHarmlessHidesNothing: what may explain sales harmlessly does not hide what it
// cannot explain: the gravest sign, else the gravest measure; a plan that is missed, and
// what our own side may explain, are other sides of the same.
func TestHarmlessHidesNothing(t *testing.T) {
	said := honne.Say("message.under-plan.by-chance")
	measured := func(slug string, band honne.Band, ours ...honne.Message) honne.Judged {
		return honne.Judged{Result: honne.Result{Measure: honne.MeasureID{Slug: slug}, OurSide: ours}, Band: band}
	}
	targets := honne.Sign{ID: honne.SignID{Slug: "targets"}, Level: honne.High}
	visibility := honne.Sign{ID: honne.SignID{Slug: "visibility"}, Level: honne.Watch}
	for want, p := range map[string]honne.Picture{
		"": {Signs: []honne.Sign{targets}, Measures: []honne.Judged{measured("growth-gap", honne.High), measured("lateness", honne.Clear),
			measured("stock-equation", honne.Watch, honne.Say("ours.our-recall"))}},
		"sign.visibility": {Signs: []honne.Sign{targets, visibility}, Measures: []honne.Judged{measured("lateness", honne.High)}},
		"measure.quarter-end-loading": {Signs: []honne.Sign{targets}, Measures: []honne.Judged{measured("restatement", honne.Watch),
			measured("quarter-end-loading", honne.High)}},
	} {
		m := besides(said, p)
		if got := m.Args; want == "" && m.ID != said.ID || want != "" && (opening(m) != said.ID || got[len(got)-1].S != want) {
			t.Errorf("%q: %+v", want, m)
		}
	}
}

// TestSignsAreNamed: the sentence names the gravest of the signs that it counts.
func TestSignsAreNamed(t *testing.T) {
	visibility := honne.Sign{ID: honne.SignID{Slug: "visibility"}, Level: honne.Watch}
	slow := honne.Sign{ID: honne.SignID{Slug: "responsiveness"}, Level: honne.High}
	growth := 0.01
	p := honne.Picture{Signs: []honne.Sign{visibility, slow}}
	p.KPIs.Growth = &growth
	v := view{reported: []honne.Month{1}}
	if m := calm(p, v); m.ID != "message.market-unknown-signs.more" || m.Args[1].S != "sign.responsiveness" {
		t.Errorf("%+v", m)
	}
	p.KPIs.Market, p.Signs = &honne.Range3{}, p.Signs[:1]
	if m := calm(p, v); m.ID != "message.with-market-signs" || m.Args[2].S != "sign.visibility" {
		t.Errorf("%+v", m)
	}
}

// TestSentenceNamesWhatIsHigh: that no sign is raised does not hide a measure that
// is high and that no sign holds.
func TestSentenceNamesWhatIsHigh(t *testing.T) {
	r := excellent().record()
	for i, f := range r.Facts {
		if f.Series == honne.Stock {
			n := len(f.Quantity) - 1
			r.Facts[i].Quantity[n].N /= 2
		}
	}
	m := Picture(r, japanese(t)).Message
	if m.ID != "message.with-market-apart" || m.Args[2].S != "measure.stock-equation" {
		t.Errorf("message = %+v", m)
	}
	r.Facts = slices.DeleteFunc(r.Facts, func(f honne.Facts) bool { return f.Series == honne.Market })
	r.Distributor.Profile.MarketGrowth = nil
	m = Picture(r, japanese(t)).Message
	if m.ID != "message.market-unknown-apart" || m.Args[1].S != "measure.stock-equation" {
		t.Errorf("message = %+v", m)
	}
}

// TestNoFalseCalm: a measure on watch that raises no sign is named, not passed over
// as all well; what nothing explains is held against plan and market alone.
func TestNoFalseCalm(t *testing.T) {
	pic := Picture(excellent().record(), japanese(t))
	if pic.Message.ID != "message.all-well" {
		t.Fatalf("message = %+v", pic.Message)
	}
	for watched, want := range []string{"message.all-well", "message.with-market-watched", "message.with-market-watched.more"} {
		p := pic
		p.Measures = slices.Clone(pic.Measures)
		for i := range watched {
			p.Measures[i].Band = honne.Watch
		}
		got := calm(p, view{reported: []honne.Month{1}})
		if got.ID != want || watched > 0 && got.Args[2].S != "measure.plan-attainment" {
			t.Errorf("with %d on watch: %+v", watched, got)
		}
	}
}

// Sales that keep pace while the five largest take ever more and all others fall are not
// all well.
func TestSentenceTellsConcentration(t *testing.T) {
	pic := Picture(excellent().record(), japanese(t))
	grown := func(others float64) []honne.Judged {
		args := []honne.Arg{honne.Ratio("top", 0.77), honne.Ratio("before", 0.58), honne.Growth("others", others)}
		return []honne.Judged{{Result: honne.Result{Measure: honne.MeasureID{Slug: "concentration"}, Known: true,
			Parts: []honne.Further{{Name: "others-growth", Value: others}}, Because: []honne.Message{honne.Say("because.concentration.rose.others", args...)}}}}
	}
	for others, want := range map[float64]string{-0.38: "message.with-market-concentrated", 0.02: "message.all-well"} {
		p := pic
		p.Measures = grown(others)
		if got := calm(p, view{reported: []honne.Month{1}}); got.ID != want {
			t.Errorf("others %v: %+v", others, got)
		}
	}
}

func shorten(f honne.Facts, n int) honne.Facts {
	f.Month, f.Product, f.Version, f.Amount, f.Quantity = f.Month[n:], f.Product[n:], f.Version[n:], f.Amount[n:], f.Quantity[n:]
	return f
}

// A year alone: its own months and figures, and nothing of the day; of the
// picture's own year it says the same as the picture.
func TestYear(t *testing.T) {
	r, book := miyako(), japanese(t)
	r.Distributor.Profile.MarketGrowth = &honne.Range3{Low: 0.05, Base: 0.05, High: 0.05, Source: "an association", On: r.AsOf}
	own, same := Picture(r, book), Year(r, book, 2026)
	if same.KPIs.Sales.Money != own.KPIs.Sales.Money || *same.KPIs.Growth != *own.KPIs.Growth || *same.KPIs.Market != *own.KPIs.Market || same.Period != own.Period {
		t.Errorf("the own year is another: %+v, not %+v", same.KPIs, own.KPIs)
	}
	p := Year(r, book, 2025)
	if p.FiscalYear != 2025 || len(p.Months) != 12 || p.Months[0].Month != honne.NewMonth(2025, 4) || p.Period.To != honne.NewDate(2026, 3, 31) {
		t.Errorf("the months are of %d, %v", p.FiscalYear, p.Period)
	}
	if p.KPIs.Sales.Money.Minor != 526_000_000 || p.KPIs.Growth != nil || p.KPIs.Market != nil || p.KPIs.Kept+p.KPIs.Revised != 0 {
		t.Errorf("its figures are %+v", p.KPIs)
	}
	if len(p.Measures)+len(p.Signs)+len(p.Claims)+len(p.Next)+len(p.Questions) > 0 {
		t.Error("what is of the day stands in a year")
	}
	if p.Message.ID != "message.sales-only" {
		t.Errorf("it says %s", p.Message.ID)
	}
	r.Distributor.Profile.Events = append(r.Distributor.Profile.Events, honne.Event{Date: honne.NewDate(2026, 6, 1), Kind: honne.EventOurShort})
	if fair := Year(r, book, 2026).Message.ID; fair != opening(Picture(r, book).Message) || !strings.HasSuffix(fair, ".our-side") {
		t.Errorf("in a shortage of ours it says %s", fair)
	}
	if ofAnother(&r, r.Distributor.Profile.MarketGrowth, 2026) || !ofAnother(&r, r.Distributor.Profile.MarketGrowth, 2025) {
		t.Error("an answer on the market speaks of the year in which it was given")
	}
}
