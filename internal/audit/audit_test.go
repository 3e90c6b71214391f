package audit

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/playbook"
)

var usual = playbook.Weights{Effectiveness: 40, Compliance: 30, Trust: 30}

// rated gives every dimension a score, with evidence of grade A.
func rated(score int) (out []honne.Rating) {
	for _, d := range honne.AllDimensions {
		out = append(out, honne.Rating{Dimension: d.Slug, Score: score, Grade: honne.GradeA})
	}
	return out
}

// with changes the scores of some dimensions, by their id.
func with(list []honne.Rating, scores map[string]int) []honne.Rating {
	for i, d := range honne.AllDimensions {
		if s, ok := scores[d.ID]; ok {
			list[i].Score = s
		}
	}
	return list
}

func TestScores(t *testing.T) {
	list := with(rated(3), map[string]int{"E1": 1, "E2": 2})
	list[2].NA, list[3].Grade = true, honne.GradeC // E3 does not apply, E4 rests on an interview
	list = slices.DeleteFunc(list, func(r honne.Rating) bool { return r.Dimension == "trust.transparency" })
	p := Score(list)
	if p[0].Score != 2 || p[0].Applies != 3 || p[0].Rated != 3 || math.Abs(p[0].Confidence-2.5/3) > 1e-9 {
		t.Errorf("effectiveness %+v", p[0]) // (1+2+3)/3; n/a is not zero
	}
	if p[2].Score != 3 || math.Abs(p[2].Confidence-2.0/3) > 1e-9 {
		t.Errorf("trust %+v", p[2])
	}
	if got := Rated(p, usual); math.Abs(got-0.9) > 1e-9 { // 0.4 + 0.3 + 0.3 × 2/3
		t.Errorf("rated %v", got)
	}
	if Rated(Score(nil), usual) != 0 {
		t.Error("nothing rated is something")
	}
}

func sign(slug string, level honne.Band) honne.Sign {
	for _, id := range honne.AllSigns {
		if id.Slug == slug {
			return honne.Sign{ID: id, Level: level}
		}
	}
	panic(slug)
}

// everyRule wants each rule once and in its order in a trace, with what went into it
// where it was looked at; no score where compliance comes first.
func everyRule(t *testing.T, name string, o honne.Outcome) {
	t.Helper()
	var named []string
	for _, m := range o.Trace {
		rule, unseen := strings.CutSuffix(m.ID, ".unseen")
		if strings.HasPrefix(rule, "outcome.rule-") {
			named = append(named, rule)
		}
		if scores := strings.Contains(fmt.Sprint(m.Args), "{trust"); rule == Rules[2] && (unseen == scores || unseen != (o.Hold || o.Recommendation == honne.AuditIncomplete)) {
			t.Errorf("%s: %v", name, m)
		}
	}
	if !slices.Equal(named, Rules[:]) {
		t.Errorf("%s: the trace names %v", name, named)
	}
}

func TestRecommendations(t *testing.T) {
	poorly := with(rated(3), map[string]int{"E1": 1, "E2": 1, "E3": 1, "E4": 1, "T1": 1, "T2": 1, "T3": 1})
	breach := []honne.Finding{{Dimension: "compliance.regulatory", Kind: honne.FindingBreach, Critical: true}}
	for _, c := range []struct {
		name string
		of   Case
		want honne.Recommendation
	}{
		{"nothing rated", Case{}, honne.AuditIncomplete},
		{"half rated", Case{Ratings: rated(4)[:5]}, honne.AuditIncomplete},
		{"only assertions", Case{Ratings: func() []honne.Rating {
			l := rated(4)
			for i := range l {
				l[i].Grade = honne.GradeD
			}
			return l
		}()}, honne.AuditIncomplete},
		{"all well", Case{Ratings: rated(3)}, honne.Renew},
		{"a critical breach", Case{Ratings: rated(3), Findings: breach}, honne.HoldCompliance},
		{"poor for the first time", Case{Ratings: poorly}, honne.CorrectiveAction},
		{"poor twice", Case{Ratings: poorly, Before: Score(poorly)}, honne.TransitionConsider},
		{"poor after the deadline", Case{Ratings: poorly, Expired: true}, honne.TransitionConsider},
		{"broken and never shared", Case{Ratings: rated(3), Broken: 3, NeverShared: true}, honne.TransitionConsider},
		{"broken, yet shared", Case{Ratings: rated(3), Broken: 3}, honne.Renew},
		{"the plan refused", Case{Ratings: rated(3), Refused: true}, honne.TransitionConsider},
		{"one dimension at one", Case{Ratings: with(rated(4), map[string]int{"T2": 1})}, honne.CorrectiveAction},
		{"a pillar below 2.5", Case{Ratings: with(rated(3), map[string]int{"C1": 2, "C2": 2})}, honne.CorrectiveAction},
		{"three signs high", Case{Ratings: rated(3), Signs: []honne.Sign{sign("visibility", honne.High), sign("targets", honne.High), sign("responsiveness", honne.High)}}, honne.CorrectiveAction},
		{"one sign high", Case{Ratings: rated(3), Signs: []honne.Sign{sign("visibility", honne.High)}}, honne.CorrectiveAction},
		{"a feeling", Case{Ratings: rated(3), Signs: []honne.Sign{sign("gut-feel", honne.High)}}, honne.Renew},
	} {
		c.of.Weights = usual
		got := Recommend(c.of)
		if got.Recommendation != c.want {
			t.Errorf("%s: %s, want %s: %v", c.name, got.Recommendation, c.want, got.Trace)
		}
		everyRule(t, c.name, got)
	}
	focus := Recommend(Case{Ratings: rated(3), Weights: usual, Signs: []honne.Sign{sign("targets", honne.Watch)}})
	if focus.Recommendation != honne.Renew || !focus.Focus {
		t.Errorf("on watch: %+v", focus)
	}
	held := Recommend(Case{Ratings: rated(3)[:4], Weights: usual, Findings: breach})
	if held.Recommendation != honne.AuditIncomplete || !held.Hold {
		t.Errorf("incomplete with a critical breach: %+v", held)
	}
	parting := Recommend(Case{Ratings: poorly, Weights: usual, Expired: true})
	if len(parting.Needs) != 4 {
		t.Errorf("a transition that nothing is ready for needs %v", parting.Needs)
	}
}

// A rating that is listed as decisive changes the recommendation, and one that is
// not listed cannot.
func TestDecisiveRatingsDecide(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		c := Case{Weights: usual, Expired: r.IntN(2) == 0, Broken: r.IntN(5), NeverShared: r.IntN(4) == 0}
		for _, x := range rated(0) {
			x.Score, x.NA, x.Grade = r.IntN(5), r.IntN(12) == 0, []honne.Grade{"A", "B", "C", "D"}[r.IntN(4)]
			if r.IntN(8) > 0 {
				c.Ratings = append(c.Ratings, x)
			}
		}
		o := Recommend(c)
		for _, d := range honne.AllDimensions {
			i := slices.IndexFunc(o.Decisive, func(x honne.Decisive) bool { return x.Dimension == d.Slug })
			for score := range 5 {
				was, known := find(c.Ratings, d.Slug)
				if was.NA || known && was.Score == score {
					continue
				}
				changed := c
				changed.Ratings = slices.DeleteFunc(slices.Clone(c.Ratings), func(x honne.Rating) bool { return x.Dimension == d.Slug })
				now := honne.Rating{Dimension: d.Slug, Score: score, Grade: was.Grade}
				if !known {
					now.Grade = honne.GradeA
				}
				changed.Ratings = append(changed.Ratings, now)
				to := Recommend(changed).Recommendation
				switch {
				case i < 0 && to != o.Recommendation:
					t.Fatalf("%s at %d makes %s of %s, and is not listed", d.ID, score, to, o.Recommendation)
				case i >= 0 && o.Decisive[i].Then == score && (to != o.Decisive[i].Becomes || to == o.Recommendation):
					t.Fatalf("%s is listed and makes %s", d.ID, to)
				}
			}
		}
	}
}

func TestOwnSideComesFirst(t *testing.T) {
	c := Case{Ratings: with(rated(3), map[string]int{"E1": 1, "T3": 1}), Weights: usual,
		Findings: []honne.Finding{{Dimension: "trust.culture-communication", Kind: honne.FindingGap, Cause: honne.CauseOurs}}}
	o := Recommend(c)
	if math.Abs(o.OwnShare-0.3/0.7) > 1e-9 || len(o.OwnSide) != 1 {
		t.Errorf("%v %v", o.OwnShare, o.OwnSide)
	}
}

func TestGaps(t *testing.T) {
	a := honne.Assessment{
		Ratings:  []honne.Rating{{Dimension: "trust.transparency", Score: 2, Grade: honne.GradeB}, {Dimension: "trust.strategic-alignment", Score: 0, Grade: honne.GradeD}},
		Self:     []honne.SelfAnswer{{Dimension: "trust.transparency", Score: 4}, {Dimension: "trust.strategic-alignment", Score: 4}, {Dimension: "compliance.regulatory", Score: 0}},
		Released: []honne.Released{{Dimension: "trust.transparency", Pool: "partner", Median: 2.5}},
	}
	g := Gaps(a, "partner")
	i := slices.IndexFunc(g, func(x Gap) bool { return x.Dimension == "trust.transparency" })
	if x := g[i]; !x.Flag || *x.SaidShown != 2 || *x.SaidMeant != 1.5 || *x.ShownLess != -0.5 {
		t.Errorf("%+v", x)
	}
	if x := g[i+1]; x.Flag || x.Shown != nil {
		t.Errorf("an assertion shows something: %+v", x)
	}
	if v, known := Overall(g, usual, func(g Gap) *float64 { return g.SaidShown }); !known || v != 2 {
		t.Errorf("overall %v %v", v, known)
	}
	if v, known := Overall(g, usual, func(g Gap) *float64 { return g.SaidMeant }); !known || v != 1.5 {
		t.Errorf("overall of what is meant %v %v", v, known)
	}
	if g := Gaps(a, "ours")[i]; g.Meant != nil {
		t.Error("a pool speaks for another")
	}
}

// TestGapGolden holds the numbers of domain Appendix H: self 3.5, evidence 1.8, and
// four voices off the record, whatever they say.
func TestGapGolden(t *testing.T) {
	self, evidence := 3.5, 1.8
	for score := range 5 {
		shown := Release(1, voices("partner", score, score, score, score), Least, nil)
		g := gap("trust.transparency", &self, &evidence, meant(shown, "trust.transparency", "partner"))
		if math.Abs(*g.SaidShown-1.7) > 1e-9 || !g.Flag {
			t.Errorf("%v, flagged %v", *g.SaidShown, g.Flag)
		}
		if g.Meant != nil || g.SaidMeant != nil || g.ShownLess != nil || g.Gap() != g.SaidShown {
			t.Errorf("four voices of %d say %+v", score, g)
		}
	}
	if g := gap("trust.transparency", &self, nil, nil); g.Flag || g.SaidShown != nil {
		t.Errorf("flagged though evidence is unknown: %+v", g)
	}
}

// voices are those of one pool that read every dimension.
func voices(pool string, scores ...int) (out []Voice) {
	for _, s := range scores {
		v := Voice{Pool: pool, Readings: map[string]int{}}
		for _, d := range honne.AllDimensions {
			v.Readings[d.Slug] = s
		}
		out = append(out, v)
	}
	return out
}

func TestFourVoicesSayNothing(t *testing.T) {
	if got := Release(1, voices("partner", 1, 2, 3, 4), Least, nil); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	mixed := append(voices("partner", 1, 2, 3), voices("ours", 1, 2)...)
	if got := Release(1, mixed, Least, nil); len(got) != 0 {
		t.Errorf("pools mixed: %+v", got)
	}
	if got := Release(1, voices("partner", 1, 2), 1, nil); len(got) != 0 {
		t.Errorf("k of one: %+v", got)
	}
}

// One voice more or less changes no number that was shown.
func TestNoVoiceCanBeSubtracted(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		var scores []int
		for range 5 + r.IntN(8) {
			scores = append(scores, r.IntN(5))
		}
		all := voices("partner", scores...)
		shown := Release(1, all, Least, nil)
		all = Counted(all, Least)
		more := Release(1, append(slices.Clone(all), voices("partner", r.IntN(5))...), Least, shown)
		fewer := Release(1, slices.Delete(slices.Clone(all), 0, 1), Least, shown)
		for i := range shown {
			if more[i].Median != shown[i].Median || fewer[i].Median != shown[i].Median {
				t.Fatalf("of %v: %v, then %v and %v", scores, shown[i].Median, more[i].Median, fewer[i].Median)
			}
		}
		again := Release(1, append(slices.Clone(all), voices("partner", 0, 0, 0, 0, 0)...), Least, shown)
		if again[0].Median > shown[0].Median {
			t.Fatalf("five new voices are not heard: %v", again[0])
		}
	}
}

// There is no score without evidence or a written reason; an assertion, and what
// does not apply, always has the reason.
func TestFounded(t *testing.T) {
	links := []honne.EvidenceLink{{Kind: "measure", Ref: "lateness"}}
	for _, c := range []struct {
		r    honne.Rating
		want bool
	}{
		{honne.Rating{Grade: honne.GradeA}, false},
		{honne.Rating{Grade: honne.GradeC, Evidence: links}, true},
		{honne.Rating{Grade: honne.GradeB, Because: "seen"}, true},
		{honne.Rating{Grade: honne.GradeD, Evidence: links}, false},
		{honne.Rating{Grade: honne.GradeD, Because: "they say so"}, true},
		{honne.Rating{Evidence: links}, false},
		{honne.Rating{Because: "seen"}, true},
		{honne.Rating{NA: true, Grade: honne.GradeA, Evidence: links}, false},
		{honne.Rating{NA: true, Because: "no such product"}, true},
	} {
		if got := Founded(c.r); got != c.want {
			t.Errorf("%+v: %v", c.r, got)
		}
	}
}
