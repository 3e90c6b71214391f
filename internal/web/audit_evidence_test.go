package web

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"honne"
	"honne/internal/sample"
)

// At a criterion a score is linked to what it rests on: measures, claims, files
// that came for its requests and interviews on the record; whoever reads the audit
// reads the score in words with its reason and its evidence.
func TestCriterionEvidence(t *testing.T) {
	t.Parallel()
	h, file := evident(t)
	const at = "/audits/A-001/criteria/transparency"
	links := map[string]string{"measure completeness": "/evidence/measure/completeness", "claim C-": "/claims/C-", "file " + file: `href="/intake/` + file + `"`, "interview I-": "/interviews/I-"}
	form := url.Values{"version": {"1"}, "score": {"2"}, "grade": {"B"}}
	a := h.get(at)
	for key, href := range links {
		found := strings.Index(a.body, `name="evidence" value="`+key)
		if found < 0 || !strings.Contains(a.body, href) {
			t.Errorf("%s is not offered", key)
			continue
		}
		value, _, _ := strings.Cut(a.body[found+len(`name="evidence" value="`):], `"`)
		form.Add("evidence", value)
	}
	if a := h.post(at, "version", "1", "score", "2", "grade", "B", "because", "typed", "evidence", "interview I-999"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, ">typed</textarea>") {
		t.Errorf("a conversation that is not on record: %d", a.status)
	}
	r, err := http.NewRequest(http.MethodPost, h.url+at, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if a := h.do(r); a.status != http.StatusSeeOther {
		t.Fatalf("evidence without a reason: %d %s", a.status, a.body)
	}
	list, err := h.works.Store.Assessments(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if r, _ := list[0].Rating("trust.transparency"); len(r.Evidence) != 4 || r.Score != 2 || r.Because != "" {
		t.Errorf("%+v", r)
	}
	h.births(t)
	h.as("director")
	a = h.get(at)
	_, rating, _ := strings.Cut(a.body, `id="rating"`)
	rating, _, _ = strings.Cut(rating, "</section>")
	for key, want := range links {
		if !strings.Contains(rating, want) {
			t.Errorf("a reader does not see %s: %s", key, rating)
		}
	}
	if !strings.Contains(rating, "2, partial") || !strings.Contains(rating, "B, the partner") || !strings.Contains(rating, "rated by auditor") || strings.Contains(a.body, `name="score"`) || strings.Contains(a.body, `name="evidence"`) {
		t.Errorf("a reader sees %s", rating)
	}
}

// births makes findings of a claim and of cells: each page offers it, the form
// knows where it began, and the finding leads back there.
func (h *house) births(t *testing.T) {
	t.Helper()
	const of = "/distributors/kitano-shoji-kk"
	door := regexp.MustCompile(`href="(/findings/new\?[^"]+)">Make a finding of this \(A-001\)`)
	measure := of + "/evidence/measure/restatement"
	cell := html.UnescapeString(regexp.MustCompile(`href="(` + of + `/evidence\?[^"]+)"`).FindStringSubmatch(h.get(measure).body)[1])
	for i, c := range []struct{ page, back, says string }{{"/claims/C-001", "/claims/C-001", "claim C-001"}, {measure, measure, "changed without a reason"}, {cell, cell, ""}} {
		m := door.FindStringSubmatch(h.get(c.page).body)
		if m == nil {
			t.Errorf("%s makes no finding", c.page)
			continue
		}
		made, back := html.UnescapeString(m[1]), `Found at: <a href="`+html.EscapeString(c.back)+`">`
		if a := h.get(made); !strings.Contains(a.body, back) || !strings.Contains(a.body, c.says) {
			t.Errorf("%s does not say where it began: %s", made, a.body)
		}
		if a := h.post(made, "version", "0", "kind", "gap", "seen", "x", "dimension", ""); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Choose the dimension") || !strings.Contains(a.body, back) {
			t.Errorf("without a dimension: %d", a.status)
		}
		a := h.post(made, "version", "0", "kind", "gap", "seen", "x", "dimension", "trust.transparency")
		at, _, _ := strings.Cut(a.header.Get("Location"), "?")
		if a := h.get(at); !strings.Contains(a.body, back) {
			t.Errorf("finding %d does not lead back to %s", i, c.back)
		}
	}
	for _, elsewhere := range []string{"C-999", "https://evil.example" + of + "/evidence/sales", "/distributors/aozora/evidence/sales", of + "/evidence/../files", "javascript:alert(1)"} {
		if a := h.get("/findings/new?audit=A-001&born=" + url.QueryEscape(elsewhere)); a.status != http.StatusNotFound {
			t.Errorf("born at %s: %d", elsewhere, a.status)
		}
	}
	if a := h.get("/findings/F-001"); !strings.Contains(a.body, `/audits/A-001/criteria/`) || !strings.Contains(a.body, "Found at: ") {
		t.Error("a finding born at its criterion does not lead there")
	}
	report := h.get("/audits/A-001/publish/file?edition=internal&in=ja&format=html").body
	if !regexp.MustCompile(`理由のない数値の更新</span>[^<]*<span[^>]*>\(` + measure).MatchString(report) {
		t.Error("where a finding was born is not said in the reader's language")
	}
	h.as("manager")
	for _, page := range []string{"/claims/C-001", measure} {
		if door.MatchString(h.get(page).body) {
			t.Errorf("who writes no finding is offered one on %s", page)
		}
	}
}

// evident is a house with an audit of a sample that has something of every kind,
// an auditor signed in who leads it; and the number of the file that came.
func evident(t *testing.T) (*house, string) {
	t.Helper()
	all, err := sample.All(sample.Size{Months: 24, Customers: 12, Products: 4})
	if err != nil {
		t.Fatal(err)
	}
	h := newHouse(t)
	h.settle()
	d, err := h.loadSample(t.Context(), all[1])
	if err != nil {
		t.Fatal(err)
	}
	body := *all[1].Audit
	body.Audit.Lead = h.as("auditor")
	n, err := h.works.Assess(t.Context(), d, 1, body)
	if err != nil {
		t.Fatal(err)
	}
	files, err := h.works.Store.Files(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	day := honne.NewDate(2026, 4, 20)
	put(t, h, d, honne.EvidenceRequest{Audit: n, Dimension: "trust.transparency", What: honne.Both{EN: "Policy", JA: "規程"}, Received: day, File: files[0].ID})
	put(t, h, d, honne.Interview{Audit: n, On: day, Pool: "partner", Function: "営業部長", Text: "情報は共有しています。"})
	put(t, h, d, honne.Said{Mention: honne.Mention{Excuse: "market-is-different", Score: 1}, Quote: honne.Quote{On: day, By: honne.Theirs, Text: "日本の市場は事情が違います。"}})
	return h, strconv.FormatInt(int64(files[0].ID), 10)
}
