package web

import (
	"strings"
	"testing"
)

// reportOf is a report of a month, with what was sold to the second customer in it.
func reportOf(month, second string) string {
	head := "売上日,得意先名,納入先,商品コード,商品名,数量,売上金額\n"
	return head + strings.ReplaceAll("M/03,東和医療,青葉病院,A-100,カテーテル,2,2000000\nM/15,東和医療,みどり病院,A-200,ガイドワイヤ,5,", "M", month) + second + "\n"
}

// revisedHouse has three months of sales, and the first of them once more with other figures.
func revisedHouse(t *testing.T) *house {
	h := newHouse(t)
	h.post(h.partner("売上_202604.csv", reportOf("2026/04", "1700000"))+"/accept", "seen", "1")
	for name, text := range map[string]string{"売上_202605.csv": reportOf("2026/05", "1700000"), "売上_202606.csv": reportOf("2026/06", "1700000")} {
		h.post(h.upload("miyako-medical", map[string]string{name: text}).header.Get("Location")+"/accept", "seen", "1")
	}
	h.now.Add(1e9)
	h.post(h.upload("miyako-medical", map[string]string{"売上_202604b.csv": reportOf("2026/04", "1710000")}).header.Get("Location")+"/accept", "seen", "1")
	return h
}

// A month whose report came anew is marked with its first figure, however little it
// changed; what counts as no change is said to be small and not to be none.
func TestRevisedMonth(t *testing.T) {
	t.Parallel()
	h := revisedHouse(t)
	h.holds("/distributors/miyako-medical/figures?lang=en&changes=1", ">3,710</a> <span class=\"old\">←", ">3,700</a></span><sup>r</sup>")
	h.holds("/distributors/miyako-medical?lang=en", "1 changed by 0.5% or less")
	h.holds("/distributors/miyako-medical/evidence/kept?lang=en", "3 of 3", "¥3,710,000 ← ¥3,700,000", "1 month among those that stand changed by 0.5% or less")
}

// A forecast that comes anew shows its months in the order of time, and so does the
// evidence of a figure of several of them.
func TestForecastMonthsInOrder(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const head = "単位：千円,,,\n品番,4月見込,5月見込,6月見込\n"
	h.post(h.partner("2026年度1Q見込.csv", "2026年度1Q 販売見込,,,\n"+head+"A-100,100,200,300\nA-200,100,200,300\n")+"/accept", "seen", "1")
	file := h.upload("miyako-medical", map[string]string{"2026年度1Q見込b.csv": "2026年度1Q 販売見込,,,\n" + head + "A-100,110,220,330\nA-200,100,200,300\n"}).header.Get("Location")
	h.inOrder(file+"/check?lang=en", "Changes an earlier figure", "Forecast, Apr 2026", "Forecast, May 2026", "Forecast, Jun 2026")
	h.inOrder(miyako+"/evidence?amount=1&period=2026-04%2F2026-06&series=forecast", "B4:B5", "C4:C5", "D4:D5")
}

// inOrder holds that a page says texts one after the other.
func (h *house) inOrder(path string, texts ...string) {
	h.t.Helper()
	rest := h.get(path).body
	for _, s := range texts {
		_, after, found := strings.Cut(rest, s)
		if !found {
			h.t.Fatalf("%s lacks %q in its place\n%s", path, s, rest)
		}
		rest = after
	}
}

// Where no due day was agreed, days that reports took are not called days past it, and
// the way to enter one stands beside them.
func TestNoDueDayAgreed(t *testing.T) {
	t.Parallel()
	h := revisedHouse(t)
	door := `href="` + miyako + `/edit#due"`
	h.holds(miyako+"?lang=en", "Days taken to report", "no due day is agreed", door)
	h.lacks(miyako+"?lang=en", "Days past the due date")
	h.holds(miyako+"/evidence/measure/lateness?lang=en", "Days taken to report", "none of them is late", door)
	h.holds(miyako+"/edit", `id="due"`)
}

// A month whose report has come and waits for a person is neither asked for nor reminded
// of: its place leads to the file.
func TestWhatHasComeIsNotAskedFor(t *testing.T) {
	t.Parallel()
	h := revisedHouse(t)
	remind := miyako + "/remind?period=2026-07&amp;series=sales"
	pages := []string{"/", "/intake", miyako, miyako + "/figures"}
	h.holds(miyako+"/figures?lang=en", remind)
	file := h.upload("miyako-medical", map[string]string{"売上_202607.csv": reportOf("2026/07", "1700000")}).header.Get("Location")
	for _, path := range pages {
		h.lacks(path+"?lang=en", remind, "Sales report for Jul 2026")
	}
	h.holds(miyako+"/figures?lang=en", `<a href="`+file+`">came, to review</a>`)
	h.holds(miyako+"/figures?lang=en", "/remind?period=2026-08&amp;series=sales")
	if a := h.get(strings.ReplaceAll(remind, "&amp;", "&")); a.status != 404 {
		t.Errorf("a reminder of what has come: %d", a.status)
	}
}

// Sales stand by customer and month, the largest first, with sums; each figure opens to
// its cells. Names have their place beside the files.
func TestSalesByCustomer(t *testing.T) {
	t.Parallel()
	h := revisedHouse(t)
	at := miyako + "/figures?view=customers&lang=en&unit=jpy-k"
	h.inOrder(at, "By customer, ¥k", `<th scope="row" lang="ja">青葉病院</th>`, ">2,000</a>", ">6,000</a>", `<th scope="row" lang="ja">みどり病院</th>`, ">1,710</a>", ">5,110</a>", "<tfoot>", ">3,710</a>", ">11,110</a>")
	h.holds(at, `account=%E9%9D%92%E8%91%89%E7%97%85%E9%99%A2&amp;amount=1&amp;period=2026-04&amp;series=sales`, `account=%E9%9D%92%E8%91%89%E7%97%85%E9%99%A2&amp;amount=1&amp;period=2026-04%2F2027-03&amp;series=sales`)
	h.holds(miyako+"/evidence?account=%E9%9D%92%E8%91%89%E7%97%85%E9%99%A2&amount=1&period=2026-04%2F2027-03&series=sales", "¥6,000,000", "売上_202605.csv")
	h.holds(miyako+"/names?lang=en", `/names" aria-current="page">Names</a>`)
}
