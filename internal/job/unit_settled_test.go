package job

import (
	"os"
	"slices"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"honne"
	"honne/internal/honnetest"
)

// A unit that a person settled does not silence a month that is a thousandth of the last.
func TestSettledUnitAsksWhenFiguresTurn(t *testing.T) {
	b := newBench(t, honnetest.SQLite(t))
	raw, err := os.ReadFile("testdata/months/thousands.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := txtar.Parse(raw).Files
	var last honne.Reading
	for i, f := range files[:3] {
		id := b.take(t, f.Name[len("2026-04-07 "):], string(f.Data))
		if last, err = b.Read(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if i == 2 {
			break
		}
		if err := b.Store.SaveForm(t.Context(), b.distributor, last.Tables[0].Form, honne.Form{Unit: honne.Unit{Currency: "JPY", Scale: 1}}); err != nil {
			t.Fatal(err)
		}
		if err := b.Accept(t.Context(), 1, id); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.ContainsFunc(last.Problems, func(p honne.Problem) bool { return p.What.ID == "arrival.magnitude.less" }) {
		t.Errorf("nothing asks: %+v", last.Problems)
	}
}
