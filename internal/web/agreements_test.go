package web

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"honne"
	"honne/internal/store"
)

func (h *house) promise(n int) honne.Entry[honne.Promise] {
	h.t.Helper()
	list, err := store.EntryHistory[honne.Promise](h.t.Context(), h.works.Store, n)
	if err != nil {
		h.t.Fatal(err)
	}
	return list[len(list)-1]
}

// act posts to an agreement and wants to be sent on to it.
func (h *house) act(path, done string, pairs ...string) {
	h.t.Helper()
	if a := h.post(path, pairs...); a.status != http.StatusSeeOther || !strings.HasSuffix(a.header.Get("Location"), "done=agreement-"+done) {
		h.t.Fatalf("%s: %d %s\n%s", path, a.status, a.header.Get("Location"), a.body)
	}
}

// What the machine proposes counts once a person confirmed it: ours past its day
// is overdue, of theirs the day has passed.
func TestAgreements(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.mail()
	const at = miyako + "/agreements"
	h.holds(at, "Proposed from messages", "10日までに施設コードの一覧をお送りします。", miyako+`/messages/3#m-3"`, "2 to confirm", "We owe nothing that is written down here.",
		"2 promises found in messages wait for your word, 2 of them past their day as far as mail tells.", "As far as mail tells:",
		"set by us", "on 6 Nov 2026 the partner moved it from 20 Nov 2026 to 27 Nov 2026", "To come", `<a href="`+miyako+`/messages/8#m-8">`)
	h.act("/agreements/G-001/confirm", "confirm", "n", "1", "list", "1")
	h.act("/agreements/G-002/confirm", "confirm", "n", "1")
	h.holds(at, "We owe 1 promise past its day; for 1 of the partner’s the day has passed: ask how it stands.", "Late 6 business days", "Due date passed: ask", "Unconfirmed", "Agreed")
	body := h.get(at).body
	if o, p := strings.Index(body, "G-002"), strings.Index(body, "G-001"); o > p {
		t.Error("ours do not stand first")
	}
	h.holds(at+"?lang=ja", "当社の約束1件が期日を過ぎています。先方の約束も1件の期日が過ぎ、状況の確認が必要です。", "6営業日超過", "期日のご確認")
	h.holds("/agreements/G-001?lang=en", "Whether it was done is not known: ask.", "「10日までに施設コードの一覧をお送りします」の件につきまして、その後のご状況を2026年11月30日（月）までにお聞かせいただけますでしょうか。",
		"Could you let us know by 30 Nov 2026 how", "Kirsten Larsen", "Recognised by the machine", "Mail of ")
	h.holds("/agreements/G-002", "お待たせしており誠に申し訳ございません")
	h.holds(at, `agreements">1 promise overdue</a>, <a href="`+miyako+`/messages?open=ours">`)
	h.holds(miyako+"/figures?lang=ja", "当社側</a>：", "期日超過の約束1件</a>")
	h.holds("/portfolio?lang=en", "On our side 1 overdue</a>")
	h.holds("/", "We owe 1 promise past its day.", "What we owe", "Confirm two training dates", "due 10 Nov 2026")
}

// Moving, keeping late, dropping with a reason, taking up again: each a version
// that the history tells.
func TestAgreementLife(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.mail()
	const at = "/agreements/G-001"
	h.act(at+"/confirm", "confirm", "n", "1")
	h.act(at+"/move", "move", "n", "2", "new-due", "2026-11-17", "moved-by", "theirs", "agreed", "1")
	if p := h.promise(1).Body; p.FirstDue() != honne.NewDate(2026, 11, 10) || p.Due != honne.NewDate(2026, 11, 17) || !p.Moves[0].Agreed || p.Moves[0].By != honne.Theirs {
		t.Errorf("%+v", p)
	}
	if a := h.post(at+"/kept", "n", "2", "kept-on", "2026-11-17"); a.header.Get("Location") != at+"?done=agreement-others" {
		t.Errorf("a version that is not the last: %d %s", a.status, a.header.Get("Location"))
	}
	for _, bad := range [][2]string{{"kept-on", "2027-01-01"}, {"kept-on", ""}, {"kept-on", "soon"}} {
		if a := h.post(at+"/kept", "n", "3", bad[0], bad[1]); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `aria-invalid="true"`) {
			t.Errorf("%v: %d", bad, a.status)
		}
	}
	h.act(at+"/kept", "kept", "n", "3", "kept-on", "2026-11-19")
	h.holds(at, "The partner kept it on 19 Nov 2026, 2 business days after its day.", "Kept 2 business days late", "Moved from 10 Nov 2026 to 17 Nov 2026; the partner asked, agreed")
	if a := h.post(at+"/drop", "n", "4", "drop-why", "x"); a.status != http.StatusNotFound {
		t.Errorf("a settled promise is dropped: %d", a.status)
	}
	h.act(at+"/reopen", "reopen", "n", "4")
	h.act(at+"/kept", "kept", "n", "5", "kept-on", "2026-11-17")
	if p := h.promise(1).Body; p.Outcome != honne.PromiseKept {
		t.Errorf("on its day: %+v", p)
	}
	h.act(at+"/reopen", "reopen", "n", "6")
	if a := h.post(at+"/drop", "n", "7"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("dropped without a reason: %d", a.status)
	}
	h.act(at+"/late", "late", "n", "7", "late-why", "our question of 18 Nov stayed open")
	h.holds(at, "The partner did not keep it by 17 Nov 2026.", "our question of 18 Nov stayed open")
	h.act(at+"/reopen", "reopen", "n", "8")
	h.act(at+"/drop", "drop", "n", "9", "drop-why", "we have the list now")
	h.holds(at+"?lang=ja", "先方の約束は取りやめになりました。", "we have the list now", "期日を2026年11月10日（火）から2026年11月17日（火）に変更（先方の申し出、相手側了承済み）")
	h.act("/agreements/G-002/dismiss", "dismiss", "n", "1", "list", "1")
	h.holds("/agreements/G-002?lang=en", "Dismissed: this was no promise.", "Take it up again")
	h.holds(miyako+"/agreements", "1 settled")
	for _, path := range []string{"/agreements/G-1", "/agreements/G-099", "/agreements/C-001", "/agreements/G-000"} {
		if a := h.get(path); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.status)
		}
	}
}

// An agreement is written down by hand, corrected, and judged: はい is no yes.
func TestAgreementForm(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.mail()
	const fresh = miyako + "/agreements/new"
	h.holds(fresh, "What, in Japanese", "Will try (努力目標)")
	if a := h.post(fresh, "made", "2027-01-01", "by-day", "2026-01-01"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "in one language at least") ||
		!strings.Contains(a.body, "Choose a day up to today") || !strings.Contains(a.body, "lies before") {
		t.Errorf("%d %s", a.status, a.body)
	}
	h.act(fresh, "new", "by", "theirs", "what-ja", "新規口座の開拓", "what-en", "Open new accounts", "much", "5施設", "owner", "田中様", "how", "oral",
		"standing", "will-try", "made", "2026-11-20", "by-day", "2026-12-25")
	h.holds(miyako+"/agreements", "Talked about, no commitment", "Open new accounts", "5施設", "Will try")
	h.holds("/agreements/G-003", "実施の見通しを2026年11月30日（月）までにお聞かせいただけますでしょうか。", `Open new accounts (5<span lang="ja">施設</span>)`, "An effort was named; nothing is promised.")
	h.act("/agreements/G-003/edit", "edited", "n", "1", "by", "theirs", "what-ja", "新規口座の開拓", "what-en", "Open new accounts", "much", "3施設", "owner", "田中様",
		"how", "written", "standing", "", "made", "2026-11-20", "by-day", "2026-12-25", "why", "minutes of 20 Nov")
	h.holds("/agreements/G-003", "The partner owes this by 25 Dec 2026", "How many: 5施設 → 3施設", "Standing: Will try → Agreed", "minutes of 20 Nov",
		"5施設", "2026年12月25日（金）までにご対応いただけるとのこと")
	if a := h.post("/agreements/G-003/edit", "n", "1", "what-en", "x", "made", "2026-11-20"); a.header.Get("Location") != "/agreements/G-003?done=agreement-others" {
		t.Errorf("two editors: %d %s", a.status, a.header.Get("Location"))
	}
	h.holds("/agreements/G-003?done=agreement-others", "Somebody else changed this meanwhile")
}

// Words that no partner may read are refused in each field that it may read, but for
// what its own message says.
func TestAgreementRefusesWords(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.mail()
	const fresh = miyako + "/agreements/new"
	for field, text := range map[string]string{"what-ja": "販売価格を10%引き下げる。", "what-en": "Keep the minimum price.", "much": "as the other partners"} {
		fields := map[string]string{"what-ja": "価格表のご共有", "what-en": "Share the list", "much": "5", field: text}
		a := h.post(fresh, "by", "theirs", "what-ja", fields["what-ja"], "what-en", fields["what-en"], "much", fields["much"], "made", "2026-11-20")
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `href="#`+field+`"`) || !strings.Contains(a.body, "must not stand in what a partner reads") {
			t.Errorf("%s %q: %d", field, text, a.status)
		}
	}
	e := h.promise(1)
	e.Body.What.JA, e.By, e.Why = "10日までに販売価格の一覧をお送りします。", 1, "as they wrote"
	e, err := store.Enter(t.Context(), h.works.Store, e)
	if err != nil {
		t.Fatal(err)
	}
	edit := func(ja string) int {
		return h.post("/agreements/G-001/edit", "n", strconv.Itoa(e.N), "by", "theirs", "what-ja", ja, "made", "2026-11-01", "why", "x").status
	}
	if got := edit("販売価格を下げる。"); got != http.StatusUnprocessableEntity {
		t.Errorf("our own words over theirs: %d", got)
	}
	if got := edit(e.Body.What.JA); got != http.StatusSeeOther {
		t.Errorf("their own words: %d", got)
	}
}

// Who only reads finds no form, and what is not theirs does not exist.
func TestAgreementRoles(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.mail()
	h.signInAs(t, "viewer")
	a := h.get(miyako + "/agreements")
	if a.status != http.StatusOK || strings.Contains(a.body, "/agreements/G-001/confirm") || strings.Contains(a.body, "/agreements/new") {
		t.Errorf("a viewer: %d", a.status)
	}
	if a := h.get("/agreements/G-001"); a.status != http.StatusOK || strings.Contains(a.body, "<form method=\"post\" action=\"/agreements") {
		t.Errorf("a viewer: %d", a.status)
	}
	for _, path := range []string{"/agreements/G-001/confirm", "/agreements/G-001/edit", miyako + "/agreements/new"} {
		if a := h.post(path, "n", "1"); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.status)
		}
	}
}

// signInAs signs a person of another role in.
func (h *house) signInAs(t *testing.T, role string) {
	t.Helper()
	u, err := h.works.Store.UserByEmail(t.Context(), "kirsten@nordhaven.example")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.works.Store.AddUser(t.Context(), store.User{Name: "V", Email: "v@nordhaven.example", Role: role, PasswordHash: u.PasswordHash}); err != nil {
		t.Fatal(err)
	}
	h.post("/sign-out")
	h.post("/sign-in", "email", "v@nordhaven.example", "password", "a quiet morning in Kyoto")
}
