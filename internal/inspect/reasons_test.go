package inspect

import (
	"slices"
	"testing"

	"honne"
)

// spoken is a record of mail only: messages of the partner, and reasons in them
// that a person confirmed, each a week after the one before.
func spoken(messages int, excuses ...string) honne.Record {
	r := honne.Record{AsOf: honne.NewDate(2026, 9, 30)}
	start := honne.NewDate(2026, 4, 6)
	for i := range messages {
		r.Turns = append(r.Turns, honne.Turn{Mail: honne.MailID(i + 1), At: (start + honne.Date(i)).At(10, 0).UnixMicro(), Exact: true,
			Side: honne.Theirs, Kind: honne.Substance, Thread: int32(i), Words: int32(i)})
	}
	for i, x := range excuses {
		r.Said = append(r.Said, honne.Said{Mention: honne.Mention{Excuse: x}, Quote: honne.Quote{On: start + honne.Date(7*i), By: honne.Theirs},
			Mail: honne.MailID(7*i + 1), Topic: x, Confirmed: true})
	}
	return r
}

func note(r *honne.Record, kinds ...string) {
	for _, k := range kinds {
		r.Noted = append(r.Noted, honne.Fact{Kind: k, Value: 1, Source: "minutes", On: honne.NewDate(2026, 9, 1), Grade: honne.GradeA})
	}
}

func w5(t *testing.T, r honne.Record) honne.Sign {
	t.Helper()
	for _, s := range Picture(r, japanese(t)).Signs {
		if s.ID.Slug == "excuse-driven" {
			return s
		}
	}
	t.Fatal("there is no sign excuse-driven")
	return honne.Sign{}
}

// TestReasonsWithoutSolutions holds W5 of domain 1.4 with its guard: what facts
// support, and what our own side caused, does not count.
func TestReasonsWithoutSolutions(t *testing.T) {
	four := []string{"customers-conservative", "kols-need-sponsorship", "no-localization-budget", "wait-and-see"}
	unconfirmed := spoken(30, four...)
	for i := range unconfirmed.Said {
		unconfirmed.Said[i].Confirmed = false
	}
	solved := spoken(30, four...)
	for i := range 2 {
		solved.Promises = append(solved.Promises, honne.Promise{By: honne.Theirs, Topic: four[i], Made: solved.Said[i].On + 2, Due: solved.Said[i].On + 30})
	}
	supported := spoken(30, "market-is-different", "customers-conservative", "kols-need-sponsorship", "wait-and-see")
	supported.Noted = []honne.Fact{{Kind: "segment-growth", Value: 0.02, Source: "yearbook", On: honne.NewDate(2026, 8, 1), Grade: honne.GradeA},
		{Kind: "own-growth", Value: 0.02, Source: "ledger", On: honne.NewDate(2026, 8, 1), Grade: honne.GradeA}}
	contradicted := spoken(30, four[:3]...)
	note(&contradicted, "new-product-share", "kols-met-without-sponsorship", "other-principals-localized")
	ours := spoken(30, four...)
	note(&ours, "contract-we-pay-localization")
	for name, c := range map[string]struct {
		r    honne.Record
		want honne.Band
	}{
		"none solved":               {spoken(30, four...), honne.High},
		"nobody confirmed":          {unconfirmed, honne.Watch},
		"half of them solved":       {solved, honne.Clear},
		"one of four holds":         {supported, honne.Clear},
		"three contradicted":        {contradicted, honne.High},
		"one goes back to our side": {ours, honne.Clear},
		"three are no pattern":      {spoken(30, four[:3]...), honne.Clear},
		"the same three times":      {spoken(30, "wait-and-see", "wait-and-see", "wait-and-see"), honne.Watch},
		"no reasons":                {spoken(30), honne.Clear},
		"too few messages":          {spoken(19, four...), honne.UnknownBand},
		"no mail":                   {honne.Record{AsOf: honne.NewDate(2026, 9, 30), Said: spoken(1, four...).Said}, honne.UnknownBand},
	} {
		if got := w5(t, c.r); got.Level != c.want || got.Level != honne.UnknownBand && len(got.Evidence) == 0 {
			t.Errorf("%s: %s, want %s: %v", name, got.Level, c.want, got.Because)
		}
	}
	pic := Picture(ours, japanese(t))
	if !slices.ContainsFunc(pic.OurSide, func(m honne.Message) bool { return m.ID == "because.reasons-own-side" }) {
		t.Errorf("our side = %v", pic.OurSide)
	}
}

// TestOurPromisesFirst: what we owe is said even where theirs cannot be judged.
func TestOurPromisesFirst(t *testing.T) {
	r := spoken(30)
	r.Promises = []honne.Promise{{By: honne.Ours, Form: honne.PromiseWritten, Made: honne.NewDate(2026, 5, 1), Due: honne.NewDate(2026, 5, 29), Confirmed: true}}
	pic := Picture(r, japanese(t))
	if len(pic.OurSide) != 1 || pic.OurSide[0].ID != "because.our-promises-late" {
		t.Errorf("our side = %v", pic.OurSide)
	}
	r.Promises[0].Confirmed = false
	if pic = Picture(r, japanese(t)); len(pic.OurSide) != 0 {
		t.Errorf("nobody confirmed that we promised it: %v", pic.OurSide)
	}
}
