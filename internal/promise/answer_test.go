package promise_test

import (
	"testing"

	"honne"
	"honne/internal/promise"
)

// Who waits says that it has not come: a promise past its day is late, if it is that one. What
// comes afterwards keeps it, late.
func TestMissed(t *testing.T) {
	r := recogniser(t)
	for _, c := range []struct {
		promised, text string
		after          honne.Date
		late           bool
	}{
		{"在庫一覧は10月20日までにお送りいたします。", "在庫一覧をまだいただいておりません。", 20, true},
		{"在庫一覧は10月20日までにお送りいたします。", "在庫一覧をまだいただいておりません。", 10, false},
		{"在庫一覧は10月20日までにお送りいたします。", "請求書をまだいただいておりません。", 20, false},
		{"在庫一覧は10月20日までにお送りいたします。", "在庫一覧がまだ届いておりませんようでしたら、お知らせください。", 20, false},
		{"I will send you the inventory by October 20.", "We have not received the inventory yet.", 20, true},
		{"I will ask our laboratory and come back to you by October 20.", "証明書の件、まだご返事をいただいておりません。", 20, true},
		{"I will let you know by October 20.", "請求書をまだいただいておりません。", 20, false},
		{"We will send the samples by October 20.", "We have not received any answer from the hospital.", 20, false},
	} {
		list := r.Find(honne.Passage{Text: c.promised, From: honne.Theirs}, said)
		late := false
		for _, w := range r.Later(honne.Passage{Text: c.text, From: honne.Ours}, said+c.after) {
			if _, p, ok := promise.Apply(list, w); ok {
				late, list = late || p.Outcome == honne.PromiseLate, []honne.Promise{p}
			}
		}
		if late != c.late {
			t.Errorf("%s %s: late %v", c.promised, c.text, late)
		}
		for _, w := range r.Later(honne.Passage{Text: "お約束の在庫一覧をお送りいたします。", From: honne.Theirs}, said+30) {
			if _, p, ok := promise.Apply(list, w); ok && (p.Outcome != honne.PromiseKept || p.Done != said+30) {
				t.Errorf("%s: %+v", c.promised, p)
			}
		}
	}
}

// More time is asked for in one sentence, and the day in the next.
func TestMoreTimeThenTheDay(t *testing.T) {
	r := recogniser(t)
	list := r.Find(honne.Passage{Text: "You will have the review by October 20.", From: honne.Theirs}, said)
	for text, moved := range map[string]bool{
		"I am afraid we need one more week for the review. May we send it by October 27?": true,
		"I am afraid we need one more week for the review. How are you?":                  false,
		"The congress was fine. May we send you the photos by October 27?":                false,
	} {
		got := false
		for _, w := range r.Later(honne.Passage{Text: text, From: honne.Theirs}, said+10) {
			_, p, ok := promise.Apply(list, w)
			got = got || ok && p.Due == honne.NewDate(2026, 10, 27)
		}
		if got != moved {
			t.Errorf("%s: moved %v", text, got)
		}
	}
}

// What follows in the conversation is the answer that was promised, if it may be that.
func TestAnswers(t *testing.T) {
	r := recogniser(t)
	for _, c := range []struct {
		promised, text string
		want           bool
	}{
		{"10月20日までにご連絡いたします。", "ブースの設計が完了いたしました。", true},
		{"We will inform you by October 20.", "The drawings were approved.", true},
		{"I will send them to you on the 20th.", "Here are the instructions.", true},
		{"在庫一覧は10月20日までにお送りいたします。", "在庫は以下のとおりです。", true},
		{"在庫一覧は10月20日までにお送りいたします。", "先日の学会は盛況でした。", false},
		{"デモ機を10月20日までに返却いたします。", "先日の学会は盛況でした。", false},
	} {
		list := r.Find(honne.Passage{Text: c.promised, From: honne.Theirs}, said)
		if len(list) != 1 || r.Answers(list[0], c.text) != c.want {
			t.Errorf("%s %s: %+v", c.promised, c.text, list)
		}
	}
}
