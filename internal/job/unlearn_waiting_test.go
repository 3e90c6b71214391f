package job

import (
	"testing"

	"honne"
	"honne/internal/honnetest"
)

// An undo leaves what a file that waits taught too.
func TestUndoLeavesWhatOthersTaught(t *testing.T) {
	b := newBench(t, honnetest.SQLite(t))
	row := func(month string) string {
		return "売上日,得意先名,商品コード,数量,売上金額\n2026/" + month + "/03,東和医療,A-100,2,20000\n2026/" + month + "/15,東和医療,A-200,5,45000\n"
	}
	id := b.take(t, "売上_202604.csv", row("04"))
	read := func(id honne.FileID) honne.Reading {
		r, err := b.Read(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	read(id)
	must(b.Store.Decide(t.Context(), 1, id, 0, honne.Decisions{Tables: []honne.TableSaid{{Remember: true, Unit: honne.Unit{Currency: "JPY", Scale: 1000}}}}))
	read(id)
	other := b.take(t, "売上_202605.csv", row("05"))
	read(other)
	must(b.Store.Decide(t.Context(), 1, other, 0, honne.Decisions{Tables: []honne.TableSaid{{Remember: true, Unit: honne.Unit{Currency: "JPY", Scale: 1000}}}}))
	read(other)
	must(b.Accept(t.Context(), 1, id))
	must(b.Undo(t.Context(), 1, id))
	read(other)
	must(b.Accept(t.Context(), 1, other))
	r := read(b.take(t, "売上_202606.csv", row("06")))
	if r.Tables[0].Unit.Scale != 1000 {
		t.Errorf("June is read in %v:%s", r.Tables[0].Unit, problemsOf(r))
	}
}
