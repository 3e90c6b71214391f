package store_test

import (
	"errors"
	"testing"

	"honne"
)

func TestDecisions(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		id := l.stage(sales("a.csv", before, july, 1))
		first := honne.Decisions{Rows: []honne.RowSaid{{Sheet: "売上", Row: 7}}}
		second := honne.Decisions{Left: []string{"problem.x@売上!A1"}}
		l.must(l.Decide(l.ctx, 1, id, 0, first))
		if err := l.Decide(l.ctx, 2, id, 0, second); !errors.Is(err, honne.ErrConflict) {
			t.Errorf("decided on what somebody else had changed: %v", err)
		}
		l.must(l.Decide(l.ctx, 2, id, 1, second))
		now, err := l.Decisions(l.ctx, id)
		if err != nil || now.N != 2 || now.By != 2 || now.At.IsZero() || text(t, now.Said) != text(t, second) {
			t.Errorf("decided %s, %v", text(t, now), err)
		}
		l.must(l.Accept(l.ctx, 1, id))
		if err := l.Decide(l.ctx, 2, id, 2, first); !errors.Is(err, honne.ErrConflict) {
			t.Errorf("decided on an accepted file: %v", err)
		}
	})
}

// A person states why a file changes earlier figures; the lines' own words win.
func TestStatedReason(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		l.accept(sales("a.csv", before, july, 5))
		id := l.stage(sales("b.csv", after, july, 7))
		l.must(l.Decide(l.ctx, 1, id, 0, honne.Decisions{Reason: honne.ReasonOwnSide}))
		l.must(l.Accept(l.ctx, 1, id))
		changes := l.record(0).Changes
		if n := len(changes); n == 0 || changes[n-1].Reason != honne.ReasonOwnSide {
			t.Errorf("changes %s", text(t, changes))
		}
	})
}

// A form is known from the files in which it was accepted; what was said of it
// can be taken back, and so can the files.
func TestForms(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		reading := honne.Reading{Tables: []honne.Table{{Form: "f1"}, {Form: "f2"}}, Parts: []honne.Part{{Tables: []int{0}}}}
		var last honne.FileID
		for _, path := range []string{"a.csv", "b.csv"} {
			last = l.stage(sales(path, before, july, 1))
			l.must(l.SaveReading(l.ctx, last, reading))
			l.must(l.Accept(l.ctx, 1, last))
		}
		said := honne.Form{Files: 9, Kind: honne.Sales, Unit: honne.Unit{Scale: 1000, Currency: honne.JPY}}
		l.must(l.SaveForm(l.ctx, l.d, "f1", said))
		l.must(l.SaveColumns(l.ctx, l.d, map[string]honne.Meaning{"数": honne.MQuantity}))
		check := func(files int, kind honne.Series, columns int) {
			t.Helper()
			m, err := l.Memory(l.ctx, l.d)
			if f := m.Forms["f1"]; err != nil || f.Files != files || f.Kind != kind || len(m.Columns) != columns || m.Forms["f2"].Files != 0 {
				t.Errorf("memory %s, %v", text(t, m), err)
			}
		}
		check(2, honne.Sales, 1)
		l.must(l.Undo(l.ctx, 1, last))
		l.must(l.ForgetForm(l.ctx, l.d, "f1"))
		l.must(l.ForgetColumn(l.ctx, l.d, "数"))
		check(1, "", 0)
	})
}

// The record with a staged file is the record after its acceptance.
func TestRecordWith(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		l.accept(sales("a.csv", before, july, 5))
		id := l.stage(sales("b.csv", after, july, 7))
		if n := monthly(l.record(0), july).N; n != 5 {
			t.Errorf("a staged file counts: %d", n)
		}
		with, err := l.RecordWith(l.ctx, honne.AsOf{}, id)
		l.must(err)
		l.must(l.Accept(l.ctx, 1, id))
		if then := l.record(0); text(t, with) != text(t, then) {
			t.Errorf("with the file\n%s\nafter its acceptance\n%s", text(t, with), text(t, then))
		}
	})
}
