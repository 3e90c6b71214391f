package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// regionalReport is two years of sales with region, dealer and product, in which
// 関西 falls; regionalTarget plans by product.
func regionalReport() (report, target string) {
	var r, p strings.Builder
	r.WriteString("販売実績,,,,,\n年月,地域,得意先名,施設名,品番,金額（円）\n")
	p.WriteString("販売目標,,\n年月,品番,目標金額（円）,合意日\n")
	for i := range 24 {
		y, m := 2024+(i+3)/12, (i+3)%12+1
		east, west := 1_000_000+i*10_000, 900_000-i*20_000
		fmt.Fprintf(&r, "%d/%02d,関東,株式会社とんぼ医科,青葉病院,NS-1,%d\n%d/%02d,関西,㈱かもめ商会,港病院,NS-2,%d\n", y, m, east, y, m, west)
		fmt.Fprintf(&p, "%d/%02d,NS-1,1000000,2024/03/20\n%d/%02d,NS-2,1000000,2024/03/20\n", y, m, y, m)
	}
	return r.String(), p.String()
}

// The figures stand by region, dealer and product line, each value opens to its
// own terms and they to cells, and a part has no level.
func TestFiguresInParts(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	report, target := regionalReport()
	for _, f := range []struct{ name, text, kind, from string }{{"販売実績_2024-2025年度.csv", report, "sales", "theirs"}, {"目標.csv", target, "target", "ours"},
		{"Product list.csv", "Product list,,\nProduct code,Product name,Product line\nNS-1,Stent,Vascular\nNS-2,Balloon,Ortho\n", "", "ours"}} {
		file := h.upload("miyako-medical", map[string]string{f.name: f.text}, "received", "2026-04-06", "kind", f.kind, "from", f.from).header.Get("Location")
		if a := h.post(file + "/accept"); a.header.Get("Location") != file+"/check?done=accepted" {
			t.Fatalf("accept %s: %d %s\n%s", f.name, a.status, a.header.Get("Location"), h.get(file+"/check").body)
		}
	}
	const at = miyako + "/figures?view="
	h.holds(at+"regions", "関東", "関西", "Parts are not judged", "Not known of any part: Plan attainment, Growth against the market, Stock cover.", "11.4%", "−30.4%")
	h.holds(at+"dealers", "株式会社とんぼ医科", "㈱かもめ商会")
	h.holds(at+"lines", "Vascular", "Ortho", "117.5%", "55.0%")
	h.holds(at+"lines&lang=ja", "製品ライン別")
	h.holds(miyako+"/evidence/measure/growth?by=region&of=関西", "−30.4%", "関西", "販売実績_2024-2025年度.csv")
	h.holds(miyako+"/evidence/measure/concentration?by=region&of=関東&lang=en", "10,000", "青葉病院", "販売実績_2024-2025年度.csv")
	body := h.get(at + "regions&lang=en").body
	if strings.Contains(body, "No region named") {
		t.Error("the plan, which names no region, stands as sales of none")
	}
	for _, door := range doorsOf(body) {
		a := h.get(door)
		if a.status != http.StatusOK {
			t.Errorf("%s: %d", door, a.status)
		}
		if strings.Contains(door, "by=region") && strings.Contains(a.body, `class="tag`) {
			t.Errorf("%s has a level", door)
		}
	}
	h.holds(at+"fallen&unit=jpy-k", "港病院", "Apr–Sep 2025", "Oct 2025–Mar 2026", "3,660", "2,940", "−720")
	h.holds(at+"largest&unit=jpy-k", "NS-1", "青葉病院", "1,230", "1,000", "largest of 24")
	h.holds("/portfolio?view=behind&unit=jpy-k", "Miyako Medical", "NS-2")
	for _, path := range []string{at + "fallen", at + "largest", "/portfolio?view=behind"} {
		for _, door := range doorsOf(h.get(path).body) {
			if a := h.get(door); a.status != http.StatusOK {
				t.Errorf("%s leads to %s: %d", path, door, a.status)
			}
		}
	}
	for _, wrong := range []string{"by=colour&of=x", "by=region&of=九州"} {
		if a := h.get(miyako + "/evidence/measure/growth?" + wrong); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", wrong, a.status)
		}
	}
}

// Without anything that parts the figures the page says what would.
func TestFiguresWithoutParts(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	h.holds(miyako+"/figures?view=lines", "our own list of products")
	h.holds(miyako+"/figures?view=regions", "No report so far names regions")
	h.holds(miyako+"/figures?view=dealers", "No report so far names a dealer")
}
