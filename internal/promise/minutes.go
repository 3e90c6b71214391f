package promise

import (
	"regexp"
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
	"honne/internal/playbook"
)

// item is a line as minutes write them: a mark or a number, who, what, until when.
type item struct {
	line   string // without mark and fields
	text   string // without label too
	listed bool   // a mark or a number stood before it
	label  string // what stands before a colon
	owner  string
	due    string // what stands in the field for the day
	action bool   // its label says that it is an action
	none   bool   // its label says that it is none
}

var (
	listMark  = regexp.MustCompile(`^(?:[・•*●○◆◇■□→⇒▶‣–-]+[\s　]*|[①-⑳][\s　]*|[(（]?\d{1,2}[.)．）][\s　]+)`)
	labelForm = regexp.MustCompile(`^([^:：。、,]{1,40}?)[\s　]*[:：][\s　]*(.+)$`)
	brackets  = regexp.MustCompile(`[(（]([^()（）]{1,40})[)）][。.]?$`)
	toForm    = regexp.MustCompile(`^(\p{Lu}[\p{L}'&.-]*(?: [\p{L}'&.-]+){0,3}?) to ([a-z]+\b.*)$`)
	feels     = regexp.MustCompile(`^(?:I|We|You|They|He|She|It|This|That|There) \p{Ll}`) // We are sorry to tell you
	nameForm  = regexp.MustCompile(`^(?:[\p{Han}ァ-ヶー]{1,8}|\p{Lu}[\p{L}.-]+(?: \p{Lu}[\p{L}.-]+)?)(?:様|さん|氏)?$`)
)

// fieldForm finds a field of minutes with its value: 担当：鈴木.
func fieldForm(p playbook.Phrases, value string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[\s　、,，;；/／(（。.])(?:` + oneOf(slices.Concat(p.JA, p.EN)) + `)[\s　]*[:：][\s　]*(` + value + `)`)
}

func nameForms(p playbook.Phrases) (out []*regexp.Regexp) {
	for _, text := range slices.Concat(p.JA, p.EN) {
		if re, err := regexp.Compile(strings.Replace(text, "{name}", `(\p{Lu}[\p{L}]+|[\p{Han}ァ-ヶー]{1,5}?)`, 1)); err == nil {
			out = append(out, re)
		}
	}
	return out
}

// itemOf reads a line. One that is no item is its own text.
func (r *Recogniser) itemOf(line string, said honne.Date) item {
	it := item{line: line}
	if mark := listMark.FindString(line); mark != "" && len(mark) < len(line) {
		it.line, it.listed = line[len(mark):], true
	}
	if len(it.line) > longest {
		it.text = it.line
		return it
	}
	it.owner, it.line = cutField(r.ownerIs, it.line)
	it.due, it.line = cutField(r.dueIs, it.line)
	it.line = japan.Trim(strings.TrimRight(it.line, " 　、,;；/／(（"))
	r.bracketed(&it, said)
	it.text = it.line
	r.label(&it)
	return it
}

// cutField takes a field out of a line.
func cutField(re *regexp.Regexp, line string) (value, rest string) {
	m := re.FindStringSubmatchIndex(line)
	if m == nil || m[0] == 0 {
		return "", line
	}
	value = strings.Trim(line[m[2]:m[3]], " 　、,，;；/／)）。.")
	tail := strings.TrimLeft(line[m[1]:], ")）")
	if tail == "" || strings.ContainsAny(line[m[0]:m[0]+1], "(") {
		return value, line[:m[0]] + tail
	}
	return value, line[:m[0]] + " " + tail
}

// bracketed reads who and until when from brackets at the end: （佐藤、10/31）.
func (r *Recogniser) bracketed(it *item, said honne.Date) {
	m := brackets.FindStringSubmatchIndex(it.line)
	if m == nil || m[0] == 0 {
		return
	}
	owner, due := it.owner, it.due
	for _, part := range strings.FieldsFunc(it.line[m[2]:m[3]], func(c rune) bool { return strings.ContainsRune("、,，・;；/／", c) && c != '/' }) {
		part = japan.Trim(part)
		switch {
		case due == "" && len(r.fieldDays(part, japan.IsJapanese(it.line), said)) > 0:
			due = part
		case nameForm.MatchString(part) && owner == "":
			owner = part
		default:
			return // something else stands there
		}
	}
	it.owner, it.due, it.line = owner, due, it.line[:m[0]]
}

// fieldDays finds the days of a field, read in the language of its item.
func (r *Recogniser) fieldDays(text string, japanese bool, said honne.Date) []foundDay {
	s := playbook.Spell(text)
	s.Japanese = s.Japanese || japanese
	return r.days(plainOf(text, s), s.Japanese, said)
}

// label reads what stands before a colon, and "Miyako to send".
func (r *Recogniser) label(it *item) {
	m := labelForm.FindStringSubmatch(it.line)
	if m == nil || strings.ContainsAny(m[1], "?？") || isClock(m[1], m[2]) {
		if m := toForm.FindStringSubmatch(it.text); m != nil && r.verb(m[2]) != noDeed && !r.isLabel(m[1]) && !feels.MatchString(m[1]) && it.owner == "" {
			it.owner, it.text = m[1], m[2]
		}
		return
	}
	name := m[1]
	if b := brackets.FindStringSubmatchIndex(name); b != nil && it.owner == "" && b[0] > 0 {
		it.owner, name = name[b[2]:b[3]], name[:b[0]]
	}
	it.text, it.label = m[2], name
	s := playbook.Spell(name)
	switch {
	case r.isAction(s):
		it.action = true
		if m := toForm.FindStringSubmatch(it.text); m != nil && r.verb(m[2]) != noDeed && it.owner == "" {
			it.owner, it.text = m[1], m[2]
		}
	case r.isLabel(name):
		it.none = true
	case it.owner == "" && (r.startsDeed(it.text) || it.listed && r.knows(name)):
		it.owner = name
	}
}

func isClock(before, behind string) bool {
	return before[len(before)-1] >= '0' && before[len(before)-1] <= '9' && behind[0] >= '0' && behind[0] <= '9'
}

func (r *Recogniser) isAction(s playbook.Spelled) bool {
	return slices.Contains(r.actions, s.Key) ||
		slices.Contains(r.words.Actions.EN, strings.TrimSpace(s.Words))
}

// isLabel reports whether a label says that no action follows: of Japanese when
// such a word ends it, of English when one begins it.
func (r *Recogniser) isLabel(name string) bool {
	s := playbook.Spell(name)
	if s.Japanese {
		return endsWith(s.Key, r.labels)
	}
	return slices.Contains(r.words.Labels.EN, first(strings.TrimSpace(s.Words)))
}

// startsDeed reports whether what stands behind a label is a deed of its owner:
// of English one that begins with a verb, of Japanese any.
func (r *Recogniser) startsDeed(text string) bool {
	s := playbook.Spell(text)
	return s.Japanese || r.verb(strings.TrimPrefix(strings.TrimSpace(s.Words), "to ")) != noDeed
}

// minute decides on an item: who, a deed, a day. Whoever wrote it down, the other
// side has not confirmed it yet.
func (r *Recogniser) minute(it item, from honne.Side, said honne.Date) (p honne.Promise, ok bool) {
	if len(it.text) > longest || !it.listed && it.owner == "" && it.due == "" && !it.action {
		return p, false
	}
	c := r.clauseOf(it.text)
	if asksBack(it.text) || r.excluded(playbook.Spell(it.line)) || r.isMove(it.text) {
		return p, false
	}
	due := r.due(c, said)
	if it.due != "" {
		days := r.fieldDays(it.due, c.spelled.Japanese, said)
		if len(days) == 0 {
			return p, false
		}
		due = dueDay{true, true, r.businessDay(days[0].date)}
	}
	if !due.known || !r.bareDeed(c, it) && !(it.listed && due.by && r.knows(it.owner)) {
		return p, false
	}
	by, known := r.whose(it.owner, from)
	if !known {
		by, known = r.whose(it.label, from)
	}
	owner := it.owner
	if c.owner != "" {
		owner = c.owner
	}
	if !known && r.words.Ours.In(playbook.Spell(owner)) {
		owner = ""
	}
	return honne.Promise{By: by, What: both(it.text, c.spelled.Japanese), Much: r.muchIn(c), Owner: owner,
		Form: honne.PromiseUnconfirmed, Made: said, Due: due.date}, true
}

// bareDeed reports whether an item names a deed without saying who will do it:
// its Japanese ends with one, its English begins with the verb.
func (r *Recogniser) bareDeed(c clause, it item) bool {
	if c.spelled.Japanese {
		key := trimEnd(c.spelled.Key)
		return r.nounDeed(key) != noDeed
	}
	return (it.owner != "" || it.action) && r.startsDeed(it.text)
}

// knows reports whether an owner is one of the two sides by name: what stands behind it with a
// day is its own to do, though it names no deed.
func (r *Recogniser) knows(owner string) bool {
	_, known := r.whose(owner, honne.Ours)
	return known || r.words.Ours.In(playbook.Spell(owner))
}

// whose says whose promise an item is: that of the owner whose name or word is
// known, else of who wrote it.
func (r *Recogniser) whose(owner string, from honne.Side) (side honne.Side, known bool) {
	stem := stemOf(owner)
	if len(stem) < 2 {
		return from, false
	}
	for _, side := range []honne.Side{honne.Ours, honne.Theirs} {
		if slices.ContainsFunc(r.named[side], func(n string) bool { return strings.HasPrefix(n, stem) || strings.HasPrefix(stem, n) }) {
			return side, true
		}
	}
	if r.words.Theirs.In(playbook.Spell(owner)) {
		return other(from), true
	}
	return from, false
}

func other(s honne.Side) honne.Side {
	if s == honne.Ours {
		return honne.Theirs
	}
	return honne.Ours
}

// ownerIn is who is named as the one who will see to it.
func (r *Recogniser) ownerIn(text string) string {
	for _, re := range r.names {
		if m := re.FindStringSubmatch(text); m != nil {
			return m[1]
		}
	}
	return ""
}

// asWe puts the writer's side for who is named, so that one reading serves both.
func (r *Recogniser) asWe(text string) string {
	for _, re := range r.names {
		if m := re.FindStringIndex(text); m != nil && !japan.IsJapanese(text) {
			return text[:m[0]] + "we" + text[m[1]:]
		}
	}
	return text
}

// muchIn is the first number of things that a clause counts, as it is said.
func (r *Recogniser) muchIn(c clause) string {
	re := r.much[1]
	if c.spelled.Japanese {
		re = r.much[0]
	}
	if m := re.FindStringSubmatch(c.plain); m != nil {
		return m[2]
	}
	return ""
}
