package intake

import (
	"fmt"
	"strings"
	"testing"

	"honne"
)

// TestNestedOverManyRows reads a nested report longer than what is looked at before a
// table is opened; of one longer than what is held every row counts, and its total
// says that something is wrong.
func TestNestedOverManyRows(t *testing.T) {
	for _, c := range []struct{ groups, lines int }{{400, 400 * 3}, {nestRows, nestRows * 4}} {
		var b strings.Builder
		b.WriteString("2025年4月 売上,\n行ラベル,売上金額\n")
		sum := 0
		for i := range c.groups {
			fmt.Fprintf(&b, "第%d病院,%d\nA,%d\nB,7\nC,11\n", i, i+100, i+82)
			sum += i + 100
		}
		fmt.Fprintf(&b, "総計,%d\n", sum)
		f := honne.File{Name: "売上集計.csv", Size: int64(b.Len()), Bytes: strings.NewReader(b.String())}
		r, err := Read(t.Context(), f, testBook(t), honne.Memory{})
		if err != nil {
			t.Fatal(err)
		}
		lines := checkReading(t, r)
		if len(lines) != c.lines {
			t.Fatalf("%d groups give %d lines, want %d", c.groups, len(lines), c.lines)
		}
		nested := c.lines == 3*c.groups
		for _, l := range lines {
			if nested != (l.Parties[honne.EndUser].Name == fmt.Sprintf("第%d病院", (l.Row-3)/4)) {
				t.Fatalf("row %d is of %q", l.Row, l.Parties[honne.EndUser].Name)
			}
		}
		if agrees := r.Tables[0].Controls[0].Agrees; agrees != nested {
			t.Errorf("%d groups: the total agrees: %v", c.groups, agrees)
		}
	}
}
