package audit

import (
	"testing"

	"honne"
)

// Only what they reported of a time after it began, in a file of theirs that came
// since, closes an action by itself, from whichever side it started; what is not
// known is neither done nor late.
func TestStanding(t *testing.T) {
	october, december := honne.NewMonth(2026, 10), honne.NewMonth(2026, 12)
	begun, due := honne.NewDate(2026, 10, 5), december.Last()
	up := honne.PlanAction{Metric: "growth", Start: 0.1, Target: 0.2, Begun: begun, Due: due}
	down := honne.PlanAction{Metric: "stock-cover", Start: 9, Target: 5, Begun: begun, Due: due}
	dropped, closed, undated := up, up, up
	dropped.Dropped, closed.Closed, undated.Begun = "another way", "seen on site", 0
	sales := honne.Selection{Series: honne.Sales, Period: honne.Months(october, december)}
	on := func(day honne.Date, value float64, rests ...honne.Selection) honne.Picture {
		p := honne.Picture{AsOf: day, Coverage: honne.Coverage{To: december},
			Measures: []honne.Judged{{Result: honne.Result{Measure: honne.MeasureID{Slug: "growth"}, Known: true, Value: value, Evidence: rests}},
				{Result: honne.Result{Measure: honne.MeasureID{Slug: "stock-cover"}, Known: true, Value: value, Evidence: rests}}}}
		for i, s := range rests {
			p.Deliveries = append(p.Deliveries, honne.Delivery{Submission: honne.SubmissionID(i + 1), Series: s.Series, Periods: []honne.Period{s.Period}, From: honne.Theirs, InForce: true,
				Receipt: honne.Receipt{At: (begun + 60).At(9, 0), Basis: honne.Stated}})
		}
		return p
	}
	came := func(change func(*honne.Delivery), rests ...honne.Selection) honne.Picture {
		p := on(due, 0.2, append(rests, sales)...)
		change(&p.Deliveries[len(rests)])
		return p
	}
	by := func(day honne.Date, basis honne.Basis) func(*honne.Delivery) {
		return func(d *honne.Delivery) { d.Receipt = honne.Receipt{At: day.At(9, 0), Basis: basis} }
	}
	at := func(day honne.Date, value float64) honne.Picture { return on(day, value, sales) }
	ours := on(due, 0.2, sales, sales)
	ours.Deliveries[1].From = honne.Ours
	old := on(due, 0.2, sales, honne.Selection{Series: honne.Sales, Period: honne.Months(october-2, december)}) // October to December had come before it began
	old.Deliveries[0].Receipt.At = begun.At(9, 0)
	old.Deliveries[1].Periods = []honne.Period{(october - 2).Period(), (october - 1).Period()}
	early := at(due, 0.2)
	early.Coverage.To = october - 1
	agreed := on(due, 0.2, sales, honne.Selection{Series: honne.Target})
	agreed.KPIs.PlanAgreed = true
	for name, c := range map[string]struct {
		of    honne.PlanAction
		today honne.Picture
		want  ActionState
		waits bool
	}{
		"below":                   {up, at(due, 0.19), ActionOpen, true},
		"at":                      {up, at(due, 0.2), ActionDone, false},
		"lower wanted":            {down, at(due, 4), ActionDone, false},
		"higher still":            {down, at(due, 6), ActionOpen, true},
		"late":                    {up, at(due+1, 0.19), ActionPassed, true},
		"done late":               {up, at(due+1, 0.2), ActionDone, false},
		"unknown late":            {up, honne.Picture{AsOf: due + 1}, ActionUnknown, true},
		"dropped":                 {dropped, at(due+1, 0.3), ActionDropped, false},
		"nothing since it began":  {up, early, ActionOpen, true},
		"an old period":           {up, on(due, 0.2, honne.Selection{Series: honne.Sales, Period: (october - 1).Period()}), ActionOpen, true},
		"no beginning":            {undated, at(due, 0.2), ActionOpen, true},
		"a plan of theirs":        {up, on(due, 0.2, honne.Selection{Series: honne.Plan, Period: honne.Months(october, december)}), ActionOpen, true},
		"a target that is agreed": {up, agreed, ActionDone, false},
		"a target of ours":        {up, on(due, 0.2, sales, honne.Selection{Series: honne.Target}), ActionReached, true},
		"messages":                {up, on(due, 0.2, honne.Selection{Mail: []honne.MailID{1}}), ActionReached, true},
		"our log":                 {up, on(due, 0.2, sales, honne.Selection{Log: honne.EntryEstimate}), ActionReached, true},
		"our shipments":           {up, on(due, 0.2, sales, honne.Selection{Series: honne.Shipments}), ActionReached, true},
		"our log, and a person":   {closed, on(due, 0.2, sales, honne.Selection{Log: honne.EntryEstimate}), ActionDone, false},
		"a file of ours":          {up, came(func(d *honne.Delivery) { d.From = honne.Ours }), ActionReached, true},
		"of a third party":        {up, came(func(d *honne.Delivery) { d.From = honne.Third }), ActionReached, true},
		"one of ours among them":  {up, ours, ActionReached, true},
		"came before it began":    {up, came(by(begun-1, honne.Stated)), ActionOpen, true},
		"came on the day":         {up, came(by(begun, honne.ByMessage)), ActionOpen, true},
		"came the day after":      {up, came(by(begun+1, honne.ByName)), ActionDone, false},
		"nobody knows when":       {up, came(by(begun+40, honne.ByLoad)), ActionReached, true},
		"an old month came since": {up, old, ActionOpen, true},
		"replaced meanwhile":      {up, came(func(d *honne.Delivery) { d.InForce = false }), ActionReached, true},
		"a person, not reached":   {closed, on(due, 0.19, sales, honne.Selection{Log: honne.EntryEstimate}), ActionOpen, true},
	} {
		if got := Standing(c.of, c.today); got != c.want || got.Waits() != c.waits {
			t.Errorf("%s: %s, waits %v", name, got, got.Waits())
		}
	}
}

// A target is reached on the side on which its measure gets better, wherever it
// started; a bias on either side of nought.
func TestReached(t *testing.T) {
	for _, c := range []struct {
		metric             string
		start, target, now float64
		want               bool
	}{
		{"growth", -0.05, 0, -0.01, false}, {"growth", -0.05, 0, 0, true},
		{"plan-attainment", 1.013, 1, 0.9, false}, {"plan-attainment", 1.013, 1, 1, true}, // what was reached is kept
		{"lateness", 7, 0, 1, false}, {"lateness", 7, 0, 0, true}, {"lateness", 0, 2, 3, false},
		{"forecast-bias", 0.36, 0.1, 0.1, true}, {"forecast-bias", 0.36, 0.1, -0.5, false}, {"forecast-bias", -0.36, -0.1, 0.05, true}, {"forecast-bias", -0.36, -0.1, 0.2, false},
		{"stock-cover", 1.8, 2, 1.9, false}, {"stock-cover", 1.8, 2, 2.4, true}, {"stock-cover", 4, 2, 2.4, false}, {"stock-cover", 4, 2, 2, true},
	} {
		if got := Reached(honne.PlanAction{Metric: c.metric, Start: c.start, Target: c.target}, c.now); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
	for _, c := range []struct {
		metric             string
		start, target, now float64
		want               bool
	}{
		{"growth", -0.05, 0, -0.04, true}, {"growth", -0.05, 0, -0.06, false}, {"lateness", 7, 0, 6, true}, {"lateness", 7, 0, 8, false},
		{"forecast-bias", 0.36, 0.1, -0.5, false}, {"forecast-bias", 0.36, 0.1, -0.05, true}, {"stock-cover", 1.8, 2, 2.1, true}, {"stock-cover", 1.8, 2, 3, false},
	} {
		if got := Better(honne.PlanAction{Metric: c.metric, Start: c.start, Target: c.target}, c.now); got != c.want {
			t.Errorf("better: %+v: %v", c, got)
		}
	}
}
