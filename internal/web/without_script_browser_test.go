package web

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// Line 11 of ux 7, what no other test does without script: a claim is logged, a
// criterion scored, a threshold tried, a document published, and the partner's
// workbook sent back. Signing in and replying: TestBrowserVoices; loading, changing
// table and column, resolving, accepting: TestBrowserTwoMonths; evidence:
// TestBrowserFirstRun; a verdict: TestBrowserClaim.
func TestBrowserWithoutScript(t *testing.T) {
	t.Parallel()
	h, lead, _ := audited(t)
	h.inBoth(h.audited(t))
	b := h.tab(t, browser(t))
	if _, err := chromedp.Run(b.ctx, disable(true)); err != nil {
		t.Fatal(err)
	}
	w := &walk{h: h, lang: "en", tab: b}
	w.sit("kirsten")
	b.logClaim()
	b.tryThreshold()
	b.open("/audits/A-002/publish")
	b.do(chromedp.WaitVisible("iframe.sheet"))
	b.enter("#drafts .primary", "#published li .digest")
	w.sit("auditor")
	b.open("/audits/A-001/criteria/transparency")
	b.do(chromedp.Click("#score input[value='2']"))
	b.fill("#grade", "B", "#because", "Seen in their files.")
	b.press("#rate .primary", "[role=status]")
	b.partnerSheet(lead.link(t), lead) // for this browser nothing else exists from then on
}

// sit lets somebody sit down at a browser without script.
func (w *walk) sit(email string) {
	w.Helper()
	w.open("/")
	if look[bool](w.tab, `!!document.querySelector("form[action='/sign-out']")`) {
		w.press("form[action='/sign-out'] button", "#password")
	}
	w.open("/sign-in?lang=" + w.lang)
	w.fill("#email", email+"@nordhaven.example", "#password", "a quiet morning in Kyoto")
	w.press(".primary", "form[action='/sign-out']")
}

// logClaim writes down a reason in words, in which the machine finds one that the
// person confirms.
func (b *tab) logClaim() {
	b.Helper()
	b.open("/claims/new")
	b.fill("#said-ja", "市場全体が縮小しているため、伸ばすのは難しい状況です。", "#said-on", "2026-11-20")
	b.press("form[action='/claims/new'] .primary", ".note.warn")
	b.press("form[action='/claims/new'] .primary", "#h-found")
}

// tryThreshold tries a number of our own on the past, and keeps it with a reason.
func (b *tab) tryThreshold() {
	b.Helper()
	b.open(miyako + "/thresholds/overall.look-closer-watch")
	b.fill("#value", "3")
	b.press("form[method=get].bd .btn", "#why")
	b.fill("#why", "They are new to us.")
	b.press("form.bd[method=post] .primary", "[role=status]")
}

// partnerSheet sends the partner's workbook back as it was handed out.
func (b *tab) partnerSheet(link string, lead *house) {
	b.Helper()
	file := filepath.Join(b.TempDir(), "review.xlsx")
	if err := os.WriteFile(file, []byte(lead.stranger().get(link+"/sheet").body), 0o600); err != nil {
		b.Fatal(err)
	}
	b.open(link)
	b.do(chromedp.SetUploadFiles("#sheet", []string{file}))
	b.press("form[action$='/sheet'] .btn", "[role=status]")
}
