package report

import (
	"strconv"

	"honne"
	"honne/internal/audit"
)

// rules is the way to a recommendation, rule by rule: what each looks at, where that
// stands, and from where on it counts.
func (b *builder) rules(trace []honne.Message) {
	t := Table{Caption: honne.Say("outcome.rules.caption"), Columns: []Column{{Head: honne.Say("outcome.col.in")}, {Head: honne.Say("outcome.col.is"), Right: true},
		{Head: honne.Say("outcome.col.at")}}}
	for _, l := range audit.ByRule(trace) {
		head := ruleRow(l)
		for _, m := range l.Says {
			head.Under = append(head.Under, Under{Items: []Line{words(m)}})
		}
		t.Rows = append(t.Rows, head)
		for _, a := range l.Inputs {
			t.Rows = append(t.Rows, inputRow(l, a))
		}
	}
	switch {
	case len(t.Rows) > 0:
		b.add(t)
	case len(trace) > 0: // it names no rule
		b.add(List{entries(trace)})
	}
}

func ruleKey(l audit.Looked) string { return "outcome." + strconv.Itoa(l.N) + "." }

// ruleRow heads what a rule looks at; of one that was not looked at there is nothing.
func ruleRow(l audit.Looked) Row {
	name := words(honne.Say("outcome.rule", honne.Count("n", l.N), honne.Word("name", ruleKey(l)+"name")))
	if !l.Seen {
		return Row{Group: true, Cells: []Cell{{Line: name}, {}, {Line: words(honne.Say("outcome.unseen"))}}}
	}
	state := "outcome.not-met"
	if l.Met {
		state = "outcome.met"
	}
	gives := honne.Say("outcome.gives", honne.Word("what", ruleKey(l)+"gives"))
	return Row{Group: true, Cells: []Cell{{Line: name}, {Line: words(honne.Say(state))}, {Line: words(gives)}}}
}

func inputRow(l audit.Looked, a honne.Arg) Row {
	name, at := honne.Say(ruleKey(l)+"in."+a.Name, l.Args...), honne.Say(ruleKey(l)+"at."+a.Name, l.Args...)
	return Row{Cells: []Cell{{Line: words(name)}, {Line: inputLine(a)}, {Line: words(at)}}}
}

// inputLine is a figure that a workbook computes with, or a word.
func inputLine(a honne.Arg) Line {
	switch a.Kind {
	case honne.ArgNumber:
		return Line{{Figure: &Figure{Value: a.F, Unit: honne.UnitIndex, Digits: 1}}}
	case honne.ArgCount:
		return Line{{Figure: &Figure{Value: float64(a.N), Unit: honne.UnitCount}}}
	case honne.ArgRatio:
		return Line{{Figure: &Figure{Value: a.F, Unit: honne.UnitRatio}}}
	}
	a.Name = "value"
	return words(honne.Say("outcome.input", a))
}
