package promise

import (
	"slices"
	"strings"

	"honne/internal/playbook"
)

// englishDeed reads what stands behind the opening of an English clause.
func (r *Recogniser) englishDeed(c clause) deed {
	if c.spelled.Japanese {
		return noDeed
	}
	w := r.words
	if verb, ok := r.behind(w.Endings, c.spelled); ok {
		if r.hasDone(verb) {
			return datedDeed
		}
		if kind := r.verb(verb); kind != noDeed || slices.Contains(w.States.EN, first(verb)) {
			return kind
		}
		return otherDeed
	}
	if verb, ok := r.behind(w.Becomes, c.spelled); ok && slices.Contains(w.Passive.EN, first(verb)) {
		return datedDeed
	}
	if verb, ok := r.behind(w.Ongoing, c.spelled); ok && slices.Contains(w.Going.EN, first(verb)) {
		return datedDeed
	}
	if verb, ok := r.behind(w.Present, c.spelled); ok && r.verb(verb) > weakDeed {
		return datedDeed
	}
	if w.Receives.In(c.spelled) {
		return datedDeed
	}
	return noDeed
}

// hasDone reports whether words go on as in "have it done", which says of a deed when it is over.
func (r *Recogniser) hasDone(rest string) bool {
	words := strings.Fields(rest)
	if len(words) < 2 || words[0] != "have" || words[1] == "to" {
		return false
	}
	return slices.ContainsFunc(words[1:min(len(words), 8)], func(w string) bool { return slices.Contains(r.words.Passive.EN, w) })
}

// behind returns the words behind the first of the openings in a clause, adverbs
// taken off.
func (r *Recogniser) behind(openings playbook.Phrases, s playbook.Spelled) (rest string, ok bool) {
	at := -1
	for _, o := range openings.EN {
		o, begins := strings.CutPrefix(o, "^")
		i := strings.Index(s.Words, " "+strings.ReplaceAll(o, "’", "'")+" ")
		if i < 0 || begins && i > 0 || at >= 0 && i > at {
			continue
		}
		if end := s.Words[i+len(o)+2:]; i != at || len(end) < len(rest) {
			at, rest = i, end
		}
	}
	for taken := true; taken; {
		taken = false
		for _, a := range r.words.Adverbs.EN {
			if after, is := strings.CutPrefix(rest, a+" "); is {
				rest, taken = after, true
			}
		}
	}
	return rest, at >= 0
}

func first(words string) string {
	word, _, _ := strings.Cut(words, " ")
	return word
}

// verb is the deed that a verb says.
func (r *Recogniser) verb(rest string) deed {
	in := func(p playbook.Phrases) bool { return slices.Contains(p.EN, first(rest)) }
	switch w := r.words; {
	case in(w.Sends):
		return sendDeed
	case in(w.Weak):
		return weakDeed
	case in(w.Deeds):
		return strongDeed
	}
	return noDeed
}
