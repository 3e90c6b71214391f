package promise_test

import (
	"testing"

	"honne"
	"honne/internal/promise"
)

// Who waits says that it has not come: that makes nothing late.
func TestMisses(t *testing.T) {
	r := recogniser(t)
	for text, want := range map[string]bool{
		"在庫一覧をまだいただいておりません。":                      true,
		"お世話になっております。\nご返事をいただいておりません。":           true,
		"We have not received the inventory yet.": true,
		"> We have not received it.\nThank you.":  false,
		"在庫一覧をいただきました。":                           false,
	} {
		if got := r.Misses(text); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
	list := r.Find(honne.Passage{Text: "在庫一覧は10月20日までにお送りいたします。", From: honne.Theirs}, said)
	for _, w := range r.Later(honne.Passage{Text: "在庫一覧をまだいただいておりません。", From: honne.Ours}, said+20) {
		if _, p, ok := promise.Apply(list, w); ok {
			t.Errorf("%+v", p)
		}
	}
}

// More time is asked for in one sentence, and the day in the next.
func TestMoreTimeThenTheDay(t *testing.T) {
	r := recogniser(t)
	list := r.Find(honne.Passage{Text: "You will have the review by October 20.", From: honne.Theirs}, said)
	for text, moved := range map[string]bool{
		"I am afraid we need one more week for the review. May we send it by October 27?":                       true,
		"I am afraid we need one more week for the review. How are you?":                                        false,
		"The review needs some more time because two hospitals have not replied. Can we send it by October 27?": true,
		"We need more time. Is the exhibition on October 27?":                                                   false,
		"出荷が遅れております。次回会議は10月27日でよろしいでしょうか。":                                                                     false,
		"価格を10月27日に変更いたします。":                                                                                    false,
		"The congress was fine. May we send you the photos by October 27?":                                      false,
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
