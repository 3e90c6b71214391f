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
	h.holds("/portfolio", "misses plan and loses share", `class="pair"`, "not known", "no plan", "At stake")
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
	h.become("cfo", "cfo@nordhaven.example")
	h.holds("/portfolio", "Outlook / pace")
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
	h.holds("/distributors/aozora-medical-kk/evidence/stake", "nothing is at stake")
	h.holds("/distributors/kitano-shoji-kk/evidence/trust", "Clear counts one", "/evidence/measure/restatement")
	if a := h.get("/distributors/nobody/evidence/stake"); a.status != http.StatusNotFound {
		t.Errorf("%d", a.status)
	}
}
