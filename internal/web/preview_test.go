package web

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"honne"
	"honne/internal/auth"
	"honne/internal/lang"
	"honne/internal/store"
)

func render(t testing.TB, a *app, l lang.Language) string {
	t.Helper()
	d, p := samplePicture()
	r := httptest.NewRequest(http.MethodGet, "/distributors/miyako-medical", nil)
	v := &visit{Request: r, app: a, lang: l, scale: lang.Million, signedIn: true,
		user: store.User{Name: "Kirsten Larsen", Role: string(auth.Manager)}}
	page := overviewPage{Frame: v.frame("portfolio", d.Profile.Name), Head: v.head(d, "overview")}
	page.Sample, page.Crumbs = true, v.crumbs(d)
	page.Controls = Controls{Period: v.fiscal(p), Units: v.units(p.Currency), Dates: []Choice{v.knownOn(p.AsOf, p.AsOf)}}
	v.fillOverview(&page, v.ground(d, honne.Record{}, p))
	page.Next = v.next(d, p, nil)
	w := httptest.NewRecorder()
	if err := v.show(w, http.StatusOK, "overview", page); err != nil {
		t.Fatal(err)
	}
	return w.Body.String()
}

// With PREVIEW=dir the overview is written there, to be looked at in a browser.
func TestOverviewOfSample(t *testing.T) {
	a := bare(t)
	for _, l := range lang.All() {
		html := render(t, a, l)
		if strings.Contains(html, "[") && strings.Contains(html, "[sign") || strings.Contains(html, "ZgotmplZ") {
			t.Errorf("%s: a text is missing or an attribute was refused", l)
		}
		if dir := os.Getenv("PREVIEW"); dir != "" {
			write(t, a, dir, string(l)+".html", html)
		}
	}
}

func write(t testing.TB, a *app, dir, name, html string) {
	t.Helper()
	for asset := range a.assets {
		p, err := a.assets.path(asset)
		if err != nil {
			t.Fatal(err)
		}
		html = strings.ReplaceAll(html, p, asset)
		if err := os.WriteFile(filepath.Join(dir, asset), a.assets[asset].body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(html), 0o644); err != nil {
		t.Fatal(err)
	}
}
