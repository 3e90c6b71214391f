package web

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// Scrolled to its end, no page has its last words under the fixed bar: something of the
// page's ground stands between them.
func TestBrowserBarLeavesTheEnd(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.tab(t, browser(t))
	b.register()
	b.send("2026年4月売上.csv", letters)
	at := look[string](b, `location.pathname`)
	for _, size := range [][2]int64{{1440, 900}, {1024, 900}, {360, 780}} {
		b.do(chromedp.EmulateViewport(size[0], size[1]))
		b.open(at)
		gap := look[float64](b, `(() => { scrollTo(0, document.documentElement.scrollHeight); const bar = document.querySelector(".acc"); return bar.getBoundingClientRect().top - bar.previousElementSibling.getBoundingClientRect().bottom })()`)
		if gap < 12 {
			t.Errorf("at %v the bar stands %v px below the page's end", size, gap)
		}
	}
}
