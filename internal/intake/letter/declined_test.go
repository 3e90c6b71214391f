package letter

import (
	"testing"

	"honne/internal/playbook"
	"honne/playbooks"
)

// A training of ours is declined by an answer to its offer alone; another day is no refusal.
func TestDeclined(t *testing.T) {
	t.Parallel()
	p, err := playbook.Load(playbooks.FS, "japan")
	if err != nil {
		t.Fatal(err)
	}
	const offer = "営業担当者様向けの製品研修を弊社負担で開催したいと存じます。"
	for answer, c := range map[string]struct {
		before string
		want   bool
	}{
		"今回は見送らせていただきます。":                                   {offer, true},
		"せっかくのお申し出ですが、辞退いたします。":                             {offer, true},
		"We do not need a training at the moment.":          {"We would like to offer a product training in May.", true},
		"今月は見送らせていただき、来月お願いいたします。":                          {offer, false},
		"ありがとうございます。5名参加いたします。":                             {offer, false},
		"5月18日で結構です。資料の送付は不要です。":                            {offer, false},
		"ご提案の件は見送らせていただきます。":                                {"新しい価格表をお送りいたします。", false},
		"We cannot attend on that day, another day please.": {"We would like to offer a product training in May.", false},
		"今回の研修は不要です。":                                       {offer, true},
		"10月5日で結構です。":                                       {offer, false},
		"オンラインで結構です。":                                       {offer, false},
		"通訳は不要です。":                                          {offer, false},
		"研修は5日に。資料の印刷は必要ありません。":                             {offer, false},
		"佐藤は参加できませんが、他の5名が参加いたします。":                         {offer, false},
		"全員の参加は難しいですが、10名で伺います。":                            {offer, false},
		"An interpreter is not needed.":                     {"We would like to offer a product training in May.", false},
		"You can skip the introduction.":                    {"We would like to offer a product training in May.", false},
		"I cannot attend, five of us will.":                 {"We would like to offer a product training in May.", false},
	} {
		if got := Declined(answer, c.before, &p.Mail); got != "" != c.want {
			t.Errorf("%s: %q", answer, got)
		}
	}
}
