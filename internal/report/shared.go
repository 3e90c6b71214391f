package report

import (
	"cmp"
	"slices"
	"strings"

	"honne"
	"honne/internal/lang"
	"honne/internal/playbook"
)

// shared is all that a partner may read of an audit, in words that were written
// for them (domain 3.9): the allow-list of every document of an audit that goes
// to them. What an audit holds beside it (ratings, causes, internal words, names
// of persons, gaps, dependency, the outcome's trace) never stands here. A document
// for the partner is written from it and from nothing else.
type shared struct {
	agenda    agenda
	period    honne.Period
	purpose   honne.Both
	strengths []point
	points    []sharedPoint
	actions   []sharedAction
	before    []sharedAction // of the review before, where it was handed over
	wishes    []sharedWish   // of the evidence requests, those that wait for an answer
	deadline  honne.Date     // by which change is to be seen; 0 for none
	letter    honne.RenewalLetter
}

// sharedPoint is something to look at together, and what our own side does.
type sharedPoint struct {
	what, ours honne.Both
	alone      bool // no action was made of it: it asks for something of its own
}

// sharedAction is an action that both sides take up, and what hangs on its day.
type sharedAction struct {
	what, ours, consequence honne.Both
	metric                  string // slug of one that may be named
	start, target           Figure
	span                    honne.Period // of the start, where that is known and whole months
	due                     honne.Date
	every                   string
	told                    bool // it was handed over before: what it began from is not now any more
	progress                progress
}

// sharedWish is information that we asked them for, and the day; 0 for none.
type sharedWish struct {
	what honne.Both
	due  honne.Date
}

// nameable are the measures that a plan may name to a partner, by the words
// joint.metric.SLUG; all others judge persons, or are for our own side alone. Growth
// against the market is none of them: beside the partner's own growth, which it
// knows, it tells what we hold the market to be.
var nameable = [...]string{"plan-attainment", "growth", "target-site-coverage", "forecast-bias", "restatement", "lateness", "completeness",
	"visibility-index", "stock-cover", "stock-equation", "response-time", "access-index", "activity-coverage", "investment-ratio", "commitments-kept",
	"contact-coverage", "document-currency"}

func newShared(c Case) shared {
	s := shared{agenda: newAgenda(c.Frozen), period: c.period(), purpose: c.Audit.Audit.Purpose, deadline: c.Audit.Decision.Deadline, letter: c.Audit.Decision.Letter}
	s.strengths = strengthsOf(c, s.agenda)
	for _, f := range c.findings(honne.FindingGap, honne.FindingBreach) {
		if f.Body.Share && f.Body.Closed == 0 && !f.Body.Partner.IsZero() {
			alone := !slices.ContainsFunc(c.putForward(), func(a honne.Numbered[honne.PlanAction]) bool { return a.Body.Finding == f.Number })
			s.points = append(s.points, sharedPoint{f.Body.Partner, f.Body.Ours, alone})
		}
	}
	for _, a := range c.putForward() {
		s.actions = append(s.actions, s.action(c, a.Body))
	}
	for _, r := range c.Audit.Requests {
		if r.Open() && r.Asked != 0 && r.What.EN != "" && r.What.JA != "" {
			s.wishes = append(s.wishes, sharedWish{r.What, r.Due})
		}
	}
	if c.Told != nil { // what was changed since, the partner was not told
		then := c
		then.Audit = *c.Told
		for _, a := range then.putForward() {
			x := s.action(then, a.Body)
			x.told = true
			s.before = append(s.before, x)
		}
	}
	return s
}

// strengthsOf are what the audit found good and what the figures tell so.
func strengthsOf(c Case, a agenda) (out []point) {
	for _, f := range c.findings(honne.FindingStrength) {
		if f.Body.Share && !f.Body.Partner.IsZero() && (len(f.Body.Evidence) > 0 || f.Body.Born.Ref != "") {
			out = append(out, point{what: f.Body.Partner})
		}
	}
	for _, x := range a.good {
		if !strings.HasPrefix(x.say.ID, "brief.good.thanks") { // thanks are no strength
			out = append(out, x)
		}
	}
	return out
}

func (s *shared) action(c Case, a honne.PlanAction) sharedAction {
	out := sharedAction{what: a.What, ours: a.Ours, consequence: a.Consequence, due: a.Due, every: a.Every}
	if slices.Contains(nameable[:], a.Metric) && (a.Metric != "plan-attainment" || c.Frozen.KPIs.PlanAgreed && c.Frozen.KPIs.PlanOf == honne.Target) {
		b := &builder{picture: c.Frozen}
		u := cmp.Or(unitOfMeasure(c.Frozen, a.Metric), unitOfMeasure(c.Today, a.Metric))
		out.metric, out.start, out.target = a.Metric, *b.reading(a.Start, u), *b.reading(a.Target, u)
		if m, ok := c.Frozen.Known(a.Metric); ok && m.Value == a.Start && m.Period == honne.Months(m.Period.From.Month(), m.Period.To.Month()) {
			out.span = m.Period
		}
		out.progress = c.progress(a)
	}
	return out
}

// asked is how many things are asked of the partner: each action, and each point
// that no action was made of.
func (s *shared) asked() int {
	n := len(s.actions)
	for _, p := range s.points {
		if p.alone {
			n++
		}
	}
	return n
}

// ours lists what our own side does: for the points, then for the actions, each
// once.
func (s *shared) ours() (out []honne.Both) {
	add := func(b honne.Both) {
		if !b.IsZero() && !slices.Contains(out, b) {
			out = append(out, b)
		}
	}
	for _, p := range s.points {
		add(p.ours)
	}
	for _, a := range s.actions {
		add(a.ours)
	}
	return out
}

// beside reports whether our own part is said beside an action.
func (s *shared) beside(ours honne.Both) bool {
	return slices.ContainsFunc(s.actions, func(a sharedAction) bool { return a.ours == ours })
}

// Lacks says what stands in the way of handing a document over: what domain 3.9
// wants in it, words that are refused, names of persons and of other distributors.
// Nil when it can go. A hold for compliance comes before all else.
func (c Case) Lacks(kind string, book *playbook.Playbook, sentences *lang.Catalogues) []honne.Message {
	if Held(c.Frozen) {
		return []honne.Message{honne.Say("brief.held")}
	}
	s := newShared(c)
	var out wanting
	asked := s.asked()
	silent := s.deadline != 0 && !slices.ContainsFunc(s.actions, func(a sharedAction) bool { return a.consequence.EN != "" && a.consequence.JA != "" })
	out.add(silent && kind != "renewal", honne.Say("lacks.consequence", honne.Day("day", s.deadline)))
	out.ofKind(kind, s, c.Audit.Decision)
	out.add(2*len(s.ours()) < asked, honne.Say("lacks.ours", honne.Count("n", len(s.ours())), honne.Count("asked", asked)))
	out.add(s.purpose.EN == "" || s.purpose.JA == "", honne.Say("lacks.purpose"))
	doc, ok := c.Document(kind, Partner)
	if !ok {
		return append(out, honne.Say("lacks.kind"))
	}
	refused, _ := c.unfit(doc, book, sentences)
	return append(out, refused...)
}

// wanting is what a document lacks.
type wanting []honne.Message

func (l *wanting) add(when bool, m honne.Message) {
	if when {
		*l = append(*l, m)
	}
}

// ofKind adds what only a document of its kind needs.
func (l *wanting) ofKind(kind string, s shared, d honne.Decision) {
	switch kind {
	case "audit":
		l.add(len(s.strengths) < 2, honne.Say("lacks.strengths", honne.Count("n", len(s.strengths))))
		l.add(len(s.points) > MostPoints, honne.Say("lacks.points", honne.Count("n", len(s.points)), honne.Count("most", MostPoints)))
	case "plan":
		l.add(len(s.actions) == 0, honne.Say("lacks.actions"))
		l.add(len(s.actions) > MostPoints, honne.Say("lacks.points", honne.Count("n", len(s.actions)), honne.Count("most", MostPoints)))
		l.add(d.Decided != honne.CorrectiveAction || signedBy(d) < 2, honne.Say("lacks.signed", honne.Word("path", "path.corrective-action")))
	case "renewal":
		l.add(len(s.strengths) < 2, honne.Say("lacks.strengths", honne.Count("n", len(s.strengths))))
		l.add(len(s.letter.Recognition) == 0, honne.Say("lacks.recognition"))
		l.add(slices.ContainsFunc([]honne.Both{s.letter.Goals, s.letter.Theirs, s.letter.Ours}, func(b honne.Both) bool { return b.EN == "" || b.JA == "" }), honne.Say("lacks.letter"))
		l.add(d.Decided != honne.Renew || signedBy(d) < 2, honne.Say("lacks.signed", honne.Word("path", "path.renew")))
	}
}

// Warns names the words of a document for a partner that shared text goes without:
// it warns, and whoever hands the document over decides (ux 5).
func (c Case) Warns(kind string, book *playbook.Playbook, sentences *lang.Catalogues) []honne.Message {
	doc, ok := c.Document(kind, Partner)
	if !ok || Held(c.Frozen) {
		return nil
	}
	_, warned := c.unfit(doc, book, sentences)
	return warned
}

// Document is a document of an audit by its kind: audit, plan, renewal, and for
// our own side transition; false for another.
func (c Case) Document(kind string, e Edition) (Document, bool) {
	switch kind {
	case "audit":
		return Audit(c, e), true
	case "plan":
		return Plan(c, e), true
	case "renewal":
		return Renewal(c, e), true
	case "transition":
		return Transition(c), e == Internal
	}
	return Document{}, false
}

// unfit finds in what a partner would read the words of the playbook's list, the
// names of persons and those of other distributors, each with its text: what is
// refused, and of what it is only warned. How the partner named its files is its own
// affair.
func (c Case) unfit(d Document, book *playbook.Playbook, sentences *lang.Catalogues) (refused, warned []honne.Message) {
	add := func(id, line, name string, more ...honne.Arg) {
		m := honne.Say(id, append([]honne.Arg{honne.Text("text", quoted(line, name)), honne.Text("word", name)}, more...)...)
		out := &refused
		if id == "warns.word" {
			out = &warned
		}
		if !slices.ContainsFunc(*out, func(x honne.Message) bool { return x.ID == m.ID && slices.Equal(x.Args, m.Args) }) {
			*out = append(*out, m)
		}
	}
	apart := c.apart(book.People)
	d.Sources = nil
	for _, l := range lang.All() {
		for text := range strings.Lines(d.plain(sentences, l)) {
			for _, u := range book.Unfit(text) {
				id := "warns.word"
				if u.Block {
					id = "lacks.word"
				}
				if u.Block || !u.Legal || !c.dutiful(text) {
					add(id, text, u.Text, honne.Text("instead", cmp.Or(map[lang.Language]string{lang.EN: u.Say.EN, lang.JA: u.Say.JA}[l], u.Say.EN)))
				}
			}
			for _, name := range apart.distributors(text) {
				add("lacks.other", text, name)
			}
			for _, name := range apart.people(text) {
				add("lacks.name", text, name)
			}
		}
	}
	return refused, warned
}

// dutiful reports whether a line states a breach with its rule, or what depends on
// a date: softness never hides those (ux 5).
func (c Case) dutiful(line string) bool {
	var texts []honne.Both
	for _, f := range c.findings(honne.FindingBreach) {
		texts = append(texts, f.Body.Partner, f.Body.Ours)
	}
	for _, a := range c.planned() {
		texts = append(texts, a.Body.Consequence)
	}
	return slices.ContainsFunc(texts, func(b honne.Both) bool {
		return b.EN != "" && strings.Contains(line, b.EN) || b.JA != "" && strings.Contains(line, b.JA)
	})
}

// quotedSide is how many letters are shown on each side of a word.
const quotedSide = 30

// quoted is the text around a word.
func quoted(line, word string) string {
	runes := []rune(strings.TrimLeft(strings.TrimSpace(line), "- "))
	at := max(0, len([]rune(strings.SplitN(string(runes), word, 2)[0])))
	from, to := max(0, at-quotedSide), min(len(runes), at+len([]rune(word))+quotedSide)
	out := string(runes[min(from, to):to])
	if from > 0 {
		out = "…" + out
	}
	if to < len(runes) {
		out += "…"
	}
	return out
}

// plain is the whole document as text, a paragraph or row on a line.
func (d Document) plain(c *lang.Catalogues, l lang.Language) string {
	var out strings.Builder
	d.Text(&out, c, l, Terminal{Width: 1 << 20}) // a builder does not fail
	return out.String()
}

// persons lists the names of persons that the case knows.
func (c Case) persons() []string {
	list := append([]string{c.Audit.Audit.Auditor.Name}, c.Apart.Persons...)
	for _, a := range c.Audit.Actions {
		list = append(list, a.Body.OwnerOurs, a.Body.OwnerTheirs)
	}
	for _, s := range c.Audit.Decision.Signed {
		list = append(list, s.Name)
	}
	for _, p := range c.Frozen.Promises {
		list = append(list, p.Owner)
	}
	slices.Sort(list)
	return slices.DeleteFunc(slices.Compact(list), func(name string) bool { return len([]rune(name)) < 2 })
}

// sharing writes what is shared into a document.
type sharing struct {
	*briefing
	shared shared
}

func newSharing(c Case, title string) sharing {
	s := newShared(c)
	b := newBriefing(s.agenda, Partner, title, c.Evidence)
	b.doc.From, b.doc.Beside = s.agenda.from, false
	b.doc.Facts = []honne.Message{honne.Say("joint.period", honne.Over("period", s.period)), honne.Say("brief.as-known", honne.Day("day", s.agenda.day))}
	return sharing{b, s}
}

// works lists what works well.
func (b sharing) works(heading string) {
	b.heading(heading)
	var list List
	for _, x := range b.shared.strengths {
		line := Line{{Both: x.what, Notes: b.notes(x)}}
		if !x.say.IsZero() {
			line = b.line(x)
		}
		list.Entries = append(list.Entries, Entry{Line: line})
	}
	if len(list.Entries) == 0 { // nothing is made up
		for _, x := range b.shared.agenda.good {
			list.Entries = append(list.Entries, Entry{Line: b.line(x)})
		}
	}
	b.add(list)
}

// soFar lists facts of our own side: they are no action, and stand by themselves.
func (b sharing) soFar() {
	b.section("joint.so-far", slices.DeleteFunc(slices.Clone(b.shared.agenda.owed), point.toDo), mostOwed)
}

// owes lists what our own side promised and did not do yet, overdue first: before
// anything that is asked of the partner.
func (b sharing) owes() {
	b.section("joint.owed", slices.DeleteFunc(slices.Clone(b.shared.agenda.owed), func(x point) bool { return !x.toDo() }), mostOwed)
}

// weDo lists what our own side does, but for what is said beside an action when
// those stand before.
func (b sharing) weDo(said bool) {
	list := List{}
	for _, x := range b.shared.ours() {
		if said && b.shared.beside(x) {
			continue
		}
		list.Entries = append(list.Entries, Entry{Line: plainly(x)})
	}
	if len(list.Entries) > 0 {
		b.heading("joint.ours")
		b.add(list)
	}
}

// milestone is the day by which change is to be seen.
func (b sharing) milestone() {
	if b.shared.deadline != 0 {
		b.heading("joint.milestone")
		b.add(Note{words(honne.Say("joint.milestone.day", honne.Day("day", b.shared.deadline)))})
	}
}

// signing leaves room for both sides to confirm.
func (b sharing) signing() {
	b.heading("joint.confirm")
	b.add(Table{Caption: honne.Say("joint.confirm.caption"), Columns: []Column{{Head: honne.Say("joint.confirm.side")}, {Head: honne.Say("joint.confirm.name")}, {Head: honne.Say("joint.confirm.day")}},
		Rows: []Row{{Cells: []Cell{{Line: words(honne.Say("joint.confirm.yours"))}, {Line: told(" ")}, {Line: told(" ")}}, Room: true},
			{Cells: []Cell{{Line: words(honne.Say("joint.confirm.ours"))}, {Line: told(" ")}, {Line: told(" ")}}, Room: true}}})
	b.doc.Foot = []honne.Message{honne.Say("brief.foot.partner")}
}
