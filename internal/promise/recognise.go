package promise

import (
	"regexp"
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
	"honne/internal/playbook"
)

// Recogniser finds promises by the words of a playbook. It may be used by many
// goroutines.
type Recogniser struct {
	words    *playbook.PromiseWords
	mail     *playbook.MailWords
	calendar *japan.Calendar
	named    map[honne.Side][]string // keys of the names of both sides

	endings             []string // keys, the longest first
	deeds, weak, sends  []string // keys
	tails, states, done []string
	actions, labels     []string
	joined              *regexp.Regexp // where a Japanese clause ends within a sentence
	much                [2]*regexp.Regexp
	names               []*regexp.Regexp
	ownerIs, dueIs      *regexp.Regexp
}

// New compiles what recognition needs of a playbook; it takes some milliseconds.
func New(p *playbook.Playbook) *Recogniser {
	w := &p.Promises
	return &Recogniser{words: w, mail: &p.Mail, calendar: japan.National(), named: map[honne.Side][]string{},
		endings: keys(w.Endings.JA), deeds: keys(w.Deeds.JA), weak: keys(w.Weak.JA), sends: keys(w.Sends.JA),
		tails: keys(w.Tails.JA), states: keys(w.States.JA), done: keys(w.Done.JA), actions: keys(w.Actions.JA), labels: keys(w.Labels.JA),
		joined: regexp.MustCompile(`(?:ます|です|ました|でした|ません)(` + oneOf(w.Joins.JA) + `)[、,]?`),
		much: [2]*regexp.Regexp{
			regexp.MustCompile(`(^|[^第\d.,/])((?:約)?(?:\d[\d,.]*|[一二三四五六七八九十百]{1,4})(?:` + oneOf(keys(w.Units.JA)) + `))`),
			regexp.MustCompile(`(^|[^\w.,/-])((?:\d[\d,.]*|` + oneOf(w.Numbers.EN) + `) ?(?:[a-z-]+ ){0,2}(?:` + oneOf(w.Units.EN) + `))(?:\W|$)`),
		},
		names:   nameForms(w.Names),
		ownerIs: fieldForm(w.OwnerIs, `[^、,，;；/／()（）。.:：]{1,30}?(?:[\s　、,，;；/／)）。.]|$)`),
		dueIs:   fieldForm(w.DueIs, `[^、,，;；)）。:：]{1,30}`)}
}

// Knowing returns a recogniser that knows how both sides are called, so that the
// owner that an item of minutes names tells whose promise it is.
func (r *Recogniser) Knowing(ours, theirs []string) *Recogniser {
	out := *r
	out.named = map[honne.Side][]string{honne.Ours: stems(ours), honne.Theirs: stems(theirs)}
	return &out
}

func stems(names []string) (out []string) {
	for _, n := range names {
		if stem := stemOf(n); len(stem) > 1 {
			out = append(out, stem)
		}
	}
	return out
}

// stemOf is a name as it compares; that of a firm without its legal form.
func stemOf(name string) string { return japan.Key(japan.ParseName(name).Stem) }

// keys writes words as japan.Key does, the longest first.
func keys(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = japan.Key(w)
	}
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}

// oneOf is an expression for one of some words, the longest first; for none of a
// playbook without words.
func oneOf(words []string) string {
	list := slices.Clone(words)
	slices.SortStableFunc(list, func(a, b string) int { return len(b) - len(a) })
	for i, w := range list {
		list[i] = regexp.QuoteMeta(w)
	}
	if len(list) == 0 {
		return `[^\s\S]`
	}
	return strings.Join(list, "|")
}

// Find returns the commitments of a passage to the other side, in their order:
// deeds of the writer with a day or a number, resolved from the day on which it
// was said. A due day that is no business day in Japan is the next one, as
// periods end (Civil Code 142); a day that cannot be told for certain is 0. What
// was merely heard (承知いたしました) and items of minutes are unconfirmed.
// Source: domain 2.5, 3.4, 3.5 S-21.
func (r *Recogniser) Find(p honne.Passage, said honne.Date) []honne.Promise {
	var out []honne.Promise
	before := echo(japan.Key(p.Before))
	for _, line := range ownLines(p.Text) {
		it := r.itemOf(line, said)
		if it.none || before.repeats(line) {
			continue
		}
		if x, ok := r.minute(it, p.From, said); ok {
			out = append(out, x)
			continue
		}
		for _, c := range r.clauses(it.line) {
			if x, ok := r.judge(c, said, p.Brings); ok && !before.repeats(c.text) && !r.announces(c, p.From) {
				x.By, x.Made = p.From, said
				out = append(out, x)
			}
		}
	}
	return distinct(out)
}

// echo is the message that a passage answers, as texts compare.
type echo string

// repeats reports whether a text stands word for word in the message before: it
// is that message's, not the answer's.
func (e echo) repeats(text string) bool {
	if e == "" {
		return false
	}
	key := japan.Key(text)
	return len(key) > 12 && strings.Contains(string(e), key)
}

func distinct(list []honne.Promise) []honne.Promise {
	var out []honne.Promise
	for _, p := range list {
		if !slices.ContainsFunc(out, func(q honne.Promise) bool { return q.What == p.What && q.Due == p.Due && q.By == p.By }) {
			out = append(out, p)
		}
	}
	return out
}

// clause is a stretch of a sentence that says something by itself.
type clause struct {
	text    string
	spelled playbook.Spelled
	plain   string // in which days and numbers are looked for
	owner   string
}

// longest bounds, in bytes, what is looked at as a clause: nobody commits to
// anything in more.
const longest = 1200

// clauseOf makes a clause ready. What stands in quotation marks is somebody's
// words, or a title.
func (r *Recogniser) clauseOf(text string) clause {
	bare := quoted.ReplaceAllString(text, "「」")
	c := clause{text: text, owner: r.ownerIn(bare)}
	if c.owner != "" {
		bare = r.asWe(bare)
	}
	c.spelled = playbook.Spell(bare)
	c.plain = plainOf(bare, c.spelled)
	return c
}

var quoted = regexp.MustCompile(`「[^」]*」|『[^』]*』|"[^"]*"|“[^”]*”`)

// plainOf is what days are read in: of Japanese the key, of English lower case.
func plainOf(text string, s playbook.Spelled) string {
	if s.Japanese {
		return s.Key
	}
	return strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(japan.Fold(text), "’", "'")), " "))
}

// clauses cuts a line into its sentences, and those where they join.
func (r *Recogniser) clauses(line string) []clause {
	var out []clause
	for _, s := range r.sentences(line) {
		if len(s) > longest || r.isMove(s) {
			continue
		}
		for _, text := range r.parts(s) {
			out = append(out, r.clauseOf(text))
		}
	}
	return out
}

// parts are the clauses of a sentence of which each says something.
func (r *Recogniser) parts(s string) []string {
	var out []string
	if japan.IsJapanese(s) {
		for s != "" {
			m := r.joined.FindStringSubmatchIndex(s)
			if m == nil || m[1] == len(s) {
				break
			}
			out = append(out, s[:m[2]])
			s = s[m[1]:]
		}
		return append(out, r.each(s)...)
	}
	for {
		at, length := -1, 0
		lower := strings.ToLower(s)
		for _, j := range r.words.Joins.EN {
			if i := strings.Index(lower, j); i > 0 && len(lower) == len(s) && (at < 0 || i < at) {
				at, length = i, len(j)
			}
		}
		if at < 0 {
			return append(out, s)
		}
		out = append(out, s[:at])
		s = s[at+length:]
	}
}

// each cuts a Japanese clause that goes on with し、 where both sides have a limit
// of their own: A社へは8日までに提出し、B社へは20日までに提出します.
func (r *Recogniser) each(s string) []string {
	a, b, found := strings.Cut(s, "し、")
	if !found || !r.limited(a) || !r.limited(b) {
		return []string{s}
	}
	return append([]string{a}, r.each(b)...)
}

func (r *Recogniser) limited(s string) bool {
	return slices.ContainsFunc(r.days(japan.Key(s), true, anyDay), func(d foundDay) bool { return d.by })
}

// judge decides on a clause of a message that brings files, or none: what is sent with
// them is no promise, unless a later day is named.
func (r *Recogniser) judge(c clause, said honne.Date, files bool) (p honne.Promise, ok bool) {
	w, form := r.words, honne.PromiseWritten
	kind := r.englishDeed(c)
	if c.spelled.Japanese {
		if kind = r.japaneseDeed(c); kind == noDeed && w.Accepts.In(c.spelled) && r.anyDeed(c) {
			kind, form = weakDeed, honne.PromiseUnconfirmed
		}
	}
	if kind == noDeed || asksBack(c.text) || r.excluded(c.spelled) {
		return p, false
	}
	due, much := r.due(c, said), r.muchIn(c)
	files = files && (!due.known || due.date != 0 && due.date <= r.businessDay(said))
	if !enough(kind, due, much != "", files || w.Brings.In(c.spelled)) {
		return p, false
	}
	return honne.Promise{What: both(c.text, c.spelled.Japanese), Much: much, Form: form, Due: due.date, Owner: c.owner}, true
}

// announces reports whether a clause gives notice of what one side does to all, such as
// new prices or a change there: it promises nothing, unless something is sent.
func (r *Recogniser) announces(c clause, from honne.Side) bool {
	if r.englishDeed(c) == sendDeed || c.spelled.Japanese && r.japaneseDeed(c) == sendDeed {
		return false
	}
	if from == honne.Theirs {
		told := r.mail.Changes.Changes(c.text).Kind
		return told == honne.PartnerGoods || told == honne.PartnerLeaver
	}
	notices := []honne.OurActKind{honne.OurPriceNotice, honne.OurDiscount, honne.OurEnd, honne.OurDirect}
	return slices.Contains(notices, r.mail.Told.Tells(c.text, from))
}

// excluded reports whether a text is a request, hangs on something, is somebody
// else's, is always done, or is no more than an intention.
func (r *Recogniser) excluded(s playbook.Spelled) bool {
	w := r.words
	return w.Asks.In(s) || w.If.In(s) || w.Others.In(s) || w.Usual.In(s) || w.Soft.In(s) && !w.Firm.In(s)
}

// deed is how firmly a clause says that something will be done.
type deed int8

const (
	noDeed     deed = iota
	otherDeed       // a deed that is in no list: only with a day until which
	weakDeed        // only with a day
	datedDeed       // only with a day, on or until which
	sendDeed        // not when the message itself is the deed
	strongDeed      // with a day or a number
)

// enough reports whether a clause says enough to be held to it.
func enough(kind deed, due dueDay, much, brings bool) bool {
	switch kind {
	case otherDeed:
		return due.by
	case weakDeed, datedDeed:
		return due.known
	case sendDeed:
		return (due.known || much) && !brings
	case strongDeed:
		return due.known || much
	}
	return false
}

func asksBack(text string) bool {
	text = strings.TrimRight(text, " 　。.!！）)")
	return strings.HasSuffix(text, "?") || strings.HasSuffix(text, "？") || strings.HasSuffix(text, "か")
}

// mostSaid bounds, in runes, what is kept of the words of a promise.
const mostSaid = 300

func both(text string, japanese bool) honne.Both {
	text = japan.Trim(strings.TrimRight(japan.Trim(text), "、,"))
	if runes := []rune(text); len(runes) > mostSaid {
		text = string(runes[:mostSaid]) + "…"
	}
	if japanese {
		return honne.Both{JA: text}
	}
	return honne.Both{EN: text}
}
