package web

import (
	"net/http"
	"strings"
	"testing"

	"honne"
	"honne/internal/inspect"
	"honne/internal/store"
)

// become adds an account of a role and signs in as it.
func (h *house) become(role, email string) {
	h.t.Helper()
	u, err := h.works.Store.UserByEmail(h.t.Context(), "kirsten@nordhaven.example")
	if err != nil {
		h.t.Fatal(err)
	}
	if _, err := h.works.Store.AddUser(h.t.Context(), store.User{Name: role, Email: email, Role: role, PasswordHash: u.PasswordHash}); err != nil {
		h.t.Fatal(err)
	}
	h.signIn(email)
}

func (h *house) signIn(email string) {
	h.t.Helper()
	h.post("/sign-out")
	if a := h.post("/sign-in", "email", email, "password", "a quiet morning in Kyoto"); a.status != http.StatusSeeOther {
		h.t.Fatalf("sign in as %s: %d", email, a.status)
	}
}

// sent wants a form to be taken.
func (h *house) sent(path, done string, pairs ...string) {
	h.t.Helper()
	if a := h.post(path, pairs...); a.status != http.StatusSeeOther || !strings.Contains(a.header.Get("Location"), "done="+done) {
		h.t.Fatalf("%s: %d %s\n%s", path, a.status, a.header.Get("Location"), a.body)
	}
}

// filledKinds are the answers that make a whole entry of each kind.
var filledKinds = map[string][]string{
	"activity":             {"activity", "demo", "on", "2026-11-02", "site", "青葉病院", "decision-maker", "1", "source", "日報"},
	"activity-month":       {"month", "2026-10", "activity", "visit", "planned", "１２", "whole", "1"},
	"target-site":          {"site", "青葉病院", "potential", "120万円", "listed", "2026-10-01", "key", "1"},
	"access":               {"whom", "鈴木教授", "asked", "2026-10-01", "answer", "refused", "answered", "2026-10-08", "guard", "tender-period"},
	"investment":           {"investment", "training", "from", "2026-04-01", "to", "2026-09-30", "low", "1,200,000"},
	"margin":               {"from", "2026-04-01", "to", "2026-09-30", "low", "300万円", "high", "400万円"},
	"document":             {"document", "sales licence", "issued", "2024-04-01", "expires", "2030-03-31", "grade", "A", "required", "1"},
	"contact":              {"name", "田中様", "function", "sales", "direct", "1", "from", "2026-01-10"},
	"pulse":                {"month", "2026-11", "score", "2", "line", "Two calls unanswered"},
	"public-account":       {"year", "2025", "revenue", "12億円", "gross-margin", "18.5", "staff", "2.5", "source", "官報", "on", "2026-08-01"},
	"explanation":          {"from-month", "2026-07", "to-month", "2026-09", "on", "2026-10-10", "given", "償還価格の見直し", "action", "重点施設の訪問"},
	"market-estimate":      {"what", "Implants, Japan", "unit", "growth", "start", "2025-04", "low", "−1", "base", "4.2%", "high", "6", "method", "derived", "source", "薬事工業生産動態統計", "on", "2026-08-01"},
	"market-event":         {"event", "shortage", "on", "2026-06-01", "until", "2026-08-31", "products", "NS-4410", "what", "Resin", "source", "業界紙"},
	"gate-waiver":          {"from-month", "2026-07", "to-month", "2026-09", "on", "2026-11-02", "reason", "様式の変更", "ours", "1"},
	"confidential-account": {"account", "得意先A", "from", "2026-04-01", "source", "NDA of 1 Apr, seen by Kirsten"},
	"brand-look":           {"on", "2026-11-02", "where", "catalogue", "says", "掲載は1ページ、旧ロゴのまま"},
	"meeting":              {"on", "2026-10-20", "set-by", "ours", "put-off", "2026-10-19", "put-off-by", "theirs", "what", "四半期会議"},
	"partner-change":       {"change", "person-left", "on", "2026-10-05", "from", "2026-10-31", "what", "大阪支店の鈴木が退職"},
	"phone-answer":         {"message", "4", "on", "2026-11-20", "what", "来週までに送るとのこと", "source", "Kirsten with 田中様"},
	"replacement":          {"part", "registration", "months", "0", "source", "QA lead", "on", "2026-11-01"},
	"strategy-step":        {"strategy", "G9", "owner", "A. Mori", "due", "2026-12-20", "prepares", "stock"},
	"our-act":              {"act", "price-notice", "on", "2026-09-01", "until", "2026-12-01", "what", "Prices of 2027"},
	"change-request":       {"what", "Monthly stock by item", "asked", "2026-06-01"},
	"delayed":              {"what", "Kyushu pilot", "on", "2026-05-01", "value", "2,000万円"},
	"contract-term":        {"term", "data", "has", "1", "on", "2026-11-01", "source", "第8条"},
}

// Every kind is written, listed, opened, corrected and taken back on the one form;
// what it needs it says.
func TestLogKinds(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.mail()
	for _, k := range logKinds() {
		kind := string(k.name())
		if kind == "red-flag" {
			continue
		}
		fresh := miyako + "/log/" + kind + "/new"
		if a := h.get(fresh); a.status != http.StatusOK {
			t.Fatalf("%s: %d", fresh, a.status)
		} else {
			checkPage(t, fresh, "en", a)
		}
		if a := h.post(fresh, "on", "x"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `aria-invalid="true"`) {
			t.Errorf("%s: an empty form is taken: %d", kind, a.status)
		}
		h.sent(fresh, "entry-kept", filledKinds[kind]...)
		one := miyako + "/log/" + kind + "/1"
		a := h.get(one)
		if a.status != http.StatusOK || !strings.Contains(a.body, "Written down") {
			t.Errorf("%s: %d", one, a.status)
		}
		checkPage(t, one, "en", a)
	}
	h.holds(miyako+"/log", "25 entries written down", "¥1,200,000", "a tender was running", "青葉病院", "Kirsten Larsen", "2 Nov 2026", "¥20,000,000", "2, uneasy")
	h.holds(miyako+"/log?lang=ja", "記録は25件です", "重点施設", "20,000,000円")
	h.holds(miyako+"/log?kind=activity&lang=en", "Demonstration", "All lists")
	const one = miyako + "/log/activity/1"
	h.sent(one, "entry-kept", append([]string{"n", "1", "why", "it was a seminar"}, "activity", "seminar", "on", "2026-11-02", "site", "青葉病院")...)
	h.holds(one, "Kind: Demonstration → Seminar", "it was a seminar", "Verified: called back, or a document seen")
	h.sent(one, "entry-others", "n", "1", "activity", "call", "on", "2026-11-02")
	if a := h.post(one+"/withdraw", "n", "2"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("taken back without a reason: %d", a.status)
	}
	h.sent(one+"/withdraw", "entry-withdrawn", "n", "2", "why", "was another partner")
	h.holds(one, "This entry was taken back", "was another partner")
	h.holds(miyako+"/log", "24 entries written down")
	for _, path := range []string{"/log/activity/2", "/log/activity/01", "/log/nothing/new", "/log/promise/1", "/log?kind=nothing"} {
		if a := h.get(miyako + path); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.status)
		}
	}
}

// No form is required: from files and mail alone, with nothing written on any form, the
// page of a partner has its sentence, its sales and most measures that files can tell.
func TestNoFormIsRequired(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.become("director", "d@nordhaven.example")
	if err := h.loadSamples(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	const of = "/distributors/kitano-shoji-kk"
	h.holds(of+"/log", "Nothing is written down yet", "Nothing here is required")
	h.holds(of, `class="msg`, "Net sales", "Growth on previous year")
	d, err := h.works.Store.DistributorBySlug(t.Context(), "kitano-shoji-kk")
	if err != nil {
		t.Fatal(err)
	}
	rec, err := h.works.Store.Record(t.Context(), d.ID, honne.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	known := 0
	for _, m := range inspect.Picture(rec, h.works.Playbook).Measures {
		if m.Known {
			known++
		}
	}
	if known < 15 {
		t.Errorf("%d measures are known without a form", known)
	}
}

// What cannot be read is refused at its field, and nothing is entered.
func TestLogRefuses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.mail()
	for kind, c := range map[string]struct {
		pairs []string
		holds string
	}{
		"activity-month": {[]string{"month", "autumn"}, "is no month"},
		"delayed":        {[]string{"what", "x", "on", "2026-05-01", "value", "a lot"}, "cannot be used"},
		"margin":         {[]string{"from", "2026-05-01", "to", "2026-04-01", "low", "1"}, "Ends before it begins"},
		"investment":     {[]string{"from", "2026-04-01", "to", "2026-09-30", "none", "1", "low", "5"}, "then no kind and no sum"},
		"access":         {[]string{"whom", "x", "asked", "2026-10-01", "answer", "granted"}, "Enter: Answered on"},
	} {
		if a := h.post(miyako+"/log/"+kind+"/new", c.pairs...); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, c.holds) {
			t.Errorf("%s: %d, want %q", kind, a.status, c.holds)
		}
	}
	h.holds(miyako+"/log", "Nothing is written down yet")
	h.holds(miyako+"/log/contact/new", "From mail", "name=")
	h.holds(miyako+"/log/contact/new?name=Sato&source=mail", `value="Sato"`)
}

// Compliance points exist for counsel alone: no link, no list, no measure, no
// question for anyone else.
func TestRedFlagsDoNotExist(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.mail()
	h.become("counsel", "c@nordhaven.example")
	const fresh = miyako + "/log/red-flag/new"
	h.holds(fresh, "Nobody else sees that this list exists")
	h.sent(fresh, "entry-kept", "flag", "sub-agent", "on", "2026-11-01", "fact", "A sub-agent nobody named", "critical", "1")
	h.holds(miyako+"/log", "A sub-agent nobody named")
	h.holds(miyako+"/evidence/measure/red-flags", "Compliance points open", `href="`+miyako+`/log/red-flag/1"`)
	h.get("/portfolio") // what counsel sees is kept for counsel alone
	h.signIn("kirsten@nordhaven.example")
	for _, path := range []string{fresh, miyako + "/log/red-flag/1", miyako + "/log?kind=red-flag", miyako + "/evidence/measure/red-flags"} {
		if a := h.get(path); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	if a := h.post(fresh, "flag", "x", "on", "2026-11-01", "fact", "y"); a.status != http.StatusNotFound {
		t.Errorf("written by a director: %d", a.status)
	}
	for _, path := range []string{miyako, miyako + "/log", miyako + "/signals", "/", "/portfolio", "/our-side", "/intake", miyako + "/brief"} {
		if body := h.get(path).body; strings.Contains(strings.ToLower(body), "compliance") || strings.Contains(body, "red-flag") || strings.Contains(body, "sub-agent") {
			t.Errorf("%s tells of red flags", path)
		}
	}
}

// A private pulse is seen by its writer alone, and nobody changes another's.
func TestPulseIsPersonal(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.mail()
	h.become("director", "d@nordhaven.example")
	h.sent(miyako+"/log/pulse/new", "entry-kept", "month", "2026-11", "score", "1", "line", "I fear they drift away", "alone", "1")
	h.sent(miyako+"/log/pulse/new", "entry-kept", "month", "2026-11", "score", "2", "line", "Two calls unanswered")
	h.holds(miyako+"/log", "I fear they drift away", "Private, never counts")
	h.holds(miyako+"/signals/gut-feel", "Two calls unanswered", "opinion")
	h.become("manager", "m@nordhaven.example")
	body := h.get(miyako+"/log").body + h.get(miyako+"/signals/gut-feel").body
	if strings.Contains(body, "drift away") || !strings.Contains(body, "Two calls unanswered") {
		t.Error("a private log is shown, or another's pulse is not")
	}
	if a := h.get(miyako + "/log/pulse/1"); a.status != http.StatusNotFound {
		t.Errorf("a private log opens: %d", a.status)
	}
	if a := h.get(miyako + "/log/pulse/2"); a.status != http.StatusOK || strings.Contains(a.body, "<form method=\"post\" action=\""+miyako+"/log/pulse/2\"") {
		t.Errorf("another's pulse: %d", a.status)
	}
	if a := h.post(miyako+"/log/pulse/2", "n", "1", "month", "2026-11", "score", "5", "line", "x"); a.status != http.StatusNotFound {
		t.Errorf("another's pulse is changed: %d", a.status)
	}
	if strings.Contains(h.get(miyako+"/log/pulse/new").body, `name="alone"`) {
		t.Error("a manager is offered a private log")
	}
}
