package inspect

import (
	"slices"

	"honne"
)

// Owing is what a partner waits for from us: promises of ours whose day has passed,
// conversations whose last question we have not answered, and requests of theirs that
// somebody noted. What nobody wrote down and no mail tells of is not known, and not
// nothing.
type Owing struct {
	Promises, Questions, Requests                int
	PromisesKnown, QuestionsKnown, RequestsKnown bool
}

// Owed is what we owe a partner on the record's day (domain 1.8).
func Owed(r *honne.Record) Owing {
	wrote := func(side honne.Side) bool {
		return slices.ContainsFunc(r.Turns, func(t honne.Turn) bool { return t.Side == side })
	}
	o := Owing{QuestionsKnown: wrote(honne.Ours) || wrote(honne.Theirs) && !wrote(honne.Third)} // where only others answer, nobody stated which mail is ours
	for _, p := range r.Promises {
		if p.By != honne.Ours || !p.Confirmed || p.Standing != honne.PromiseCommitted {
			continue
		}
		o.PromisesKnown = true
		if p.Outcome == honne.PromiseOpen && p.Due != 0 && p.Due < r.AsOf {
			o.Promises++
		}
	}
	for _, c := range Conversations(r.Turns, r.Log.Answers, r.AsOf) {
		if c.Open().Owed == honne.Ours {
			o.Questions++
		}
	}
	all, open := requests(r)
	o.Requests, o.RequestsKnown = len(open), len(all) > 0
	return o
}
