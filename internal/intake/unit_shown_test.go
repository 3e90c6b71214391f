package intake

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"honne"
)

// Whoever reads a sheet sees what its cells show: 5千円 is five thousand yen, and a
// minus that only the format draws is asked about. A title that says another unit
// than the cells counts, and is said.
func TestWhatIsShown(t *testing.T) {
	for _, c := range []struct {
		title, code string
		amount      int64
		problems    []string
	}{
		{"9月売上 2025年9月", `#,##0"千円"`, 5000, nil},
		{"9月売上 2025年9月", `#,##0,"千円"`, 5, []string{"problem.unit-assumed"}},
		{"9月売上 2025年9月（単位：円）", `"△"#,##0`, 5, []string{"problem.shown-minus"}},
		{"9月売上 2025年9月（単位：千円）", `#,##0,`, 5, nil}, // whole yen, of which it shows thousands
		{"9月売上 2025年9月（単位：百万円）", `#,##0"千円"`, 5_000_000, []string{"problem.shown-unit"}},
	} {
		cells := rowXML(c.title) + rowXML("得意先名", "品番", "売上金額")
		for i, name := range []string{"青葉商会", "丸三薬品"} {
			cells += fmt.Sprintf(`<row><c t="str"><v>%s</v></c><c t="str"><v>K-%d</v></c><c s="1"><v>%d</v></c></row>`, name, i, 5+i)
		}
		formats := `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="` + strings.ReplaceAll(c.code, `"`, "&quot;") + `"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`
		r := read(t, "a.xlsx", workbook(t, map[string]part{sheet1: sheet(cells, "", 0, ""), styles: whole(formats)}))
		var said []string
		for _, p := range r.Problems {
			said = append(said, p.What.ID)
		}
		if lines := linesOf(t, r); len(lines) != 2 || lines[0].Amount != honne.Known(c.amount) || !slices.Equal(said, c.problems) {
			t.Errorf("%s, %s: %+v, %v", c.title, c.code, lines, said)
		}
	}
}
