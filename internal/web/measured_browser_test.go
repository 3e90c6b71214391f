package web

import (
	_ "embed"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
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
// ux 7, lines 2, 3, 5, 6, 7, 8, 9, 13, 15, 20, 30, 31, 32, 33.
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
		bad := b.measured("light", "colours", "loads", "labels", "tongues", "structure", "equals", "numbers", "levels", "charts", "moves", "targets", "focus", "large", "dark", "colours")
		b.do(chromedp.EmulateViewport(320, 900))
		bad = append(bad, b.measured("narrow", "targets", "focus")...)
		b.media("print")
		b.do(chromedp.EmulateViewport(673, 1000)) // 178 mm, the width of the print
		bad = append(bad, b.measured("paper")...)
		b.media("")
		slices.Sort(bad)
		for _, s := range slices.Compact(bad) {
			t.Errorf("%s: %s", path, s)
		}
	}
	still := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, still); err != nil {
		t.Fatal(err)
	}
	for _, s := range b.measured("still") { // one style sheet for all pages
		t.Error(s)
	}
}

// stop is a stop of the focus: the panel it is in, and where that begins on the page.
type stop struct {
	In        string
	Left, Top float64
}

const focused = `(() => {
  const e = document.activeElement, p = e.closest(".panel,.kpis,.tabs,.ctl,.hd,.msg,.note") || e, r = p.getBoundingClientRect();
  return {In: e === document.body ? "" : p.tagName + "." + p.className + " " + e.textContent.trim().slice(0, 20), Left: Math.round(r.left), Top: Math.round(r.top + scrollY)};
})()`

// keysGoDown: the key that moves the focus goes from panel to panel as they are seen,
// column by column; below 1180 px there is one column (ux 7, line 7).
func keysGoDown(t *testing.T, h *house, paths []string) {
	b := h.tab(t, browser(t))
	b.open("/sign-in?lang=en")
	b.fill("#email", "kirsten@nordhaven.example", "#password", "a quiet morning in Kyoto")
	b.press("form[action='/sign-in'] .primary", "nav a[href='/portfolio']")
	pages := 0
	for _, path := range h.onePerRoute(paths) {
		a := h.get(path)
		if a.status != 200 || !strings.Contains(a.body, `<div class="grid`) {
			continue
		}
		pages++
		for _, wide := range []int64{400, 1000, 1440} {
			b.do(chromedp.EmulateViewport(wide, 900))
			b.open(path)
			b.keysGoDown(path, wide)
		}
	}
	if pages < 8 {
		t.Errorf("only %d pages with columns", pages)
	}
}

func (b *tab) keysGoDown(path string, wide int64) {
	b.Helper()
	look[bool](b, `document.querySelector("main").tabIndex = -1, document.querySelector("main").focus(), true`)
	last := map[float64]stop{}
	for range 120 {
		if _, err := chromedp.Run(b.ctx, chromedp.KeyEvent(kb.Tab)); err != nil {
			b.Fatal(err)
		}
		s := look[stop](b, focused)
		if s.In == "" || strings.HasPrefix(s.In, "A.skip") {
			return
		}
		column := s.Left
		if wide < 1180 {
			column = 0
		}
		if s.Top < last[column].Top-8 { // what stands in one line does not begin at one height
			b.Errorf("%s at %d px: the focus goes up from %+v to %+v", path, wide, last[column], s)
		}
		last[column] = s
	}
}

// errorsAreSaid sends each form of the pages with nothing in it. Where something is
// wrong the summary has the focus, leads to each field and repeats its words (ux 7,
// line 8).
func errorsAreSaid(t *testing.T, h *house, paths []string) {
	b := h.tab(t, browser(t))
	b.may = "status of 422"
	b.open("/sign-in?lang=en")
	b.fill("#email", "kirsten@nordhaven.example", "#password", "a quiet morning in Kyoto")
	b.press("form[action='/sign-in'] .primary", "nav a[href='/portfolio']")
	refused := 0
	for _, path := range h.onePerRoute(paths) {
		if a := h.get(path); a.status != 200 || !strings.Contains(a.body, "<textarea") && !strings.Contains(a.body, " required") {
			continue
		}
		b.open(path)
		if !look[bool](b, sendNothing) {
			continue
		}
		b.do(chromedp.WaitVisible("main:not(.left)"))
		b.drawn()
		if look[bool](b, `!!document.getElementById("errors")`) {
			refused++
		}
		for _, s := range b.measured("errors") {
			t.Errorf("%s: %s", path, s)
		}
	}
	if refused < 10 {
		t.Errorf("only %d forms refuse to be sent with nothing in them", refused)
	}
	t.Logf("%d forms refuse to be sent with nothing in them", refused)
}

// drawn waits until the page is there whole and has been drawn: what has the focus by itself
// has it then.
func (b *tab) drawn() {
	b.Helper()
	_, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`new Promise(done => {
		const frames = n => n ? requestAnimationFrame(() => frames(n - 1)) : done(true);
		document.readyState === "complete" ? frames(2) : addEventListener("load", () => frames(2));
	})`, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatal(err)
	}
}

// sendNothing empties the first form with a field that is required or written, and
// sends it; the page that is left is marked.
const sendNothing = `(() => {
  const f = [...document.querySelectorAll("main form[method=post]")].find((f) => f.querySelector("[required],textarea,input[type=text]"));
  if (!f) return false;
  for (const e of f.elements) if (e.matches("input:not([type=hidden],[type=checkbox],[type=radio],[type=file]),textarea")) e.value = "";
  document.querySelector("main").classList.add("left");
  f.noValidate = true;
  f.requestSubmit();
  return true;
})()`

func withLang(path, l string) string {
	return path + map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")] + "lang=" + l
}
