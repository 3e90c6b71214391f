package web

import (
	_ "embed"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

//go:embed testdata/measured.js
var measuredScript string

// measured does some acts of the script on the page that is open, and returns what
// the page must not have.
func (b *tab) measured(acts ...string) []string {
	b.Helper()
	return look[[]string](b, strings.Replace(measuredScript, "ACTS", `["`+strings.Join(acts, `","`)+`"]`, 1))
}

// onePerRoute is a page of each route that can be reached, and of each view that a
// route has.
func (h *house) onePerRoute(paths []string) []string {
	seen, out := map[string]bool{}, []string{}
	for _, path := range paths {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		_, pattern := h.site.app.mux.Handler(r)
		key := pattern
		for _, name := range []string{"view", "edition", "kind", "record"} {
			key += " " + r.URL.Query().Get(name)
		}
		if !seen[key] {
			seen[key] = true
			out = append(out, path)
		}
	}
	return out
}

// everyPageMeasured measures a page of each route from what the browser computed:
// ux 7, lines 2, 5, 7, 8, 13, 15, 20, 30, 31, 32.
func everyPageMeasured(t *testing.T, h *house, paths []string) {
	b := h.tab(t, browser(t))
	b.open("/sign-in?lang=en")
	b.fill("#email", "kirsten@nordhaven.example", "#password", "a quiet morning in Kyoto")
	b.press("form[action='/sign-in'] .primary", "nav a[href='/portfolio']")
	assets := 0
	for _, f := range h.site.app.assets {
		assets += zipped(f.body)
	}
	for i, path := range h.onePerRoute(paths) {
		a := h.get(path)
		if a.status != 200 || !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") || a.header.Get("Content-Disposition") != "" {
			continue
		}
		if n := zipped([]byte(a.body)) + assets; n > 150_000 {
			t.Errorf("%s: 13: %d bytes gzipped", path, n)
		}
		b.do(chromedp.EmulateViewport(1280, 900))
		b.open(withLang(path, []string{"en", "ja"}[i%2]))
		bad := b.measured("light", "colours", "loads", "labels", "numbers", "levels", "charts", "moves", "focus", "large", "dark", "colours")
		b.do(chromedp.EmulateViewport(320, 900))
		bad = append(bad, b.measured("narrow", "focus")...)
		slices.Sort(bad)
		for _, s := range slices.Compact(bad) {
			t.Errorf("%s: %s", path, s)
		}
	}
}

func withLang(path, l string) string {
	return path + map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")] + "lang=" + l
}
