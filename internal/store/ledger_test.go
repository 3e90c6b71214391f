package store_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/store"
)

// onBoth runs a test on a fresh ledger of each dialect.
func onBoth(t *testing.T, f func(t *testing.T, l *ledger)) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) { f(t, open(t, db.Config)) })
	}
}

// ledger is a store with one distributor, and short ways to report to it.
type ledger struct {
	*store.Store
	t   testing.TB
	ctx context.Context
	d   honne.DistributorID
}

func open(t testing.TB, cfg store.Config) *ledger {
	ctx := context.Background()
	s, err := store.Open(ctx, cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	d, err := s.AddDistributor(ctx, honne.Profile{Name: "Miyako Medical"}, false)
	if err != nil {
		t.Fatal(err)
	}
	return &ledger{s, t, ctx, d.ID}
}

// inEach runs a test on a new ledger in each kind of database.
func inEach(t *testing.T, test func(*testing.T, *ledger)) {
	t.Helper()
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) { test(t, open(t, db.Config)) })
	}
}

func (l *ledger) must(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

// report is a file with one part a series, as tests write it.
type report struct {
	path     string
	received honne.Date
	parts    []honne.Part
	lines    []honne.Line
}

// sales is a report of one month: amounts by product.
func sales(path string, received honne.Date, m honne.Month, amounts ...int64) report {
	r := report{path: path, received: received, parts: []honne.Part{{Series: honne.Sales, Periods: []honne.Period{m.Period()}, Currency: honne.JPY}}}
	for i, a := range amounts {
		r.lines = append(r.lines, honne.Line{Row: int32(i + 2), QtyCol: 4, AmtCol: 5, Period: m.Period(),
			Product: honne.Product{Code: fmt.Sprintf("P%d", i+1), Name: "製品"}, Quantity: honne.Known(1000), Amount: honne.Known(a)})
	}
	return r
}

func each(lines []honne.Line) iter.Seq2[honne.Line, error] {
	return func(yield func(honne.Line, error) bool) {
		for _, line := range lines {
			if !yield(line, nil) {
				return
			}
		}
	}
}

func (l *ledger) stage(r report) honne.FileID {
	l.t.Helper()
	id, err := l.AddFile(l.ctx, honne.StoredFile{Distributor: l.d, Path: r.path, SHA256: r.path,
		Receipt: honne.Receipt{At: r.received.At(10, 0), Basis: honne.ByMessage}})
	l.must(err)
	_, err = l.Stage(l.ctx, id, r.parts, each(r.lines))
	l.must(err)
	return id
}

func (l *ledger) accept(r report) honne.FileID {
	l.t.Helper()
	id := l.stage(r)
	l.must(l.Accept(l.ctx, 1, id))
	return id
}

func (l *ledger) record(known honne.Date) honne.Record {
	l.t.Helper()
	rec, err := l.Record(l.ctx, l.d, honne.AsOf{Known: known})
	l.must(err)
	return rec
}

func text(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func monthly(rec honne.Record, m honne.Month) honne.Figure {
	for _, total := range rec.Series(honne.Sales).Monthly() {
		if total.Month == m {
			return total.Amount
		}
	}
	return honne.Figure{}
}

var (
	july    = honne.NewMonth(2025, 7)
	before  = honne.NewDate(2025, 8, 8)
	after   = honne.NewDate(2025, 8, 22)
	between = honne.NewDate(2025, 8, 15)
)

// AC1 of domain 5: July is 100, and 80 after a meeting.
func TestAsOfBeforeIsIdenticalAfterACorrection(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		l.accept(sales("july.xlsx", before, july, 60, 40))
		old := text(t, l.record(between))
		l.accept(sales("july-2.xlsx", after, july, 60, 20))
		if again := text(t, l.record(between)); again != old {
			t.Errorf("as of %s it was\n%s\nand is now\n%s", between, old, again)
		}
		rec := l.record(0)
		if rec.AsOf != after || monthly(rec, july) != honne.Known(80) {
			t.Errorf("as of %s July is %v", rec.AsOf, monthly(rec, july))
		}
		if len(rec.Changes) != 1 {
			t.Fatalf("changes: %s", text(t, rec.Changes))
		}
		c := rec.Changes[0]
		if c.Before.Amount.N != 40 || c.After.Amount.N != 20 || c.Received.Day() != after || rec.Products[c.Product].Code != "P2" {
			t.Errorf("change: %s", text(t, c))
		}
	})
}

func TestNobodySeesWhatIsStaged(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		empty := text(t, l.record(0))
		id := l.stage(sales("a.csv", before, july, 5))
		if got := text(t, l.record(0)); got != empty {
			t.Errorf("after staging the record is %s", got)
		}
		if _, err := l.Stage(l.ctx, id, sales("a.csv", before, july).parts, each(sales("a.csv", before, july, 7).lines)); err != nil {
			t.Fatal(err)
		}
		l.must(l.Accept(l.ctx, 1, id))
		once := text(t, l.record(0))
		l.must(l.Accept(l.ctx, 1, id))
		if got := text(t, l.record(0)); got != once {
			t.Errorf("accepted twice the record is %s, once %s", got, once)
		}
		if got := monthly(l.record(0), july); got.N != 7 {
			t.Errorf("the second attempt said 7, the ledger says %v", got)
		}
		l.must(l.RollupsEqualRebuild(l.ctx, l.d))
		if _, err := l.Stage(l.ctx, id, sales("a", before, july).parts, each(nil)); !errors.Is(err, honne.ErrConflict) {
			t.Errorf("staging an accepted file: %v", err)
		}
	})
}

func TestAcceptNeedsEverything(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		r := sales("a.csv", before, july, 1, 2, 3)
		id, err := l.AddFile(l.ctx, honne.StoredFile{Distributor: l.d, Path: "a.csv", SHA256: "a"})
		l.must(err)
		if err := l.Accept(l.ctx, 1, id); !errors.Is(err, honne.ErrConflict) {
			t.Errorf("accept before staging: %v", err)
		}
		broken := errors.New("the file ends in the middle")
		_, err = l.Stage(l.ctx, id, r.parts, func(yield func(honne.Line, error) bool) {
			_ = yield(r.lines[0], nil) && yield(honne.Line{}, broken)
		})
		if !errors.Is(err, broken) {
			t.Errorf("stage: %v", err)
		}
		if err := l.Accept(l.ctx, 1, id); !errors.Is(err, honne.ErrConflict) {
			t.Errorf("accept of half a file: %v", err)
		}
		if f, err := l.File(l.ctx, id); err != nil || f.State != honne.FileReading {
			t.Errorf("the file is %s, %v", f.State, err)
		}
	})
}

func TestJobsFollowInTheSameTransaction(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			var events []store.Event
			full := errors.New("the queue is full")
			db.Config.Follow = func(_ context.Context, _ *sql.Tx, e store.Event) error {
				events = append(events, e)
				if len(events) == 1 {
					return full
				}
				return nil
			}
			l := open(t, db.Config)
			id := l.stage(sales("a.csv", before, july, 1))
			if err := l.Accept(l.ctx, 1, id); !errors.Is(err, full) {
				t.Errorf("accept: %v", err)
			}
			if len(l.record(0).Deliveries) != 0 {
				t.Error("accepted without its jobs")
			}
			l.must(l.Accept(l.ctx, 1, id))
			l.must(l.Accept(l.ctx, 1, id))
			l.must(l.Undo(l.ctx, 1, id))
			if got := fmt.Sprint(events[1:]); got != fmt.Sprintf("[{accepted %d %d [1]} {undone %d %d [1]}]", l.d, id, l.d, id) {
				t.Errorf("events: %s", got)
			}
		})
	}
}

func TestUndoRestoresWhatStoodBefore(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		l.accept(sales("first.csv", before, july, 100))
		good := l.record(after + 9)
		wrong := l.accept(sales("wrong.csv", after, july, 8))
		seen := time.Date(2026, 1, 5, 6, 0, 0, 0, time.UTC) // later than any test's clock
		f, err := l.File(l.ctx, wrong)
		l.must(err)
		frozen, err := l.Record(l.ctx, l.d, honne.AsOf{Recorded: f.Accepted})
		l.must(err)
		l.must(l.Undo(l.ctx, 2, wrong))
		l.must(l.Undo(l.ctx, 2, wrong))
		if got, want := text(t, l.record(after+9)), text(t, good); got != want {
			t.Errorf("undone\n%s\nbefore\n%s", got, want)
		}
		still, err := l.Record(l.ctx, l.d, honne.AsOf{Recorded: f.Accepted})
		l.must(err)
		if text(t, still) != text(t, frozen) || monthly(still, july).N != 8 {
			t.Errorf("a frozen reading changed to %s", text(t, still))
		}
		now, err := l.Record(l.ctx, l.d, honne.AsOf{Recorded: seen})
		l.must(err)
		if monthly(now, july).N != 100 || len(now.Changes) != 0 {
			t.Errorf("recorded later: %s", text(t, now))
		}
		if err := l.Accept(l.ctx, 1, wrong); !errors.Is(err, honne.ErrConflict) {
			t.Errorf("accept what is undone: %v", err)
		}
		l.must(l.Verify(l.ctx))
	})
}

func TestALateLoadSlotsIntoHistory(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		l.accept(sales("3.csv", after, july, 80))
		id := l.accept(sales("1.csv", before, july, 100))
		_ = id
		mid := l.accept(sales("2.csv", between, july, 90))
		var steps []string
		for _, c := range l.record(0).Changes {
			steps = append(steps, fmt.Sprintf("%d→%d", c.Before.Amount.N, c.After.Amount.N))
		}
		if fmt.Sprint(steps) != "[100→90 90→80]" {
			t.Errorf("changes %v", steps)
		}
		if got := monthly(l.record(before), july); got.N != 100 {
			t.Errorf("on %s July was %v", before, got)
		}
		rec := text(t, l.record(0))
		for id := range honne.SubmissionID(3) {
			l.must(l.RenewChanges(l.ctx, id+1))
		}
		if got := text(t, l.record(0)); got != rec {
			t.Errorf("renewing changed the record to %s", got)
		}
		l.must(l.Undo(l.ctx, 1, mid))
		if c := l.record(0).Changes; len(c) != 1 || c[0].Before.Amount.N != 100 {
			t.Errorf("without the middle: %s", text(t, c))
		}
		l.must(l.Verify(l.ctx))
	})
}
