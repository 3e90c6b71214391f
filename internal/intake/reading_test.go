package intake

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/intake/archive"
	"honne/internal/intake/compound"
	"honne/internal/intake/delimited"
	"honne/internal/intake/elements"
	"honne/internal/intake/fixed"
	"honne/internal/intake/grid"
	"honne/internal/intake/html"
	"honne/internal/intake/office"
	"honne/internal/intake/outlook"
	"honne/internal/intake/pdf"
	"honne/internal/intake/records"
	"honne/internal/intake/source"
	"honne/internal/intake/xls"
	"honne/internal/intake/xlsx"
)

func linesOf(t testing.TB, r honne.Reading) []honne.Line {
	t.Helper()
	var out []honne.Line
	for l, err := range r.Lines {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, l)
	}
	return out
}

// checkReading wants lines, tables and parts to agree: every line stands in the
// body of its table and in no row that was left out, belongs to a part of that
// table and series, falls into one of its periods, and the parts have as many
// lines as they say. It returns the lines.
func checkReading(t testing.TB, r honne.Reading) []honne.Line {
	t.Helper()
	lines := linesOf(t, r)
	counts := make([]int, len(r.Parts))
	for _, l := range lines {
		if int(l.Table) >= len(r.Tables) || int(l.Part) >= len(r.Parts) || l.Table < 0 || l.Part < 0 {
			t.Fatalf("row %d: table %d of %d, part %d of %d", l.Row, l.Table, len(r.Tables), l.Part, len(r.Parts))
		}
		counts[l.Part]++
		checkLine(t, l, &r.Tables[l.Table], &r.Parts[l.Part])
	}
	for i, p := range r.Parts {
		if p.Lines != counts[i] {
			t.Errorf("part %d %s says %d lines and gives %d", i, p.Series, p.Lines, counts[i])
		}
	}
	listed := 0
	for _, tb := range r.Tables {
		listed += tb.Listed
	}
	for _, x := range r.Listed {
		if x.At.Range == (honne.Range{}) || !slices.ContainsFunc(r.Tables, func(tb honne.Table) bool {
			return tb.Sheet == x.At.Sheet && tb.Listed > 0 && x.At.Range.From.Row <= tb.Body.To.Row
		}) {
			t.Errorf("%s %+v rests on no row of a list", x.At, x.Body)
		}
		if _, month := x.Body.(honne.ActivityMonth); !month {
			listed--
		}
	}
	if listed != 0 {
		t.Errorf("the tables list %d rows more than are given", listed)
	}
	return lines
}

func checkLine(t testing.TB, l honne.Line, table *honne.Table, part *honne.Part) {
	t.Helper()
	if l.Row < table.Body.From.Row || l.Row > table.Body.To.Row {
		t.Errorf("row %d is outside of %s", l.Row, table.Body)
	}
	for _, x := range table.Excluded {
		if x.Range.From.Row <= l.Row && l.Row <= x.Range.To.Row {
			t.Errorf("row %d was left out: %s", l.Row, x.Why)
		}
	}
	in, periods := false, false
	for _, i := range part.Tables {
		in = in || int32(i) == l.Table
	}
	for _, p := range part.Periods {
		periods = periods || p == l.Period
	}
	if !in || !periods {
		t.Errorf("row %d: its part has tables %v and periods %v, not %d and %s", l.Row, part.Tables, part.Periods, l.Table, l.Period)
	}
}

// FuzzRead wants a reading of any bytes without a panic, and one that agrees
// with itself.
func FuzzRead(f *testing.F) {
	f.Add([]byte(good))
	f.Add(workbook(f, map[string]part{sheet1: sheet(goodRows(), "", 0, ""), sheet2: sheet(`<row r="-1">`, "", 0, "")}))
	f.Add([]byte("計画と実績,単位：千円\n品名,計画 2025年4月,実績 2025年4月,前年 2025年4月,計画 2025年5月,実績 2025年5月\n鉗子,1,2,3,4,5\n糸,1,-,3,4,\n合計,2,2,6,8,5\n※ 注\n"))
	f.Add([]byte("年,月,数量,金額,計画金額\n令和7年,4月,1,2,3\n,5月,1,2,3\n小計,,2,4,6\n\n年,月,数量,金額,計画金額\n令和7年,4月,1,2,3\n"))
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		checkReading(t, read(t, "売上 2025年4月.csv", raw))
		for _, err := range read(t, "売上.xlsx", raw).Values {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

// catalogueIDs returns the ids of a catalogue.
func catalogueIDs(t *testing.T, language string) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("../lang/" + language + ".catalogue")
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if id, _, ok := strings.Cut(line, " = "); ok && !strings.HasPrefix(line, " ") {
			ids[id] = true
		}
	}
	return ids
}

// TestProblemsHaveWords wants a sentence in both languages for every problem
// that the code names and for every code of a format.
func TestProblemsHaveWords(t *testing.T) {
	ids := map[string]bool{}
	for _, code := range []string{xlsx.CodeNotZip, xlsx.CodeTruncated, xlsx.CodePassword, xlsx.CodeBinary, xlsx.CodeOpenDocument, xlsx.CodeNoWorkbook,
		xlsx.CodeMissingPart, xlsx.CodeTooLarge, xlsx.CodeTooManyStr, xlsx.CodeNoString, xlsx.CodeOutOfRange, xlsx.CodeXML, xlsx.CodeDeadline} {
		ids[source.Unreadable(&xlsx.Error{Code: code}).What.ID] = true
	}
	for _, code := range []string{xls.CodeNotOLE, xls.CodeOldBIFF, xls.CodePassword, xls.CodeWrongPassword, xls.CodeNotLocked, xls.CodeCipher, xls.CodeNoWorkbook, xls.CodeTruncated, xls.CodeDamaged, xls.CodeMissing,
		xls.CodeTooLarge, xls.CodeTooManyStr, xls.CodeNoString, xls.CodeOutOfRange, xls.CodeDeadline, html.CodeTooLarge, html.CodeOutOfRange, html.CodeDeadline, html.CodeRead,
		office.CodeNotZip, office.CodeTruncated, office.CodePassword, office.CodeNoDocument, office.CodeMissingPart, office.CodeTooLarge, office.CodeOutOfRange,
		office.CodeXML, office.CodeDeadline, records.CodeNested, records.CodeNoRecords, fixed.CodeFixed, elements.CodeTooLarge, elements.CodeXML, elements.CodeTruncated, elements.CodeDeadline} {
		ids[source.Unreadable(&grid.Fault{Code: code}).What.ID] = true
	}
	for _, code := range []string{pdf.CodeNotPDF, pdf.CodeTruncated, pdf.CodePassword, pdf.CodeWrongPassword, pdf.CodeNotLocked, pdf.CodeCipher, pdf.CodeTooLarge, pdf.CodeDeadline} {
		ids[source.Unreadable(&pdf.Error{Code: code}).What.ID] = true
	}
	for _, what := range []string{pdf.Scan, pdf.Damaged, pdf.Unknown, pdf.Unsure, pdf.Aligned, pdf.Turned, pdf.Repeated, pdf.OnlyScan} {
		ids["problem."+what] = true
	}
	for _, code := range []string{compound.CodeTruncated, compound.CodeTooLarge, compound.CodeNotLocked, compound.CodeWrongPassword, compound.CodeCipher} {
		ids[source.Unreadable(&compound.Error{Code: code}).What.ID] = true
	}
	for _, code := range []string{outlook.CodeTruncated, outlook.CodeTooLarge, outlook.CodeOldPST, outlook.CodeOST, outlook.CodePST, outlook.CodeLocked} {
		ids[source.Unreadable(&outlook.Error{Code: code}).What.ID] = true
	}
	for _, code := range []string{archive.CodePassword, archive.CodeWrongPassword, archive.CodeTooLarge, archive.CodeTooDeep, archive.CodeMethod, "truncated"} {
		ids["problem.entry-"+code] = true
	}
	for _, code := range []string{delimited.CodeEmpty, delimited.CodeNotText, delimited.CodeDeadline, delimited.CodeRead} {
		ids[source.Unreadable(&delimited.Error{Code: code}).What.ID] = true
	}
	for _, what := range []string{delimited.StrayQuote, delimited.Unterminated, delimited.FieldTooLong, delimited.TooManyColumns, delimited.Replacement, delimited.NUL} {
		ids["problem."+what] = true
	}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	quoted := regexp.MustCompile(`"(problem\.[a-z-]*[a-z])"`)
	for _, name := range sources {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range quoted.FindAllSubmatch(text, -1) {
			ids[string(m[1])] = true
		}
	}
	for _, language := range []string{"en", "ja"} {
		known := catalogueIDs(t, language)
		for id := range ids {
			if !known[id] {
				t.Errorf("%s.catalogue has no %s", language, id)
			}
		}
	}
}

// What is not kept is not given either: records of a list name nobody.
func TestRecordsNameNobody(t *testing.T) {
	n := 0
	for v, err := range read(t, "名簿.csv", []byte("社員番号,氏名,部署,携帯,内線\n10021,東野 恵,営業一課,090-0000-0011,201\n10035,西村 亘,営業二課,090-0000-0012,202\n10036,南 薫,営業二課,090-0000-0013,203\n")).Values {
		if n++; err != nil || v.Labels["氏名"]+v.Labels["携帯"] != "" || v.Labels["部署"] == "" {
			t.Errorf("%+v, %v", v, err)
		}
	}
	if n == 0 {
		t.Error("no record")
	}
}
