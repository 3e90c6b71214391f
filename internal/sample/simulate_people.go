package sample

import (
	"fmt"

	"honne"
	"honne/internal/japan"
)

// correspond writes our questions with their answers, theirs with ours, who
// begins conversations, and the meetings of each quarter.
func (l *life) correspond() {
	thread := int32(0)
	for _, m := range l.months() {
		silent := l.slow && l.after(m)
		for _, d := range businessDays(m.Period()) {
			if l.chance(l.questions / 5) {
				thread++
				l.ask(d, thread, silent)
			}
			begins := 0.18
			if silent {
				begins = 0.01
			}
			if l.chance(begins) {
				thread++
				l.turn(honne.Theirs, d, 9, thread)
				l.turn(honne.Ours, japan.National().AddBusinessDays(d, 1+l.r.IntN(2)), 15, thread)
			}
		}
		l.meet(m, silent)
	}
}

// turn adds a message: the first of a thread asks, the others reply.
func (l *life) turn(side honne.Side, day honne.Date, hour int, thread int32) {
	n := len(l.turns) + 1
	first := n == 1 || l.turns[n-2].Thread != thread
	x := honne.Turn{Mail: honne.MailID(n), At: day.At(hour, 10).UnixMicro(), Exact: true, Side: side, Kind: honne.Substance, Reply: !first, Thread: thread, Words: int32(n)}
	if first {
		x.Asks = 1
	}
	l.turns = append(l.turns, x)
}

// ask adds a question of ours, and its answer where one comes.
func (l *life) ask(d honne.Date, thread int32, silent bool) {
	l.turn(honne.Ours, d, 10, thread)
	wait := l.r.IntN(3)
	if l.chance(0.1 * l.quality) {
		wait = 4 + l.r.IntN(4)
	}
	if silent {
		wait = 4 + l.r.IntN(int(12*l.strength))
	}
	if !silent || l.chance(0.8) {
		l.turn(honne.Theirs, japan.National().AddBusinessDays(d, wait), 11+l.r.IntN(6), thread)
	}
}

func (l *life) meet(m honne.Month, silent bool) {
	set := japan.National().OnOrAfter(m.First() + 14)
	meeting := honne.Meeting{Set: set, By: honne.Ours}
	if silent && l.chance(0.6) || l.chance(0.06*l.quality) {
		meeting.Moves = []honne.Move{{On: set - 3, By: honne.Theirs, To: set + 14}}
	}
	if m%2 == 0 {
		l.meetings = append(l.meetings, meeting)
	}
}

// work fills the activity log of each month, whole, and what was invested.
func (l *life) work() {
	for k := range 24 {
		l.log.Targets = append(l.log.Targets, honne.TargetSite{Name: fmt.Sprintf("対象%02d病院", k+1), Listed: simulatedFrom.First()})
	}
	for _, m := range l.months() {
		idle := l.idle && l.after(m)
		days := businessDays(m.Period())
		plan := map[honne.ActivityKind]int{honne.ActivityVisit: 8, honne.ActivityDemo: 2}
		for _, kind := range []honne.ActivityKind{honne.ActivityDemo, honne.ActivityVisit} {
			done := plan[kind] - 1 + l.r.IntN(3)
			if idle {
				done = l.r.IntN(3)
			}
			for range done {
				l.log.Activities = append(l.log.Activities, honne.FieldActivity{On: days[l.r.IntN(len(days))], Kind: kind, Outbound: true,
					Site: fmt.Sprintf("対象%02d病院", l.r.IntN(24)+1), Rep: fmt.Sprintf("rep%d", l.r.IntN(3)), DecisionMaker: l.chance(0.4)})
			}
			l.log.Months = append(l.log.Months, honne.ActivityMonth{Month: m, Kind: kind, Planned: plan[kind], Whole: true})
		}
		l.log.Months = append(l.log.Months, honne.ActivityMonth{Month: m, Whole: true})
		if m%2 == 0 && !idle {
			l.log.Activities = append(l.log.Activities, honne.FieldActivity{On: days[len(days)/2], Kind: honne.ActivitySeminar, Outbound: true, Rep: "rep0"})
		}
	}
}

// open answers our wishes to meet customers.
func (l *life) open() {
	for i, m := range l.months() {
		asked := japan.National().OnOrAfter(m.First() + 9)
		q := honne.AccessRequest{Asked: asked, Whom: fmt.Sprintf("重点%02d病院", i%10), Key: true}
		switch {
		case l.refuses && l.after(m):
			if l.chance(0.6 * l.strength) {
				q.Answer, q.Answered, q.Reason = honne.AccessRefused, asked+8, "当社で対応いたします"
			}
		case l.chance(0.05 * l.quality):
			q.Answer, q.Answered, q.Reason = honne.AccessRefused, asked+6, "tender-period"
		case l.chance(0.9):
			q.Answer, q.Answered = honne.AccessGranted, asked+honne.Date(3+l.r.IntN(15))
			if l.chance(0.9) {
				q.Met = q.Answered + honne.Date(5+l.r.IntN(25))
			}
		}
		l.log.Access = append(l.log.Access, q)
	}
}

// remember notes what people know: the team's pulse, contacts, papers, what was
// said of missed quarters, and our own acts.
func (l *life) remember() {
	for _, m := range l.months() {
		for who := range honne.UserID(3) {
			feels := 3 + int(who)%2 // a person's own level, with a better or worse month
			if l.chance(0.3) {
				feels += 1 - 2*l.r.IntN(2)
			}
			l.log.Pulses = append(l.log.Pulses, honne.Pulse{Month: m, Rater: who + 1, Score: feels, Line: "所感"})
		}
		if l.chance(0.4) { // anybody has reasons now and then, mostly with what is done about it
			l.say([]string{"head-office-approval", "price-too-high", "technical-staff-busy"}[l.r.IntN(3)], m.First()+honne.Date(l.r.IntN(25)), l.chance(0.8))
		}
		if m%3 == 2 {
			l.explain(m)
		}
	}
	for k, f := range honne.AllFunctions {
		l.log.Contacts = append(l.log.Contacts, honne.Contact{Function: f, Name: fmt.Sprintf("担当%d", k), Direct: k < 5, Top: k < 2, Field: f == honne.FunctionField})
	}
	for k := range 5 {
		issued := simulatedFrom.First() - honne.Date(100*k)
		l.log.Documents = append(l.log.Documents, honne.Document{Kind: fmt.Sprintf("licence-%d", k), Required: true, Issued: issued, Expires: issued + 5*366 + 200})
	}
	if l.shortage {
		for m := l.begins; m < l.begins+5; m++ {
			l.log.OurActs = append(l.log.OurActs, honne.OurAct{Kind: honne.OurShortage, On: m.First() + 3, What: "工場の停止"})
		}
	}
}

// explain says why the quarter that ends with a month fell short: honest ones with
// what they do about it, others with reasons only.
func (l *life) explain(last honne.Month) {
	q := honne.Months(last-2, last)
	var sold, planned float64
	for m := last - 2; m <= last; m++ {
		sold, planned = sold+float64(total(l.sold, l.book(m))), planned+l.plan(m)
	}
	if sold >= float64(0.97*planned) {
		return
	}
	e := honne.Explanation{Period: q, On: japan.National().AddBusinessDays(q.To, 4+l.r.IntN(8)), Why: "症例数の減少", Action: "重点10施設へのデモを来月末までに実施"}
	if l.excuses && l.after(last) {
		e.Action = ""
		for m := last - 2; m <= last; m++ {
			for k := range honne.Date(2) {
				l.say("market-is-different", m.First()+5+10*k, false)
			}
		}
	}
	l.log.Explained = append(l.log.Explained, e)
}

// say notes a reason that they gave, with or without a solution beside it.
func (l *life) say(excuse string, on honne.Date, solved bool) {
	l.said = append(l.said, honne.Said{Mention: honne.Mention{Excuse: excuse, Score: 0.9, Barrier: solved},
		Quote: honne.Quote{On: on, By: honne.Theirs}, Topic: excuse, Setting: honne.ByMail, Confirmed: true})
}
