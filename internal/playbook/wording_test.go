package playbook_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/playbook"
	"honne/playbooks"
)

func japanBook(t *testing.T) *playbook.Playbook {
	p, err := playbook.Load(playbooks.FS, "japan")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestUnfitWords(t *testing.T) {
	p := japanBook(t)
	for text, want := range map[string][]string{
		"The audit found an excuse.":                                     {"audit", "excuse"},
		"Heart failure and red blood cells, no problem":                  nil,
		"The potential lies in Kanto, from late March on, without fail.": nil,
		"We found two problems; reports were late.":                      {"problems", "late"},
		"納品は問題なく完了し、ご指摘の点は然るべき部署で確認します。":                                 nil,
		"他社製品からの切替、当社の誤りによる再送。":                                          nil,
		"問題、指摘、誤りがあり、他の代理店や他社に比べ販売価格を見直すべき":                              {"問題", "指摘", "誤り", "他の代理店", "他社", "販売価格", "べき"},
		"We predicted and inherited it; the auditorium.":                 nil,
		"Results are credited; the finder is shared":                     nil,
		"監査の結果、隠蔽と虚偽がありました。":                                             {"監査", "隠蔽", "虚偽"},
		"監査役の皆様、納期遅延（当社）につきお詫びいたします。心不全の症例。":                             nil,
		"問題ございません。問題点を確認します。":                                            {"問題"},
		"ＡＵＤＩＴ": {"ＡＵＤＩＴ"},
		"貴社の再販売価格を維持すべきです。":            {"販売価格", "べき"},
		"計画との差につきまして、ご一緒に確認いたしたく存じます。": nil,
		"本音をお聞かせください":                  {"本音"},
		"報告を期日までに提出してください。早めに直して下さい。":  {"てください", "て下さい"},
		"ご不明な点がございましたらお知らせください。ご一緒に考えさせてください。ご提出いただけますと幸いです。": nil,
	} {
		var got []string
		for _, u := range p.Unfit(text) {
			got = append(got, u.Text)
			if u.Say.EN == "" || u.Say.JA == "" {
				t.Errorf("%s: nothing is offered for %s", text, u.Text)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

// Every word of the design is found in a sentence of its language.
func TestEveryBannedWordIsCaught(t *testing.T) {
	p := japanBook(t)
	list, err := os.ReadFile("testdata/never.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := map[string]int{}
	for line := range strings.Lines(string(list)) {
		language, word, _ := strings.Cut(strings.TrimSpace(line), " ")
		frames := map[string][]string{"en": {"We see %s here.", "%s", "The point (%s) was noted."}, "ja": {"今期は%sと考えます。", "%s", "貴社の「%s」について"}}[language]
		for _, frame := range frames {
			n[language]++
			if text := fmt.Sprintf(frame, word); len(p.Unfit(text)) == 0 {
				t.Errorf("%q passes", text)
			}
		}
	}
	if n["en"] < 120 || n["ja"] < 100 {
		t.Errorf("only %v sentences", n)
	}
}

// What is offered for a word is fit itself, and so is a word of the field around it.
func TestWhatIsOfferedIsFit(t *testing.T) {
	p := japanBook(t)
	for _, w := range p.Wording {
		for _, word := range append(slices.Clone(w.But.EN), w.But.JA...) {
			if list := p.Unfit("x " + word + " y"); len(list) > 0 {
				t.Errorf("%q is of the field, yet %v", word, list)
			}
		}
		for _, say := range []string{w.Say.EN, w.Say.JA} {
			if list := p.Unfit(say); len(list) > 0 && !w.Block {
				t.Errorf("%q is offered, yet %v", say, list)
			}
		}
	}
}

// What the partner is asked, and is asked to show, is fit to read.
func TestWhatThePartnerReadsIsFit(t *testing.T) {
	p := japanBook(t)
	check := func(what string, b honne.Both) {
		for _, text := range []string{b.EN, b.JA} {
			for _, u := range p.Unfit(text) {
				t.Errorf("%s: %q holds %q", what, text, u.Text)
			}
		}
	}
	lists := [][]playbook.DimensionRules{p.Audit.Dimensions}
	for _, pack := range p.Audit.Packs {
		lists = append(lists, pack.Dimensions)
	}
	for _, d := range slices.Concat(lists...) {
		check(d.Dimension, d.Self)
		check(d.Dimension, d.Private)
		check(d.Dimension, d.Purpose)
		for _, r := range d.Requests {
			check(d.Dimension, r.What)
		}
	}
	for _, x := range p.Excuses {
		check(x.Excuse, x.Partner)
		check(x.Excuse, x.Ask)
	}
	for _, q := range p.Asks {
		check("question "+q.Measure+string(q.Need), honne.Both{EN: q.EN, JA: q.JA})
	}
}
