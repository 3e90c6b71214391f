package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"honne"
	"honne/internal/report"
	"honne/internal/store"
)

// lines are those of the evidence list of A-001.
func (h *house) lines(t *testing.T) []honne.Entry[honne.EvidenceRequest] {
	t.Helper()
	list, err := store.Entries[honne.EvidenceRequest](t.Context(), h.works.Store, 1)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// papers adds a line of one's own, leaves one out with a reason, and asks for what
// is still missing: the letter says what each is for and asks for nothing else.
func (h *house) papers(t *testing.T) {
	t.Helper()
	const at, ask = "/audits/A-001/requests", "/audits/A-001/requests/ask"
	h.own(t)
	if a := h.post(at, "number", "2", "version", "1", "left-out-2", "POSを扱わない業態のため"); a.status != http.StatusSeeOther {
		t.Fatalf("leave out: %d", a.status)
	}
	if a := h.post(at, "number", "1", "version", "2", "received-1", "2026-04-10", "grade-1", "B", "left-out-1", "x"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "not left out") {
		t.Errorf("received and left out: %d", a.status)
	}
	a := h.get(ask)
	for _, want := range []string{"棚割表・導入店舗数", "景品表示法の管理体制", "店舗別の在庫（自社倉庫を除く）", "【販売を伸ばせる余地をご一緒に確認するため】", "ご一緒に確認するため。", "Stock by shop, own warehouse excluded", "In order to see together where sales can still grow:", "業務レビューに関する資料"} {
		if !strings.Contains(a.body, want) {
			t.Errorf("the letter does not say %s", want)
		}
	}
	for _, never := range []string{"小売チェーン別・帳合別販売実績", "JAN別POS数量", "POSを扱わない", "添付文書", "監査", "KOL"} {
		if body := a.body[strings.Index(a.body, "<textarea"):strings.LastIndex(a.body, "</textarea>")]; strings.Contains(body, never) {
			t.Errorf("the letter says %s", never)
		}
	}
	h.marks(t)
}

// own adds a line: in both languages, of a criterion that applies.
func (h *house) own(t *testing.T) {
	t.Helper()
	const at = "/audits/A-001/requests"
	n := len(h.lines(t))
	for field, value := range map[string]string{"request-en": "", "request-ja": "再販売価格の一覧", "request-dimension": "effectiveness.marketing-kol"} {
		form := map[string]string{"do": "add", "request-dimension": "compliance.data-integrity", "request-ja": "店舗別の在庫（自社倉庫を除く）", "request-en": "Stock by shop, own warehouse excluded"}
		form[field] = value
		var pairs []string
		for name, value := range form {
			pairs = append(pairs, name, value)
		}
		if a := h.post(at, pairs...); a.status != http.StatusUnprocessableEntity || field != "request-ja" && !strings.Contains(a.body, `value="店舗別の在庫（自社倉庫を除く）"`) {
			t.Errorf("%s %q: %d", field, value, a.status)
		}
	}
	if len(h.lines(t)) != n {
		t.Error("a wrong line is kept")
	}
	if a := h.post(at, "do", "add", "request-dimension", "compliance.data-integrity", "request-ja", "店舗別の在庫（自社倉庫を除く）", "request-en", "Stock by shop, own warehouse excluded"); a.header.Get("Location") != at+"?done=request-added#r"+strconv.Itoa(n+1) {
		t.Errorf("add: %d %s", a.status, a.header.Get("Location"))
	}
	if a := h.get(at + "?dimension=data-integrity"); !strings.Contains(a.body, `<option value="compliance.data-integrity" selected>`) {
		t.Error("the criterion that one comes from is not chosen")
	}
}

// marks notes that the lines of the letter were asked for, and no other; the first
// day stays.
func (h *house) marks(t *testing.T) {
	t.Helper()
	const ask = "/audits/A-001/requests/ask"
	if a := h.post(ask, "asked", "3 4", "papers-due", "2026-02-30"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `value="2026-02-30"`) {
		t.Errorf("no day: %d", a.status)
	}
	if a := h.post(ask, "asked", "3 4", "papers-due", "2020-01-06"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("a day that is past: %d", a.status)
	}
	due := honne.DateOf(noon) + 14
	if a := h.post(ask, "asked", "1 2 3 4", "papers-due", due.String()); a.status != http.StatusSeeOther {
		t.Fatalf("mark as asked: %d", a.status)
	}
	var asked []int
	for _, e := range h.lines(t) {
		if e.Body.Asked != 0 {
			asked = append(asked, e.Number)
			if e.Body.Asked != honne.DateOf(noon) || e.Body.Due != due {
				t.Errorf("%+v", e.Body)
			}
		}
	}
	if !slices.Equal(asked, []int{3, 4}) {
		t.Errorf("asked for %v", asked)
	}
	a := h.get("/audits/A-001/requests/sheet?in=ja")
	heads := [4]string{"", "資料", "ご回答", "ファイル名・ご提供予定日・理由など"}
	rows, err := report.ReadQuestionnaire([]byte(a.body), heads)
	if err != nil || len(rows) != len(h.lines(t))-2 || !strings.Contains(rows[0].Question, "目標と実績（XLSX）") {
		t.Errorf("%d: %d rows, %v", a.status, len(rows), err)
	}
}

// A line names the file in intake that came for it, of that partner alone; its day
// is the day of the line, where none is noted.
func TestRequestNamesItsFile(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	h.post("/distributors/new", "name", "Kita Shoji", "starts", "4")
	auditor := h.as("auditor")
	h.enter("kirsten@nordhaven.example")
	h.post("/audits/new", "distributor", "miyako-medical", "audit-title", "FY2026", "audit-from", "2025-04-01", "audit-to", "2026-03-31", "audit-known", "2026-04-30",
		"auditor", "H. Sato", "pack", "industrial", "purpose-en", "To look together.", "purpose-ja", "ご一緒に確認するため。", "team", strconv.Itoa(int(auditor)))
	day := honne.NewDate(2026, 4, 7)
	add := func(d honne.DistributorID, name string) {
		_, err := h.works.Store.AddFile(t.Context(), honne.StoredFile{Distributor: d, Path: name, SHA256: strings.Repeat("a", 60) + name[:4], From: honne.Theirs,
			Receipt: honne.Receipt{At: day.At(12, 0), Basis: honne.Stated}})
		if err != nil {
			t.Fatal(err)
		}
	}
	add(1, "2026-jisseki.xlsx")
	add(2, "kita.xlsx")
	h.enter("1@nordhaven.example")
	const at = "/audits/A-001/requests"
	if a := h.get(at); !strings.Contains(a.body, `<option value="1: 2026-jisseki.xlsx">`) || strings.Contains(a.body, "kita.xlsx") || !strings.Contains(a.body, "検査成績書") {
		t.Error("the files to choose from")
	}
	if a := h.post(at, "number", "1", "version", "1", "file-1", "kita.xlsx", "grade-1", "B"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `value="kita.xlsx"`) {
		t.Errorf("a file of another partner: %d", a.status)
	}
	if a := h.post(at, "number", "1", "version", "1", "file-1", "1: 2026-jisseki.xlsx", "grade-1", "B"); a.status != http.StatusSeeOther {
		t.Fatalf("name a file: %d %s", a.status, a.body)
	}
	if b := h.lines(t)[0].Body; b.File != 1 || b.Received != day {
		t.Errorf("%+v", b)
	}
	for _, page := range []string{at, "/audits/A-001/criteria/sales-vs-potential"} {
		if a := h.get(page); !strings.Contains(a.body, `<a href="/intake/1" lang="en">2026-jisseki.xlsx</a>`) {
			t.Errorf("%s does not lead to the file", page)
		}
	}
	if a := h.post(at, "number", "2", "version", "1", "received-2", "2026-04-10", "grade-2", "A"); a.status != http.StatusSeeOther {
		t.Errorf("a paper seen on the spot: %d", a.status)
	}
}

// Whoever does not write audits cannot ask in their name; lessons are for who sees
// audits.
func TestPapersAndLessonsHaveTheirDoors(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	h.post("/audits/new", "distributor", "miyako-medical", "audit-title", "FY2026", "audit-from", "2025-04-01", "audit-to", "2026-03-31", "audit-known", "2026-04-30",
		"auditor", "H. Sato", "pack", "medtech", "purpose-en", "To look together.", "purpose-ja", "ご一緒に確認するため。")
	const ask = "/audits/A-001/requests/ask"
	h.as("director")
	if a := h.get(ask); a.status != http.StatusOK || strings.Contains(a.body, "papers-due") {
		t.Errorf("a director reads the draft: %d", a.status)
	}
	if a := h.post(ask, "asked", "1", "papers-due", "2030-01-07"); a.status != http.StatusNotFound {
		t.Errorf("a director marks: %d", a.status)
	}
	a := h.get("/lessons")
	for _, want := range []string{`id="volume-over-brand"`, `id="politeness"`, "was not found", "14,780", "SODC", "none found"} {
		if !strings.Contains(a.body, want) {
			t.Errorf("the lessons do not hold %s", want)
		}
	}
	for page, want := range map[string]string{"/audits": `href="/lessons"`, "/claims/library": `href="/lessons"`, "/audits/A-001": `href="/lessons#just-japan"`,
		"/audits/A-001/criteria/customer-access": "", "/audits/A-001/criteria/transparency": `href="/lessons#politeness"`, "/audits/A-001/criteria/sales-capability": `href="/lessons#one-of-many"`} {
		if a := h.get(page); a.status != http.StatusOK || !strings.Contains(a.body, want) {
			t.Errorf("%s does not lead to the lessons", page)
		}
	}
	h.as("viewer")
	for _, page := range []string{"/lessons", ask, "/audits/A-001/requests/sheet?in=ja"} {
		if a := h.get(page); a.status != http.StatusNotFound {
			t.Errorf("a viewer opens %s: %d", page, a.status)
		}
	}
	if a := h.get("/claims/library"); strings.Contains(a.body, "/lessons") {
		t.Error("a viewer is led to lessons")
	}
}
