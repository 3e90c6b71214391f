package web

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// firstMonth has headers that nobody knows, a figure with letters in it and no
// unit; secondMonth is the same report a month later.
const (
	firstMonth  = "令和8年4月分,,,\n取引先さま,記号,X,Y\n青葉病院,A-1,3,\"3,000\"\n若葉医院,A-2,2,\"1,2OO\"\n合計,,5,\"4,200\"\n"
	secondMonth = "令和8年5月分,,,\n取引先さま,記号,X,Y\n青葉病院,A-1,4,\"4,000\"\n若葉医院,A-2,2,\"1,100\"\n合計,,6,\"5,100\"\n"
)

// A first month in which everything is asked, and a second in which nothing is.
func TestBrowserTwoMonths(t *testing.T) {
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
			b.send("report-202604.csv", firstMonth)
			b.press(".steps li:nth-child(3) a", "#columns")
			b.fill("#mA", "end_user_name", "#mB", "product_code", "#mC", "quantity", "#mD", "amount")
			b.press("#columns .primary", "#to-resolve")
			b.press(".facts a", "#body")
			b.fill("#kind", "sales", "#unit", "1000")
			b.press("form[action$='/table'] .primary", "#to-resolve .pr")
			if script {
				look[bool](b, `document.dispatchEvent(new Event("x")), document.querySelector(".pr button").focus(), document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "1", bubbles: true})), true`)
			} else {
				b.do(chromedp.Click(".pr .tonal"))
			}
			b.do(chromedp.WaitVisible(".acc button.primary"))
			b.press(".acc .primary", "[role=status]")

			b.send("report-202605.csv", secondMonth)
			b.do(chromedp.WaitVisible(".acc button.primary"))
			if open := look[int](b, `document.querySelectorAll(".pr li").length`); open != 0 {
				t.Errorf("the second month asks %d questions", open)
			}
			b.press(".acc .primary", "[role=status]")
			b.open("/distributors/miyako-medical/figures?unit=jpy-k")
			if got := look[string](b, `document.body.textContent`); !containsAll(got, "4,200", "5,100") {
				t.Errorf("figures of both months: %s", got)
			}
		})
	}
}

// register makes the first account and a partner.
func (b *tab) register() {
	b.Helper()
	b.open("/")
	b.fill("#your-name", "Kirsten Larsen", "#our-name", "Nordhaven AB", "#email", "k@nordhaven.example", "#password", "a quiet morning in Kyoto")
	b.press("form[action='/setup'] .primary", "#own")
	b.fill("#name", "Miyako Medical", "#name-ja", "株式会社みやこメディカル商会")
	b.press("form[action='/distributors/new'] .primary", "#files")
}

// send uploads a file and waits for its review.
func (b *tab) send(name, text string) {
	b.Helper()
	file := filepath.Join(b.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	b.open("/intake")
	b.do(chromedp.SetUploadFiles("#files", []string{file}))
	b.press("form[action='/intake'] .primary", ".steps")
}

func containsAll(s string, parts ...string) bool {
	for _, p := range parts {
		if !strings.Contains(s, p) {
			return false
		}
	}
	return true
}
