package inspect

import (
	"slices"
	"testing"

	"honne"
	"honne/internal/playbook"
)

// Only confirmed commitments count against a partner, and what our own side
// lacks is unknown until every block is answered.
func TestWhatAnOutcomeGoesBy(t *testing.T) {
	late := honne.Promise{By: honne.Theirs, Form: honne.PromiseWritten, Outcome: honne.PromiseLate, Confirmed: true}
	guessed, oral, willTry, ours := late, late, late, late
	guessed.Confirmed, oral.Form, willTry.Standing, ours.By = false, honne.PromiseOral, honne.PromiseWillTry, honne.Ours
	r := &honne.Record{Promises: []honne.Promise{late, guessed, oral, willTry, ours}}
	yes := honne.Claim{Excuse: "yes-meant-try", Verdict: honne.Contradicted}
	if n := broken(r, []honne.Claim{yes}); n != 1 {
		t.Errorf("%d broken, want the confirmed one", n)
	}
	yes.Confirmed = true
	if n := broken(r, []honne.Claim{yes}); n != 2 {
		t.Errorf("%d broken, want two", n)
	}
	known := honne.ReadinessBlock{Known: true, Index: 50, Answered: 1}
	if got := Ready([]honne.ReadinessBlock{known, {}}); got != nil {
		t.Errorf("ready %v with a block unknown", *got)
	}
	if got := Ready([]honne.ReadinessBlock{known, {Known: true, Index: 80, Answered: 2}}); got == nil || *got != 70 {
		t.Errorf("ready %v, want 70", got)
	}
}

// A frozen audit keeps its figures, and the day of its decision passes all the
// same; what a person noted of refusals and of an exit counts.
func TestDaysPassAfterTheFreeze(t *testing.T) {
	ratings := func(score int) (out []honne.Rating) {
		for _, d := range honne.AllDimensions {
			out = append(out, honne.Rating{Dimension: d.Slug, Score: score, Grade: honne.GradeA})
		}
		return out
	}
	freeze, weights := honne.NewDate(2026, 4, 30), playbook.Weights{Effectiveness: 1, Compliance: 1, Trust: 1}
	r := &honne.Record{AsOf: freeze, Audits: []honne.Assessment{{Ratings: ratings(1), Decision: honne.Decision{Deadline: honne.NewDate(2026, 9, 30)}}}}
	for today, want := range map[honne.Date]honne.Recommendation{0: honne.CorrectiveAction, honne.NewDate(2026, 9, 30): honne.CorrectiveAction, honne.NewDate(2026, 10, 1): honne.TransitionConsider} {
		r.Today = today
		if got := outcome(r, weights, nil, nil); got.Recommendation != want {
			t.Errorf("on %v: %s, want %s", today, got.Recommendation, want)
		}
	}
	for name, x := range map[string]struct {
		before []honne.Decision
		want   honne.Recommendation
	}{
		"a plan's day":                     {[]honne.Decision{{Decided: honne.CorrectiveAction, Deadline: freeze - 30}}, honne.TransitionConsider},
		"a plan's day, nothing decided on": {[]honne.Decision{{Decided: honne.CorrectiveAction, Deadline: freeze - 30}, {Deadline: freeze - 10}}, honne.TransitionConsider},
		"a renewal's day":                  {[]honne.Decision{{Decided: honne.Renew, Deadline: freeze - 30}}, honne.CorrectiveAction},
		"a plan's day, renewed since":      {[]honne.Decision{{Decided: honne.CorrectiveAction, Deadline: freeze - 400}, {Decided: honne.Renew}}, honne.CorrectiveAction},
		"a new plan with a day to come":    {[]honne.Decision{{Decided: honne.CorrectiveAction, Deadline: freeze - 400}, {Decided: honne.CorrectiveAction, Deadline: freeze + 90}}, honne.CorrectiveAction},
	} {
		audits := []honne.Assessment{}
		for _, d := range x.before {
			audits = append(audits, honne.Assessment{Ratings: ratings(3), Decision: d})
		}
		got := outcome(&honne.Record{AsOf: freeze, Audits: append(audits, honne.Assessment{Ratings: ratings(1)})}, weights, nil, nil)
		said := slices.ContainsFunc(got.Trace, func(m honne.Message) bool { return m.ID == "outcome.low-after" })
		if got.Recommendation != x.want || said != (x.want == honne.TransitionConsider) {
			t.Errorf("%s: %s, want %s; %+v", name, got.Recommendation, x.want, got.Trace)
		}
	}
	late := honne.Promise{By: honne.Theirs, Form: honne.PromiseWritten, Outcome: honne.PromiseLate, Confirmed: true}
	d := honne.Decision{NeverShared: true, InPlace: honne.ExitItems[:9]}
	got := outcome(&honne.Record{AsOf: freeze, Promises: []honne.Promise{late, late, late}, Audits: []honne.Assessment{{Ratings: ratings(3), Decision: d}}}, weights, nil, nil)
	if got.Recommendation != honne.TransitionConsider {
		t.Errorf("broken and never shared: %s", got.Recommendation)
	}
	for _, m := range got.Needs {
		if m.ID == "outcome.needs-exit" {
			t.Error("9 of 12 are in place, and an exit still waits for them")
		}
	}
}
