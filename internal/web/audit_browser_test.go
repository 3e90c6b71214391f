package web

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"honne"
	"honne/internal/sample"
)

// A whole audit of a sample in a browser, in each language: evidence list, ten
// ratings, the partner's own answers, five voices off the record, findings, the
// outcome with its signatures, the partner's document gone through and published,
// the corrective plan after it, and an action that next month's file closes.
func TestBrowserAudit(t *testing.T) {
	t.Parallel()
	all, err := sample.All(sample.Size{Months: 24, Customers: 12, Products: 4})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range []string{"en", "ja"} {
		t.Run(l, func(t *testing.T) {
			t.Parallel()
			w := &walk{h: newHouse(t), lang: l}
			w.h.settle()
			if w.partner, err = w.h.loadSample(t.Context(), all[1]); err != nil {
				t.Fatal(err)
			}
			w.lead, w.second = w.h.person("auditor"), w.h.person("auditor")
			w.tab = w.h.tab(t, browser(t))
			w.begin()
			w.rate()
			w.answers()
			w.voices()
			w.findings()
			w.decide()
			w.plan()
			w.goOut()
			w.nextMonth()
		})
	}
}

// walk is a browser on its way through an audit.
type walk struct {
	*tab
	h            *house
	lang         string
	partner      honne.DistributorID
	lead, second *house
}

// as lets somebody else sit down at the browser.
func (w *walk) as(email string) {
	w.Helper()
	w.open("/sign-in")
	if look[bool](w.tab, `!!document.querySelector("form[action='/sign-out']")`) {
		look[bool](w.tab, `document.querySelector("form[action='/sign-out']").submit() || true`)
		w.do(chromedp.WaitVisible("#password"))
	}
	w.open("/sign-in?lang=" + w.lang)
	w.fill("#email", email+"@nordhaven.example", "#password", "a quiet morning in Kyoto")
	w.press(".primary", "form[action='/sign-out']")
}

func (w *walk) begin() {
	w.as("kirsten")
	w.open("/audits/new")
	w.fill("#audit-title", "FY2025", "#audit-from", "2025-04-01", "#audit-to", "2026-03-31", "#audit-known", "2026-06-12")
	w.do(chromedp.Click("#declared"), chromedp.Click("#team-2"), chromedp.Click("#team-3"))
	w.press(".acts .primary", ".pillars")
	w.as("auditor")
	w.open("/audits/A-001/requests")
	w.do(chromedp.Click("#r1 summary"))
	w.fill("#received-1", "2026-05-13", "#grade-1", "B")
	w.press("#r1 form button", "#r1 .tag.ok")
	if got := look[string](w.tab, `document.querySelector("#received-1").value + document.querySelector("#grade-1").value`); got != "2026-05-13B" {
		w.Errorf("the next form does not hold what was noted: %q", got)
	}
}

func (w *walk) rate() {
	w.criterion()
	for _, d := range honne.AllDimensions {
		w.open("/audits/A-001/criteria/" + short(d.Slug))
		score := "2"
		if d.Pillar == "compliance" {
			score = "3"
		}
		if got := look[string](w.tab, fmt.Sprintf(pressKey, score)+`document.querySelector("input[name=score]:checked").value`); got != score {
			w.Errorf("the key %s chooses %q", score, got)
		}
		w.fill("#grade", "B", "#because", "Seen in their files.")
		w.press("form .primary", "[role=status]")
	}
}

// pressKey presses a single key where the focus is.
const pressKey = `(document.activeElement || document.body).dispatchEvent(new KeyboardEvent("keydown", {key: %q, bubbles: true})), `

// criterion looks at the page of a criterion at every width; keys choose no score
// while somebody writes, and n goes to the next criterion without one.
func (w *walk) criterion() {
	if w.lang == "en" { // in both languages
		w.pictures("criterion", "/audits/A-001/criteria/transparency")
	}
	w.open("/audits/A-001/criteria/transparency?theme=light&lang=" + w.lang)
	w.do(chromedp.Click("#because"))
	if look[bool](w.tab, fmt.Sprintf(pressKey, "4")+`document.querySelector("input[name=score]:checked") !== null`) {
		w.Error("a digit that is written chooses a score")
	}
	next := look[string](w.tab, `document.activeElement.blur(), document.getElementById("next-open").pathname`)
	look[bool](w.tab, fmt.Sprintf(pressKey, "n")+"true")
	w.do(chromedp.WaitVisible("a[rel=prev][href$='/transparency']"))
	if got := look[string](w.tab, "location.pathname"); got != next {
		w.Errorf("n goes to %s and not to %s", got, next)
	}
}

func (w *walk) answers() {
	link := w.lead.link(w.T)
	w.open(link + "?lang=" + w.lang)
	for _, d := range honne.AllDimensions {
		w.do(chromedp.Click("#answer-" + strings.ToLower(d.ID) + " label:nth-child(4) input"))
	}
	w.fill("#your-function", "営業部長")
	w.press("button[name=send]", ".answers")
}

// voices makes the keys, writes down five people off the record and releases what
// they say together, all of it on the pages.
func (w *walk) voices() {
	w.as("auditor")
	w.key("audit")
	w.as("auditor2")
	w.key("own")
	for range 5 {
		w.open(room + "/new?record=off")
		w.fill("#text", secret+" 社内では優先順位が低い", "#reading-transparency", "2")
		w.do(chromedp.Click("#basis label"), chromedp.Click("#consented"))
		w.press(".acts .primary", ".notes")
	}
	if n := look[int](w.tab, `document.querySelectorAll(".notes a").length`); n != 5 {
		w.Errorf("%d notes of one's own", n)
	}
	w.as("auditor")
	w.open(room)
	w.press(`section:has(form[action$="/release"]) form[action$="/lock"] button`, "#audit-pass")
	w.fill("#audit-pass", pass)
	w.press(`section:has(#audit-pass) form[action$="/unlock"] button`, `form[action$="/release"] button`)
	w.press(`form[action$="/release"] button`, "[role=status]")
	w.open("/audits/A-001/gap")
	if got := look[string](w.tab, "document.querySelector('main').textContent"); strings.Contains(got, secret) || !strings.Contains(got, "2.0") {
		w.Error("the gap does not show what five voices say together")
	}
}

// key makes a key of the visitor: the recovery sheet is shown once.
func (w *walk) key(which string) {
	w.open(room)
	w.fill("#"+which+"-pass", pass, "#"+which+"-again", pass)
	w.press(`section:has(#`+which+`-pass) form[action$="/key"] button`, ".recovery .line")
}

func (w *walk) findings() {
	for _, f := range []struct{ kind, cause, dimension, en, ja, oursEN, oursJA string }{
		{"strength", "", "data-integrity", "Stock came for each month.", "在庫は毎月いただいております。", "", ""},
		{"strength", "", "regulatory", "The lot was traced within a day.", "ロット追跡試験は1営業日以内に完了いたしました。", "", ""},
		{"gap", "own-side", "transparency", "Our form has no field for a code.", "当社の様式に記号の欄がございません。", "We send a new form by 17 July 2026.", "2026年7月17日（金）までに新しい様式をお届けいたします。"}} {
		w.open("/findings/new?audit=A-001&dimension=" + f.dimension)
		w.fill("#kind", f.kind, "#cause", f.cause, "#seen", f.en, "#internal", "FRANK", "#evidence", "mail.mbox", "#partner-en", f.en, "#partner-ja", f.ja, "#ours-en", f.oursEN, "#ours-ja", f.oursJA)
		w.do(chromedp.Click("#share"))
		w.press("form .primary", "[role=status]")
	}
}

func (w *walk) decide() {
	w.h.person("director")
	w.h.person("cfo")
	w.as("director")
	w.open("/audits/A-001/outcome")
	w.do(chromedp.Click("input[name=decided][value=corrective-action]"))
	w.fill("#why", "Dates before notice is due.", "#deadline", "2026-09-30")
	w.press("form .primary", "[role=status]")
	w.press("form.acts button", "ul.plainlist.gap li")
	w.as("cfo")
	w.open("/audits/A-001/outcome")
	w.press("form.acts button", "ul.plainlist.gap li:nth-child(2)")
}

func (w *walk) plan() {
	w.as("kirsten")
	w.open("/audits/A-001/outcome")
	w.do(chromedp.Click("#plan summary"))
	w.fill("#what-ja", "覚書のもと、施設名をご記入いただく。", "#what-en", "Sites are named under the agreement.", "#ours-ja", "覚書の最終案をお届けいたします。", "#ours-en", "We send the agreement.",
		"#metric", "visibility-index", "#target", "80", "#action-due", "2026-09-30", "#owner-ours", "Anna Berg", "#owner-theirs", "高橋 誠",
		"#consequence-ja", "結果は2027年4月以降のお取引条件の検討に用います。", "#consequence-en", "The result is used when we consider the terms from April 2027.")
	w.press("#plan form button", "#plan .reqs li .tag")
	if look[bool](w.tab, `document.querySelector("#plan .tag.ok") !== null`) {
		w.Error("an action is done before a figure says so")
	}
	w.open("/audits/A-001/actions/1")
	w.fill("#action-begun", "2026-06-15") // the sample was read months before today
	w.press("form.panel .primary", "#plan .reqs li .tag")
}

// goOut looks at the partner's document, notes that it was gone through with their
// lead, publishes it and then the corrective plan, and finds both in the list.
func (w *walk) goOut() {
	w.open("/audits/A-001/publish?in=" + w.lang)
	w.do(chromedp.WaitVisible("#ahead .note.warn"))
	w.enter("#ahead summary", "#ahead-with")
	w.fill("#ahead-with", "営業本部長", "#ahead-meeting", "2026-12-01")
	w.enter("#ahead details .btn", "#ahead ul li")
	if look[bool](w.tab, `document.querySelector("#ahead .note.warn") !== null`) {
		w.Error("six business days before the meeting warn")
	}
	w.do(chromedp.WaitVisible("iframe.sheet"))
	frame := w.h.get("/audits/A-001/publish/file?in=" + w.lang + "&format=html&inline=1")
	if frame.status != 200 || strings.Contains(frame.body, "FRANK") || strings.Contains(strings.ToLower(frame.body), "honne") || strings.Contains(frame.body, "Anna Berg") {
		w.Errorf("the partner's page: %d", frame.status)
	}
	w.enter("#drafts .primary", "#published li .digest")
	w.open("/audits/A-001/publish?kind=plan&in=" + w.lang)
	plan := w.h.get("/audits/A-001/publish/file?kind=plan&in=" + w.lang + "&format=html&inline=1")
	if plan.status != 200 || strings.Contains(plan.body, "FRANK") || !strings.Contains(plan.body, "2027") || strings.Contains(plan.body, "Anna Berg") {
		w.Errorf("the partner's plan: %d", plan.status)
	}
	w.enter("#drafts .primary", "#published li:nth-child(2) .digest")
	if w.lang == "en" { // in both languages
		w.pictures("publish", "/audits/A-001/publish?in=ja")
	}
}

// nextMonth takes in a month whose sales name their sites: the action is done.
func (w *walk) nextMonth() {
	const june = "売上日,得意先コード,得意先名,施設名,品番,品名,数量,金額（千円）\n2026-06-10,D01,関東メディカル,青葉病院,NS-1,プレート,12,1250\n2026-06-17,D01,関東メディカル,緑クリニック,NS-2,スクリュー,3,310\n"
	id, err := w.h.receive(w.Context(), Upload{Distributor: w.partner, Name: "売上報告_202606.csv", Bytes: strings.NewReader(june), Received: time.Date(2026, 7, 14, 9, 0, 0, 0, honne.Japan), By: 1})
	if err != nil {
		w.Fatal(err)
	}
	if err := w.h.works.Accept(w.Context(), 1, id); err != nil {
		w.Fatal(err)
	}
	w.open("/audits/A-001/outcome")
	w.do(chromedp.WaitVisible("#plan .tag.ok"))
}
