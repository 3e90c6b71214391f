package measure

import (
	"strings"

	"honne"
)

// spoken reads what was said and promised.
func (d *draft) spoken(f []string) {
	mail := honne.MailID(5000 + len(d.r.Said) + len(d.r.Promises) + len(d.r.Approvals))
	switch f[0] {
	case "mails":
		for i := range int(number(f[2])) {
			n := len(d.r.Turns)
			d.r.Turns = append(d.r.Turns, honne.Turn{Mail: honne.MailID(n + 1), At: (date(f[3]) + honne.Date(i)).At(10, 0).UnixMicro(), Exact: true,
				Side: honne.Side(f[1]), Kind: honne.Substance, Thread: int32(10_000 + n), Words: int32(10_000 + n)})
		}
	case "said":
		s := honne.Said{Mention: honne.Mention{Excuse: f[1]}, Quote: honne.Quote{On: date(f[2]), By: honne.Theirs}, Mail: mail}
		for i := 3; i < len(f); i++ {
			switch f[i] {
			case "topic":
				s.Topic = f[i+1]
				i++
			case "barrier":
				s.Barrier = true
			case "confirmed":
				s.Confirmed = true
			case "own-side":
				s.OwnSide = true
			case "blames":
				s.Blames = honne.Blame(f[i+1])
				i++
			case "spoken":
				s.Setting = honne.AtMeeting
			case "supported", "contradicted":
				s.Verdict = honne.Verdict(f[i])
			default:
				panic("no such word: " + f[i])
			}
		}
		d.r.Said = append(d.r.Said, s)
	case "promise":
		d.promise(f, mail)
	case "approval":
		a := honne.Approval{Topic: f[1], Asked: date(f[2])}
		for l := range strings.SplitSeq(f[3], ",") {
			a.Levels = append(a.Levels, honne.ApprovalLevel{Level: l, Named: a.Asked, Mail: mail})
		}
		if len(f) > 5 {
			a.Decided = date(f[5])
		}
		d.r.Approvals = append(d.r.Approvals, a)
	}
}

func (d *draft) promise(f []string, mail honne.MailID) {
	p := honne.Promise{By: honne.Side(f[1]), Made: date(f[2]), Due: date(f[3]), Form: honne.PromiseWritten, Mail: mail}
	for i := 4; i < len(f); i++ {
		switch f[i] {
		case "kept":
			p.Outcome, p.Done = honne.PromiseKept, date(f[i+1])
			i++
		case "late", "dropped":
			p.Outcome = honne.PromiseOutcome(f[i])
		case "moved":
			p.Moves = append(p.Moves, honne.PromiseMove{On: date(f[i+1]), From: p.Due, By: p.By})
			p.Due = date(f[i+2])
			i += 2
		case "agreed":
			p.Moves[len(p.Moves)-1].Agreed = true
		case "oral", "unconfirmed":
			p.Form = honne.PromiseForm(f[i])
		case "topic":
			p.Topic = f[i+1]
			i++
		case "confirmed":
			p.Confirmed = true
		default:
			panic("no such word: " + f[i])
		}
	}
	d.r.Promises = append(d.r.Promises, p)
}
