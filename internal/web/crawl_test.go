package web

import (
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

var (
	hrefs      = regexp.MustCompile(`href="(/[^"]*)"`)
	missing    = regexp.MustCompile(`\[[a-z]+\.[a-z0-9.-]*\]`)
	unfilled   = regexp.MustCompile(`\{[a-z][a-z-]*\}`)
	latinTitle = regexp.MustCompile(`<title>[^<]*, [^<]*</title>`)
	fields_    = regexp.MustCompile(`<(?:input|select)[^>]* id="([^"]+)"`)
	choosing   = regexp.MustCompile(`(?s)<select.*?</select>`)
	ids        = regexp.MustCompile(` id="([^"]+)"`)
)

// The application on the samples, loaded once.
func TestSample(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	before := h.rows()
	if a := h.post("/setup/sample"); a.status != 303 {
		t.Fatalf("samples: %d %s", a.status, a.body)
	}
	var paths []string
	t.Run("EveryPage", func(t *testing.T) { paths = everyPage(t, h) })
	t.Run("EveryPageMeasured", func(t *testing.T) { everyPageMeasured(t, h, paths) })
	t.Run("EqualNumbers", func(t *testing.T) { equalNumbers(t, h, paths) })
	t.Run("KeysGoDown", func(t *testing.T) { keysGoDown(t, h, paths) })
	t.Run("EveryNumberOpens", func(t *testing.T) { everyNumberOpens(t, h) })
	t.Run("Brief", func(t *testing.T) { checkBrief(t, h) })
	t.Run("EveryWidth", func(t *testing.T) { samplesFit(t, h) })
	checkSample(t, h)
	t.Run("ErrorsAreSaid", func(t *testing.T) { errorsAreSaid(t, h, paths) })
	nothingLeft(t, h, before)
	if a := h.get("/distributors/kitano-shoji-kk"); a.status != 404 {
		t.Errorf("the sample is still there: %d", a.status)
	}
}

// samplesFit: pages with everything on them are as wide as the window, also
// between the widths of a telephone and of a desk.
func samplesFit(t *testing.T, h *house) {
	b := h.tab(t, browser(t))
	b.open("/sign-in")
	b.fill("#email", "kirsten@nordhaven.example", "#password", "a quiet morning in Kyoto")
	b.press("form[action='/sign-in'] .primary", "nav a[href='/portfolio']")
	for _, w := range []int64{360, 768, 940, 1024} {
		b.do(chromedp.EmulateViewport(w, 900))
		for _, l := range []string{"en", "ja"} {
			for _, path := range []string{"/distributors/kitano-shoji-kk", "/distributors/kitano-shoji-kk/figures", "/distributors/kitano-shoji-kk/rules", "/distributors/kitano-shoji-kk/log", "/portfolio", "/audits",
				"/distributors/kitano-shoji-kk?unit=jpy-k", "/distributors/kitano-shoji-kk?unit=jpy", "/distributors/kitano-shoji-kk/signals/visibility"} {
				b.open(withLang(path, l))
				if bad := look[[]string](b, problems); len(bad) > 0 {
					t.Errorf("%s at %d px in %s: %s", path, w, l, strings.Join(bad, "; "))
				}
			}
		}
	}
}

// everyPage: every page that can be reached on the sample is whole: in both
// languages, with its headers, one heading, labels, and no text that a catalogue
// lacks. It returns what was reached, in its order.
func everyPage(t *testing.T, h *house) (reached []string) {
	x := &lookback{visit: &visit{app: h.site.app}}
	for _, l := range []string{"ja", "en"} {
		seen := map[string]bool{}
		queue := []string{"/?lang=" + l}
		shapes := map[string]int{}
		// The catalogues hold the same sentences: Japanese needs one page of each kind.
		for len(queue) > 0 && (l == "en" || len(seen) < 20) {
			path := queue[0]
			queue = queue[1:]
			key := pageKey(path)
			other := strings.HasPrefix(path, "/distributors/") && !strings.HasPrefix(path, "/distributors/kitano") && strings.Count(path, "/") > 2
			if seen[path] || shapes[key] >= 1 || other {
				continue
			}
			seen[path] = true
			shapes[key]++
			a := h.get(path)
			if a.status == 303 {
				continue
			}
			if a.status != 200 {
				t.Errorf("%s: %d", path, a.status)
				continue
			}
			if kept, _, asked := strings.Cut(path, "?"); asked && x.opens(kept, "/") == kept && h.get(kept).status >= 400 {
				t.Errorf("%s: the history links to it without what was asked", path)
			}
			if l == "en" {
				reached = append(reached, path)
			}
			if strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
				checkPage(t, path, l, a)
				coded := regexp.MustCompile(`^/(audits|findings|agreements|claims)/[A-Z]-\d+`).MatchString(path) && (!strings.Contains(path, "/publish") || strings.Contains(path, "edition=internal"))
				if of := (strings.HasPrefix(path, "/distributors/") && !strings.HasPrefix(path, "/distributors/new") || coded) && !strings.Contains(path, "edition=partner") && !strings.Contains(path, "/brief/file"); of != strings.Contains(a.body, ` owing"><a href="/distributors/`) {
					t.Errorf("%s: what we owe stands above every page of a partner, and no other", path)
				}
				if m := choosing.ReplaceAllString(a.body[strings.Index(a.body, "<main"):], ""); regexp.MustCompile("Kitano|北野").MatchString(m) && !regexp.MustCompile("Sample data|サンプルデータ").MatchString(m) {
					t.Errorf("%s: the sample is not marked", path)
				}
				for _, m := range hrefs.FindAllStringSubmatch(a.body, -1) {
					next := html.UnescapeString(m[1])
					if !strings.Contains(next, "lang=") && !strings.Contains(next, "theme=") && !strings.Contains(next, "unit=") && !strings.Contains(next, "keys=") && !strings.Contains(next, "month=") &&
						!(strings.Contains(next, "view=") && (strings.Contains(next, "fy=") || strings.Contains(next, "changes="))) {
						queue = append(queue, strings.Split(next, "#")[0])
					}
				}
			}
		}
		if len(seen) < 20 {
			t.Errorf("%s: only %d pages", l, len(seen))
		}
		t.Logf("%s: %d pages", l, len(seen))
	}
	return reached
}

// checkSample looks at what the sample's hiding distributor must show.
func checkSample(t *testing.T, h *house) {
	t.Helper()
	const at = "/distributors/kitano-shoji-kk"
	for _, c := range []struct{ path, holds, lacks string }{
		{at + "/evidence?series=sales&period=2025-09&amount=1", "version 2 of 2", ""},
		{at + "/evidence?series=sales&period=2025-09&amount=1", "/ask\">Ask for details", ""},
		{at + "/evidence?series=sales&period=2025-09&amount=1&asof=2025-11-01", "version 1 of 2", ""},
		{at + "/evidence?series=sales&period=2025-04/2025-06&amount=1", "it grows with each month, which is no revision", "version 3 of"},
		{at + "/figures?fy=2025&unit=jpy-k", "By month, ¥k", "By month, ¥m"},
		{at + "/figures?fy=2025&changes=1", "← ", ""},
		{at + "/figures?fy=2025", "n.r., due", "← "},
		{at + "/figures?fy=2025&month=2025-06", `<h3 id="h-month">Jun 2025</h3>`, ""},
		{at + "?fy=2024", `class="msg">FY2024: `, "Warning signs</h2>"},
		{at + "?fy=2025", "Warning signs</h2>", `class="msg">FY2025: `},
		{at + "/claims", "Claims</a>", "Claims<em>"}, // nobody confirmed one
		{at, "Sample data", ""},
		{at + "/edit", `/our-side">On our side</a>: <a href="` + at + `/agreements">promises not known</a>, <a href="` + at + `/messages?open=ours">`, ""},
	} {
		a := h.get(c.path)
		if a.status != 200 || !strings.Contains(a.body, c.holds) || c.lacks != "" && strings.Contains(a.body, c.lacks) {
			t.Errorf("%s: %d, want %q and not %q", c.path, a.status, c.holds, c.lacks)
		}
	}
	for path, want := range map[string]int{
		at + "/evidence?series=none": 404, at + "?asof=yesterday": 422, at + "/evidence/measure/none": 404,
		"/distributors/nobody": 404, "/intake/999": 404, "/intake/x": 404, "/no/such/page": 404,
	} {
		a := h.get(path)
		if a.status != want || a.header.Get("Content-Security-Policy") == "" || strings.Count(a.body, "<h1") != 1 {
			t.Errorf("%s: %d, want %d", path, a.status, want)
		}
	}
}

// pageKey is a page without what varies: one of each kind is looked at.
func pageKey(path string) string {
	u, err := url.Parse(path)
	if err != nil {
		return path
	}
	keys := make([]string, 0)
	for k := range u.Query() {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	shape := regexp.MustCompile(`\d+`).ReplaceAllString(u.Path, "N")
	shape = shape[:strings.LastIndexByte(shape, '/')+1] + strings.Trim(shape[strings.LastIndexByte(shape, '/')+1:], "N")
	return shape + "?" + u.Query().Get("series") + u.Query().Get("view") + strings.Join(keys, "&")
}

func checkPage(t *testing.T, path, l string, a answer) {
	t.Helper()
	fail := func(what string) { t.Errorf("%s: %s", path, what) }
	if strings.Count(a.body, "<h1") != 1 {
		fail("not one h1")
	}
	if !strings.Contains(a.body, `<html lang="`+l+`"`) {
		fail("wrong language")
	}
	if m := missing.FindString(a.body); m != "" {
		fail("a text is missing: " + m)
	}
	if m := unfilled.FindString(a.body); m != "" {
		fail("an argument is missing: " + m)
	}
	if m := latinTitle.FindString(a.body); l == "ja" && m != "" {
		fail("a comma of another language: " + m)
	}
	for _, bad := range []string{"ZgotmplZ", "<no value>", "style=\"", "<nil>", "NaN"} {
		if strings.Contains(a.body, bad) {
			fail("holds " + bad)
		}
	}
	for _, m := range fields_.FindAllStringSubmatch(a.body, -1) {
		if !strings.Contains(a.body, `for="`+m[1]+`"`) {
			fail("no label for " + m[1])
		}
	}
	once := map[string]bool{}
	for _, m := range ids.FindAllStringSubmatch(a.body, -1) {
		if once[m[1]] {
			fail("id twice: " + m[1])
		}
		once[m[1]] = true
	}
	if !strings.Contains(a.header.Get("Content-Security-Policy"), "default-src 'none'") || a.header.Get("X-Content-Type-Options") != "nosniff" ||
		a.header.Get("Cache-Control") != "no-store" || a.header.Get("Referrer-Policy") == "" {
		fail("a header is missing")
	}
}
