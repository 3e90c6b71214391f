package report

import (
	"strings"
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

// What a renewal takes up is no corrective plan, in our own report either.
func TestRenewalTakesNoCorrectivePlan(t *testing.T) {
	for l, titles := range map[lang.Language][2]string{lang.EN: {"\nSteps that we take together\n", "\nCorrective action plan\n"}, lang.JA: {"\nご一緒に進める事項\n", "\n改善計画\n"}} {
		for c, renewal := range map[*Case]bool{new(renewed()): true, new(auditedCase()): false} {
			text := Audit(*c, Internal).plain(sentences(t), l)
			if strings.Contains(text, titles[0]) != renewal || strings.Contains(text, titles[1]) == renewal {
				t.Errorf("%s: a renewal (%v) is named as something else", l, renewal)
			}
		}
	}
}
