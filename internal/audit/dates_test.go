package audit

import (
	"fmt"
	"strings"
	"testing"

	"honne"
)

// What waits in the audits of a distributor, by day: closed by evidence, by a
// later decision, by nothing else.
func TestDates(t *testing.T) {
	day := func(s string) honne.Date { d, _ := honne.ParseDate(s); return d }
	action := func(n int, every string) honne.Numbered[honne.PlanAction] {
		return honne.Numbered[honne.PlanAction]{Number: n, Body: honne.PlanAction{Metric: "growth", Start: 0.1, Target: 0.2, Begun: day("2026-01-31"), Due: day("2026-04-30"), Every: every}}
	}
	at := func(value float64) honne.Picture {
		to := honne.NewMonth(2026, 2)
		came := honne.Delivery{Series: honne.Sales, Periods: []honne.Period{to.Period()}, From: honne.Theirs, InForce: true, Receipt: honne.Receipt{At: day("2026-03-10").At(9, 0), Basis: honne.Stated}}
		return honne.Picture{Coverage: honne.Coverage{To: to}, Deliveries: []honne.Delivery{came}, Measures: []honne.Judged{{Result: honne.Result{Measure: honne.MeasureID{Slug: "growth"}, Known: true, Value: value,
			Evidence: []honne.Selection{{Series: honne.Sales, Period: to.Period()}}}}}}
	}
	plan := honne.Assessment{Number: 1, Audit: honne.Audit{Due: day("2025-12-01"), Closed: day("2025-12-20")}, Actions: []honne.Numbered[honne.PlanAction]{action(1, "month")},
		Decision: honne.Decision{Decided: honne.CorrectiveAction, Deadline: day("2026-05-31")}}
	next := honne.Assessment{Number: 2, Audit: honne.Audit{Due: day("2026-12-11")}}
	decided := next
	decided.Decision.Decided, decided.Audit.Closed = honne.Renew, day("2028-02-29")
	yearly := decided
	yearly.Audit.Cycle = 24
	dropped, quarterly, renewed := plan, plan, plan
	dropped.Actions = []honne.Numbered[honne.PlanAction]{action(1, "month")}
	dropped.Actions[0].Body.Dropped = "another way"
	quarterly.Actions = []honne.Numbered[honne.PlanAction]{action(1, "quarter")}
	renewed.Decision.Decided, renewed.Actions = honne.Renew, nil
	for name, c := range map[string]struct {
		all   []honne.Assessment
		today honne.Picture
		want  string
	}{
		"none":    {nil, honne.Picture{}, ""},
		"running": {[]honne.Assessment{plan}, at(0.15), "check 2026-02-28 A1, check 2026-03-31 A1, action 2026-04-30 A1, decision 2026-05-31 A1, again 2026-12-20 A1"},
		"unknown": {[]honne.Assessment{quarterly}, honne.Picture{}, "action 2026-04-30 A1, decision 2026-05-31 A1, again 2026-12-20 A1"},
		"reached": {[]honne.Assessment{plan}, at(0.2), "decision 2026-05-31 A1, again 2026-12-20 A1"},
		"dropped": {[]honne.Assessment{dropped}, honne.Picture{}, "decision 2026-05-31 A1, again 2026-12-20 A1"},
		"renewed": {[]honne.Assessment{renewed}, honne.Picture{}, "again 2026-12-20 A1"},
		"begun":   {[]honne.Assessment{renewed, next}, honne.Picture{}, "audit 2026-12-11 A2"},
		"both":    {[]honne.Assessment{quarterly, next}, honne.Picture{}, "action 2026-04-30 A1, decision 2026-05-31 A1, audit 2026-12-11 A2"},
		"cycle":   {[]honne.Assessment{plan, yearly}, at(0.15), "again 2030-02-28 A2"},
		"decided": {[]honne.Assessment{plan, decided}, honne.Picture{}, "again 2029-02-28 A2"},
	} {
		var got []string
		for _, x := range Dates(c.all, c.today) {
			got = append(got, fmt.Sprintf("%s %s A%d", x.Kind, x.On, x.Audit))
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, s, c.want)
		}
	}
}
