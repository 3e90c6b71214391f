package store_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"honne/internal/honnetest"
	"honne/internal/store"
)

// noted fills the history with events.
func noted(l *ledger, n int) store.Head {
	var list []store.Trace
	for i := range n {
		list = append(list, store.Trace{By: 3, Verb: store.Saw, Object: fmt.Sprintf("/claims/C-%03d", i), Detail: "x"})
	}
	h, err := l.Note(l.ctx, list...)
	l.must(err)
	return h
}

func TestHistory(t *testing.T) {
	inEach(t, func(t *testing.T, l *ledger) {
		l.must(l.CheckHistory(l.ctx))
		early := noted(l, 300)
		late := noted(l, 40)
		l.must(l.CheckHistory(l.ctx, early, late))
		if h, err := l.Head(l.ctx); err != nil || h != late {
			t.Errorf("%v, %v", h, err)
		}
		if back, err := store.ParseHead(late.String()); err != nil || back != late {
			t.Errorf("%v, %v", back, err)
		}
		list, err := l.History(l.ctx, store.Wanted{Under: "/claims/C-00"}, 15)
		if err != nil || len(list) != 15 || list[0].N != 310 || list[14].N != 6 {
			t.Errorf("%d events from %d, %v", len(list), list[0].N, err)
		}
	})
}

// Whatever somebody does to the history is found; a cut tail and one rewritten
// whole with a head that was kept elsewhere.
func TestTampering(t *testing.T) {
	l := open(t, honnetest.Databases(t)[0].Config)
	kept := noted(l, 60)
	r := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		a, b := 1+r.Int64N(60), 1+r.Int64N(59)
		if b >= a {
			b++
		}
		change := []string{
			fmt.Sprintf(`UPDATE event SET detail = 'y' WHERE n = %d`, a),
			fmt.Sprintf(`UPDATE event SET user_id = 4 WHERE n = %d`, a),
			fmt.Sprintf(`UPDATE event SET at = at + 1 WHERE n = %d`, a),
			fmt.Sprintf(`UPDATE event SET hash = '%064d' WHERE n = %d`, a, a),
			fmt.Sprintf(`DELETE FROM event WHERE n = %d`, a),
			fmt.Sprintf(`UPDATE event SET object = CASE n WHEN %d THEN (SELECT object FROM event WHERE n = %d) ELSE (SELECT object FROM event WHERE n = %d) END WHERE n IN (%d, %d)`, a, b, a, a, b),
			fmt.Sprintf(`DELETE FROM event WHERE n >= %d`, a),
		}[r.IntN(7)]
		tx, err := l.DB().BeginTx(l.ctx, nil)
		l.must(err)
		_, err = tx.ExecContext(l.ctx, `CREATE TEMP TABLE saved AS SELECT * FROM event`)
		l.must(err)
		_, err = tx.ExecContext(l.ctx, change)
		l.must(err)
		l.must(tx.Commit())
		if l.CheckHistory(l.ctx, kept) == nil {
			t.Fatalf("not found: %s", change)
		}
		for _, q := range []string{`DELETE FROM event`, `INSERT INTO event SELECT * FROM saved`, `DROP TABLE saved`} {
			_, err = l.DB().ExecContext(l.ctx, q)
			l.must(err)
		}
	}
	last, err := l.FollowHistory(l.ctx, kept)
	l.must(err)
	if again, err := l.FollowHistory(l.ctx, last); err != nil || again != last {
		t.Errorf("from its own head: %v, %v", again, err)
	}
	_, err = l.DB().ExecContext(l.ctx, fmt.Sprintf(`DELETE FROM event WHERE n >= %d`, last.N))
	l.must(err)
	var broken *store.Broken
	if _, err := l.FollowHistory(l.ctx, last); !errors.As(err, &broken) || broken.N != last.N {
		t.Errorf("a tail cut behind the head: %v", err)
	}
	if _, err := l.FollowHistory(l.ctx, store.Head{N: last.N - 1, Hash: last.Hash}); !errors.As(err, &broken) || broken.N != last.N-1 {
		t.Errorf("a head that is another: %v", err)
	}
	_, err = l.DB().ExecContext(l.ctx, `DELETE FROM event`)
	l.must(err)
	noted(l, 61)
	l.must(l.CheckHistory(l.ctx))
	if l.CheckHistory(l.ctx, kept) == nil {
		t.Error("a history that was written anew passes")
	}
}
