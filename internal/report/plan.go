package report

import (
	"cmp"

	"honne"
	"honne/internal/audit"
)

// Plan is the corrective plan: for our own side with owners, progress by the
// figures of today and the days that lie behind it; for the partner the joint
// improvement plan.
func Plan(c Case, e Edition) Document {
	if e == Partner {
		b := newSharing(c, "joint.plan.title")
		b.heading("joint.purpose")
		b.add(Note{plainly(b.shared.purpose)})
		b.works("joint.works")
		b.owes()
		b.actions("joint.plan", b.shared.actions)
		b.soFar()
		b.weDo(true)
		b.milestone()
		b.signing()
		return b.doc
	}
	b := &auditing{c.start(honne.Say("plan.doc.title")), c}
	b.add(Statement{honne.Say("plan.doc.message", honne.Count("n", len(c.planned())), honne.Count("done", c.done()))})
	b.add(c.actions(b.builder))
	b.decision()
	b.previews()
	b.doc.Foot = []honne.Message{honne.Say("report.rounded"), honne.Say("plan.doc.closed")}
	return b.doc
}

// done counts the actions whose measure has reached its target.
func (c Case) done() (n int) {
	for _, a := range c.planned() {
		if c.isDone(a.Body) {
			n++
		}
	}
	return n
}

func (c Case) isDone(a honne.PlanAction) bool {
	return audit.Standing(a, c.Today) == audit.ActionDone
}

// putForward lists the actions that are put to a partner: those that are under
// way, and as many that are done as still have room beside them.
func (c Case) putForward() (out []honne.Numbered[honne.PlanAction]) {
	room := MostPoints - (len(c.planned()) - c.done())
	for _, a := range c.planned() {
		if c.isDone(a.Body) {
			if room--; room < 0 {
				continue
			}
		}
		out = append(out, a)
	}
	return out
}

// actions is the table of the plan; closed only by what the figures say.
func (c Case) actions(b *builder) Table {
	t := Table{Caption: honne.Say("plan.doc.caption"), Columns: []Column{{Head: honne.Say("plan.doc.action")}, {Head: honne.Say("plan.doc.start"), Right: true},
		{Head: honne.Say("plan.doc.now"), Right: true}, {Head: honne.Say("plan.doc.target"), Right: true}, {Head: honne.Say("plan.doc.due")}, {Head: honne.Say("plan.doc.state")}}}
	for _, a := range c.Audit.Actions {
		x := a.Body
		u := cmp.Or(unitOfMeasure(c.Frozen, x.Metric), unitOfMeasure(c.Today, x.Metric))
		m, ok := c.Today.Known(x.Metric)
		row := Row{Cells: []Cell{{Line: plainly(x.What)}, {Line: Line{{Figure: b.reading(x.Start, u)}}}, {}, {Line: Line{{Figure: b.reading(x.Target, u)}}},
			{Line: words(honne.Say("audit.doc.day", honne.Day("day", x.Due)))}, {Line: words(honne.Say("action." + string(audit.Standing(x, c.Today))))}}}
		if ok {
			row.Cells[2].Line = Line{{Figure: b.reading(m.Value, m.Unit), Notes: b.note(m.Evidence...)}}
		}
		row.Under = behind(x)
		if late, ok := audit.AfterNotice(c.Frozen.Distributor.Profile, x.Due); ok && x.Dropped == "" {
			row.Under = append(row.Under, Under{Items: []Line{words(late)}})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// behind is what stands behind an action: its measure, our own part, owners, cadence, and what
// hangs on it.
func behind(x honne.PlanAction) (out []Under) {
	if x.Metric != "" {
		out = append(out, Under{honne.Say("report.measure"), []Line{words(honne.Say("measure." + x.Metric))}})
	}
	if !x.Ours.IsZero() {
		out = append(out, Under{honne.Say("audit.doc.our-part"), []Line{plainly(x.Ours)}})
	}
	if x.OwnerOurs != "" || x.OwnerTheirs != "" {
		out = append(out, Under{honne.Say("plan.doc.owners"), []Line{told(cmp.Or(x.OwnerOurs, "—")), told(cmp.Or(x.OwnerTheirs, "—"))}})
	}
	if x.Every != "" {
		out = append(out, Under{honne.Say("plan.doc.every"), []Line{words(honne.Say("every." + x.Every))}})
	}
	if !x.Consequence.IsZero() {
		out = append(out, Under{honne.Say("joint.depends"), []Line{plainly(x.Consequence)}})
	}
	if x.Extended {
		out = append(out, Under{Items: []Line{words(honne.Say("action.extended"))}})
	}
	if x.Closed != "" {
		out = append(out, Under{honne.Say("action.closed"), []Line{told(x.Closed)}})
	}
	if x.Dropped != "" {
		out = append(out, Under{honne.Say("action.dropped"), []Line{told(x.Dropped)}})
	}
	return out
}

// Renewal is the letter of renewal: thanks, what worked, the goals of both, what
// each side adds, and the recognition given. Ours is the same letter after the way
// to it and the points to focus on.
func Renewal(c Case, e Edition) Document {
	b := newSharing(c, "joint.renewal.title")
	if e == Internal {
		own := &auditing{c.start(honne.Say("plan.doc.renewal")), c}
		own.add(Statement{honne.Say("report.outcome." + string(c.Frozen.Outcome.Recommendation))})
		own.follows()
		own.decision()
		own.previews()
		own.heading("plan.doc.letter")
		b.edition, b.doc = Internal, own.doc
		b.doc.From = ""
	}
	b.add(Note{words(honne.Say("joint.renewal.thanks"), honne.Say("joint.renewal.wish"))})
	b.works("joint.renewal.worked")
	b.recognition()
	b.goals()
	b.owes()
	b.actions("joint.renewal.actions", b.shared.actions)
	b.soFar()
	b.weDo(true)
	b.add(Note{words(honne.Say("joint.renewal.close"))})
	if e == Partner {
		b.signing()
	}
	return b.doc
}

// recognition is how the author of the letter recognises the partner.
func (b sharing) recognition() {
	var list List
	for _, x := range b.shared.letter.Recognition {
		list.Entries = append(list.Entries, Entry{Line: plainly(x)})
	}
	if len(list.Entries) > 0 {
		b.heading("joint.renewal.recognition")
		b.add(list)
	}
}

// goals are those of the coming term, and what each side adds to them.
func (b sharing) goals() {
	l := b.shared.letter
	if !l.Goals.IsZero() {
		b.heading("joint.renewal.goals")
		b.add(Note{plainly(l.Goals)})
	}
	var list List
	for _, x := range []struct {
		side string
		adds honne.Both
	}{{"joint.renewal.theirs", l.Theirs}, {"joint.renewal.ours", l.Ours}} {
		if !x.adds.IsZero() {
			list.Entries = append(list.Entries, Entry{Line: Line{{Say: honne.Say(x.side)}, {Both: x.adds}}})
		}
	}
	if len(list.Entries) > 0 {
		b.heading("joint.renewal.adds")
		b.add(list)
	}
}
