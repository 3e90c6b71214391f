package measure

import (
	"slices"

	"honne"
	"honne/internal/japan"
)

func accessIndex() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-17", Slug: "access-index"},
		Doc: `Access index, 0 to 100, of twelve months: 40 × key accounts that we met, alone or with them, ÷ key accounts that we asked to meet
+ 30 × requests granted within some business days of theirs ÷ requests + 30 × opinion leaders on the list or asked for that we have met ÷ those
leaders. A part of which nothing was asked is left out and the others weigh more. A request younger than those days and still open
counts nowhere; nor does one refused for a tender, a rule on visits or the privacy of patients. Parts: accounts, requests, leaders
(shares), refusals. Minimum: three requests or five key accounts. Source: domain 3.5 S-17, 1.4 W6.`,
		Params: []Param{{"months", 12, "months before the record's day"}, {"days", 20, "business days for an answer"},
			{"requests", 3, "requests, or"}, {"accounts", 5, "key accounts, without which nothing is said"}},
		Needs:       []honne.Need{honne.NeedAccess},
		Confounders: []string{"confounder.visiting-rules", "confounder.tenders"},
		Run:         runAccessIndex,
	}
}

// access is what came of the wishes to meet customers in a time.
type access struct {
	accounts, accountsMet   int
	requests, granted       int
	leaders, leadersMet     int
	refusals, askedOfLeader int
}

func runAccessIndex(r *honne.Record, p Params) honne.Result {
	if len(r.Log.Access) == 0 {
		return lacks(honne.NeedAccess)
	}
	year := before(r.AsOf, p.count("months"))
	a := accessIn(r, year, p.count("days"))
	if !a.enough(p) {
		return unknown(honne.Say("why.access-index.few", honne.Count("requests", a.requests), honne.Count("accounts", a.accounts)), honne.NeedAccess)
	}
	res := honne.Result{Known: true, Value: a.index(), Unit: honne.UnitIndex, N: a.requests, Period: year,
		Numerator: counted("term.requests-granted", a.granted), Denominator: counted("term.requests", a.requests),
		Evidence: fromLog(year, honne.EntryAccessRequest)}
	for _, x := range a.wishes() {
		res.Parts = append(res.Parts, part(x.name, ratio(x.met, x.of), honne.UnitRatio))
		res.Because = append(res.Because, honne.Say(x.because, honne.Count("met", x.met), honne.Count("of", x.of)))
	}
	res.Parts = append(res.Parts, count("refusals", a.refusals))
	if a.refusals > 0 {
		res.Because = append(res.Because, honne.Say("because.access.refusals", honne.Count("refusals", a.refusals)))
	}
	res.History, res.Baseline = asKnown(r, p.count("months"), func(then *honne.Record) (float64, bool) {
		a := accessIn(then, before(then.AsOf, p.count("months")), p.count("days"))
		return a.index(), a.enough(p)
	})
	return res
}

// wish is one kind of wish of which there was any, and its weight in the index.
type wish struct {
	name, because string
	weight        float64
	met, of       int
}

func (a access) wishes() []wish {
	return slices.DeleteFunc([]wish{
		{"accounts", "because.access.accounts", 40, a.accountsMet, a.accounts},
		{"requests", "because.access.requests", 30, a.granted, a.requests},
		{"leaders", "because.access.leaders", 30, a.leadersMet, a.leaders * min(1, a.askedOfLeader)},
	}, func(x wish) bool { return x.of == 0 })
}

func (a access) enough(p Params) bool {
	return a.requests >= p.count("requests") || a.accounts >= p.count("accounts")
}

// index weighs the wishes of which there was any.
func (a access) index() float64 {
	var points, weights float64
	for _, x := range a.wishes() {
		points += float64(x.weight * ratio(x.met, x.of))
		weights += x.weight
	}
	return 100 * points / weights
}

func accessIn(r *honne.Record, in honne.Period, days int) (a access) {
	accounts, leaders := map[string]bool{}, map[string]bool{}
	for _, t := range r.Log.Targets {
		if t.Leader && t.Listed <= in.To {
			leaders[japan.Key(t.Name)] = false
		}
	}
	met := meetings(r, in)
	for _, q := range r.Log.Access {
		answered := q.Answer != honne.AccessOpen && q.Answered <= in.To
		if !in.Contains(q.Asked) || slices.Contains(honne.AccessGuards, q.Reason) || !answered && !overdue(r, q.Asked, days) && !met[japan.Key(q.Whom)] {
			continue
		}
		a.requests++
		a.granted += oneIf(answered && q.Answer == honne.AccessGranted && within(r, q.Asked, q.Answered, days))
		a.refusals += oneIf(answered && q.Answer == honne.AccessRefused)
		a.askedOfLeader += oneIf(q.Leader)
		if q.Key {
			accounts[japan.Key(q.Whom)] = met[japan.Key(q.Whom)]
		}
		if q.Leader {
			leaders[japan.Key(q.Whom)] = false
		}
	}
	for _, seen := range accounts {
		a.accounts, a.accountsMet = a.accounts+1, a.accountsMet+oneIf(seen)
	}
	for name := range leaders {
		a.leaders, a.leadersMet = a.leaders+1, a.leadersMet+oneIf(met[name])
	}
	return a
}

// meetings are whom we met in a time: on a request, or beside them on a visit.
func meetings(r *honne.Record, in honne.Period) map[string]bool {
	met := map[string]bool{}
	for _, q := range r.Log.Access {
		if q.Met != 0 && in.Contains(q.Met) {
			met[japan.Key(q.Whom)] = true
		}
	}
	for _, v := range activitiesIn(r, in) {
		if v.Joint && v.Site != "" {
			met[japan.Key(v.Site)] = true
		}
	}
	return met
}
