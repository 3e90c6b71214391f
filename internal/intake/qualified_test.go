package intake

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"honne"
)

// qualifiers are words beside the name of a measure, and the series that what is so
// called may then be, if any.
var qualifiers = []struct {
	words []string
	may   []honne.Series
}{
	{[]string{"前年", "前年同月", "前年度", "昨年", "昨年度", "前期", "前年同期"}, []honne.Series{honne.PriorYear}},
	{[]string{"目標", "計画", "予算"}, []honne.Series{honne.Plan, honne.Target}},
	{[]string{"見込", "予測", "着地見込", "予想", "予定"}, []honne.Series{honne.Forecast}},
	{[]string{"次年度", "来期", "翌年度"}, []honne.Series{honne.Proposed, honne.Plan}},
	{[]string{"前月", "先月", "前々年", "一昨年"}, nil},
	{[]string{"他社", "競合", "競合他社", "他社品", "ライバル"}, nil},
	{[]string{"業界", "市場"}, []honne.Series{honne.Market}},
	{[]string{"累計", "年初来"}, []honne.Series{honne.ToDate}},
	{[]string{"構成比", "前年比", "達成率", "伸び率", "比率", "シェア"}, nil},
	{[]string{"単価", "平均", "原価", "粗利", "差異", "差額", "増減", "リベート", "値引"}, nil},
	{[]string{"サンプル", "無償", "貸出", "見本"}, nil},
}

// beyondLists are those qualifiers from which on a title over a list says nothing
// against its column 金額; over bare months it does.
const beyondLists = 7

// qualified are measures, and whether they are money (1) or pieces (-1).
var qualified = map[string]int{"売上": 0, "販売": 0, "金額": 1, "数量": -1, "売上高": 1, "売上金額": 1, "販売数量": -1, "販売数": -1, "販売本数": -1,
	"店頭販売数": -1, "納入数量": -1, "使用数": -1, "売上数": -1, "実績": 0, "売上実績": 0, "出荷数": -1, "店頭売上": 0}

// qualifiedPlaces are files that name a measure with its qualifier, by where they do.
func qualifiedPlaces(m, q string, lists bool) map[string]string {
	const rows, across = "青葉病院,ポンプA,120\n緑風会,ポンプB,20\n城南医療,ポンプA,11\n", "得意先名,4月,5月,6月\n青葉病院,120,130,140\n緑風会,20,30,10\n城南医療,11,12,13\n"
	const two = "青葉病院,ポンプA,120,7\n緑風会,ポンプB,20,4\n城南医療,ポンプA,11,6\n"
	out := map[string]string{"below " + m + ">" + q: "2025年4月度 報告\n得意先名,品名," + m + ",\n,," + q + ",当年\n" + two}
	if q != "単価" {
		out["above "+q+">"+m] = "2025年4月度 報告\n得意先名,品名," + q + ",\n,," + m + ",構成比\n" + two
	}
	actual := strings.HasSuffix(m, "実績")
	for _, h := range [...]string{q + m, m + q, m + "（" + q + "）", q + "（" + m + "）", m + "_" + q, q + " " + m, q + "の" + m} {
		if q == "市場" && (h == m+q || h == m+"_"+q) {
			continue // nobody writes so
		}
		out["header "+h] = "2025年4月度 報告\n得意先名,品名," + h + "\n" + rows
		out["header of sales "+h] = "2025年4月度 売上報告\n得意先名,品名," + h + "\n" + rows
		if q != "累計" && q != "年初来" && !actual { // figures that fall are no sums so far; 予算実績 are both
			out["title "+h] = "2025年度 " + h + "\n" + across
			out["title of a list "+h] = "2025年度 " + h + "一覧\n" + across
			out["title by customers "+h] = "2025年度 得意先別" + h + "推移\n" + across
		}
		if lists && !actual {
			out["list "+h] = "2025年4月 " + h + "一覧\n得意先名,品名,数量\n" + rows
			out["list of money "+h] = "2025年4月 " + h + "\n得意先名,品名,金額\n" + rows
		}
	}
	return out
}

// TestQualifiedMeasures pairs each measure with each word that makes it another one, in
// headers, groups of headers and titles: none may be taken for the sales of the period.
// It asks every sixteenth of them.
func TestQualifiedMeasures(t *testing.T) {
	n := 0
	for i, q := range qualifiers {
		for _, word := range q.words {
			for _, m := range slices.Sorted(maps.Keys(qualified)) {
				files := qualifiedPlaces(m, word, i < beyondLists)
				for _, place := range slices.Sorted(maps.Keys(files)) {
					if n++; n%16 != 0 {
						continue
					}
					if got := qualifiedAs(t, place, files[place], q.may, qualified[m]); got != "" {
						t.Errorf("%s: %s", place, got)
					}
				}
			}
		}
	}
}

// qualifiedAs says what a file was certainly read as that it may not be; "" for nothing.
func qualifiedAs(t *testing.T, place, raw string, may []honne.Series, money int) string {
	r := read(t, "x.csv", []byte(raw))
	for l, err := range r.Lines {
		if err != nil {
			t.Fatal(err)
		}
		s := r.Parts[l.Part].Series
		switch {
		case l.Amount.N < 8 && l.Quantity.N < 8000: // 当年 beside it
		case !slices.Contains(may, s):
			return fmt.Sprintf("%s %s %s", s, figureText(l.Quantity), figureText(l.Amount))
		case strings.HasPrefix(place, "list"):
		case money > 0 && l.Quantity.Known, money < 0 && l.Amount.Known:
			return fmt.Sprintf("%s measured otherwise, %s %s", s, figureText(l.Quantity), figureText(l.Amount))
		}
	}
	return ""
}
