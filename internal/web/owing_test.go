package web

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"honne"
)

var ownLines = regexp.MustCompile(`(?s)<ul class="own[^"]*">.*?</ul>|<span class="says-in">.*?</span>`)

// Every number about our own side is a door: to what was written down of us, or to
// the measure that compares us.
func TestOurSideOpens(t *testing.T) {
	t.Parallel()
	h := kitano(t)
	day := h.lastDay()
	for _, a := range []honne.OurAct{{Kind: honne.OurDelivery, On: day - 60, Due: day - 50, Until: day - 52}, {Kind: honne.OurDelivery, On: day - 40, Due: day - 30, Until: day - 20},
		{Kind: honne.OurRequest, On: day - 30}, {Kind: honne.OurPriceNotice, On: day - 90, Until: day - 30}, {Kind: honne.OurVisit, On: day - 10}, {Kind: honne.OurLeaver, On: day - 100},
		{Kind: honne.OurShortage, On: day - 200}} {
		a.What = "x"
		kept(h, a)
	}
	const of = "/distributors/kitano-shoji-kk"
	for path, says := range map[string]string{of + "?lang=en": "1 of 2 deliveries", of + "/our-side?lang=en": "They wait for 1 answer", "/our-side?lang=en": "1 of 2 deliveries"} {
		lines := strings.Join(ownLines.FindAllString(h.get(path).body, -1), "\n")
		if bare := html.UnescapeString(tags.ReplaceAllString(lines, "")); !strings.Contains(bare, says) {
			t.Errorf("%s: %q", path, bare)
		}
		for _, n := range numerals.FindAllString(tags.ReplaceAllString(links.ReplaceAllString(lines, ""), ""), -1) {
			if n != "24" { // the months that the sentence looks at
				t.Errorf("%s: %q is no link", path, n)
			}
		}
		if !strings.Contains(lines, of+"/log?kind=our-act") || len(doorsOf(lines)) == 0 {
			t.Errorf("%s: %s", path, lines)
		}
		for _, door := range doorsOf(lines) {
			if a := h.get(door); a.status != 200 {
				t.Errorf("%s: %d", door, a.status)
			}
		}
	}
	h.holds(of+"?lang=en", "/log?kind=our-act\">1 request of theirs open</a>")
	h.holds(of+"/log?kind=our-act", "What our side did or owes", "Visit to them", "7 entries")
}
