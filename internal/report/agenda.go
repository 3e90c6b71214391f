package report

import (
	"slices"

	"honne"
	"honne/internal/japan"
)

// agenda is what both sides may read of a picture before they meet, in words
// that can be said to the partner: the allow-list of the partner's edition
// (domain 3.9). Whatever else a picture holds (levels, verdicts, how often a
// reason was given, names of persons, dependency, outcome) may decide what
// stands here, and never stands here itself. What the partner reads is written
// from an agenda and from nothing else.
type agenda struct {
	name    Name
	from    string     // our own name
	day     honne.Date // as known on
	meeting honne.Date // 0 when no day is known
	good    []point
	owed    []point // what we owe, the oldest first
	does    []point // what we will do, each with its day
	facts   []point
	asks    []asked
}

// point is a sentence and what it stands on.
type point struct {
	what   honne.Both // said before it: the words of a promise, or of the playbook
	say    honne.Message
	cells  []honne.Selection
	span   honne.Period // of the messages among the cells
	letter letter
	about  string // what it is about; nothing is said twice
}

// toDo reports whether something is left to do about what we owe: a promise, or
// our part in a cause. All else is said of our mail, or of meetings that were.
func (x point) toDo() bool { return !x.what.IsZero() }

// letter is a message as evidence.
type letter struct {
	at string // its address with us
	on honne.Date
}

// asked is one polite question with one day and one fact.
type asked struct {
	about string // slug of the reason, measure or need; series of a report
	kind  askKind
	text  honne.Both
	say   honne.Message // instead of text
	by    honne.Date
	fact  point
}

// The most that stands on one page.
const (
	mostGood  = 3
	mostOwed  = 3
	mostFacts = 3
	mostAsks  = 5 // a partner who is asked for everything gives nothing
)

func newAgenda(p honne.Picture) agenda {
	profile := p.Distributor.Profile
	a := agenda{name: Name{profile.Name, profile.NameJA}, from: profile.OurName, day: p.AsOf, meeting: p.Meeting}
	a.good = wentWell(p)
	a.owed = weOwe(p)
	a.asks = questionsOf(p)
	a.does = weDo(p, a)
	a.facts = joint(p, a)
	return a
}

// agreed lists the promises of a side that count as agreed: written, and
// confirmed by a person (domain 3.5 S-21).
func agreed(p honne.Picture, by honne.Side) (out []honne.Promise) {
	for _, x := range p.Promises {
		if x.By == by && x.Confirmed && x.Form == honne.PromiseWritten {
			out = append(out, x)
		}
	}
	return out
}

// promised is a promise as a point; who sees to it is left out.
func promised(x honne.Promise, say honne.Message) point {
	return point{what: x.What, say: say, letter: letter{x.At, x.Made}, about: x.What.EN + x.What.JA}
}

// pending reports whether a promise still waits, and whether its day has passed.
func pending(x honne.Promise, day honne.Date) (open, overdue bool) {
	open = x.Outcome == honne.PromiseOpen || x.Outcome == honne.PromiseLate && x.Done == 0
	return open, open && x.Due != 0 && x.Due < day
}

// weOwe lists what we promised and did not do yet, overdue first, and what our
// side did that the partner waits for.
func weOwe(p honne.Picture) (out []point) {
	var open []honne.Promise
	for _, x := range agreed(p, honne.Ours) {
		if waits, _ := pending(x, p.AsOf); waits {
			open = append(open, x)
		}
	}
	slices.SortStableFunc(open, func(a, b honne.Promise) int { return orderOfDays(a.Due, b.Due) })
	for _, x := range open {
		id := "brief.owed.undated"
		if _, late := pending(x, p.AsOf); late {
			id = "brief.owed.overdue"
		} else if x.Due != 0 {
			id = "brief.owed.open"
		}
		out = append(out, promised(x, honne.Say(id, dated(p, "day", x.Due))))
	}
	out = append(out, ourAnswers(p)...)
	for _, c := range p.Claims {
		switch {
		case len(c.Said) == 0:
		case c.OwnSide:
			out = append(out, ourPart(c, c.Said, "brief.owed.cause"))
		case c.ToLookAt():
			out = append(out, ourPart(c, c.NamesUs, "brief.owed.named"))
		}
	}
	return out
}

// ourPart is a reason with our side in it, by the last time that it was said.
func ourPart(c honne.Claim, said []honne.Quote, id string) point {
	last := said[len(said)-1]
	return point{what: c.Point, say: honne.Say(id), letter: letter{last.At, last.On}, about: c.Excuse}
}

// orderOfDays puts earlier days first and none last.
func orderOfDays(a, b honne.Date) int {
	switch {
	case a == b:
		return 0
	case a == 0, b != 0 && b < a:
		return 1
	}
	return -1
}

// ourAnswers is our own answer time where it is longer than theirs and than a
// business day, and the meetings that we moved.
func ourAnswers(p honne.Picture) (out []point) {
	if m, ok := p.Known("response-time"); ok && len(m.Evidence) > 1 {
		our := point{cells: m.Evidence[1:], span: m.Period, about: "ours"}
		if open := further(m, "ours-open"); open > 0 {
			our.say = honne.Say("brief.owed.questions", honne.Count("open", int(open)), honne.Count("n", int(further(m, "ours-n"))))
			out = append(out, our)
		} else if ours := further(m, "ours"); ours > m.Value && ours > japan.BusinessDayHours {
			our.say = honne.Say("brief.owed.answers", append(honne.Saying("took", japan.Worked(ours)), honne.Count("n", int(further(m, "ours-n"))))...)
			out = append(out, our)
		}
	}
	if m, ok := p.Known("initiative"); ok {
		if n := further(m, "ours-postponed"); n > 0 {
			out = append(out, point{say: honne.Say("brief.owed.postponed", honne.Count("n", int(n)), honne.Count("all", int(further(m, "meetings")))),
				cells: m.Evidence, span: m.Period})
		}
	}
	return out
}

// weDo is what we will do: at least half as many things as we ask for (domain
// 3.9). What follows from our debts comes first; the rest are offers that any
// meeting allows.
func weDo(p honne.Picture, a agenda) (out []point) {
	soon := answerBy(a, soonDays)
	for _, x := range a.owed {
		switch x.say.ID {
		case "brief.owed.overdue":
			out = once(out, point{say: honne.Say("brief.do.name-day", dated(p, "day", soon))})
		case "brief.owed.questions":
			out = once(out, point{say: honne.Say("brief.do.answer", dated(p, "day", soon))})
		case "brief.owed.named":
			out = once(out, point{say: honne.Say("brief.do.named", dated(p, "day", soon))})
		case "brief.owed.cause":
			out = once(out, point{say: honne.Say("brief.do.cause", dated(p, "day", answerBy(a, usualDays)))})
		}
	}
	for _, say := range []honne.Message{honne.Say("brief.do.notes", dated(p, "day", soon)), honne.Say("brief.do.raise", dated(p, "day", answerBy(a, usualDays))),
		honne.Say("brief.do.material", dated(p, "day", soon))} {
		if len(out) == 0 || 2*len(out) < len(a.asks) {
			out = once(out, point{say: say})
		}
	}
	return out
}

// once adds a point whose sentence is not there yet.
func once(list []point, x point) []point {
	if slices.ContainsFunc(list, func(y point) bool { return y.say.ID == x.say.ID }) {
		return list
	}
	return append(list, x)
}

// joint are facts that both sides have: their figures, the plan that was agreed,
// what is due. What is said elsewhere on the page is not said again.
func joint(p honne.Picture, a agenda) (out []point) {
	said := map[string]bool{}
	for _, x := range a.good {
		said[x.about] = true
	}
	for _, q := range a.asks {
		said[q.fact.about] = true
	}
	k := p.KPIs
	if ratio, ok := ofPlan(k); ok {
		out = append(out, point{say: honne.Say("brief.fact.plan", honne.Over("period", p.Period), honne.Ratio("value", ratio)),
			cells: planCells(k), about: "plan"})
	}
	if k.Growth != nil && len(k.Compared) > 0 {
		out = append(out, growthPoint(k, "brief.fact.growth"))
	}
	for _, x := range agreed(p, honne.Theirs) {
		if _, late := pending(x, p.AsOf); late {
			out = append(out, promised(x, honne.Say("brief.fact.promise", dated(p, "day", x.Due))))
		}
	}
	for _, w := range p.Waiting {
		if w.Late > 0 {
			out = append(out, duePoint(p, w))
		}
	}
	if n := k.Kept + k.Revised; n > 0 && k.Revised > 0 {
		out = append(out, point{say: honne.Say("brief.fact.kept", honne.Count("n", k.Kept), honne.Count("all", n)), cells: formulaCells(k, "kept"), about: "restatement"})
	}
	return slices.DeleteFunc(out, func(x point) bool { return said[x.about] })
}

// nearDays is how far from the page's own day a date is plain without its year.
const nearDays = 150

// dated is a day as an argument, with its year where that is not plain.
func dated(p honne.Picture, name string, d honne.Date) honne.Arg {
	if plainYear(p.AsOf, d) {
		return honne.Near(name, d)
	}
	return honne.Day(name, d)
}

func plainYear(day, d honne.Date) bool { return d-day < nearDays && day-d < nearDays }
