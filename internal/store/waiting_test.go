package store_test

import (
	"testing"

	"honne"
	"honne/internal/store"
)

// What waits is counted in the version that stands: a sentence that somebody
// judged, a promise that was kept or withdrawn, or one of theirs, waits no more.
func TestWaiting(t *testing.T) {
	inEach(t, func(t *testing.T, l *ledger) {
		day := honne.NewDate(2026, 5, 7)
		promise := honne.Promise{By: honne.Ours, Outcome: honne.PromiseOpen, Standing: honne.PromiseCommitted, Due: day - 1}
		enter := func(by honne.UserID, p honne.Promise) honne.Entry[honne.Promise] {
			e, err := store.Enter(l.ctx, l.Store, honne.Entry[honne.Promise]{Distributor: l.d, By: by, Body: p})
			l.must(err)
			return e
		}
		enter(7, promise)
		kept := enter(7, promise)
		kept.Body.Outcome = honne.PromiseKept
		_, err := store.Enter(l.ctx, l.Store, kept)
		l.must(err)
		gone := enter(7, promise)
		gone.Withdrawn, gone.Why = true, "said by nobody"
		_, err = store.Enter(l.ctx, l.Store, gone)
		l.must(err)
		enter(0, promise) // only proposed
		promise.By = honne.Theirs
		enter(7, promise)
		said, err := store.Enter(l.ctx, l.Store, honne.Entry[honne.Said]{Distributor: l.d, Body: honne.Said{}})
		l.must(err)
		marks := map[string]bool{}
		waits := func(want store.Waiting) {
			t.Helper()
			got, err := l.Waiting(l.ctx, day)
			l.must(err)
			mark, err := l.WaitingMark(l.ctx)
			l.must(err)
			if marks[mark] {
				t.Errorf("another is waiting under the mark %s", mark)
			}
			marks[mark] = true
			if got[l.d] != want {
				t.Errorf("waiting %+v, want %+v", got[l.d], want)
			}
		}
		waits(store.Waiting{Said: 1, Owed: 1})
		said.By = 7
		_, err = store.Enter(l.ctx, l.Store, said)
		l.must(err)
		waits(store.Waiting{Owed: 1})
		step, err := store.Enter(l.ctx, l.Store, honne.Entry[honne.StrategyStep]{Distributor: l.d, By: 7, Body: honne.StrategyStep{Due: day - 1}})
		l.must(err)
		waits(store.Waiting{Owed: 1, Steps: 1})
		step.Body.Done = day
		_, err = store.Enter(l.ctx, l.Store, step)
		l.must(err)
		waits(store.Waiting{Owed: 1})
	})
}
