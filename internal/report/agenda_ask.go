package report

import (
	"cmp"
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
	"honne/internal/lang"
)

// askKind orders questions: the lower, the weightier.
type askKind int

// The order in which questions are asked: what was promised and whose day has
// passed, reports whose agreed day has passed, points raised that the data show
// otherwise, figures at the level high, points that cannot be told yet, figures
// to watch, reports without an agreed day, what is missing. Within one kind
// order is by days, or by how often a point was raised, or as the picture has it.
const (
	askPromise askKind = iota
	askReport
	askContradicted
	askHigh
	askUntold
	askWatch
	askUndated
	askMissing
)

// mostOfKind is how many questions of one kind are asked at a time.
const mostOfKind = 2

// alike lists what one question asks for: a second one on it is not asked.
var alike = [...][]string{
	{"lateness", "report-next-quarter", "sales", "due-days"},
	{"visibility-index", "completeness", "end-users", "customer-names-confidential", "policy-forbids-end-user-data"},
	{"plan-attainment", "growth", "growth-gap", "market-is-different"},
	{"forecast-bias", "forecast"},
	{"stock-cover", "stock-equation", "stock", "cannot-hold-stock"},
	{"plan-softness", "proposed-plan", "agreed-targets"},
}

func theme(about string) string {
	for _, list := range alike {
		if slices.Contains(list, about) {
			return list[0]
		}
	}
	return about
}

// questionsOf picks the questions: by kind, at most two of a kind, and none on
// what another one asks for already.
func questionsOf(p honne.Picture) (out []asked) {
	all := slices.Concat(promiseAsks(p), reportAsks(p), claimAsks(p), measureAsks(p))
	slices.SortStableFunc(all, func(a, b asked) int { return cmp.Compare(a.kind, b.kind) })
	themes, kinds := map[string]bool{}, map[askKind]int{}
	for _, q := range all {
		if len(out) == mostAsks || themes[theme(q.about)] || kinds[q.kind] == mostOfKind {
			continue
		}
		themes[theme(q.about)] = true
		kinds[q.kind]++
		out = append(out, q)
	}
	a := agenda{day: p.AsOf, meeting: p.Meeting}
	for i := range out {
		out[i].setDay(p, a)
	}
	return out
}

// Business days in which an answer is asked for: the state of something that is
// due is told soon, a reason or a figure takes longer.
const (
	soonDays  = 5
	usualDays = 10
)

// answerBy is a business day in Japan so many of them after the meeting, or after
// the day of the picture where none is set; not in the days around Obon and the
// turn of the year, when offices are thinly staffed (domain 2.1).
func answerBy(a agenda, days int) honne.Date {
	c := japan.National()
	d := c.AddBusinessDays(max(a.day, a.meeting), days)
	for thin(d) {
		d = c.Next(d)
	}
	return d
}

func thin(d honne.Date) bool {
	_, m, day := d.Civil()
	return m == 8 && 10 <= day && day <= 16 || m == 12 && day >= 26 || m == 1 && day <= 5
}

// setDay gives the question its day: in the sentence where it has a place for
// it, else behind it.
func (q *asked) setDay(p honne.Picture, a agenda) {
	days := usualDays
	if q.kind == askPromise || q.kind == askReport || q.kind == askUndated {
		days = soonDays
	}
	q.by = answerBy(a, days)
	q.say.Args = append(q.say.Args, dated(p, "by", q.by))
	if q.text.IsZero() {
		return
	}
	if strings.Contains(q.text.EN, "[date]") && strings.Contains(q.text.JA, "◯月◯日") {
		q.say = honne.Message{}
	} else {
		q.say = honne.Say("brief.by", dated(p, "by", q.by))
	}
	q.text.EN = strings.ReplaceAll(q.text.EN, "[date]", inSentence(lang.EN, p, q.by))
	q.text.JA = strings.ReplaceAll(q.text.JA, "◯月◯日", inSentence(lang.JA, p, q.by))
}

// promiseAsks ask how a promise of theirs stands whose day has passed.
func promiseAsks(p honne.Picture) (out []asked) {
	list := agreed(p, honne.Theirs)
	slices.SortStableFunc(list, func(a, b honne.Promise) int { return orderOfDays(a.Due, b.Due) })
	for _, x := range list {
		if _, late := pending(x, p.AsOf); late {
			fact := promised(x, honne.Say("brief.fact.promise", dated(p, "day", x.Due)))
			out = append(out, asked{about: fact.about, kind: askPromise, say: honne.Say("brief.ask.promise"), fact: fact})
		}
	}
	return out
}

// reportAsks ask for reports that have not come and are due, the oldest of each
// series.
func reportAsks(p honne.Picture) (out []asked) {
	for _, w := range p.Waiting {
		q := asked{about: string(w.Series), kind: askReport, fact: duePoint(p, w)}
		word := honne.Word("series", "shared."+string(w.Series))
		switch {
		case w.Late > 0:
			q.say = honne.Say("brief.ask.report", word, honne.Over("period", w.Period))
		case w.Due == 0:
			q.kind, q.say = askUndated, honne.Say("brief.ask.report", word, honne.Over("period", w.Period))
		default:
			continue
		}
		out = append(out, q)
	}
	return out
}

// duePoint is a report that has not come. What is not there has no cell: its
// evidence is what came before it.
func duePoint(p honne.Picture, w honne.Due) point {
	x := point{about: string(w.Series), cells: []honne.Selection{{Series: w.Series, Amount: true}, {Series: w.Series}}}
	word, over := honne.Word("series", "shared."+string(w.Series)), honne.Over("period", w.Period)
	switch {
	case w.Series == honne.Sales && p.Coverage.To != 0:
		x.cells = salesOf(p, p.Coverage.To)
		x.say = honne.Say("brief.fact.due-last", word, over, dated(p, "day", w.Due), honne.InMonth("last", p.Coverage.To))
		if w.Due == 0 {
			x.say = honne.Say("brief.fact.last", word, honne.InMonth("last", p.Coverage.To))
		}
	case w.Due == 0:
		x.say = honne.Say("brief.fact.not-come", word, over)
	default:
		x.say = honne.Say("brief.fact.due", word, over, dated(p, "day", w.Due))
	}
	return x
}

// claimAsks ask on points that they raised: not where our side is the cause or
// the point holds, nor where they name our side and we have not looked, nor where
// they named evidence, an action or a date themselves, nor where nobody can tell yet
// which reason was meant.
func claimAsks(p honne.Picture) (out []asked) {
	list := slices.Clone(p.Claims)
	slices.SortStableFunc(list, func(a, b honne.Claim) int {
		return cmp.Or(cmp.Compare(len(b.Said), len(a.Said)), strings.Compare(a.Excuse, b.Excuse))
	})
	for _, c := range list {
		if c.OwnSide || c.ToLookAt() || c.Barrier || c.Unclear || c.Verdict == honne.Supported || c.Ask.IsZero() || len(c.Said) == 0 {
			continue
		}
		kind := askUntold
		if c.Verdict == honne.Contradicted {
			kind = askContradicted
		}
		last := c.Said[len(c.Said)-1]
		out = append(out, asked{about: c.Excuse, kind: kind, text: c.Ask,
			fact: point{what: c.Point, say: honne.Say("brief.fact.raised", dated(p, "day", last.On)), letter: letter{last.At, last.On}, about: c.Excuse}})
	}
	return out
}

// measureAsks are the questions of the picture that have a fact which both sides
// can look at.
func measureAsks(p honne.Picture) (out []asked) {
	for _, q := range p.Questions {
		x := asked{text: honne.Both{EN: q.EN, JA: q.JA}, kind: askMissing}
		if q.Need != "" {
			x.about, x.fact = string(q.Need), onRecord(p)
			out = append(out, x)
			continue
		}
		if len(q.Because) == 0 {
			continue
		}
		m, ok := p.Known(q.Because[0])
		if !ok {
			continue
		}
		x.about, x.kind = q.Because[0], askWatch
		if m.Band == honne.High {
			x.kind = askHigh
		}
		if x.fact, ok = factOf(p, m); ok {
			out = append(out, x)
		}
	}
	return out
}

// onRecord is what there is, where something is missing.
func onRecord(p honne.Picture) point {
	c := p.Coverage
	if c.Months == 0 {
		return point{say: honne.Say("brief.fact.nothing")}
	}
	return point{say: honne.Say("brief.fact.record", honne.Count("n", c.Months), honne.Over("period", honne.Months(c.From, c.To))), cells: salesOf(p, c.To)}
}

// factOf words a measure as a fact of both sides; not ok for one that has no such
// words, or that rests on what only we set.
func factOf(p honne.Picture, m honne.Judged) (point, bool) {
	x := point{cells: m.Evidence, span: m.Period, about: m.Measure.Slug}
	switch m.Measure.Slug {
	case "plan-attainment":
		ratio, ok := ofPlan(p.KPIs)
		x.say, x.cells, x.about = honne.Say("brief.fact.plan", honne.Over("period", p.Period), honne.Ratio("value", ratio)), planCells(p.KPIs), "plan"
		return x, ok
	case "growth", "growth-gap":
		if p.KPIs.Growth == nil || len(p.KPIs.Compared) == 0 {
			return x, false
		}
		return growthPoint(p.KPIs, "brief.fact.growth"), true
	case "response-time":
		x.cells = m.Evidence[:min(1, len(m.Evidence))]
	}
	x.say = saidOf(m)
	return x, !x.say.IsZero()
}

// saidOf says the value of a measure as a fact; zero for one that is none.
func saidOf(m honne.Judged) honne.Message {
	over, n := honne.Over("period", m.Period), honne.Count("n", m.N)
	switch m.Measure.Slug {
	case "forecast-bias":
		return honne.Say("brief.fact.forecast", n, over, honne.Growth("value", m.Value))
	case "restatement":
		return honne.Say("brief.fact.updated", over, honne.Count("changed", int(further(m, "changed"))), n)
	case "lateness":
		return honne.Say("brief.fact.late", over, honne.Count("late", int(further(m, "late"))), n)
	case "completeness":
		return honne.Say("brief.fact.level", over, honne.Word("level", "brief.level."+lang.EN.Number(m.Value, 0)))
	case "visibility-index":
		return honne.Say("brief.fact.named", over, honne.Ratio("value", m.Value))
	case "quarter-end-loading":
		return honne.Say("brief.fact.loading", over, honne.Number("times", m.Value))
	case "stock-cover":
		return honne.Say("brief.fact.stock", honne.Number("months", m.Value))
	case "stock-equation":
		return honne.Say("brief.fact.balance", over, honne.Ratio("value", m.Value))
	case "concentration":
		return honne.Say("brief.fact.largest", over, honne.Ratio("value", further(m, "top5")), n)
	case "response-time":
		return honne.Say("brief.fact.answers", append(honne.Saying("took", japan.Worked(m.Value)), n)...)
	case "initiative":
		return honne.Say("brief.fact.begun", honne.Ratio("value", m.Value), n)
	}
	return honne.Message{}
}

func inSentence(l lang.Language, p honne.Picture, d honne.Date) string {
	if plainYear(p.AsOf, d) {
		return l.NearDate(d)
	}
	return l.Date(d)
}
