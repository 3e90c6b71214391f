package web

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The partner's own page is measured as ours are, also when what was sent is not whole:
// it has no script, and the summary has the focus all the same (ux 7, lines 2 to 9).
func TestBrowserPartnerPage(t *testing.T) {
	t.Parallel()
	h, lead, _ := audited(t)
	link := lead.link(t)
	b := h.tab(t, browser(t))
	b.may = "status of 422"
	measure := func(when string, acts ...string) {
		t.Helper()
		for _, width := range []int64{1280, 320} {
			b.do(chromedp.EmulateViewport(width, 900))
			more := []string{"colours", "loads", "labels", "tongues", "structure", "levels", "moves", "targets", "focus"}
			if width == 320 {
				more = []string{"narrow", "targets", "focus"}
			}
			for _, s := range b.measured(append(acts, more...)...) {
				t.Errorf("%s at %d px: %s", when, width, s)
			}
			acts = nil // the focus has moved
			if differs := b.otherSheet(t); differs != "" {
				t.Errorf("%s at %d px: with our own sheet %s looks otherwise", when, width, differs)
			}
		}
	}
	for _, l := range []string{"ja", "en"} {
		b.open(link + "?lang=" + l)
		b.do(chromedp.Click("h1")) // a window that nobody touched has no focus
		measure("as it comes in "+l, "light")
		// Enter may end a conversion; no browser says so to a page without script.
		look[bool](b, `(() => { document.querySelector("main").classList.add("left"); return true; })()`)
		b.do(chromedp.SendKeys("#your-function", "Sales"+kb.Enter), chromedp.Sleep(300*time.Millisecond))
		if !look[bool](b, `document.querySelector("main").classList.contains("left")`) {
			t.Errorf("in %s Enter sends the form", l)
		}
		look[bool](b, `(() => { document.querySelector("main").classList.remove("left"); return true; })()`)
		look[bool](b, `(() => { const send = document.querySelector("button[name=send]"); send.form.noValidate = true; document.querySelector("main").classList.add("left"); send.form.requestSubmit(send); return true; })()`)
		b.do(chromedp.WaitVisible("main:not(.left) #errors"))
		measure("half of it sent in "+l, "errors", "light")
	}
}

// otherSheet loads our own sheet in place of the one of who is not signed in, and says what
// looks otherwise by it, if anything does.
func (b *tab) otherSheet(t *testing.T) string {
	t.Helper()
	ours, err := bare(t).assets.path("style.css")
	if err != nil {
		t.Fatal(err)
	}
	differs, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`(async (ours) => {
		const looks = () => [...document.querySelectorAll("body, body *")].map(e => {
			const r = e.getBoundingClientRect(), s = getComputedStyle(e);
			return e.tagName + " " + [r.x, r.y, r.width, r.height] + " " + [...s].map(p => s.getPropertyValue(p)).join(";");
		});
		const link = document.querySelector("link[rel=stylesheet]"), theirs = link.href, was = looks();
		const load = href => new Promise(done => { link.onload = done; link.href = href; });
		await load(ours);
		const i = looks().findIndex((x, i) => x !== was[i]);
		await load(theirs);
		return i < 0 ? "" : was[i].slice(0, 60);
	})("`+ours+`")`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return differs
}
