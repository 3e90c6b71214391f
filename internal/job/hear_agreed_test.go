package job

import (
	"testing"

	"honne"
	"honne/internal/store"
)

// TestMeetingAgreed: a meeting that a question proposes for one day, and its answer agrees to,
// is set by who asked; whoever puts it off later is named.
func TestMeetingAgreed(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		day    int
		putOff honne.Side
	}{
		"agreed":            {"1 ours Can we meet on October 23 at 10:00 at your office?\n2 theirs October 23 at 10:00 is fine.", 23, ""},
		"in Japanese":       {"1 theirs 10月23日にお会いできますでしょうか。\n2 ours 承知いたしました。お待ちしております。", 23, ""},
		"put off later":     {"1 ours Can we meet on October 23?\n2 theirs October 23 is fine.\n9 theirs I have to postpone our meeting on October 23.", 23, honne.Theirs},
		"another day":       {"1 ours Can we meet on October 23?\n2 theirs October 26 is fine.", 0, ""},
		"two to choose":     {"1 ours Can we meet on October 23 or October 26?\n2 theirs That is fine.", 0, ""},
		"to be checked":     {"1 ours 10月23日に会議はいかがでしょうか。\n2 theirs 承知いたしました。日程を確認いたします。", 0, ""},
		"not agreed":        {"1 ours Can we meet on October 23?\n2 theirs I am afraid October 23 is not possible.", 0, ""},
		"a customer's":      {"1 ours Can we meet Dr Ogawa at the hospital on October 23?\n2 theirs October 23 is fine.", 0, ""},
		"only asked":        {"1 ours Can we meet on October 23?", 0, ""},
		"a deadline":        {"1 ours Can you meet the deadline of October 23?\n2 theirs No problem.", 0, ""},
		"what is fine":      {"1 ours Can we meet on October 23? Is the price list in order?\n2 theirs The price list is fine.", 0, ""},
		"day of that month": {"1 ours 10月の会議は23日の午前でいかがでしょうか。\n2 theirs 23日午前で問題ございません。資料は10月20日までにお送りいたします。", 23, ""},
		"of another month":  {"1 ours 12月の会議は23日の午前でいかがでしょうか。\n2 theirs 23日午前で問題ございません。", 0, ""},
		"of an invoice":     {"1 ours Can we meet on October 23?\n2 theirs The invoice is fine.", 0, ""},
		"of a bill":         {"1 ours 10月23日にお会いできますでしょうか。\n2 theirs 請求書は問題ございません。", 0, ""},
		"of its bill":       {"1 ours Can we meet on October 23?\n2 theirs The invoice of October 23 is fine.", 0, ""},
		"the day is fine":   {"1 ours Can we meet on October 23?\n2 theirs The 23rd of October is fine with us.", 23, ""},
		"it is fine":        {"1 ours Can we meet on October 23?\n2 theirs Yes, that is fine.", 23, ""},
		"on that day":       {"1 ours 10月23日に打ち合わせはいかがでしょうか。\n2 theirs 当日は部長も問題ございません。", 23, ""},
		"how many come":     {"1 ours 10月23日14時に打ち合わせはいかがでしょうか。\n2 theirs 23日14時、3名とも参加可能です。資料は20日までにお送りします。", 23, ""},
		"another of month":  {"1 ours 10月23日14時に打ち合わせはいかがでしょうか。\n2 theirs 26日でしたら可能です。", 0, ""},
		"wished, asked":     {"1 ours We would like to meet you on October 23. Does that work for you?\n2 theirs We will be there on October 23.", 23, ""},
		"wished, and more":  {"1 ours We would like to meet you. Could you send the list by October 23?\n2 theirs Yes, October 23 is fine.", 0, ""},
		"noted before":      {"1 ours Would you like to meet on October 23?\n2 theirs 社内で確認いたします。\n3 theirs 10月23日で結構です。", 23, ""},
		"moved and agreed":  {"1 theirs 10月の会議は10月23日に変更いただけないでしょうか。\n2 ours 10月23日で結構です。", 23, ""},
		"put off, no day":   {"1 theirs 10月23日の会議は別の日に変更いただけないでしょうか。\n2 ours 承知いたしました。", 0, ""},
		"beside a contract": {"1 ours Has your lawyer finished the review? We would like to meet you on October 23. Is that fine?\n2 theirs 法務部が確認しております。10月23日の面談は承知いたしました。", 23, ""},
		"of something":      {"1 ours Is the delivery on October 23?\n2 theirs October 23 is fine.", 0, ""},
		"answered by ask":   {"1 ours Can we meet on October 23?\n2 theirs October 23 is fine. Could you come at 15:00?", 0, ""},
	} {
		b, d := withDomains(t)
		b.Read(t.Context(), b.take(t, "受信.mbox", conversation(c.text)))
		met, err := store.Entries[honne.NotedMeeting](t.Context(), b.Store, d.ID)
		switch {
		case err != nil:
			t.Fatal(err)
		case c.day == 0 && len(met) > 0, c.day > 0 && (len(met) != 1 || met[0].Body.Day != honne.NewDate(2026, 10, c.day) || met[0].Body.PutOffBy != c.putOff):
			t.Errorf("%s: %+v", name, met)
		}
	}
}
