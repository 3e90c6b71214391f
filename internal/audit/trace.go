package audit

import (
	"slices"

	"honne"
)

// Rules are the rules of domain 3.7 in their order, as the sentences of a trace name
// them; RULE.unseen is said of one behind that which decides, because it is not
// looked at.
var Rules = [...]string{"outcome.rule-0", "outcome.rule-1", "outcome.rule-2", "outcome.rule-3", "outcome.rule-4"}

// ruleInputs are what each rule looks at, by the names that a trace gives them.
var ruleInputs = [...][]string{
	{"rated", "effectiveness", "compliance", "trust"},
	{"open"},
	{"effectiveness", "trust", "again", "expired", "broken", "never", "refused"},
	{"effectiveness", "compliance", "trust", "weak", "high"},
	{"watch"},
}

// Looked is a rule of a trace, laid out.
type Looked struct {
	N      int // its place in Rules
	Seen   bool
	Met    bool
	Inputs []honne.Arg     // what it looks at, in the order in which it is said
	Args   []honne.Arg     // those, and the limits
	Says   []honne.Message // why it is met, or what was seen on the way
}

// ByRule lays a trace out rule by rule; a sentence behind a rule belongs to it.
func ByRule(trace []honne.Message) (out []Looked) {
	for _, m := range trace {
		n := slices.IndexFunc(Rules[:], func(id string) bool { return m.ID == id || m.ID == id+".unseen" })
		switch {
		case n >= 0:
			out = append(out, looked(n, m))
		case len(out) > 0:
			last := &out[len(out)-1]
			last.Says = append(last.Says, m)
		}
	}
	return out
}

func looked(n int, m honne.Message) Looked {
	l := Looked{N: n, Args: m.Args, Met: slices.Contains(m.Args, honne.Word("met", "outcome.met"))}
	for _, name := range ruleInputs[n] {
		if i := slices.IndexFunc(m.Args, func(a honne.Arg) bool { return a.Name == name }); i >= 0 {
			l.Inputs = append(l.Inputs, m.Args[i])
		}
	}
	l.Seen = len(l.Inputs) == len(ruleInputs[n])
	return l
}

// rule is the line of a rule that was looked at: whether it is met, and what went
// into it.
func rule(n int, met bool, inputs ...honne.Arg) honne.Message {
	word := "outcome.not-met"
	if met {
		word = "outcome.met"
	}
	return honne.Say(Rules[n], append(inputs, honne.Word("met", word))...)
}

// perPillar is a number of each pillar, by its name; a word where there is none.
func perPillar(pillars []Pillar, of func(Pillar) (float64, bool)) (out []honne.Arg) {
	for _, p := range pillars {
		if f, known := of(p); known {
			out = append(out, honne.Number(p.Slug, f))
		} else {
			out = append(out, honne.Word(p.Slug, "outcome.no-score"))
		}
	}
	return out
}

func scored(p Pillar) (float64, bool) { return p.Score, p.Known }

func yesNo(name string, yes bool) honne.Arg {
	if yes {
		return honne.Word(name, "yes")
	}
	return honne.Word(name, "no")
}
