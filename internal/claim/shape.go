package claim

import "slices"

// Shapes say how a text looks: what makes a reason checkable, and what is no
// reason at all. Source: domain 3.10.
const (
	shapeQuestion  = iota // ends as a question
	shapeUnit             // a number with its unit
	shapeSpan             // a number of years, months, days
	shapeDay              // a day of the calendar
	shapeNumber           // any other number
	shapeEvidence1        // kinds of evidence: one
	shapeEvidence2        // two
	shapeEvidence3        // three or more
	shapeNoCue            // no words of any excuse
	shapeCue1             // of one
	shapeCue2             // of two
	shapeCue3             // of three or more
	shapeShort
	shapeLong
	shapes

	// How many barriers meet how many excuses' own words, and how many tokens of
	// innocence do.
	shapeCross    = 32
	shapeInnocent = 64
)

func shapeKey(s int) uint32 { return hashRunes(seed, kindShape, rune(s)) }

// shapes adds the shapes of the text, and how it ends.
func (r *reader) shapes() {
	t := &r.text
	shape := func(s int, from, to int) {
		proof := s == shapeUnit || s == shapeDay || s >= shapeEvidence1 && s <= shapeEvidence3
		r.features = append(r.features, feature{key: shapeKey(s), value: shapeValue, from: from, to: to, evidence: proof})
	}
	if t.asks() {
		shape(shapeQuestion, max(0, len(t.runes)-2), len(t.runes))
	}
	proofs := r.numbers(shape) + r.parts(r.lexicon.evidence)
	if proofs > 0 {
		shape(shapeEvidence1+min(2, proofs-1), 0, 0)
	}
	r.barriers, r.topics, r.innocent = r.parts(r.lexicon.barriers), r.parts(r.lexicon.topics), r.parts(r.lexicon.innocent)
	r.hinders = r.topics > 0 && r.parts(r.lexicon.hinders) > 0
	if r.barriers+r.topics > 0 {
		shape(shapeCross+4*min(3, r.barriers)+min(3, r.topics), 0, 0)
	}
	if r.innocent > 0 {
		shape(shapeInnocent+4*min(2, r.innocent)+min(3, r.topics), 0, 0)
	}
	switch n := t.size(); {
	case n < 8:
		shape(shapeShort, 0, 0)
	case n > 30:
		shape(shapeLong, 0, 0)
	}
	r.endings()
}

const shapeValue = 0.5

// size counts words, of Japanese a word every three runes.
func (t *text) size() (n int) {
	for _, w := range t.words {
		if w.script == kanji {
			n += (w.to - w.from) / 3
		} else {
			n++
		}
	}
	return n
}

// asks reports whether the text ends as a question.
func (t *text) asks() bool {
	i := len(t.runes) - 1
	for i >= 0 && (t.scripts[i] == mark && t.runes[i] != '?') {
		i--
	}
	return i >= 0 && (t.runes[i] == '?' || t.runes[i] == 'か' && i > 0 && t.scripts[i-1] == hiragana)
}

// numbers adds what the numbers of the text count, each kind once, and returns
// how many kinds of them are evidence.
func (r *reader) numbers(shape func(s, from, to int)) (n int) {
	var seen [shapes]bool
	for _, w := range r.text.words {
		if w.script != digit {
			continue
		}
		s := r.counts(w)
		if !seen[s] {
			seen[s] = true
			shape(s, w.from, w.to)
		}
	}
	for _, s := range []int{shapeUnit, shapeDay} {
		if seen[s] {
			n++
		}
	}
	return n
}

// counts says what a number counts, by the words beside it.
func (r *reader) counts(w word) int {
	t := &r.text
	if w.to < len(t.runes) && t.runes[w.to] == '%' {
		return shapeUnit
	}
	best := shapeNumber
	for _, f := range r.ideas {
		beside := f.from >= w.to && f.from <= w.to+1 || f.to <= w.from && f.to >= w.from-1
		if !beside {
			continue
		}
		switch r.lexicon.keys[f.concept] {
		case nameKey("calendar"):
			return shapeDay
		case nameKey("time-unit"):
			best = shapeSpan
		case nameKey("unit"):
			if best == shapeNumber && f.from >= w.to {
				best = shapeUnit
			}
		}
	}
	return best
}

// parts counts the concepts of the text that play a part.
func (r *reader) parts(part map[uint32]bool) (n int) {
	for i, f := range r.ideas {
		if part[r.lexicon.keys[f.concept]] && !slices.ContainsFunc(r.ideas[:i], func(g found) bool { return g.concept == f.concept }) {
			n++
		}
	}
	return n
}

// endings adds the last characters of a Japanese text and the first words of an
// English one: there stands whether something is asked, done or denied.
func (r *reader) endings() {
	t := &r.text
	end := len(t.runes)
	for end > 0 && t.scripts[end-1] == mark {
		end--
	}
	h := hashRunes(seed, kindShape, '$')
	for n := 1; t.ja && n <= 5 && end-n >= 0; n++ {
		h = hashRunes(h, t.runes[end-n])
		if n >= 2 {
			r.features = append(r.features, feature{key: h, value: shapeValue, from: end - n, to: end})
		}
	}
	h = hashRunes(seed, kindShape, '^')
	for i := 0; !t.ja && i < min(2, len(t.words)); i++ {
		h = hashRunes(h, rune(t.words[i].stem))
		r.features = append(r.features, feature{key: h, value: shapeValue, from: t.words[i].from, to: t.words[i].to})
	}
}
