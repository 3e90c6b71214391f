package intake

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestManyRows wants rows that go through a file to be given as often as
// somebody asks, and none of a sheet that turned out to be damaged.
func TestManyRows(t *testing.T) {
	const body = 10_000
	rows := strings.Repeat(rowXML("2025/4/1", "東都病院", "A1", "鉗子", "2", "200"), body)
	for name, raw := range map[string][]byte{
		"good":                        workbook(t, map[string]part{sheet1: sheet(goodRows(), rows, 1, "")}),
		"damaged, then good":          workbook(t, map[string]part{sheet1: sheet(goodRows(), rows, 1, `<row r="-1">`), sheet2: sheet(goodRows(), rows, 1, "")}),
		"a little damaged, then good": workbook(t, map[string]part{sheet1: sheet(goodRows(), "", 0, `<row r="-1">`), sheet2: sheet(goodRows(), rows, 1, "")}),
	} {
		r := read(t, "売上.xlsx", raw)
		lines := checkReading(t, r)
		if len(lines) != body+2 || !slices.Equal(linesOf(t, r), lines) {
			t.Errorf("%s: %d lines, want %d, twice the same", name, len(lines), body+2)
		}
		if first, last := lines[0], lines[body+1]; first.Row != 2 || last.Row != body+3 || last.Parties[0].Name != "東都病院" {
			t.Errorf("%s: from %s to %s", name, fmt.Sprint(first), fmt.Sprint(last))
		}
	}
}
