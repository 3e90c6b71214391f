package inspect

import (
	"testing"

	"honne"
)

// What is not written down is not known; what only the machine proposes, what is
// theirs, what is kept and what is still to come is not owed.
func TestOwed(t *testing.T) {
	on := honne.NewDate(2026, 11, 20)
	ours := func(change func(*honne.Promise)) honne.Promise {
		p := honne.Promise{By: honne.Ours, Due: on - 1, Confirmed: true}
		change(&p)
		return p
	}
	at := func(side honne.Side, asks int, day honne.Date) honne.Turn {
		return honne.Turn{Mail: honne.MailID(day), At: day.End().Add(-9 * 3600e9).UnixMicro(), Exact: true, Side: side, Kind: honne.TurnKind("substance"), Asks: asks, Thread: 1}
	}
	for name, c := range map[string]struct {
		promises []honne.Promise
		turns    []honne.Turn
		want     Owing
	}{
		"nothing written down": {nil, nil, Owing{}},
		"overdue":              {[]honne.Promise{ours(func(*honne.Promise) {})}, nil, Owing{Promises: 1, PromisesKnown: true}},
		"due today":            {[]honne.Promise{ours(func(p *honne.Promise) { p.Due = on })}, nil, Owing{PromisesKnown: true}},
		"no day":               {[]honne.Promise{ours(func(p *honne.Promise) { p.Due = 0 })}, nil, Owing{PromisesKnown: true}},
		"kept":                 {[]honne.Promise{ours(func(p *honne.Promise) { p.Outcome = honne.PromiseKept })}, nil, Owing{PromisesKnown: true}},
		"only proposed":        {[]honne.Promise{ours(func(p *honne.Promise) { p.Confirmed = false })}, nil, Owing{}},
		"theirs":               {[]honne.Promise{ours(func(p *honne.Promise) { p.By = honne.Theirs })}, nil, Owing{}},
		"they asked":           {nil, []honne.Turn{at(honne.Theirs, 1, on-9)}, Owing{Questions: 1, QuestionsKnown: true}},
		"only others answer":   {nil, []honne.Turn{at(honne.Theirs, 1, on-9), at(honne.Third, 0, on-8)}, Owing{Questions: 1}},
		"we answered":          {nil, []honne.Turn{at(honne.Theirs, 1, on-9), at(honne.Ours, 0, on-8)}, Owing{QuestionsKnown: true}},
		"we asked":             {nil, []honne.Turn{at(honne.Ours, 1, on-9)}, Owing{QuestionsKnown: true}},
	} {
		if got := Owed(&honne.Record{AsOf: on, Promises: c.promises, Turns: c.turns}); got != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
	r := &honne.Record{AsOf: on, Log: honne.Log{OurActs: []honne.OurAct{{Kind: honne.OurRequest, On: on - 30}, {Kind: honne.OurRequest, On: on - 20, Until: on - 10}, {Kind: honne.OurVisit, On: on - 5}}}}
	if got := Owed(r); got != (Owing{Requests: 1, RequestsKnown: true}) {
		t.Errorf("requests of theirs: %+v", got)
	}
}
