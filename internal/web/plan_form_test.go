package web

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"honne"
)

var monthField = regexp.MustCompile(`id="month-(\d{4}-\d{2})" name="month-\d{4}-\d{2}" value="([^"]*)"`)

// typedMonths are the months of a form with what stands in them.
func typedMonths(body string) map[string]string {
	out := map[string]string{}
	for _, m := range monthField.FindAllStringSubmatch(body, -1) {
		out[m[1]] = html.UnescapeString(m[2])
	}
	return out
}

// A total is spread as the year before was sold, or evenly, and the page says
// which; what else was typed stays, and nothing is kept.
func TestSpreadTotal(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sales := year()
	for m := honne.NewMonth(2025, 4); m < honne.NewMonth(2026, 4); m++ {
		sales[m] = 5_000_000
	}
	sales[honne.NewMonth(2026, 3)] = 65_000_000
	h.selling("4", sales)
	before := h.get("/intake").body
	a := h.post(plan2026+"kind=agreed&in=million", months("7", "do", "spread", "year-total", "１億2,000万円", "agreed-on", "2026-03-20", "plan-by", "森様")...)
	got := typedMonths(a.body)
	if a.status != http.StatusOK || len(got) != 12 || got["2026-04"] != "5" || got["2027-03"] != "65" || !strings.Contains(a.body, "follow the sales of FY2025") {
		t.Errorf("%d %v", a.status, got)
	}
	for _, kept := range []string{`value="2026-03-20"`, `value="森様"`, `value="１億2,000万円"`} {
		if !strings.Contains(a.body, kept) {
			t.Errorf("the form lost %s", kept)
		}
	}
	a = h.post(miyako+"/plan/new?fy=2027&kind=proposed&in=thousand&lang=ja", "do", "spread", "year-total", "1,000")
	if got = typedMonths(a.body); got["2027-04"] != "83" || got["2028-03"] != "83" || !strings.Contains(a.body, "2026年度の売上がそろっていないため、均等に配分した値です") {
		t.Errorf("%d %v", a.status, got)
	}
	checkPage(t, "spread", "ja", a)
	if a := h.post(plan2026+"kind=agreed&in=pieces&lang=en", "do", "spread", "year-total", "1,200本"); typedMonths(a.body)["2026-04"] != "50" {
		t.Errorf("%d %v", a.status, typedMonths(a.body))
	}
	for _, bad := range []string{"", "much", "△12"} {
		if a := h.post(plan2026+"kind=agreed&in=million", months("7", "do", "spread", "year-total", bad)...); a.status != http.StatusUnprocessableEntity ||
			!strings.Contains(a.body, `href="#year-total"`) || typedMonths(a.body)["2026-04"] != "7" {
			t.Errorf("%q: %d", bad, a.status)
		}
	}
	if h.get("/intake").body != before {
		t.Error("something was kept")
	}
}

// The form opens with the plan in force of that kind and year, in full yen, and
// sends back what it shows without a change; the same file twice is one.
func TestPlanInForce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.selling("4", year())
	form := []string{"agreed-on", "2026-03-20", "plan-received", "2026-11-20", "month-2026-04", "1.25", "month-2026-05", "0", "month-2026-06", "△3"}
	first, twice := h.post(plan2026+"kind=agreed&in=million", form...), h.post(plan2026+"kind=agreed&in=million", form...)
	if a, b := first.header.Get("Location"), twice.header.Get("Location"); a != b {
		t.Errorf("a second press makes another file: %s %s", a, b)
	}
	file := h.accepted(first)
	if a := h.post(plan2026+"kind=agreed&in=million", form...); a.status != http.StatusSeeOther || a.header.Get("Location") != file+"?done=plan-same" {
		t.Errorf("%d %s", a.status, a.header.Get("Location"))
	}
	h.holds(file+"?done=plan-same", "in the record already")
	a := h.get(plan2026 + "kind=agreed")
	checkPage(t, "plan", "en", a)
	got := typedMonths(a.body)
	if got["2026-04"] != "1,250,000" || got["2026-05"] != "0" || got["2026-06"] != "−3,000,000" || got["2026-07"] != "" || !strings.Contains(a.body, `value="2026-03-20"`) {
		t.Errorf("%v\n%s", got, a.body)
	}
	h.holds(plan2026+"kind=agreed", "what stands today", `value="2026-11-22"`)
	h.holds(plan2026+"kind=expected", "A target for this year was agreed on 20 Mar 2026", "1,250,000")
	if a := h.get(plan2026 + "kind=theirs"); typedMonths(a.body)["2026-04"] != "" || strings.Contains(a.body, "what stands today") {
		t.Error("a target is no plan of theirs")
	}
	again := []string{"agreed-on", "2026-03-21", "plan-received", "2026-11-22"}
	for m, text := range got {
		again = append(again, "month-"+m, text)
	}
	h.accepted(h.post(plan2026+"kind=agreed&in=one", again...))
	rec := h.known()
	list := rec.Series(honne.Target).Monthly()
	if len(list) != 3 || list[0].Amount.N != 1_250_000 || !list[1].Amount.Known || list[2].Amount.N != -3_000_000 || len(rec.Vintages) != 6 {
		t.Errorf("%+v %+v", list, rec.Vintages)
	}
}

// What cannot be used is named at its field, in both languages, and nothing of the
// form is lost.
func TestPlanErrors(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.selling("4", nil)
	for _, c := range []struct {
		kind, field, value, en, ja string
	}{
		{"agreed", "agreed-on", "", "Enter: Agreed on", "「合意日」を入力してください"},
		{"agreed", "agreed-on", "2026-11-23", "Choose a day up to today", "本日までの日付を選択してください"},
		{"agreed", "agreed-on", "last week", "last week", "last week"},
		{"theirs", "plan-received", "", "Enter: Known since", "「把握日」を入力してください"},
		{"theirs", "plan-received", "2026-11-23", "Choose a day up to today", "本日までの日付を選択してください"},
		{"forecast", "month-2026-05", "about 12", "May 2026: “about 12” cannot be used, enter a number", "「2026年5月」には数値を入力してください"},
		{"forecast", "month-2026-05", "1,2OO", "May 2026: “1,2OO” cannot be used", "入力値：1,2OO"},
		{"forecast", "month-2026-05", "0.0000001", "May 2026: “0.0000001” cannot be used", "入力値：0.0000001"},
		{"forecast", "month-2026-05", "12,000,000", "May 2026: “12,000,000” cannot be used", "入力値：12,000,000"},
		{"forecast", "month-2026-05", "12本", "May 2026: “12本” cannot be used", "入力値：12本"},
		{"forecast", "month-2026-05", "非開示", "May 2026: “非開示” cannot be used", "入力値：非開示"},
	} {
		form := map[string]string{"agreed-on": "2026-03-20", "plan-received": "2026-11-20", "plan-by": "森様", "month-2026-04": "１，２５０", "year-total": "9"}
		form[c.field] = c.value
		var pairs []string
		for k, v := range form {
			pairs = append(pairs, k, v)
		}
		for l, says := range map[string]string{"en": c.en, "ja": c.ja} {
			a := h.post(plan2026+"in=million&kind="+c.kind+"&lang="+l, pairs...)
			checkPage(t, c.field, l, a)
			if a.status != http.StatusUnprocessableEntity || strings.Count(a.body, says) < 2 || !strings.Contains(a.body, `href="#`+c.field+`"`) || !strings.Contains(a.body, `aria-describedby="`+c.field+`-err"`) {
				t.Errorf("%s %q in %s: %d\n%s", c.field, c.value, l, a.status, a.body)
			}
			for field, typed := range form {
				if field != "agreed-on" && !strings.Contains(a.body, `value="`+html.EscapeString(typed)+`"`) {
					t.Errorf("%s %q lost %s", c.field, c.value, field)
				}
			}
		}
	}
	if a := h.post(plan2026+"kind=theirs&lang=ja", "plan-received", "2026-11-20"); a.status != http.StatusUnprocessableEntity || strings.Count(a.body, "1か月以上入力してください") != 2 {
		t.Errorf("no month: %d", a.status)
	}
}

// Numbers are understood as everywhere: in the form's unit, or in one of their own.
func TestTypedNumbers(t *testing.T) {
	units := planUnits(honne.JPY)
	for _, c := range []struct {
		unit int
		raw  string
		want int64
		ok   bool
	}{
		{0, "１，２５０", 1250, true}, {0, "△1,250", -1250, true}, {0, "(1,250)", -1250, true}, {0, "−5", -5, true}, {0, "¥1,250", 1250, true},
		{0, "1,250千円", 1_250_000, true}, {0, "0", 0, true}, {0, "1.5", 0, false}, {0, "", 0, false}, {0, "-", 0, false},
		{1, "1,250", 1_250_000, true}, {1, "1.5", 1500, true}, {1, "1250円", 1250, true}, {1, "3百万円", 3_000_000, true}, {1, "0.0001", 0, false},
		{2, "1,250", 1_250_000_000, true}, {2, "1,250千円", 1_250_000, true}, {2, "1億2,000万", 120_000_000, true}, {2, "1,000,000", 1e12, true}, {2, "1,000,001", 0, false},
		{3, "12", 12_000, true}, {3, "1.5", 1500, true}, {3, "1,200本", 1_200_000, true}, {3, "2千円", 0, false}, {3, "12 apples", 0, false},
	} {
		p := &typedPlan{unit: units[c.unit]}
		if n, ok := p.number(c.raw); ok != c.ok || ok && n != c.want {
			t.Errorf("%q in %s: %d %v, want %d", c.raw, units[c.unit].name, n, ok, c.want)
		}
	}
}

// Who may send files may type plans; for all others the page does not exist and
// is not offered. From Intake and the overview one press leads there.
func TestWhoTypesPlans(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.selling("4", year())
	h.holds("/intake?distributor=miyako-medical", `formaction="/intake/plan"`)
	if a := h.get("/intake/plan?distributor=miyako-medical&received=&from=&kind="); a.status != http.StatusSeeOther || a.header.Get("Location") != miyako+"/plan/new?kind=agreed" {
		t.Errorf("%d %s", a.status, a.header.Get("Location"))
	}
	if a := h.get("/intake/plan?distributor=nobody"); a.status != http.StatusNotFound {
		t.Errorf("%d", a.status)
	}
	for _, role := range []string{"director", "regulatory", "cfo", "counsel", "viewer", "auditor"} {
		h.become(role, role+"@nordhaven.example")
		for _, path := range []string{miyako + "/plan/new", "/intake/plan?distributor=miyako-medical"} {
			if a := h.get(path); a.status != http.StatusNotFound {
				t.Errorf("%s %s: %d", role, path, a.status)
			}
		}
		if a := h.post(miyako+"/plan/new", months("1", "agreed-on", "2026-03-20", "plan-received", "2026-11-20")...); a.status != http.StatusNotFound {
			t.Errorf("%s posts: %d", role, a.status)
		}
		if body := h.get(miyako).body + h.get("/intake").body; strings.Contains(body, "plan/new") || strings.Contains(body, "/intake/plan") {
			t.Errorf("%s is offered a page that does not exist", role)
		}
	}
	h.become("manager", "manager@nordhaven.example")
	h.holds(miyako+"/plan/new", "Our target, agreed")
	h.holds(miyako+"/plan/new?kind=proposed", "A plan they propose, FY2027 (Apr 2027–Mar 2028)")
	h.holds(miyako+"/plan/new?kind=nothing&fy=1066&in=stones", "Our target, agreed, FY2026 (Apr 2026–Mar 2027)", "Months, yen")
}
