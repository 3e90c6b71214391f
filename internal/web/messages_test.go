package web

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"honne"
	"honne/internal/store"
)

// letterOf is a message of the test's correspondence: on a day of November 2026
// at nine o'clock and so many minutes.
func letterOf(key string, dayOf, minutes int, by honne.Side, subject, text string) honne.Mail {
	people := map[honne.Side]honne.Person{honne.Ours: {Name: "Anna Lind", Address: "anna@nordhaven.example"},
		honne.Theirs: {Name: "森 一郎", Address: "mori@miyako.example.jp"}}
	m := honne.Mail{Key: key, Path: "受信.mbox#" + key, Side: by, From: people[by], Kind: honne.Substance, Subject: subject,
		Topic: strings.TrimPrefix(subject, "Re: "), Follows: strings.HasPrefix(subject, "Re: "), Text: text, Language: "ja",
		Receipt: honne.Receipt{At: honne.NewDate(2026, 11, dayOf).At(9, minutes), Basis: honne.ByMessage}}
	for side, p := range people {
		if side != by {
			m.To = []honne.Person{p}
		}
	}
	return m
}

const reason = "顧客情報は守秘義務のため開示できません。"

// correspondence is two conversations, a report with what is attached to it,
// and a meeting that moved.
func correspondence() []honne.Mail {
	meeting := func(dayOf int, kind honne.InviteKind) []honne.Invite {
		return []honne.Invite{{Meeting: "q2", Method: kind, Starts: honne.NewDate(2026, 11, dayOf).At(10, 0).UnixMicro()}}
	}
	list := []honne.Mail{
		letterOf("1", 2, 0, honne.Ours, "口座別の実績", "口座別の実績をご共有いただけますか。"),
		letterOf("2", 2, 30, honne.Theirs, "Re: 口座別の実績", "承知しました。確認いたします。"),
		letterOf("3", 5, 0, honne.Theirs, "Re: 口座別の実績", "お世話になっております。\n"+reason+"10日までに施設コードの一覧をお送りします。\n何卒よろしくお願いいたします。"),
		letterOf("4", 17, 0, honne.Theirs, "研修のご相談", "NS-4410の研修日程をご提示いただけますか。"),
		letterOf("5", 18, 0, honne.Ours, "在庫 <script>", "在庫の内訳をご教示ください。"),
		letterOf("6", 4, 0, honne.Ours, "四半期レビュー", "ご案内です。"),
		letterOf("7", 6, 0, honne.Theirs, "Re: 四半期レビュー", "別日程でお願いします。"),
		letterOf("8", 6, 30, honne.Ours, "Re: 四半期レビュー", "変更しました。"),
	}
	for i, m := range []struct {
		kind    honne.TurnKind
		asks    int
		answers string
		invites []honne.Invite
	}{{"", 1, "", nil}, {honne.Acknowledgement, 0, "1", nil}, {"", 0, "1", nil}, {"", 1, "", nil}, {"", 1, "", nil},
		{"", 0, "", meeting(20, honne.InviteHold)}, {"", 0, "6", meeting(27, honne.InviteCounter)}, {"", 0, "7", meeting(27, honne.InviteHold)}} {
		if m.kind != "" {
			list[i].Kind = m.kind
		}
		if m.answers != "" {
			list[i].Answers = []string{m.answers}
		}
		list[i].Asks, list[i].Invites = m.asks, m.invites
	}
	list[2].Files = []string{"施設.csv"}
	return list
}

// mail gives a partner with a correspondence, in which a reason and promises
// were recognised.
func (h *house) mail() {
	h.t.Helper()
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "name-ja", "株式会社みやこメディカル商会", "starts", "4")
	h.correspond()
}

// correspond gives the first partner the correspondence.
func (h *house) correspond() {
	h.t.Helper()
	ctx, s := h.t.Context(), h.works.Store
	must := func(err error) {
		if h.t.Helper(); err != nil {
			h.t.Fatal(err)
		}
	}
	_, err := s.AddMail(ctx, 1, correspondence())
	must(err)
	from := strings.Index(correspondence()[2].Text, "顧客")
	runes := len([]rune(correspondence()[2].Text[:from]))
	said := honne.Said{Mention: honne.Mention{Excuse: "nda", Score: 0.9, From: runes, To: runes + 9}, Mail: 3, Setting: honne.ByMail,
		Quote: honne.Quote{On: honne.NewDate(2026, 11, 5), By: honne.Theirs, At: "受信.mbox#3", Text: reason}}
	promise := honne.Promise{By: honne.Theirs, What: honne.Both{JA: "10日までに施設コードの一覧をお送りします。"}, Form: honne.PromiseWritten,
		Made: honne.NewDate(2026, 11, 5), Due: honne.NewDate(2026, 11, 10), Mail: 3, At: "受信.mbox#3"}
	ours := honne.Promise{By: honne.Ours, What: honne.Both{EN: "Confirm two training dates", JA: "研修日程2件のご連絡"}, Form: honne.PromiseUnconfirmed,
		Made: honne.NewDate(2026, 11, 2), Due: honne.NewDate(2026, 11, 12), Owner: "M. Osei", Much: "2"}
	must(s.KeepHeard(ctx, 1, 8, store.Heard{Said: []honne.Said{said}, Promises: []honne.Entry[honne.Promise]{{Body: promise}, {Body: ours}}}))
}

const miyako = "/distributors/miyako-medical"

// The list tells who waits for whom and for how long; a filter and a search
// narrow it.
func TestMessages(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	h.holds(miyako+"/messages", "No messages are kept yet", "mbox")
	h = newHouse(t)
	h.mail()
	h.holds(miyako+"/messages", "1 question of theirs waits for our answer; 1 of ours waits for theirs.", "We owe an answer", "for 4 business days",
		"在庫 &lt;script&gt;", "We owe an answer 1", "All 4")
	// The last one changes the language for all that follow.
	for _, c := range []struct {
		path string
		want [2]string
	}{
		{"?open=ours", [2]string{"研修のご相談", "口座別の実績"}},
		{"?open=theirs", [2]string{"在庫", "研修のご相談"}},
		{"?open=any", [2]string{"在庫", "口座別"}},
		{"?q=%E5%8F%A3%E5%BA%A7", [2]string{"口座別の実績", "研修"}},
		{"?q=nothing", [2]string{"No conversation fits", "研修"}},
		{"?asof=2026-11-03", [2]string{"口座別の実績", "研修"}},
		{"?lang=ja&open=ours", [2]string{"当社の回答待ち", "口座別"}},
	} {
		path, want := c.path, c.want
		a := h.get(miyako + "/messages" + path)
		body := a.body[strings.Index(a.body, "<main"):]
		if a.status != http.StatusOK || !strings.Contains(body, want[0]) || strings.Contains(body, want[1]) {
			t.Errorf("%s: %d, want %q, not %q", path, a.status, want[0], want[1])
		}
	}
}

// A conversation has its words, with the sentences marked that hold a reason or
// a promise, and names what is an answer and what is none.
func TestThread(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.mail()
	if _, err := h.works.Store.AddFile(t.Context(), honne.StoredFile{Distributor: 1, Path: "受信.mbox#3/施設.csv", SHA256: "x"}); err != nil {
		t.Fatal(err)
	}
	h.holds(miyako+"/messages/2?lang=en", "Acknowledgement, no answer yet", "Answer after 2 business days", "1 question, answered", "3 messages",
		`<mark class="reason"><b>顧客情報は守秘義務</b>のため開示できません。</mark> <a class="code" href="/claims/C-001">C-001</a>`,
		`<mark class="promise">10日までに施設コードの一覧をお送りします。</mark> <a class="code" href="/agreements/G-001">G-001</a>`,
		`<a href="/intake/1" lang="ja">施設.csv</a>`, "受信.mbox#3")
	h.holds(miyako+"/messages/7", "Asks for another day", "27 Nov 2026, 10:00 JST")
	h.holds(miyako+"/messages/4?lang=ja", "先方からのご質問に、4営業日お答えできていません。", "質問：4営業日未回答")
	form := miyako + "/log/phone-answer/new?message=4"
	h.holds(miyako+"/messages/4?lang=en", form)
	h.holds(form, `name="message" type="text" value="4"`)
	h.refuses(form, "No message of this number", "message", "2000", "on", "2026-11-20", "what", "x")
	h.refuses(form, "Ends before it begins", "message", "4", "on", "2026-11-01", "what", "x")
	h.sent(form, "entry-kept", "message", "4", "on", "2026-11-20", "what", "Both dates suit")
	h.holds(miyako+"/messages/4", "Answered by word of mouth on 20 Nov 2026", "1 question, answered")
	h.holds(miyako+"/messages", "We owe an answer 0")
	for _, path := range []string{"/messages/99", "/messages/x", "/messages/5?asof=2026-11-03"} {
		if a := h.get(miyako + path); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.status)
		}
	}
}

// The pages of a long list and of a long conversation hold thirty each, and a
// message is found on its own.
func TestManyMessages(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	var list []honne.Mail
	for i := range 3000 {
		m := letterOf(fmt.Sprint(i), 1, 0, honne.Ours, fmt.Sprintf("件名%d", i%100), fmt.Sprintf("本文%d", i))
		m.Receipt.At = honne.NewDate(2026, 1, 1).At(9, 0).Add(time.Duration(i) * time.Hour)
		if i >= 100 {
			m.Answers = []string{fmt.Sprint(i - 100)}
		}
		list = append(list, m)
	}
	if _, err := h.works.Store.AddMail(t.Context(), 1, list); err != nil {
		t.Fatal(err)
	}
	a := h.get(miyako + "/messages?page=4")
	if n := strings.Count(a.body, `<th scope="row">`); n != 10 || !strings.Contains(a.body, "91–100 of 100") {
		t.Errorf("%d rows on the last page", n)
	}
	long := letterOf("x", 1, 0, honne.Theirs, "Re: x", "last")
	long.Answers, long.Receipt.At = []string{"99", "98", "97"}, honne.NewDate(2026, 9, 1).At(9, 0)
	if _, err := h.works.Store.AddMail(t.Context(), 1, []honne.Mail{long}); err != nil {
		t.Fatal(err)
	}
	a = h.get(miyako + "/messages/3001")
	if !strings.Contains(a.body, `id="m-3001"`) || !strings.Contains(a.body, "91–91 of 91") || strings.Contains(a.body, `id="m-98"`) {
		t.Errorf("the last message of a long conversation: %d\n%s", a.status, regexp.MustCompile(`id="m-\d+"`).FindAllString(a.body, -1))
	}
}

// The evidence of a measure of mail opens to the messages.
func TestMailEvidence(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	var list []honne.Mail
	for i := range 20 {
		m := letterOf(fmt.Sprint(i), 1+i, 0, honne.Ours, fmt.Sprint("件名", i), "ご教示いただけますか。")
		m.Asks = 1
		list = append(list, m)
	}
	if _, err := h.works.Store.AddMail(t.Context(), 1, list); err != nil {
		t.Fatal(err)
	}
	h.holds(miyako+"/evidence/measure/response-time", miyako+`/messages/1#m-1"`, "from our side: 件名0")
}

// A mailbox that is sent to Intake becomes a conversation, and what is attached
// leads to its file.
func TestMailboxToThread(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	d, err := h.works.Store.Distributor(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	d.Profile.Domains, d.Profile.OurDomains = []string{"miyako.example.jp"}, []string{"nordhaven.example"}
	if err := h.works.Store.SetProfile(t.Context(), 1, d.Profile); err != nil {
		t.Fatal(err)
	}
	const head = "From x Thu May  7 10:00:00 2026\nTo: anna@nordhaven.example\nFrom: Mori <mori@miyako.example.jp>\nDate: Thu, 07 May 2026 10:00:00 +0900\n" +
		"Subject: =?UTF-8?B?NOaciOWIhg==?=\nMessage-ID: <1@x>\nContent-Type: multipart/mixed; boundary=b\n\n"
	box := head + "--b\nContent-Type: text/plain; charset=utf-8\n\n4月分をお送りします。\n--b\nContent-Disposition: attachment; filename=\"april.csv\"\n\n" + april + "\n--b--\n"
	if a := h.upload("miyako-medical", map[string]string{"受信.mbox": box}); a.status != http.StatusSeeOther {
		t.Fatalf("upload: %d %s", a.status, a.body)
	}
	h.holds(miyako+"/messages", "4月分", "Mori → anna@nordhaven.example", "Begun by")
	h.holds(miyako+"/messages/1", "4月分をお送りします。", `<a href="/intake/2" lang="en">april.csv</a>`, `<a href="/intake/1" lang="ja">受信.mbox#1</a>`)
}
