package promise

import (
	"cmp"
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
	"honne/internal/playbook"
)

// Word is what a passage says of a promise that was made before.
type Word struct {
	Kind WordKind
	By   honne.Side // who said it
	On   honne.Date
	From honne.Date // moved: the day it was due before; 0 when it is not named
	To   honne.Date // moved: the new day
	Done honne.Date // kept: the day on which it was, as the passage names it; 0 when it does not
	Made Made       // when the promise was made, as the passage says
	Sure bool       // it speaks of a promise; else a deed is done that may have been one
	Sent bool       // what it names comes with the message
	Text string

	shares  func(a, b string) bool // whether two texts name one thing
	nothing func(text string) bool // whether one names none
}

// WordKind says what became of a promise.
type WordKind string

// The kinds.
const (
	Moved WordKind = "moved"
	Kept  WordKind = "kept"
)

// Later returns what a passage says of earlier promises, in its order: that a day
// is to change (延期, 変更, お待ちください with a day), or that something was done
// (お約束の資料をお送りします, 納品しました).
func (r *Recogniser) Later(p honne.Passage, said honne.Date) []Word {
	var out []Word
	before := echo(japan.Key(p.Before))
	for _, line := range ownLines(p.Text) {
		it := r.itemOf(line, said)
		if before.repeats(line) {
			continue
		}
		list := r.sentences(it.line)
		for i, s := range list {
			if len(s) > longest {
				continue
			}
			if w, ok := r.word(s, it.none, p.Brings, said); ok {
				out = append(out, w)
			} else if w, ok := r.movedThen(list[i:], said); ok {
				out = append(out, w)
			}
		}
	}
	for i := range out {
		out[i].By, out[i].On = p.From, said
	}
	return out
}

// word reads what a sentence says of an earlier promise.
func (r *Recogniser) word(s string, label, files bool, said honne.Date) (w Word, ok bool) {
	if w, ok = r.moved(s, said); ok {
		return w, ok
	}
	return r.keptIn(s, label, files, said)
}

// isMove reports whether a sentence asks for another day; without one it says
// nothing.
func (r *Recogniser) isMove(s string) bool {
	c := r.clauseOf(s)
	return r.words.Moves.In(c.spelled) && !r.words.Stays.In(c.spelled) && len(r.days(c.plain, c.spelled.Japanese, anyDay)) > 0
}

// anyDay is some day, to find out whether a text names one at all.
const anyDay = honne.Date(730000)

func (r *Recogniser) moved(s string, said honne.Date) (w Word, ok bool) {
	if !r.isMove(s) {
		return w, false
	}
	c := r.clauseOf(s)
	days := r.days(c.plain, c.spelled.Japanese, said)
	if len(days) == 0 {
		return w, false
	}
	w = Word{Kind: Moved, To: r.businessDay(days[len(days)-1].date), Sure: true, Text: s}
	if len(days) > 1 {
		w.From = r.businessDay(days[0].date)
	}
	return w, true
}

// movedThen reads a sentence that asks for more time, and the next one, which asks whether a
// day would do: We need one more week. May we send it by August 7?
func (r *Recogniser) movedThen(list []string, said honne.Date) (w Word, ok bool) {
	if len(list) < 2 || len(list[1]) > longest || !asksBack(list[1]) {
		return w, false
	}
	c, next := r.clauseOf(list[0]), r.clauseOf(list[1])
	days := r.days(next.plain, next.spelled.Japanese, said)
	if !r.words.Moves.In(c.spelled) || r.words.Stays.In(c.spelled) || len(days) != 1 || !r.namesDeed(next) {
		return w, false
	}
	return Word{Kind: Moved, To: r.businessDay(days[0].date), Sure: true, Text: list[0] + " " + list[1]}, true
}

// namesDeed reports whether a clause names a deed, whoever does it.
func (r *Recogniser) namesDeed(c clause) bool {
	return r.anyDeed(c) || slices.ContainsFunc(strings.Fields(strings.ToLower(c.plain)), func(w string) bool { return r.verb(w) != noDeed })
}

// keptIn reads a deed in a sentence, or in the first part of it: お送りしますので、ご査収ください.
func (r *Recogniser) keptIn(s string, label, files bool, said honne.Date) (w Word, ok bool) {
	if w, ok = r.kept(s, label, files, said); ok || !files {
		return w, ok
	}
	parts := r.parts(s)
	return r.kept(parts[0], label, files, said)
}

// kept reads a deed that is done, or done with the message: in one that brings files
// what it says to send is sent.
func (r *Recogniser) kept(s string, label, files bool, said honne.Date) (w Word, ok bool) {
	c, words := r.clauseOf(s), r.words
	promised := words.Promised.In(c.spelled)
	if asksBack(s) || words.NotDone.In(c.spelled) || words.Others.In(c.spelled) || label && !promised {
		return w, false
	}
	done := r.isDone(c.spelled)
	sends := c.spelled.Japanese && r.japaneseDeed(c) == sendDeed && !r.due(c, anyDay).known
	brings := words.Brings.In(c.spelled)
	now := promised && (brings || sends) || files && (sends || brings && !c.spelled.Japanese)
	if !done && !now {
		return w, false
	}
	w = Word{Kind: Kept, Sure: promised, Text: s, shares: r.shares, nothing: r.namesNothing}
	if done {
		w.Done = r.doneOn(c, said)
	}
	w.Sent = !promised && (!done || files && brings)
	if promised {
		w.Made = r.madeIn(c.spelled)
	}
	return w, true
}

// isDone reports whether a sentence says that a deed is done: in Japanese a deed
// stands before the end.
func (r *Recogniser) isDone(s playbook.Spelled) bool {
	if !s.Japanese {
		return r.words.Done.In(s)
	}
	key := trimEnd(s.Key)
	for _, e := range r.done {
		if n := len(key) - len(e); n > 0 && key[n:] == e && r.deedAt(trimObject(key[:n])) != noDeed {
			return true
		}
	}
	return false
}

// Apply finds the earlier promise of the same topic that a word speaks of, and
// returns its place and what it becomes; ok is false when none fits, or several
// do alike. It is a proposal: a move is not agreed, and nothing is confirmed.
func Apply(earlier []honne.Promise, w Word) (at int, p honne.Promise, ok bool) {
	at = -1
	best, second := 0.0, 0.0
	for i, q := range earlier {
		s := fit(q, w)
		switch {
		case s > best:
			at, best, second = i, s, best
		case s > second:
			second = s
		}
	}
	if at < 0 || best == second {
		return -1, p, false
	}
	p = earlier[at]
	p.Confirmed = false
	if w.Kind == Kept {
		return at, keptBy(p, w), true
	}
	if w.To == 0 || w.To == p.Due {
		return -1, honne.Promise{}, false
	}
	p.Moves = append(slices.Clone(p.Moves), honne.PromiseMove{On: w.On, From: p.Due, By: w.By})
	p.Due = w.To
	return at, p, true
}

// leastAlike is the share of words that a mere deed has to share with a promise
// to be taken for its fulfilment.
const leastAlike = 0.3

// fit is how well a word fits a promise: 0 not at all.
func fit(p honne.Promise, w Word) float64 {
	if p.Outcome != honne.PromiseOpen || p.Made > w.On || w.Kind == Kept && p.By != w.By {
		return 0
	}
	what := cmp.Or(p.What.JA, p.What.EN)
	alike := likeness(what, w.Text)
	if w.otherTongue(what) && w.shares != nil && w.shares(what, w.Text) {
		alike = likeness(what, what) / 2
	}
	score := alike
	switch {
	case w.Sent && !w.brings(what), !w.Sent && !w.Sure && alike < leastAlike:
		return 0
	case w.From != 0 && w.From == p.Due:
		score += 2
	case w.From != 0 && p.Due != 0:
		return 0
	}
	if p.By == w.By {
		score++ // one speaks rather of one's own promises
	}
	return score + 0.1
}

// brings reports whether what is sent is what a promise names, or that names nothing: 本日中に
// お送りします is of what was asked for.
func (w Word) brings(promised string) bool {
	return w.shares(promised, w.Text) || w.nothing(promised)
}

// otherTongue reports whether a promise was made in the other language.
func (w Word) otherTongue(promised string) bool {
	return japan.IsJapanese(promised) != japan.IsJapanese(w.Text)
}

// names reports whether a text names a thing, or a Japanese compound that begins or ends as
// it does: 実績 and 販売実績.
func names(text, thing string) bool {
	text = japan.Key(text)
	runes := []rune(thing)
	return strings.Contains(text, thing) || japan.IsJapanese(thing) &&
		(strings.Contains(text, string(runes[:2])) || strings.Contains(text, string(runes[len(runes)-2:])))
}

// likeness is the share of the pairs of letters of the shorter text that stand
// in the other.
func likeness(a, b string) float64 {
	p, q := pairs(a), pairs(b)
	if len(p) > len(q) {
		p, q = q, p
	}
	if len(p) == 0 {
		return 0
	}
	n := 0
	for x := range p {
		if q[x] {
			n++
		}
	}
	return float64(n) / float64(len(p))
}

func pairs(s string) map[[2]rune]bool {
	runes := []rune(japan.Key(s))
	out := map[[2]rune]bool{}
	for i := 1; i < len(runes); i++ {
		out[[2]rune{runes[i-1], runes[i]}] = true
	}
	return out
}
