package web

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// An interviewer's and a partner's pages in a browser without script: keys, a note
// off the record, the link, the answers; whole at every width. With SHOTS=dir
// they are pictured there.
func TestBrowserVoices(t *testing.T) {
	t.Parallel()
	h, lead, second := audited(t)
	link := lead.link(t)
	b := h.tab(t, browser(t))
	if _, err := chromedp.Run(b.ctx, disable(true)); err != nil {
		t.Fatal(err)
	}
	b.open("/sign-in?lang=en")
	b.fill("#email", "auditor@nordhaven.example", "#password", "a quiet morning in Kyoto")
	b.press(".primary", "nav a")
	b.pictures("keys", room)
	b.fill("#audit-pass", pass, "#audit-again", pass, "#hotline", "hotline@nordhaven.example")
	b.press(`section:has(#audit-pass) form[action$="/key"] button`, ".recovery")
	b.press(".primary", "#own-pass")
	b.fill("#own-pass", pass, "#own-again", pass)
	b.press(`section:has(#own-pass) form[action$="/key"] button`, ".recovery .line")
	b.press(".primary", `a[href$="/new"]`)
	b.press(`a[href$="/new"]`, ".either")
	b.pictures("choose", room+"/new")
	b.press(`a[href$="record=off"]`, "#text")
	b.fill("#text", secret+" 社内では優先順位が低い", "#reading-transparency", "1")
	b.do(chromedp.Click("#basis label"), chromedp.Click("#consented"))
	b.press(`.acts .primary`, ".notes")
	if got := look[string](b, `document.querySelector(".notes").textContent`); !strings.Contains(got, secret) || !strings.Contains(got, "2026") {
		t.Errorf("%q", got)
	}
	second.post(room+"/key", "which", "own", "own-pass", pass, "own-again", pass)
	for range 5 {
		second.say("partner", 2)
	}
	lead.release()
	lead.post(room+"/new", "record", "on", "pool", "partner", "function", "営業部長", "interview-day", "2026-11-20", "text", "情報は月次で共有しています。目標施設の一覧もお渡しできます。")
	b.pictures("interviews", room)
	b.pictures("off", room+"/new?record=off")
	b.pictures("on", room+"/I-001")
	b.pictures("consent", room+"/consent")
	b.open(room + "/consent?lang=ja")
	b.media("print")
	b.do(chromedp.EmulateViewport(673, 1000))
	if n := look[int](b, `document.querySelectorAll(".takealong .room").length`); n != 20 {
		t.Errorf("room to write for %d questions, off the record and on it", n)
	}
	if got := look[string](b, `getComputedStyle(document.querySelectorAll(".consent")[1].parentElement).breakBefore`); got != "page" {
		t.Errorf("the consent in the other language begins no page of its own, but %q", got)
	}
	if bad := look[[]string](b, `[...document.querySelectorAll(".takealong p, .takealong li")].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(e => e.textContent.slice(0, 30))`); len(bad) > 0 {
		t.Errorf("cut on paper: %v", bad)
	}
	b.media("")
	b.pictures("close", "/audits/A-001/close")
	b.open(link + "?lang=ja")
	b.pictures("partner", link)
	b.fill("#text-t1", "毎月第5営業日に共有しています。", "#your-function", "営業部長")
	for _, id := range []string{"e1", "e2", "e3", "e4", "c1", "c2", "c3", "t1", "t2", "t3"} {
		b.do(chromedp.Click("#answer-" + id + " label:nth-child(4) input"))
	}
	b.press(`button[name=send]`, ".answers")
	b.pictures("partner-sent", link)
	b.pictures("self", "/audits/A-001/self")
	b.pictures("gap", "/audits/A-001/gap")
}

// pictures looks at a page in both languages and at every width.
func (b *tab) pictures(name, path string) {
	b.Helper()
	for i, w := range []int64{320, 360, 768, 1440} {
		b.do(chromedp.EmulateViewport(w, 900))
		for _, l := range []string{"en", "ja"} {
			theme := []string{"light", "dark"}[i%2]
			b.open(path + map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")] + "lang=" + l + "&theme=" + theme)
			if bad := look[[]string](b, problems); len(bad) > 0 {
				b.Errorf("%s in %s at %d px: %s", name, l, w, strings.Join(bad, "; "))
			}
			if dir := os.Getenv("SHOTS"); dir != "" && w != 320 && w != 768 || w == 768 && dir != "" && l == "ja" {
				png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
				if err == nil {
					err = os.WriteFile(filepath.Join(dir, name+"-"+l+"-"+strconv.FormatInt(w, 10)+".png"), png, 0o644)
				}
				if err != nil {
					b.Error(err)
				}
			}
		}
	}
}
