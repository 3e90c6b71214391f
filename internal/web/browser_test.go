package web

import (
	"context"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"honne/internal/honnetest/corpus"
)

// browser starts a headless browser for one test; without one the test is
// skipped, in CI it fails.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		corpus.Missing(t, "no browser: install chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("lang", "en"))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

// tab drives one page and fails on whatever it says on its console.
type tab struct {
	*testing.T
	ctx context.Context
	url string
	may string // what the console may say
}

func (h *house) tab(t *testing.T, ctx context.Context) *tab {
	t.Helper()
	b := &tab{T: t, ctx: ctx, url: h.url}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil { // without a deadline: the browser lives as long
		t.Fatal(err)
	}
	var mu sync.Mutex
	var said []string
	go func() {
		for m, err := range chromedp.Console(ctx) {
			if err != nil {
				return
			}
			if m.Type == "debug" { // advice of the browser's, no warning
				continue
			}
			if m.Type == chromedp.ConsoleDebug { // advice of the browser for makers of forms, now and then
				continue
			}
			mu.Lock()
			if b.may == "" || !strings.Contains(m.Text, b.may) {
				said = append(said, m.Text)
			}
			mu.Unlock()
		}
	}()
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		if len(said) > 0 {
			t.Errorf("the console says %q", said)
		}
	})
	return b
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

func (b *tab) open(path string) { b.Helper(); b.do(chromedp.Navigate(b.url + path)) }

func (b *tab) fill(pairs ...string) {
	b.Helper()
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" { // an empty value cannot be set
			b.do(chromedp.SetValue(pairs[i], pairs[i+1]))
		}
	}
}

// press clicks and waits for what must be there then, and was not before: else the
// test would go on while the next page is still coming.
func (b *tab) press(button, then string) { b.Helper(); b.turn(chromedp.Click(button), then) }

// enter is press by the keyboard. On a page with a frame of its own process a click
// is taken by what was there in the picture last drawn: after the page has moved, by
// the frame.
func (b *tab) enter(button, then string) {
	b.Helper()
	b.turn(chromedp.SendKeys(button, kb.Enter), then)
}

func (b *tab) turn(act chromedp.Action[chromedp.Void], then string) {
	b.Helper()
	if look[bool](b, `[...document.querySelectorAll(`+strconv.Quote(then)+`)].some(e => e.checkVisibility())`) {
		b.Errorf("%s is there before the button is pressed", then)
	}
	b.do(act, chromedp.WaitVisible(then))
}

func look[T any](b *tab, js string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](js))
	if err != nil {
		b.Fatal(err)
	}
	return v
}

// The first run, in a browser: from nothing to the cell behind a figure, with
// script and without.
func TestBrowserFirstRun(t *testing.T) {
	t.Parallel()
	for _, script := range []bool{true, false} {
		t.Run(fmt.Sprintf("script=%v", script), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			b := h.tab(t, browser(t))
			if _, err := chromedp.Run(b.ctx, disable(!script)); err != nil {
				t.Fatal(err)
			}
			b.firstRun()
			b.open("/distributors/miyako-medical")
			b.press(".kpi:first-child dd.v a", ".formula a")
			if !script {
				b.press("#evidence .formula a", "#evidence .cells")
				return
			}
			b.press("dialog.dr[open] .formula a", "dialog.dr[open] .cells")
			if got := look[string](b, "document.activeElement.className"); got != "btn sm close" {
				t.Errorf("focus moves into the drawer: %q", got)
			}
			b.do(chromedp.SendKeys("dialog.dr .close", strings.Repeat(kb.Tab, 12)))
			if !look[bool](b, `document.activeElement === document.body || !!document.activeElement.closest("dialog.dr")`) {
				t.Error("the drawer does not hold the focus")
			}
			b.do(chromedp.SendKeys("dialog.dr .close", kb.Escape), chromedp.WaitVisible(".kpi:first-child dd.v a:focus"))
			b.keys()
			b.converts()
		})
	}
}

// keys presses single keys: they work on the page, and not in a field, while an
// input method composes, or when they are switched off.
func (b *tab) keys() {
	b.Helper()
	const press = `(document.activeElement || document.body).dispatchEvent(new KeyboardEvent("keydown", {key: %q, bubbles: true, isComposing: %v})), `
	const list = `document.getElementById("keys").open`
	look[bool](b, fmt.Sprintf(press, "e", false)+"true") // evidence of the focused number
	b.do(chromedp.WaitVisible("dialog.dr[open] .formula"))
	b.press("dialog.dr .close", ".kpi:first-child dd.v a:focus")
	for _, c := range []struct {
		name, js string
		want     bool
	}{
		{"composing", fmt.Sprintf(press, "?", true) + list, false},
		{"in a field", `document.getElementById("asof").focus(), ` + fmt.Sprintf(press, "?", false) + list, false},
		{"the list of keys", `document.activeElement.blur(), ` + fmt.Sprintf(press, "?", false) + list, true},
		{"closed again", fmt.Sprintf(press, "Escape", false) + list, false},
	} {
		if got := look[bool](b, c.js); got != c.want {
			b.Errorf("%s: %v", c.name, got)
		}
	}
	b.open("/distributors/miyako-medical?keys=off")
	if look[bool](b, fmt.Sprintf(press, "?", false)+list) {
		b.Error("the keys are switched off, and work")
	}
}

// converts types by an input method: the Enter that ends a conversion sends no form,
// whether the browser calls it a part of the conversion or only gives it its code; the
// next Enter does.
func (b *tab) converts() {
	b.Helper()
	b.may = "status of 422"
	b.open("/distributors/new")
	call := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	enter := func(code int64, text string) {
		b.Helper()
		for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
			_, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: code, Text: text})
			call(err)
		}
	}
	here := func(when string) {
		b.Helper()
		time.Sleep(300 * time.Millisecond) // a form that is sent by mistake has gone by then
		if got := look[string](b, `[location.pathname, document.getElementById("name-ja").value, !!document.querySelector("#errors,[role=status]")].join(" ")`); got != "/distributors/new 日本 false" {
			b.Errorf("%s: %s", when, got)
		}
	}
	look[bool](b, `document.querySelector("main form").noValidate = true, document.getElementById("name-ja").focus(), true`)
	_, err := chromedp.Call(b.ctx, input.ImeSetComposition, input.ImeSetCompositionParams{Text: "にほん", SelectionStart: 3, SelectionEnd: 3})
	call(err)
	enter(229, "\r") // within the conversion
	_, err = chromedp.Call(b.ctx, input.InsertText, input.InsertTextParams{Text: "日本"})
	call(err)
	here("within the conversion")
	enter(229, "\r") // as a browser that ends the conversion first
	here("after the conversion")
	enter(13, "\r")
	b.do(chromedp.WaitVisible("#errors"))
}

func disable(off bool) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: off})
		return chromedp.Void{}, err
	}
}

func (b *tab) firstRun() {
	b.Helper()
	b.register()
	b.send("2026年4月売上.csv", april)
	b.press(".acc .primary", "[role=status]")
}

// problems are what a page must not have, at any width.
const problems = `(() => {
  const out = [], root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) out.push("wider than the window: " + root.scrollWidth);
  for (const e of document.querySelectorAll("body *")) {
    const s = getComputedStyle(e);
    if (s.fontStyle !== "normal") out.push("italic " + e.tagName);
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (own && parseFloat(s.fontSize) < 12) out.push("small text " + e.tagName + " " + e.textContent);
  }
  for (const svg of document.querySelectorAll("svg[viewBox]:not(.ic):not(.mk)")) {
    const r = svg.getBoundingClientRect();
    const drawn = svg.viewBox.baseVal.width, most = svg.closest(".cv") ? 1.2 * drawn : drawn;
    if (r.width && (r.width < drawn - 1 || r.width > most + 1)) out.push("a drawing of " + drawn + " px is scaled to " + r.width);
  }
  for (const e of document.querySelectorAll("button, .btn, .seg a, nav a, summary, select, input:not([type=hidden])")) {
    const r = e.getBoundingClientRect();
    if (r.width && r.height < (e.type === "checkbox" || e.type === "radio" ? 18 : 24)) out.push("a target of " + r.height + " px: " + e.textContent.slice(0, 20));
  }
  for (const e of document.querySelectorAll(".seg")) if (e.checkVisibility() && e.scrollWidth > e.clientWidth + 1) out.push("choices out of sight: " + e.textContent);
  for (const e of document.querySelectorAll("a.btn, button.btn")) {
    for (const n of e.childNodes) for (const m of n.nodeType === 3 ? n.data.matchAll(/[A-Za-z]+/g) : []) {
      const r = document.createRange();
      r.setStart(n, m.index);
      r.setEnd(n, m.index + m[0].length);
      if (r.getClientRects().length > 1) out.push("a broken word: " + m[0]);
    }
  }
  let level = 1;
  for (const h of document.querySelectorAll("h1, h2, h3")) {
    const n = Number(h.tagName[1]);
    if (n > level + 1) out.push("a heading level is skipped: " + h.textContent);
    level = n;
  }
  for (const e of document.querySelectorAll(".scroll")) if (e.tabIndex < 0 || !e.getAttribute("aria-label")) out.push("a scroll box without focus or name");
  if (document.querySelectorAll("h1").length !== 1) out.push("not one h1");
  const hole = document.body.innerText.match(/\{[a-z][a-z-]*\}/);
  if (hole) out.push("an argument is missing: " + hole[0]);
  return out.slice(0, 5);
})()`

func TestBrowserEveryWidth(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.tab(t, browser(t))
	b.firstRun()
	paths := []string{"/", "/portfolio", "/intake", "/intake/1", "/distributors/new", "/distributors/miyako-medical"}
	for _, more := range []string{"/brief", "/figures", "/signals", "/files", "/evidence/sales", "/evidence/measure/completeness", "/plan/new"} {
		paths = append(paths, "/distributors/miyako-medical"+more)
	}
	for _, w := range []int64{320, 360, 768, 1024, 1440} {
		b.do(chromedp.EmulateViewport(w, 900))
		for i, path := range paths {
			if w == 320 && i%3 != 0 || w == 1024 && i%3 != 1 { // the others lie between two widths that are looked at
				continue
			}
			l := []string{"en", "ja"}[(i+int(w/360))%2]
			b.open(path + "?lang=" + l)
			if bad := look[[]string](b, problems); len(bad) > 0 {
				t.Errorf("%s in %s at %d px: %s", path, l, w, strings.Join(bad, "; "))
			}
		}
	}
}
