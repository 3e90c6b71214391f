package inspect

import (
	"testing"

	"honne"
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
	if got := readiness([]honne.ReadinessBlock{known, {}}); got != nil {
		t.Errorf("ready %v with a block unknown", *got)
	}
	if got := readiness([]honne.ReadinessBlock{known, {Known: true, Index: 80, Answered: 2}}); got == nil || *got != 70 {
		t.Errorf("ready %v, want 70", got)
	}
}
