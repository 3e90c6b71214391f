package measure

import (
	"testing"
	"time"

	"honne"
)

// TestGoldenAnswer is the vector of domain Appendix H: a question on Friday
// 17:00 in Berlin is one of Saturday in Japan; its clock starts on Thursday, after
// three holidays, and 11:00 on Friday is ten business hours.
func TestGoldenAnswer(t *testing.T) {
	berlin := time.FixedZone("CEST", 2*60*60)
	r := &honne.Record{AsOf: honne.NewDate(2026, 10, 1), Turns: []honne.Turn{
		{Mail: 1, At: time.Date(2026, 9, 18, 17, 0, 0, 0, berlin).UnixMicro(), Exact: true, Side: honne.Ours, Kind: honne.Substance, Asks: 1, Words: 1},
		{Mail: 2, At: clockAt("2026-09-24", "09:30"), Exact: true, Side: honne.Theirs, Kind: honne.Acknowledgement, Words: 2},
		{Mail: 3, At: clockAt("2026-09-25", "11:00"), Exact: true, Side: honne.Theirs, Kind: honne.Substance, Words: 3},
	}}
	got := waits(r, honne.Theirs)
	if len(got) != 1 || got[0].hours != 10 || !got[0].noted || got[0].answer.Mail != 3 {
		t.Errorf("%+v, want ten hours", got)
	}
}

// TestBall follows who owes an answer: each line of turns, and the questions that
// their side, then ours, owed an answer to, open ones with a plus.
func TestBall(t *testing.T) {
	for _, c := range []struct {
		name, turns  string
		theirs, ours []float64
		open         int
	}{
		{"an acknowledgement leaves it open", "turn ours 2025-07-14 10:00 1 asks 1\nturn theirs 2025-07-14 11:00 1 ack", []float64{31}, nil, 1},
		{"agreement is all that was asked", "turn ours 2025-07-14 10:00 1 asks 1 for-consent\nturn theirs 2025-07-14 11:00 1 consents", []float64{1}, nil, 0},
		{"agreement was asked, a receipt came", "turn ours 2025-07-14 10:00 1 asks 1 for-consent\nturn theirs 2025-07-14 11:00 1 ack", []float64{31}, nil, 1},
		{"more was asked than agreement", "turn ours 2025-07-14 10:00 1 asks 1\nturn theirs 2025-07-14 11:00 1 consents", []float64{31}, nil, 1},
		{"more was asked later", "turn ours 2025-07-14 10:00 1 asks 1 for-consent\nturn ours 2025-07-14 11:00 1 asks 1\nturn theirs 2025-07-14 12:00 1 consents", []float64{31}, nil, 1},
		{"the promise of an answer is none", "turn ours 2025-07-14 10:00 1 asks 1\nturn theirs 2025-07-14 11:00 1 by-day\nturn theirs 2025-07-16 10:00 1", []float64{16}, nil, 0},
		{"who was asked when answers by a day", "turn ours 2025-07-14 10:00 1 asks 1 for-day\nturn theirs 2025-07-14 11:00 1 by-day", []float64{1}, nil, 0},
		{"who was asked when only acknowledges", "turn ours 2025-07-14 10:00 1 asks 1 for-day\nturn theirs 2025-07-14 11:00 1 ack", []float64{31}, nil, 1},
		{"more than a day was asked later", "turn ours 2025-07-14 10:00 1 asks 1 for-day\nturn ours 2025-07-14 11:00 1 asks 1\nturn theirs 2025-07-14 12:00 1 by-day", []float64{31}, nil, 1},
		{"a reminder is no second question", "turn ours 2025-07-14 10:00 1 asks 1\nturn ours 2025-07-15 10:00 1 asks 1\nturn theirs 2025-07-16 10:00 1", []float64{16}, nil, 0},
		{"a question back hands it over", "turn ours 2025-07-14 10:00 1 asks 1\nturn theirs 2025-07-14 12:00 1 asks 1\nturn ours 2025-07-14 15:00 1\nturn theirs 2025-07-16 10:00 1",
			[]float64{2}, []float64{2}, 0},
		{"a question back that acknowledges", "turn ours 2025-07-14 10:00 1 asks 1\nturn theirs 2025-07-14 12:00 1 asks 1 ack\nturn ours 2025-07-14 15:00 1", []float64{2}, []float64{2}, 0},
		{"answered with a question", "turn ours 2025-07-14 10:00 1 asks 1\nturn theirs 2025-07-15 10:00 1\nturn ours 2025-07-16 10:00 1 asks 2\nturn theirs 2025-07-16 12:00 1", []float64{8, 2}, nil, 0},
		{"a program does not answer", "turn ours 2025-07-14 10:00 1 asks 1\nturn theirs 2025-07-14 10:01 1 auto", []float64{31}, nil, 1},
		{"a report does", "turn ours 2025-07-14 10:00 1 asks 1\nturn theirs 2025-07-14 14:00 1 report", []float64{3}, nil, 0},
		{"our own words do not", "turn ours 2025-07-14 10:00 1 asks 1\nturn ours 2025-07-14 14:00 1", []float64{31}, nil, 1},
		{"an unknown moment has no length", "turn ours 2025-07-14 10:00 1 asks 1\nturn theirs 2025-07-14 14:00 1 inexact", nil, nil, 0},
		{"answered on a Sunday", "turn ours 2025-07-19 10:00 1 asks 1\nturn theirs 2025-07-20 14:00 1", []float64{0}, nil, 0},
		{"New Year adds nothing", "as-of 2026-01-10\nturn ours 2025-12-26 17:00 1 asks 1\nturn theirs 2026-01-05 10:00 1", []float64{2}, nil, 0},
		{"a loop is no conversation", "turn ours 2025-07-14 10:00 1 asks 1\nturn theirs 2025-07-14 10:01 1 words 7\nturn ours 2025-07-14 10:02 1 words 8\nturn theirs 2025-07-14 10:03 1 words 7\n" +
			"turn ours 2025-07-14 10:04 1 words 8\nturn theirs 2025-07-14 10:05 1 words 7\nturn ours 2025-07-14 10:06 1 words 8", []float64{31}, nil, 1},
	} {
		d := parseRecord(t, "as-of 2025-07-17\n"+c.turns)
		theirs, ours := waits(&d.r, honne.Theirs), waits(&d.r, honne.Ours)
		if !sameHours(theirs, c.theirs) || !sameHours(ours, c.ours) {
			t.Errorf("%s: theirs %v, ours %v, want %v, %v", c.name, hoursOf(theirs), hoursOf(ours), c.theirs, c.ours)
		}
		open := 0
		for _, w := range append(theirs, ours...) {
			open += oneIf(!w.answered)
		}
		if open != c.open {
			t.Errorf("%s: %d open, want %d", c.name, open, c.open)
		}
	}
}

// TestSpokenAnswer: what was answered by word of mouth is open no longer, from the
// morning of its day for them, until its end for us; the ball goes on from there.
func TestSpokenAnswer(t *testing.T) {
	d := parseRecord(t, "as-of 2025-07-18\nturn ours 2025-07-14 10:00 1 asks 1\nturn ours 2025-07-16 10:00 1 asks 1\nturn theirs 2025-07-14 10:00 2 asks 1")
	for _, x := range d.r.Turns {
		d.r.Log.Answers = append(d.r.Log.Answers, honne.PhoneAnswer{Message: x.Mail, On: honne.NewDate(2025, 7, 15)})
	}
	d.r.Log.Answers[1].On = honne.NewDate(2025, 7, 19) // not known yet
	theirs, ours := waits(&d.r, honne.Theirs), waits(&d.r, honne.Ours)
	if !sameHours(theirs, []float64{7, 23}) || !sameHours(ours, []float64{15}) || theirs[1].answered {
		t.Errorf("theirs %v, ours %v", hoursOf(theirs), hoursOf(ours))
	}
}

func hoursOf(list []wait) (out []float64) {
	for _, w := range list {
		out = append(out, w.hours)
	}
	return out
}

func sameHours(list []wait, want []float64) bool {
	got := hoursOf(list)
	if len(got) != len(want) {
		return false
	}
	for i := range got {
		if got[i] != want[i] {
			return false
		}
	}
	return true
}

// TestAnnouncedLeave: slower answers while a person is on a leave that was told with a
// deputy do not count among the newest; without one, and what stays open after it, do.
func TestAnnouncedLeave(t *testing.T) {
	t.Parallel()
	leave := honne.PartnerChange{Kind: honne.PartnerLeave, On: honne.NewDate(2025, 6, 12), From: honne.NewDate(2025, 7, 1), Until: honne.NewDate(2025, 9, 30), Followed: honne.NewDate(2025, 6, 12)}
	for name, c := range map[string]struct {
		change func(*honne.PartnerChange)
		answer bool
		left   int
	}{
		"announced":         {func(*honne.PartnerChange) {}, true, 1},
		"no deputy":         {func(x *honne.PartnerChange) { x.Followed = 0 }, true, 2},
		"told afterwards":   {func(x *honne.PartnerChange) { x.On = honne.NewDate(2025, 9, 1) }, true, 2},
		"a person who left": {func(x *honne.PartnerChange) { x.Kind = honne.PartnerLeaver }, true, 2},
		"still open":        {func(*honne.PartnerChange) {}, false, 2},
	} {
		turns := "as-of 2025-10-20\nturn ours 2025-06-16 10:00 1 asks 1\nturn theirs 2025-06-17 10:00 1\nturn ours 2025-07-14 10:00 2 asks 1"
		if c.answer {
			turns += "\nturn theirs 2025-07-24 10:00 2"
		}
		d, x := parseRecord(t, turns), leave
		c.change(&x)
		d.r.Log.AtPartner = []honne.PartnerChange{x}
		asked := waits(&d.r, honne.Theirs)
		if got := atWork(40, &d.r, asked, Params{"few": 1}); (got == 8) != (c.left == 1) {
			t.Errorf("%s: held to %v hours", name, got)
		}
		if got := besidesLeave(&d.r, waits(&d.r, honne.Theirs)); len(got) != c.left {
			t.Errorf("%s: %d questions, want %d", name, len(got), c.left)
		}
	}
}

// TestPromisedElsewhere: an answer that was promised by a day and came in another
// conversation ends the wait when it came.
func TestPromisedElsewhere(t *testing.T) {
	d := parseRecord(t, "as-of 2025-07-17\nturn ours 2025-07-14 10:00 1 asks 1\nturn theirs 2025-07-14 11:00 1 by-day\nturn theirs 2025-07-15 11:00 2")
	p := honne.Promise{By: honne.Theirs, Mail: d.r.Turns[1].Mail, Due: honne.NewDate(2025, 7, 15), Outcome: honne.PromiseKept, Done: honne.NewDate(2025, 7, 15)}
	for _, c := range []struct {
		name  string
		done  honne.Date
		out   honne.PromiseOutcome
		hours float64
	}{{"with a message", p.Done, honne.PromiseKept, 9}, {"with none", p.Done + 1, honne.PromiseKept, 23}, {"not yet", 0, honne.PromiseOpen, 31}} {
		p.Done, p.Outcome = c.done, c.out
		d.r.Promises = []honne.Promise{p}
		if got := waits(&d.r, honne.Theirs); !sameHours(got, []float64{c.hours}) {
			t.Errorf("%s: %v, want %v", c.name, hoursOf(got), c.hours)
		}
	}
}
