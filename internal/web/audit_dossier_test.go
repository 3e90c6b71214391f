package web

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"honne"
	"honne/internal/bundle"
)

// The evidence bundle with its originals is one file: each as it came, under its
// number in the annex, with a manifest; only for who may read what is legal, and
// never in the partner's edition.
func TestDossierWithOriginals(t *testing.T) {
	t.Parallel()
	h := kitano(t)
	put(t, h, 1, honne.Interview{Audit: 1, On: honne.NewDate(2026, 5, 20), Pool: "partner", Function: "営業部長", Text: "SAID-ON-RECORD"})
	const page, at = "/audits/A-001/publish?kind=dossier&edition=internal&in=en&lang=en", "/audits/A-001/publish/originals?kind=dossier&edition=internal&in=en"
	h.holds(page, "Download with the originals", "/audits/A-001/publish/originals?")
	a := h.get(at)
	if a.status != http.StatusOK || !strings.HasSuffix(a.header.Get("Content-Disposition"), ".zip") {
		t.Fatalf("%d %v", a.status, a.header)
	}
	b, err := bundle.Open(strings.NewReader(a.body), int64(len(a.body)), bundle.DossierKind(), 0)
	if err != nil {
		t.Fatal(err)
	}
	parts := b.Parts()
	files, err := h.works.Store.Files(t.Context(), 1)
	if err != nil || len(parts) < 10 || len(parts) > len(files)+1 {
		t.Fatalf("%d parts of %d files, %v", len(parts), len(files), err)
	}
	annex := h.get("/audits/A-001/publish/file?kind=dossier&edition=internal&in=en&format=html").body
	for i, p := range parts[1:] {
		if !strings.HasPrefix(p.Name, fmt.Sprintf("originals/%03d ", i+1)) || !strings.Contains(annex, p.SHA256) {
			t.Errorf("%s is not the %dth of the annex", p.Name, i+1)
		}
		as, _, err := h.works.Vault.Open(t.Context(), p.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		came, _ := io.ReadAll(as)
		as.Close()
		in, err := b.Part(p.Name)
		if err != nil {
			t.Fatal(err)
		}
		if leaves, _ := io.ReadAll(in); string(leaves) != string(came) {
			t.Errorf("%s is not as it came", p.Name)
		}
	}
	for _, says := range []string{"Finding F-001 written", "Conversation on the record, I-001"} {
		if !strings.Contains(annex, says) {
			t.Errorf("the chronology lacks %q", says)
		}
	}
	if strings.Contains(annex, "SAID-ON-RECORD") {
		t.Error("the chronology holds more than the day")
	}
	for _, wrong := range []string{"/audits/A-001/publish/originals", "/audits/A-001/publish/originals?kind=audit&edition=internal", "/audits/A-001/publish/originals?kind=dossier&edition=partner"} {
		if a := h.get(wrong); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", wrong, a.status)
		}
	}
	lost := parts[1]
	if err := os.Remove(filepath.Join(h.vault, lost.SHA256[:2], lost.SHA256)); err != nil {
		t.Fatal(err)
	}
	a = h.get(at)
	var about struct{ Missing []string }
	if b, err = bundle.Open(strings.NewReader(a.body), int64(len(a.body)), bundle.DossierKind(), 0); err != nil || b.About(&about) != nil || len(about.Missing) != 1 || about.Missing[0] != lost.Name {
		t.Errorf("%s is lost, and the manifest says %q: %v", lost.Name, about.Missing, err)
	}
	for _, role := range []string{"viewer", "cfo"} {
		if a := h.person(role).get(at); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", role, a.status)
		}
	}
}
