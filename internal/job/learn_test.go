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
	var r honne.Reading
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
