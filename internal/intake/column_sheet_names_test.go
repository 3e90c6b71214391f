package intake

import (
	"slices"
	"strings"
	"testing"
)

// TestNamesOfSheets reads workbooks with a sheet for each product or customer, of which
// only the name of the sheet says which: it is kept where a title or the file gives the
// sort of them, and else it is said that it was not.
func TestNamesOfSheets(t *testing.T) {
	for name, c := range map[string]struct {
		file, title, header string
		sheets              []string
		products, customers []string
		told                bool
	}{
		"products":          {"売上.xlsx", "商品別売上 2025年8月（円）", "得意先", []string{"CT-100", "CT-200"}, []string{"CT-100", "CT-200"}, nil, false},
		"products by file":  {"202508_商品別売上.xlsx", "2025年8月（円）", "得意先", []string{"カテーテルA", "ワイヤB"}, []string{"カテーテルA", "ワイヤB"}, nil, false},
		"customers":         {"売上.xlsx", "得意先別売上 2025年8月（円）", "商品", []string{"魚沼", "十日町"}, nil, []string{"魚沼", "十日町"}, false},
		"nothing says":      {"売上.xlsx", "売上 2025年8月（円）", "得意先", []string{"CT-100", "CT-200"}, nil, nil, true},
		"by programs":       {"売上.xlsx", "商品別売上 2025年8月（円）", "得意先", []string{"Sheet1", "Sheet2"}, nil, nil, false},
		"one and a summary": {"売上.xlsx", "商品別売上 2025年8月（円）", "得意先", []string{"CT-100", "売上集計"}, nil, nil, false},
		"rows are those":    {"売上.xlsx", "得意先別売上 2025年8月（円）", "施設名", []string{"魚沼", "十日町"}, nil, nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			list, with := "", map[string]part{}
			for i, s := range c.sheets {
				id := string(rune('1' + i))
				list += `<sheet name="` + s + `" sheetId="` + id + `" r:id="rId` + id + `"/>`
				figure := strings.Repeat(id, 3)
				with["xl/worksheets/sheet"+id+".xml"] = sheet(rowXML(c.title)+rowXML(c.header, "売上金額")+rowXML("甲", figure)+rowXML("乙", figure+"0"), "", 0, "")
			}
			with["xl/workbook.xml"] = whole(`<workbook xmlns:r="x"><sheets>` + list + `</sheets></workbook>`)
			r := read(t, c.file, workbook(t, with))
			var products, customers []string
			for l, err := range r.Lines {
				if err != nil {
					t.Fatal(err)
				}
				if s := l.Product.Name; s != "" && s != "甲" && s != "乙" && !slices.Contains(products, s) {
					products = append(products, s)
				}
				if s := l.Parties[0].Name; s != "" && s != "甲" && s != "乙" && !slices.Contains(customers, s) {
					customers = append(customers, s)
				}
			}
			told := slices.ContainsFunc(problemIDs(r), func(s string) bool { return strings.HasSuffix(s, "problem.tabs-unused") })
			if !slices.Equal(products, c.products) || !slices.Equal(customers, c.customers) || told != c.told {
				t.Errorf("products %v, customers %v, told %v; want %v, %v, %v", products, customers, told, c.products, c.customers, c.told)
			}
			agree(t, r)
		})
	}
}
