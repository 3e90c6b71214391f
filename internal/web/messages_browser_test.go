package web

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// From a message to the promise in it, which is confirmed and kept: in both
// languages, with script and without, and whole at every width.
func TestBrowserMessages(t *testing.T) {
	t.Parallel()
	for _, script := range []bool{true, false} {
		t.Run(fmt.Sprintf("script=%v", script), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			b := h.tab(t, browser(t))
			if _, err := chromedp.Run(b.ctx, disable(!script)); err != nil {
				t.Fatal(err)
			}
			b.register()
			h.correspond()
			b.open(miyako + "/messages?lang=en")
			b.press(`.mails a[href$="/messages/3#m-3"]`, ".mailthread mark.reason")
			b.press("mark.promise + a.code", "#h-a")
			b.keep()
			b.open(miyako + "/agreements?lang=ja")
			b.press(`.pr a[href="/agreements/G-002"]`, "#h-a")
			b.keep()
			b.open(miyako + "/agreements")
			if got := look[string](b, `document.querySelector(".unk summary").textContent`); !strings.Contains(got, "完了・見送り 2件") {
				t.Errorf("settled: %q", got)
			}
			if got := look[bool](b, `document.documentElement.lang === "ja"`); !got {
				t.Error("the language is not kept")
			}
			if script {
				b.everyWidth()
			}
		})
	}
}

// keep confirms the promise of the page, and says that it was kept today.
func (b *tab) keep() {
	b.Helper()
	b.press(`form[action$="/confirm"] .primary`, `form[action$="/kept"] .primary`)
	b.do(chromedp.WaitVisible(".q.one p[lang=ja]"))
	b.press(`form[action$="/kept"] .primary`, `form[action$="/reopen"]`)
}

// everyWidth looks at the pages of messages and agreements.
func (b *tab) everyWidth() {
	b.Helper()
	paths := []string{"/", miyako + "/messages", miyako + "/messages/3", miyako + "/agreements", miyako + "/agreements/new", "/agreements/G-001", "/agreements/G-001/edit"}
	for i, w := range []int64{320, 360, 768, 1024, 1440} {
		b.do(chromedp.EmulateViewport(w, 900))
		for j, path := range paths {
			l := []string{"en", "ja"}[(i+j)%2]
			b.open(path + "?lang=" + l)
			if bad := look[[]string](b, problems); len(bad) > 0 {
				b.Errorf("%s in %s at %d px: %s", path, l, w, strings.Join(bad, "; "))
			}
		}
	}
}
