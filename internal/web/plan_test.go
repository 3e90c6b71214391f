package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"honne"
)

const plan2026 = miyako + "/plan/new?fy=2026&"

// selling makes the partner of these tests; its sales of months, in yen, are a
// file that is accepted.
func (h *house) selling(starts string, sales map[honne.Month]int64) {
	h.t.Helper()
	h.settle()
	if a := h.post("/distributors/new", "name", "Miyako Medical", "name-ja", "株式会社みやこ販売", "starts", starts, "growth-low", "3", "growth-high", "5", "growth-source", "MHLW"); a.status != http.StatusSeeOther {
		h.t.Fatalf("%d %s", a.status, a.body)
	}
	if len(sales) == 0 {
		return
	}
	text := "年月,得意先名,品番,品名,数量,金額（円）\n"
	for m := honne.NewMonth(2024, 1); m < honne.NewMonth(2028, 1); m++ {
		if n, ok := sales[m]; ok {
			text += fmt.Sprintf("%s,青葉病院,NS-1,ステント,%d,%d\n", m, n/1000, n)
		}
	}
	h.accepted(h.upload("miyako-medical", map[string]string{"売上.csv": text}))
}

// accepted accepts the file to which an answer leads, and which is ready.
func (h *house) accepted(a answer) (file string) {
	h.t.Helper()
	file = a.header.Get("Location")
	if a.status != http.StatusSeeOther || !strings.HasPrefix(file, "/intake/") {
		h.t.Fatalf("%d %s\n%s", a.status, file, a.body)
	}
	if a := h.post(file+"/accept", "seen", "1"); a.status != http.StatusSeeOther {
		h.t.Fatalf("accept %s: %d %s", file, a.status, a.body)
	}
	return file
}

// known is the record of the partner of these tests.
func (h *house) known() honne.Record {
	h.t.Helper()
	d, err := h.works.Store.DistributorBySlug(h.t.Context(), "miyako-medical")
	if err != nil {
		h.t.Fatal(err)
	}
	r, err := h.works.Store.Record(h.t.Context(), d.ID, honne.AsOf{})
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

// Every kind of plan goes the way of a file: what was typed stands in the record
// as its series, month by month, in full, with the day of agreement where there is
// one, and nothing about the file waits for a person.
func TestTypedPlanIsRead(t *testing.T) {
	t.Parallel()
	const word = "森様 売上 2025年3月（百万円）, \"x\"\n=1+1"
	for _, l := range []string{"en", "ja"} {
		for _, starts := range []string{"4", "10"} {
			h := newHouse(t)
			h.selling(starts, map[honne.Month]int64{honne.NewMonth(2026, 9): 5_000_000})
			h.get("/?lang=" + l)
			n := 1 // the file of sales
			for _, k := range planKinds() {
				for _, u := range planUnits(honne.JPY) {
					n++
					want := h.typed(t, l, k, u, starts, word, n)
					h.compare(t, k, u, want)
				}
			}
		}
	}
}

// typed types a plan of three months and accepts its file.
func (h *house) typed(t *testing.T, l string, k planKind, u planUnit, starts, by string, n int) map[honne.Month]string {
	t.Helper()
	first := honne.NewMonth(2026, map[string]int{"4": 4, "10": 10}[starts])
	want := map[honne.Month]string{first: fmt.Sprint(12 + n), first + 4: "0", first + 11: fmt.Sprintf("%d.5", n)}
	if u.power == 0 && u.amount {
		want[first+11] = fmt.Sprint(-1000 * n)
	}
	form := []string{"agreed-on", "2026-03-20", "plan-received", "2026-11-20", "plan-by", by}
	for m, text := range want {
		form = append(form, "month-"+m.String(), text)
	}
	a := h.post(plan2026+"kind="+k.name+"&in="+u.name, form...)
	review := h.get(a.header.Get("Location"))
	checkPage(t, a.header.Get("Location"), l, review)
	h.accepted(a)
	r, err := h.works.Store.Reading(t.Context(), honne.FileID(n))
	if err != nil || len(r.Problems) != 0 || len(unsureOf(r)) != 0 || len(r.Parts) != 1 || r.Parts[0].Lines != 3 {
		t.Errorf("%s %s %s: %v %+v\n%s", l, k.name, u.name, err, r.Problems, h.get(a.header.Get("Location")+"/original").body)
	}
	if p := r.Tables[0].Period; p != honne.Months(first, first+11) {
		t.Errorf("%s %s: the table speaks of %v", l, k.name, p)
	}
	f, err := h.works.Store.File(t.Context(), honne.FileID(n))
	if err != nil || f.From != k.from || f.Receipt.Basis != honne.Stated || f.Receipt.Day() != honne.NewDate(2026, 11, 20) || f.LoadedBy == 0 {
		t.Errorf("%s: %+v %v", k.name, f, err)
	}
	return want
}

// compare wants the newest version of a series to hold exactly what was typed.
func (h *house) compare(t *testing.T, k planKind, u planUnit, want map[honne.Month]string) {
	t.Helper()
	p := &typedPlan{unit: u}
	rec := h.known()
	for _, total := range rec.Series(k.series).Monthly() {
		text, typed := want[total.Month]
		f := p.figure(total)
		if n, ok := p.number(text); !typed || !ok || !f.Known || f.N != n {
			t.Errorf("%s %s %s: %+v, typed %q", k.name, u.name, total.Month, total, text)
		}
		delete(want, total.Month)
	}
	if len(want) > 0 {
		t.Errorf("%s %s lacks %v", k.name, u.name, want)
	}
	last := honne.Vintage{}
	for _, x := range rec.Vintages {
		if x.Series == k.series && x.Submission > last.Submission {
			last = x
		}
	}
	if agreed := last.Agreed != 0; last.Submission == 0 || agreed != k.agreed || agreed && last.Agreed != honne.NewDate(2026, 3, 20) {
		t.Errorf("%s: %+v", k.name, last)
	}
}

// year are the sales of two years to October 2026: level, rising by a tenth.
func year() map[honne.Month]int64 {
	out := map[honne.Month]int64{}
	for m := honne.NewMonth(2024, 11); m < honne.NewMonth(2026, 11); m++ {
		out[m] = 10_000_000
		if m >= honne.NewMonth(2025, 11) {
			out[m] = 11_000_000
		}
	}
	return out
}

// months answers every month of the fiscal year 2026 alike.
func months(text string, form ...string) []string {
	for m := honne.NewMonth(2026, 4); m < honne.NewMonth(2027, 4); m++ {
		form = append(form, "month-"+m.String(), text)
	}
	return form
}

// W2 is red below a target that both sides agreed on, and never below one that
// only we set; what headquarters expects stands beside what the partner proposes.
func TestTypedPlanCounts(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.selling("4", year())
	h.holds(miyako, `<a class="b" href="/distributors/miyako-medical/plan/new?kind=agreed">no plan</a>`)
	h.holds(miyako+"/evidence/measure/plan-attainment", `href="/distributors/miyako-medical/plan/new?kind=agreed">agreed targets</a>`, `href="/intake?distributor=miyako-medical">or as a file</a>`)
	h.holds(miyako+"/evidence/measure/plan-softness", `href="/distributors/miyako-medical/plan/new?kind=proposed">the plan proposed for next year</a>`)

	h.accepted(h.post(plan2026+"kind=expected&in=million", months("20", "plan-received", "2026-11-20")...))
	h.holds(miyako+"/evidence/measure/plan-attainment", "55.0%", "target that only we set (not agreed)")
	if a := h.get(miyako + "/signals/targets"); a.status != http.StatusOK || strings.Contains(a.body, `</svg>High</span>`) {
		t.Errorf("a target that only we set is held against them: %d\n%s", a.status, a.body)
	}
	h.accepted(h.post(plan2026+"kind=proposed&in=thousand", months("10,500", "plan-received", "2026-11-21")...))
	h.holds(miyako+"/evidence/measure/plan-softness", "Of our expectation", "52.5%")

	file := h.accepted(h.post(plan2026+"kind=agreed&in=million", months("20", "agreed-on", "2026-03-20", "plan-received", "2026-11-22")...))
	h.holds(miyako+"/evidence/measure/plan-attainment", "55.0%", "agreed plan")
	h.holds(miyako+"/signals/targets", `</svg>High</span>`)
	h.holds(miyako+"/evidence?series=target&period=2026-04&amount=1", "¥20,000,000", "target-FY2026.csv", "version 2 of 2", "B5")
	h.holds(miyako+"/evidence?series=target&period=2026-04&amount=1&asof=2026-11-21", "version 1 of 2", "target-not-agreed-FY2026.csv")
	if a := h.post(file + "/undo"); a.status != http.StatusSeeOther {
		t.Fatalf("%d", a.status)
	}
	h.holds(miyako+"/evidence/measure/plan-attainment", "target that only we set (not agreed)")
}
