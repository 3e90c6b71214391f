package measure

import (
	"cmp"
	"slices"

	"honne"
	"honne/internal/japan"
	"honne/internal/stat"
)

func commitmentsKept() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-21", Slug: "commitments-kept"},
		Doc: `Commitments kept: their written promises kept by their day ÷ those due within the months before the record's day of which it is known
what became. The day is the last that both sides agreed on. One of theirs past its day counts only with a word about its outcome; one of ours
counts as late, and only where a person confirmed it. Oral ones are shown apart, those nobody confirmed and those that were dropped count neither way. Parts: slip-days (median,
from the day first named to the day it was done), moves (per promise), late, without-word (past their day, nothing heard), dropped, oral and
oral-kept, moved-most (how often the day of the open promise that was moved most was moved, three times at least), confirmed (share that a person confirmed), ours (our own share), ours-due, ours-late, ours-worse. Minimum: five. Source: domain 3.5 S-21.`,
		Params: []Param{{"months", 12, "months before the record's day"}, {"least", 5, "promises without which nothing is said"},
			{"few", 3, "promises of which a share is shown beside another one"}},
		Needs:       []honne.Need{honne.NeedMail},
		Confounders: []string{"confounder.moved-by-agreement"},
		Run:         runCommitmentsKept,
	}
}

func runCommitmentsKept(r *honne.Record, p Params) honne.Result {
	year := before(r.AsOf, p.count("months"))
	theirs, ours := promisesDue(r, honne.Theirs, year), promisesDue(r, honne.Ours, year)
	if len(theirs.known) < p.count("least") {
		res := unknown(fewPromises(r, theirs, p.count("least")), mailbox(r)...)
		sayOverdue(&res, ours)
		sayMoved(&res, r, year, p)
		return res
	}
	res := theirs.result(year)
	if days := theirs.slips(theirDays(r)); len(days) > 0 {
		res.Parts = append(res.Parts, part("slip-days", stat.Median(days), honne.UnitDays))
	}
	if theirs.silent > 0 {
		res.Because = append(res.Because, honne.Say("because.promises-without-word", honne.Count("n", theirs.silent)))
	}
	sayConfirmed(&res, theirs.confirmed, len(theirs.known))
	addOral(&res, theirs)
	sayMoved(&res, r, year, p)
	mirrorPromises(&res, ours, theirs, p)
	res.History, res.Baseline = ofTalk(r, p, func(in honne.Period) (float64, int) {
		d := promisesDue(r, honne.Theirs, in)
		return d.ratio(), len(d.known)
	})
	return res
}

// result holds how many promises were kept of those of which it is known what became.
func (d dues) result(year honne.Period) honne.Result {
	return honne.Result{
		Known: true, Value: d.ratio(), Unit: honne.UnitRatio, N: len(d.known),
		Numerator:   counted("term.promises-kept", d.kept),
		Denominator: counted("term.promises-due", len(d.known)),
		Period:      year,
		Parts: []honne.Further{part("moves", ratio(d.moves, len(d.known)), honne.UnitIndex),
			count("late", len(d.known)-d.kept), count("without-word", d.silent),
			count("dropped", d.dropped),
			part("confirmed", ratio(d.confirmed, len(d.known)), honne.UnitRatio)},
		Because:  []honne.Message{honne.Say("because.commitments-kept", honne.Count("kept", d.kept), honne.Count("due", len(d.known)))},
		Evidence: d.evidence(),
	}
}

// sayConfirmed says where what people read of mail was confirmed for less than half.
func sayConfirmed(res *honne.Result, confirmed, of int) {
	if 2*confirmed < of {
		res.Because = append(res.Because, honne.Say("because.mostly-unconfirmed", honne.Count("n", of-confirmed), honne.Count("of", of)))
	}
}

// mailbox is what lacks where no mail is read. Where it is, what is not found in it
// is not in another: the reason says what to write down.
func mailbox(r *honne.Record) []honne.Need {
	if len(r.Turns) == 0 {
		return []honne.Need{honne.NeedMail}
	}
	return nil
}

// olderMail is what lacks where mail is read and too little was found in it: the
// part of the time looked at before its first message. Where it reaches back that
// far nothing can be given: only time brings more.
func olderMail(r *honne.Record, looked honne.Period) []honne.Need {
	if len(r.Turns) > 0 && dayOf(slices.MinFunc(r.Turns, func(a, b honne.Turn) int { return cmp.Compare(a.At, b.At) })) <= looked.From {
		return nil
	}
	return []honne.Need{honne.NeedOlderMail}
}

// fewPromises says what is missing: nobody has entered any, or too few are due,
// or of too few it is known what became.
func fewPromises(r *honne.Record, theirs dues, least int) honne.Message {
	switch {
	case len(r.Promises) == 0 && len(r.Turns) == 0:
		return honne.Say("why.needs", honne.Word("need", "need."+string(honne.NeedMail)))
	case len(theirs.known)+theirs.silent >= least:
		return honne.Say("why.commitments-kept.without-word", honne.Count("silent", theirs.silent), honne.Count("known", len(theirs.known)), honne.Count("least", least))
	}
	return honne.Say("why.commitments-kept.few", honne.Count("known", len(theirs.known)), honne.Count("least", least))
}

// dues are the promises of one side that were due within a period.
type dues struct {
	known                                   []honne.Promise // written, of which it is known what became
	kept, moves, silent, dropped, confirmed int
	oral, oralKept                          int
}

// promisesDue gathers the promises of a side whose day lies in a period. Those
// of ours that are open past their day are late: we would know. One of ours that
// nobody confirmed is no promise yet, and what became of it is not known.
func promisesDue(r *honne.Record, by honne.Side, in honne.Period) (d dues) {
	for _, p := range r.Promises {
		due := p.AgreedDue()
		on := due
		if p.Outcome == honne.PromiseKept && p.Done != 0 {
			on = cmp.Or(min(due, p.Done), p.Done)
		}
		if p.Standing != honne.PromiseCommitted || p.By != by || due == 0 || !in.Contains(on) || on >= r.AsOf && p.Outcome == honne.PromiseOpen {
			continue
		}
		open := p.Outcome == honne.PromiseOpen && by != honne.Ours || !p.Confirmed && by == honne.Ours
		kept := p.Outcome == honne.PromiseKept && japan.KeptLate(p) == 0
		switch {
		case p.Form == honne.PromiseOral && p.Outcome != honne.PromiseDropped && !open:
			d.oral++
			d.oralKept += oneIf(kept)
		case p.Form != honne.PromiseWritten:
		case p.Outcome == honne.PromiseDropped:
			d.dropped++
		case open:
			d.silent++
		default:
			d.known = append(d.known, p)
			d.kept += oneIf(kept)
			d.moves += len(p.Moves)
			d.confirmed += oneIf(p.Confirmed)
		}
	}
	return d
}

func (d dues) ratio() float64 {
	if len(d.known) == 0 {
		return 0
	}
	return ratio(d.kept, len(d.known))
}

// slips are the business days of a calendar from the day first named to the day a
// promise was done; 0 for one done before. What was not done, or had no day at
// first, has none.
func (d dues) slips(c *japan.Calendar) (days []float64) {
	for _, p := range d.known {
		if p.Outcome == honne.PromiseKept && p.Done != 0 && p.FirstDue() != 0 {
			days = append(days, float64(max(0, c.Between(p.FirstDue(), p.Done))))
		}
	}
	return days
}

// evidence are the messages in which promises were made, those not kept first.
func (d dues) evidence() []honne.Selection {
	kept := func(p honne.Promise) int { return oneIf(p.Outcome == honne.PromiseKept && japan.KeptLate(p) == 0) }
	list := slices.Clone(d.known)
	slices.SortStableFunc(list, func(a, b honne.Promise) int { return kept(a) - kept(b) })
	var ids []honne.MailID
	for _, p := range list {
		ids = append(ids, p.Mail)
	}
	return messages(ids)
}

// sayMoved says of a written promise of theirs that is open how often they moved its day,
// where that is often: the one moved most.
func sayMoved(res *honne.Result, r *honne.Record, year honne.Period, p Params) {
	var most honne.Promise
	for _, x := range r.Promises {
		open := x.By == honne.Theirs && x.Form == honne.PromiseWritten && x.Standing == honne.PromiseCommitted && x.Outcome == honne.PromiseOpen
		if open && movedBy(x, year) > movedBy(most, year) {
			most = x
		}
	}
	if n := movedBy(most, year); n >= p.count("few") {
		res.Parts = append(res.Parts, count("moved-most", n))
		res.Because = append(res.Because, honne.Say("because.promise-moved", honne.Count("moves", n), honne.Day("made", most.Made),
			honne.Day("first", most.FirstDue()), honne.Day("now", most.Due), honne.Text("said", cmp.Or(most.Quote, most.What.JA, most.What.EN))))
	}
}

// movedBy counts how often they moved the day of a promise of theirs within a period.
func movedBy(x honne.Promise, in honne.Period) (n int) {
	for _, m := range x.Moves {
		n += oneIf(m.By == honne.Theirs && in.Contains(m.On))
	}
	return n
}

func addOral(res *honne.Result, d dues) {
	if d.oral > 0 {
		res.Parts = append(res.Parts, count("oral", d.oral), part("oral-kept", ratio(d.oralKept, d.oral), honne.UnitRatio))
	}
}

// mirrorPromises puts our own promises beside theirs; what we did worse comes
// first.
func mirrorPromises(res *honne.Result, ours, theirs dues, p Params) {
	sayUnconfirmed(res, ours)
	worse := len(ours.known) >= p.count("few") && ours.ratio() < theirs.ratio()
	res.Parts = append(res.Parts, flag("ours-worse", worse))
	if len(ours.known) == 0 {
		return
	}
	late := len(ours.known) - ours.kept
	res.Parts = append(res.Parts, count("ours-due", len(ours.known)), count("ours-late", late))
	if len(ours.known) >= p.count("few") {
		res.Parts = append(res.Parts, part("ours", ours.ratio(), honne.UnitRatio))
	}
	said := honne.Say("because.our-commitments-kept", honne.Count("kept", ours.kept), honne.Count("due", len(ours.known)))
	if worse {
		res.OurSide = append(res.OurSide, said)
		return
	}
	res.Because = append(res.Because, said)
}

// sayUnconfirmed says of how many promises of ours it is not known whether they
// were kept.
func sayUnconfirmed(res *honne.Result, ours dues) {
	if ours.silent > 0 {
		res.Because = append(res.Because, honne.Say("because.our-promises-unconfirmed", honne.Count("n", ours.silent)))
	}
}

// sayOverdue says what we owe also where theirs cannot be judged yet.
func sayOverdue(res *honne.Result, ours dues) {
	sayUnconfirmed(res, ours)
	if late := len(ours.known) - ours.kept; late > 0 {
		res.OurSide = append(res.OurSide, honne.Say("because.our-promises-late", honne.Count("late", late), honne.Count("due", len(ours.known))))
	}
}
