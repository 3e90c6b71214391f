package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"honne"
	"honne/internal/store"
)

// visits are rows of a list, a visit a day to a site.
func visits(days ...int) (out []honne.Listed) {
	for i, day := range days {
		at := honne.Cell{Row: int32(i + 3), Col: 1}
		out = append(out, honne.Listed{At: honne.Address{Sheet: "活動", Range: honne.Range{From: at, To: honne.Cell{Row: at.Row, Col: 4}}},
			Body: honne.FieldActivity{On: honne.NewDate(2026, 5, day), Kind: honne.ActivityVisit, Site: "青葉病院", Rep: "山田", Outbound: true}})
	}
	return out
}

// list takes a file of lists alone, which the ledger accepts.
func (l *ledger) list(path string, received honne.Date, rows []honne.Listed) honne.FileID {
	l.t.Helper()
	id, err := l.AddFile(l.ctx, honne.StoredFile{Distributor: l.d, Path: path, SHA256: path, Receipt: honne.Receipt{At: received.At(9, 0), Basis: honne.Stated}})
	l.must(err)
	l.must(l.KeepListed(l.ctx, id, rows))
	l.must(l.Accept(l.ctx, 5, id))
	return id
}

// told are the days and files of the activities that stand, and where they open to.
func (l *ledger) told(at honne.AsOf) string {
	l.t.Helper()
	rec, err := l.Record(l.ctx, l.d, at)
	l.must(err)
	sources, _, err := l.Sources(l.ctx, l.d, at, honne.Selection{Log: honne.EntryActivity}, 0)
	l.must(err)
	var out []string
	for _, a := range rec.Log.Activities {
		out = append(out, fmt.Sprint(a.On, " ", a.Cited.Path))
	}
	for _, s := range sources {
		out = append(out, s.String())
	}
	return strings.Join(out, "; ")
}

// A list that overlaps another doubles nothing; undoing a file takes back what no
// other one says, with a version of its own.
func TestListsAddUp(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		june := honne.NewDate(2026, 6, 5)
		first := l.list("may.xlsx", june, visits(7, 8, 20))
		second := l.list("may and more.xlsx", june+3, visits(8, 20, 21))
		want := "2026-05-07 may.xlsx; 2026-05-08 may.xlsx; 2026-05-20 may.xlsx; 2026-05-21 may and more.xlsx; may.xlsx!活動!A3:D5; may and more.xlsx!活動!A5:D5"
		if got := l.told(honne.AsOf{}); got != want {
			t.Errorf("two lists say %s", got)
		}
		if got := l.told(honne.AsOf{Known: june + 1}); got != "2026-05-07 may.xlsx; 2026-05-08 may.xlsx; 2026-05-20 may.xlsx; may.xlsx!活動!A3:D5" {
			t.Errorf("before the second list came: %s", got)
		}
		l.must(l.Undo(l.ctx, 5, first))
		l.must(l.Undo(l.ctx, 5, first))
		want = "2026-05-08 may and more.xlsx; 2026-05-20 may and more.xlsx; 2026-05-21 may and more.xlsx; may and more.xlsx!活動!A3:D5"
		if got := l.told(honne.AsOf{}); got != want {
			t.Errorf("one of two was undone: %s", got)
		}
		history, err := store.EntryHistory[honne.FieldActivity](l.ctx, l.Store, 1)
		l.must(err)
		if len(history) != 2 || !history[1].Withdrawn || history[1].Why != honne.WhyUndone {
			t.Errorf("history %+v", history)
		}
		third := l.list("may again.xlsx", june+9, visits(7))
		if got := l.told(honne.AsOf{}); !strings.HasPrefix(got, "2026-05-07 may again.xlsx; 2026-05-08 may and more.xlsx") {
			t.Errorf("what was undone came again: %s", got)
		}
		l.must(errors.Join(l.Undo(l.ctx, 5, second), l.Undo(l.ctx, 5, third)))
		if got := l.told(honne.AsOf{}); got != "" {
			t.Errorf("all is undone, and the log says %s", got)
		}
		l.must(l.Verify(l.ctx))
	})
}

// What somebody wrote is not entered again, and what somebody took back does not
// come back with the next list.
func TestWhatPeopleWroteStands(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		rows := visits(7, 8)
		written, err := store.Enter(l.ctx, l.Store, honne.Entry[honne.FieldActivity]{Distributor: l.d, By: 7, Body: rows[0].Body.(honne.FieldActivity)})
		l.must(err)
		first := l.list("may.xlsx", honne.NewDate(2026, 6, 5), rows)
		if got := l.told(honne.AsOf{}); got != "2026-05-07 ; 2026-05-08 may.xlsx; may.xlsx!活動!A4:D4; E-001" {
			t.Errorf("the log says %s", got)
		}
		l.must(l.Undo(l.ctx, 5, first))
		if got := l.told(honne.AsOf{Known: honne.NewDate(2026, 6, 9)}); got != "2026-05-07 ; "+written.Code() {
			t.Errorf("what somebody wrote went with the file: %s", got)
		}
		l.list("may again.xlsx", honne.NewDate(2026, 6, 6), rows)
		all, err := store.Entries[honne.FieldActivity](l.ctx, l.Store, l.d)
		l.must(err)
		wrong := all[1]
		wrong.Withdrawn, wrong.Why = true, "it was cancelled"
		_, err = store.Enter(l.ctx, l.Store, wrong)
		l.must(err)
		l.list("may once more.xlsx", honne.NewDate(2026, 6, 7), append(rows, visits(9)[0]))
		if all, err = store.Entries[honne.FieldActivity](l.ctx, l.Store, l.d); err != nil || len(all) != 2 || all[1].Body.On != honne.NewDate(2026, 5, 9) {
			t.Errorf("%+v, %v", all, err)
		}
	})
}

// A list waits for acceptance, is in force without any figure, and cannot be
// replaced once it is decided. Articles are the whole house's.
func TestListsWait(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		received := honne.NewDate(2026, 6, 5)
		add := func() (honne.FileID, error) {
			return l.AddFile(l.ctx, honne.StoredFile{Distributor: l.d, Path: "products.csv", SHA256: "p", From: honne.Ours, Receipt: honne.Receipt{At: received.At(9, 0), Basis: honne.Stated}})
		}
		id, err := add()
		l.must(err)
		if err := l.Accept(l.ctx, 5, id); !errors.Is(err, honne.ErrConflict) {
			t.Errorf("nothing is listed: %v", err)
		}
		l.must(l.KeepListed(l.ctx, id, []honne.Listed{{Body: honne.Article{Code: "OLD"}}}))
		l.must(l.KeepListed(l.ctx, id, []honne.Listed{{Body: honne.Article{Code: "NS-1", Name: "Stent"}}, {Body: honne.Article{Code: "ns-1", Name: "STENT"}}, {Body: honne.Contact{Function: honne.FunctionSales, Direct: true}}}))
		articles := func() []honne.Entry[honne.Article] {
			list, err := store.Entries[honne.Article](l.ctx, l.Store, 0)
			l.must(err)
			return list
		}
		if len(articles()) != 0 {
			t.Error("a list counts before it is accepted")
		}
		l.must(l.Accept(l.ctx, 5, id))
		l.must(l.Accept(l.ctx, 5, id))
		if list := articles(); len(list) != 1 || list[0].Body.Code != "NS-1" || list[0].Body.Cited.File != id {
			t.Errorf("articles %+v", list)
		}
		if rec := l.record(received); len(rec.Log.Contacts) != 1 || !rec.Log.Contacts[0].Direct {
			t.Errorf("contacts %+v", rec.Log.Contacts)
		}
		var same *honne.Duplicate
		if _, err := add(); !errors.As(err, &same) || same.Of != id {
			t.Errorf("the same bytes again: %v", err)
		}
		if err := l.KeepListed(l.ctx, id, nil); !errors.Is(err, honne.ErrConflict) {
			t.Errorf("a list that is in force was replaced: %v", err)
		}
		l.must(l.Undo(l.ctx, 5, id))
		if len(articles()) != 0 || len(l.record(received).Log.Contacts) != 0 {
			t.Error("the file is undone and its rows stand")
		}
	})
}
