package web

import (
	"os"
	"strings"
	"testing"
)

// A locked file asks for its password, says when it is another one, and is read
// once it is right; the password stands on no page.
func TestFilePassword(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	raw, err := os.ReadFile("../intake/compound/testdata/agile.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	page := h.upload("miyako-medical", map[string]string{"売上_202504.xlsx": string(raw)}).header.Get("Location")
	if a := h.get(page); !strings.Contains(a.body, `action="`+page+`/password"`) || !strings.Contains(a.body, `type="password"`) {
		t.Errorf("no form:\n%s", a.body)
	}
	wrong := h.post(page+"/password", "file-password", "桜2024")
	if a := h.get(wrong.header.Get("Location")); !strings.Contains(a.body, "The password does not open this file") || strings.Contains(a.body, "桜2024") {
		t.Errorf("another password: %d\n%s", wrong.status, a.body)
	}
	right := h.post(page+"/password", "file-password", "桜2025")
	a := h.get(right.header.Get("Location"))
	if !strings.Contains(a.body, "青葉病院") || strings.Contains(a.body, `type="password"`) {
		t.Errorf("%d\n%s", right.status, a.body)
	}
	if a := h.get(page + "/original"); a.body != string(raw) {
		t.Error("the original is no more what came")
	}
	if a := h.post(page+"/password", "file-password", "桜2025"); a.header.Get("Location") != page {
		t.Errorf("a second time: %d", a.status)
	}
}
