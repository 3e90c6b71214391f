package honne_test

import (
	"testing"

	"honne"
)

// A promise is late against the last day that both sides agreed on, whoever wrote the
// outcome down.
func TestPromiseKeptLate(t *testing.T) {
	day := func(d int) honne.Date { return honne.NewDate(2026, 11, d) }
	moved := func(agreed bool) []honne.PromiseMove {
		return []honne.PromiseMove{{On: day(8), From: day(10), By: honne.Theirs, Agreed: agreed}}
	}
	for name, c := range map[string]struct {
		p    honne.Promise
		due  honne.Date
		late bool
	}{
		"by its day":         {honne.Promise{Due: day(10), Outcome: honne.PromiseKept, Done: day(10)}, day(10), false},
		"after it":           {honne.Promise{Due: day(10), Outcome: honne.PromiseKept, Done: day(11)}, day(10), true},
		"moved and agreed":   {honne.Promise{Due: day(20), Moves: moved(true), Outcome: honne.PromiseKept, Done: day(18)}, day(20), false},
		"moved by who waits": {honne.Promise{By: honne.Ours, Due: day(20), Moves: moved(false), Outcome: honne.PromiseKept, Done: day(18)}, day(20), false},
		"moved alone":        {honne.Promise{By: honne.Theirs, Due: day(20), Moves: moved(false), Outcome: honne.PromiseKept, Done: day(18)}, day(10), true},
		"without a day":      {honne.Promise{Outcome: honne.PromiseKept, Done: day(18)}, 0, false},
		"never done":         {honne.Promise{Due: day(10), Outcome: honne.PromiseLate}, day(10), false},
		"open past its day":  {honne.Promise{Due: day(10)}, day(10), false},
	} {
		if due, late := c.p.AgreedDue(), c.p.KeptLate(); due != c.due || late != c.late {
			t.Errorf("%s: due %v, late %v", name, due, late)
		}
	}
}
