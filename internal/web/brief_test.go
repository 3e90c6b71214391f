package web

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// checkBrief looks at the brief of the samples: our edition opens its evidence,
// the partner's holds nothing that is not theirs, as page and as file.
func checkBrief(t *testing.T, h *house) {
	for _, slug := range []string{"kitano-shoji-kk", "aozora-medical-kk", "minato-iryoki-kk"} {
		at := "/distributors/" + slug + "/brief"
		a := h.get(at + "?lang=en")
		if a.status != 200 || !strings.Contains(a.body, "Brief for the next meeting") || !strings.Contains(a.body, "次回打合せブリーフ") {
			t.Fatalf("%s: %d", at, a.status)
		}
		checkPage(t, at, "en", a)
		if n := strings.Count(a.body, "data-n="); n > 10 {
			t.Errorf("%s: %d questions", at, n/2)
		}
		doors := regexp.MustCompile(`href="(/intake/\d+/table\?[^"]*)"`).FindAllStringSubmatch(a.body, -1)
		if len(doors) == 0 {
			t.Errorf("%s: no note opens its cells", at)
		}
		partner := h.get(at + "?lang=ja&edition=partner")
		checkPage(t, at+" for the partner", "ja", partner)
		article := partner.body[strings.Index(partner.body, "<article"):strings.Index(partner.body, "</article>")]
		file := h.get(at + "/file?lang=ja&edition=partner")
		if !strings.Contains(file.header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: the file is not sent as one", at)
		}
		for name, text := range map[string]string{"preview": article, "file": file.body + file.header.Get("Content-Disposition")} {
			for _, word := range []string{"honne", "本音", "社内", "Internal", "/intake/", "japan@", "予兆", "監査", "shipments", "targets.csv", "market.csv"} {
				if strings.Contains(text, word) {
					t.Errorf("%s: the partner reads %q", name, word)
				}
			}
		}
		if dir := os.Getenv("PREVIEW"); dir != "" {
			os.WriteFile(filepath.Join(dir, slug+".html"), []byte(file.body), 0o644)
			os.WriteFile(filepath.Join(dir, slug+".internal.html"), []byte(h.get(at+"/file?lang=en").body), 0o644)
		}
	}
	if a := h.get("/distributors/nobody/brief?lang=en"); a.status != 404 {
		t.Errorf("a brief of nobody: %d", a.status)
	}
}
