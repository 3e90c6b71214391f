package claim_test

import (
	"strings"
	"testing"

	"honne"
	"honne/internal/claim"
)

// ownReasons are three reasons that a house might describe.
func ownReasons() []honne.Entry[honne.OwnExcuse] {
	about := func(number int, sentences ...string) honne.Entry[honne.OwnExcuse] {
		return honne.Entry[honne.OwnExcuse]{Number: number, N: 1, By: 1, Body: honne.OwnExcuse{Category: "support-training",
			Title: honne.Both{EN: "The person in charge is away"}, Check: honne.Both{JA: "代理の担当者がいるか。"}, Sentences: sentences}}
	}
	return []honne.Entry[honne.OwnExcuse]{
		about(1, "担当者が育児休業に入っているため、対応できる者がおりません。",
			"Our person in charge is on parental leave and nobody else can handle your products."),
		about(2, "展示会の準備で営業部全員が動けず、訪問は難しい状況です。", "The whole sales team is tied up with the trade fair, so visits are not possible."),
		about(4, "倉庫の移転作業が続いており、棚卸しの数字が出せません。", "We are moving the warehouse, so we cannot give you any stock count."),
	}
}

func ownEar(t *testing.T) *claim.Recogniser {
	t.Helper()
	r, err := claim.NewRecogniser(book(t).With(ownReasons()))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestOwnReasonsAreFound: in later mail, said somewhat differently, and not
// where the words ask, deny or tell something else.
func TestOwnReasonsAreFound(t *testing.T) {
	r := ownEar(t)
	for text, want := range map[string]int{
		"お世話になっております。\n現在担当の者が育児休業に入っておりますため、対応できる者がいない状況です。\nよろしくお願いいたします。":                                                          1,
		"担当者が今月から育児休業に入っており、対応できる者がおりません。":                                                                                            1,
		"Dear Kirsten,\nour person in charge went on parental leave last week and nobody else can handle the products.\nBest regards": 1,
		"展示会の準備のため営業部の全員が動けず、ご訪問は難しい状況でございます。":                                                                                        2,
		"Sorry, the whole sales team is still tied up with the trade fair, visits are simply not possible.":                           2,
		"倉庫の移転作業がまだ続いておりますので、棚卸の数字を出せません。":                                                                                            4,
		"We are still moving our warehouse, so we cannot give a stock count.":                                                         4,
		"担当者が育児休業から復帰しましたので、対応いたします。":                                                                                                 0,
		"育児休業に入る担当者の後任はどなたでしょうか。":                                                                                                     0,
		"Who handles our products while your person in charge is on parental leave?":                                                  0,
		"展示会の準備は順調です。訪問の日程をお送りします。":                                                                                                   0,
		"The warehouse move is finished and here is the stock count.":                                                                 0,
	} {
		got := 0
		for _, m := range r.Recognise(theirs(text)) {
			if n := honne.OwnNumber(m.Excuse); n > 0 {
				got = n
				if m.Score < 0.5 || m.Score > 1 || m.From >= m.To || m.To > len([]rune(text)) {
					t.Errorf("%s: %+v", text, m)
				}
			}
		}
		if got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
}

// TestOwnReasonsLeaveTheOthersAlone: no passage of the test set is taken for one
// of the house's, and the thirty are found as before.
func TestOwnReasonsLeaveTheOthersAlone(t *testing.T) {
	plain, with := recogniser(t, 0), ownEar(t)
	for _, w := range weigh(t, "heldout") {
		a, b := plain.Recognise(theirs(w.Text)), with.Recognise(theirs(w.Text))
		if len(a) != len(b) {
			t.Errorf("%d mentions, with the house's %d: %s", len(a), len(b), w.Text)
			continue
		}
		for i := range a {
			if a[i] != b[i] {
				t.Errorf("%+v, with the house's %+v: %s", a[i], b[i], w.Text)
			}
		}
	}
}

// TestOwnReasonsAreNeverDecided: without a rule nothing is supported and nothing
// contradicted; the check stands there in words, in both languages.
func TestOwnReasonsAreNeverDecided(t *testing.T) {
	p := book(t).With(ownReasons())
	r := honne.Record{AsOf: asOf, Said: []honne.Said{said(honne.OwnSlug(2), asOf)}, Noted: []honne.Fact{{Kind: honne.OwnSlug(2), Value: 0, Source: "x", On: asOf, Grade: honne.GradeA}}}
	list := claim.Check(r, p)
	if len(list) != 1 || list[0].Verdict != honne.NotYetVerifiable || !strings.HasPrefix(list[0].Version, "japan@") || !strings.HasSuffix(list[0].Version, "+house@3") {
		t.Errorf("%+v", list)
	}
	x, ok := p.Excuse(honne.OwnSlug(2))
	if !ok || x.Check.EN != "代理の担当者がいるか。" || x.Title.JA != x.Title.EN {
		t.Errorf("%+v", x)
	}
	if honne.OwnNumber("market-is-different") != 0 || honne.OwnNumber(honne.OwnSlug(12)) != 12 {
		t.Error("numbers of the house's own")
	}
}
