package claim_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"honne"
	"honne/internal/claim"
	"honne/internal/playbook"
	"honne/playbooks"
)

// TestModelIsUpToDate trains once more: the same sentences make the same bytes of
// weights, and those that ship. How probabilities are made of them takes four trainings
// more, and is made anew by make eval.
func TestModelIsUpToDate(t *testing.T) {
	p := book(t)
	if !bytes.Equal(claim.Rows(p, sentences(t)), claim.RowsOf(p.Model)) {
		t.Errorf("japan/%s is not what its sentences, ideas and cues make: run honne playbook train", playbook.ModelFile)
	}
}

// trainedAnew trains all of the model once more.
func trainedAnew(t *testing.T) {
	p := book(t)
	model, err := claim.Train(p, sentences(t))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(model, p.Model) {
		t.Errorf("japan/%s is not what training makes: run honne playbook train", playbook.ModelFile)
	}
}

func sentences(t *testing.T) []playbook.Sentence {
	t.Helper()
	list, err := playbook.Sentences(playbooks.FS, "japan/sentences")
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestSentencesAreEnough: at least 40 passages a language and excuse, in all
// styles, and 2,000 ordinary ones.
func TestSentencesAreEnough(t *testing.T) {
	n := map[string]int{}
	for _, s := range sentences(t) {
		n[s.Label]++
		n[s.Label+" "+s.Lang]++
		n[s.Label+" "+s.Lang+" "+s.Style]++
	}
	for _, x := range honne.AllExcuses {
		for _, lang := range []string{"ja", "en"} {
			if n[x+" "+lang] < 40 {
				t.Errorf("%s has %d passages in %s", x, n[x+" "+lang], lang)
			}
			for _, style := range playbook.Styles() {
				if n[x+" "+lang+" "+style] == 0 {
					t.Errorf("%s has no passage in %s, %s", x, lang, style)
				}
			}
		}
	}
	if n[playbook.Ordinary] < 2000 {
		t.Errorf("%d ordinary passages", n[playbook.Ordinary])
	}
}

func theirs(text string) honne.Passage { return honne.Passage{Text: text, From: honne.Theirs} }

const different = "日本の市場は海外とは事情が違いますので、同じやり方では売れません。"
const waiting = "We would like to wait and see how the market develops, so nothing can be decided now."

func TestRecognise(t *testing.T) {
	r := recogniser(t, 0)
	for text, want := range map[string]string{
		different: "market-is-different",
		waiting:   "wait-and-see",
		"The president has to look at it first, so nothing can be decided.": "president-must-review",
		"お客様のお名前は機密ですので、開示できません。":                                           "customer-names-confidential",
	} {
		list := r.Recognise(theirs(text))
		if len(list) != 1 || list[0].Excuse != want || list[0].Barrier || list[0].Or == want || list[0].Score < 0.5 || list[0].OrScore > list[0].Score {
			t.Errorf("%s: %+v", text, list)
			continue
		}
		if m := list[0]; m.From < 0 || m.From >= m.To || m.To > len([]rune(text)) {
			t.Errorf("%s: the words from %d to %d", text, m.From, m.To)
		}
	}
}

// TestInnocent: our own words, quotes of them, signatures, questions, thanks and
// what was overcome give nothing.
func TestInnocent(t *testing.T) {
	r := recogniser(t, 0)
	flagged := func(p honne.Passage) bool {
		return slices.ContainsFunc(r.Recognise(p), func(m honne.Mention) bool { return !m.Barrier })
	}
	for name, p := range map[string]honne.Passage{
		"ours":      {Text: different, From: honne.Ours},
		"quoted":    theirs("> " + different),
		"signature": theirs("受領いたしました。\n-- \n" + different),
		"repeated":  {Text: different, From: honne.Theirs, Before: "先日のお返事には「" + different + "」とございました。"},
		"nothing":   theirs(""),
		"marks":     theirs("……！？"),
		"asked":     theirs("日本市場は他国と何が違うのか、教えていただけますか。"),
		"thanks":    theirs("Thank you very much for the documents, they were very helpful."),
		"overcome":  theirs("They said it was expensive, and three hospitals adopted it last month."),
		"delivered": theirs("9月度の販売報告を添付いたします。ご査収ください。"),
	} {
		if flagged(p) {
			t.Errorf("%s: %+v", name, r.Recognise(p))
		}
	}
}

// TestWordsThatDecidedAreOfThePassage: also where widths are folded.
func TestWordsThatDecidedAreOfThePassage(t *testing.T) {
	r := recogniser(t, 0)
	text := "　　ｾﾞﾋﾞご理解ください。" + different
	for _, m := range r.Recognise(theirs(text)) {
		words := string([]rune(text)[m.From:m.To])
		if strings.TrimSpace(words) == "" || !strings.Contains(text, words) {
			t.Errorf("%q", words)
		}
	}
}

// TestLongMail: of a long mail each reason is found at its place.
func TestLongMail(t *testing.T) {
	r := recogniser(t, 0)
	calm := strings.Repeat("ご注文の品は本日発送いたしました。到着までしばらくお待ちください。", 6)
	text := calm + "\n" + different + "\n" + calm + "\n社長がまだ確認しておりませんので、決めることができません。\n" + calm
	var got []string
	for _, m := range r.Recognise(theirs(text)) {
		got = append(got, m.Excuse)
	}
	if !slices.Contains(got, "market-is-different") || !slices.Contains(got, "president-must-review") || len(got) > 3 {
		t.Errorf("%v", got)
	}
}

// TestReady: recognition is ready soon after the start; the limit is wide, the
// figure of docs/claims.md is measured by the benchmark.
func TestReady(t *testing.T) {
	p := book(t)
	began := time.Now()
	if _, err := claim.NewRecogniser(p); err != nil {
		t.Fatal(err)
	}
	if d := time.Since(began); d > 2*time.Second {
		t.Errorf("ready after %v", d)
	}
}

func TestNoModel(t *testing.T) {
	p := book(t)
	half := *p
	half.Recognition.Threshold.EN = 0
	if _, err := claim.NewRecogniser(&half); err == nil {
		t.Error("no threshold for English flags all of it")
	}
	for _, data := range [][]byte{nil, p.Model[:len(p.Model)-1], []byte("honne excuses 1\n")} {
		q := *p
		q.Model = data
		if _, err := claim.NewRecogniser(&q); err == nil {
			t.Errorf("a model of %d bytes", len(data))
		}
	}
}

func BenchmarkRecognise(b *testing.B) {
	r := recogniser(b, 0)
	list := []honne.Passage{theirs(different), theirs(waiting), theirs("9月度の販売報告を添付いたします。ご査収ください。"),
		theirs("Thank you very much for the documents, they were very helpful.")}
	for b.Loop() {
		for _, p := range list {
			r.Recognise(p)
		}
	}
	b.ReportMetric(float64(b.N*len(list))/b.Elapsed().Seconds(), "sentences/s")
}

func BenchmarkReady(b *testing.B) {
	p := book(b)
	for b.Loop() {
		if _, err := claim.NewRecogniser(p); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzRecognise(f *testing.F) {
	f.Add(different)
	f.Add("> a\n-- \nｶﾞｶﾞ．。！\xff")
	r := recogniser(f, 0.01)
	f.Fuzz(func(t *testing.T, text string) {
		n := len([]rune(text))
		for _, m := range r.Recognise(theirs(text)) {
			if m.From < 0 || m.From >= m.To || m.To > n || m.Score < 0 || m.Score > 1 {
				t.Errorf("%q: %+v", text, m)
			}
		}
	})
}

// TestClosingName: who wrote a message takes nothing from what it says.
func TestClosingName(t *testing.T) {
	r := recogniser(t, 0)
	for _, name := range []string{"佐藤", "佐藤 健二", "Kenji Sato", "雪見商事株式会社\n営業部 山本", "㈱雪見商事 医療機器部 佐藤 健二\nTEL 03-0000-0000\nyamamoto@yukimi.example",
		"Yukimi Shoji K.K.\nKenji Sato"} {
		alone, signed := r.Recognise(theirs(different)), r.Recognise(theirs(different+"\n\n"+name))
		if len(alone) == 0 || len(signed) != len(alone) || signed[0].Excuse != alone[0].Excuse {
			t.Errorf("%s: %+v, without it %+v", name, signed, alone)
		}
	}
}

// TestOpening: to whom a message goes, its greeting and who writes decide nothing, and
// alone are nothing.
func TestOpening(t *testing.T) {
	r := recogniser(t, 0)
	for _, opening := range []string{"ルンド様\n\nお世話になっております。\n", "Nordlund Surgical AB 山田様\nいつもお世話になっております。雪見商事株式会社の高橋でございます。\n", "Dear Ms. Lund,\n"} {
		if found := r.Recognise(theirs(opening)); len(found) > 0 {
			t.Errorf("%q: %+v", opening, found)
		}
		for _, reason := range []string{"予算不足です。よろしくお願いいたします。", "・難色を示されたのは院長先生\n・価格が高すぎるため採用は困難",
			"Hi Anna, sorry we lost the tender, the price is too high,\nand the hospital cannot buy it."} {
			if alone, behind := r.Recognise(theirs(reason)), r.Recognise(theirs(opening+reason)); len(behind) < len(alone) {
				t.Errorf("%q before %s: %+v", opening, reason, behind)
			}
		}
		found := r.Recognise(theirs(opening + different))
		if len(found) != 1 || found[0].From < len([]rune(opening)) {
			t.Errorf("%q: %+v", opening, found)
		}
	}
}

// TestLastLine: a last line that begins as an address does may be what is said.
func TestLastLine(t *testing.T) {
	for line, writer := range map[string]bool{
		"TEL 03-0000-0000": true, "Tel: +81 3 0000 0000": true, "電話：03-0000-0000": true, "電話番号 03(0000)0000": true, "E-mail: a@b.example": true, "〒100-0001 東京都": true,
		"電話での問い合わせが増えております": false, "Mail orders stopped in May": false, "Telephone calls are not answered": false,
	} {
		if got := claim.IsWriter(line); got != writer {
			t.Errorf("%s: %v", line, got)
		}
	}
}

// TestPlainAnswer: an answer to what was asked is no reason, whoever signs it.
func TestPlainAnswer(t *testing.T) {
	r := recogniser(t, 0)
	for _, answer := range []string{"およそ300部ございます。", "変更はございません。", "重点施設の進捗と新製品の発売時期を希望いたします。"} {
		text := "ルンド様\n\nいつもお世話になっております。\n" + answer + "\n\n雪見商事株式会社\n営業部 山本"
		if found := r.Recognise(theirs(text)); len(found) > 0 {
			t.Errorf("%s: %+v", answer, found)
		}
	}
}

// TestOnlyKeeps: how stock is kept is no reason; that it cannot be kept is one.
func TestOnlyKeeps(t *testing.T) {
	r := recogniser(t, 0)
	for text, want := range map[string]bool{
		"在庫は先入先出で管理しております。":             true,
		"弊社倉庫ではロットごとに管理しております。":         true,
		"Our stock is managed by FIFO.": true,
		"当社では在庫を持たない方針ですので、欠品は避けられません。": false,
	} {
		if found := r.Recognise(theirs(text)); (len(found) == 0) != want {
			t.Errorf("%s: %+v", text, found)
		}
	}
}

// A reason within a message that brings a report is recorded, and not flagged.
func TestReasonBesideAReport(t *testing.T) {
	list := recogniser(t, 0).Recognise(theirs("10月度の販売報告を添付にてお送りいたします。\n円安の影響で仕入価格が上がり、拡販が難しい状況です。\n来月にはネオ3台の受注を見込んでおります。"))
	if len(list) != 1 || !list[0].Barrier || list[0].Excuse != "price-too-high" {
		t.Errorf("%+v", list)
	}
}
