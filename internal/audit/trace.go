package audit

import "honne"

// Rules are the rules of domain 3.7 in their order, as the sentences of a trace name
// them; RULE.unseen is said of one behind that which decides, because it is not
// looked at.
var Rules = [...]string{"outcome.rule-0", "outcome.rule-1", "outcome.rule-2", "outcome.rule-3", "outcome.rule-4"}

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
