package store_test

import (
	"testing"

	"honne"
	"honne/internal/store"
)

// Whatever is added to what a record is made of changes the mark of its
// distributor, and of no other; what is merely staged does not.
func TestMark(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		other, err := l.AddDistributor(l.ctx, honne.Profile{Name: "Kitano Shoji"}, false)
		l.must(err)
		mark := func(d honne.DistributorID) store.Mark {
			m, err := l.Mark(l.ctx, d)
			l.must(err)
			return m
		}
		apart, last := mark(other.ID), mark(l.d)
		step := func(what string, changes bool, do func() error) {
			t.Helper()
			l.must(do())
			now := mark(l.d)
			if (now != last) != changes {
				t.Errorf("%s: changed %v, want %v", what, now != last, changes)
			}
			last = now
		}
		var file honne.FileID
		step("staging", true, func() error { // the receipt of the file is known from now on
			file = l.stage(users("a.csv", between, july, "A病院", "B病院"))
			return nil
		})
		step("accepting", true, func() error { return l.Accept(l.ctx, 1, file) })
		step("dating", true, func() error {
			return l.SetArrival(l.ctx, file, honne.Receipt{At: before.At(9, 0), Basis: honne.Stated}, "")
		})
		step("ruling", true, func() error {
			return l.RuleNames(l.ctx, 1, l.d, l.nameID("A病院"), l.nameID("B病院"), honne.NamesSame)
		})
		step("mail", true, func() error {
			_, err := l.AddMail(l.ctx, l.d, post(t, `1 2025-05-14 10:00 t1>o1 在庫の件`))
			return err
		})
		step("an entry", true, func() error {
			_, err := store.Enter(l.ctx, l.Store, honne.Entry[honne.RedFlag]{Distributor: l.d, By: 1, Body: honne.RedFlag{On: before}})
			return err
		})
		step("the profile", true, func() error { return l.SetProfile(l.ctx, l.d, honne.Profile{Name: "Miyako", FiscalYearStarts: 10}) })
		step("taking back", true, func() error { return l.Undo(l.ctx, 1, file) })
		step("nothing", false, func() error { return l.SetProfile(l.ctx, l.d, honne.Profile{Name: "Miyako", FiscalYearStarts: 10}) })
		if mark(other.ID) != apart {
			t.Error("the mark of another distributor changed")
		}
		step("of the house", true, func() error {
			_, err := store.Enter(l.ctx, l.Store, honne.Entry[honne.Readiness]{By: 1, Body: honne.Readiness{Question: "H1-1", On: before}})
			return err
		})
		if mark(other.ID) == apart {
			t.Error("what counts for the whole house left another distributor's mark as it was")
		}
	})
}
