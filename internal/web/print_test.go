package web

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"honne/internal/honnetest/corpus"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// printed is what a page on paper must not have: navigation, buttons, a ground
// that is not white, a chart that is cut, no number of the page, no mark.
const printed = `(() => {
  const out = [];
  for (const e of document.querySelectorAll("nav, .side, .btn, .seg, select, .noprint")) if (e.getClientRects().length) out.push("shown: " + e.tagName + "." + e.className);
  for (const e of document.querySelectorAll("html, body, main, .panel, .kpis")) {
    const c = getComputedStyle(e).backgroundColor;
    if (c !== "rgb(255, 255, 255)" && c !== "rgba(0, 0, 0, 0)") out.push("not white: " + e.tagName + " " + c);
  }
  const wide = document.documentElement.clientWidth;
  for (const e of document.querySelectorAll("svg, table, p, li")) if (e.getBoundingClientRect().right > wide + 1) out.push("cut: " + e.tagName);
  for (const e of document.querySelectorAll(".scroll")) if (e.scrollWidth > e.clientWidth + 1) out.push("scrolls: " + e.textContent.slice(0, 20));
  const feet = [...document.styleSheets].flatMap(s => [...s.cssRules]).filter(r => r instanceof CSSPageRule).map(r => r.cssText).join(" ");
  if (!feet.includes("counter(page)")) out.push("no number of the page");
  if (!feet.includes(MARK)) out.push("no mark: " + feet);
  return out.slice(0, 8);
})()`

// TestBrowserPrint: pages on A4 have no navigation, no cut chart, page numbers,
// the mark of our edition on each page, and a white ground, whatever the theme.
func TestBrowserPrint(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.tab(t, browser(t))
	b.firstRun()
	for i, path := range []string{"/distributors/miyako-medical", "/distributors/miyako-medical/brief", "/distributors/miyako-medical/figures"} {
		l, mark := "en", "Internal, not for the partner"
		if i == 0 {
			l, mark = "ja", "社内用（先方には非公開）"
		}
		b.open(path + "?theme=dark&lang=" + l)
		b.media("print")
		b.do(chromedp.EmulateViewport(673, 1000)) // 178 mm, the width of the print
		if bad := look[[]string](b, strings.ReplaceAll(printed, "MARK", `"`+mark+`"`)); len(bad) > 0 {
			t.Errorf("%s on paper: %s", path, strings.Join(bad, "; "))
		}
		b.onPaper(path, mark)
		b.media("")
	}
}

func (b *tab) media(name string) {
	b.Helper()
	ctx := b.ctx
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: name}); err != nil {
		b.Fatal(err)
	}
}

// onPaper prints the page and, where the text of a PDF can be read, wants the mark
// and the number on each page.
func (b *tab) onPaper(path, mark string) {
	b.Helper()
	yes := true
	pdf, err := chromedp.Call(b.ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &yes})
	if err != nil {
		b.Fatal(err)
	}
	if dir := os.Getenv("PREVIEW"); dir != "" {
		os.WriteFile(filepath.Join(dir, filepath.Base(path)+".pdf"), pdf.Data, 0o644)
	}
	text := pdfText(b, pdf.Data)
	pages := strings.Split(strings.TrimSuffix(text, "\f"), "\f")
	for i, p := range pages {
		if !strings.Contains(strings.ReplaceAll(p, " ", ""), strings.ReplaceAll(mark, " ", "")) || !strings.Contains(strings.ReplaceAll(p, " ", ""), "/"+string(rune('0'+len(pages)))) {
			b.Errorf("%s, page %d of %d: no mark or no number:\n%s", path, i+1, len(pages), p)
		}
	}
}

// pdfText is the text of a PDF, page by page.
func pdfText(t testing.TB, pdf []byte) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), corpus.Tool(t, "pdftotext"), "-layout", "-enc", "UTF-8", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	text, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
