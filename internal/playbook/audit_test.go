package playbook_test

import (
	"strings"
	"testing"

	"honne"
	"honne/internal/playbook"
)

// asked is all that an audit of an industry asks and looks for.
func asked(p *playbook.Playbook, pack playbook.Pack) (out []string) {
	for _, d := range honne.AllDimensions {
		rules, _ := p.Dimension(pack.Pack, d.Slug)
		texts := []honne.Both{rules.Look, rules.Ask, rules.Judge, rules.Self, rules.Private, rules.Purpose}
		for _, r := range rules.Requests {
			texts = append(texts, r.What)
		}
		for _, n := range pack.NotApplicable {
			if n == d.Slug {
				texts = nil
			}
		}
		for _, b := range texts {
			out = append(out, b.EN, b.JA)
		}
	}
	return out
}

// An industry never asks for what it marks as not applicable, nor for the papers
// of another one; and it asks for its own.
func TestPacksAskForTheirOwn(t *testing.T) {
	medical := []string{"添付文書", "GVP", "QMS", "GQP", "薬事", "広告審査記録", "KOL", "opinion leader", "学会", "患者", "MR", "公正競争規約", "package insert"}
	without := map[string][]string{"effectiveness.marketing-kol": {"KOL", "opinion leader", "Opinion leader", "学会", "congress"}}
	packs := map[string]struct{ must, never []string }{
		"medtech":    {[]string{"添付文書", "GVP/QMS手順書", "KOL一覧", "ロット追跡試験"}, []string{"GQP", "JAN", "輸出管理"}},
		"pharma":     {[]string{"GDP", "販売情報提供活動ガイドライン", "流通改善ガイドライン", "仕切価", "MR認定", "未妥結"}, []string{"QMS", "JAN", "輸出管理"}},
		"industrial": {[]string{"PL対応", "輸出管理", "検査成績書", "資格一覧", "施工・保守記録"}, append(medical, "JAN", "帳合")},
		"consumer":   {[]string{"景品表示法", "JAN", "POS", "棚割", "返品条件", "帳合"}, append(medical, "輸出管理")},
	}
	p := japanBook(t)
	if len(p.Audit.Packs) != len(packs) {
		t.Errorf("%d packs", len(p.Audit.Packs))
	}
	for _, pack := range p.Audit.Packs {
		all, want := strings.Join(asked(p, pack), "\n"), packs[pack.Pack]
		for _, word := range want.must {
			if !strings.Contains(all, word) {
				t.Errorf("%s does not ask for %s", pack.Pack, word)
			}
		}
		for _, n := range pack.NotApplicable {
			want.never = append(want.never, without[n]...)
		}
		for _, word := range want.never {
			if strings.Contains(all, word) {
				t.Errorf("%s asks for %s", pack.Pack, word)
			}
		}
	}
}

// No line of any list asks for the price at which a partner sells: it is named
// only to be left out.
func TestNoListAsksForResalePrices(t *testing.T) {
	p := japanBook(t)
	for _, pack := range p.Audit.Packs {
		for _, d := range honne.AllDimensions {
			rules, _ := p.Dimension(pack.Pack, d.Slug)
			for _, r := range rules.Requests {
				price := strings.Contains(r.What.JA, "価") && !strings.Contains(r.What.JA, "不要") && !strings.Contains(r.What.JA, "仕切価") && !strings.Contains(r.What.JA, "仮単価")
				if price || strings.Contains(r.What.JA, "納入価") {
					t.Errorf("%s: %s", pack.Pack, r.What.JA)
				}
			}
		}
	}
}

// A text of a pack stands in the place of the common one, and what it does not
// word stays.
func TestDimensionOfAPack(t *testing.T) {
	p := japanBook(t)
	common, _ := p.Dimension("", "compliance.regulatory")
	medtech, _ := p.Dimension("medtech", "compliance.regulatory")
	industrial, ok := p.Dimension("industrial", "compliance.regulatory")
	if medtech.Look != common.Look || !ok || industrial.Look == common.Look || industrial.Private != common.Private || len(industrial.Measures) != len(common.Measures) {
		t.Errorf("%+v", industrial)
	}
	if again, _ := p.Dimension("", "compliance.regulatory"); again.Look != common.Look {
		t.Error("the common words are changed")
	}
	if _, ok := p.Dimension("medtech", "no-such"); ok {
		t.Error("a dimension that is none")
	}
}

// Each of the five patterns and the four traps has its lesson, told, checked and
// with what survives; a case without a source names nobody.
func TestLessons(t *testing.T) {
	p := japanBook(t)
	hung := map[string]int{}
	for _, x := range p.Lessons {
		card, ok := p.Card(x)
		if !ok || len(card.Dimensions) == 0 {
			t.Errorf("%s hangs on nothing", x.Lesson)
		}
		if x.Title.IsZero() || x.Told.IsZero() || x.Found.IsZero() || x.Lasting.IsZero() {
			t.Errorf("%s lacks a part", x.Lesson)
		}
		hung[card.ID]++
		for _, name := range []string{"St. Jude", "Crate", "Sazaby", "サザビー", "Itochu", "伊藤忠"} {
			if all := x.Told.EN + x.Told.JA + x.Found.EN + x.Found.JA; strings.Contains(all, name) {
				t.Errorf("%s names %s, for whom no source was found", x.Lesson, name)
			}
		}
	}
	for _, c := range append(append([]playbook.Card{}, p.Audit.Patterns...), p.Audit.Traps...) {
		if hung[c.ID] != 1 {
			t.Errorf("%s has %d lessons", c.ID, hung[c.ID])
		}
	}
	if len(p.Lessons) != 9 {
		t.Errorf("%d lessons", len(p.Lessons))
	}
}
