package web

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"honne"
	"honne/internal/store"
)

// claimMail is a mailbox of a partner who gives two reasons, one of them twice.
func claimMail() string {
	letter := func(n int, day, text string) string {
		return fmt.Sprintf("From x Thu May  7 10:00:00 2026\nFrom: 田中 <tanaka@miyako.example.jp>\nTo: kirsten@nordhaven.example\nDate: %s 10:00:00 +0900\nSubject: NS-4410\nMessage-ID: <%d@miyako>\nContent-Type: text/plain; charset=utf-8\n\n%s\n\n", day, n, text)
	}
	return letter(1, "Thu, 07 May 2026", "いつもお世話になっております。\n日本の市場は海外とは事情が違いますので、同じやり方では売れません。\nよろしくお願いいたします。") +
		letter(2, "Thu, 22 Oct 2026", "お世話になっております。\n日本市場は海外と事情が異なり、同じ方法では売れません。\n以上、よろしくお願いいたします。") +
		letter(3, "Fri, 23 Oct 2026", "お客様のお名前は機密ですので、開示できません。") +
		letter(4, "Fri, 30 Oct 2026", "先日はありがとうございました。9月度の販売報告を添付いたします。")
}

// withMail makes a distributor whose mail was read.
func (h *house) withMail() honne.Distributor {
	h.t.Helper()
	ctx := context.Background()
	if a := h.post("/distributors/new", "name", "Miyako Medical", "name-ja", "株式会社みやこメディカル商会", "starts", "4"); a.status != 303 {
		h.t.Fatalf("new distributor: %d", a.status)
	}
	return h.mailbox(ctx, "miyako-medical")
}

// mailbox takes in the partner's mailbox, the domains being known.
func (h *house) mailbox(ctx context.Context, slug string) honne.Distributor {
	h.t.Helper()
	d, err := h.works.Store.DistributorBySlug(ctx, slug)
	if err != nil {
		h.t.Fatal(err)
	}
	d.Profile.Domains, d.Profile.OurDomains = []string{"miyako.example.jp"}, []string{"nordhaven.example"}
	if err := h.works.Store.SetProfile(ctx, d.ID, d.Profile); err != nil {
		h.t.Fatal(err)
	}
	if a := h.upload(slug, map[string]string{"受信.mbox": claimMail()}); a.status != 303 {
		h.t.Fatalf("mail: %d %s", a.status, a.body)
	}
	return d
}

var proposedRow = regexp.MustCompile(`(?s)name="said" value="((\d+)\.\d+)">.*?</select>`)

// heardForm is a proposal of a page: what its form sends back, and the reason that it offers.
type heardForm struct{ said, number, excuse string }

func proposals(body string) (out []heardForm) {
	for _, m := range proposedRow.FindAllStringSubmatch(body, -1) {
		p := heardForm{said: m[1], number: m[2]}
		if chosen := regexp.MustCompile(`value="([a-z0-9-]+)" selected`).FindStringSubmatch(m[0]); chosen != nil {
			p.excuse = chosen[1]
		}
		out = append(out, p)
	}
	return out
}

// decide sends decisions of proposals, in their order: "confirm", "dismiss" or "".
func (h *house) decide(path string, list []heardForm, do ...string) answer {
	h.t.Helper()
	form := url.Values{}
	for i, p := range list {
		form.Add("said", p.said)
		form.Set("excuse-"+p.number, p.excuse)
		form.Set("do-"+p.number, do[i])
	}
	return h.postForm(path, form)
}

// From a reason in mail to a verdict, a question and an agreement.
func TestClaimFromMailToVerdict(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.withMail()
	list := h.get("/claims")
	if list.status != 200 || !strings.Contains(list.body, "<mark>") || !strings.Contains(list.body, "sure") {
		t.Fatalf("claims: %d\n%s", list.status, list.body)
	}
	found := proposals(list.body)
	if len(found) != 3 {
		t.Fatalf("%d proposals\n%s", len(found), list.body)
	}
	var do []string
	for _, p := range found {
		do = append(do, map[bool]string{true: "confirm", false: "dismiss"}[p.excuse == "market-is-different"])
	}
	if a := h.decide("/claims", found, do...); a.status != 303 || a.header.Get("Location") != "/claims?done=mentions" {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := h.decide("/claims", found, do...); a.status != 422 || strings.Count(a.body, "decided meanwhile") < 3 {
		t.Errorf("a second time from the same page: %d", a.status)
	}
	at := regexp.MustCompile(`href="(/claims/C-\d+)"`).FindStringSubmatch(h.get("/distributors/miyako-medical/claims?times=2").body)
	if at == nil {
		t.Fatal("no claim said twice")
	}
	page := h.get(at[1])
	checkPage(t, at[1], "en", page)
	if !containsAll(page.body, "Said 2 times since 7 May 2026", "A verdict needs at least one fact", "/distributors/miyako-medical/messages/") {
		t.Errorf("%s", page.body)
	}
	verdict := []string{"n", "1", "verdict", "contradicted", "confidence", "medium", "state", "", "because", "The market grew faster.", "legitimate", "Tenders differ.", "facts", "competitor-lead"}
	if a := h.post(at[1]+"/verdict", verdict...); a.status != 422 {
		t.Errorf("a verdict without a fact: %d", a.status)
	}
	h.enterFacts(at[1])
	h.verdictAndAfter(at[1], verdict)
}

// Where it is plain that a reason was given and not which, a person chooses first.
func TestUnclearReason(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.withMail()
	list, err := store.Entries[honne.Said](t.Context(), h.works.Store, 1)
	if err != nil || len(list) == 0 {
		t.Fatal(err)
	}
	list[0].Body.Score, list[0].Body.Sure = 0.8, 0.2
	if _, err := store.Enter(t.Context(), h.works.Store, list[0]); err != nil {
		t.Fatal(err)
	}
	page := h.get("/claims")
	checkPage(t, "/claims", "en", page)
	if !containsAll(page.body, "which one is not clear", "20% sure", "Choose the reason") {
		t.Errorf("%s", page.body)
	}
	for _, p := range proposals(page.body) {
		if p.excuse != "" {
			continue
		}
		one := []heardForm{p}
		if a := h.decide("/claims", one, "confirm"); a.status != 422 || !containsAll(a.body, `href="#excuse-`+p.number+`"`, "choose the reason", `value="confirm" checked`) {
			t.Errorf("confirmed without a reason: %d", a.status)
		}
		one[0].excuse = "market-is-different"
		if a := h.decide("/claims", one, ""); a.status != 422 || !strings.Contains(a.body, "A reason is chosen but no decision") {
			t.Errorf("a reason and no decision: %d", a.status)
		}
		if a := h.decide("/claims", one, "confirm"); a.status != 303 {
			t.Errorf("confirmed: %d", a.status)
		}
		return
	}
	t.Error("none to choose")
}

// Decisions stand each for itself: one that somebody else took meanwhile is named and not
// written, one that is not clear comes back as it was sent, the others are kept.
func TestDecisionsAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	d := h.withMail()
	path := "/distributors/" + d.Slug + "/claims"
	found := proposals(h.get(path).body)
	if a := h.decide(path, found, "", "", ""); a.status != 422 || !containsAll(a.body, "Nothing is decided yet", `href="#do-`+found[0].number+`"`) {
		t.Errorf("nothing decided: %d", a.status)
	}
	if a := h.decide(path, found[1:2], "dismiss"); a.status != 303 {
		t.Fatalf("somebody else: %d", a.status)
	}
	sent := append([]heardForm(nil), found...)
	sent[2].excuse = "customers-conservative"
	a := h.decide(path, sent, "confirm", "confirm", "")
	if a.status != 422 || strings.Count(a.body, "decided meanwhile: it is none") != 2 || !containsAll(a.body, "Your decision was not kept: it is one", `value="customers-conservative" selected`, "A reason is chosen but no decision") {
		t.Errorf("%d\n%s", a.status, a.body)
	}
	checkPage(t, path, "en", h.get(path))
	list, err := store.Entries[honne.Said](t.Context(), h.works.Store, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]honne.UserID{}
	for _, e := range list {
		by[fmt.Sprint(e.Number)] = e.By
	}
	_, dismissed := by[found[1].number]
	if by[found[0].number] == 0 || by[found[2].number] != 0 || dismissed {
		t.Errorf("kept: %v", by)
	}
	for _, c := range []struct {
		said, do string
		want     int
	}{{"x", "confirm", 422}, {"999.1", "confirm", 404}, {found[2].said, "other", 422}} {
		if a := h.decide(path, []heardForm{{c.said, found[2].number, found[2].excuse}}, c.do); a.status != c.want {
			t.Errorf("%v: %d", c, a.status)
		}
	}
	if a := h.post(path); a.status != 303 {
		t.Errorf("no proposals: %d", a.status)
	}
	for _, e := range list {
		if fmt.Sprint(e.Number) == found[2].number {
			if _, err := store.Enter(t.Context(), h.works.Store, e); err != nil {
				t.Fatal(err)
			}
		}
	}
	again := h.decide(path, found[2:], "dismiss")
	if again.status != 422 || !containsAll(again.body, "the machine read it again meanwhile", `value="dismiss" checked`) {
		t.Errorf("read again meanwhile: %d", again.status)
	}
	if a := h.decide(path, proposals(again.body), "dismiss"); a.status != 303 {
		t.Errorf("kept once more: %d", a.status)
	}
}

// enterFacts enters a competitor's growth and ours, and what was heard.
func (h *house) enterFacts(at string) {
	h.t.Helper()
	for _, c := range []struct {
		fields []string
		act    string
		want   int
	}{
		{[]string{"fact-kind", "competitor-growth", "fact-of", "Rival K.K.", "fact-value", "", "fact-source", "", "fact-on", "2026-10-01", "fact-grade", "B"}, "fact", 422},
		{[]string{"fact-kind", "competitor-growth", "fact-of", "Rival K.K.", "fact-value", "11 %", "fact-source", "annual report", "fact-on", "2027-10-01", "fact-grade", "B"}, "fact", 422},
		{[]string{"fact-kind", "competitor-growth", "fact-of", "Rival K.K.", "fact-value", "１１％", "fact-source", "annual report", "fact-on", "2026-10-01", "fact-grade", "B"}, "fact", 303},
		{[]string{"fact-kind", "own-growth", "fact-value", "2.9", "fact-source", "our ledger", "fact-on", "2026-10-01", "fact-grade", "A"}, "fact", 303},
		{[]string{"seen-text", "Tender cycle differs", "seen-speaks", "for", "seen-source", "visit", "seen-on", "2026-10-02", "seen-grade", "C"}, "seen", 303},
		{[]string{"ask-on", "2026-11-02", "ask-at", "mail to Tanaka-sama", "ask-written", "1"}, "question", 303},
		{[]string{"why", ""}, "nothing", 404},
	} {
		if a := h.post(at+"/"+c.act, c.fields...); a.status != c.want {
			h.t.Errorf("%s %v: %d, want %d", c.act, c.fields, a.status, c.want)
		}
	}
}

func (h *house) verdictAndAfter(at string, verdict []string) {
	h.t.Helper()
	page := h.get(at)
	if !containsAll(page.body, "Against", "8.1 pt", "annual report", "Tender cycle differs", "open, ", "Checking") {
		h.t.Errorf("facts are not on the page\n%s", page.body)
	}
	key := regexp.MustCompile(`name="facts" value="(competitor-lead[^"]*)"`).FindStringSubmatch(page.body)
	if key == nil {
		h.t.Fatal("no fact to rest on")
	}
	verdict = append(verdict[:len(verdict)-1], html.UnescapeString(key[1]), "partner-ja", "差の要因を一緒に確認させてください。", "partner-en", "Let us look together.")
	if a := h.post(at+"/preview", verdict...); a.status != 200 || !strings.Contains(a.body, `<p lang="ja">差の要因を一緒に確認させてください。</p>`) {
		h.t.Errorf("preview: %d", a.status)
	}
	rude := append(append([]string(nil), verdict[:len(verdict)-2]...), "partner-en", "Your excuse again.")
	if a := h.post(at+"/preview", rude...); a.status != 200 || !strings.Contains(a.body, "point raised") {
		h.t.Errorf("an unfit word: %d", a.status)
	}
	rude[len(rude)-1] = "Please keep the minimum price."
	if a := h.post(at+"/verdict", rude...); a.status != 422 || !strings.Contains(a.body, "theirs to decide") {
		h.t.Errorf("a word that is refused: %d", a.status)
	}
	for _, c := range []struct {
		without string
		want    int
	}{{"because", 422}, {"legitimate", 422}, {"", 303}, {"", 409}} {
		fields := append([]string(nil), verdict...)
		for i := 0; i < len(fields); i += 2 {
			if fields[i] == c.without {
				fields[i+1] = ""
			}
		}
		if a := h.post(at+"/verdict", fields...); a.status != c.want {
			h.t.Errorf("verdict without %q: %d, want %d", c.without, a.status, c.want)
		}
	}
	for _, c := range []struct {
		act    string
		fields []string
		want   int
	}{
		{"agreement", []string{"agree-ja", "市場資料を共有する", "agree-en", "Share market data", "agree-side", "theirs", "agree-owner", "Tanaka", "agree-due", ""}, 422},
		{"agreement", []string{"agree-ja", "市場資料を共有する", "agree-en", "Share market data", "agree-side", "theirs", "agree-owner", "Tanaka", "agree-due", "2026-12-04", "agree-written", "1"}, 303},
		{"answer", []string{"number", "1", "n", "1", "answered", "2026-10-01"}, 422},
		{"answer", []string{"number", "1", "n", "1", "answered", "2026-11-10"}, 303},
		{"state", []string{"n", "2", "do", "withdraw", "why", "New figures came"}, 303},
		{"take-back-fact", []string{"number", "1", "n", "1"}, 303},
		{"take-back-fact", []string{"number", "1", "n", "1"}, 409},
	} {
		if a := h.post(at+"/"+c.act, c.fields...); a.status != c.want {
			h.t.Errorf("%s %v: %d, want %d", c.act, c.fields, a.status, c.want)
		}
	}
	page = h.get(at + "?lang=ja")
	checkPage(h.t.(*testing.T), at, "ja", page)
	if !containsAll(page.body, "G-001", "New figures came", "取り消し", "The market grew faster.", "回答あり") {
		h.t.Errorf("the history is not whole\n%s", page.body)
	}
}

// A reason that nobody described yet is described, kept with what was said, and
// found in the next letter that says the like.
func TestOwnReasonFromLog(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	d := h.withMail()
	said := []string{"distributor", d.Slug, "said-ja", "展示会の準備で営業部全員が動けず、訪問は難しい状況です。", "said-en", "The team is tied up.", "said-on", "2026-11-20", "said-who", "田中様", "setting", "phone"}
	known := append(append([]string(nil), said...), "excuse", "")
	known[3] = "日本の市場は海外とは事情が違いますので、同じやり方では売れません。"
	if a := h.post("/claims/new", known...); a.status != 200 || !containsAll(a.body, "The words say:", `value="market-is-different" selected`, "<mark>") {
		t.Errorf("searched: %d\n%s", a.status, a.body)
	}
	known[len(known)-1] = "market-is-different"
	if a := h.post("/claims/new", known...); a.status != 303 {
		t.Errorf("logged: %d", a.status)
	}
	known[3], known[5] = "", ""
	if a := h.post("/claims/new", known...); a.status != 422 {
		t.Errorf("nothing was said: %d", a.status)
	}
	a := h.post("/claims/new", append(said, "excuse", "other")...)
	if a.status != 200 || !containsAll(a.body, "waits for this reason", "展示会の準備で") {
		t.Fatalf("describe: %d\n%s", a.status, a.body)
	}
	own := append(said, "own-category", "support-training", "own-sentences", "展示会の準備で営業部全員が動けず、訪問は難しい状況です。", "own-title-ja", "展示会で手が離せない",
		"own-check-ja", "展示会の日程は公開されているか。", "own-legitimate-ja", "大きな展示会の前は実際に人手が足りない。")
	if a := h.post("/claims/library", own...); a.status != 422 || !strings.Contains(a.body, "Polite question") {
		t.Errorf("without a question: %d", a.status)
	}
	a = h.post("/claims/library", append(own, "own-ask-ja", "展示会後のご訪問日をお聞かせいただけますでしょうか。")...)
	if a.status != 303 || !strings.HasPrefix(a.header.Get("Location"), "/claims/C-") {
		t.Fatalf("kept: %d %s", a.status, a.header.Get("Location"))
	}
	page := h.get(strings.Split(a.header.Get("Location"), "?")[0])
	if !containsAll(page.body, "展示会で手が離せない", "no rule decides it", "田中様", "The team is tied up.") {
		t.Errorf("%s", page.body)
	}
	later := "From x Thu May  7 10:00:00 2026\nFrom: 田中 <tanaka@miyako.example.jp>\nTo: kirsten@nordhaven.example\nDate: Sat, 21 Nov 2026 10:00:00 +0900\nSubject: 訪問\nMessage-ID: <9@miyako>\nContent-Type: text/plain; charset=utf-8\n\n" +
		"お世話になっております。\n展示会の準備のため営業部の全員が動けず、ご訪問は難しい状況でございます。\n\n"
	if a := h.upload(d.Slug, map[string]string{"later.mbox": later}); a.status != 303 {
		t.Fatalf("later: %d", a.status)
	}
	if list := h.get("/claims"); !containsAll(list.body, "展示会の準備のため", "a likeness, no probability") {
		t.Errorf("the like is not found\n%s", list.body)
	}
	library := h.get("/claims/library")
	checkPage(t, "/claims/library", "en", library)
	if a := h.post("/claims/library", "do", "withdraw", "number", "1", "n", "1"); a.status != 303 {
		t.Errorf("withdraw: %d", a.status)
	}
	if strings.Contains(h.get("/claims/library").body, "展示会で手が離せない") {
		t.Error("withdrawn, and still there")
	}
}

// as signs in somebody of a role.
func (h *house) as(role string) honne.UserID {
	h.t.Helper()
	ctx := context.Background()
	first, err := h.works.Store.User(ctx, 1)
	if err != nil {
		h.t.Fatal(err)
	}
	n, err := h.works.Store.CountUsers(ctx)
	if err != nil {
		h.t.Fatal(err)
	}
	email := fmt.Sprintf("%d@nordhaven.example", n)
	id, err := h.works.Store.AddUser(ctx, store.User{Name: role, Email: email, Role: role, PasswordHash: first.PasswordHash})
	if err != nil {
		h.t.Fatal(err)
	}
	h.post("/sign-out")
	if a := h.post("/sign-in", "email", email, "password", "a quiet morning in Kyoto"); a.status != 303 {
		h.t.Fatalf("sign in as %q: %d", role, a.status)
	}
	return id
}

// Who may: the auditor and the CFO read, the regulatory lead judges what the law
// says, an account without a role sees nothing.
func TestClaimsForRoles(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	d := h.withMail()
	ctx := context.Background()
	said := honne.Said{Mention: honne.Mention{Excuse: "registration-not-transferable"}, Quote: honne.Quote{On: honne.NewDate(2026, 10, 1), By: honne.Theirs, Text: "承認の承継はできません。"}, Setting: honne.AtMeeting}
	if err := h.works.Store.Hear(ctx, honne.Entry[honne.Said]{Distributor: d.ID, Body: said, By: 1}); err != nil {
		t.Fatal(err)
	}
	claims, err := store.Entries[honne.Judgement](ctx, h.works.Store, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]string{}
	for _, c := range claims {
		at[c.Body.Excuse] = "/claims/" + c.Code()
	}
	legal, market := at["registration-not-transferable"], at["market-is-different"]
	registration := []string{"reg-item", "NS-4410", "reg-kind", "approval", "reg-from", "mah", "reg-to", "mah", "reg-source", "approval certificate", "reg-on", "2026-10-01", "reg-grade", "A"}
	seen := []string{"seen-text", "x", "seen-speaks", "for", "seen-source", "x", "seen-on", "2026-10-02", "seen-grade", "C"}
	for _, c := range []struct {
		role               string
		reads, judges, law int
	}{{"director", 200, 303, 303}, {"manager", 200, 303, 303}, {"auditor", 200, 404, 404}, {"cfo", 200, 404, 404}, {"regulatory", 200, 404, 303}, {"", 404, 404, 404}} {
		if id := h.as(c.role); c.role == "auditor" {
			if strings.Contains(h.get("/claims").body, "Miyako") || h.get(market).status != 404 {
				t.Error("without an audit there is no claim")
			}
			audit := honne.Audit{Title: "FY2026", Team: []honne.UserID{id}}
			if _, err := store.Enter(ctx, h.works.Store, honne.Entry[honne.Audit]{Distributor: d.ID, By: 1, Body: audit}); err != nil {
				t.Fatal(err)
			}
		}
		got := []int{h.get("/claims").status, h.get(market).status, h.get("/claims/library").status}
		if got[0] != c.reads || got[1] != c.reads || got[2] != c.reads {
			t.Errorf("%q reads: %v, want %d", c.role, got, c.reads)
		}
		if a := h.post(market+"/seen", seen...); a.status != c.judges {
			t.Errorf("%q judges: %d, want %d", c.role, a.status, c.judges)
		}
		if a := h.post(legal+"/registration", registration...); a.status != c.law {
			t.Errorf("%q judges the law: %d, want %d", c.role, a.status, c.law)
		}
	}
	h.as("manager")
	if page := h.get(legal); page.status != http.StatusOK || !containsAll(page.body, "Succession of the approval", "confirm with a regulatory expert") {
		t.Errorf("%s", page.body)
	}
	for _, path := range []string{"/claims/C-999", "/claims/C-1", "/claims/nothing"} {
		if a := h.get(path); a.status != 404 {
			t.Errorf("%s: %d", path, a.status)
		}
	}
}
