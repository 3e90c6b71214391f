package web

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// From an unknown to what makes it known, in a browser: the sign leads to its
// form, the entry stands in the log; a check-in is written down and the sign acted
// on. In both languages, with script and without, at both ends of the widths.
func TestBrowserWatch(t *testing.T) {
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
			b.open(miyako + "/signals/customer-access?lang=" + l)
			b.press("a[href='"+miyako+"/log/access/new']", "#whom")
			b.fill("#whom", "鈴木教授", "#asked", "2026-10-01", "#answer", "refused", "#answered", "2026-10-08")
			b.press("form.panel .primary", "[role=status]")
			b.widths(miyako + "/log/access/1")
			b.open(miyako + "/check-ins/new")
			b.fill("#activity-what-1", "青葉病院", "#our-side-what-1", "Training in Osaka")
			b.press("form.top .primary", "[role=status]")
			b.open(miyako + "/signals/customer-access")
			b.fill("#act-what", "Asked for a joint visit")
			b.press("form[action$='/act'] .primary", "[role=status]")
			for _, path := range []string{"/log", "/log/our-act/new", "/check-ins/new", "/signals", "/signals/customer-access", "/our-side", "/dependency"} {
				b.widths(miyako + path)
			}
			b.widths("/our-side")
		})
	}
}

// The portfolio's views and what a person is told of, in a browser, at both ends
// of the widths; a filter is chosen with script and without.
func TestBrowserPortfolio(t *testing.T) {
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
			if err := h.loadSamples(t.Context(), 1); err != nil {
				t.Fatal(err)
			}
			b.open("/portfolio?lang=" + l)
			b.fill("#show", "both")
			b.do(chromedp.Click(".filters .btn"), chromedp.WaitVisible("a[href*='show=both'][href*='view=map']"))
			if n := look[int](b, "document.querySelectorAll('.pf tbody tr').length"); n != 1 {
				t.Errorf("the filter leaves %d partners", n)
			}
			for _, path := range []string{"/portfolio", "/portfolio?view=map", "/portfolio?view=charts", "/portfolio?view=charts&scale=own", "/settings/notices", "/settings/post", miyako + "/log/market-estimate/new", miyako + "/log/market-event/new"} {
				b.widths(path)
			}
		})
	}
}
