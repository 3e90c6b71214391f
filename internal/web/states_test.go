package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"honne/internal/auth"
)

var (
	aside  = regexp.MustCompile(`(?s)<div class="crumb">.*?</div>|<nav .*?</nav>|<p class="small muted owing">.*?</p>|<div class="ctl".*?</div>|<form method="get".*?</form>`)
	action = regexp.MustCompile(`<a class="btn[^"]*" href="[^"]+"|<button class="btn|<a href="[^#"][^"]*"`)
)

// state is a page in a state with nothing to show: what it says, in both languages,
// and what it offers to do next.
type state struct{ path, en, ja, door string }

// says looks at the states: each says why in a sentence, and offers what to do.
func (h *house) says(t *testing.T, states []state) {
	t.Helper()
	for _, s := range states {
		for l, want := range map[string]string{"en": s.en, "ja": s.ja} {
			a := h.get(withLang(s.path, l))
			if a.status != http.StatusOK {
				t.Errorf("%s: %d", s.path, a.status)
				continue
			}
			checkPage(t, s.path, l, a)
			main := aside.ReplaceAllString(a.body[strings.Index(a.body, "<main"):], "")
			if !strings.Contains(main, want) {
				t.Errorf("%s in %s does not say %q:\n%s", s.path, l, want, strings.Join(strings.Fields(tags.ReplaceAllString(main, " ")), " "))
			}
			if s.door != "" && !strings.Contains(main, s.door) || !action.MatchString(main) {
				t.Errorf("%s in %s does not offer %s, but %q", s.path, l, s.door, action.FindAllString(main, -1))
			}
		}
	}
}

// Line 35: what a page says when there is nothing yet, and what it offers.
func TestEmptyStates(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.says(t, []state{
		{"/", "Nothing is waiting.", "お待ちの案件はありません。", `href="/distributors/new"`},
		{"/portfolio", "There is no partner yet.", "パートナーはまだ登録されていません。", `action="/setup/sample"`},
		{"/intake", "Add a partner first: a file belongs to one.", "先にパートナーを登録してください。", `href="/distributors/new"`},
		{"/claims", "No reason has been confirmed yet.", "確定した先方説明はまだありません。", `href="/claims/new"`},
		{"/audits", "No audit yet.", "監査はまだありません。", `href="/distributors/new"`},
		{"/our-side", "There is no partner yet.", "パートナーはまだ登録されていません。", `<button class="btn`},
		{"/rates", "No exchange rates yet", "為替レートが未登録のため", `href="/rates/new"`},
		{"/settings/mailboxes", "No partner of your own has mail domains yet", "メールドメインが登録されたパートナーがない", `<button class="btn`},
	})
	h.post("/distributors/new", "name", "Miyako Medical", "name-ja", "株式会社みやこメディカル商会", "starts", "4", "due-day", "5")
	const none, keine, upload = "No file has been accepted yet, so there is nothing to show.", "取込済みのファイルがないため、表示できる内容はまだありません。", `href="/intake?distributor=miyako-medical`
	h.says(t, []state{
		{"/", "Most useful next: the partner’s sales reports", "次に役立つもの：先方の販売実績", `href="` + miyako + `"`},
		{"/portfolio", "n.r.", "未", `href="` + miyako + `#h-n"`},
		{"/intake", "No file has come in yet.", "受領したファイルはまだありません。", `<button class="btn`},
		{"/audits", "No audit yet.", "監査はまだありません。", `href="/audits/new"`},
		{miyako, none, keine, upload},
		{miyako + "/figures", none, keine, upload},
		{miyako + "/signals", none, keine, upload},
		{miyako + "/signals/visibility", "unknown is not clear", "不明は「兆候なし」ではありません", upload},
		{miyako + "/claims", "No reason has been confirmed yet.", "確定した先方説明はまだありません。", `href="/claims/new?distributor=miyako-medical"`},
		{miyako + "/agreements", "Nothing is agreed yet.", "合意事項はまだありません。", miyako + `/agreements/new"`},
		{miyako + "/messages", "No messages are kept yet.", "保存されているメールはまだありません。", upload},
		{miyako + "/log", "Nothing written yet", "まだ記録のない項目", miyako + `/log/activity/new`},
		{miyako + "/files", none, keine, upload},
		{miyako + "/brief", "No month of sales has been reported yet.", "販売実績の報告がまだありません。", `<a `},
		{miyako + "/names", "No names to decide.", "確認が必要な名称はありません。", upload},
		{miyako + "/rules", "Nothing is remembered yet.", "まだ記憶した内容はありません。", upload},
		{miyako + "/dependency", "It is not known yet how balanced this is", "釣り合いはまだ判断できません。", miyako + `/log/`},
		{miyako + "/our-side", "Nothing on record yet.", "まだ記録がありません。", miyako + `/log/`},
		{miyako + "/evidence/measure/growth", "not known", "未把握", `<a `},
	})
}

// Line 35: an audit in which nothing was done yet says so on each of its pages, with
// what to do next; so does a file that cannot be read.
func TestEmptyAudit(t *testing.T) {
	t.Parallel()
	h, lead, _ := audited(t)
	const at = "/audits/A-001"
	lead.says(t, []state{
		{at, "No finding yet.", "確認事項はまだありません。", at + `/criteria/`},
		{at + "/criteria/transparency", "Not rated yet.", "まだ評価されていません。", `<button class="btn`},
		{at + "/requests", "0 of 0 lines are open", "0件中0件が未回答", `<button class="btn`},
		{at + "/self", "No answer yet.", "まだ回答はありません。", `<button class="btn`},
		{at + "/interviews", "No interview on the record yet.", "公式発言の面談記録はまだありません。", at + `/interviews/new"`},
		{at + "/interviews", "nothing is shown, not even how many", "人数を含め、何も表示しません", at + `/interviews/new"`},
		{at + "/gap", "cannot be verified", "確認できません", at + `/criteria/`},
		{at + "/outcome", "No action yet.", "取り組みはまだありません。", at + `/publish"`},
		{at + "/outcome", "No recommendation: the audit is not complete.", "提案なし：監査が完了していません。", at + `/publish"`},
		{at + "/publish", "Nothing of this audit was published yet.", "この監査の文書はまだ発行されていません。", at + `/publish?`},
	})
	h.upload("miyako-medical", map[string]string{"damaged.xlsx": "PK\x03\x04 and nothing that follows it"})
	h.says(t, []state{{"/intake/1", "This file could not be read", "ファイルを読み取れませんでした", `<a `}})
}

// What is overdue says since when, and offers to ask for it.
func TestLateStates(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	if err := h.loadSamples(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	const kitano = "/distributors/kitano-shoji-kk"
	h.says(t, []state{
		{"/portfolio", "Ask for Oct 2025", "2025年10月の報告を依頼", kitano + "/remind?"},
		{"/intake", "17 Nov 2025, ", "2025年11月17日", kitano + "/remind?"},
		{kitano, "due 17 Nov", "期日11/17", kitano + "/remind?"},
		{kitano + "/figures?fy=2025", "n.r., due 17 Nov", "未（期日11/17）", kitano + "/remind?"},
		{kitano + "/remind?period=2025-10&series=sales", "Oct 2025", "2025年10月", "<textarea"},
	})
}

// What is wrong, what is not there and what is not for somebody each have a page with
// one heading, what is safe and one thing to do, in both languages; who may not open a
// page does not learn that it exists.
func TestErrorStates(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.sales()
	one := func(who, path string, status int, a answer) {
		t.Helper()
		main := a.body[strings.Index(a.body, "<main"):]
		if a.status != status || strings.Count(main, "<h1") != 1 || strings.Count(main, `<a class="btn primary"`) != 1 || strings.Contains(main, "<form") {
			t.Errorf("%s at %s: %d, want %d with one thing to do:\n%s", who, path, a.status, status, main)
		}
	}
	nothing := map[string]string{}
	for _, l := range []string{"en", "ja"} {
		a := h.get("/no/such/page?lang=" + l)
		one("a manager", "/no/such/page", 404, a)
		nothing[l] = a.body[strings.Index(a.body, "<h1"):]
		one("a manager", miyako+"?asof=yesterday", 422, h.get(miyako+"?asof=yesterday&lang="+l))
		one("a manager", "/intake/999", 404, h.get("/intake/999?lang="+l))
	}
	for _, role := range []auth.Role{auth.Viewer, auth.Auditor, auth.Regulatory, auth.CFO, auth.Counsel} {
		h.become(string(role), string(role)+"@nordhaven.example")
		refused := 0
		for _, r := range h.site.app.everyRoute() {
			method, path, _ := strings.Cut(r.pattern, " ")
			if method != http.MethodGet || r.door.open {
				continue
			}
			path = strings.NewReplacer("{slug}", "miyako-medical", "{code}", "A-001", "{n}", "1", "{id}", "1", "{$}", "").Replace(path)
			path = regexp.MustCompile(`\{[a-z]+\}`).ReplaceAllString(path, "x")
			a := h.get(path + "?lang=en")
			if a.status == http.StatusOK || a.status == http.StatusSeeOther {
				continue
			}
			refused++
			one(string(role), path, 404, a)
			if !strings.HasPrefix(a.body[strings.Index(a.body, "<h1"):], nothing["en"][:40]) {
				t.Errorf("%s at %s learns more than that there is nothing", role, path)
			}
		}
		if refused < 10 {
			t.Errorf("%s is refused %d pages", role, refused)
		}
	}
}
