package web

import (
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/audit"
	"honne/internal/lang"
	"honne/internal/playbook"
)

// Each rule of a trace has its inputs in lines of their own, with where they stand and
// from where on they count; what an earlier rule decides has none.
func TestOutcomeRules(t *testing.T) {
	t.Parallel()
	all := func(score int) (out []honne.Rating) {
		for _, d := range honne.AllDimensions {
			out = append(out, honne.Rating{Dimension: d.Slug, Score: score, Grade: honne.GradeA})
		}
		return out
	}
	usual := playbook.Weights{Effectiveness: 40, Compliance: 30, Trust: 30}
	for _, l := range lang.All() {
		v := &visit{app: bare(t), lang: l}
		whole := v.outcomeRules(audit.Recommend(audit.Case{Ratings: all(4), Weights: usual}).Trace)
		if len(whole) != len(audit.Rules) {
			t.Fatalf("%s: %d rules", l, len(whole))
		}
		for i, r := range whole {
			if len(r.Inputs) != [...]int{4, 1, 7, 5, 1}[i] || r.State.Word == v.t("outcome.unseen") || !strings.Contains(r.Name, string(rune('0'+i))) {
				t.Errorf("%s: rule %d: %+v", l, i, r)
			}
			for _, in := range r.Inputs {
				if in.Name == "" || in.Value == "" || in.Limit == "" || strings.ContainsAny(in.Name+in.Value+in.Limit, "[{") {
					t.Errorf("%s: rule %d: %+v", l, i, in)
				}
			}
		}
		if last := whole[4]; last.State.Mark != "tick" || len(last.Says) == 0 {
			t.Errorf("%s: a renewal: %+v", l, last)
		}
		early := v.outcomeRules(audit.Recommend(audit.Case{}).Trace)
		if len(early) != len(audit.Rules) || early[0].State.Mark != "tick" || len(early[0].Says) == 0 || early[2].State.Word != v.t("outcome.unseen") || len(early[2].Inputs) > 0 {
			t.Errorf("%s: nothing is rated: %+v", l, early)
		}
		low := v.outcomeRules(audit.Recommend(audit.Case{Ratings: all(1), Weights: usual, Expired: true}).Trace)
		if i := slices.IndexFunc(low[2].Inputs, func(in OutcomeInput) bool { return strings.Contains(in.Limit, "1.5") }); i < 0 || low[2].State.Mark != "tick" {
			t.Errorf("%s: a transition: %+v", l, low[2])
		}
	}
}
