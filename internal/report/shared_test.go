package report

import (
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/lang"
)

// TestOwnFactsAreNoAction: what we did stands apart from what we will do, and our
// answer time is said only where it was slower than a business day.
func TestOwnFactsAreNoAction(t *testing.T) {
	for hours, said := range map[float64]bool{7.1: false, 8: false, 20: true} {
		c := renewed()
		c.Frozen.Measures = append(slices.Clone(c.Frozen.Measures), honne.Judged{Result: honne.Result{Measure: honne.MeasureID{Slug: "response-time"}, Known: true, Value: 3, Unit: honne.UnitHours,
			Parts: []honne.Further{{Name: "ours", Value: hours}, {Name: "ours-n", Value: 3}}, Evidence: []honne.Selection{{Mail: []honne.MailID{1}}, {Mail: []honne.MailID{2}}}}})
		for kind, doc := range map[string]Document{"audit": Audit(c, Partner), "plan": Plan(c, Partner), "renewal": Renewal(c, Partner)} {
			for l, words := range map[lang.Language][3]string{lang.EN: {"Our own side so far", "Half of your 3 questions", "What we will do"}, lang.JA: {"共通の事実（当社のこれまでの対応）", "ご質問3件の半数", "\n当社の取り組み\n"}} {
				text := written(t, doc, l, Terminal{Width: 92})
				fact, at, next := strings.Index(text, words[0]), strings.Index(text, words[1]), strings.Index(text, words[2])
				if (at >= 0) != said || (fact >= 0) != said || said && (fact > at || next >= 0 && at > next) || kind == "audit" && next < 0 {
					t.Errorf("%s, %s, %v hours: heading at %d, fact at %d, actions at %d", kind, l, hours, fact, at, next)
				}
			}
		}
	}
}

// TestOwnPromisesFirst: what our own side promised stands before all that is asked of
// the partner, and what is overdue before the rest, in every document that both
// sides look at.
func TestOwnPromisesFirst(t *testing.T) {
	c, r := auditedCase(), renewed()
	for i, x := range c.Frozen.Promises { // the other way round
		if x.By == honne.Ours {
			c.Frozen.Promises = append(slices.Delete(slices.Clone(c.Frozen.Promises), i, i+1), x)
			break
		}
	}
	for kind, doc := range map[string]Document{"brief": Brief(c.Frozen, Partner, evidence), "our brief": Brief(c.Frozen, Internal, evidence), "audit": Audit(c, Partner), "plan": Plan(c, Partner), "renewal": Renewal(r, Partner)} {
		for l, words := range map[lang.Language][3]string{lang.EN: {"Our side: what we owe you", "overdue, we apologise", "What we would like to ask|Points to look at together|Joint improvement plan\n|Steps that we take together"},
			lang.JA: {"当社からのお約束と課題", "を過ぎており、お詫び申し上げます", "お伺いしたい点|ご一緒に確認したい点|\n共同改善計画\n|ご一緒に進める事項"}} {
			text := doc.plain(sentences(t), l)
			head, late := strings.Index(text, words[0]), strings.Index(text, words[1])
			if head < 0 || late < head || strings.Count(text[head:late], "\n") > 2 {
				t.Errorf("%s in %s: what is overdue does not stand first under its heading\n%s", kind, l, text)
			}
			for ask := range strings.SplitSeq(words[2], "|") {
				if at := strings.LastIndex(text, ask); at >= 0 && at < late {
					t.Errorf("%s in %s: %q stands before what we owe", kind, l, ask)
				}
			}
		}
	}
}

// TestDossierSaysYesAndNo: a measure that is yes or no is no number, and reply
// time is named by its unit.
func TestDossierSaysYesAndNo(t *testing.T) {
	c := auditedCase()
	c.Frozen.Measures = []honne.Judged{{Result: honne.Result{Measure: honne.MeasureID{Slug: "data-gate"}, Known: true, Unit: honne.UnitCount, Flag: true, N: 3, Period: c.period()}},
		{Result: honne.Result{Measure: honne.MeasureID{Slug: "response-time"}, Known: true, Value: 77.8, Unit: honne.UnitHours, N: 20, Period: c.period()}}}
	for l, rows := range map[lang.Language][]string{lang.EN: {"Data delivered for the reward | no |", "Reply time | 9.7 business days |"}, lang.JA: {"支給条件のデータ提出 | いいえ |", "返信までの時間 | 9.7営業日 |"}} {
		text := Dossier(c, bundle()).plain(sentences(t), l)
		lines := strings.Split(text, "\n")
		for _, row := range rows {
			if !slices.ContainsFunc(lines, func(s string) bool { return strings.HasPrefix(strings.Join(cells(s), " | "), row) }) {
				t.Errorf("%s: no row %s in\n%s", l, row, text)
			}
		}
	}
}

// cells are those of a row of text.
func cells(s string) (out []string) {
	for c := range strings.SplitSeq(s, "  ") {
		if c = strings.TrimSpace(c); c != "" {
			out = append(out, c)
		}
	}
	return out
}
