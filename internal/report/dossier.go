package report

import (
	"cmp"
	"slices"

	"honne"
)

// Original is a file as it came: its name, whose it is, the day, and what proves
// that it was not changed.
type Original struct {
	Path   string
	From   honne.Side
	On     honne.Date // 0: not known
	SHA256 string
}

// Bundle is what a dossier adds to a case: the originals, and the head of the
// history as number:hash.
type Bundle struct {
	Originals []Original
	Head      string
	Changes   []honne.Change // of figures, as the record holds them
	Delivered []honne.Delivery
	Found     map[int]honne.Date // when a finding was first written, by its number
}

// BundleOf is what a dossier adds, of the files that had come by the record's day;
// findings are all versions of those of the distributor.
func BundleOf(r honne.Record, files []honne.StoredFile, findings []honne.Entry[honne.Finding], head string) Bundle {
	b := Bundle{Changes: r.Changes, Delivered: r.Deliveries, Head: head, Found: map[int]honne.Date{}}
	for _, e := range findings {
		if e.N == 1 {
			b.Found[e.Number] = honne.DateOf(e.At)
		}
	}
	for _, f := range files {
		if on := f.Receipt.Day(); on <= r.AsOf {
			b.Originals = append(b.Originals, Original{Path: f.Path, From: f.From, On: on, SHA256: f.SHA256})
		}
	}
	return b
}

// event is a line of the chronology.
type event struct {
	on    honne.Date
	what  Line
	cells []honne.Selection
	at    string // an address, where it is a message
}

// Dossier is the evidence in the order in which it happened, for our own side and
// its counsel: what was reported, changed, promised and said, each with its place;
// every figure with all of its cells; and the originals with their SHA-256. It
// judges nothing.
func Dossier(c Case, x Bundle) Document {
	b := c.start(honne.Say("dossier.title"))
	b.add(Note{words(honne.Say("dossier.about"))})
	list := slices.Concat(delivered(x.Delivered), promisedOn(c.Frozen.Promises), said(c.Frozen.Claims), audited(c), found(c, x.Found), changed(x.Changes))
	slices.SortStableFunc(list, func(p, q event) int { return cmp.Compare(p.on, q.on) })
	b.heading("dossier.chronology")
	t := Table{Caption: honne.Say("dossier.chronology.caption"), Columns: []Column{{Head: honne.Say("dossier.day")}, {Head: honne.Say("dossier.what")}}}
	for _, e := range list {
		day := words(honne.Say("dossier.no-day"))
		if e.on != 0 {
			day = words(honne.Say("audit.doc.day", honne.Day("day", e.on)))
		}
		what := slices.Clone(e.what)
		if notes := b.note(e.cells...); len(notes) > 0 {
			what[len(what)-1].Notes = notes
		}
		if e.at != "" {
			what[len(what)-1].Notes = append(what[len(what)-1].Notes, b.source(Source{Ranges: []string{e.at}}))
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Line: day}, {Line: what}}})
	}
	b.add(t)
	b.figures()
	b.originals(x.Originals)
	b.doc.Foot = []honne.Message{honne.Say("report.playbook", honne.Text("playbook", c.Frozen.Playbook))}
	if x.Head != "" {
		b.doc.Foot = append(b.doc.Foot, honne.Say("dossier.head", honne.Text("head", x.Head)))
	}
	return b.doc
}

// figures lists every measure that is known with the cells that it stands on.
func (b *builder) figures() {
	b.heading("dossier.figures")
	t := Table{Caption: honne.Say("dossier.figures.caption"), Columns: []Column{{Head: honne.Say("report.measure")}, {Head: honne.Say("report.value"), Right: true},
		{Head: honne.Say("report.n"), Right: true}, {Head: honne.Say("report.period")}}}
	for _, m := range b.picture.Measures {
		if !m.Known {
			continue
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Line: words(m.Name())}, {Line: b.measured(m.Result)},
			{Line: Line{{Figure: &Figure{Value: float64(m.N), Unit: honne.UnitCount}}}}, {Line: words(honne.Say("report.in-period", honne.Over("period", m.Period)))}}})
	}
	b.add(t)
}

func (b *builder) originals(list []Original) {
	if len(list) == 0 {
		return
	}
	b.heading("dossier.originals")
	t := Table{Caption: honne.Say("dossier.originals.caption"), Columns: []Column{{Head: honne.Say("dossier.number"), Right: true}, {Head: honne.Say("dossier.file")}, {Head: honne.Say("dossier.received")}, {Head: honne.Say("dossier.sha")}}}
	for i, o := range list {
		day := words(honne.Say("dossier.no-day"))
		if o.On != 0 {
			day = words(honne.Say("audit.doc.day", honne.Day("day", o.On)))
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Line: Line{{Figure: &Figure{Value: float64(i + 1), Unit: honne.UnitCount}}}}, {Line: told(o.Path)}, {Line: day}, {Line: told(o.SHA256)}}})
	}
	b.add(t)
}

func delivered(list []honne.Delivery) (out []event) {
	for _, d := range list {
		e := event{on: d.Receipt.Day(), at: d.Path, what: words(honne.Say("dossier.delivered", honne.Word("series", "series."+string(d.Series))))}
		if len(d.Periods) > 0 {
			p := honne.Period{From: d.Periods[0].From, To: d.Periods[len(d.Periods)-1].To}
			e.what = words(honne.Say("dossier.delivered-for", honne.Word("series", "series."+string(d.Series)), honne.Over("period", p)))
		}
		out = append(out, e)
	}
	return out
}

// changed gathers changes of figures by the day the new version came and the
// period, for they are many.
func changed(list []honne.Change) (out []event) {
	type key struct {
		on     honne.Date
		period honne.Period
	}
	n := map[key]int{}
	var order []key
	for _, c := range list {
		k := key{c.Received.Day(), c.Period}
		if n[k] == 0 {
			order = append(order, k)
		}
		n[k]++
	}
	for _, k := range order {
		out = append(out, event{on: k.on, what: words(honne.Say("dossier.changed", honne.Count("n", n[k]), honne.Over("period", k.period)))})
	}
	return out
}

func promisedOn(list []honne.Promise) (out []event) {
	for _, p := range list {
		if p.Form != honne.PromiseWritten || !p.Confirmed {
			continue
		}
		what := Line{{Say: honne.Say("dossier.promised." + string(p.By))}, {Both: p.What}}
		if p.Due != 0 {
			what = append(what, Piece{Say: honne.Say("dossier.promised-by", honne.Day("day", p.Due))})
		}
		out = append(out, event{on: p.Made, what: what, at: p.At})
		if p.Outcome == honne.PromiseKept && p.Done != 0 {
			out = append(out, event{on: p.Done, what: Line{{Say: honne.Say("dossier.kept." + string(p.By))}, {Both: p.What}}})
		}
	}
	return out
}

func said(list []honne.Claim) (out []event) {
	for _, c := range list {
		for _, q := range c.Said {
			what := words(honne.Say("dossier.said." + string(cmp.Or(q.By, honne.Theirs))))
			if q.Text != "" {
				what = append(what, Piece{Text: "「" + q.Text + "」"})
			}
			out = append(out, event{on: q.On, at: q.At, what: what})
		}
	}
	return out
}

// audited is what the audit itself did: what was asked for, and what people
// decided and published.
func audited(c Case) (out []event) {
	add := func(on honne.Date, l Line) {
		if on != 0 {
			out = append(out, event{on: on, what: l})
		}
	}
	for _, r := range c.Audit.Requests {
		add(r.Asked, Line{{Say: honne.Say("dossier.asked")}, {Both: r.What}})
		add(r.Received, Line{{Say: honne.Say("dossier.given")}, {Both: r.What}})
	}
	for _, a := range c.Audit.Actions {
		add(a.Body.Begun, Line{{Say: honne.Say("dossier.begun")}, {Both: a.Body.What}, {Say: honne.Say("dossier.promised-by", honne.Day("day", a.Body.Due))}})
	}
	for _, p := range c.Audit.Audit.Previews {
		add(p.On, words(honne.Say("dossier.ahead", honne.Word("kind", "dossier.kind."+p.Kind), honne.Text("with", p.With))))
	}
	for _, s := range c.Audit.Decision.Signed {
		add(s.On, words(honne.Say("dossier.signed", honne.Word("path", "path."+string(c.Audit.Decision.Decided)), honne.Text("name", s.Name))))
	}
	add(c.Audit.Decision.Refused, words(honne.Say("dossier.refused")))
	for _, p := range c.Audit.Publication {
		add(p.On, words(honne.Say("dossier.published", honne.Word("kind", "dossier.kind."+p.Kind), honne.Word("voice", "dossier.voice."+p.Voice), honne.Text("sha", p.SHA256))))
	}
	return out
}

// found is when findings were written and closed, and when somebody spoke on the
// record: the days alone. What is said off the record is no entry, and never here.
func found(c Case, written map[int]honne.Date) (out []event) {
	add := func(on honne.Date, id, code string) {
		if on != 0 {
			out = append(out, event{on: on, what: words(honne.Say(id, honne.Text("code", code)))})
		}
	}
	for _, f := range c.Audit.Findings {
		code := honne.EntryCode(honne.EntryFinding, f.Number)
		add(written[f.Number], "dossier.found", code)
		add(f.Body.Closed, "dossier.found-closed", code)
	}
	for _, n := range c.Audit.Interviews {
		add(n.Body.On, "dossier.spoke", honne.EntryCode(honne.EntryInterview, n.Number))
	}
	return out
}
