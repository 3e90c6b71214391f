package measure

import (
	"math"
	"slices"

	"honne"
)

func initiative() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-15", Slug: "initiative"},
		Doc: `Initiative: conversations that they began ÷ all that either side began within the months before the record's day. One whose first message
only brings a report does not count, nor one whose beginning is not in the mail, nor what programs wrote. Parts: theirs, ours (counts);
meetings (by invitation, noted, or told by mail), and of three or more: postponed (share that they moved to a later day), postponed-least (the share that chance leaves
of it: lower end of Wilson's 95 % interval; only of those by invitation or confirmed), postponed-of-4 (of the last four), ours-postponed, postponed-over-ours (meetings that they moved, less those that we did). Minimum: ten conversations. Source: domain 3.5 S-15.`,
		Params: []Param{{"months", 12, "months before the record's day"}, {"least", 10, "conversations without which nothing is said"},
			{"meetings", 3, "meetings without which nothing is said of them"}, {"few", 3, "conversations of a quarter of which a share is shown"}},
		Needs:       []honne.Need{honne.NeedMail, honne.NeedOlderMail},
		Confounders: []string{"confounder.our-mass-mailings"},
		Run:         runInitiative,
	}
}

func runInitiative(r *honne.Record, p Params) honne.Result {
	if len(r.Turns) == 0 {
		return lacks(honne.NeedMail)
	}
	year := before(r.AsOf, p.count("months"))
	all := begun(r)
	now := beginIn(all, year)
	if len(now) < p.count("least") {
		return unknown(honne.Say("why.initiative.few", honne.Count("threads", len(now)), honne.Count("least", p.count("least"))), olderMail(r, year)...)
	}
	theirs := byThem(now)
	res := honne.Result{
		Known: true, Value: ratio(theirs, len(now)), Unit: honne.UnitRatio, N: len(now),
		Numerator:   counted("term.threads-theirs", theirs),
		Denominator: counted("term.threads", len(now)),
		Period:      fromTo(now[0], now[len(now)-1]),
		Parts:       []honne.Further{count("theirs", theirs), count("ours", len(now)-theirs)},
		Because:     []honne.Message{honne.Say("because.initiative", honne.Count("theirs", theirs), honne.Count("threads", len(now)))},
		Evidence:    theirsFirst(now),
	}
	res.History, res.Baseline = ofTalk(r, p, func(in honne.Period) (float64, int) {
		list := beginIn(all, in)
		return ratio(byThem(list), len(list)), len(list)
	})
	addMeetings(&res, r, year, p.count("meetings"))
	return res
}

// begun lists the first turns of conversations whose beginning is known, and is
// no report.
func begun(r *honne.Record) (out []honne.Turn) {
	for _, t := range conversations(r) {
		if first := t[0]; !first.Reply && first.Kind != honne.ReportTurn {
			out = append(out, first)
		}
	}
	return out
}

// theirsFirst are the messages with which conversations began, as evidence.
func theirsFirst(list []honne.Turn) []honne.Selection {
	var ids []honne.MailID
	for _, side := range []honne.Side{honne.Theirs, honne.Ours} {
		for _, t := range list {
			if t.Side == side {
				ids = append(ids, t.Mail)
			}
		}
	}
	return messages(ids)
}

func beginIn(list []honne.Turn, p honne.Period) (out []honne.Turn) {
	for _, t := range list {
		if p.Contains(dayOf(t)) {
			out = append(out, t)
		}
	}
	return out
}

func byThem(list []honne.Turn) (n int) {
	for _, t := range list {
		n += oneIf(t.Side == honne.Theirs)
	}
	return n
}

// addMeetings adds how many of the meetings that were set for a day of the period
// were moved to a later one, and by whom.
func addMeetings(res *honne.Result, r *honne.Record, year honne.Period, least int) {
	list := meetingsSet(r, year)
	res.Parts = append(res.Parts, count("meetings", len(list)))
	if len(list) < least {
		return
	}
	m := movesOf(list)
	res.Parts = append(res.Parts, m.parts()...)
	if m.theirs > 0 {
		res.Because = append(res.Because, honne.Say("because.postponed", honne.Count("postponed", m.theirs), honne.Count("meetings", m.set)))
	}
	if n := m.set - m.sure; n > 0 {
		res.Because = append(res.Because, honne.Say("because.meetings-told", honne.Count("told", n), honne.Count("meetings", m.set)))
		res.Evidence = append(res.Evidence, fromLog(year, honne.EntryMeeting)...)
	}
	if m.ours > m.theirs {
		res.OurSide = append(res.OurSide, honne.Say("because.our-postponed", honne.Count("postponed", m.ours), honne.Count("meetings", m.set)))
	}
}

// moves counts the meetings that were set, and those that were moved to a later day.
type moves struct {
	set, theirs, ours int
	recent            int // theirs, of the last four
	sure, surely      int // of which it is sure; theirs of these
}

func movesOf(list []planned) moves {
	m := moves{set: len(list)}
	for i, x := range list {
		m.theirs += oneIf(x.theirs)
		m.recent += oneIf(x.theirs && i >= len(list)-4)
		m.ours += oneIf(x.ours)
		m.sure += oneIf(x.sure)
		m.surely += oneIf(x.sure && x.theirs)
	}
	return m
}

func (m moves) parts() []honne.Further {
	beyond := 0.0 // what words alone tell is never beyond chance
	if m.sure > 0 {
		beyond = leastShare(m.surely, m.sure)
	}
	return []honne.Further{part("postponed", ratio(m.theirs, m.set), honne.UnitRatio), part("postponed-least", beyond, honne.UnitRatio),
		count("postponed-of-4", m.recent), count("ours-postponed", m.ours), count("postponed-over-ours", m.theirs-m.ours)}
}

// planned is a meeting that was set for a day, and who moved it to a later one: both may
// have.
type planned struct {
	day          honne.Date
	theirs, ours bool
	sure         bool // by invitation, or somebody confirmed it
}

// meetingsSet are the meetings of a time, by the day they were first set for: those of
// invitations, and those that are noted or told of other days.
func meetingsSet(r *honne.Record, in honne.Period) (out []planned) {
	invited := map[honne.Date]bool{}
	for _, m := range r.Meetings {
		invited[m.Set], invited[m.Day()] = true, true
		if in.Contains(m.Set) {
			out = append(out, planned{m.Set, m.Postponed(honne.Theirs), m.Postponed(honne.Ours), true})
		}
	}
	for _, m := range r.Log.Met {
		if m.By != "" && in.Contains(m.Day) && !invited[m.Day] {
			out = append(out, planned{m.Day, m.Postponed(honne.Theirs), m.Postponed(honne.Ours), !m.Heard})
		}
	}
	slices.SortStableFunc(out, func(a, b planned) int { return int(a.day - b.day) })
	return out
}

// leastShare is the lower end of the 95 % interval of a share k of n, after
// Wilson (1927): what it says when chance is granted all that it may have done.
func leastShare(k, n int) float64 {
	const z2 = 1.96 * 1.96
	p, m := float64(k)/float64(n), float64(n)
	return (p + z2/(2*m) - math.Sqrt(z2*(p*(1-p)+z2/(4*m))/m)) / (1 + z2/m)
}
