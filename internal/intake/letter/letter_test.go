package letter

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"honne"
	"honne/internal/intake/mail"
	"honne/internal/playbook"
	"honne/playbooks"
)

var bothSides = honne.Domains{Ours: []string{"nordlund.example"}, Theirs: []string{"yamato.example.jp"}}

func testBook(t testing.TB) *playbook.Playbook {
	t.Helper()
	book, err := playbook.Load(playbooks.FS, "japan")
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func lettersOf(t testing.TB) Reader { return Reader{bothSides, testBook(t)} }

func addressed(from, to string) mail.Head {
	return mail.Head{From: mail.Address{Addr: from}, To: []mail.Address{{Addr: to}}, Exact: true}
}

// TestTurns holds every case of turns.txtar.
func TestTurns(t *testing.T) {
	raw, err := os.ReadFile("testdata/turns.txtar")
	if err != nil {
		t.Fatal(err)
	}
	l := lettersOf(t)
	for _, f := range txtar.Parse(raw).Files {
		want, text, _ := strings.Cut(string(f.Data), "\n")
		h := addressed("sato@yamato.example.jp", "anna@nordlund.example")
		if strings.HasPrefix(want, "ours") {
			h = addressed("anna@nordlund.example", "sato@yamato.example.jp")
		}
		m := l.Letter("x", h, mail.Body{Text: mail.Reply(text)})
		if got := fmt.Sprint(m.Side, " ", m.Kind, " ", m.Asks); got != want {
			t.Errorf("%s: %s, want %s", f.Name, got, want)
		}
	}
}

func TestLetter(t *testing.T) {
	l := lettersOf(t)
	const ask = "Could you send the list?"
	report := mail.Body{Text: "6月分の報告書をお送りします。", Files: []mail.File{{Name: "売上報告_202506.xlsx"}}}
	for _, c := range []struct {
		name string
		head mail.Head
		body mail.Body
		want string
	}{
		{"a report", addressed("sato@yamato.example.jp", "anna@nordlund.example"), report, "theirs report 0"},
		{"our copy of it", addressed("anna@nordlund.example", "sato@yamato.example.jp"), report, "ours substance 0"},
		{"a file answers", addressed("sato@yamato.example.jp", "anna@nordlund.example"), mail.Body{Files: []mail.File{{Name: "a.docx"}}}, "theirs substance 0"},
		{"a picture of a signature does not", addressed("sato@yamato.example.jp", "anna@nordlund.example"),
			mail.Body{Text: "承知しました。", Files: []mail.File{{Name: "logo.png", Inline: true}}}, "theirs acknowledgement 0"},
		{"a subdomain", addressed("sato@tokyo.yamato.example.jp", "anna@nordlund.example"), mail.Body{Text: ask}, "theirs substance 1"},
		{"no subdomain", addressed("sato@notyamato.example.jp", "anna@nordlund.example"), mail.Body{Text: ask}, "third substance 0"},
		{"to a colleague, with them in copy", mail.Head{From: mail.Address{Addr: "anna@nordlund.example"}, To: []mail.Address{{Addr: "bo@nordlund.example"}},
			Cc: []mail.Address{{Addr: "sato@yamato.example.jp"}}}, mail.Body{Text: ask}, "ours acknowledgement 0"},
		{"handed on to a colleague", mail.Head{From: mail.Address{Addr: "sato@yamato.example.jp"}, To: []mail.Address{{Addr: "ogawa@yamato.example.jp"}},
			Cc: []mail.Address{{Addr: "anna@nordlund.example"}}}, mail.Body{Text: "下記の件、回答をお願いします。"}, "theirs acknowledgement 0"},
		{"a secretary of that name passes it on", mail.Head{From: mail.Address{Name: "高木 花子", Addr: "sato@yamato.example.jp"}, To: []mail.Address{{Addr: "anna@nordlund.example"}}},
			mail.Body{Text: "総務の高木です。白石に申し伝えます。"}, "theirs acknowledgement 0"},
		{"what bears no name of the writer answers", mail.Head{From: mail.Address{Name: "高木 花子", Addr: "sato@yamato.example.jp"}, To: []mail.Address{{Addr: "anna@nordlund.example"}}},
			mail.Body{Text: "福岡です。白石に申し伝えます。"}, "theirs substance 0"},
		{"a program", mail.Head{From: mail.Address{Addr: "sato@yamato.example.jp"}, Auto: true}, mail.Body{Text: ask}, "theirs automatic 0"},
		{"by its subject", mail.Head{From: mail.Address{Addr: "sato@yamato.example.jp"}, Subject: "自動返信: 不在"}, mail.Body{Text: ask}, "theirs automatic 0"},
		{"claims to be ours", mail.Head{From: mail.Address{Addr: "anna@nordlund.example"}, To: []mail.Address{{Addr: "sato@yamato.example.jp"}}, Disputed: true},
			mail.Body{Text: ask}, "third substance 0"},
	} {
		m := l.Letter("x", c.head, c.body)
		if got := fmt.Sprint(m.Side, " ", m.Kind, " ", m.Asks); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestPutsOff: what a message says of a meeting in words, and what an answer to an
// invitation begins: nothing.
func TestPutsOff(t *testing.T) {
	l := lettersOf(t)
	for text, want := range map[string]bool{
		"誠に申し訳ございませんが、都合により明後日の会議は延期とさせてください。改めて日程をご連絡いたします。":      true,
		"来週のお打ち合わせですが、日程の変更をお願いできますでしょうか。":                         true,
		"I am afraid we have to postpone the meeting of Thursday.": true,
		"Could we move the review to another date?":                true,
		"16日のレビューは社内都合により3月2日に変更していただけますでしょうか。":                    true,
		"明日の定例ですが、急な出張が入りましたため、来週に延期をお願いできますでしょうか。":                true,
		"会議資料は最新版に変更していただけますか。":                                    false,
		"定例報告の提出を延期させてください。":                                       false,
		"レビュー資料の提出日を20日に変更させていただきます。":                              false,
		"次回訪問の資料提出を10日に変更をお願いします。":                                 false,
		"会議の延期、承知いたしました。":                                          false,
		"出荷を延期させてください。":                                            false,
		"会議は予定どおりお願いいたします。":                                        false,
		"Please do not postpone the meeting again.":                false,
		"The meeting was good.": false,
	} {
		m := l.Letter("x", addressed("sato@yamato.example.jp", "anna@nordlund.example"), mail.Body{Text: text})
		if got := len(m.Invites) == 1 && m.Invites[0].Method == honne.InvitePutOff; got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
	h := addressed("sato@yamato.example.jp", "anna@nordlund.example")
	for _, in := range []mail.Invite{{UID: "m", Method: "REPLY", Declined: true}, {UID: "m", Method: "REPLY"}, {UID: "m", Method: "COUNTER"}, {UID: "m", Method: "REQUEST"}} {
		if m := l.Letter("x", h, mail.Body{Invites: []mail.Invite{in}}); m.Follows != (in.Method != "REQUEST") {
			t.Errorf("%s answers an invitation: %v", in.Method, m.Follows)
		}
	}
}

// TestAsksAccess: a wish to meet a customer asks for it where the next sentence asks.
func TestAsksAccess(t *testing.T) {
	w := &testBook(t).Mail
	for text, want := range map[string]bool{
		"We would like to meet Prof. Ogawa of Naniwa Hospital in May. Could you arrange an appointment?": true,
		"北斗大学病院の山田先生を訪問したく存じます。日程を調整いただけますでしょうか。":                                                        true,
		"We met Prof. Ogawa of Naniwa Hospital in May. Could you send the minutes?":                      false,
		"Which hospitals will you visit first?":                                                          false,
		"We want to see the hospital sales. Could you send the file?":                                    false,
		"We hope to see the hospital list soon. Could you send it?":                                      false,
	} {
		if got := AsksAccess(text, w) != ""; got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

// TestConsent: a question that only asks for agreement, and an acknowledgement that
// gives it; one that says that the answer will come gives none.
func TestConsent(t *testing.T) {
	l := lettersOf(t)
	for text, want := range map[string]honne.Consent{
		"新価格表は7月1日適用でよろしいでしょうか。":                                                           honne.ConsentAsked,
		"いつもお世話になっております。何卒ご確認いただけますでしょうか。":                                                 honne.ConsentAsked,
		"Quarterly review on 20 May: could you please confirm?":                            honne.ConsentAsked,
		"The review takes place on 18 February. Please prepare a plan. Could you confirm?": honne.ConsentAsked,
		"新価格表は7月1日適用でよろしいでしょうか。在庫数もお知らせください。":                                              "",
		"6月末の在庫数をご確認いただけますでしょうか。":                                                          "",
		"Could you confirm which hospital bought it?":                                      "",
		"Could you confirm the stock at the end of June?":                                  "",
		"納期はいつ頃でよろしいでしょうか。":                                                                "",
		"ご連絡ありがとうございます。承知いたしました。よろしくお願いいたします。":                                             honne.ConsentGiven,
		"はい、よろしくお願いいたします。":                                                                 honne.ConsentGiven,
		"はい、確認して改めてご連絡いたします。":                                                              "",
		"かしこまりました。":                                                                        honne.ConsentGiven,
		"Well noted. Thank you very much.":                                                 honne.ConsentGiven,
		"確認いたします。":                                                                         "",
		"承知いたしました。社内で確認のうえ、改めてご連絡いたします。":                                                   "",
		"承知いたしましたので、少々お待ちください。":                                                            "",
		"メールを拝受いたしました。":                                                                    "",
		"Well noted. We will get back to you soon.":                                        "",
	} {
		if m := l.Letter("x", addressed("anna@nordlund.example", "sato@yamato.example.jp"), mail.Body{Text: text}); m.Consent != want {
			t.Errorf("%s: %q, want %q", text, m.Consent, want)
		}
	}
}

func TestTopic(t *testing.T) {
	w := &testBook(t).Mail
	for _, c := range []struct {
		subject, topic string
		answers        bool
	}{
		{"在庫の件", "在庫の件", false},
		{"Re: 在庫の件", "在庫の件", true},
		{"RE: Re: ＲＥ： 在庫の件", "在庫の件", true},
		{"返信: 転送: 在庫の件", "在庫の件", true},
		{"Fwd: Stock June", "stockjune", true},
		{"Re[2]: Stock June", "stockjune", true},
		{"【返信】在庫の件", "在庫の件", true},
		{"辞退: 四半期会議", "四半期会議", true},
		{"Tentative: Quarterly review", "quarterlyreview", true},
		{"SV: VS: Stock June", "stockjune", true},
		{"Regarding: Stock", "regarding:stock", false},
		{"【重要】在庫の件", "【重要】在庫の件", false},
	} {
		if topic, answers := w.Topic(c.subject); topic != c.topic || answers != c.answers {
			t.Errorf("%q: %q, %v", c.subject, topic, answers)
		}
	}
}

func TestProposeDomains(t *testing.T) {
	const ours, theirs, other = "anna@nordlund.example", "sato@yamato-medical.example.jp", "tanaka@other.example.jp"
	back := func(n int, a, b string) (list []mail.Head) {
		for range n {
			list = append(list, addressed(a, b), addressed(b, a))
		}
		return list
	}
	owned := func(list []mail.Head, by string) []mail.Head {
		for i := range list {
			list[i].Owner = mail.Address{Addr: by}
		}
		return list
	}
	for _, c := range []struct {
		name    string
		profile honne.Profile
		heads   []mail.Head
		want    string
		clear   bool
	}{
		{"one abroad, one in Japan", honne.Profile{}, back(2, ours, theirs), "[nordlund.example] [yamato-medical.example.jp]", true},
		{"many partners, one by name", honne.Profile{Name: "Yamato Medical KK"}, append(back(3, ours, theirs), back(9, ours, other)...), "[nordlund.example] [yamato-medical.example.jp]", true},
		{"many partners, none by name", honne.Profile{Name: "A"}, append(back(3, ours, theirs), back(4, ours, other)...), "[nordlund.example] [other.example.jp]", false},
		{"one partner far ahead", honne.Profile{}, append(back(9, ours, theirs), back(2, ours, other)...), "[nordlund.example] [yamato-medical.example.jp]", true},
		{"both in Japan, the owner known", honne.Profile{}, owned(back(3, "a@nordlund.example.jp", theirs), "a@nordlund.example.jp"), "[nordlund.example.jp] [yamato-medical.example.jp]", true},
		{"ours is stated", honne.Profile{OurDomains: []string{"nordlund.example.jp"}}, back(3, "a@nordlund.example.jp", theirs), "[nordlund.example.jp] [yamato-medical.example.jp]", true},
		{"shared by many", honne.Profile{}, back(3, ours, "sato@gmail.com"), "[nordlund.example] []", false},
		{"nothing", honne.Profile{}, nil, "[] []", false},
	} {
		count := NewCorrespondence(testBook(t))
		for _, h := range c.heads {
			count.Add(h)
		}
		d, clear := count.Propose(c.profile)
		if got := fmt.Sprint(d.Ours, " ", d.Theirs); got != c.want || clear != c.clear {
			t.Errorf("%s: %s, clear %v; want %s, %v", c.name, got, clear, c.want, c.clear)
		}
	}
}

// TestDay: a message that asks when and nothing else, and a reply that only promises a paper by
// a day. How something stands is another question, and the promise of a word answers none.
func TestDay(t *testing.T) {
	l := lettersOf(t)
	for text, want := range map[string]bool{
		"デモ機はいつ返却されますか。":                                           true,
		"By when can we expect the report?":                        true,
		"What is the status of the registration?":                  false,
		"展示会の準備状況を教えてください。":                                        false,
		"3月分の報告書の提出状況はいかがでしょうか。":                                   true,
		"デモは何件行いましたか。また、次のデモはいつですか。":                               false,
		"Which hospitals use it, and when will you send the list?": false,
		"What is the status of the approval, and when is it due?":  false,
		"納期は3月9日までにご回答いたします。":                                      false,
		"We will inform you by March 18.":                          false,
		"We will have the drawing ready on the 20th.":              true,
		"We will have it done by March 18.":                        true,
		"申請は6月30日までに提出いたします。":                                      false,
		"Could you send us the list of accounts?":                  false,
		"不具合の内容を教えてください。":                                          false,
		"承知いたしました。一覧は2月20日までに提出いたします。":                             true,
		"We will send it by March 18.":                             true,
		"Thank you for your mail. We will get back to you.":        false,
		"在庫は14台です。内訳は3月9日までにご報告いたします。":                             false,
		"We have received your mail and will check it internally.": false,
	} {
		if m := l.Letter("x", addressed("sato@yamato.example.jp", "anna@nordlund.example"), mail.Body{Text: text}); m.Day != want {
			t.Errorf("%s: %v", text, m.Day)
		}
	}
}

// TestRereadAutomatic: what newer words no longer call a program's is taken back, but for
// what the head says, and for what was kept before that was known.
func TestRereadAutomatic(t *testing.T) {
	l := lettersOf(t)
	m := l.Letter("x", addressed("sato@yamato.example.jp", "anna@nordlund.example"), mail.Body{Text: "6月は20台でした。"})
	for program, want := range map[bool]honne.TurnKind{false: honne.Substance, true: honne.Automatic} {
		m.Kind, m.Program = honne.Automatic, program
		if got := Reread(m, bothSides, testBook(t)); got.Kind != want {
			t.Errorf("by its head %v: %s, want %s", program, got.Kind, want)
		}
	}
	if h := addressed("sato@yamato.example.jp", "anna@nordlund.example"); l.Letter("x", h, mail.Body{Text: "自動返信です。"}).Program {
		t.Error("words are no head")
	}
}
