package job

import (
	"testing"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/store"
)

// What a waiting file holds is on record: where a person says another month, the mark is another.
func TestMarkOfWhatWaits(t *testing.T) {
	b := newBench(t, honnetest.SQLite(t))
	id := b.take(t, "売上.csv", "得意先名,商品コード,数量,売上金額\n東和医療,A-100,2,20000\n東和医療,A-200,5,45000\n")
	look := func(n int, m honne.Month) (mark store.Mark, holds []honne.Held) {
		if err := b.Store.Decide(t.Context(), 1, id, n, honne.Decisions{Tables: []honne.TableSaid{{Period: m.Period()}}}); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Read(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		mark, err := b.Store.Mark(t.Context(), b.distributor)
		if err != nil {
			t.Fatal(err)
		}
		r, err := b.Store.Record(t.Context(), b.distributor, honne.AsOf{Known: honne.NewDate(2026, 6, 1)})
		if err != nil || len(r.Unread) != 1 {
			t.Fatal(r.Unread, err)
		}
		return mark, r.Unread[0].Holds
	}
	april, was := look(0, honne.NewMonth(2026, 4))
	march, is := look(1, honne.NewMonth(2026, 3))
	if was[0].Period == is[0].Period || april == march {
		t.Errorf("%v holds %v, %v holds %v", april, was, march, is)
	}
}
