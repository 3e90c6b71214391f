package store_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/store"
)

// An entry has versions: the last counts, a stale one is refused, a frozen
// reading goes on seeing what it saw.
func TestEntries(t *testing.T) {
	inEach(t, func(t *testing.T, l *ledger) {
		day := honne.NewDate(2026, 5, 7)
		first, err := store.Enter(l.ctx, l.Store, honne.Entry[honne.Fact]{Distributor: l.d, By: 7,
			Body: honne.Fact{Kind: "competitor-growth", Of: "Ube", Value: 0.11, Source: "annual report 2025, p. 12", On: day, Grade: honne.GradeA}})
		l.must(err)
		if first.Code() != "D-001" || first.N != 1 {
			t.Errorf("%s version %d", first.Code(), first.N)
		}
		seen := first.At
		second := first
		second.Body.Value = 0.12
		second, err = store.Enter(l.ctx, l.Store, second)
		l.must(err)
		if _, err := store.Enter(l.ctx, l.Store, first); !errors.Is(err, honne.ErrConflict) {
			t.Errorf("a version that is not the last: %v", err)
		}
		if _, err := store.Enter(l.ctx, l.Store, honne.Entry[honne.Fact]{Distributor: l.d, Number: 9, N: 1}); !errors.Is(err, honne.ErrNotFound) {
			t.Errorf("no such entry: %v", err)
		}
		noted := func(at honne.AsOf) (out []float64) {
			r, err := l.Record(l.ctx, l.d, at)
			l.must(err)
			for _, f := range r.Noted {
				out = append(out, f.Value)
			}
			return out
		}
		if got := noted(honne.AsOf{Known: day}); len(got) != 1 || got[0] != 0.12 {
			t.Errorf("noted %v", got)
		}
		if got := noted(honne.AsOf{Known: day - 1}); len(got) != 0 {
			t.Errorf("noted the day before %v", got)
		}
		if got := noted(honne.AsOf{Known: day, Recorded: seen}); len(got) != 1 || got[0] != 0.11 {
			t.Errorf("frozen %v", got)
		}
		second.Withdrawn, second.Why = true, "another company"
		_, err = store.Enter(l.ctx, l.Store, second)
		l.must(err)
		if got := noted(honne.AsOf{Known: day}); len(got) != 0 {
			t.Errorf("withdrawn, yet %v", got)
		}
		history, err := store.EntryHistory[honne.Fact](l.ctx, l.Store, 1)
		if err != nil || len(history) != 3 || history[2].Why != "another company" || history[0].By != 7 {
			t.Errorf("%+v, %v", history, err)
		}
		l.must(l.Verify(l.ctx))
		_, err = l.DB().ExecContext(l.ctx, `UPDATE entry SET why = 'x' WHERE n = 3`)
		l.must(err)
		if err := l.Verify(l.ctx); err == nil || !strings.Contains(err.Error(), "D-001 version 3") {
			t.Errorf("altered: %v", err)
		}
	})
}

// A threshold counts from the moment it was set: an old day, and a frozen reading,
// are told by the rules of then.
func TestThresholdsCountFromWhenTheyWereSet(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			day := honne.NewDate(2026, 5, 7)
			now := day.At(12, 0)
			db.Config.Now = func() time.Time { return now }
			l := open(t, db.Config)
			e, err := store.Enter(l.ctx, l.Store, honne.Entry[honne.OwnThreshold]{Distributor: l.d, By: 7, Why: "agreed",
				Body: honne.OwnThreshold{Threshold: "visibility-index.under.1", Value: 0.6, Playbook: 0.7}})
			l.must(err)
			first := e.At
			now = (day + 1).At(12, 0)
			e.Body.Value = 0.5
			e, err = store.Enter(l.ctx, l.Store, e)
			l.must(err)
			now = (day + 2).At(12, 0)
			e.Withdrawn = true
			_, err = store.Enter(l.ctx, l.Store, e)
			l.must(err)
			for _, c := range []struct {
				at   honne.AsOf
				want float64
			}{{honne.AsOf{}, 0}, {honne.AsOf{Known: day - 1}, 0}, {honne.AsOf{Known: day}, 0.6}, {honne.AsOf{Known: day + 1}, 0.5}, {honne.AsOf{Known: day + 2}, 0},
				{honne.AsOf{Known: day + 9, Recorded: first}, 0.6}, {honne.AsOf{Known: day + 9, Recorded: first.Add(-1e9)}, 0}} {
				r, err := l.Record(l.ctx, l.d, c.at)
				l.must(err)
				got := 0.0
				for _, x := range r.Thresholds {
					if got = x.Body.Value; x.By != 7 || x.Why != "agreed" {
						t.Errorf("%+v", x)
					}
				}
				if got != c.want {
					t.Errorf("%+v: %g, want %g", c.at, got, c.want)
				}
			}
		})
	}
}

// What messages say is kept once, and the first reason of a kind opens its
// claim.
func TestHeard(t *testing.T) {
	inEach(t, func(t *testing.T, l *ledger) {
		at := time.Date(2026, 5, 7, 1, 0, 0, 0, time.UTC)
		_, err := l.AddMail(l.ctx, l.d, []honne.Mail{{Key: "a", Path: "m.mbox#1", Receipt: honne.Receipt{At: at, Basis: honne.ByMessage}, Side: honne.Theirs, Kind: honne.Substance, Text: "市場が違います。"}})
		l.must(err)
		list, err := l.Unheard(l.ctx, l.d, 10)
		if err != nil || len(list) != 1 || list[0].Text == "" {
			t.Fatalf("%+v, %v", list, err)
		}
		said := honne.Said{Mention: honne.Mention{Excuse: "market-is-different", Score: 0.9}, Quote: honne.Quote{On: list[0].Receipt.Day(), By: honne.Theirs, At: "m.mbox#1", Text: "市場が違います。"}, Mail: list[0].ID}
		heard := store.Heard{Said: []honne.Said{said, said}, Promises: []honne.Entry[honne.Promise]{{Body: honne.Promise{By: honne.Theirs, Made: said.On, Due: said.On + 7}}},
			Approvals: []honne.Entry[honne.Approval]{{Body: honne.Approval{Topic: "x", Asked: said.On}}}}
		l.must(l.KeepHeard(l.ctx, l.d, list[0].ID, heard))
		if err := l.KeepHeard(l.ctx, l.d, list[0].ID, heard); !errors.Is(err, honne.ErrConflict) {
			t.Errorf("heard twice: %v", err)
		}
		if list, err = l.Unheard(l.ctx, l.d, 10); err != nil || len(list) != 0 {
			t.Errorf("%+v, %v", list, err)
		}
		claims, err := store.Entries[honne.Judgement](l.ctx, l.Store, l.d)
		if err != nil || len(claims) != 1 || claims[0].Code() != "C-001" {
			t.Errorf("%+v, %v", claims, err)
		}
		mentions, err := store.Entries[honne.Said](l.ctx, l.Store, l.d)
		l.must(err)
		mentions[0].By = 3
		l.must(l.Hear(l.ctx, mentions[0]))
		mentions[1].By, mentions[1].Withdrawn = 3, true
		l.must(l.Hear(l.ctx, mentions[1]))
		r, err := l.Record(l.ctx, l.d, honne.AsOf{})
		if err != nil || len(r.Said) != 1 || !r.Said[0].Confirmed || len(r.Promises) != 1 || r.Promises[0].Confirmed || len(r.Approvals) != 1 {
			t.Errorf("%+v %+v %+v, %v", r.Said, r.Promises, r.Approvals, err)
		}
	})
}

// Whatever people can write about a distributor reaches its record from its day
// on, and not before.
func TestEveryEntryReachesTheRecord(t *testing.T) {
	day := honne.NewDate(2026, 5, 7)
	l := open(t, honnetest.Databases(t)[0].Config)
	everyKind(l, day)
	r, err := l.Record(l.ctx, l.d, honne.AsOf{Known: day})
	l.must(err)
	log := reflect.ValueOf(r.Log)
	for i := range log.NumField() {
		if n := log.Field(i).Len(); n != 1 {
			t.Errorf("%s: %d of the 1 that counts", log.Type().Field(i).Name, n)
		}
	}
	if r.Log.Pulses[0].Rater != 5 {
		t.Errorf("rated by %d", r.Log.Pulses[0].Rater)
	}
}

// everyKind enters two of each kind that a record has: one that counts on a day,
// and one that does not count yet.
func everyKind(l *ledger, day honne.Date) {
	enterAll(l, honne.FieldActivity{On: day}, honne.FieldActivity{On: day + 1})
	enterAll(l, honne.ActivityMonth{Month: day.Month()}, honne.ActivityMonth{Month: day.Month() + 1})
	enterAll(l, honne.TargetSite{Listed: day}, honne.TargetSite{Listed: day + 1})
	enterAll(l, honne.AccessRequest{Asked: day}, honne.AccessRequest{Asked: day + 1})
	enterAll(l, honne.Investment{From: day}, honne.Investment{From: day + 1})
	enterAll(l, honne.MarginRange{From: day}, honne.MarginRange{From: day + 1})
	enterAll(l, honne.Document{Issued: day}, honne.Document{Issued: day + 1})
	enterAll(l, honne.Contact{From: day}, honne.Contact{From: day + 1})
	enterAll(l, honne.RedFlag{On: day}, honne.RedFlag{On: day + 1})
	enterAll(l, honne.Pulse{Month: day.Month(), Score: 3}, honne.Pulse{Month: day.Month(), Alone: true})
	enterAll(l, honne.PublicAccount{On: day}, honne.PublicAccount{On: day + 1})
	enterAll(l, honne.Explanation{On: day}, honne.Explanation{On: day + 1})
	enterAll(l, honne.OurAct{On: day}, honne.OurAct{On: day + 1})
	enterAll(l, honne.ChangeRequest{Asked: day}, honne.ChangeRequest{Asked: day + 1})
	enterAll(l, honne.Delayed{On: day}, honne.Delayed{On: day + 1})
	enterAll(l, honne.ContractTerm{On: day}, honne.ContractTerm{On: day + 1})
	enterAll(l, honne.Readiness{On: day}, honne.Readiness{On: day + 1})
	enterAll(l, honne.MarketEstimate{Start: 1, On: day}, honne.MarketEstimate{Start: 1, On: day + 1})
	enterAll(l, honne.MarketEvent{On: day}, honne.MarketEvent{On: day + 1})
	enterAll(l, honne.GateWaiver{On: day}, honne.GateWaiver{On: day + 1})
	enterAll(l, honne.Confidential{From: day}, honne.Confidential{From: day + 1})
	enterAll(l, honne.Replacing{On: day}, honne.Replacing{On: day + 1})
	enterAll(l, honne.SignAction{On: day}, honne.SignAction{On: day + 1})
	enterAll(l, honne.BrandLook{On: day}, honne.BrandLook{On: day + 1})
	enterAll(l, honne.NotedMeeting{Day: day}, honne.NotedMeeting{Day: day + 1})
	enterAll(l, honne.PartnerChange{On: day}, honne.PartnerChange{On: day + 1})
	enterAll(l, honne.PhoneAnswer{On: day}, honne.PhoneAnswer{On: day + 1})
	enterAll(l, honne.SignSeen{On: day}, honne.SignSeen{On: day + 1})
}

func enterAll[T honne.Entered](l *ledger, list ...T) {
	for _, x := range list {
		_, err := store.Enter(l.ctx, l.Store, honne.Entry[T]{Distributor: l.d, By: 5, Body: x})
		l.must(err)
	}
}

// What a measure says of the log opens to its entries.
func TestLogOpens(t *testing.T) {
	inEach(t, func(t *testing.T, l *ledger) {
		for _, day := range []int{7, 20} {
			_, err := store.Enter(l.ctx, l.Store, honne.Entry[honne.FieldActivity]{Distributor: l.d, By: 7,
				Body: honne.FieldActivity{On: honne.NewDate(2026, 5, day), Kind: honne.ActivityVisit}})
			l.must(err)
		}
		may := honne.NewMonth(2026, 5)
		for _, c := range []struct {
			known honne.Date
			in    honne.Period
			want  []string
		}{
			{may.Last(), honne.Period{}, []string{"E-001", "E-002"}},
			{may.First() + 9, honne.Period{}, []string{"E-001"}},
			{may.Last(), honne.Period{From: may.First() + 9, To: may.Last()}, []string{"E-002"}},
		} {
			got, _, err := l.Sources(l.ctx, l.d, honne.AsOf{Known: c.known}, honne.Selection{Log: honne.EntryActivity, Period: c.in}, 0)
			l.must(err)
			var paths []string
			for _, s := range got {
				paths = append(paths, s.String())
			}
			if !reflect.DeepEqual(paths, c.want) {
				t.Errorf("known by %s in %s: %v, want %v", c.known, c.in, paths, c.want)
			}
		}
	})
}

// The house's answers on its own side count for each of its partners; a private
// feeling counts nowhere, not even as a source.
func TestHouseAnswersCount(t *testing.T) {
	inEach(t, func(t *testing.T, l *ledger) {
		day := honne.NewDate(2026, 5, 7)
		for _, x := range []struct {
			d     honne.DistributorID
			score int
		}{{l.d, 2}, {0, 4}} {
			_, err := store.Enter(l.ctx, l.Store, honne.Entry[honne.Readiness]{Distributor: x.d, By: 7, Body: honne.Readiness{Question: "H2a", Score: x.score, Evidence: "x", On: day}})
			l.must(err)
		}
		for _, alone := range []bool{true, false} {
			_, err := store.Enter(l.ctx, l.Store, honne.Entry[honne.Pulse]{Distributor: l.d, By: 7, Body: honne.Pulse{Month: day.Month(), Score: 2, Line: "x", Alone: alone}})
			l.must(err)
		}
		rec, err := l.Record(l.ctx, l.d, honne.AsOf{Known: day})
		l.must(err)
		if got := rec.Log.Readiness; len(got) != 2 || got[0].Score != 4 || got[1].Score != 2 {
			t.Errorf("the partner's own answer does not stand last: %+v", got)
		}
		if len(rec.Log.Pulses) != 1 {
			t.Errorf("%d pulses count", len(rec.Log.Pulses))
		}
		sources, _, err := l.Sources(l.ctx, l.d, honne.AsOf{Known: day}, honne.Selection{Log: honne.EntryPulse}, 0)
		l.must(err)
		if len(sources) != 1 || sources[0].Path != "E-002" {
			t.Errorf("%v", sources)
		}
	})
}
