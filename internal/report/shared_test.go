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
				if (at >= 0) != said || (fact >= 0) != said || said && (fact > at || at > next) || next < 0 {
					t.Errorf("%s, %s, %v hours: heading at %d, fact at %d, actions at %d", kind, l, hours, fact, at, next)
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
