package intake

import (
	"fmt"
	"strings"
	"testing"

	"honne"
)

// sheetsOf is a workbook of reports of one form: a name and two amounts for each sheet.
func sheetsOf(t *testing.T, sheets ...[3]string) []byte {
	with, list := map[string]part{}, ""
	for i, s := range sheets {
		id := []string{"rId1", "rId2", "rId5"}[i]
		list += fmt.Sprintf(`<sheet name="%s" sheetId="%d" r:id="%s"/>`, s[0], i+1, id)
		with[[]string{sheet1, sheet2, sheet3}[i]] = sheet(rowXML("2025年8月 売上（円）")+rowXML("得意先", "品番", "売上金額")+
			rowXML("魚沼商事", "Q-1", s[1])+rowXML("十日町機器", "Q-2", s[2]), "", 0, "")
	}
	with["xl/workbook.xml"] = whole(`<workbook xmlns:r="x"><sheets>` + list + `</sheets></workbook>`)
	return workbook(t, with)
}

// TestCopies reads workbooks whose sheets repeat each other: each sale counts once, and
// a problem names the sheet that is left out.
func TestCopies(t *testing.T) {
	for name, c := range map[string]struct {
		sheets  [][3]string
		left    string
		problem string
		total   int64
	}{
		"copy":             {[][3]string{{"8月", "100", "250"}, {"8月 (2)", "100", "250"}}, "8月 (2)", "problem.copy-of-sheet", 350},
		"backup first":     {[][3]string{{"控え", "100", "250"}, {"8月", "100", "250"}}, "控え", "problem.copy-of-sheet", 350},
		"revised":          {[][3]string{{"8月（修正前）", "100", "250"}, {"8月（修正後）", "100", "300"}}, "8月（修正前）", "problem.older-version", 400},
		"early and final":  {[][3]string{{"確報", "100", "300"}, {"速報", "100", "250"}}, "速報", "problem.older-version", 400},
		"copy with change": {[][3]string{{"8月", "100", "250"}, {"8月 (2)", "100", "300"}}, "8月 (2)", "problem.which-version", 350},
		"dated states":     {[][3]string{{"速報(11.4)", "100", "250"}, {"確報(11.10)", "100", "300"}}, "速報(11.4)", "problem.older-version", 400},
		"sum of branches":  {[][3]string{{"新潟", "100", "250"}, {"全社", "150", "260"}, {"長岡", "50", "10"}}, "全社", "problem.sum-of-sheets", 410},
		"zeros":            {[][3]string{{"新潟", "0", "0"}, {"潟上", "0", "0"}, {"長岡", "0", "0"}}, "", "", 0},
		"branch and store": {[][3]string{{"東京本店", "900", "250"}, {"大阪支店", "100", "10"}, {"福岡支店", "50", "10"}}, "", "", 1320},
		"branches":         {[][3]string{{"新潟", "100", "250"}, {"潟上", "100", "10"}, {"長岡", "50", "10"}}, "", "", 520},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, "売上.xlsx", sheetsOf(t, c.sheets...))
			total := int64(0)
			for l, err := range r.Lines {
				if err != nil {
					t.Fatal(err)
				}
				total += l.Amount.N
			}
			if total != c.total {
				t.Errorf("counted %d, want %d", total, c.total)
			}
			said := ""
			for _, p := range r.Problems {
				if p.What.ID == c.problem && p.At.Sheet == c.left {
					said = c.left
				}
				if c.left == "" && strings.Contains(p.What.ID, "sheet") {
					t.Errorf("%v", p)
				}
			}
			if said != c.left {
				t.Errorf("%s is not said of %s: %v", c.problem, c.left, problemIDs(r))
			}
			agree(t, r)
		})
	}
}

func problemIDs(r honne.Reading) (ids []string) {
	for _, p := range r.Problems {
		ids = append(ids, p.At.Sheet+" "+p.What.ID)
	}
	return ids
}

// TestSheetOfLastYear reads a sheet that only says 前年同月 behind one that says its month.
func TestSheetOfLastYear(t *testing.T) {
	rows := func(title string) part {
		return sheet(rowXML(title)+rowXML("得意先", "数量", "売上金額")+rowXML("魚沼商事", "5", "500")+rowXML("十日町機器", "6", "600"), "", 0, "")
	}
	r := read(t, "売上.xlsx", workbook(t, map[string]part{sheet1: rows("得意先別売上 2025年8月（円）"), sheet2: rows("得意先別売上 前年同月（円）")}))
	got := []string{}
	for _, p := range r.Parts {
		got = append(got, fmt.Sprint(p.Series, p.Periods))
	}
	if want := "sales[2025-08] prior_year[2024-08]"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

// TestSheetsOfAnotherMonth: a sheet that was copied keeps the month of its title; a
// person looks which it is, and only there.
func TestSheetsOfAnotherMonth(t *testing.T) {
	raw := workbook(t, map[string]part{
		"xl/workbook.xml": whole(`<workbook xmlns:r="x"><sheets><sheet name="5月" sheetId="1" r:id="rId1"/><sheet name="6月分" sheetId="2" r:id="rId2"/></sheets></workbook>`),
		sheet1:            sheet(rowXML("2025年5月度 売上報告")+rowXML("得意先", "金額（円）")+rowXML("青葉病院", "1200")+rowXML("若草病院", "3400"), "", 1, ""),
		sheet2:            sheet(rowXML("2025年5月度 売上報告")+rowXML("得意先", "金額（円）")+rowXML("青葉病院", "2200")+rowXML("若草病院", "4400"), "", 1, ""),
	})
	var told []string
	for _, p := range read(t, "売上.xlsx", raw).Problems {
		if p.What.ID == "problem.sheet-of-another-month" {
			told = append(told, string(p.Severity)+" "+p.At.Sheet)
		}
	}
	if len(told) != 1 || told[0] != "warning 6月分" {
		t.Errorf("told %q", told)
	}
}
