package intake

import (
	"os"
	"testing"

	"honne"
)

// A report that was drawn is a report: its lines, its period, its unit, and what
// is not certain of it.
func TestDrawnReports(t *testing.T) {
	for _, c := range []struct {
		name    string
		lines   int
		sum     int64 // of amounts, in yen
		problem string
	}{
		{"pdf/testdata/calc", 70, 4_287_500, "problem.pdf-repeated"},
		{"pdf/testdata/ruled", 40, 47_375_000, "problem.pdf-repeated"},
		{"pdf/testdata/aligned", 40, 47_375_000, "problem.pdf-aligned"},
		{"pdf/testdata/chromium", 30, 40_669_000, ""},
		{"testdata/seeds/uriage", 4, 5_470_000, "problem.pdf-aligned"}, // names broken into two lines, at the left over figures at the right
		{"pdf/testdata/letter", 0, 0, "problem.no-table-at-all"},
		{"pdf/testdata/locked", 0, 0, "problem.password"},
	} {
		raw, err := os.ReadFile(c.name + ".pdf")
		if err != nil {
			t.Fatal(err)
		}
		r := read(t, c.name+".pdf", raw)
		lines, sum := 0, int64(0)
		for l, err := range r.Lines {
			if err != nil {
				t.Fatal(err)
			}
			lines++
			sum += l.Amount.N
		}
		if lines != c.lines || sum != c.sum {
			t.Errorf("%s: %d lines of %d, want %d of %d: %+v", c.name, lines, sum, c.lines, c.sum, r.Problems)
		}
		checkProblemIDs(t, c.name, r, c.problem)
	}
}

func checkProblemIDs(t *testing.T, name string, r honne.Reading, want string) {
	t.Helper()
	found := want == ""
	for _, p := range r.Problems {
		found = found || p.What.ID == want
		if len(r.Parts) > 0 && p.Severity != honne.SevNote {
			t.Errorf("%s: %s %s", name, p.At, p.What.ID)
		}
	}
	if !found {
		t.Errorf("%s: %+v, want %s", name, r.Problems, want)
	}
}
