package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"honne"
)

// The portfolio says who is behind and where most of it sits; every figure opens
// to its evidence, in each of its three views, and what is not known is said.
func TestPortfolio(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.become("director", "d@nordhaven.example")
	if err := h.loadSamples(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if _, err := h.works.Store.AddDistributor(t.Context(), honne.Profile{Name: "Newcomer KK", Contract: honne.Contract{Territory: "Kyushu"}}, false); err != nil {
		t.Fatal(err)
	}
	opened := map[string]bool{}
	for _, path := range []string{"/portfolio", "/portfolio?view=map", "/portfolio?view=charts", "/portfolio?view=charts&scale=own&lang=ja", "/portfolio?show=unknown&lang=en"} {
		a := h.get(path)
		l := "en"
		if strings.Contains(path, "lang=ja") {
			l = "ja"
		}
		checkPage(t, path, l, a)
		doors := doorsOf(a.body)
		if len(doors) == 0 {
			t.Errorf("%s opens no door to evidence", path)
		}
		for _, door := range doors {
			if opened[door] {
				continue
			}
			opened[door] = true
			if b := h.get(door); b.status != http.StatusOK {
				t.Errorf("%s leads to %s: %d", path, door, b.status)
			}
		}
	}
	h.holds("/portfolio", "misses plan and loses share", "1</a> more misses plan within what chance or our own side may explain", `class="pair"`, "not known", "no plan", "At stake")
	h.holds("/portfolio", `aria-current="true">¥m`)
	h.holds("/portfolio?view=map", `aria-label="Kitano Shoji KK, Act"`, "Not on the map", "Newcomer KK", "0 of the three measures")
	h.holds("/portfolio?view=charts", "One scale for all", "Newcomer KK")
	h.holds("/portfolio?view=charts&scale=own", "heights cannot be compared")
	body := h.get("/portfolio?sort=name").body
	if first, second := strings.Index(body, `<th scope="row"><a href="/distributors/aozora`), strings.Index(body, `<th scope="row"><a href="/distributors/kitano`); first < 0 || first > second {
		t.Error("not by name")
	}
	body = h.get("/portfolio?show=both").body
	if !strings.Contains(body, `<th scope="row"><a href="/distributors/kitano`) || strings.Contains(body, `<th scope="row"><a href="/distributors/aozora`) {
		t.Error("the filter keeps the wrong partners")
	}
	h.holds("/portfolio?show=losing&territory=Kyushu", "No partner is like that")
	h.sent("/distributors/kitano-shoji-kk/log/our-act/new", "entry", "act", "shortage", "on", (h.lastDay() - 60).String(), "what", "Half of the orders")
	h.holds("/portfolio", "behind plan so far this year", "2</a> of them chance or our own side may explain it")
	h.holds("/portfolio?show=excused", `<th scope="row"><a href="/distributors/kitano`)
	h.become("cfo", "cfo@nordhaven.example")
	h.holds("/portfolio", "Outlook / pace")
}

// TestAccused: who misses plan and loses share is not counted where chance or our own
// side may explain either; behind plan alone is never an accusation.
func TestAccused(t *testing.T) {
	t.Parallel()
	sold := func(growth float64, miss, loss string) partner {
		money := func(n int64) honne.Term {
			return honne.Term{Label: honne.Say("term.sales"), Money: honne.Money{Minor: n, Currency: honne.JPY}}
		}
		return partner{p: honne.Picture{KPIs: honne.KPIs{Sales: money(90), Plan: money(100), Growth: &growth, Market: &honne.Range3{Base: 0.02}, MissBy: miss, LossBy: loss}}}
	}
	for _, c := range []struct {
		x                partner
		accused, excused bool
	}{
		{sold(-0.1, "", ""), true, false},
		{sold(-0.1, "by-chance", ""), false, true},
		{sold(-0.1, "our-side", "our-side"), false, true},
		{sold(-0.1, "", "by-chance"), false, true},
		{sold(0.1, "", "by-chance"), false, false},
		{sold(0.1, "our-side", ""), false, true},
	} {
		if c.x.accused() != c.accused || c.x.excused() != c.excused {
			t.Errorf("growth %v, miss by %q, loss by %q: accused %v, excused %v", *c.x.p.KPIs.Growth, c.x.p.KPIs.MissBy, c.x.p.KPIs.LossBy, c.x.accused(), c.x.excused())
		}
	}
}

// The first run asks once how the market grows: a range with its source, of which
// two ends alone are enough; an answer without a source is no answer.
func TestMarketQuestion(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.holds("/setup", "How much does the partner’s market grow", "NDB Open Data")
	if a := h.post("/distributors/new", "name", "Miyako Medical", "starts", "4", "growth-low", "7", "growth-high", "9"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Say where the market figure comes from") {
		t.Errorf("%d", a.status)
	}
	if a := h.post("/distributors/new", "name", "Miyako Medical", "starts", "4", "growth-low", "9", "growth", "8", "growth-source", "MHLW"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "must rise") {
		t.Errorf("%d", a.status)
	}
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4", "growth-low", "−1", "growth-high", "9%", "growth-source", "MHLW")
	d, err := h.works.Store.DistributorBySlug(t.Context(), "miyako-medical")
	if err != nil {
		t.Fatal(err)
	}
	if m := d.Profile.MarketGrowth; m == nil || m.Low != -0.01 || m.Base != 0.04 || m.High != 0.09 || m.Source != "MHLW" {
		t.Errorf("%+v", m)
	}
	h.holds(miyako+"/edit", `value="−1.0"`, `value="4.0"`)
	h.become("director", "d@nordhaven.example")
	h.holds(miyako+"/log/market-estimate/new?unit=growth&start=2025-11", `value="2025-11"`)
}

var evidenceDoor = regexp.MustCompile(`href="(/distributors/[^"#]*/evidence[^"#]*)`)

// doorsOf are the links to evidence of a page, each once.
func doorsOf(body string) (out []string) {
	seen := map[string]bool{}
	for _, m := range evidenceDoor.FindAllStringSubmatch(body, -1) {
		if to := strings.ReplaceAll(m[1], "&amp;", "&"); !seen[to] {
			seen[to] = true
			out = append(out, to)
		}
	}
	return out
}

// What is at stake and trust open to what they were made of.
func TestStakeEvidence(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.become("director", "d@nordhaven.example")
	if err := h.loadSamples(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	h.holds("/distributors/kitano-shoji-kk/evidence/stake", "At stake", "Plan for the same months", "Net sales so far", "only the plan was compared")
	h.holds("/distributors/aozora-medical-kk/evidence/stake", "nothing is at stake", "never below zero")
	if page := h.get("/distributors/aozora-medical-kk/evidence/stake").body; !regexp.MustCompile(`(?s)never below zero.*?<span class="op">=</span> −¥[\d,]+<.*?<span class="op">=</span> ¥0<`).MatchString(page) {
		t.Error("the formula does not lead to zero")
	}
	h.holds("/distributors/kitano-shoji-kk/evidence/trust", "Clear counts one", "/evidence/measure/restatement")
	if a := h.get("/distributors/nobody/evidence/stake"); a.status != http.StatusNotFound {
		t.Errorf("%d", a.status)
	}
}
