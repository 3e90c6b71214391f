package report

import (
	"slices"

	"honne"
	"honne/internal/audit"
)

// Goals is what both sides took up in an audit, each goal with how far it is: the
// first thing that a partner sees of what was handed over to them.
func Goals(c Case) Document {
	b := newSharing(c, "joint.goals")
	for i := range b.shared.actions {
		b.shared.actions[i].told = true
	}
	b.add(Note{words(honne.Say("joint.goals.about"))})
	b.actions("joint.goals", b.shared.actions)
	return b.doc
}

// HandsOver reports whether a document gave the partner the goals of its audit.
func HandsOver(p honne.Publication) bool {
	return p.Voice == string(Partner) && slices.Contains([]string{"audit", "plan", "renewal"}, p.Kind)
}

// progress is how far an action is by what the partner itself reported since it
// began; the zero value where that cannot be said.
type progress struct {
	now    *Figure
	upTo   honne.Month
	done   bool
	better bool     // than it began
	ranges []string // of their files
}

// progress measures an action by the partner's own later files. Where anything
// else is part of the measure nothing is said, nor before a report of a month that
// ends after it began.
func (c Case) progress(a honne.PlanAction) (out progress) {
	m, ok := c.Today.Known(a.Metric)
	own, later, _ := audit.Later(a, c.Today)
	if !ok || c.Later == nil || len(later) == 0 || len(c.Later(own)) == 0 {
		return out
	}
	for _, s := range later {
		out.upTo = max(out.upTo, min(s.Period.To.Month(), c.Today.Coverage.To))
	}
	b := &builder{picture: c.Today}
	out.better = audit.Better(a, m.Value)
	out.now, out.done, out.ranges = b.reading(m.Value, m.Unit), audit.Standing(a, c.Today) == audit.ActionDone, theirNames(each(c.Later(later)))
	return out
}

// actions lists what both sides take up: measure, how far it is, day, what our
// side does, and plainly what hangs on it.
func (b sharing) actions(heading string, actions []sharedAction) {
	if len(actions) == 0 {
		return
	}
	b.heading(heading)
	var list List
	for _, a := range actions[:min(MostPoints, len(actions))] {
		e := Entry{Line: plainly(a.what)}
		if a.metric != "" {
			e.Under = append(e.Under, b.aim(a)...)
		}
		when := words(honne.Say("joint.by", honne.Day("day", a.due)))
		if a.every != "" {
			e.Under = append(e.Under, Under{honne.Say("joint.when"), []Line{when, words(honne.Say("joint.every", honne.Word("every", "every."+a.every)))}})
		} else {
			e.Under = append(e.Under, Under{honne.Say("joint.when"), []Line{when}})
		}
		if !a.ours.IsZero() {
			e.Under = append(e.Under, Under{honne.Say("joint.our-part"), []Line{plainly(a.ours)}})
		}
		if !a.consequence.IsZero() {
			e.Under = append(e.Under, Under{honne.Say("joint.depends"), []Line{plainly(a.consequence)}})
		}
		list.Entries = append(list.Entries, e)
	}
	b.add(list)
}

// share states on the first page what both sides want: the goals that they agreed on,
// each with its measure further down (domain A-05).
func (b sharing) share() {
	var list List
	if g := b.shared.letter.Goals; !g.IsZero() {
		list.Entries = append(list.Entries, Entry{Line: plainly(g)})
	}
	for _, a := range b.shared.actions[:min(MostPoints, len(b.shared.actions))] {
		list.Entries = append(list.Entries, Entry{Line: plainly(a.what)})
	}
	if len(list.Entries) > 0 {
		b.heading("joint.goals")
		b.add(list)
	}
}

// wishes lists what we asked them for and wait for, the first five.
func (b sharing) wishes() {
	var list List
	for _, w := range b.shared.wishes[:min(MostPoints, len(b.shared.wishes))] {
		e := Entry{Line: plainly(w.what)}
		if w.due != 0 {
			e.Under = []Under{{honne.Say("joint.when"), []Line{words(honne.Say("joint.by", honne.Day("day", w.due)))}}}
		}
		list.Entries = append(list.Entries, e)
	}
	if len(list.Entries) > 0 {
		b.heading("joint.wishes")
		b.add(list)
	}
}

// improved says first what got better since the review before, by their own files.
func (b sharing) improved() {
	var list List
	for _, a := range b.shared.before {
		if a.metric != "" && a.progress.better {
			list.Entries = append(list.Entries, Entry{Line: append(words(honne.Say("joint.improved")), plainly(a.what)...)})
		}
	}
	if len(list.Entries) > 0 {
		b.add(list)
	}
}

// aim is the measure of an action with its start and its goal, and how far it
// has got.
func (b sharing) aim(a sharedAction) []Under {
	from, p := "joint.from", a.progress
	if a.told || p.now != nil {
		from = "joint.start"
	}
	stood := Line{{Say: honne.Say(from)}, {Figure: &a.start}}
	if !a.span.IsZero() {
		stood = append(stood, Piece{Say: honne.Say("joint.span", honne.Over("period", a.span))})
	}
	out := []Under{{honne.Say("joint.metric"), []Line{words(honne.Say("joint.metric." + a.metric)), stood, {{Say: honne.Say("joint.to")}, {Figure: &a.target}}}}}
	if p.now == nil {
		return out
	}
	far := Under{honne.Say("joint.progress"), []Line{{{Say: honne.Say("joint.progress.by", honne.InMonth("month", p.upTo))},
		{Figure: p.now, Notes: []int{b.source(Source{Ranges: p.ranges}.short(briefRanges))}}}}}
	if p.done {
		far.Items = append(far.Items, words(honne.Say("joint.progress.done")))
	}
	return append(out, far)
}
