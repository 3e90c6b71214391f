package job

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
	"go.uber.org/goleak"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/store"
	"honne/internal/vault"
)

// start starts the queue and returns a function that waits for the end of a job
// of a kind, whatever it is.
func (b *bench) start(t *testing.T) (ended func(kind string) *river.Event, stop func()) {
	t.Helper()
	events, cancel := b.queue.client.Subscribe(river.EventKindJobCompleted, river.EventKindJobFailed, river.EventKindJobCancelled, river.EventKindJobSnoozed)
	if err := b.queue.Start(t.Context(), &b.Works); err != nil {
		t.Fatal(err)
	}
	ended = func(kind string) *river.Event {
		t.Helper()
		for {
			select {
			case e := <-events:
				if e.Job.Kind == kind {
					return e
				}
			case <-t.Context().Done():
				t.Fatal("no job ended")
			}
		}
	}
	return ended, func() {
		t.Helper()
		cancel()
		if err := b.queue.Stop(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

func TestQueueReadsAndFollows(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			b := newBench(t, db)
			// The pool of the database lives as long as the bench.
			defer goleak.VerifyNone(t, goleak.IgnoreCurrent(), goleak.IgnoreAnyFunction("database/sql.(*DB).connectionOpener"))
			good, bad := b.take(t, "april.csv", april), b.take(t, "bad.csv", "\x00\x01\x02\x03")
			if err := errors.Join(b.queue.EnqueueRead(t.Context(), good), b.queue.EnqueueRead(t.Context(), good)); err != nil {
				t.Fatal(err)
			}
			ended, stop := b.start(t) // it finds that the bad file has no job
			defer stop()
			for range 3 {
				// Of two readings of one file at once the earlier one is cancelled.
				if e := ended("read_file"); e.Kind == river.EventKindJobFailed {
					t.Errorf("%+v", e.Job.Errors)
				}
			}
			if got := b.state(t, bad); got != honne.FileUnread {
				t.Errorf("the bad file is %s", got)
			}
			if err := b.Accept(t.Context(), 1, good); err != nil {
				t.Fatal(err)
			}
			if e := ended("follow_acceptance"); e.Kind != river.EventKindJobCompleted {
				t.Errorf("%s: %+v", e.Kind, e.Job.Errors)
			}
			if got := b.sales(t); len(got) != 1 || got[0] != 65000 {
				t.Errorf("sales are %v", got)
			}
			if err := b.queue.EnqueueRead(t.Context(), good); !errors.Is(err, honne.ErrConflict) {
				t.Errorf("reading an accepted file: %v", err)
			}
		})
	}
}

func TestAJobIsOfTheTransactionThatCausedIt(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			b := newBench(t, db)
			jobs := func() int {
				page, err := b.queue.client.JobList(t.Context(), river.NewJobListParams().Kinds("follow_acceptance"))
				if err != nil {
					t.Fatal(err)
				}
				return len(page.Jobs)
			}
			tx, err := b.Store.DB().BeginTx(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(b.queue.Follow(t.Context(), tx, store.Event{Kind: store.EventAccepted, File: 1}), tx.Rollback()); err != nil {
				t.Fatal(err)
			}
			if n := jobs(); n != 0 {
				t.Errorf("%d jobs of what never happened", n)
			}
			id := b.take(t, "april.csv", april)
			if _, err := b.Read(t.Context(), id); err != nil {
				t.Fatal(err)
			}
			if err := b.Accept(t.Context(), 1, id); err != nil || jobs() != 1 {
				t.Errorf("%d jobs of an acceptance, %v", jobs(), err)
			}
			if err := NewQueue(b.queue.log).Follow(t.Context(), nil, store.Event{}); err == nil {
				t.Error("a queue that is not open adds a job")
			}
		})
	}
}

func TestServersStartTogether(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			s, err := store.Open(t.Context(), db.Config)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			opened := make(chan error)
			for range 3 {
				go func() { opened <- NewQueue(slog.New(slog.DiscardHandler)).Open(t.Context(), s) }()
			}
			if err := errors.Join(<-opened, <-opened, <-opened); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestAFileThatCannotBeReadIsGivenUp(t *testing.T) {
	b := newBench(t, honnetest.SQLite(t))
	id := b.take(t, "april.csv", april)
	b.queue.works = &b.Works
	for _, attempt := range []int{5, 6} {
		j := &river.Job[readFile]{JobRow: &rivertype.JobRow{Attempt: attempt, MaxAttempts: 5}, Args: readFile{id}}
		if attempt == 5 {
			b.Vault = &vault.Vault{} // its disk is gone
		}
		if err := (&readFileWorker{queue: b.queue}).Work(t.Context(), j); !errors.Is(err, &river.JobCancelError{}) {
			t.Errorf("attempt %d: %v", attempt, err)
		}
		r, err := b.Store.Reading(t.Context(), id)
		if err != nil || b.state(t, id) != honne.FileUnread || len(r.Problems) != 1 {
			t.Errorf("attempt %d: the file is %s, %+v, %v", attempt, b.state(t, id), r.Problems, err)
		}
		if err := b.Store.SetFileState(t.Context(), id, honne.FileReading); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAJobThatIsStoppedBeginsAnew(t *testing.T) {
	db := honnetest.Postgres(t)
	dir := filepath.Join(t.TempDir(), "vault")
	b := open(t, db.Config, dir)
	defer b.Store.Close()
	d, err := b.Store.AddDistributor(t.Context(), honne.Profile{Name: "Kamogawa Medical"}, false)
	if err != nil {
		t.Fatal(err)
	}
	b.distributor = d.ID
	id := b.take(t, "large.csv", large())
	ended, _ := b.start(t)
	release := b.holdHalfWay(t, id)
	hurry, cancel := context.WithCancel(t.Context())
	cancel()
	if err := b.queue.Stop(hurry); err != nil {
		t.Fatal(err)
	}
	if e := ended("read_file"); e.Kind != river.EventKindJobSnoozed || b.state(t, id) != honne.FileReading {
		t.Errorf("%s, the file is %s: %+v", e.Kind, b.state(t, id), e.Job.Errors)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	b = open(t, db.Config, dir)
	defer b.Store.Close()
	ended, stop := b.start(t)
	defer stop()
	if e := ended("read_file"); e.Kind != river.EventKindJobCompleted || b.state(t, id) != honne.FileReady {
		t.Errorf("%s, the file is %s: %+v", e.Kind, b.state(t, id), e.Job.Errors)
	}
}
