package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"honne"
	"honne/internal/store"
)

// enter signs in as somebody who has an account.
func (h *house) enter(email string) {
	h.t.Helper()
	h.post("/sign-out")
	if a := h.post("/sign-in", "email", email, "password", "a quiet morning in Kyoto"); a.status != http.StatusSeeOther {
		h.t.Fatalf("sign in as %s: %d", email, a.status)
	}
}

// An audit goes from its evidence list over ratings and a finding to a decision
// that two people sign.
func TestAudit(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	auditor := h.as("auditor") // the second account
	h.enter("1@nordhaven.example")
	h.holds("/audits", "Your account works on no audit yet")
	h.lacks("/audits", `href="/audits/new"`)
	h.enter("kirsten@nordhaven.example")
	open := []string{"distributor", "miyako-medical", "audit-title", "FY2026", "audit-from", "2025-04-01", "audit-to", "2026-03-31", "audit-known", "2026-04-30",
		"auditor", "H. Sato", "kind", "local", "japanese", "native", "declared", "1", "pack", "consumer", "purpose-en", "To look together.", "purpose-ja", "ご一緒に確認するため。", "team", strconv.Itoa(int(auditor))}
	if a := h.post("/audits/new", open[2:]...); a.status != http.StatusUnprocessableEntity {
		t.Errorf("without a partner: %d", a.status)
	}
	if a := h.post("/audits/new", open...); a.status != http.StatusSeeOther || a.header.Get("Location") != "/audits/A-001" {
		t.Fatalf("open: %d %s", a.status, a.header.Get("Location"))
	}
	h.holds("/audits/A-001/criteria/transparency", "Scores are entered with an auditor’s account: ", `<span class="muted" lang="en">`)
	h.enter("1@nordhaven.example")
	if a := h.get("/audits/A-001/requests"); a.status != http.StatusOK || !strings.Contains(a.body, "月次報告の作成手順") || strings.Contains(a.body, "KOL活動") {
		t.Errorf("evidence list: %d", a.status)
	}
	h.notes(t)
	h.papers(t)
	if a := h.post("/audits/A-001/criteria/transparency", "version", "0", "score", "1", "grade", "D"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "written reason") {
		t.Errorf("a score without evidence or reason: %d", a.status)
	}
	h.unfounded(t)
	for _, d := range honne.AllDimensions {
		score, version := "3", "0"
		if d.ID == "E4" {
			score = "na"
		}
		if a := h.post("/audits/A-001/criteria/"+short(d.Slug), "version", version, "score", score, "grade", "A", "because", "seen"); a.status != http.StatusSeeOther {
			t.Errorf("%s: %d", d.ID, a.status)
		}
	}
	if a := h.post("/audits/A-001/criteria/transparency", "version", "0", "score", "2", "grade", "A"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Somebody else saved") {
		t.Errorf("a stale form: %d", a.status)
	}
	finding := []string{"dimension", "trust.transparency", "kind", "gap", "cause", "own-side", "seen", "Our form asks for too much.", "share", "1", "version", "0"}
	if a := h.post("/findings/new?audit=A-001&dimension=transparency", append(finding, "partner-en", "Other distributors do it.", "partner-ja", "本音をお聞かせください。")...); a.status != http.StatusUnprocessableEntity {
		t.Errorf("words that block: %d", a.status)
	}
	if a := h.post("/findings/new?audit=A-001&dimension=transparency", append(finding, "partner-en", "We will simplify the form.", "partner-ja", "様式を簡素化いたします。")...); a.header.Get("Location") != "/findings/F-001?done=finding" {
		t.Errorf("finding: %d %s", a.status, a.header.Get("Location"))
	}
	if a := h.post("/audits/A-001/outcome", "do", "decide", "decided", "renew", "why", "x"); a.status != http.StatusNotFound {
		t.Errorf("an auditor decides: %d", a.status)
	}
	h.sign(t)
}

// unfounded tries scores with neither evidence nor a reason, whatever grade they
// claim; what was typed comes back.
func (h *house) unfounded(t *testing.T) {
	t.Helper()
	for _, c := range []struct{ score, grade, want string }{{"4", "A", "neither evidence nor a reason"}, {"4", "C", "neither evidence nor a reason"}, {"4", "", "neither evidence nor a reason"},
		{"2", "D", "written reason"}, {"na", "A", "why this does not apply"}} {
		a := h.post("/audits/A-001/criteria/transparency", "version", "0", "score", c.score, "grade", c.grade)
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, c.want) || !strings.Contains(a.body, `value="`+c.score+`" checked`) || c.grade != "" && !strings.Contains(a.body, `value="`+c.grade+`" selected`) {
			t.Errorf("%+v: %d", c, a.status)
		}
	}
}

// sign decides as a director, and signs as two people.
func (h *house) sign(t *testing.T) {
	t.Helper()
	h.as("director")
	if a := h.get("/audits/A-001/outcome"); !strings.Contains(a.body, "Recommended: renew.") || !strings.Contains(a.body, "All pillars stand") {
		t.Error("the outcome does not say renew")
	}
	if a := h.post("/audits/A-001/outcome", "do", "decide", "version", "0", "decided", "renew"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("without a reason: %d", a.status)
	}
	h.post("/audits/A-001/outcome", "do", "decide", "version", "0", "decided", "renew", "why", "It works.")
	if a := h.post("/audits/A-001/outcome", "do", "sign", "version", "1"); a.status != http.StatusSeeOther {
		t.Errorf("sign: %d", a.status)
	}
	if a := h.post("/audits/A-001/outcome", "do", "sign", "version", "2"); a.status != http.StatusNotFound {
		t.Errorf("sign twice: %d", a.status)
	}
	h.as("cfo")
	if a := h.post("/audits/A-001/outcome", "do", "sign", "version", "1"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Somebody else saved") {
		t.Errorf("sign what one did not see: %d", a.status)
	}
	if a := h.post("/audits/A-001/outcome", "do", "sign", "version", "2"); a.status != http.StatusSeeOther {
		t.Errorf("second signature: %d", a.status)
	}
	list, err := store.Entries[honne.Decision](t.Context(), h.works.Store, 1)
	if err != nil || len(list) != 1 || len(list[0].Body.Signed) != 2 {
		t.Errorf("%+v, %v", list, err)
	}
	h.as("viewer")
	if a := h.get("/audits"); a.status != http.StatusNotFound {
		t.Errorf("a viewer sees audits: %d", a.status)
	}
}

// notes writes what came of a line of the evidence list: a second note keeps what
// the first one said, and a stale form comes back with what was typed.
func (h *house) notes(t *testing.T) {
	t.Helper()
	const at = "/audits/A-001/requests"
	if a := h.post(at, "number", "1", "version", "1", "received-1", "2026-04-10"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `value="2026-04-10"`) {
		t.Errorf("received without a grade: %d", a.status)
	}
	if a := h.post(at, "number", "1", "version", "1", "due-1", "2026-04-03", "received-1", "2026-04-10", "grade-1", "B"); a.status != http.StatusSeeOther {
		t.Fatalf("note: %d", a.status)
	}
	a := h.get(at)
	for _, want := range []string{`id="due-1" name="due-1" type="date" value="2026-04-03"`, `id="received-1" name="received-1" type="date" value="2026-04-10"`, `<option value="B" selected>`} {
		if !strings.Contains(a.body, want) {
			t.Errorf("the form does not hold %s", want)
		}
	}
	if a := h.post(at, "number", "1", "version", "1", "refused-1", "棚卸中のため"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Somebody else saved") ||
		!strings.Contains(a.body, `value="棚卸中のため"`) || !strings.Contains(a.body, `name="version" value="2"`) {
		t.Errorf("a stale note: %d", a.status)
	}
}

// An opened audit can be mended by whoever may open one, with everything it was
// staying in its history; what ratings rest on stays as it is.
func TestAuditIsMended(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	form := []string{"audit-title", "FY2026", "audit-from", "2025-04-01", "audit-to", "2026-03-31", "audit-known", "2026-04-30", "audit-scope", "Kanto",
		"auditor", "H. Sato", "kind", "local", "japanese", "none", "pack", "consumer", "purpose-en", "To look together.", "purpose-ja", "ご一緒に確認するため。"}
	with := func(pairs ...string) []string { return append(slices.Clone(form), pairs...) }
	if a := h.post("/audits/new", with("distributor", "miyako-medical", "purpose-en", "On your selling price.")...); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "must not stand in what a partner reads") || !strings.Contains(a.body, ">On your selling price.<") {
		t.Errorf("a purpose with a word that keeps it in: %d", a.status)
	}
	h.post("/audits/new", with("distributor", "miyako-medical")...)
	const at = "/audits/A-001/edit"
	a := h.get(at)
	for _, want := range []string{`value="FY2026"`, `value="2026-04-30"`, `<option value="local" selected>`, ">ご一緒に確認するため。<", `name="version" value="1"`} {
		if !strings.Contains(a.body, want) {
			t.Errorf("the form does not hold %s", want)
		}
	}
	late := h.as("auditor") // an account made after the audit was opened
	h.enter("kirsten@nordhaven.example")
	team := strconv.Itoa(int(late))
	if a := h.post(at, with("version", "1", "purpose-ja", "他の代理店との比較のためです。")...); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "他の代理店との比較のためです。") {
		t.Errorf("a purpose that a partner must not read: %d", a.status)
	}
	h.refuses(at, `id="audit-cycle-err"`, with("version", "1", "audit-cycle", "0")...)
	if a := h.post(at, with("version", "1", "audit-cycle", "24", "pack", "medtech", "audit-known", "2026-05-31", "audit-due", "2026-12-11", "japanese", "native", "declared", "1", "team", team)...); a.status != http.StatusSeeOther {
		t.Fatalf("edit: %d", a.status)
	}
	if a := h.post(at, with("version", "1", "audit-title", "Mine")...); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Somebody else saved") || !strings.Contains(a.body, `value="Mine"`) {
		t.Errorf("a stale form: %d", a.status)
	}
	if a := h.get("/audits/A-001/requests"); !strings.Contains(a.body, "年間活動計画と実績") {
		t.Error("the evidence list is still that of the other industry")
	}
	h.enter("1@nordhaven.example")
	if a := h.get("/audits/A-001"); a.status != http.StatusOK || !strings.Contains(a.body, at) || !strings.Contains(a.body, "due 11 Dec 2026") || strings.Contains(a.body, "speaks no Japanese") {
		t.Errorf("whoever joined later sees it: %d", a.status)
	}
	put(t, h, 1, honne.Rating{Audit: 1, Dimension: "trust.transparency", Score: 2, Grade: honne.GradeA})
	if a := h.get(at); !strings.Contains(a.body, "Ratings rest on these") || strings.Contains(a.body, `name="audit-known"`) || !containsAll(a.body, "30 Apr 2026 → 31 May 2026", "12 → 24") {
		t.Error("what ratings rest on can be changed, or its history is gone")
	}
	if a := h.post(at, with("version", "2", "audit-scope", "all", "team", team)...); a.status != http.StatusSeeOther {
		t.Errorf("edit after a rating: %d", a.status)
	}
	history, err := store.EntryHistory[honne.Audit](t.Context(), h.works.Store, 1)
	if err != nil || len(history) != 3 {
		t.Fatalf("%d versions, %v", len(history), err)
	}
	was, now := history[1].Body, history[2].Body
	if now.Known != was.Known || now.Scope != "Kanto" || now.Pack != "medtech" || !slices.Equal(now.Team, []honne.UserID{late}) || now.Lead != 1 || !was.Recorded.Equal(now.Recorded) {
		t.Errorf("%+v", now)
	}
	for role, want := range map[string]int{"viewer": 404, "cfo": 404, "counsel": 404, "manager": 200} {
		h.as(role)
		if a := h.get(at); a.status != want {
			t.Errorf("%s edits: %d", role, a.status)
		}
	}
	history[2].Body.Closed = honne.NewDate(2026, 12, 1)
	if _, err := store.Enter(t.Context(), h.works.Store, history[2]); err != nil {
		t.Fatal(err)
	}
	if a := h.get(at); a.status != http.StatusNotFound {
		t.Errorf("a closed audit is edited: %d", a.status)
	}
}

// Whoever was on the team keeps the place: the first auditor leads.
func TestTeamKeepsItsOrder(t *testing.T) {
	offered := []Choice{{Href: "2", Current: true}, {Href: "3", Current: true}, {Href: "4"}}
	if got := ticked([]honne.UserID{9, 4, 3}, offered); !slices.Equal(got, []honne.UserID{9, 3, 2}) {
		t.Errorf("%v", got)
	}
}
