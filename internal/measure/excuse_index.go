package measure

import (
	"slices"

	"honne"
)

func excuseIndex() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-20", Slug: "excuse-index"},
		Doc: `Excuse index: reasons they gave by mail per 100 of their messages, within the months before the record's day. What they said in talks is no
part of the rate, since nobody counts the other things said there, but of all the rest. A reason that its check supports
does not count, nor one that our own side caused. Solved: evidence, an own action or a date stood beside it, or a dated promise of theirs on
the same topic followed within the days; one whose days still run is not weighed. Parts: reasons, weighed, solution-ratio (solved ÷ weighed),
same-slug (most days within half a year on which one reason came without a solution of its own), repeated (reasons of one topic with three
such days), contradicted (that facts contradict) and contradicted-share, supported and own-side (left out), blames-… (that name the market,
the regulator, their head office, customers, our product or us as the cause), each a reason of one topic once a day, confirmed (share of
those counted that a person confirmed). Minimum: twenty messages; the newest of each reason is said in its words from the first on. Source: domain 1.4 W5, 3.5 S-20.`,
		Params: []Param{{"months", 12, "months before the record's day"}, {"least", 20, "messages without which nothing is said"},
			{"days", 10, "business days for a solution"}, {"half-year", 6, "months in which repetition counts"},
			{"few", 5, "messages of a quarter of which a rate is shown"}, {"again", 3, "how often a reason is given before it is repeated"}},
		Needs:       []honne.Need{honne.NeedMail, honne.NeedOlderMail},
		Confounders: []string{"confounder.supported-barriers", "confounder.solved-by-phone"},
		Run:         runExcuseIndex,
	}
}

func runExcuseIndex(r *honne.Record, p Params) honne.Result {
	if len(r.Turns) == 0 {
		return lacks(honne.NeedMail)
	}
	year := before(r.AsOf, p.count("months"))
	items := theirTurns(r, year)
	if len(items) < p.count("least") {
		res := unknown(honne.Say("why.excuse-index.few", honne.Count("messages", len(items)), honne.Count("least", p.count("least"))), olderMail(r, year)...)
		sayReasons(&res, counting(saidIn(r, year)))
		return res
	}
	all := saidIn(r, year)
	list := counting(all)
	res := solve(r, list, p).result(list, items, year)
	blame(&res, list, p.count("again"))
	explainReasons(&res, all, list)
	sayReasons(&res, list)
	res.History, res.Baseline = ofTalk(r, p, func(in honne.Period) (float64, int) {
		n := len(theirTurns(r, in))
		return per100(written(counting(saidIn(r, in))), n), n
	})
	return res
}

// reasonsFound says how many reasons count. None found is not none given: a reason that
// holds does not count, and one in words that nobody taught is not found.
func reasonsFound(reasons, messages int) honne.Message {
	if reasons == 0 {
		return honne.Say("because.excuse-index.none", honne.Count("messages", messages))
	}
	return honne.Say("because.excuse-index", honne.Count("reasons", reasons), honne.Count("messages", messages))
}

func per100(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return 100 * ratio(n, of)
}

// theirTurns are the messages of the partner within a period, oldest first.
func theirTurns(r *honne.Record, p honne.Period) (out []honne.Turn) {
	for _, t := range conversations(r) {
		for _, x := range t {
			if x.Side == honne.Theirs && p.Contains(dayOf(x)) {
				out = append(out, x)
			}
		}
	}
	return out
}

// saidIn are the reasons that the partner gave within a period.
func saidIn(r *honne.Record, p honne.Period) (out []honne.Said) {
	for _, s := range r.Said {
		if s.By != honne.Ours && p.Contains(s.On) {
			out = append(out, s)
		}
	}
	return out
}

// counting leaves out the reasons that hold, and those that we caused.
func counting(list []honne.Said) []honne.Said {
	return slices.DeleteFunc(slices.Clone(list), func(s honne.Said) bool { return supported(s) || s.OwnSide })
}

// written counts the reasons that came by mail.
func written(list []honne.Said) (n int) {
	for _, s := range list {
		n += oneIf(s.Setting == honne.ByMail || s.Setting == "")
	}
	return n
}

func supported(s honne.Said) bool    { return s.Verdict == honne.Supported }
func contradicted(s honne.Said) bool { return s.Verdict == honne.Contradicted }
func ownSide(s honne.Said) bool      { return s.OwnSide }
func anything(honne.Said) bool       { return true }

// claims counts the claims of which something holds: a reason of one topic, once a
// day however often it stands in a conversation (domain S-20: slug and topic).
func claims(list []honne.Said, is func(honne.Said) bool) int {
	type claim struct {
		excuse, topic string
		on            honne.Date
	}
	seen := map[claim]bool{}
	for _, s := range list {
		if is(s) {
			seen[claim{s.Excuse, s.Topic, s.On}] = true
		}
	}
	return len(seen)
}

// solutions are what came of reasons.
type solutions struct {
	weighed, solved, sameSlug, repeated int
	open                                []honne.Said // without one
}

// result holds the reasons among the messages of theirs, and says them.
func (s solutions) result(list []honne.Said, items []honne.Turn, year honne.Period) honne.Result {
	res := honne.Result{
		Known: true, Value: per100(written(list), len(items)), Unit: honne.UnitIndex, N: len(items),
		Numerator:   counted("term.reasons-given", written(list)),
		Denominator: counted("term.messages-theirs", len(items)),
		Period:      year,
		Parts:       s.parts(list),
		Because:     []honne.Message{reasonsFound(written(list), len(items))},
		Evidence:    reasonsAsEvidence(s, list, items),
	}
	if n := len(list) - written(list); n > 0 {
		res.Because = append(res.Because, honne.Say("because.reasons-spoken", honne.Count("n", n)))
	}
	if s.weighed > 0 {
		res.Because = append(res.Because, honne.Say("because.reasons-solved", honne.Count("solved", s.solved), honne.Count("weighed", s.weighed)))
	}
	return res
}

// parts count the reasons, what the record says of them and what came of them.
func (s solutions) parts(list []honne.Said) []honne.Further {
	out := []honne.Further{count("reasons", len(list)), count("weighed", s.weighed),
		count("same-slug", s.sameSlug), count("repeated", s.repeated), count("contradicted", claims(list, contradicted))}
	if n := claims(list, anything); n > 0 {
		out = append(out, part("contradicted-share", ratio(claims(list, contradicted), n), honne.UnitRatio))
	}
	if s.weighed > 0 {
		out = append(out, part("solution-ratio", ratio(s.solved, s.weighed), honne.UnitRatio))
	}
	return out
}

// solve weighs the reasons: a solution is the evidence, the own action or the
// date beside it, or a dated promise that follows.
func solve(r *honne.Record, list []honne.Said, p Params) (s solutions) {
	for _, x := range list {
		last := theirDays(r).AddBusinessDays(x.On, p.count("days"))
		switch {
		case x.Barrier || promisedOn(r, x, last):
			s.weighed, s.solved = s.weighed+1, s.solved+1
		case last < r.AsOf:
			s.weighed++
			s.open = append(s.open, x)
		}
	}
	s.again(list, before(r.AsOf, p.count("half-year")), p.count("again"))
	return s
}

// again counts on how many days of a time a reason came without what was done about it:
// at most of one kind, and how many kinds and topics came back that often.
func (s *solutions) again(list []honne.Said, in honne.Period, often int) {
	slugs, topics := onDates{}, onDates{}
	for _, x := range list {
		if x.Barrier || !in.Contains(x.On) {
			continue
		}
		slugs.note(x.Excuse, x.On)
		if x.Topic != "" {
			topics.note(x.Excuse+"\x00"+x.Topic, x.On)
		}
	}
	for _, days := range slugs {
		s.sameSlug = max(s.sameSlug, len(days))
	}
	for _, days := range topics {
		s.repeated += oneIf(len(days) >= often)
	}
}

// onDates are the days on which something came.
type onDates map[string]map[honne.Date]bool

func (d onDates) note(key string, on honne.Date) {
	if d[key] == nil {
		d[key] = map[honne.Date]bool{}
	}
	d[key][on] = true
}

// promisedOn reports whether a dated promise of theirs on the topic of a reason
// followed until a day.
func promisedOn(r *honne.Record, s honne.Said, last honne.Date) bool {
	return s.Topic != "" && slices.ContainsFunc(r.Promises, func(p honne.Promise) bool {
		return p.By == honne.Theirs && p.Topic == s.Topic && p.FirstDue() != 0 && p.Made >= s.On && p.Made <= min(last, r.AsOf)
	})
}

// blame counts what the reasons name as the cause, and says what they name most
// often.
func blame(res *honne.Result, list []honne.Said, again int) {
	most, top := 0, honne.Blame("")
	for _, b := range honne.AllBlames {
		n := claims(list, func(s honne.Said) bool { return s.Blames == b })
		if n == 0 {
			continue
		}
		name := "blames-" + string(b)
		res.Parts = append(res.Parts, count(name, n))
		if n > most {
			most, top = n, b
		}
	}
	if most >= again {
		res.Because = append(res.Because, honne.Say("because.blames", honne.Word("what", "blame."+string(top)), honne.Count("n", most), honne.Count("of", claims(list, anything))))
	}
}

// explainReasons says what was left out, and on what the count rests.
func explainReasons(res *honne.Result, all, list []honne.Said) {
	if n := claims(all, supported); n > 0 {
		res.Parts = append(res.Parts, count("supported", n))
		res.Because = append(res.Because, honne.Say("because.reasons-supported", honne.Count("n", n)))
	}
	if n := claims(all, ownSide); n > 0 {
		res.Parts = append(res.Parts, count("own-side", n))
		res.OurSide = append(res.OurSide, honne.Say("because.reasons-own-side", honne.Count("n", n)))
	}
	if len(list) == 0 {
		return
	}
	confirmed := 0
	for _, s := range list {
		confirmed += oneIf(s.Confirmed)
	}
	res.Parts = append(res.Parts, part("confirmed", ratio(confirmed, len(list)), honne.UnitRatio))
	sayConfirmed(res, confirmed, len(list))
}

// reasonsSaid is how many reasons are said in their words.
const reasonsSaid = 3

// sayReasons says the reasons in their own words, from the first on: of each the newest,
// the newest first.
func sayReasons(res *honne.Result, list []honne.Said) {
	var seen []string
	for _, s := range slices.Backward(list) {
		if s.Text == "" || slices.Contains(seen, s.Excuse) {
			continue
		}
		if seen = append(seen, s.Excuse); len(seen) > reasonsSaid {
			continue
		}
		id := "because.reason"
		if contradicted(s) {
			id += ".contradicted"
		}
		if !s.Confirmed {
			id += ".heard"
		}
		res.Because = append(res.Because, honne.Say(id, honne.Day("on", s.On), honne.Text("said", s.Text)))
	}
	if more := len(seen) - reasonsSaid; more > 0 {
		res.Because = append(res.Because, honne.Say("because.reasons-more", honne.Count("n", more)))
	}
}

// reasonsAsEvidence are the messages with reasons, those without a solution
// first; without any, the messages that hold none.
func reasonsAsEvidence(s solutions, list []honne.Said, items []honne.Turn) []honne.Selection {
	var ids []honne.MailID
	for _, x := range append(slices.Clone(s.open), list...) {
		ids = append(ids, x.Mail)
	}
	if len(ids) == 0 {
		for _, t := range items {
			ids = append(ids, t.Mail)
		}
	}
	return messages(ids)
}
