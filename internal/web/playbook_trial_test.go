package web

import (
	"bytes"
	"io/fs"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"honne/playbooks"
)

// trial posts files of a playbook to be tried.
func (h *house) trial(at string, files map[string]string) answer {
	h.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, text := range files {
		part, err := w.CreateFormFile("files", name)
		if err != nil {
			h.t.Fatal(err)
		}
		part.Write([]byte(text))
	}
	w.Close()
	r, err := http.NewRequest(http.MethodPost, h.url+at, &b)
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	return h.do(r)
}

// A changed playbook is tried on the past and says what it would have said: nothing
// of it is in force afterwards, and a file with faults or of another name is refused.
func TestPlaybookTrial(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.sales()
	const at = miyako + "/playbook-trial"
	for _, l := range []string{"ja", "en"} {
		checkPage(t, at, l, h.get(at+"?lang="+l))
	}
	h.holds(miyako+"/thresholds", at)
	raw, err := fs.ReadFile(playbooks.FS, "japan/measures.yaml")
	if err != nil {
		t.Fatal(err)
	}
	was := h.get(miyako + "/signals").body
	same := h.trial(at, map[string]string{"measures.yaml": string(raw)})
	if same.status != http.StatusOK || !strings.Contains(same.body, "the level would have differed on 0 of 1 day.") {
		t.Errorf("the same: %d\n%s", same.status, same.body)
	}
	i := strings.Index(string(raw), "measure: completeness")
	changed := string(raw)[:i] + strings.Replace(string(raw)[i:], "below: 3", "below: 4.5", 1)
	other := h.trial(at, map[string]string{"measures.yaml": changed})
	if other.status != http.StatusOK || !strings.Contains(other.body, "the level would have differed on 1 of 1 day.") || !strings.Contains(other.body, "Report level") {
		t.Errorf("changed: %d\n%s", other.status, other.body)
	}
	if now := h.get(miyako + "/signals").body; now != was {
		t.Error("a trial is in force")
	}
	h.lacks("/history?verb=changed&lang=en", "Changed playbook tried")
	for name, c := range map[string]struct{ file, text, says string }{
		"faults": {"measures.yaml", "measures: [{measure: nothing}]", "The playbook cannot be read"},
		"name":   {"else.yaml", "a: b", "no file of this name: else.yaml"},
	} {
		if a := h.trial(at, map[string]string{c.file: c.text}); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, c.says) {
			t.Errorf("%s: %d\n%s", name, a.status, a.body)
		}
	}
	if a := h.trial(at, nil); a.status != http.StatusUnprocessableEntity {
		t.Errorf("no file: %d", a.status)
	}
	h.become("viewer", "v@nordhaven.example")
	if a := h.get(at); a.status != http.StatusNotFound {
		t.Errorf("a viewer: %d", a.status)
	}
}
