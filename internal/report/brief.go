package report

import (
	"slices"
	"strings"

	"honne"
)

// Brief makes one page for the next meeting, English and Japanese side by side:
// what went well, what our own side owes and will do, facts of both sides, and at
// most five polite questions, each with one fact, a business day to answer by,
// and the evidence in numbered notes. The order of questions is that of askKind.
//
// The partner's edition is written from an allow-list (agenda) and shows of the
// evidence the partner's own files and the days of mail, never an address of
// ours; points that nobody has confirmed were only guessed, and are not on it.
// For it evidence must open files that the partner sent and no others; nil
// when there is nothing to open.
func Brief(p honne.Picture, e Edition, evidence func([]honne.Selection) (ranges []string, more int)) Document {
	if e == Partner {
		p.Claims = slices.DeleteFunc(slices.Clone(p.Claims), func(c honne.Claim) bool { return !c.Confirmed })
		return partnerBrief(newAgenda(p), evidence)
	}
	a := newAgenda(p)
	return internalBrief(a, p, evidence)
}

// Held reports whether nothing may be written for the partner: a critical point
// of compliance is open, and counsel comes first (domain 3.7).
func Held(p honne.Picture) bool {
	return p.Outcome.Hold || p.Outcome.Recommendation == honne.HoldCompliance
}

// briefing writes an agenda into a document.
type briefing struct {
	builder
	edition Edition
}

func newBriefing(a agenda, e Edition, title string, evidence func([]honne.Selection) ([]string, int)) *briefing {
	b := &briefing{edition: e}
	b.evidence = evidence
	b.doc = Document{Name: a.name, Title: honne.Say(title), Edition: e, Day: a.day, Beside: true, OnePage: true, Facts: []honne.Message{honne.Say("brief.as-known", honne.Day("day", a.day))}}
	if a.meeting != 0 {
		b.doc.Facts = append([]honne.Message{honne.Say("brief.meeting", honne.Day("day", a.meeting))}, b.doc.Facts...)
	}
	return b
}

// partnerBrief is what the partner gets. It knows nothing but the agenda.
func partnerBrief(a agenda, evidence func([]honne.Selection) ([]string, int)) Document {
	b := newBriefing(a, Partner, "brief.title.partner", evidence)
	b.doc.From = a.from
	b.add(Note{words(honne.Say("brief.purpose"))})
	b.section("brief.good", a.good, mostGood)
	b.section("brief.owed", a.owed, mostOwed)
	b.section("brief.do", a.does, len(a.does))
	b.section("brief.facts", a.facts, mostFacts)
	b.asks(a.asks, nil)
	b.doc.Foot = []honne.Message{honne.Say("brief.foot.partner")}
	return b.doc
}

// internalBrief is the same page with what is for our own side alone.
func internalBrief(a agenda, p honne.Picture, evidence func([]honne.Selection) ([]string, int)) Document {
	b := newBriefing(a, Internal, "brief.title", evidence)
	b.add(Statement{p.Message})
	b.section("brief.good", a.good, mostGood)
	b.section("brief.owed", a.owed, mostOwed, inside(p)...)
	b.section("brief.do", a.does, len(a.does))
	b.section("brief.facts", a.facts, mostFacts)
	b.asks(a.asks, func(q asked) []Line { return insideOf(p, q) })
	b.doc.Foot = []honne.Message{honne.Say("brief.foot", honne.Text("playbook", p.Playbook))}
	return b.doc
}

// section lists points under a heading; those that a page has no room for are
// counted. further stands behind them.
func (b *briefing) section(heading string, list []point, most int, further ...Entry) {
	if len(list)+len(further) == 0 {
		return
	}
	b.heading(heading)
	var out List
	for _, x := range list[:min(most, len(list))] {
		out.Entries = append(out.Entries, Entry{Line: b.line(x)})
	}
	if more := len(list) - most; more > 0 {
		out.Entries = append(out.Entries, Entry{Line: words(honne.Say("brief.more", honne.Count("n", more)))})
	}
	out.Entries = append(out.Entries, further...)
	b.add(out)
}

func (b *briefing) asks(list []asked, inside func(asked) []Line) {
	if len(list) == 0 {
		return
	}
	b.heading("brief.asks")
	var out Asks
	for _, q := range list {
		x := Ask{By: q.by, Fact: b.line(q.fact)}
		if !q.text.IsZero() {
			x.Line = append(x.Line, Piece{Both: q.text})
		}
		if q.kind == askPromise {
			x.Line = append(x.Line, Piece{Both: q.fact.what})
		}
		x.Line = append(x.Line, words(q.say)...)
		if inside != nil {
			x.Inside = inside(q)
		}
		out.List = append(out.List, x)
	}
	b.add(out)
}

// line is a point with its notes behind it.
func (b *briefing) line(x point) Line {
	var out Line
	if !x.what.IsZero() {
		x.what.JA = strings.TrimSuffix(x.what.JA, "。") // the line goes on
		out = append(out, Piece{Both: x.what})
	}
	return append(out, Piece{Say: x.say, Notes: b.notes(x)})
}

// briefRanges is how many ranges a note of the page lists, the weightiest first;
// the others are counted.
const briefRanges = 1

// notes numbers what a point stands on.
func (b *briefing) notes(x point) (out []int) {
	cells, told := x.cells, []honne.Message(nil)
	if b.edition == Partner {
		cells, told = theirCells(x)
	}
	if b.evidence != nil && len(cells) > 0 {
		ranges, more := b.evidence(honne.Distinct(cells))
		if b.edition == Partner {
			ranges = theirNames(ranges)
		}
		if s := (Source{Ranges: each(ranges), More: more}).short(briefRanges); len(s.Ranges) > 0 {
			out = append(out, b.source(s))
		}
	}
	for _, m := range told {
		out = append(out, b.source(Source{Say: m}))
	}
	switch {
	case x.letter.at != "" && b.edition == Internal:
		out = append(out, b.source(Source{Ranges: []string{x.letter.at}}))
	case x.letter.on != 0:
		out = append(out, b.source(Source{Say: honne.Say("brief.source.mail", honne.Day("day", x.letter.on))}))
	}
	return out
}

// theirCells leaves of what a point stands on the cells that the partner
// reported; messages and what we keep ourselves are told in words. Markets are
// left out: their source is not agreed.
func theirCells(x point) (cells []honne.Selection, told []honne.Message) {
	tell := func(m honne.Message) {
		if !slices.ContainsFunc(told, func(t honne.Message) bool { return t.ID == m.ID }) {
			told = append(told, m)
		}
	}
	for _, s := range x.cells {
		switch {
		case len(s.Mail) > 0:
			tell(honne.Say("brief.source.mails", honne.Over("period", x.span)))
		case s.Series == honne.Shipments:
			tell(honne.Say("brief.source.shipments"))
		case s.Series == honne.Target:
			tell(honne.Say("brief.source.target"))
		case s.Series != honne.Market:
			cells = append(cells, s)
		}
	}
	return cells, told
}

// theirNames keeps of each path the file as the partner named it, without the
// mailbox or archive in which it reached us.
func theirNames(ranges []string) []string {
	out := make([]string, len(ranges))
	for i, r := range ranges {
		out[i] = r[strings.LastIndexByte(r, '/')+1:] // no sheet has a slash in its name
	}
	return out
}
