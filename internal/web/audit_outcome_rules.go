package web

import (
	"slices"
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

// ruleInputs are what each rule looks at, by the names that a trace gives them.
var ruleInputs = [...][]string{
	{"rated", "effectiveness", "compliance", "trust"},
	{"open"},
	{"effectiveness", "trust", "again", "expired", "broken", "never", "refused"},
	{"effectiveness", "compliance", "trust", "weak", "high"},
	{"watch"},
}

// outcomeRules lay a trace out rule by rule; a sentence behind a rule belongs to it.
func (v *visit) outcomeRules(trace []honne.Message) (out []OutcomeRule) {
	for _, m := range trace {
		n := slices.IndexFunc(audit.Rules[:], func(id string) bool { return m.ID == id || m.ID == id+".unseen" })
		switch {
		case n >= 0:
			out = append(out, v.outcomeRule(n, m))
		case len(out) > 0:
			last := &out[len(out)-1]
			last.Says = append(last.Says, v.say(m))
		}
	}
	return out
}

func (v *visit) outcomeRule(n int, m honne.Message) OutcomeRule {
	key := "outcome." + strconv.Itoa(n) + "."
	row := OutcomeRule{Name: v.t("outcome.rule", honne.Count("n", n), honne.Word("name", key+"name")), Gives: v.t("outcome.gives", honne.Word("what", key+"gives")),
		State: Tag{"dots", "", v.t("outcome.unseen")}}
	for _, name := range ruleInputs[n] {
		i := slices.IndexFunc(m.Args, func(a honne.Arg) bool { return a.Name == name })
		if i < 0 { // it was not looked at
			return row
		}
		row.Inputs = append(row.Inputs, OutcomeInput{v.t(key+"in."+name, m.Args...), v.app.Languages.Write(v.lang, m.Args[i]), v.t(key+"at."+name, m.Args...)})
	}
	row.State = Tag{"cross", "", v.t("outcome.not-met")}
	if slices.Contains(m.Args, honne.Word("met", "outcome.met")) {
		row.State = Tag{"tick", "info", v.t("outcome.met")}
	}
	return row
}
