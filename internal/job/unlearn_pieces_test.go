package job

import (
	"testing"

	"honne"
	"honne/internal/honnetest"
)

// That a file is more of the month, said and taken back, leaves no report of all a part.
func TestMoreTakenBack(t *testing.T) {
	for name, back := range map[string]func(*testing.T, *bench, honne.FileID){
		"undo": func(t *testing.T, b *bench, id honne.FileID) {
			if err := b.Accept(t.Context(), 1, id); err != nil {
				t.Fatal(err)
			}
			if err := b.Undo(t.Context(), 1, id); err != nil {
				t.Fatal(err)
			}
		},
		"reopen": func(t *testing.T, b *bench, id honne.FileID) {
			r, err := b.Store.Reading(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			tb := r.Tables[0]
			key := honne.Problem{At: honne.Address{Sheet: tb.Sheet, Range: tb.Body}, What: honne.Say(honne.PieceNamed)}.Key()
			if err := b.Store.Decide(t.Context(), 1, id, 1, honne.Decisions{Open: []string{key}}); err != nil {
				t.Fatal(err)
			}
			if _, err := b.Read(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, honnetest.SQLite(t))
			const head = "売上日,得意先名,商品コード,数量,売上金額\n"
			all := b.take(t, "売上_202604.csv", head+"2026/04/03,東和医療,A-100,2,20000\n2026/04/15,西日本器械,A-200,5,45000\n")
			if _, err := b.Read(t.Context(), all); err != nil {
				t.Fatal(err)
			}
			if err := b.Accept(t.Context(), 1, all); err != nil {
				t.Fatal(err)
			}
			more := b.take(t, "新規先_202604.csv", head+"2026/04/20,北陸医科,A-100,1,10000\n")
			if _, err := b.Read(t.Context(), more); err != nil {
				t.Fatal(err)
			}
			if err := b.Store.Decide(t.Context(), 1, more, 0, honne.Decisions{Adds: true}); err != nil {
				t.Fatal(err)
			}
			if _, err := b.Read(t.Context(), more); err != nil {
				t.Fatal(err)
			}
			back(t, b, more)
			again := b.take(t, "売上_202604_訂正.csv", head+"2026/04/03,東和医療,A-100,2,20000\n2026/04/15,西日本器械,A-200,6,54000\n")
			r, err := b.Read(t.Context(), again)
			if err != nil || r.Parts[0].Scope != "" {
				t.Errorf("scope %q,%s, %v", r.Parts[0].Scope, problemsOf(r), err)
			}
			if err := b.Accept(t.Context(), 1, again); err != nil {
				t.Error(err)
			}
			t.Log(b.monthly(t))
		})
	}
}

// An undo has a form mean what the last other accepted file was said to be.
func TestUndoUnlearnsTheNewer(t *testing.T) {
	b := newBench(t, honnetest.SQLite(t))
	take := func(month string) honne.FileID {
		id := b.take(t, "売上_2026"+month+".csv", "売上日,得意先名,商品コード,数量,売上金額\n2026/"+month+"/03,東和医療,A-100,2,20000\n2026/"+month+"/15,東和医療,A-200,5,45000\n")
		if _, err := b.Read(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		return id
	}
	say := func(id honne.FileID, scale int64) {
		said := honne.Decisions{Tables: []honne.TableSaid{{Remember: true, Unit: honne.Unit{Currency: "JPY", Scale: scale}}}}
		if err := b.Store.Decide(t.Context(), 1, id, 0, said); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Read(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if err := b.Accept(t.Context(), 1, id); err != nil {
			t.Fatal(err)
		}
	}
	say(take("04"), 1)
	may := take("05")
	say(may, 1000)
	if err := b.Undo(t.Context(), 1, may); err != nil {
		t.Fatal(err)
	}
	r, err := b.Store.Reading(t.Context(), take("06"))
	if err != nil || r.Tables[0].Unit.Scale != 1 {
		t.Errorf("%+v%s, %v", r.Tables[0].Unit, problemsOf(r), err)
	}
}
