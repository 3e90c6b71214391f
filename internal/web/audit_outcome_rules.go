package web

import (
	"strconv"

	"honne"
	"honne/internal/audit"
)

// OutcomeRule is a rule of a recommendation, with what went into it.
type OutcomeRule struct {
	Name, Gives string // what it is about, and what comes of it where it applies
	State       Tag
	Inputs      []OutcomeInput
	Says        []string // why it applies, or what was seen on the way
}

// OutcomeInput is one thing that a rule looks at: where it stands, and from where on it
// counts.
type OutcomeInput struct{ Name, Value, Limit string }

// outcomeRules lay a trace out rule by rule.
func (v *visit) outcomeRules(trace []honne.Message) (out []OutcomeRule) {
	for _, l := range audit.ByRule(trace) {
		key := "outcome." + strconv.Itoa(l.N) + "."
		row := OutcomeRule{Name: v.t("outcome.rule", honne.Count("n", l.N), honne.Word("name", key+"name")), Gives: v.t("outcome.gives", honne.Word("what", key+"gives")),
			State: ruleState(v, l), Says: v.sayAll(l.Says)}
		for _, a := range l.Inputs {
			row.Inputs = append(row.Inputs, OutcomeInput{v.t(key+"in."+a.Name, l.Args...), v.app.Languages.Write(v.lang, a), v.t(key+"at."+a.Name, l.Args...)})
		}
		out = append(out, row)
	}
	return out
}

func ruleState(v *visit, l audit.Looked) Tag {
	switch {
	case !l.Seen:
		return Tag{"dots", "", v.t("outcome.unseen")}
	case l.Met:
		return Tag{"tick", "info", v.t("outcome.met")}
	}
	return Tag{"cross", "", v.t("outcome.not-met")}
}
