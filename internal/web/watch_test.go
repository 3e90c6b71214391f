package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"honne"
	"honne/internal/lang"
	"honne/internal/store"
)

// A sign says its rule, is acted on, muted for no longer than its reason allows,
// and speaks again by itself; a muted one stays listed as what it is.
func TestSignPage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.mail()
	const at = miyako + "/signals/customer-access"
	a := h.get(at)
	checkPage(t, at, "en", a)
	h.holds(at, "unknown is not clear", miyako+"/log/access/new", "Nothing was done about it yet")
	h.holds(at+"?lang=ja", "不明は「兆候なし」ではありません", "当社の対応")
	h.get("/?lang=en")
	if a := h.post(at+"/act", "act-on", "2027-01-01"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "What we do") {
		t.Errorf("%d", a.status)
	}
	h.sent(at+"/act", "sign-act", "act-what", "Asked for a joint visit", "act-on", "2026-11-20")
	for _, c := range [][3]string{{"", "2026-12-01", "Reason"}, {"own-side", "2026-11-01", "still to come"}, {"own-side", "2027-11-01", "90 days at most"}, {"own-side", "", "Muted until"}} {
		if a := h.post(at+"/mute", "mute-code", c[0], "mute-until", c[1]); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, c[2]) {
			t.Errorf("%v: %d", c, a.status)
		}
	}
	h.sent(at+"/mute", "sign-mute", "mute-code", "own-side", "mute-until", "2026-12-15", "mute-why", "we are late ourselves")
	h.holds(at, "Asked for a joint visit", "Our own side caused it", "we are late ourselves", "15 Dec 2026", "Muted until 15 Dec")
	h.holds(miyako+"/signals", "Muted until 15 Dec")
	h.wait(25 * 24 * 3600e9)
	h.signIn("kirsten@nordhaven.example")
	if body := h.get(at).body; strings.Contains(body, "Muted until 15 Dec") {
		t.Error("the mute did not end by itself")
	}
	h.sent(at+"/back", "sign-back", "number", "1", "n", "1")
	if strings.Contains(h.get(at).body, "Asked for a joint visit") {
		t.Error("it was not taken back")
	}
	for _, path := range []string{miyako + "/signals/nothing", "/distributors/nobody/signals/targets"} {
		if a := h.get(path); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	h.become("viewer", "v@nordhaven.example")
	if a := h.post(at+"/act", "act-what", "x", "act-on", "2026-11-20"); a.status != http.StatusNotFound || strings.Contains(h.get(at).body, "What we do about it") {
		t.Errorf("a viewer acts: %d", a.status)
	}
}

// The answers of the house count for each partner, a partner's own before them;
// an answer needs its evidence, and one that was emptied is taken back.
func TestOurSide(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.mail()
	for _, path := range []string{"/our-side", miyako + "/our-side"} {
		checkPage(t, path, "en", h.get(path))
	}
	h.holds("/our-side", "None of the 27 questions", "Miyako Medical", "never by person")
	if a := h.post("/our-side", "score-H2a", "3"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "H2a: name the evidence") {
		t.Errorf("%d", a.status)
	}
	h.sent("/our-side", "readiness", "score-H2a", "4", "evidence-H2a", "Tokyo office", "score-H2b", "na", "score-H2c", "2", "evidence-H2c", "two partners")
	h.holds("/our-side", "Presence in Japan, at 75 of 100", "2 of 2 answered", `value="Tokyo office"`)
	h.holds(miyako+"/our-side", "Presence in Japan, at 75 of 100", "Of the whole house: 4, fully")
	h.sent(miyako+"/our-side", "readiness", "score-H2a", "0", "evidence-H2a", "nobody in their region")
	h.holds(miyako+"/our-side", "Presence in Japan, at 25 of 100")
	h.holds("/our-side", "at 75 of 100")
	h.sent("/our-side", "readiness", "n-H2a", "1", "score-H2a", "none", "n-H2b", "1", "score-H2b", "na", "n-H2c", "1", "score-H2c", "2", "evidence-H2c", "two partners")
	h.holds("/our-side", "at 50 of 100", "1 of 2 answered")
	h.sent("/our-side", "entry-others", "n-H2c", "0", "score-H2c", "4", "evidence-H2c", "x")
	h.holds(miyako+"/our-side?lang=ja", "当社側は個人ではなく", "先方が当社を待っていること")
	h.become("viewer", "v@nordhaven.example")
	if a := h.post("/our-side", "score-H2a", "4", "evidence-H2a", "x"); a.status != http.StatusNotFound {
		t.Errorf("a viewer answers for the house: %d", a.status)
	}
}

// Dependency names what is unknown and leads to it; eight terms are kept at once.
func TestDependencyPage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.mail()
	const at = miyako + "/dependency"
	checkPage(t, at, "en", h.get(at))
	h.holds(at, "at least three of the five", "Needs a log of requested changes", miyako+"/log/change-request/new", miyako+"/log/delayed/new", "ask counsel", "Loyalty is a strength", "Minutes, not months")
	h.sent(at+"/terms", "terms", "term-in-force", "yes", "source-in-force", "契約書", "term-performance", "no", "term-termination", "yes", "term-data", "no", "term-venue", "yes", "term-trademark", "none")
	h.holds(at, "2 of the 5 terms that we know of are missing", `value="契約書"`)
	h.sent(at+"/terms", "terms", "n-in-force", "1", "term-in-force", "yes", "source-in-force", "契約書", "n-performance", "1", "term-performance", "yes",
		"n-termination", "1", "term-termination", "yes", "n-data", "1", "term-data", "none", "n-venue", "1", "term-venue", "yes")
	list, err := store.Entries[honne.ContractTerm](t.Context(), h.works.Store, 1)
	if err != nil || len(list) != 4 {
		t.Errorf("%d terms, %v", len(list), err)
	}
	for _, e := range list {
		if (e.Body.Term == "performance") != (e.N == 2) {
			t.Errorf("%s: version %d", e.Body.Term, e.N)
		}
	}
	h.holds(at+"?lang=ja", "信義は強み", "弁護士")
	h.get(at + "?lang=en")
	h.plansBalance(at)
	put(t, h, 1, honne.Decision{Audit: 1, InPlace: []string{"customers"}})
	h.holds(at, "Noted in the last decision of an audit.")
	put(t, h, 1, honne.StrategyStep{Strategy: "G9", Owner: "A. Mori", Due: honne.NewDate(2026, 11, 2), Done: honne.NewDate(2026, 11, 20), Evidence: "Vigilance hand-over plan", Prepares: "vigilance"})
	h.holds(at, `in place</span></p><p class="small muted"><span lang="en">Vigilance hand-over plan`)
	checkPage(t, at, "en", h.get(at))
	h.become("auditor", "a@firm.example")
	if a := h.get(at); a.status != http.StatusNotFound {
		t.Errorf("dependency exists for an auditor: %d", a.status)
	}
}

// What is high and part of no sign stands on the page of signals and in Today, with
// what else may explain it before the facts; sales by distributor lead to cells.
func TestHighApart(t *testing.T) {
	t.Parallel()
	h := kitano(t)
	const of = "/distributors/kitano-shoji-kk"
	a := h.get(of + "/signals?lang=en")
	checkPage(t, of+"/signals", "en", a)
	apart := strings.Index(a.body, "High, and part of no sign")
	harmless, fact := strings.Index(a.body[max(0, apart):], "Harmless explanations"), strings.Index(a.body[max(0, apart):], `<ul class="plainlist"><li>`)
	if apart < 0 || harmless < 0 || fact < harmless || !strings.Contains(a.body[apart:], `id="restatement"`) {
		t.Errorf("apart at %d, harmless at %d, facts at %d", apart, harmless, fact)
	}
	h.holds(of+"/signals?lang=en", "to watch. High, and in no sign: ")
	h.holds("/", of+"/signals#restatement", "Figures changed without a reason")
	h.holds(of+"/signals?lang=ja", "予兆に含まれない「高」の指標")
	h.holds(of+"/dependency?lang=en", "Concentration (HHI) stands at 10,000 of 10,000", "of the partners kept here", "series=")
}

// An address of cells keeps every account whose lines are left out.
func TestBesidesInAddress(t *testing.T) {
	v := &visit{Request: httptest.NewRequest("GET", "/", nil)}
	at, err := url.Parse(v.selectionLink(honne.Distributor{Slug: "x"}, honne.Selection{Series: honne.Sales, Besides: []string{"非開示A", "得意先, B", "青葉\n病院"}}))
	if err != nil {
		t.Fatal(err)
	}
	if s, err := selection(at.Query()); err != nil || len(s.Besides) != 3 || s.Besides[1] != "得意先, B" || s.Besides[2] != "青葉\n病院" {
		t.Errorf("%+v, %v", s, err)
	}
}

// plansBalance takes up a step, which is due in Today until it is done with what
// shows it, and estimates the parts of a replacement once each.
func (h *house) plansBalance(at string) {
	h.t.Helper()
	const form = miyako + "/log/strategy-step/new?strategy=G4"
	h.holds(at, form, "Not known yet how long a replacement would take", "prepares=stock", "Latest safe day", "twelve months on one basis are needed of every partner. Missing: Miyako Medical")
	h.holds(form, `value="G4" selected`)
	step := []string{"strategy", "G9", "what", "Agree on buying back stock", "owner", "A. Mori", "due", "2026-11-02", "prepares", "stock"}
	h.sent(miyako+"/log/strategy-step/new", "entry-kept", step...)
	h.holds(at, "Agree on buying back stock", "Due date passed", "Planned: A. Mori, by 2 Nov 2026")
	h.holds("/", "Agree on buying back stock", "Miyako Medical, A. Mori, due 2 Nov 2026", "We owe 1 promise past its day", "<span>Today</span><em>1</em>")
	const one = miyako + "/log/strategy-step/1"
	if a := h.post(one, append([]string{"n", "1", "done", "2026-11-20"}, step...)...); a.status != http.StatusUnprocessableEntity {
		h.t.Errorf("done without anything that shows it: %d", a.status)
	}
	h.sent(one, "entry-kept", append([]string{"n", "1", "done", "2026-11-20", "evidence", "Signed letter of 20 Nov"}, step...)...)
	h.holds(at, "Done 20 Nov 2026", "Signed letter of 20 Nov")
	h.holds(at+"?asof=2026-11-10", "Planned: A. Mori, by 2 Nov 2026")
	if a := h.get("/"); strings.Contains(a.body, "Agree on buying back stock") {
		h.t.Error("what is done stands in Today")
	}
	for _, part := range honne.AllReplaceParts {
		h.sent(miyako+"/log/replacement/new", "entry-kept", "part", part, "months", map[string]string{"registration": "12", "stock": "0", "partner": "6"}[part], "source", "QA lead", "on", "2026-11-01")
	}
	h.holds(at, "12 months at least; 1 part is not known", miyako+"/log/replacement/1")
	h.sent(miyako+"/log/replacement/3", "entry-kept", "n", "1", "part", "training", "months", "3", "source", "QA lead", "on", "2026-11-01")
	h.holds(at, "12 months at least (the longest part), 21 one after another")
}

// A check-in makes entries out of short lines, once however often it is sent.
func TestCheckIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.mail()
	const at = miyako + "/check-ins/new"
	checkPage(t, at, "en", h.get(at))
	h.holds(at, "Five minutes")
	h.holds(at+"?lang=ja", "5分で")
	h.get("/?lang=en")
	if a := h.post(at, "checkin-on", "2026-11-20", "setting", "meeting"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Write one line at least") {
		t.Errorf("%d", a.status)
	}
	if a := h.post(at, "checkin-on", "2026-11-20", "numbers-what-1", "いい天気ですね"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "No known reason") {
		t.Errorf("%d", a.status)
	}
	for month, want := range map[string]string{"": "Month, where no reason was given", "2026-12": "has not begun"} {
		if a := h.post(at, "checkin-on", "2026-11-20", "numbers-what-1", "No word on October", "numbers-kind-1", "none", "numbers-day-1", month); a.status != http.StatusUnprocessableEntity ||
			!strings.Contains(a.body, want) || !strings.Contains(a.body, `value="none" selected`) || !strings.Contains(a.body, "No word on October") {
			t.Errorf("%q: %d", month, a.status)
		}
	}
	lines := []string{"checkin-on", "2026-11-20", "setting", "meeting", "said-who", "田中様",
		"activity-kind-1", "demo", "activity-what-1", "青葉病院", "activity-tick-1", "1",
		"numbers-what-1", "市場全体が縮小しております", "numbers-kind-1", honne.AllExcuses[0],
		"numbers-what-2", "October 12 % below plan, no reason given", "numbers-kind-2", "none", "numbers-day-2", "2026-10",
		"requests-kind-1", "theirs", "requests-what-1", "施設一覧の送付", "requests-day-1", "2026-12-04",
		"requests-kind-2", "ours", "requests-what-2", "Send the manual",
		"our-side-kind-1", "their-request", "our-side-what-1", "Training in Osaka"}
	books, err := h.works.Store.DistributorBySlug(t.Context(), "miyako-medical")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		h.sent(at, "check-in", lines...)
	}
	acts, err := store.Entries[honne.FieldActivity](t.Context(), h.works.Store, books.ID)
	if err != nil || len(acts) != 1 || acts[0].Body.Kind != honne.ActivityDemo || !acts[0].Body.DecisionMaker || !acts[0].Body.Outbound {
		t.Errorf("%+v %v", acts, err)
	}
	ours, err := store.Entries[honne.OurAct](t.Context(), h.works.Store, books.ID)
	if err != nil || len(ours) != 1 || ours[0].Body.Kind != honne.OurRequest {
		t.Errorf("%+v %v", ours, err)
	}
	promises, err := store.Entries[honne.Promise](t.Context(), h.works.Store, books.ID)
	n := 0
	for _, e := range promises {
		if e.By != 0 && e.Body.Form == honne.PromiseOral {
			n++
		}
	}
	if err != nil || n != 2 {
		t.Errorf("%d promises, %v", n, err)
	}
	said, err := store.Entries[honne.Said](t.Context(), h.works.Store, books.ID)
	n = 0
	for _, e := range said {
		if e.By != 0 && e.Body.Who == "田中様" {
			n++
		}
	}
	if err != nil || n != 1 {
		t.Errorf("%d reasons, %v", n, err)
	}
	noted, err := store.Entries[honne.Explanation](t.Context(), h.works.Store, books.ID)
	if err != nil || len(noted) != 1 || noted[0].Body.Why != "" || noted[0].Body.Action != "" || noted[0].Body.Period != honne.NewMonth(2026, 10).Period() {
		t.Errorf("%+v %v", noted, err)
	}
	h.holds(miyako+"/log", "October 12 % below plan, no reason given")
	h.holds(miyako+"/log", "青葉病院", "Training in Osaka", "The partner began it")
	h.holds(miyako+"/log/activity/new", `name="outbound" value="1" checked`)
}

// Where no sign is raised and a measure is high, that is said first.
func TestSignsMessage(t *testing.T) {
	v := &visit{Request: httptest.NewRequest("GET", "/", nil), app: &app{Config: Config{Languages: load(t)}}, lang: lang.EN}
	high := honne.Judged{Result: honne.Result{Measure: honne.MeasureID{Slug: "forecast-bias"}}, Band: honne.High}
	for want, p := range map[string]honne.Picture{"No known sign is raised.": {}, "High, and in no sign: Forecast bias. No known sign is raised beside that.": {Measures: []honne.Judged{high}}} {
		if got := v.signsMessage(p); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
