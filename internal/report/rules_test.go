package report

import (
	"testing"

	"honne"
	"honne/internal/audit"
	"honne/internal/lang"
	"honne/internal/playbook"
)

// The way to a recommendation is a table: each rule heads what it looks at, with where
// that stands and from where on it counts; no cell of one that was looked at is empty.
func TestRulesAreATable(t *testing.T) {
	c, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	for score, heads := range map[int]int{1: 5, 4: 5} {
		x := audit.Case{Weights: playbook.Weights{Effectiveness: 40, Compliance: 30, Trust: 30}}
		for _, d := range honne.AllDimensions {
			x.Ratings = append(x.Ratings, honne.Rating{Dimension: d.Slug, Score: score, Grade: honne.GradeA})
		}
		b := &builder{}
		b.rules(audit.Recommend(x).Trace)
		table, ok := b.doc.Blocks[0].(Table)
		if !ok || len(b.doc.Blocks) != 1 {
			t.Fatalf("%d: %T", score, b.doc.Blocks[0])
		}
		says := 0
		for _, r := range table.Rows {
			says += len(r.Under)
			if r.Group {
				heads--
			}
			for _, l := range lang.All() {
				for i, cell := range r.Cells {
					if text := (voice{c, l}).line(cell.Line); text == "" && !(i == 1 && r.Group) {
						t.Errorf("%d in %s: an empty cell in %q", score, l, (voice{c, l}).line(r.Cells[0].Line))
					}
				}
			}
		}
		if heads != 0 || says == 0 || len(table.Rows) < 5+4+1+7+5 {
			t.Errorf("%d: %d rows, %d heads too few, %d sentences", score, len(table.Rows), heads, says)
		}
	}
}
