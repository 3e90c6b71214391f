package promise

import (
	"cmp"
	"slices"
	"strings"

	"honne"
)

// Waits reports whether a promise has not been done yet, as far as is known.
func Waits(p honne.Promise) bool {
	return p.Outcome == honne.PromiseOpen || p.Outcome == honne.PromiseLate && p.Done == 0
}

// missed reads that what was promised has not come, in the words of who waits for it.
func (r *Recogniser) missed(s string) (w Word, ok bool) {
	c := r.clauseOf(s)
	if !r.words.Missed.In(c.spelled) || r.words.If.In(c.spelled) {
		return w, false
	}
	w = Word{Kind: Missed, Text: s, Of: r.things(s), things: r.things}
	if r.asksReply(c) {
		w.reply = r.isReply
	}
	return w, true
}

// asksReply reports whether a clause speaks of an answer, or names nothing else.
func (r *Recogniser) asksReply(c clause) bool {
	return slices.ContainsFunc(r.weak, func(d string) bool { return strings.Contains(c.spelled.Key, d) }) ||
		slices.ContainsFunc(strings.Fields(c.spelled.Words), func(word string) bool { return slices.Contains(r.words.Weak.EN, word) || word == "heard" })
}

// isReply reports whether a text promises a word, which names nothing that could be sent.
func (r *Recogniser) isReply(text string) bool {
	return r.mail.PromisesAnswer(text) && !r.mail.PromisesPaper(text)
}

// misses is how well a promise of the other side, past its day, is what has not come.
func (w Word) misses(p honne.Promise) float64 {
	what := cmp.Or(p.What.JA, p.What.EN)
	if p.By == w.By || p.Due == 0 || w.On <= p.Due || !w.brings(what) && (w.reply == nil || !w.reply(what)) {
		return 0
	}
	return likeness(what, w.Text) + 0.1
}

// Answers reports whether a message of substance that follows in the same conversation gives
// the answer that a promise is of: a word, a paper that it names, or one that was not named.
func (r *Recogniser) Answers(p honne.Promise, text string) bool {
	what := cmp.Or(p.What.JA, p.What.EN)
	if !r.mail.PromisesAnswer(what) {
		return false
	}
	things := r.things(what)
	return r.isReply(what) || len(things) == 0 || slices.ContainsFunc(things, func(thing string) bool { return names(text, thing) })
}

// Done is a promise that was kept on a day.
func Done(p honne.Promise, on honne.Date) honne.Promise { return keptBy(p, Word{On: on}) }
