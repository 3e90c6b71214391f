package job

import (
	"maps"
	"slices"
	"testing"

	"honne"
	"honne/internal/honnetest"
)

// What codes say on two sheets of one form is remembered together.
func TestLearnFromTwoSheets(t *testing.T) {
	b := newBench(t, honnetest.SQLite(t))
	id := b.take(t, "sales-2026-04.csv", april)
	r := honne.Reading{Decided: 1}
	var said honne.Decisions
	for code, sheet := range map[string]string{"2": "one", "3": "two"} {
		r.Tables = append(r.Tables, honne.Table{Sheet: sheet, Form: "f1"})
		said.Say(sheet, 0).Sorts = map[string]honne.Sort{code: honne.Returned}
	}
	if err := b.learn(t.Context(), id, r, said); err != nil {
		t.Fatal(err)
	}
	m, err := b.Store.Memory(t.Context(), b.distributor)
	if want := map[string]honne.Sort{"2": honne.Returned, "3": honne.Returned}; err != nil || !maps.Equal(m.Forms["f1"].Sorts, want) {
		t.Errorf("%+v, %v", m, err)
	}
}

// What was said of a plain header in a plan says nothing of a stock list, whose title and
// name tell what it is.
func TestHeaderOfAnotherKind(t *testing.T) {
	b := newBench(t, honnetest.SQLite(t))
	if err := b.Store.SaveColumns(t.Context(), b.distributor, map[string]honne.Meaning{"数量": honne.QuantityOf(honne.Plan)}); err != nil {
		t.Fatal(err)
	}
	r, err := b.Read(t.Context(), b.take(t, "在庫_202604.csv", "在庫表 2026年4月30日現在\n商品コード,商品名,倉庫,数量\nA-100,カテーテル,東京,20\nA-200,ガイドワイヤ,東京,30\n"))
	if err != nil || len(r.Parts) != 1 || r.Parts[0].Series != honne.Stock {
		t.Errorf("%+v, %v", r.Parts, err)
	}
}

// A file that waits and is read again teaches nothing anew: what a person opened again in a
// later file of its form stays open.
func TestReadAgainTeachesNothing(t *testing.T) {
	b := newBench(t, honnetest.SQLite(t))
	ahead := func(month, figure string) honne.FileID {
		return b.take(t, "販売見込_"+month+"月.csv", "商品コード,商品名,2026年"+month+"月見込\nA-100,カテーテル,100\nA-200,ガイドワイヤ,"+figure+"\n")
	}
	decide := func(id honne.FileID, n int, said honne.Decisions) {
		if err := b.Store.Decide(t.Context(), 1, id, n, said); err != nil {
			t.Fatal(err)
		}
	}
	asks := func(id honne.FileID) bool {
		r, err := b.Read(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(r.Problems, func(p honne.Problem) bool { return p.What.ID == "problem.measure-assumed" && !p.Left })
	}
	const key = "problem.measure-assumed@C1"
	april, may, june := ahead("4", "54"), ahead("5", "55"), ahead("6", "56")
	if !asks(april) {
		t.Fatal("nothing is asked")
	}
	decide(april, 0, honne.Decisions{Left: []string{key}})
	if asks(april) || asks(may) {
		t.Error("what was left is asked again")
	}
	decide(may, 0, honne.Decisions{Open: []string{key}})
	if !asks(may) || asks(april) || !asks(june) {
		t.Error("reading the older file again brought back what was opened since")
	}
}

// An undo takes back what its file taught of columns and forms, but for what another
// accepted file used.
func TestUndoUnlearns(t *testing.T) {
	b := newBench(t, honnetest.SQLite(t))
	of := func(month string) honne.FileID {
		return b.take(t, "売上_2026"+month+".csv", "売上日,得意先名,商品コード,実績X,売上金額\n2026/"+month+"/03,東和医療,A-100,2,20000\n2026/"+month+"/15,東和医療,A-200,5,45000\n")
	}
	step := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	known := func() bool {
		m, err := b.Store.Memory(t.Context(), b.distributor)
		step(err)
		return len(m.Columns) > 0 && slices.ContainsFunc(slices.Collect(maps.Values(m.Forms)), honne.Form.Said)
	}
	settle := func(id honne.FileID, accept bool) {
		_, err := b.Read(t.Context(), id)
		step(err)
		if m, err := b.Store.Memory(t.Context(), b.distributor); err == nil && len(m.Columns) == 0 {
			said := honne.Decisions{Tables: []honne.TableSaid{{Remember: true, Unit: honne.Unit{Currency: "JPY", Scale: 1}, Columns: map[string]honne.Meaning{"D": honne.QuantityOf(honne.Sales)}}}}
			step(b.Store.Decide(t.Context(), 1, id, 0, said))
			_, err := b.Read(t.Context(), id)
			step(err)
		}
		if accept {
			step(b.Accept(t.Context(), 1, id))
		}
	}
	april := of("04")
	settle(april, true)
	if !known() {
		t.Fatal("nothing is remembered")
	}
	step(b.Undo(t.Context(), 1, april))
	if known() {
		t.Error("what an undone file taught stays")
	}
	may, june := of("05"), of("06")
	settle(may, true)
	settle(june, true)
	step(b.Undo(t.Context(), 1, may))
	if !known() {
		t.Error("what another file used is gone")
	}
}
