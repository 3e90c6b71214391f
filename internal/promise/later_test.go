package promise_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/japan"
	"honne/internal/promise"
)

func TestDays(t *testing.T) {
	data, err := os.ReadFile("testdata/days.txt")
	if err != nil {
		t.Fatal(err)
	}
	r := recogniser(t)
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSpace(line), " | ")
		if len(f) != 3 || strings.HasPrefix(line, "#") {
			continue
		}
		text := "We will ship it " + f[1] + "."
		if japan.IsJapanese(f[1]) {
			text = f[1] + "納品します。"
		}
		on, err := honne.ParseDate(f[0])
		if err != nil {
			t.Fatal(err)
		}
		list := r.Find(honne.Passage{Text: text, From: honne.Theirs}, on)
		want := f[2]
		switch {
		case len(list) != 1:
			t.Errorf("%s: %d promises", text, len(list))
		case want == "-" && list[0].Due != 0, want != "-" && list[0].Due.String() != want:
			t.Errorf("%s, said %s: due %s, want %s", text, f[0], list[0].Due, want)
		}
	}
}

func TestWhoseAndWhat(t *testing.T) {
	r := recogniser(t).Knowing([]string{"Nordlund GmbH"}, []string{"みやこメディカル株式会社", "Miyako Medical Co., Ltd."})
	minutes := `議事録 10月5日
・みやこメディカル：10/30までに施設別実績を送付
・Nordlund：11/13までに日本語カタログ200部を納品
・先方：10/20までに訪問計画を提出（佐藤）
・次回：11月20日 10:00 大阪`
	list := r.Find(honne.Passage{Text: minutes, From: honne.Ours}, said)
	var got []string
	for _, p := range list {
		got = append(got, string(p.By)+" "+p.Due.String()+" "+p.Much+" "+string(p.Form))
	}
	want := []string{"theirs 2026-10-30  unconfirmed", "ours 2026-11-13 200部 unconfirmed", "theirs 2026-10-20  unconfirmed"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTwoInOneSentence(t *testing.T) {
	list := recogniser(t).Find(honne.Passage{Text: "A社向け見積は10月8日までに提出し、B社向けは10月20日までに提出いたします。", From: honne.Theirs}, said)
	if len(list) != 2 || list[0].Due != honne.NewDate(2026, 10, 8) || list[1].Due != honne.NewDate(2026, 10, 20) {
		t.Errorf("%+v", list)
	}
	list = recogniser(t).Find(honne.Passage{Text: "資料を作成し、10月20日までにお送りいたします。", From: honne.Theirs}, said)
	if len(list) != 1 {
		t.Errorf("%+v", list)
	}
}

func TestWordsOfOthersGiveNothing(t *testing.T) {
	r := recogniser(t)
	before := "We will ship three units by 30 October. Please confirm."
	for name, p := range map[string]honne.Passage{
		"quoted":    {Text: "> We will ship three units by 30 October.\n> 10月30日までに納品します。"},
		"repeated":  {Text: "We will ship three units by 30 October.", Before: before},
		"signature": {Text: "Thank you.\n-- \nWe will ship three units by 30 October."},
	} {
		p.From = honne.Theirs
		if list := r.Find(p, said); len(list) > 0 {
			t.Errorf("%s: %+v", name, list)
		}
	}
	if list := r.Find(honne.Passage{Text: before, From: honne.Ours}, said); len(list) != 1 || list[0].By != honne.Ours {
		t.Errorf("ours: %+v", list)
	}
}

// later reads what one passage says of promises made in another.
func later(r *promise.Recogniser, earlier, text string, on honne.Date) (honne.Promise, bool) {
	list := r.Find(honne.Passage{Text: earlier, From: honne.Theirs}, said)
	for _, w := range r.Later(honne.Passage{Text: text, From: honne.Theirs}, on) {
		if _, p, ok := promise.Apply(list, w); ok {
			return p, true
		}
	}
	return honne.Promise{}, false
}

func TestApply(t *testing.T) {
	r := recogniser(t)
	two := "在庫一覧を10月20日までにお送りいたします。\nデモ機3台を10月30日までに納品いたします。"
	on := honne.NewDate(2026, 10, 19)
	if p, ok := later(r, two, "10月30日の期日を11月13日に変更させてください。", on); !ok || p.Due != honne.NewDate(2026, 11, 13) ||
		p.FirstDue() != honne.NewDate(2026, 10, 30) || p.Much != "3台" || len(p.Moves) != 1 || p.Moves[0].Agreed || p.Moves[0].By != honne.Theirs {
		t.Errorf("moved: %v %+v", ok, p)
	}
	if p, ok := later(r, two, "お約束の在庫一覧を添付いたします。", on); !ok || p.Outcome != honne.PromiseKept || p.Done != on || p.Due != honne.NewDate(2026, 10, 20) {
		t.Errorf("kept: %v %+v", ok, p)
	}
	if p, ok := later(r, two, "本日、デモ機3台を納品いたしました。", on); !ok || p.Much != "3台" || p.Outcome != honne.PromiseKept {
		t.Errorf("done: %v %+v", ok, p)
	}
	for name, text := range map[string]string{
		"another deed":  "先週、青葉病院を訪問いたしました。",
		"not done yet":  "在庫一覧はまだお送りしておりません。",
		"another day":   "10月15日の期日を11月13日に変更させてください。",
		"no change":     "10月30日の納期に変更はありません。",
		"asked by them": "在庫一覧をお送りしましたでしょうか。",
	} {
		if p, ok := later(r, two, text, on); ok {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

// A message that brings files keeps the promise of what it says to send, whatever it asks
// beside; one that brings none, or of something else, does not.
func TestFilesKeepPromises(t *testing.T) {
	r := recogniser(t)
	list := r.Find(honne.Passage{Text: "販売計画は10月20日までに提出いたします。", From: honne.Theirs}, said)
	for _, c := range []struct {
		text   string
		brings bool
		kept   bool
	}{
		{"お待たせいたしました。販売計画を添付にてお送りいたします。", true, true},
		{"販売計画を添付いたしますのでご査収ください。", true, true},
		{"計画書を添付いたします。", true, true},
		{"販売計画を添付いたしますのでご査収ください。", false, false},
		{"御見積書をお送りいたします。", true, false},
		{"販売計画は10月23日にお送りいたします。", true, false},
		{"本日、販売計画の打合せを行いました。", true, false},
	} {
		kept := false
		for _, w := range r.Later(honne.Passage{Text: c.text, From: honne.Theirs, Brings: c.brings}, said+10) {
			_, p, ok := promise.Apply(list, w)
			kept = kept || ok && p.Outcome == honne.PromiseKept
		}
		if kept != c.kept {
			t.Errorf("%s (files: %v): kept %v", c.text, c.brings, kept)
		}
	}
}

// What a promise does not name is what was asked for: the file in the same conversation.
func TestFileKeepsNamelessPromise(t *testing.T) {
	r := recogniser(t)
	list := r.Find(honne.Passage{Text: "本日中にお送りいたします。", From: honne.Theirs}, said)
	for _, w := range r.Later(honne.Passage{Text: "9月の報告書を添付いたします。", From: honne.Theirs, Brings: true}, said) {
		if _, p, ok := promise.Apply(list, w); ok && p.Outcome == honne.PromiseKept {
			return
		}
	}
	t.Errorf("not kept: %+v", list)
}

// New prices, and goods of others that the partner takes on, are notices: nobody is held to
// their days. What is sent of them is a promise.
func TestNoticesAreNoPromises(t *testing.T) {
	r := recogniser(t)
	for text, c := range map[string]struct {
		from honne.Side
		n    int
	}{
		"2026年12月1日より、NV-100の仕切価格を5％値上げいたします。":        {honne.Ours, 0},
		"11月20日までに新価格表をお送りいたします。":                     {honne.Ours, 1},
		"11月よりアルファ社の競合製品の取り扱いを開始することになりました。":          {honne.Theirs, 0},
		"We offer a two-day training on November 20.": {honne.Ours, 0},
	} {
		if list := r.Find(honne.Passage{Text: text, From: c.from}, said); len(list) != c.n {
			t.Errorf("%s: %+v", text, list)
		}
	}
}

// An item that ends with its deed commits, one that hangs on something does not, nor does who
// comes to something of which no day is said.
func TestDeedsAtTheEnd(t *testing.T) {
	r := recogniser(t)
	for text, n := range map[string]int{
		"1. 佐藤：価格表の翻訳を11月21日までに完了":      1,
		"予算が承認されましたら、11月末までに2台発注いたします。": 0,
		"4名参加いたします。":                    0,
	} {
		if list := r.Find(honne.Passage{Text: text, From: honne.Theirs}, said); len(list) != n {
			t.Errorf("%s: %+v", text, list)
		}
	}
}

// What is sent with its files is no promise, and how long something is no day.
func TestFilesThatCome(t *testing.T) {
	r := recogniser(t)
	for text, want := range map[string][2]int{ // without files, with them
		"見積2件をお送りいたします。":                           {1, 0},
		"12月度の月報および向こう3ヶ月の見込をお送りします。":              {0, 0},
		"見積は10月20日までにお送りいたします。":                    {1, 1},
		"デモ機3台を納品いたします。":                           {1, 1},
		"I will send you the list of 3 hospitals.": {1, 0},
		"見込は3か月以内の実績とともに、3か月以内にお送りします。":            {1, 1},
	} {
		for i, files := range []bool{false, true} {
			if list := r.Find(honne.Passage{Text: text, From: honne.Theirs, Brings: files}, said); len(list) != want[i] {
				t.Errorf("%s, files %v: %+v", text, files, list)
			}
		}
	}
}

// A promise that is said to be kept in a conversation of its own: the one that it can only
// mean, on the day that is named.
func TestElsewhere(t *testing.T) {
	r := recogniser(t)
	in := func(text string, made honne.Date) honne.Promise {
		p := r.Find(honne.Passage{Text: text, From: honne.Theirs}, made)[0]
		p.Topic = text
		return p
	}
	list := []honne.Promise{in("青葉病院様の見積を来月20日までにご提出いたします。", honne.NewDate(2026, 8, 18)),
		in("北浜病院様の見積を来月20日までにご提出いたします。", honne.NewDate(2026, 9, 15)),
		in("We will submit the quotation for Aoba hospital by 20 October.", honne.NewDate(2026, 9, 15))}
	on := honne.NewDate(2026, 10, 21)
	for text, want := range map[string]int{
		"先月お約束の見積は18日に提出いたしました。":                              1,
		"お約束の見積を提出いたしました。":                                    -1, // of two
		"見積を提出いたしました。":                                        -1, // not said to be promised
		"先月お約束の在庫表をお送りしました。":                                  -1, // of something else
		"先月お約束の見積はまだ提出しておりません。":                               -1,
		"As promised last month, we submitted the quotation.": 2,
	} {
		words := r.Later(honne.Passage{Text: text, From: honne.Theirs}, on)
		at, p, ok := -1, honne.Promise{}, false
		for _, w := range words {
			at, p, ok = r.Elsewhere(list, w)
		}
		if at != want || ok && p.Outcome != honne.PromiseKept {
			t.Errorf("%s: %d %+v", text, at, p)
		}
		if want == 1 && p.Done != honne.NewDate(2026, 10, 18) {
			t.Errorf("done on %s", p.Done)
		}
	}
}

// A file that is said to be attached keeps what was promised of it, in English as in Japanese.
func TestAttached(t *testing.T) {
	r := recogniser(t)
	list := r.Find(honne.Passage{Text: "I will send you the list of hospitals by October 20.", From: honne.Theirs}, said)
	for text, want := range map[string]bool{
		"I attach the list of the ten hospitals.":        true,
		"We are sending you the list of hospitals.":      true,
		"I attach the photos.":                           false,
		"We are sending you the minutes of the meeting.": false,
	} {
		kept := false
		for _, w := range r.Later(honne.Passage{Text: text, From: honne.Theirs, Brings: true}, said+5) {
			_, p, ok := promise.Apply(list, w)
			kept = kept || ok && p.Outcome == honne.PromiseKept
		}
		if kept != want {
			t.Errorf("%s: kept %v", text, kept)
		}
	}
}

// What was promised in one language is kept in the other: in its own conversation, and in another.
func TestKeptInTheOtherLanguage(t *testing.T) {
	r := recogniser(t)
	english := "We will send you the inventory list by October 20.\nWe will send you the quotation by October 20."
	japanese := "在庫一覧を10月20日までにお送りいたします。\n見積を10月20日までにお送りいたします。"
	for _, c := range []struct {
		promised, text string
		want           int
	}{
		{english, "お約束の見積をお送りいたします。", 1},
		{english, "お約束の在庫一覧をお送りいたします。", 0},
		{english, "お約束の資料をお送りいたします。", -1},
		{english, "見積を提出いたしました。", 1},
		{japanese, "As promised, here is the quotation.", 1},
		{japanese, "Please find attached the inventory list that I promised you.", 0},
		{japanese, "As promised, here are the photos.", -1},
		{"I will send the invitation letters by October 20.", "谷口様と平井様の招待状をお送りいたします。", 0},
		{"We will send it by October 20.", "お約束の見積をお送りいたします。", 0},
	} {
		for name, topic := range map[string]string{"here": "", "elsewhere": "x"} {
			list := r.Find(honne.Passage{Text: c.promised, From: honne.Theirs}, said)
			for i := range list {
				list[i].Topic = topic
			}
			at, ok := -1, false
			for _, w := range r.Later(honne.Passage{Text: c.text, From: honne.Theirs, Brings: true}, said+10) {
				if topic == "" {
					at, _, ok = promise.Apply(list, w)
				} else {
					at, _, ok = r.Elsewhere(list, w)
				}
			}
			want := c.want
			if !ok {
				at = -1
			}
			if topic != "" && !strings.Contains(c.text, "お約束") && !strings.Contains(c.text, "romised") {
				want = -1
			}
			if at != want {
				t.Errorf("%s, %s: %d", name, c.text, at)
			}
		}
	}
}

func TestApprovals(t *testing.T) {
	r := recogniser(t)
	for _, c := range []struct{ text, want string }{
		{"本件は部長の承認後、役員会に諮る必要がございます。", "department board"},
		{"課長の決裁は下りましたが、社長の判断を待っております。", "section president"},
		{"稟議を上げております。", "ringi"},
		{"稟議を上げ、本社の承認を待っています。", "head-office"},
		{"昨日の取締役会で承認されました。", "board!"},
		{"社長の承認はまだ下りておりません。", "president"},
		{"社長がよろしくと申しておりました。", ""},
		{"部長の承認は必要でしょうか。", ""},
		{"It needs the approval of the department head and then of the board.", "department board"},
		{"Our president has approved the plan.", "president!"},
		{"The board has not yet decided on it.", "board"},
		{"We are waiting for a decision of our head office.", "head-office"},
		{"The president visited the fair.", ""},
	} {
		var got []string
		for _, l := range r.Approvals(honne.Passage{Text: c.text, From: honne.Theirs}, said, 7) {
			s := l.Level
			if l.Decided != 0 {
				s += "!"
			}
			got = append(got, s)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", c.text, got, c.want)
		}
		if len(r.Approvals(honne.Passage{Text: c.text, From: honne.Ours}, said, 7)) > 0 {
			t.Errorf("%s: ours name no level of theirs", c.text)
		}
	}
}

func TestInvoke(t *testing.T) {
	r := recogniser(t)
	a := honne.Approval{Topic: "a"}
	hear := func(text string, on honne.Date) {
		a = r.Invoke(a, r.Approvals(honne.Passage{Text: text, From: honne.Theirs}, on, 7))
	}
	hear("稟議を上げております。", said)
	hear("部長の承認が必要です。", said+7)
	hear("役員会の承認も必要です。", said+14)
	if len(a.Levels) != 2 || a.Asked != said || a.Decided != 0 {
		t.Errorf("%+v", a)
	}
	hear("部長の承認が下りました。", said+20)
	if a.Decided != 0 || a.Levels[0].Decided != said+20 {
		t.Errorf("the board has not decided: %+v", a)
	}
	hear("役員会で可決されました。決定しました。", said+40)
	hear("役員会で承認されました。", said+40)
	if a.Decided != said+40 {
		t.Errorf("%+v", a)
	}
}

func FuzzFind(f *testing.F) {
	r := recogniser(f)
	for _, p := range passages(f, "rules.txt") {
		f.Add(p.text, p.text, int32(said))
	}
	f.Fuzz(func(t *testing.T, text, before string, day int32) {
		p := honne.Passage{Text: text, From: honne.Theirs, Before: before}
		on := honne.Date(day)
		if on < honne.NewDate(1900, 1, 1) || on > honne.NewDate(2100, 1, 1) {
			on = said
		}
		for _, x := range r.Find(p, on) {
			if x.What.IsZero() || x.Due != 0 && !japan.National().BusinessDay(x.Due) {
				t.Errorf("%q: %+v", text, x)
			}
		}
		for _, w := range r.Later(p, on) {
			promise.Apply(r.Find(honne.Passage{Text: before, From: honne.Theirs}, on), w)
		}
		r.Invoke(honne.Approval{}, r.Approvals(p, on, 1))
	})
}
