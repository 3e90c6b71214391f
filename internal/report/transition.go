package report

import (
	"slices"

	"honne"
	"honne/internal/audit"
)

// Transition is what must be ready before a relation ends: for our own side and
// its counsel alone, never for the partner. The day of notice by the contract
// never stands without the suggested one.
func Transition(c Case) Document {
	b := &auditing{c.start(honne.Say("exit.title")), c}
	b.add(Statement{honne.Say("exit.message")})
	b.notice()
	b.ready()
	b.dependency()
	b.follows()
	b.decision()
	b.doc.Foot = []honne.Message{honne.Say("exit.counsel"), honne.Say("report.playbook", honne.Text("playbook", c.Frozen.Playbook))}
	return b.doc
}

// notice is the calendar: by the contract, and the suggested day.
func (b *auditing) notice() {
	b.heading("exit.notice")
	p := b.c.Frozen.Distributor.Profile
	t := Table{Caption: honne.Say("exit.notice.caption"), Columns: []Column{{Head: honne.Say("exit.notice.what")}, {Head: honne.Say("dossier.day")}}}
	add := func(id string, d honne.Date, unknown string) {
		line := words(honne.Say(unknown))
		if d != 0 {
			line = words(honne.Say("audit.doc.day", honne.Day("day", d)))
			if d < b.c.Today.AsOf {
				line = append(line, Piece{Say: honne.Say("exit.passed"), Tone: Unfavourable})
			}
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Line: words(honne.Say(id))}, {Line: line}}})
	}
	add("exit.ends", p.Contract.Ends, "exit.unknown")
	add("exit.contract-notice", audit.NoticeDay(p.Contract), "exit.unknown")
	safe, _ := audit.SuggestedNotice(p)
	add("exit.suggested-notice", safe, "exit.no-suggestion")
	b.add(t)
	b.add(Note{words(honne.Say("exit.ask"))})
}

func (b *auditing) ready() {
	b.heading("exit.ready")
	p := b.c.Frozen.Distributor.Profile
	t := Table{Caption: honne.Say("exit.ready.caption"), Columns: []Column{{Head: honne.Say("exit.item")}, {Head: honne.Say("exit.state")}}}
	for _, id := range honne.ExitItems {
		state := Cell{Line: words(honne.Say("exit.open"))}
		switch {
		case slices.Contains(b.c.Audit.Decision.InPlace, id):
			state.Line = words(honne.Say("exit.in-place"))
		case id == "their-dependency":
			if m, ok := b.c.Frozen.Known("mutual-weight"); ok {
				state.Line = Line{{Figure: b.reading(m.Value, m.Unit), Notes: b.note(m.Evidence...)}}
			}
		case id == "registrations" && p.Contract.RegistrationHolder != "":
			state.Line = words(honne.Say("exit.holder." + p.Contract.RegistrationHolder))
		case id == "stock":
			if m, ok := b.c.Frozen.Known("stock-cover"); ok {
				state.Line = Line{{Figure: b.reading(m.Value, m.Unit), Notes: b.note(m.Evidence...)}}
			}
		case id == "breaches":
			n := len(b.c.findings(honne.FindingBreach))
			state.Line = words(honne.Say("exit.breaches-known", honne.Count("n", n)))
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Line: words(honne.Say("exit.item." + id))}, state}})
	}
	b.add(t)
	if b.c.Audit.Decision.Contingency {
		b.add(Note{words(honne.Say("outcome.contingency"))})
	}
}
