package job

import (
	"fmt"
	"strings"
	"testing"

	"honne"
	"honne/internal/store"
)

// TestHearAnswer: what was promised by a day as the only reply, and what became of it by the
// messages of its conversation.
func TestHearAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		text string // messages, one a line: the day of October, who, what
		want honne.PromiseOutcome
		done int
	}{
		"in time":                {"1 ours 展示会の準備状況を教えてください。\n2 theirs 10月9日までにご連絡いたします。\n8 theirs ブースの設計が完了いたしました。", honne.PromiseKept, 8},
		"a thanks is none":       {"1 ours 展示会の準備状況を教えてください。\n2 theirs 10月9日までにご連絡いたします。\n8 theirs ありがとうございます。", honne.PromiseOpen, 0},
		"promised once more":     {"1 ours 展示会の準備状況を教えてください。\n2 theirs 10月9日までにご連絡いたします。\n8 theirs パネルは印刷中です。ブースは10月12日までにご連絡いたします。", honne.PromiseOpen, 0},
		"past it, nobody said":   {"1 ours 展示会の準備状況を教えてください。\n2 theirs 10月9日までにご連絡いたします。\n20 theirs 先日の学会は盛況でした。", honne.PromiseOpen, 0},
		"past it, asked again":   {"1 ours 展示会の準備状況を教えてください。\n2 theirs 10月9日までにご連絡いたします。\n19 ours 準備状況はいかがでしょうか。\n20 theirs 準備は完了いたしました。", honne.PromiseKept, 20},
		"past it, word between":  {"1 ours 在庫を教えてください。\n2 theirs 10月9日までにご連絡いたします。\n19 ours まだでしょうか。\n19 theirs 確認いたします。\n20 theirs 在庫は14台でした。", honne.PromiseKept, 20},
		"a notice":               {"1 ours 納品先を教えてください。\n2 theirs 新しい住所は10月9日までにご案内いたします。\n8 theirs 福岡市東区箱崎1-2-3です。", honne.PromiseKept, 8},
		"a report of a place":    {"1 ours デモ機はどちらにございますか。\n2 theirs 10月9日までに所在をご報告いたします。\n8 theirs 草津総合病院様の手術室にございました。", honne.PromiseKept, 8},
		"more time is no answer": {"1 ours Could you send the sales by hospital?\n2 theirs I will send you the file by October 9.\n9 theirs The extraction needs one more approval. Please give me until October 16.", honne.PromiseOpen, 0},
		"past it, missed":        {"1 ours 在庫を教えてください。\n2 theirs 10月9日までにご連絡いたします。\n19 ours まだご返事をいただいておりません。\n20 theirs 在庫は14台でした。", honne.PromiseKept, 20},
		"not what was named":     {"1 ours 在庫一覧をお送りください。\n2 theirs 在庫一覧は10月9日までにお送りいたします。\n8 theirs 先日の学会は盛況でした。", honne.PromiseOpen, 0},
	} {
		b, d := withDomains(t)
		b.Read(t.Context(), b.take(t, "受信.mbox", conversation(c.text)))
		list, err := store.Entries[honne.Promise](t.Context(), b.Store, d.ID)
		if err != nil || len(list) == 0 || list[0].Body.Outcome != c.want || c.done > 0 && list[0].Body.Done != honne.NewDate(2026, 10, c.done) {
			t.Errorf("%s: %+v, %v", name, list, err)
		}
	}
}

// conversation is a mailbox of messages each of which answers the one before.
func conversation(lines string) string {
	var out strings.Builder
	for i, line := range strings.Split(lines, "\n") {
		f := strings.SplitN(line, " ", 3)
		from, to := "sato@miyako.example.jp", "anna@nordlund.example"
		if f[1] == "ours" {
			from, to = to, from
		}
		fmt.Fprintf(&out, "From x Thu May  7 10:00:00 2026\nFrom: %s\nTo: %s\nDate: %s Oct 2026 10:00:00 +0900\nSubject: 件\nMessage-ID: <%d@x>\nIn-Reply-To: <%d@x>\nContent-Type: text/plain; charset=utf-8\n\n%s\n\n", from, to, f[0], i+1, i, f[2])
	}
	return out.String()
}
