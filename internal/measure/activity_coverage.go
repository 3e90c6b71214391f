package measure

import (
	"slices"

	"honne"
)

func activityCoverage() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-18", Slug: "activity-coverage"},
		Doc: `Activity coverage: activities done, no kind beyond its plan, ÷ activities planned, over the months of a year whose log is whole. Parts:
call, visit, demo, seminar, congress, training, service (done ÷ planned of each kind that has a plan), decision-maker and verified (shares
of what was done), a-rep-and-month, impossible (days on which one person reports more calls, visits and demonstrations than fit into a
day). Minimum: one whole month with a plan, not older than some months. Source: domain 3.5 S-18.`,
		Params: []Param{{"months", 12, "months before the record's day"}, {"stale", 4, "months after which a whole month is too old to speak of now"},
			{"a-day", 10, "calls, visits and demonstrations of one person that fit into a day"}},
		Needs:       []honne.Need{honne.NeedActivity},
		Confounders: []string{"confounder.visiting-rules", "confounder.log-padding"},
		Run:         runActivityCoverage,
	}
}

// plannedDone are the activities of one kind in the whole months of a time.
type plannedDone struct{ planned, done int }

func runActivityCoverage(r *honne.Record, p Params) honne.Result {
	if len(r.Log.Months) == 0 {
		return lacks(honne.NeedActivity)
	}
	last, ok := lastWhole(r, p.count("stale"), func(m honne.Month) bool { return plannedIn(r, m) })
	if !ok {
		return unknown(honne.Say("why.activity-coverage.no-plan"), honne.NeedActivity)
	}
	months := span(last-honne.Month(p.count("months"))+1, last)
	kinds, n := doneIn(r, months)
	done, planned := together(kinds)
	res := honne.Result{Known: true, Value: ratio(done, planned), Unit: honne.UnitRatio, N: n, Period: covering(months),
		Numerator: counted("term.activities-done", done), Denominator: counted("term.activities-planned", planned),
		Evidence: fromLog(covering(months), honne.EntryActivityMonth, honne.EntryActivity),
		Because: []honne.Message{honne.Say("because.activity-coverage", honne.Count("done", done), honne.Count("planned", planned),
			honne.Count("months", n), honne.Over("period", covering(months)))}}
	for i, k := range honne.AllActivityKinds {
		if x := kinds[i]; x.planned > 0 {
			res.Parts = append(res.Parts, honne.Further{Name: string(k), Value: ratio(min(x.done, x.planned), x.planned), Unit: honne.UnitRatio})
		}
	}
	addQuality(&res, activitiesIn(r, covering(months)), n, p.count("a-day"))
	res.History, res.Baseline = inMonths(r, last, months, func(months []honne.Month) (float64, bool) {
		kinds, n := doneIn(r, months)
		done, planned := together(kinds)
		return ratio(done, planned), n > 0
	})
	return res
}

// plannedIn reports whether something was planned for a month whose log of it is
// whole.
func plannedIn(r *honne.Record, m honne.Month) bool {
	return slices.ContainsFunc(r.Log.Months, func(x honne.ActivityMonth) bool {
		return x.Month == m && x.Planned > 0 && (x.Whole || wholeMonth(r, m, x.Kind))
	})
}

// doneIn counts, by kind in the order of AllActivityKinds, what was planned and
// done in the months with a plan whose log is whole, and those months; a plan for
// all kinds together stands in the last place.
func doneIn(r *honne.Record, months []honne.Month) (kinds []plannedDone, n int) {
	kinds = make([]plannedDone, len(honne.AllActivityKinds)+1)
	for _, m := range months {
		if !plannedIn(r, m) {
			continue
		}
		n++
		did := activitiesIn(r, m.Period())
		for _, x := range r.Log.Months {
			if x.Month != m || x.Planned == 0 || !x.Whole && !wholeMonth(r, m, x.Kind) {
				continue
			}
			i := slices.Index(honne.AllActivityKinds, x.Kind)
			if i < 0 {
				i = len(kinds) - 1
			}
			kinds[i].planned += x.Planned
			for _, a := range did {
				kinds[i].done += oneIf(x.Kind == "" || a.Kind == x.Kind)
			}
		}
	}
	return kinds, n
}

// together adds the kinds, none beyond its plan.
func together(kinds []plannedDone) (done, planned int) {
	for _, k := range kinds {
		done, planned = done+min(k.done, k.planned), planned+k.planned
	}
	return done, planned
}

// addQuality adds who was met, what was checked, and days that cannot be.
func addQuality(res *honne.Result, list []honne.FieldActivity, months, most int) {
	decided, verified := 0, 0
	var reps []string
	for _, a := range list {
		decided, verified = decided+oneIf(a.DecisionMaker), verified+oneIf(a.Verified)
		if a.Rep != "" {
			reps = append(reps, a.Rep)
		}
	}
	if len(list) > 0 {
		res.Parts = append(res.Parts, part("decision-maker", ratio(decided, len(list)), honne.UnitRatio),
			part("verified", ratio(verified, len(list)), honne.UnitRatio))
	}
	if len(reps) > 0 {
		res.Parts = append(res.Parts, part("a-rep-and-month", ratio(len(reps), distinct(reps)*months), honne.UnitCount))
	}
	impossible := impossibleDays(list, most)
	res.Parts = append(res.Parts, count("impossible", impossible))
	if impossible > 0 {
		res.Because = append(res.Because, honne.Say("because.activity-coverage.impossible", honne.Count("days", impossible), honne.Count("most", most)))
	}
}

// impossibleDays counts the days of one person with more calls, visits and demonstrations
// than fit into one.
func impossibleDays(list []honne.FieldActivity, most int) (n int) {
	type repDay struct {
		rep string
		day honne.Date
	}
	days := map[repDay]int{}
	for _, a := range list {
		if a.Rep != "" && isOutbound(a.Kind) {
			days[repDay{a.Rep, a.On}]++
		}
	}
	for _, done := range days {
		n += oneIf(done > most)
	}
	return n
}
