package promise

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
	"honne/internal/playbook"
)

// Made says when a promise was made that a passage speaks of.
type Made string

// What a passage says of it: nothing, or in the month, or the week, before.
const (
	AnyTime   Made = ""
	LastMonth Made = "month"
	LastWeek  Made = "week"
)

func (r *Recogniser) madeIn(s playbook.Spelled) Made {
	switch {
	case r.words.LastMonth.In(s):
		return LastMonth
	case r.words.LastWeek.In(s):
		return LastWeek
	}
	return AnyTime
}

func (m Made) allows(made, on honne.Date) bool {
	switch m {
	case LastMonth:
		return made.Month() == on.Month()-1
	case LastWeek:
		return on-made <= 13
	}
	return true
}

// aMonth is how many days back a day of a month is looked for, on which a deed was done.
const aMonth = 27

// doneOn is the one day, up to that on which it was said, on which a passage says that a
// deed was done; 0 where it names none, or several.
func (r *Recogniser) doneOn(c clause, said honne.Date) honne.Date {
	words := *r.words
	words.Days = slices.DeleteFunc(slices.Clone(words.Days), func(d playbook.DayRule) bool {
		return !slices.Contains([]playbook.DayKind{playbook.DayDate, playbook.DayOfYear, playbook.DayOfMonth}, d.Is) || d.Is == playbook.DayOfMonth && d.Add >= 0
	})
	only := *r
	only.words = &words
	var day honne.Date
	for _, d := range only.days(c.plain, c.spelled.Japanese, said-aMonth) {
		switch {
		case d.by:
		case day != 0 || d.date > said:
			return 0
		default:
			day = d.date
		}
	}
	return day
}

// keptBy is a promise that a word says to be kept: on the day that it names, if that is
// not before the promise, else on its own.
func keptBy(p honne.Promise, w Word) honne.Promise {
	p.Confirmed = false
	p.Outcome, p.Done = honne.PromiseKept, w.On
	if w.Done >= p.Made && w.Done != 0 {
		p.Done = w.Done
	}
	return p
}

// How long a promise of another topic is looked for behind its day, and how soon before it.
const (
	daysAfter  = 92
	daysBefore = 7
)

// Elsewhere finds the promise of another topic that a word speaks of, as Apply does of the
// same one: only a word that speaks of a promise of its own side that is done, and of
// something that the promise names, or its topic where it names nothing, and only where it can
// be no other: first one in its own language, then one in the other. What names nothing at all
// may be meant where nothing else is.
func (r *Recogniser) Elsewhere(earlier []honne.Promise, w Word) (at int, p honne.Promise, ok bool) {
	if w.Kind != Kept || !w.Sure {
		return -1, p, false
	}
	var named, abroad, vague []int
	for i, q := range earlier {
		if q.Outcome != honne.PromiseOpen || q.By != w.By || q.Made >= w.On || !w.Made.allows(q.Made, w.On) ||
			q.Due == 0 || w.On-q.Due > daysAfter || w.Made == AnyTime && q.Due-w.On > daysBefore {
			continue
		}
		switch what := cmp.Or(q.What.JA, q.What.EN); {
		case w.otherTongue(what) && r.shares(what, w.Text):
			abroad = append(abroad, i)
		case r.shares(what, w.Text), r.namesNothing(what) && r.shares(q.Topic, w.Text):
			named = append(named, i)
		case r.namesNothing(what) && r.namesNothing(q.Topic):
			vague = append(vague, i)
		}
	}
	for _, list := range [][]int{named, abroad, vague} {
		if len(list) == 1 {
			return list[0], keptBy(earlier[list[0]], w), true
		}
		if len(list) > 1 {
			break
		}
	}
	return -1, p, false
}

// thing is a word that may name something.
var thing = regexp.MustCompile(`[\p{Han}]{2,}|[ァ-ヴ][ァ-ヴ-]{2,}|[a-z]{6,}`)

// things are the words of a text that name something: neither a deed nor a day.
func (r *Recogniser) things(text string) []string {
	japanese := japan.IsJapanese(text)
	key := japan.Key(text)
	if !japanese {
		key = strings.ToLower(text)
	}
	for _, d := range slices.Backward(r.days(plainOf(key, playbook.Spelled{Japanese: japanese, Key: key}), japanese, anyDay)) {
		key = key[:d.from] + " " + key[d.to:]
	}
	return slices.DeleteFunc(thing.FindAllString(key, -1), func(s string) bool {
		return r.deedAt(s) != noDeed || r.verb(s) != noDeed || slices.Contains(r.words.Nothing.EN, s) || slices.Contains(r.words.Nothing.JA, s) ||
			len(r.fieldDays(s, japanese, anyDay)) > 0
	})
}

// namesNothing reports whether a text names no thing at all: 本日中にお送りいたします.
func (r *Recogniser) namesNothing(text string) bool {
	return len(r.things(text)) == 0 && len(r.same(text)) == 0
}

// same are the things of a text that have names in both languages, by their places in the playbook.
func (r *Recogniser) same(text string) (out []int) {
	s := playbook.Spell(text)
	for i, words := range r.words.Same {
		if words.In(s) {
			out = append(out, i)
		}
	}
	return out
}

// shares reports whether two texts name one thing, be it in two languages.
func (r *Recogniser) shares(a, b string) bool {
	if japan.IsJapanese(a) != japan.IsJapanese(b) {
		list := r.same(b)
		return slices.ContainsFunc(r.same(a), func(i int) bool { return slices.Contains(list, i) })
	}
	return slices.ContainsFunc(r.things(a), func(thing string) bool { return names(b, thing) }) ||
		slices.ContainsFunc(r.things(b), func(thing string) bool { return names(a, thing) })
}
