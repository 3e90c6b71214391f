package intake

import (
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
)

// document is a Word document of paragraphs and tables: a line with tabs is a row, any
// other a paragraph.
func document(body string) []byte {
	var xml strings.Builder
	open := false
	p := func(s string) string { return "<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>" }
	for line := range strings.Lines(body) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		switch row := len(cells) > 1; {
		case row && !open:
			xml.WriteString("<w:tbl>")
		case !row && open:
			xml.WriteString("</w:tbl>")
		}
		if open = len(cells) > 1; !open {
			xml.WriteString(p(cells[0]))
			continue
		}
		xml.WriteString("<w:tr><w:tc>" + p(strings.Join(cells, "</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>")) + "</w:tc></w:tr>")
	}
	if open {
		xml.WriteString("</w:tbl>")
	}
	return honnetest.Zip(
		honnetest.Entry{Name: "[Content_Types].xml", Body: "<Types/>"},
		honnetest.Entry{Name: "_rels/.rels", Body: `<Relationships><Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/></Relationships>`},
		honnetest.Entry{Name: "word/document.xml", Body: "<w:document><w:body>" + xml.String() + "</w:body></w:document>"})
}

// TestParagraphBeforeATable takes month, unit and kind from a short paragraph right
// before a table of a document, or above the sentence or two that lead to it, and
// nothing from prose, from what stands further up, or from behind it.
func TestParagraphBeforeATable(t *testing.T) {
	const rows = "得意先名\t品番\t金額\n青葉病院\tA1\t200\n緑病院\tA2\t300\n"
	month := honne.NewMonth(2025, 6).Period()
	for _, c := range []struct {
		name, body string
		period     honne.Period
		amount     int64
	}{
		{"before it", "2025年6月度販売実績（単位：千円）\n" + rows, month, 200000},
		{"above another line", "2025年6月度販売実績\n大和メディカル株式会社\n" + rows, month, 200},
		{"in prose", "2025年6月は、前年を上回りました。\n" + rows, honne.Period{}, 0},
		{"behind it", "販売実績\n" + rows + "2025年6月度販売実績\n", honne.Period{}, 0},
		{"above a sentence", "2025年6月度販売実績\n下記のとおりご報告いたします。\n" + rows, month, 200},
		{"above a sentence with the unit", "2025年6月度販売実績\n売上は次のとおりです。（単位：千円）\n" + rows, month, 200000},
		{"above prose", "2025年6月度販売実績\n先月は好調でした。\n今月は低調でした。\n来月に期待します。\n" + rows, honne.Period{}, 0},
		{"below the title of a report", "2025年6月度 月次報告書\n大和メディカル株式会社\n先月は好調でした。\n今月は低調でした。\n来月に期待します。\n" + rows, month, 200},
		{"the day of the letter", "2025年7月3日\n販売実績\n" + rows, honne.Period{}, 0},
	} {
		r := read(t, "報告.docx", document(c.body))
		lines := linesOf(t, r)
		switch {
		case len(r.Tables) != 1 || r.Tables[0].Period != c.period:
			t.Errorf("%s: %+v", c.name, r.Tables)
		case c.amount == 0 && len(lines) > 0:
			t.Errorf("%s: %+v", c.name, lines)
		case c.amount > 0 && (len(lines) != 2 || lines[0].Amount.N != c.amount || lines[0].Period != c.period):
			t.Errorf("%s: %+v", c.name, lines)
		}
	}
}
