package web

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// From mail to the brief, in a browser: a mention is confirmed, a fact entered, a
// verdict given, a question noted, and the page for the next meeting asks on, with
// the message behind it; in both languages, with script and without.
func TestBrowserClaim(t *testing.T) {
	t.Parallel()
	for i, l := range []string{"en", "ja"} {
		script := i == 0
		t.Run(fmt.Sprintf("%s script=%v", l, script), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			b := h.tab(t, browser(t))
			if _, err := chromedp.Run(b.ctx, disable(!script)); err != nil {
				t.Fatal(err)
			}
			b.register()
			b.settleMail(h)
			b.open("/claims?lang=" + l)
			b.widths("/claims")
			b.decideAll(script)
			b.open("/distributors/miyako-medical/claims")
			b.press(".list tbody th a", "#h-found")
			at := look[string](b, "location.pathname")
			b.walkClaim(at)
			b.widths(at)
			b.open("/distributors/miyako-medical/claims")
			if got := look[string](b, `document.querySelector(".list tbody .tag").textContent`); got != map[string]string{"en": "Contradicted", "ja": "事実と不一致"}[l] {
				t.Errorf("the list says %q", got)
			}
			b.walkBrief()
		})
	}
}

// decideAll says that the first sentence is none and the second a reason, by keys where
// there is script, and keeps both by one button.
func (b *tab) decideAll(script bool) {
	b.Helper()
	if script {
		b.do(chromedp.KeyEvent("j"), chromedp.KeyEvent("n"), chromedp.KeyEvent("y"))
		if got := look[string](b, `document.querySelector(".keep button").textContent`); got != "Keep 2 decisions" {
			b.Errorf("the button says %q", got)
		}
	} else {
		b.do(chromedp.Click("#none-3"), chromedp.Click("#do-2"))
	}
	b.press(".keep button", "[role=status]")
	if n := look[int](b, `document.querySelectorAll(".judge li").length`); n != 1 {
		b.Errorf("%d sentences wait, not one", n)
	}
}

// walkClaim enters two growths, gives the verdict they allow, and notes the
// question that was asked.
func (b *tab) walkClaim(at string) {
	b.Helper()
	for kind, value := range map[string]string{"competitor-growth": "11", "own-growth": "2.9"} {
		b.open(at)
		b.fill("#fact-kind", kind, "#fact-value", value, "#fact-source", "annual report", "#fact-on", "2026-10-01")
		b.press("form[action$='/fact'] .btn.tonal", "[role=status]")
	}
	b.open(at)
	b.fill("#verdict", "contradicted", "#confidence", "medium", "#because", "The rival grew faster.", "#legitimate", "Tenders do differ.")
	b.press("form[action$='/verdict'] .btn.tonal", "[role=status]")
	if got := look[string](b, `document.querySelector(".hd .tag.neg").textContent`); got == "" {
		b.Error("no verdict on the page")
	}
	b.open(at)
	b.press("details:has(form[action$='/question']) summary", "#ask-at")
	b.fill("#ask-on", "2026-11-02", "#ask-at", "mail to Tanaka-sama")
	b.press("form[action$='/question'] .btn", "[role=status]")
	if n := look[int](b, `document.querySelectorAll("section[aria-labelledby=h-history] ol li").length`); n < 5 {
		b.Errorf("the history has %d lines", n)
	}
}

// walkBrief finds the claim on the page for the next meeting, goes from its note to
// the message, and looks at what the partner would get.
func (b *tab) walkBrief() {
	b.Helper()
	const brief = "/distributors/miyako-medical/brief"
	b.open("/distributors/miyako-medical")
	b.press("a[href^='"+brief+"']", ".brief")
	if got := look[string](b, `document.querySelector(".brief ol").textContent`); !strings.Contains(got, "市場") || !strings.Contains(got, "market") {
		b.Errorf("the questions are %q", got)
	}
	b.widths(brief)
	b.press(".brief .srcs a[href*='/messages/']", "mark.reason")
	b.open(brief + "?edition=partner")
	if got := look[string](b, `document.querySelector(".brief").textContent`); strings.Contains(got, "ontradicted") || strings.Contains(got, "不一致") {
		b.Errorf("the partner reads a verdict: %q", got)
	}
}

// widths looks for what a page must not have, on a phone and on a desk.
func (b *tab) widths(path string) {
	b.Helper()
	for _, w := range []int64{360, 1440} {
		b.do(chromedp.EmulateViewport(w, 900))
		b.open(path)
		if bad := look[[]string](b, problems); len(bad) > 0 {
			b.Errorf("%s at %d px: %s", path, w, strings.Join(bad, "; "))
		}
	}
}

// settleMail takes the partner's mailbox in.
func (b *tab) settleMail(h *house) {
	b.Helper()
	ctx := context.Background()
	d, err := h.works.Store.DistributorBySlug(ctx, "miyako-medical")
	if err != nil {
		b.Fatal(err)
	}
	d.Profile.Domains, d.Profile.OurDomains = []string{"miyako.example.jp"}, []string{"nordhaven.example"}
	if err := h.works.Store.SetProfile(ctx, d.ID, d.Profile); err != nil {
		b.Fatal(err)
	}
	file := filepath.Join(b.TempDir(), "受信.mbox")
	if err := os.WriteFile(file, []byte(claimMail()), 0o600); err != nil {
		b.Fatal(err)
	}
	b.open("/intake")
	b.do(chromedp.SetUploadFiles("#files", []string{file}))
	b.press("form[action='/intake'] .primary", ".hd.tagged")
}
