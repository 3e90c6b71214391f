package job

import (
	"maps"
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
