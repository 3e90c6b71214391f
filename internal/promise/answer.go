package promise

import (
	"cmp"
	"slices"

	"honne"
	"honne/internal/playbook"
)

// Misses reports whether a message says that something has not come, in the words of who waits
// for it. It makes nothing late: what follows is what was asked for again.
func (r *Recogniser) Misses(text string) bool {
	return slices.ContainsFunc(ownLines(text), func(line string) bool {
		return slices.ContainsFunc(r.sentences(line), func(s string) bool { return r.words.Missed.In(playbook.Spell(s)) })
	})
}

// isReply reports whether a text promises a word, which names nothing that could be sent: 所在を
// ご報告いたします.
func (r *Recogniser) isReply(text string) bool {
	if !r.mail.PromisesAnswer(text) || !r.mail.PromisesPaper(text) {
		return r.mail.PromisesAnswer(text)
	}
	c := r.clauseOf(text)
	if c.spelled.Japanese {
		return r.japaneseDeed(c) == weakDeed
	}
	return r.englishDeed(c) == weakDeed
}

// Answers reports whether a message of substance that follows in the same conversation gives
// the answer that a promise is of: a word, a paper that it names, or one that was not named.
func (r *Recogniser) Answers(p honne.Promise, text string) bool {
	what := cmp.Or(p.What.JA, p.What.EN)
	if !r.mail.PromisesAnswer(what) {
		return false
	}
	return r.isReply(what) || r.namesNothing(what) || r.shares(what, text)
}

// Done is a promise that was kept on a day.
func Done(p honne.Promise, on honne.Date) honne.Promise { return keptBy(p, Word{On: on}) }
