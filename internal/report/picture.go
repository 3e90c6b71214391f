package report

import (
	"slices"
	"strconv"

	"honne"
	"honne/internal/lang"
)

// Picture makes the document of `honne inspect`: what is really happening at
// one distributor. Our own side comes first, then figures, signs and measures,
// questions to the partner, and last, folded, what is not known yet. evidence
// opens selections to ranges, the weightiest first, and counts those it leaves
// out; nil when there is nothing to open.
func Picture(p honne.Picture, evidence func([]honne.Selection) (ranges []string, more int)) Document {
	b := begin(p, evidence)
	b.measures()
	b.months()
	b.dependency()
	b.outcome()
	b.questions()
	b.unknown()
	b.doc.Foot = []honne.Message{honne.Say("report.rounded")}
	if p.Playbook != "" {
		b.doc.Foot = append(b.doc.Foot, honne.Say("report.playbook", honne.Text("playbook", p.Playbook)))
	}
	if n := len(p.Thresholds); n > 0 {
		b.doc.Foot = append(b.doc.Foot, honne.Say("report.own-thresholds", honne.Count("n", n)))
	}
	return b.doc
}

// Glance is the first screen of Picture: the message, our own side, the key
// figures and the signs, without their sources.
func Glance(p honne.Picture) Document { return begin(p, nil).doc }

// begin writes what stands first in a picture.
func begin(p honne.Picture, evidence func([]honne.Selection) (ranges []string, more int)) *builder {
	b := &builder{picture: p, evidence: evidence, unit: MoneyUnit{p.Currency, ScaleOf(p)}}
	profile := p.Distributor.Profile
	b.doc = Document{Name: Name{profile.Name, profile.NameJA}, Title: honne.Say("report.picture.title"), Day: p.AsOf,
		Edition: Internal, Facts: facts(p)}
	b.add(Statement{p.Message})
	b.ours()
	b.strip()
	b.signs()
	return b
}

// FileTrouble is a file, or a place in one as FILE!SHEET!RANGE, that could not be
// understood, and why.
type FileTrouble struct {
	Path string
	Why  honne.Message
}

// WithFiles ends the document with the files it rests on: how many were read,
// and every trouble with its reason, in the order given.
func (d Document) WithFiles(read int, troubles []FileTrouble) Document {
	id := "report.files.troubles"
	if len(troubles) == 0 {
		id = "report.files.clean"
	}
	blocks := []Block{Heading{honne.Say("report.files")}, Note{words(honne.Say(id, honne.Count("read", read), honne.Count("n", len(troubles))))}}
	var list List
	for _, t := range troubles {
		list.Entries = append(list.Entries, Entry{Line: Line{{Text: t.Path}}, Under: []Under{{Items: []Line{words(t.Why)}}}})
	}
	if len(troubles) > 0 {
		blocks = append(blocks, list)
	}
	d.Blocks = append(slices.Clip(d.Blocks), blocks...)
	return d
}

// builder collects the blocks of a document and numbers its notes.
type builder struct {
	picture  honne.Picture
	evidence func([]honne.Selection) ([]string, int)
	unit     MoneyUnit
	doc      Document
}

func (b *builder) add(list ...Block) { b.doc.Blocks = append(b.doc.Blocks, list...) }

func (b *builder) heading(id string, args ...honne.Arg) { b.add(Heading{honne.Say(id, args...)}) }

// note returns the number of the note that says where the selections come
// from; none when they open to nothing.
func (b *builder) note(selections ...honne.Selection) []int {
	if b.evidence == nil || len(selections) == 0 {
		return nil
	}
	ranges, more := b.evidence(selections)
	ranges = each(ranges)
	if len(ranges) == 0 {
		return nil
	}
	return []int{b.source(Source{Ranges: ranges, More: more})}
}

// each drops what is listed before: two selections may open to the same cells.
func each(ranges []string) []string {
	var out []string
	for _, r := range ranges {
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

// source numbers a note; what was noted before keeps its number.
func (b *builder) source(s Source) int {
	for i, old := range b.doc.Sources {
		if old.More == s.More && slices.Equal(old.Ranges, s.Ranges) && old.Say.ID == s.Say.ID && slices.Equal(old.Say.Args, s.Say.Args) {
			return i + 1
		}
	}
	b.doc.Sources = append(b.doc.Sources, s)
	return len(b.doc.Sources)
}

// ScaleOf is the one scale of a partner's tables and pages: that of its largest
// month, so that a small partner is not shown in tenths of a million.
func ScaleOf(p honne.Picture) lang.Scale {
	largest := honne.Money{Currency: p.Currency}
	for _, m := range p.Months {
		for _, f := range [...]honne.Figure{m.Actual, m.Plan, m.Forecast, m.Prior} {
			largest.Minor = max(largest.Minor, f.N)
		}
	}
	if largest.Minor == 0 {
		return lang.Million
	}
	return lang.ScaleOf(largest)
}

func facts(p honne.Picture) []honne.Message {
	var out []honne.Message
	if p.AsOf != 0 {
		out = append(out, honne.Say("report.as-known", honne.Day("day", p.AsOf)))
	}
	if !p.Period.IsZero() {
		out = append(out, honne.Say("report.fiscal", honne.Text("year", strconv.Itoa(p.FiscalYear)), honne.Over("period", p.Period)))
	}
	c := p.Coverage
	if c.Months == 0 {
		return append(out, honne.Say("report.no-months"))
	}
	out = append(out, honne.Say("report.coverage", honne.Count("n", c.Months), honne.Over("period", honne.Months(c.From, c.To))))
	if n := len(c.Missing); n > 0 {
		out = append(out, honne.Say("report.missing", honne.Count("n", n), honne.InMonth("month", c.Missing[0])))
	}
	return out
}

// ours is what our own side did that explains part of the figures.
func (b *builder) ours() {
	if len(b.picture.OurSide) == 0 {
		return
	}
	b.heading("report.ours")
	b.add(List{entries(b.picture.OurSide)})
}

func (b *builder) dependency() {
	d := b.picture.Dependency
	b.heading("report.dependency")
	if d.Known {
		b.add(Note{Line{{Figure: &Figure{Value: d.Index, Unit: honne.UnitCount}},
			{Say: honne.Say("report.dependency.of", honne.Word("band", "dependency."+d.Band))}}})
	} else {
		b.add(Note{words(honne.Say("report.dependency.unknown"))})
	}
	t := Table{Caption: honne.Say("report.dependency.parts"), Columns: []Column{
		{Head: honne.Say("report.dependency.part")}, {Head: honne.Say("report.dependency.value"), Right: true}}}
	for i, f := range d.Parts {
		if f != nil {
			t.Rows = append(t.Rows, Row{Cells: []Cell{{Line: words(honne.Say("dependency.r" + strconv.Itoa(i+1)))},
				{Line: Line{{Figure: &Figure{Value: *f * 100, Unit: honne.UnitCount}}}}}})
		}
	}
	if len(t.Rows) > 0 {
		b.add(t)
	}
	if len(d.Why) > 0 {
		b.add(List{entries(d.Why)})
	}
	if d.Replace.Told() {
		b.add(Note{words(honne.Say("report.dependency.replace"))})
		b.add(List{entries(d.Replace.Says)})
	}
}

func (b *builder) outcome() {
	o := b.picture.Outcome
	if o.Recommendation == "" {
		return
	}
	b.heading("report.outcome")
	b.add(Note{words(honne.Say("report.outcome." + string(o.Recommendation)))}, Note{words(honne.Say("report.outcome.person"))})
	b.rules(o.Trace)
}

// questions stand in both languages, the document's first, so that they can be
// copied into a mail.
func (b *builder) questions() {
	if len(b.picture.Questions) == 0 {
		return
	}
	b.heading("report.questions")
	var list List
	for _, q := range b.picture.Questions {
		e := Entry{Line: plainly(honne.Both{EN: q.EN, JA: q.JA}), Under: []Under{{Items: []Line{plainly(honne.Both{EN: q.JA, JA: q.EN})}}}}
		if len(q.Because) > 0 {
			e.Under = append(e.Under, Under{honne.Say("report.questions.because"), measureNames(q.Because)})
		}
		list.Entries = append(list.Entries, e)
	}
	b.add(list)
}

func measureNames(slugs []string) []Line {
	out := make([]Line, len(slugs))
	for i, s := range slugs {
		out[i] = words(honne.Say("measure." + s))
	}
	return out
}
