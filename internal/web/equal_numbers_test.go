package web

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	figureCell = regexp.MustCompile(`(?s)<td class="num[^"]*"[^>]*>.*?</td>|<a class="(?:v|pos|neg|b|plain)\b[^"]*"[^>]*>.*?</a>|<dd class="v[^"]*">.*?</dd>|<p class="msg">.*?</p>|<text [^>]*>[^<]*</text>`)
	wrote      = regexp.MustCompile(`[+−]?\d[\d,]*(?:\.\d+)?`)
	// whenSaid are days, months, quarters and years: words in one language and numbers in the other.
	whenSaid = regexp.MustCompile(`(?:\d{1,2}–)?\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?: \d{4})?|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}|Q\d|FY\d{4}|第\d四半期|\d{4}年度?|\d{1,2}月(?:期)?|\d{1,2}日|\d{1,2}/\d{1,2}`)
)

// inDigits writes the small numbers that a sentence writes as words.
var inDigits = strings.NewReplacer(" two ", " 2 ", " three ", " 3 ", " four ", " 4 ", " five ", " 5 ", "二つ", "2", "三つ", "3", "四つ", "4", "五つ", "5")

// figuresOf are the figures of a page, cell by cell, each cell's in order of size: a
// language may turn "4 of 7" round.
func figuresOf(body string) (out []string) {
	body = body[strings.Index(body, "<main"):]
	for _, cell := range figureCell.FindAllString(body, -1) {
		text := whenSaid.ReplaceAllString(html.UnescapeString(tags.ReplaceAllString(cell, " ")), " ")
		list := wrote.FindAllString(inDigits.Replace(text), -1)
		slices.Sort(list)
		if len(list) > 0 {
			out = append(out, strings.Join(list, " "))
		}
	}
	return out
}

// equalNumbers: each page has the same figures in English and in Japanese (ux 7,
// line 19).
func equalNumbers(t *testing.T, h *house, paths []string) {
	all := 0
	for _, path := range h.onePerRoute(paths) {
		en, ja := h.get(withLang(path, "en")), h.get(withLang(path, "ja"))
		if en.status != 200 || !strings.HasPrefix(en.header.Get("Content-Type"), "text/html") || !strings.Contains(en.body, "<main") {
			continue
		}
		one, other := figuresOf(en.body), figuresOf(ja.body)
		all += len(one)
		if slices.Equal(one, other) {
			continue
		}
		i := 0
		for i < len(one) && i < len(other) && one[i] == other[i] {
			i++
		}
		t.Errorf("%s: %d figures in English, %d in Japanese; from the %dth on %q and %q", path, len(one), len(other), i, one[i:min(i+4, len(one))], other[i:min(i+4, len(other))])
	}
	h.get("/?lang=en")
	if all < 500 {
		t.Errorf("only %d figures", all)
	}
	t.Logf("%d cells with figures", all)
}
