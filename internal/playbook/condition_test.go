package playbook_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/playbook"
)

func f(v float64) *float64 { return &v }

func growth(below float64) *playbook.Condition {
	return &playbook.Condition{Of: "growth", Below: f(below)}
}

var facts = playbook.Facts{
	Value: func(name string) (float64, bool) {
		v, ok := map[string]float64{"growth": 0.05, "lateness.p90": 4}[name]
		return v, ok
	},
	History: func(name string) []float64 {
		return map[string][]float64{"growth": {0.9, 0.01, 0.02}, "lateness": {1, 2, 3, 4, 5}}[name]
	},
	Unit: func(name string) honne.ValueUnit {
		return map[string]honne.ValueUnit{"growth": honne.UnitGrowth}[name]
	},
}

func TestDecide(t *testing.T) {
	yes, no, unknown := growth(0.06), growth(0.05), &playbook.Condition{Of: "access-index", Below: f(60)}
	times := func(of string, below float64, n, in int) *playbook.Condition {
		return &playbook.Condition{Of: of, Below: f(below), Times: n, In: in}
	}
	list := func(c ...*playbook.Condition) []*playbook.Condition { return c }
	cases := []struct {
		name string
		c    *playbook.Condition
		want playbook.Truth
	}{
		{"below", yes, playbook.True},
		{"not below", no, playbook.False},
		{"above", &playbook.Condition{Of: "growth", Above: f(0.05)}, playbook.False},
		{"at most", &playbook.Condition{Of: "growth", AtMost: f(0.05)}, playbook.True},
		{"at least", &playbook.Condition{Of: "growth", AtLeast: f(0.05)}, playbook.True},
		{"part", &playbook.Condition{Of: "lateness.p90", AtLeast: f(4)}, playbook.True},
		{"unknown", unknown, playbook.Unknown},
		{"nil", nil, playbook.False},
		{"all: unknown and true", &playbook.Condition{All: list(unknown, yes)}, playbook.Unknown},
		{"all: unknown and false", &playbook.Condition{All: list(unknown, no)}, playbook.False},
		{"all true", &playbook.Condition{All: list(yes, yes)}, playbook.True},
		{"any: unknown and true", &playbook.Condition{Any: list(unknown, yes)}, playbook.True},
		{"any: unknown and false", &playbook.Condition{Any: list(unknown, no)}, playbook.Unknown},
		{"any false", &playbook.Condition{Any: list(no, no)}, playbook.False},
		{"not unknown", &playbook.Condition{Not: unknown}, playbook.Unknown},
		{"not true", &playbook.Condition{Not: yes}, playbook.False},
		{"2 of 4, three known, two hold", times("growth", 0.03, 2, 4), playbook.True},
		{"3 of 4, three known, two hold", times("growth", 0.03, 3, 4), playbook.Unknown},
		{"4 of 4, three known, two hold", times("growth", 0.03, 4, 4), playbook.False},
		{"only the newest count", times("lateness", 3, 1, 3), playbook.False},
		{"no history", times("access-index", 3, 1, 3), playbook.Unknown},
	}
	for _, c := range cases {
		if got, _ := c.c.Decide(facts); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

// written shows messages as text: id name=value.
func written(list []honne.Message) string {
	var b strings.Builder
	for _, m := range list {
		b.WriteString(m.ID)
		for _, a := range m.Args {
			switch a.Kind {
			case honne.ArgTerm:
				fmt.Fprintf(&b, " %s=%s", a.Name, a.S)
			case honne.ArgCount:
				fmt.Fprintf(&b, " %s=%d", a.Name, a.N)
			default:
				fmt.Fprintf(&b, " %s=%s:%g", a.Name, a.Kind, a.F)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

var rule = &playbook.Condition{Any: []*playbook.Condition{
	growth(0.06),
	{Not: &playbook.Condition{Of: "lateness.p90", AtMost: f(5)}},
	{All: []*playbook.Condition{
		{Of: "access-index", Above: f(60)},
		{Of: "growth", AtLeast: f(0.02), Times: 2, In: 4},
	}},
}}

func TestTrace(t *testing.T) {
	_, trace := rule.Decide(facts)
	const want = `trace.below measure=measure.growth value=growth:0.05 limit=growth:0.06 answer=truth.true
trace.at-most measure=part.lateness.p90 value=number:4 limit=number:5 answer=truth.true
trace.unknown measure=measure.access-index is=compare.above limit=number:60
trace.times measure=measure.growth is=compare.at-least limit=growth:0.02 found=2 known=3 times=2 in=4 answer=truth.true
`
	if got := written(trace); got != want {
		t.Errorf("%s", got)
	}
}

func TestSay(t *testing.T) {
	const want = `rule.any n=3 depth=0
rule.below measure=measure.growth limit=growth:0.06 depth=1
rule.not depth=1
rule.at-most measure=part.lateness.p90 limit=number:5 depth=2
rule.all n=2 depth=1
rule.above measure=measure.access-index limit=number:60 depth=2
rule.times measure=measure.growth is=compare.at-least limit=growth:0.02 times=2 in=4 depth=2
`
	if got := written(rule.Say(facts.Unit)); got != want {
		t.Errorf("%s", got)
	}
	if got := rule.Names(); !slices.Equal(got, []string{"growth", "lateness.p90", "access-index"}) {
		t.Error(got)
	}
}

func TestJudge(t *testing.T) {
	unknown := &playbook.Condition{Of: "access-index", Below: f(60)}
	cases := []struct {
		watch, high *playbook.Condition
		want        honne.Band
	}{
		{nil, nil, ""},
		{growth(1), growth(1), honne.High},
		{nil, growth(1), honne.High},
		{unknown, growth(1), honne.High},
		{growth(1), unknown, honne.Watch},
		{growth(1), growth(0), honne.Watch},
		{growth(0), unknown, honne.UnknownBand},
		{unknown, growth(0), honne.UnknownBand},
		{growth(0), growth(0), honne.Clear},
		{growth(0), nil, honne.Clear},
	}
	for i, c := range cases {
		if got, _ := playbook.Judge(c.watch, c.high, facts); got != c.want {
			t.Errorf("case %d: %q, want %q", i, got, c.want)
		}
	}
}
