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
