package measure

import (
	"cmp"
	"slices"
	"time"

	"honne"
)

// thread is a conversation: the turns of both sides, oldest first, without what
// programs wrote.
type thread []honne.Turn

const (
	loopWithin = 24 * time.Hour
	loopTurns  = 3 // of one sender with the same words
)

// conversations groups the turns of a record. Left out are turns of programs, of
// third parties and of no known moment, and loops: the same words of one sender
// again and again within a day are a program that does not say so.
func conversations(r *honne.Record) []thread { return grouped(r.Turns) }

func grouped(turns []honne.Turn) []thread {
	of := map[int32]thread{}
	var order []int32
	for _, t := range turns {
		if t.At == 0 || t.Kind == honne.Automatic || t.Side == honne.Third {
			continue
		}
		if _, known := of[t.Thread]; !known {
			order = append(order, t.Thread)
		}
		of[t.Thread] = append(of[t.Thread], t)
	}
	var out []thread
	for _, n := range order {
		t := of[n]
		slices.SortStableFunc(t, func(a, b honne.Turn) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Mail, b.Mail)) })
		if t = t.withoutLoops(); len(t) > 0 {
			out = append(out, t)
		}
	}
	slices.SortStableFunc(out, func(a, b thread) int { return cmp.Or(cmp.Compare(a[0].At, b[0].At), cmp.Compare(a[0].Mail, b[0].Mail)) })
	return out
}

func (t thread) withoutLoops() thread {
	loops := map[int32]bool{}
	said := map[int32][]int64{}
	for _, x := range t {
		list := append(said[x.Words], x.At)
		said[x.Words] = list
		if n := len(list); n >= loopTurns && moment(x.At).Sub(moment(list[n-loopTurns])) <= loopWithin {
			loops[x.Words] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(t), func(x honne.Turn) bool { return loops[x.Words] })
}

// spoken are the answers that came by word of mouth, as turns of the messages that
// asked. Of the hour nothing is known: theirs counts from the morning of its day,
// ours from its end, so that neither flatters us.
func spoken(r *honne.Record) (out []honne.Turn) {
	for n, a := range r.Log.Answers {
		i := slices.IndexFunc(r.Turns, func(t honne.Turn) bool { return t.Mail == a.Message && t.Asks > 0 && t.Side != honne.Third })
		if i < 0 || a.On > r.AsOf || a.On < dayOf(r.Turns[i]) {
			continue
		}
		asked := r.Turns[i]
		at := a.On.At(9, 0)
		if asked.Side == honne.Theirs {
			at = a.On.At(18, 0)
		}
		out = append(out, honne.Turn{Mail: asked.Mail, At: max(at.UnixMicro(), asked.At+1), Exact: asked.Exact, Side: other(asked.Side), Kind: honne.Substance,
			Reply: true, Thread: asked.Thread, Words: -int32(n + 1)})
	}
	return out
}

// kept are the answers that were promised by a day and came in another conversation, as turns
// of that in which they were promised: when the message of that day came, else at the end of it.
func kept(r *honne.Record) (out []honne.Turn) {
	for _, p := range r.Promises {
		i := slices.IndexFunc(r.Turns, func(t honne.Turn) bool {
			return t.Mail == p.Mail && t.Kind == honne.Acknowledgement && t.Asks == 0 && t.Side == p.By
		})
		if i < 0 || p.Outcome != honne.PromiseKept || p.Done == 0 || p.Done > r.AsOf {
			continue
		}
		x := r.Turns[i]
		x.Kind, x.Day, x.Words, x.At = honne.Substance, false, -int32(len(r.Log.Answers)+i+1), max(p.Done.At(18, 0).UnixMicro(), x.At+1)
		brings := func(t honne.Turn) bool {
			return t.Side == p.By && t.At > r.Turns[i].At && (t.Kind == honne.Substance || t.Kind == honne.ReportTurn) && dayOf(t) == p.Done
		}
		if k := slices.IndexFunc(r.Turns, brings); k >= 0 {
			x.Mail, x.At, x.Exact = r.Turns[k].Mail, r.Turns[k].At, r.Turns[k].Exact
		}
		out = append(out, x)
	}
	return out
}

func moment(micros int64) time.Time { return time.UnixMicro(micros) }

func dayOf(t honne.Turn) honne.Date { return honne.DateOf(moment(t.At)) }

func fromTo(first, last honne.Turn) honne.Period {
	return honne.Period{From: dayOf(first), To: dayOf(last)}
}

// wait is a question, and how it was answered.
type wait struct {
	owed     honne.Side // who owes the answer
	asked    honne.Turn
	answer   honne.Turn // zero while it is open
	noted    bool       // it was acknowledged before
	hours    float64    // business hours to the answer, else to the end of the record's day
	answered bool
}

// waits lists the questions of all conversations that a side owes an answer to,
// oldest first. The ball lies with whom the other side asked, until it answers or
// asks back; an acknowledgement leaves it there, and a second question to who
// has it is a reminder. Hours are Japanese business hours, for both sides, of
// theirs without the days on which their office is closed.
// Source: domain 3.4, 3.5 S-16.
func waits(r *honne.Record, owed honne.Side) []wait {
	var out []wait
	days := officeOf(r, owed)
	for _, t := range grouped(slices.Concat(r.Turns, spoken(r), kept(r))) {
		for _, w := range t.waits() {
			if w.owed != owed || !w.asked.Exact || w.answered && !w.answer.Exact {
				continue // its length is not known
			}
			end := r.AsOf.End()
			if w.answered {
				end = moment(w.answer.At)
			}
			w.hours = max(days.BusinessHours(moment(w.asked.At), end).Hours(), 0)
			out = append(out, w)
		}
	}
	slices.SortStableFunc(out, func(a, b wait) int { return cmp.Compare(a.asked.At, b.asked.At) })
	return out
}

// Waits lists the questions of a record to either side, oldest first, as far as
// their length is known. Source: domain 3.5 S-16.
func Waits(r *honne.Record) []honne.Wait {
	all := append(waits(r, honne.Ours), waits(r, honne.Theirs)...)
	slices.SortStableFunc(all, func(a, b wait) int { return cmp.Compare(a.asked.At, b.asked.At) })
	out := make([]honne.Wait, len(all))
	for i, w := range all {
		out[i] = honne.Wait{Thread: w.asked.Thread, Owed: w.owed, Asked: w.asked.Mail, Answer: w.answer.Mail, Noted: w.noted, Hours: w.hours}
	}
	return out
}

// waits follows the ball through a conversation. Who was asked for agreement alone
// answers by agreeing, however short; who was asked when, by the promise of a day.
func (t thread) waits() []wait {
	var out []wait
	open := -1
	agree, day := false, false // all that is asked is agreement; a day
	for _, x := range t {
		if open >= 0 && out[open].owed == x.Side {
			switch {
			case x.Kind != honne.Acknowledgement || x.Asks > 0 || agree && x.Consent == honne.ConsentGiven || day && x.Day:
				out[open].answer, out[open].answered = x, true
				open = -1
			default:
				out[open].noted = true
			}
		}
		if x.Asks > 0 && x.Consent != honne.ConsentAsked {
			agree = false
		}
		if x.Asks > 0 && !x.Day {
			day = false
		}
		if x.Asks > 0 && open < 0 {
			open, agree, day = len(out), x.Consent == honne.ConsentAsked, x.Day
			out = append(out, wait{owed: other(x.Side), asked: x})
		}
	}
	return out
}

func other(s honne.Side) honne.Side {
	if s == honne.Ours {
		return honne.Theirs
	}
	return honne.Ours
}

// askedIn keeps the questions asked within a period.
func askedIn(list []wait, p honne.Period) []wait {
	var out []wait
	for _, w := range list {
		if p.Contains(dayOf(w.asked)) {
			out = append(out, w)
		}
	}
	return out
}

// messages are evidence; without any there is none, since an empty selection
// selects everything.
func messages(ids []honne.MailID) []honne.Selection {
	var s honne.Selection
	for _, id := range ids {
		if id != 0 && !slices.Contains(s.Mail, id) {
			s.Mail = append(s.Mail, id)
		}
	}
	if len(s.Mail) == 0 {
		return nil
	}
	return []honne.Selection{s}
}

// slowestFirst are the messages of questions as evidence: the open ones and the
// slowest first, each with its answer.
func slowestFirst(list []wait) []honne.Selection {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b wait) int {
		if a.answered != b.answered {
			return oneIf(a.answered) - oneIf(b.answered)
		}
		return cmp.Compare(b.hours, a.hours)
	})
	var ids []honne.MailID
	for _, w := range list {
		ids = append(ids, w.asked.Mail, w.answer.Mail)
	}
	return messages(ids)
}
