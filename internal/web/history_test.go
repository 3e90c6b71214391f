package web

import (
	"database/sql"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"honne/internal/store"
)

// Who saw and changed what stands in the history, in its order; what somebody
// may not see leaves no trace.
func TestHistory(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.get("/portfolio")
	h.get("/nothing")
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	list, err := h.works.Store.History(t.Context(), store.Wanted{}, 10)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range slices.Backward(list) {
		got = append(got, string(e.Verb)+" "+e.Object)
		if e.By == 0 {
			t.Errorf("nobody did %+v", e)
		}
	}
	want := []string{string(store.Saw) + " /portfolio", string(store.Changed) + " /distributors/new"}
	if len(got) < 2 || !slices.Equal(got[len(got)-2:], want) {
		t.Errorf("%v", got)
	}
	if err := h.works.Store.CheckHistory(t.Context()); err != nil {
		t.Error(err)
	}
}

// left lists what left the house, the oldest first.
func (h *house) left() (out []string) {
	h.t.Helper()
	list, err := h.works.Store.History(h.t.Context(), store.Wanted{Verb: store.Exported}, 100)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, e := range slices.Backward(list) {
		out = append(out, e.Object+": "+e.Detail)
	}
	return out
}

// What is sent out of the house is noted as exported, with document, edition,
// language and format; what is shown inside a page, as seen.
func TestExportsAreNoted(t *testing.T) {
	t.Parallel()
	h, lead, _ := audited(t)
	file := h.upload("miyako-medical", map[string]string{"2026年4月売上.csv": april}).header.Get("Location")
	h.get(miyako + "/brief/file?edition=partner&lang=ja")
	h.get(miyako + "/brief/file?lang=en")
	h.get(file + "/original")
	h.get("/audits/A-001/publish/file?edition=internal&in=en&format=html&inline=1")
	h.get("/audits/A-001/publish/file?kind=plan&edition=internal&in=ja&format=xlsx")
	h.get("/audits/A-001/publish/file?kind=plan&edition=internal&in=ja&format=doc")
	h.get("/intake/9/original")
	lead.get("/audits/A-001/file")
	want := []string{miyako + "/brief/file: brief partner ja html", miyako + "/brief/file: brief internal en html", file + "/original: original csv",
		"/audits/A-001/publish/file: plan internal ja xlsx", "/audits/A-001/file: handover zip"}
	if got := h.left(); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	h.holds("/history?verb=exported", "Brief · For the partner · Japanese", "Original · csv", "/audits/A-001")
	h.holds("/history?verb=saw&partner=miyako-medical&lang=en", "/audits/A-001", "A-001 › Documents › File")
}

// The history is read by who may: an administrator reads all of it, others what
// belongs to partners and pages that exist for them. What is for counsel, for its
// writer alone, or was said in an interview exists for nobody else.
func TestWhoReadsTheHistory(t *testing.T) {
	t.Parallel()
	h, lead, second := audited(t)
	h.post("/distributors/new", "name", "Kitano Shoji", "starts", "4")
	makeKeys(t, lead, second)
	lead.say("partner", 3)
	second.post("/audits/A-001/criteria/transparency", "version", "0", "score", "3", "grade", "A", "because", "seen")
	counsel, director, viewer, cfo := h.person("counsel"), h.person("director"), h.person("viewer"), h.person("cfo")
	counsel.sent(miyako+"/log/red-flag/new", "entry-kept", "flag", "sub-agent", "fact", "A second agent", "flag-source", "their site", "on", "2026-11-20")
	counsel.get(miyako + "/evidence/measure/red-flags")
	cfo.sent("/settings/notices", "weekly", "do", "weekly")
	h.sent(miyako+"/log/pulse/new", "entry-kept", "month", "2026-11", "score", "1", "line", "I fear they drift away", "alone", "1")
	h.get("/distributors/kitano-shoji/dependency")
	h.post("/distributors/kitano-shoji/edit", "name", "Kitano Shoji", "starts", "4")
	if err := h.works.Store.CheckHistory(t.Context()); err != nil {
		t.Fatal(err)
	}
	const score, edit, dependency, settings, pulse, flag = "/criteria/transparency", "/distributors/kitano-shoji/edit", "/dependency", "/settings/notices", "/log/pulse/new", "red-flag"
	for name, c := range map[string]struct {
		who   *house
		shown []string
	}{
		"administrator": {h, []string{score, "kitano-shoji", dependency, "/settings", pulse}}, "director": {director, []string{score, edit, dependency}},
		"auditor": {lead, []string{score}}, "counsel": {counsel, []string{score, edit, dependency, flag}}, "cfo": {cfo, []string{score, edit, dependency}},
	} {
		a := c.who.get("/history?check=1&lang=en")
		body := regexp.MustCompile(`(?s)<form method="get".*`).FindString(a.body)
		for _, part := range []string{score, edit, dependency, settings, pulse, flag, "/interviews", "kitano-shoji", "Kitano"} {
			want := slices.ContainsFunc(c.shown, func(s string) bool { return s == part || strings.Contains(part, s) || strings.Contains(s, part) }) || part == "Kitano" && slices.Contains(c.shown, dependency)
			if got := strings.Contains(body, part); got != want && (part != settings || name != "administrator") {
				t.Errorf("%s: %s is shown: %v", name, part, got)
			}
		}
		if a.status != 200 || !strings.Contains(a.body, "none was altered, removed or moved") || !strings.Contains(a.body, `href="/history"`) {
			t.Errorf("%s: %d", name, a.status)
		}
		checkPage(t, "/history", "en", a)
	}
	if a := viewer.get("/history"); a.status != 404 || strings.Contains(viewer.get("/").body, `"/history"`) {
		t.Errorf("a viewer: %d", a.status)
	}
}

// The history is narrowed by person, partner, what was done and day, goes on page
// by page, and says where it was altered.
func TestHistoryPage(t *testing.T) {
	t.Parallel()
	h, lead, _ := audited(t)
	for range onPage + 5 {
		lead.get("/audits/A-001/self")
	}
	h.post(miyako+"/edit", "name", "Miyako Medical", "starts", "4")
	for path, want := range map[string]struct{ has, lacks string }{
		"/history?by=1":                                {"/edit", "/self"},
		"/history?by=2":                                {"/self", "</a>/edit"},
		"/history?verb=exported":                       {"No event fits", "/self"},
		"/history?verb=x":                              {"No event fits", "/self"},
		"/history?partner=kitano":                      {"No event fits", "/self"},
		"/history?to=2026-11-21":                       {"No event fits", "/self"},
		"/history?from=2026-11-22":                     {"/edit", "No event fits"},
		"/history?from=22.11.2026":                     {"22.11.2026", "No event fits"},
		"/history?partner=miyako-medical&verb=changed": {"/edit", "/self"},
	} {
		if a := h.get(path); a.status != 200 || !strings.Contains(a.body, want.has) || strings.Contains(a.body, want.lacks) {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	next := regexp.MustCompile(`href="(/history\?before=[0-9]+)" rel="next"`).FindStringSubmatch(h.get("/history").body)
	if next == nil {
		t.Fatal("there is no second page")
	}
	h.holds(next[1], "Partners › New", `href="/history" rel="prev"`)
	db, err := sql.Open("sqlite", filepath.Join(h.data, "honne.db"))
	if err == nil {
		_, err = db.Exec(`UPDATE event SET user_id = 9 WHERE n = 3`)
		db.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	h.holds("/history", "events hold: those of", "Check now") // what came since was followed
	h.holds("/history?check=1", "Event 3 was altered, removed or moved")
	h.holds("/history?lang=ja", "記録3に改変・削除・入れ替えの形跡があります")
}
