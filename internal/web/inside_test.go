package web

import (
	"strings"
	"testing"

	"honne/internal/honnetest"
)

// An archive leads to the files in it, and says what could not be opened.
func TestArchive(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	raw := string(honnetest.Zip(honnetest.Entry{Name: "2026年4月売上.csv", Body: april}, honnetest.Entry{Name: "鍵.csv", Body: may, Locked: true}))
	page := h.upload("miyako-medical", map[string]string{"報告.zip": raw}).header.Get("Location")
	a := h.get(page)
	for _, want := range []string{`<a href="/intake/2" lang="ja">報告.zip/2026年4月売上.csv</a>`, "報告.zip/鍵.csv is protected", "Opened", "Reading"} {
		if !strings.Contains(a.body, want) {
			t.Errorf("lacks %s:\n%s", want, a.body)
		}
	}
	if _, err := h.works.Read(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	if a := h.get("/intake/2"); a.status != 200 || !strings.Contains(a.body, "青葉病院") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := h.get("/intake"); !strings.Contains(a.body, "報告.zip/2026年4月売上.csv") {
		t.Errorf("%s", a.body)
	}
}
