package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/store"
)

// adequate is a house with an audit that may be renewed: every dimension at 3.
func adequate(t *testing.T) *house {
	t.Helper()
	h := newHouse(t)
	h.settle()
	x := h.audited(t)
	list, err := store.Entries[honne.Rating](t.Context(), h.works.Store, 1)
	if err != nil {
		t.Fatal(err)
	}
	list[0].Body.Score = 3
	if _, err := store.Enter(t.Context(), h.works.Store, list[0]); err != nil {
		t.Fatal(err)
	}
	for _, d := range honne.AllDimensions {
		if d.Slug != list[0].Body.Dimension {
			put(t, h, 1, honne.Rating{Audit: x.Number, Dimension: d.Slug, Score: 3, Grade: honne.GradeA})
		}
	}
	return h
}

// Whoever decides a transition against the recommendation needs what a recommended
// one needs, or writes why it goes without.
func TestTransitionAgainstTheRecommendation(t *testing.T) {
	t.Parallel()
	h := adequate(t)
	const at = "/audits/A-001/outcome"
	a := h.get(at)
	for _, want := range []string{"Recommended: renew.", "readiness of our own side", "of what an exit needs is in place", "a contingency plan", "two signatures", `name="lacking-readiness"`} {
		if !strings.Contains(a.body, want) {
			t.Errorf("before a decision %q is not shown", want)
		}
	}
	decide := []string{"do", "decide", "version", "0", "decided", "transition-consider", "why", "Their owner retires."}
	with := func(pairs ...string) []string { return append(decide[:len(decide):len(decide)], pairs...) }
	h.refuses(at, `id="lacking-exit-err"`, with("lacking-readiness", "The answers of two people are on their way.")...)
	if a := h.post(at, with("lacking-readiness", "on their way", "contingency", "1")...); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `value="on their way"`) || strings.Contains(a.body, `id="lacking-contingency-err"`) {
		t.Errorf("a plan that is there still wants a reason, or what was typed is gone: %d", a.status)
	}
	if a := h.post(at, with("decided", "renew")...); a.status != http.StatusSeeOther {
		t.Errorf("a renewal needs nothing of it: %d", a.status)
	}
	if a := h.post(at, with("version", "1", "lacking-readiness", "on their way", "lacking-exit", "Counsel works on it.", "contingency", "1", "lacking-contingency", "none")...); a.status != http.StatusSeeOther {
		t.Fatalf("with a reason for each: %d", a.status)
	}
	list, err := store.Entries[honne.Decision](t.Context(), h.works.Store, 1)
	if err != nil || len(list) != 1 || len(list[0].Body.Lacking) != 2 || list[0].Body.Lacking["exit"] != "Counsel works on it." {
		t.Errorf("%+v, %v", list, err)
	}
	if a := h.get("/audits/A-001/publish/file?edition=internal&in=en&format=html"); !strings.Contains(a.body, "Counsel works on it.") {
		t.Error("our own document does not say why")
	}
	for _, kind := range []string{"audit", "plan", "renewal"} {
		if a := h.get("/audits/A-001/publish/file?edition=partner&in=en&format=html&kind=" + kind); strings.Contains(a.body, "Counsel works on it.") {
			t.Errorf("the partner reads why in %s", kind)
		}
	}
	h.as("cfo")
	if a := h.get(at); !strings.Contains(a.body, "Counsel works on it.") {
		t.Error("who signs does not see why")
	}
}

// Under a hold for compliance nothing is decided or signed and no score is shown;
// what was decided before can be signed once it is lifted.
func TestHoldForCompliance(t *testing.T) {
	t.Parallel()
	h := adequate(t)
	const at, sign = "/audits/A-001/outcome", `<input type="hidden" name="do" value="sign">`
	h.as("director")
	if a := h.post(at, "do", "decide", "version", "0", "decided", "renew", "why", "It works."); a.status != http.StatusSeeOther {
		t.Fatalf("decide: %d", a.status)
	}
	if a := h.get(at); !strings.Contains(a.body, sign) {
		t.Error("a decision cannot be signed")
	}
	breach := put(t, h, 1, honne.Finding{Audit: 1, Dimension: "compliance.regulatory", Kind: honne.FindingBreach, Critical: true, Seen: "Sold without a licence."})
	h.refuses(at, "On hold for compliance", "do", "decide", "version", "1", "decided", "corrective-action", "why", "x")
	h.refuses(at, "On hold for compliance", "do", "sign", "version", "1")
	h.as("cfo")
	h.refuses(at, "On hold for compliance", "do", "sign", "version", "1")
	if a := h.get(at); strings.Contains(a.body, sign) || !strings.Contains(a.body, "nothing can be decided or signed") {
		t.Error("the page offers a signature under a hold")
	}
	if a := h.get("/audits/A-001"); strings.Count(a.body, "On hold: no score") != 3 || strings.Contains(a.body, "<b>3.0</b>") {
		t.Error("a score is shown under a hold")
	}
	breach.Body.Closed = honne.NewDate(2026, 11, 20)
	if _, err := store.Enter(t.Context(), h.works.Store, breach); err != nil {
		t.Fatal(err)
	}
	if a := h.post(at, "do", "sign", "version", "1"); a.status != http.StatusSeeOther {
		t.Errorf("the hold is lifted: %d", a.status)
	}
	if a := h.get("/audits/A-001"); strings.Contains(a.body, "On hold: no score") || !strings.Contains(a.body, "<b>3.0</b>") {
		t.Error("the score is not back")
	}
}

// A deadline behind the suggested day of notice says so where it is set, in the plan
// and in our own document; one behind the day of the contract names that.
func TestDeadlineBehindNotice(t *testing.T) {
	t.Parallel()
	h := kitano(t)
	const suggested, contract = "suggested latest safe day of notice, 31 Mar 2026", "the day on which notice is due, 2 Oct 2026"
	for path, want := range map[string]int{"/audits/A-001/outcome": 1, "/audits/A-001/actions/1": 1} { // once a page
		if a := h.get(path); strings.Count(a.body, suggested) != want {
			t.Errorf("%s: %d times, want %d", path, strings.Count(a.body, suggested), want)
		}
	}
	if n := strings.Count(h.get("/audits/A-001/outcome").body, "after the day of notice"); n != 4 {
		t.Errorf("%d actions are marked, want 4", n)
	}
	if a := h.get("/audits/A-001/actions/4"); !strings.Contains(a.body, contract) {
		t.Error("an action until December does not name the contract's day")
	}
	for _, kind := range []string{"audit", "plan"} {
		at := "/audits/A-001/publish/file?in=en&format=html&kind=" + kind
		ours := h.get(at + "&edition=internal").body
		if plain := strings.NewReplacer(`<span class="day">`, "", "</span>", "").Replace(ours); !strings.Contains(plain, suggested) || !strings.Contains(plain, contract) {
			t.Errorf("our own %s does not say so", kind)
		}
		if a := h.get(at + "&edition=partner"); strings.Contains(a.body, "notice is due") || strings.Contains(a.body, "safe day of notice") {
			t.Errorf("the partner reads of a notice in %s", kind)
		}
	}
	if a := h.post("/audits/A-001/outcome", "do", "decide", "version", "1", "decided", "corrective-action", "why", "x", "deadline", "2026-12-31"); a.status != http.StatusSeeOther {
		t.Fatalf("decide: %d", a.status)
	}
	h.as("cfo")
	if a := h.get("/audits/A-001/outcome"); !strings.Contains(a.body, "The date 31 Dec 2026 lies after "+contract) {
		t.Error("who signs does not read it")
	}
}

// A decision that is changed has to be signed anew: whoever signed saw another one.
func TestChangedDecisionIsSignedAnew(t *testing.T) {
	t.Parallel()
	h := adequate(t)
	const at = "/audits/A-001/outcome"
	signed := func(when string, want int) {
		t.Helper()
		list, err := store.Entries[honne.Decision](t.Context(), h.works.Store, 1)
		if err != nil || len(list[0].Body.Signed) != want {
			t.Errorf("%s: %+v, %v", when, list, err)
		}
		if got := strings.Count(h.get(at).body, ", 22 Nov 2026</li>"); got != want {
			t.Errorf("%s: %d signatures are shown, want %d", when, got, want)
		}
	}
	h.as("director")
	h.post(at, "do", "decide", "version", "0", "decided", "renew", "why", "It works.")
	h.post(at, "do", "sign", "version", "1")
	h.as("cfo")
	h.post(at, "do", "sign", "version", "2")
	signed("both", 2)
	h.as("director")
	if a := h.post(at, "do", "decide", "version", "3", "decided", "corrective-action", "why", "It does not.", "deadline", "2027-03-31"); a.status != http.StatusSeeOther {
		t.Fatalf("change: %d", a.status)
	}
	signed("changed", 0)
	if a := h.get("/audits/A-001/publish?kind=plan"); !strings.Contains(a.body, "Two people must have signed") {
		t.Error("a plan would go out that nobody signed")
	}
}

// The author of a renewal chooses how the partner is recognised, in both languages
// and in words that may go; it is part of what is signed.
func TestLetterOfRenewal(t *testing.T) {
	t.Parallel()
	h := adequate(t)
	const at = "/audits/A-001/renewal"
	if a := h.get(at); a.status != http.StatusNotFound {
		t.Errorf("a letter without a renewal: %d", a.status)
	}
	h.as("director")
	h.post("/audits/A-001/outcome", "do", "decide", "version", "0", "decided", "renew", "why", "It works.")
	h.post("/audits/A-001/outcome", "do", "sign", "version", "1")
	h.refuses(at, `id="own-en-err"`, "version", "2", "own-ja", "心より御礼申し上げます。")
	h.refuses(at, `id="goals-en-err"`, "version", "2", "goals-ja", "次の目標", "goals-en", "Better than other partners.")
	if a := h.post(at, "version", "2", "recognition", "visit", "own-ja", "御礼"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `value="visit" checked`) || !strings.Contains(a.body, "御礼</textarea>") {
		t.Errorf("what was typed is gone: %d", a.status)
	}
	letter := []string{"version", "2", "recognition", "certificate", "own-ja", "心より御礼申し上げます。", "own-en", "We thank you sincerely.", "goals-ja", "重点12施設", "goals-en", "Twelve focus sites",
		"theirs-ja", "担当者2名", "theirs-en", "Two specialists", "adds-ja", "研修年2回", "adds-en", "Training twice a year"}
	if a := h.post(at, letter...); a.status != http.StatusSeeOther {
		t.Fatalf("keep: %d", a.status)
	}
	if a := h.get(at); !strings.Contains(a.body, `value="certificate" checked`) || !strings.Contains(a.body, "We thank you sincerely.") || strings.Contains(a.body, `value="visit" checked`) {
		t.Error("the letter does not come back")
	}
	if a := h.get("/audits/A-001/outcome"); !strings.Contains(a.body, `href="/audits/A-001/renewal"`) {
		t.Error("no way leads to the letter")
	}
	signed := func(when string, want, recognised int) {
		t.Helper()
		list, err := store.Entries[honne.Decision](t.Context(), h.works.Store, 1)
		if err != nil || len(list[0].Body.Signed) != want || len(list[0].Body.Letter.Recognition) != recognised {
			t.Errorf("%s: %+v, %v", when, list, err)
		}
	}
	signed("written after it was signed", 0, 2)
	h.post("/audits/A-001/outcome", "do", "sign", "version", "3")
	signed("signed anew", 1, 2)
	if a := h.get(at); !strings.Contains(a.body, "A change takes the signatures away") {
		t.Error("what a change does is not said")
	}
	letter[1], letter[3], letter[11] = "4", "own-1", "Thirteen focus sites"
	letter[5], letter[7] = "", "" // they stand in the list by now
	h.post(at, letter...)
	signed("changed", 0, 1)
	h.post("/audits/A-001/outcome", "do", "sign", "version", "5")
	letter[1], letter[3] = "6", "own-0"
	h.post(at, letter...)
	signed("saved as it was", 1, 1)
	a := h.get("/audits/A-001/publish/file?edition=partner&in=en&format=html&kind=renewal")
	if !containsAll(a.body, "We thank you sincerely.", "Thirteen focus sites", "Two specialists", "Training twice a year") {
		t.Error("the partner's letter lacks what was written")
	}
}

// Beside a rating stands whether its words and its evidence are those of the audit
// before; what improved is the first thing that the outcome says.
func TestAssessedAnew(t *testing.T) {
	t.Parallel()
	h := kitano(t)
	list, err := store.Entries[honne.Rating](t.Context(), h.works.Store, 1)
	if err != nil {
		t.Fatal(err)
	}
	put(t, h, 1, honne.Audit{Title: "FY2026", From: honne.NewDate(2026, 4, 1), To: honne.NewDate(2026, 6, 30), Known: honne.NewDate(2026, 6, 30), Purpose: honne.Both{EN: "To look together.", JA: "ご一緒に確認するため。"}})
	for i, e := range list[:2] {
		e.Body.Audit = 2
		if i == 1 {
			e.Body.Score, e.Body.Because = e.Body.Score+1, "Seen anew."
			e.Body.Evidence = append(slices.Clone(e.Body.Evidence), honne.EvidenceLink{Kind: "claim", Ref: "C-099"})
		}
		put(t, h, 1, e.Body)
	}
	for i, says := range [][2]string{{"the same words as before", "no new evidence since"}, {"written anew", "linked anew since: 1"}} {
		if a := h.get("/audits/A-002/criteria/" + short(list[i].Body.Dimension)); !containsAll(a.body, says[0], says[1]) {
			t.Errorf("%s does not say %v", list[i].Body.Dimension, says)
		}
	}
	a := h.get("/audits/A-002/outcome")
	first, then := strings.Index(a.body, "Improved since the last audit"), strings.Index(a.body, `<p class="msg">`)
	if first < 0 || first > then {
		t.Errorf("what improved is not said first: %d, %d", first, then)
	}
}
