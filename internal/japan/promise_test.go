package japan_test

import (
	"testing"

	"honne"
	"honne/internal/japan"
)

// A promise is late against the last day that both sides agreed on, whoever wrote the
// outcome down.
func TestKeptLate(t *testing.T) {
	day := func(d int) honne.Date { return honne.NewDate(2026, 11, d) }
	moved := func(agreed bool) []honne.PromiseMove {
		return []honne.PromiseMove{{On: day(8), From: day(10), By: honne.Theirs, Agreed: agreed}}
	}
	for name, c := range map[string]struct {
		p    honne.Promise
		due  honne.Date
		late int
	}{
		"by its day":         {honne.Promise{Due: day(10), Outcome: honne.PromiseKept, Done: day(10)}, day(10), 0},
		"after it":           {honne.Promise{Due: day(10), Outcome: honne.PromiseKept, Done: day(11)}, day(10), 1},
		"moved and agreed":   {honne.Promise{Due: day(20), Moves: moved(true), Outcome: honne.PromiseKept, Done: day(18)}, day(20), 0},
		"moved by who waits": {honne.Promise{By: honne.Ours, Due: day(20), Moves: moved(false), Outcome: honne.PromiseKept, Done: day(18)}, day(20), 0},
		"moved alone":        {honne.Promise{By: honne.Theirs, Due: day(20), Moves: moved(false), Outcome: honne.PromiseKept, Done: day(18)}, day(10), 6},
		"on the Saturday":    {honne.Promise{Due: day(13), Outcome: honne.PromiseKept, Done: day(14)}, day(13), 0},
		"without a day":      {honne.Promise{Outcome: honne.PromiseKept, Done: day(18)}, 0, 0},
		"never done":         {honne.Promise{Due: day(10), Outcome: honne.PromiseLate}, day(10), 0},
		"open past its day":  {honne.Promise{Due: day(10)}, day(10), 0},
	} {
		if due, late := c.p.AgreedDue(), japan.KeptLate(c.p); due != c.due || late != c.late {
			t.Errorf("%s: due %v, late %d", name, due, late)
		}
	}
}
