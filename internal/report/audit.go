package report

import (
	"cmp"

	"honne"
	"honne/internal/audit"
)

// Audit is the report of an audit. Ours begins with what our own side must mend,
// then says what was assessed on what evidence, what follows and why, and who
// decided. The partner's is the business review: its purpose, what works, what we
// do, what to look at together, and the days.
func Audit(c Case, e Edition) Document {
	if e == Partner {
		return sharedAudit(c)
	}
	b := &auditing{c.start(honne.Say("audit.doc.title", honne.Text("code", honne.EntryCode(honne.EntryAudit, c.Audit.Number)))), c}
	o := c.Frozen.Outcome
	b.improved()
	b.add(Statement{honne.Say("report.outcome." + string(o.Recommendation))})
	b.add(Note{words(honne.Say("report.outcome.person"))})
	b.who()
	b.ours()
	b.pillars()
	b.ratings()
	b.months()
	b.findings()
	b.gap()
	b.follows()
	b.decision()
	b.previews()
	b.plan()
	b.requests()
	b.doc.Foot = []honne.Message{honne.Say("report.rounded"), honne.Say("report.playbook", honne.Text("playbook", c.Frozen.Playbook))}
	return b.doc
}

func sharedAudit(c Case) Document {
	b := newSharing(c, "joint.audit.title")
	b.improved()
	b.heading("joint.purpose")
	b.add(Note{plainly(b.shared.purpose)})
	b.share()
	b.works("joint.works")
	b.owes()
	b.actions("joint.before", b.shared.before)
	b.soFar()
	b.weDo(false)
	b.section("brief.facts", b.shared.agenda.facts, mostFacts)
	if len(b.shared.points) > 0 {
		b.heading("joint.points")
		var list List
		for _, x := range b.shared.points[:min(MostPoints, len(b.shared.points))] {
			e := Entry{Line: plainly(x.what)}
			if !x.ours.IsZero() && !b.shared.beside(x.ours) {
				e.Under = []Under{{honne.Say("joint.our-part"), []Line{plainly(x.ours)}}}
			}
			list.Entries = append(list.Entries, e)
		}
		b.add(list)
	}
	b.actions("joint.plan", b.shared.actions)
	b.wishes()
	b.milestone()
	b.signing()
	return b.doc
}

// auditing writes our own report.
type auditing struct {
	*builder
	c Case
}

// improved is what is rated better than in the audit before; under a hold there is no
// score.
func (b *auditing) improved() {
	if b.c.Before == nil || b.c.Frozen.Outcome.Hold {
		return
	}
	if list := audit.Improved(b.c.Audit, *b.c.Before); len(list) > 0 {
		b.add(List{entries(list)})
	}
}

// who says who assessed, and what may stand in the way of a free judgement.
func (b *auditing) who() {
	a := b.c.Audit.Audit
	b.heading("audit.doc.who")
	list := List{[]Entry{{Line: words(honne.Say("audit.doc.assessor", honne.Text("name", cmp.Or(a.Auditor.Name, "—")), honne.Word("kind", "auditor."+string(cmp.Or(a.Auditor.Kind, honne.AuditorInHouse)))))}}}
	add := func(when bool, id string) {
		if when {
			list.Entries = append(list.Entries, Entry{Line: words(honne.Say(id))})
		}
	}
	add(a.Auditor.Declared == 0, "auditor.warn.declared")
	add(a.Auditor.Bonus, "auditor.warn.bonus")
	add(a.Auditor.Japanese == honne.LanguageNone, "auditor.warn.japanese")
	if a.Auditor.Conflicts != "" {
		list.Entries = append(list.Entries, Entry{Line: Line{{Say: honne.Say("audit.doc.conflicts")}, {Text: a.Auditor.Conflicts}}})
	}
	if a.Scope != "" {
		list.Entries = append(list.Entries, Entry{Line: Line{{Say: honne.Say("audit.doc.scope")}, {Text: a.Scope}}})
	}
	b.add(list)
	if !a.Purpose.IsZero() {
		b.add(Note{Line{{Say: honne.Say("audit.doc.purpose")}, {Both: a.Purpose}}})
	}
}

// ours is what our own side must mend, first.
func (b *auditing) ours() {
	list := List{Entries: entries(b.c.Frozen.Outcome.OwnSide)}
	for _, f := range b.c.findings(honne.FindingGap, honne.FindingBreach) {
		if f.Body.Cause == honne.CauseOurs && f.Body.Closed == 0 {
			list.Entries = append(list.Entries, b.finding(f))
		}
	}
	if len(list.Entries) > 0 {
		b.heading("report.ours")
		b.add(list)
	}
}

func number2(f float64) Line {
	return Line{{Figure: &Figure{Value: f, Unit: honne.UnitIndex, Digits: 2}}}
}

func (b *auditing) pillars() {
	b.heading("audit.doc.pillars")
	t := Table{Caption: honne.Say("audit.doc.pillars.caption"), Columns: []Column{{Head: honne.Say("audit.doc.pillar")}, {Head: honne.Say("audit.doc.score"), Right: true},
		{Head: honne.Say("audit.doc.confidence"), Right: true}, {Head: honne.Say("audit.col.rated")}, {Head: honne.Say("audit.doc.before"), Right: true}}}
	var before []audit.Pillar
	if b.c.Before != nil {
		before = audit.Score(b.c.Before.Ratings)
	}
	drawn := Scale{ID: "pillars", Title: honne.Say("audit.doc.pillars"), Desc: honne.Say("audit.doc.pillars.chart")}
	for i, p := range audit.Score(b.c.Audit.Ratings) {
		r := Row{Cells: []Cell{{Line: words(honne.Say("pillar." + p.Slug))}, {}, {}, {Line: words(honne.Say("audit.rated", honne.Count("n", p.Rated), honne.Count("m", p.Applies)))}, {}}}
		if b.c.Frozen.Outcome.Hold {
			r.Cells[1].Line = words(honne.Say("audit.on-hold"))
		} else if p.Known {
			drawn.Rows = append(drawn.Rows, ScaleRow{Name: honne.Say("pillar." + p.Slug), Bar: &p.Score})
			r.Cells[1].Line, r.Cells[2].Line = number2(p.Score), number2(p.Confidence)
		}
		if before != nil && before[i].Known {
			r.Cells[4].Line = number2(before[i].Score)
		}
		t.Rows = append(t.Rows, r)
	}
	if len(drawn.Rows) > 0 {
		b.add(drawn)
	}
	b.add(t)
}

// ratings is each dimension with its score, its evidence and the reason.
func (b *auditing) ratings() {
	b.heading("audit.doc.ratings")
	t := Table{Caption: honne.Say("audit.doc.ratings.caption"), Columns: []Column{{Head: honne.Say("gap.dimension")}, {Head: honne.Say("audit.doc.score"), Right: true},
		{Head: honne.Say("audit.doc.grade")}, {Head: honne.Say("audit.doc.before"), Right: true}}}
	for _, d := range honne.AllDimensions {
		row := Row{Cells: []Cell{{Line: words(honne.Say("dimension." + d.Slug))}, {Line: words(honne.Say("audit.unscored"))}, {}, {}}}
		if r, ok := b.c.Audit.Rating(d.Slug); ok {
			row.Cells[1].Line = score(r)
			if r.Grade != "" {
				row.Cells[2].Line = words(honne.Say("grade." + string(r.Grade)))
			}
			if r.Because != "" {
				row.Under = append(row.Under, Under{Items: []Line{told(r.Because)}})
			}
			row.Under = append(row.Under, b.linked(r.Evidence)...)
		}
		if b.c.Before != nil {
			if r, ok := b.c.Before.Rating(d.Slug); ok {
				row.Cells[3].Line = score(r)
				if now, rated := b.c.Audit.Rating(d.Slug); rated && !r.NA && !now.NA {
					row.Under = append(row.Under, Under{Lead: honne.Say("audit.again"), Items: lines(audit.Again(now, r))})
				}
			}
		}
		t.Rows = append(t.Rows, row)
	}
	b.add(t)
}

func score(r honne.Rating) Line {
	if r.NA {
		return words(honne.Say("audit.na"))
	}
	return Line{{Figure: &Figure{Value: float64(r.Score), Unit: honne.UnitCount}}}
}

// linked is what a rating or a finding rests on.
func (b *auditing) linked(list []honne.EvidenceLink) []Under {
	if list = b.c.standing(list); len(list) == 0 {
		return nil
	}
	u := Under{Lead: honne.Say("report.source")}
	for _, e := range list {
		line := told(e.Ref)
		switch {
		case e.Kind == "measure":
			line = words(honne.Say("measure." + e.Ref))
		case e.Kind == "figure":
			line, e.Note = b.c.named(e), e.Ref
		case e.Kind == "file" && e.Note != "":
			line, e.Note = told(e.Note), "/intake/"+e.Ref
		}
		if e.Note != "" {
			line = append(line, Piece{Text: "(" + e.Note + ")"})
		}
		u.Items = append(u.Items, line)
	}
	return []Under{u}
}

func (b *auditing) findings() {
	for _, kind := range honne.AllFindingKinds {
		list := List{}
		for _, f := range b.c.findings(kind) {
			if kind == honne.FindingStrength || f.Body.Cause != honne.CauseOurs || f.Body.Closed != 0 {
				list.Entries = append(list.Entries, b.finding(f))
			}
		}
		if len(list.Entries) > 0 {
			b.heading("audit.doc.findings." + string(kind))
			b.add(list)
		}
	}
}

func (b *auditing) finding(f honne.Numbered[honne.Finding]) Entry {
	x := f.Body
	e := Entry{Line: Line{{Say: honne.Say("audit.doc.code", honne.Text("code", honne.EntryCode(honne.EntryFinding, f.Number)))}, {Text: cmp.Or(x.Seen, "—")}}}
	if x.Critical {
		e.Line = append(e.Line, Piece{Say: honne.Say("finding.critical-tag"), Tone: Unfavourable})
	}
	add := func(lead string, l Line) {
		e.Under = append(e.Under, Under{Lead: honne.Say(lead), Items: []Line{l}})
	}
	if x.Dimension != "" {
		add("gap.dimension", words(honne.Say("dimension."+x.Dimension)))
	}
	if x.Kind != honne.FindingStrength {
		add("finding.cause", words(honne.Say("cause."+cmp.Or(string(x.Cause), "unknown"))))
	}
	for _, t := range []struct{ lead, text string }{{"finding.matters", x.Matters}, {"finding.internal", x.Internal}} {
		if t.text != "" {
			add(t.lead, told(t.text))
		}
	}
	if !x.Partner.IsZero() {
		add("audit.doc.partner", plainly(x.Partner))
	}
	if !x.Ours.IsZero() {
		add("audit.doc.our-part", plainly(x.Ours))
	}
	rests := x.Evidence
	if x.Born.Kind != "" {
		rests = append([]honne.EvidenceLink{x.Born}, x.Evidence...)
	}
	e.Under = append(e.Under, b.linked(rests)...)
	return e
}

// gap compares what is said, shown and meant; what few said is not shown.
func (b *auditing) gap() {
	least := cmp.Or(b.c.Audit.Audit.Least, audit.Least)
	k := honne.Count("k", least)
	t := Table{Caption: honne.Say("audit.doc.gap.caption", k), Columns: []Column{{Head: honne.Say("gap.dimension")}, {Head: honne.Say("gap.said"), Right: true},
		{Head: honne.Say("gap.shown"), Right: true}, {Head: honne.Say("gap.meant"), Right: true}, {Head: honne.Say("gap.gap"), Right: true}}}
	drawn := Scale{ID: "gap", Title: honne.Say("audit.gap"), Desc: honne.Say("audit.doc.gap.chart")}
	for _, g := range audit.Widest(audit.Gaps(b.c.Audit, "partner")) {
		if g.Said == nil && g.Meant == nil {
			continue
		}
		row := Row{Cells: []Cell{{Line: words(honne.Say("dimension." + g.Dimension))}, {}, {}, {Line: words(honne.Say("gap.few", k))}, {Line: words(honne.Say("gap.unverified"))}}}
		for i, v := range []*float64{g.Said, g.Shown, g.Meant, g.Gap()} {
			if v != nil {
				row.Cells[i+1].Line = number2(*v)
			}
		}
		if g.Flag {
			row.Cells[4].Line[0].Tone = Unfavourable
		}
		t.Rows = append(t.Rows, row)
		drawn.Rows = append(drawn.Rows, ScaleRow{Name: honne.Say("dimension." + g.Dimension), Said: g.Said, Shown: g.Shown, Meant: g.Meant, Gap: g.Gap(), Wide: g.Flag})
	}
	if len(t.Rows) > 0 {
		b.heading("audit.gap")
		marks := words(honne.Say("audit.doc.gap.marks", k))
		if least < audit.Least {
			marks = append(marks, words(honne.Say("interviews.fewer", k, honne.Text("why", b.c.Audit.Audit.LeastWhy)))...)
		}
		b.add(drawn, Note{marks}, t)
	}
}

// follows is the way to the recommendation, and the single ratings that would
// change it.
func (b *auditing) follows() {
	o := b.c.Frozen.Outcome
	b.heading("outcome.why")
	b.rules(o.Trace)
	if len(o.Needs) > 0 {
		b.add(Note{words(honne.Say("outcome.needs"))}, List{entries(o.Needs)})
	}
	var turns List
	for _, d := range o.Decisive {
		m := honne.Say("outcome.turns", honne.Word("dimension", "dimension."+d.Dimension), honne.Count("now", d.Now), honne.Count("then", d.Then), honne.Word("becomes", "path."+string(d.Becomes)))
		if d.Now < 0 {
			m = honne.Say("outcome.turns-unrated", honne.Word("dimension", "dimension."+d.Dimension), honne.Count("then", d.Then), honne.Word("becomes", "path."+string(d.Becomes)))
		}
		turns.Entries = append(turns.Entries, Entry{Line: words(m)})
	}
	if len(turns.Entries) > 0 {
		b.heading("outcome.decisive")
		b.add(turns)
	}
}

// decision is what people decided, and who signed it.
func (b *auditing) decision() {
	d := b.c.Audit.Decision
	b.heading("outcome.decision")
	if d.Decided == "" {
		b.add(Note{words(honne.Say("audit.doc.undecided"))})
		return
	}
	list := List{[]Entry{{Line: words(honne.Say("path." + string(d.Decided))), Under: []Under{{Lead: honne.Say("outcome.because"), Items: []Line{told(d.Why)}}}}}}
	if d.Deadline != 0 {
		list.Entries = append(list.Entries, Entry{Line: words(honne.Say("audit.doc.deadline", honne.Day("day", d.Deadline)))})
	}
	if late, ok := audit.AfterNotice(b.c.Frozen.Distributor.Profile, d.Deadline); ok {
		list.Entries = append(list.Entries, Entry{Line: words(late)})
	}
	for _, r := range (audit.Case{}).Requirements() {
		if why := d.Lacking[r.ID]; why != "" {
			list.Entries = append(list.Entries, Entry{Line: words(r.Say), Under: []Under{{Lead: honne.Say("outcome.without"), Items: []Line{told(why)}}}})
		}
	}
	for _, s := range d.Signed {
		list.Entries = append(list.Entries, Entry{Line: words(honne.Say("audit.doc.signed", honne.Text("name", s.Name), honne.Day("day", s.On)))})
	}
	if signedBy(d) < 2 {
		list.Entries = append(list.Entries, Entry{Line: words(honne.Say("outcome.two"))})
	}
	b.add(list)
}

func (b *auditing) plan() {
	if len(b.c.Audit.Actions) > 0 {
		title := "outcome.plan"
		if b.c.Audit.Decision.Decided == honne.Renew {
			title = "joint.renewal.actions"
		}
		b.heading(title)
		b.add(b.c.actions(b.builder))
	}
}

// requests is the list of evidence: what came, and what did not with its reason.
func (b *auditing) requests() {
	if len(b.c.Audit.Requests) == 0 {
		return
	}
	b.heading("audit.requests")
	t := Table{Caption: honne.Say("audit.doc.requests.caption"), Columns: []Column{{Head: honne.Say("audit.doc.request")}, {Head: honne.Say("audit.doc.asked")}, {Head: honne.Say("audit.doc.received")}}}
	for _, r := range b.c.Audit.Requests {
		row := Row{Cells: []Cell{{Line: plainly(r.What)}, {}, {}}}
		if r.Asked != 0 {
			row.Cells[1].Line = words(honne.Say("audit.doc.day", honne.Day("day", r.Asked)))
		}
		switch {
		case r.Received != 0:
			row.Cells[2].Line = words(honne.Say("audit.doc.day", honne.Day("day", r.Received)))
		case r.Refused != "":
			row.Cells[2].Line = Line{{Say: honne.Say("audit.doc.refused")}, {Text: r.Refused}}
		case r.LeftOut != "":
			row.Cells[2].Line = Line{{Say: honne.Say("audit.doc.left-out")}, {Text: r.LeftOut}}
		default:
			row.Cells[2].Line = words(honne.Say("not-received"))
		}
		t.Rows = append(t.Rows, row)
	}
	b.add(t)
}
