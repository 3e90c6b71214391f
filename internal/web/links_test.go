package web

import (
	"html"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var (
	links    = regexp.MustCompile(`(?s)<a [^>]*href="([^"]*)"[^>]*>.*?</a>`)
	tags     = regexp.MustCompile(`<[^>]*>`)
	numerals = regexp.MustCompile(`[+−]?¥?\d[\d,.]*`)
	message  = regexp.MustCompile(`<p class="path">.*?<a href="/distributors/[a-z-]+/messages/\d+`)
	address  = regexp.MustCompile(`<p class="path">.*?<b>[A-Z]+\d+(:[A-Z]+\d+)?</b>`)
)

// told are numbers in words that are no figures of a partner: days, counts of
// lines on the page itself, what a pulse or a quarter is called, drafts.
var told_ = []string{`\d{1,2} [A-Z][a-z]{2}( \d{4})?`, `[A-Z][a-z]{2} \d{4}`, `FY\d{4}`, `\(\d+ of 12 months\)`, `makes \d+ more`, `8 quarters`,
	`Access to customers, 0–100`, `since \d{4}`, `after \d+ years`, `12 months`, `japan@\d+`, `L\d\b`, `visited in 180 days`}

// prose is a page's main part without links, headings and controls.
func prose(body string) string {
	s := body[strings.Index(body, `<main`):strings.Index(body, `</main>`)]
	if i := strings.Index(s, `<p class="msg`); i > 0 {
		s = s[i:] // below the controls
	} else if i := strings.Index(s, `<section`); i > 0 {
		s = s[i:]
	}
	s = regexp.MustCompile(`(?s)<ul class="q">.*?</section>`).ReplaceAllString(s, "")
	s = regexp.MustCompile(`<text [^>]*fill="var\(--ink3\)"[^>]*>[^<]*</text>`).ReplaceAllString(s, " ") // says the place on an axis
	for _, tag := range []string{"script", "style", "select", "summary", "h1", "h2", "h3", "caption", "desc", "title", "thead", "header", "th"} {
		s = regexp.MustCompile(`(?s)<`+tag+`[ >].*?</`+tag+`>`).ReplaceAllString(s, " ")
	}
	s = tags.ReplaceAllString(links.ReplaceAllString(s, " "), " ")
	s = html.UnescapeString(s)
	for _, w := range told_ {
		s = regexp.MustCompile(w).ReplaceAllString(s, "")
	}
	return s
}

// evidenceLinks are the doors of a page to evidence.
func evidenceLinks(body string) []string {
	var out []string
	body = body[strings.Index(body, `<main`):]
	for _, m := range links.FindAllStringSubmatch(body, -1) {
		href := html.UnescapeString(m[1])
		if strings.Contains(href, "/evidence") && !slices.Contains(out, href) && !strings.Contains(href, "lang=") {
			out = append(out, href)
		}
	}
	return out
}

// everyNumberOpens: every number of the overview, of the figures pages and of the portfolio is a
// link, and each link ends at a cell, or at a formula of links that do.
func everyNumberOpens(t *testing.T, h *house) {
	const at = "/distributors/kitano-shoji-kk"
	ends := map[string]bool{}
	for _, path := range []string{at, at + "?fy=2024", at + "/figures", at + "/figures?changes=1", at + "/figures?fy=2024", at + "/figures?fy=2026",
		at + "/figures?view=products", at + "/figures?view=accounts", at + "/figures?view=stock",
		"/portfolio", "/portfolio?view=map", "/portfolio?view=charts", "/portfolio?view=behind"} {
		a := h.get(path)
		if a.status != 200 {
			t.Fatalf("%s: %d", path, a.status)
		}
		for _, n := range numerals.FindAllString(prose(a.body), -1) {
			t.Errorf("%s: %q is no link", path, n)
		}
		doors := evidenceLinks(a.body)
		if len(doors) < 12 && !strings.HasPrefix(path, "/portfolio?") {
			t.Errorf("%s: only %d doors", path, len(doors))
		}
		for _, href := range doors {
			if !h.opens(href, ends, 0) {
				t.Errorf("%s: %s does not end at a cell", path, href)
			}
		}
	}
	t.Logf("%d doors", len(ends))
}

// opens follows a door to a cell, at most five formulas deep. Of doors that
// differ in month or product alone, one is followed.
func (h *house) opens(href string, ends map[string]bool, depth int) bool {
	h.t.Helper()
	key := doorKind(href)
	if end, known := ends[key]; known || depth > 5 {
		return end
	}
	a := h.get(href)
	if a.status != 200 {
		return false
	}
	h.checkFormula(href, a.body)
	// Of what is not known no figure is shown, and a market may be a stated one.
	if address.MatchString(a.body) || message.MatchString(a.body) || strings.Contains(a.body, "As stated: ") || strings.Contains(a.body, "<h1>not known ") {
		ends[key] = true
		return true
	}
	body := a.body[strings.Index(a.body, `<article`):strings.Index(a.body, `</article>`)]
	doors := evidenceLinks(`<main` + body)
	ends[key] = true // against circles
	for _, next := range doors {
		if !h.opens(next, ends, depth+1) {
			ends[key] = false
		}
	}
	ends[key] = ends[key] && len(doors) > 0
	return ends[key]
}

var (
	formulaRow = regexp.MustCompile(`<span class="num( eq)?">(?:<span class="op">([^<]*)</span> )*(?:<a [^>]*>)?([^<]*)`)
	counts     = regexp.MustCompile(`^\d+ of \d+$`)
)

// written reads a figure as the page writes it.
func written(s string) (float64, bool) {
	percent := strings.HasSuffix(s, "%") || strings.HasSuffix(s, " pt")
	s = strings.NewReplacer("¥", "", ",", "", "−", "-", "+", "", "%", "", " pt", "").Replace(s)
	f, err := strconv.ParseFloat(s, 64)
	if percent {
		f /= 100
	}
	return f, err == nil
}

// checkFormula computes what a formula says and compares it with its result.
func (h *house) checkFormula(href, body string) {
	h.t.Helper()
	total, some := 0.0, false
	for _, m := range formulaRow.FindAllStringSubmatch(body, -1) {
		f, ok := written(m[3])
		if !ok || counts.MatchString(m[3]) {
			return // a list of months, or no formula
		}
		if m[1] == "" {
			switch m[2] {
			case "=": // on the way
			case "−":
				total -= f
			case "÷":
				total /= f
			case "×":
				total *= f
			default:
				total += f
			}
			some = true
			continue
		}
		if strings.Contains(href, "/evidence/stake") {
			total = math.Max(total, 0) // the page says that it is never below zero
		}
		if least := math.Max(math.Max(1, math.Abs(f))*0.0011, rounding(m[3])); some && math.Abs(total-f) > least {
			h.t.Errorf("%s: the formula gives %v, the page says %s", href, total, m[3])
		}
	}
}

// rounding is by how much a figure can differ from the way it is written.
func rounding(s string) float64 {
	half := 0.5
	if _, behind, ok := strings.Cut(strings.TrimRight(s, "% pt"), "."); ok {
		half /= math.Pow10(len(behind))
	}
	if strings.HasSuffix(s, "%") || strings.HasSuffix(s, " pt") {
		half /= 100
	}
	return half
}

func doorKind(href string) string {
	u, err := url.Parse(href)
	if err != nil {
		return href
	}
	q := u.Query()
	for _, name := range []string{"period", "product", "disclosure", "versions", "month"} {
		if q.Has(name) {
			q.Set(name, "x")
		}
	}
	return u.Path + "?" + q.Encode()
}
