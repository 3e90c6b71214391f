package intake

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
)

const mb = 1 << 20

// good is a report of two lines, as text and as rows of a sheet.
const good = "売上日,得意先名,品番,品名,数量,金額\n2025/4/1,東都病院,A1,鉗子,2,200\n2025/4/2,西都病院,A2,鉗子,3,300\n"

func goodRows() string {
	return rowXML("売上日", "得意先名", "品番", "品名", "数量", "金額") +
		rowXML("2025/4/1", "東都病院", "A1", "鉗子", "2", "200") + rowXML("2025/4/2", "西都病院", "A2", "鉗子", "3", "300")
}

// hostile is a file made to break a reader: the problem that it must end in,
// and the lines that must be read all the same.
type hostile struct {
	name, file string
	raw        []byte
	problem    string // "" for no error and no warning
	lines      int
}

func hostileTexts() []hostile {
	wide := strings.Repeat("列,", mb) + "\n" + strings.Repeat("1,", mb) + "\n"
	return []hostile{
		{"no bytes", "a.csv", nil, "problem.empty", 0},
		{"binary", "a.csv", bytes.Repeat([]byte{0, 1, 2, 0xFE, 0xFF, 7}, 2000), "problem.not-text", 0},
		{"a picture called a workbook", "a.xlsx", append([]byte("\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01"), bytes.Repeat([]byte{0x92, 0, 3, 0xE1}, 3000)...), "problem.not-text", 0},
		{"an OLE file", "a.xls", append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 4096)...), "problem.truncated-whole", 0},
		{"text called a workbook", "a.xls", []byte(good), "", 2},
		{"a field of 24 MB", "a.csv", []byte(strings.Replace(good, "東都病院", strings.Repeat("東", 8*mb), 1)), "problem.field-too-long", 1},
		{"an unclosed field of 24 MB", "a.csv", []byte(good + `2025/4/3,"` + strings.Repeat("x", 24*mb)), "problem.unterminated-quote", 2},
		{"lost characters", "a.csv", []byte(strings.Replace(good, "東都", "\uFFFD\uFFFD", 1)), "problem.replacement-character", 2},
		{"separators only", "a.csv", []byte(strings.Repeat(",,,,,\n", 50_000)), "problem.no-table-at-all", 0},
		{"separators below a table", "a.csv", []byte(good + strings.Repeat(",,,,,\n", 50_000)), "", 2},
		{"a million columns", "a.csv", []byte(wide), "problem.too-many-columns", 0},
		{"100,000 blank lines between two tables", "a.csv", []byte(good + strings.Repeat("\n", 100_000) + strings.ReplaceAll(good, "2025", "2024")), "", 4},
		{"a header of 500 rows", "a.csv", []byte(strings.Repeat("見出し,その他,その他,その他,その他,その他\n", 500) + good), "", 0},
		{"a torn first row and no header", "a.csv", []byte("2025/12/29,D032,都医科,北病院,糸,楓ヶ谷整形,品\n2025/8/27,D067,器械,東病院,NS-1,5,500\n2025/10/7,D074,医科,南病院,NS-2,9,612\n"), "problem.kind-unknown", 0},
		{"totals only", "a.csv", []byte("品番,品名,計画,実績\n合計,,150,145\n合計,,110,265\n"), "problem.no-table-at-all", 0},
		{"one cell", "a.csv", []byte("売上"), "problem.no-table-at-all", 0},
		{"one number", "a.csv", []byte("1\n"), "problem.no-table-at-all", 0},
	}
}

func hostileBooks(t *testing.T) []hostile {
	one := func(p part) []byte { return workbook(t, map[string]part{sheet1: p}) }
	beside := func(p part) []byte {
		return workbook(t, map[string]part{sheet1: p, sheet2: sheet(goodRows(), "", 0, "")})
	}
	fine := one(sheet(goodRows(), "", 0, ""))
	strs := strings.Repeat("<si><t>a</t></si>", 70_000)
	return []hostile{
		{"cut off", "a.xlsx", fine[:len(fine)/2], "problem.truncated-whole", 0},
		{"512 MB of blanks in 1 MB", "a.xlsx", beside(sheet("", strings.Repeat(" ", mb), 512, "")), "problem.too-large", 2},
		{"4.2 million strings, one past the end", "a.xlsx", workbook(t, map[string]part{
			sst: {"<sst>", strs, "</sst>", 60}, sheet1: sheet(`<row><c t="s"><v>4200000</v></c></row>`, "", 0, "")}), "problem.xml", 0},
		{"1 million strings", "a.xlsx", workbook(t, map[string]part{
			sst: {"<sst>", strs, "</sst>", 15}, sheet1: sheet(goodRows()+`<row><c t="str"><v>2025/4/3</v></c><c t="s"><v>1049999</v></c><c t="str"><v>A3</v></c><c/><c><v>1</v></c></row>`, "", 0, "")}), "", 3},
		{"the last cell of a sheet", "a.xlsx", one(sheet(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`, "", 0, "")), "problem.no-table-at-all", 0},
		{"a row far outside", "a.xlsx", beside(sheet(`<row r="2147483647"><c><v>1</v></c></row>`, "", 0, "")), "problem.cell-out-of-range", 2},
		{"a negative row", "a.xlsx", beside(sheet(`<row r="-1"><c><v>1</v></c></row>`, "", 0, "")), "problem.cell-out-of-range", 2},
		{"a column far outside", "a.xlsx", beside(sheet(`<row r="1"><c r="ZZZZZZZ1"><v>1</v></c></row>`, "", 0, "")), "problem.cell-out-of-range", 2},
		{"a document type", "a.xlsx", beside(whole(`<!DOCTYPE l [<!ENTITY a "ha">]><worksheet><sheetData/></worksheet>`)), "problem.xml", 2},
		{"a sheet that is not there", "a.xlsx", workbook(t, nil), "problem.xml", 0},
		{"a workbook called text", "a.csv", fine, "", 2},
	}
}

// TestHostileFiles wants of every file a problem that the catalogues know or a
// proper reading, within 20 s and 256 MiB, and the tables beside the damage
// untouched.
func TestHostileFiles(t *testing.T) {
	known := catalogueIDs(t, "en")
	for _, h := range slices.Concat(hostileTexts(), hostileBooks(t), hostileXML(t), hostileNames(t)) {
		t.Run(h.name, func(t *testing.T) {
			honnetest.Bounded(t, h.file, func() {
				r := read(t, h.file, h.raw)
				if n := len(checkReading(t, r)); n != h.lines {
					t.Errorf("%d lines, want %d", n, h.lines)
				}
				checkProblems(t, r, h.problem, known)
			})
		})
	}
}

// checkProblems wants the problem among the errors and warnings, or none.
func checkProblems(t *testing.T, r honne.Reading, want string, known map[string]bool) {
	t.Helper()
	found := want == ""
	for _, p := range r.Problems {
		if !known[p.What.ID] {
			t.Errorf("%s is in no catalogue", p.What.ID)
		}
		found = found || p.What.ID == want
		if want == "" && p.Severity != honne.SevNote {
			t.Errorf("%s %s %s", p.Severity, p.At, p.What.ID)
		}
	}
	if !found {
		t.Errorf("problems %v, want %s", r.Problems, want)
	}
}
