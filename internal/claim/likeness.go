package claim

import (
	"slices"

	"honne"
	"honne/internal/playbook"
)

// likeness finds the reasons that a house described itself: there are too few
// sentences of each to train on, so a passage is compared with them. It says how
// like two sentences are, never how likely anything is.
type likeness struct {
	least float64
	own   []ownSentence
}

// ownSentence is a sentence of the house, or a few that belong together.
type ownSentence struct {
	excuse string
	spans  int // sentences it has
	grams
	barrier  bool            // puts a barrier
	asks     bool            // is a question
	innocent map[uint32]bool // what speaks of innocence in it, and so may in the like
}

// grams are what a text is compared by, each with its weight: pairs of Japanese
// characters, and words of English. What carries grammar weighs little: pairs of
// hiragana, short words.
type grams struct {
	weight map[uint32]int
	total  int
}

const (
	ofContent = 5
	ofGrammar = 1
	shortWord = 3 // letters
)

func newLikeness(p *playbook.Playbook, l *lexicon) likeness {
	out := likeness{least: p.Recognition.Likeness}
	if out.least == 0 {
		return out
	}
	r := newReader(l)
	for _, x := range p.Excuses {
		for _, s := range x.Sentences {
			runes := []rune(s)
			spans := sentences(runes)
			if len(spans) == 0 {
				continue
			}
			whole := unit(spans)
			r.read(runes[whole.from():whole.to()], 0)
			out.own = append(out.own, ownSentence{excuse: x.Excuse, spans: len(spans), grams: gramsOf(&r.text),
				barrier: r.parts(l.barriers) > 0, asks: r.text.asks(), innocent: r.innocence()})
		}
	}
	return out
}

// gramsOf returns the grams of a text.
func gramsOf(t *text) grams {
	g := grams{weight: map[uint32]int{}}
	for _, w := range t.words {
		switch w.script {
		case latin:
			g.add(hashRunes(seed, kindStem, rune(w.stem)), w.to-w.from > shortWord)
		case kanji:
			for i := w.from; i+1 < w.to; i++ {
				g.add(hashRunes(seed, kindGram, t.runes[i], t.runes[i+1]), t.scripts[i] != hiragana || t.scripts[i+1] != hiragana)
			}
		}
	}
	return g
}

func (g *grams) add(key uint32, content bool) {
	if _, twice := g.weight[key]; twice {
		return
	}
	w := ofGrammar
	if content {
		w = ofContent
	}
	g.weight[key] = w
	g.total += w
}

// like compares two texts (Dice): 1 for the same grams, 0 for none in common.
func (g grams) like(other grams) float64 {
	if g.total+other.total == 0 {
		return 0
	}
	shared := 0
	for key, w := range g.weight {
		if _, both := other.weight[key]; both {
			shared += w
		}
	}
	return float64(2*shared) / float64(g.total+other.total)
}

// innocence are the concepts in the text last read that tell that there is no
// reason.
func (r *reader) innocence() map[uint32]bool {
	out := map[uint32]bool{}
	for _, f := range r.ideas {
		if key := r.lexicon.keys[f.concept]; r.lexicon.innocent[key] {
			out[key] = true
		}
	}
	return out
}

// find returns what of a passage is like a sentence of the house: as many of its
// sentences together as that one has. A barrier must be put where the house's
// sentence puts one, and nothing may speak of innocence that does not there: a
// question or a denial has much the same words.
func (l *likeness) find(rd *reader, runes []rune, spans []span, before string) (list []candidate) {
	for _, n := range l.lengths() {
		for i := 0; i+n <= len(spans); i++ {
			u := unit(spans[i : i+n])
			if !repeats(before, string(runes[u.from():u.to()])) {
				list = append(list, l.compare(rd, runes, u, n)...)
			}
		}
	}
	return list
}

// lengths are how many sentences those of the house have, each once.
func (l *likeness) lengths() (out []int) {
	for _, s := range l.own {
		if !slices.Contains(out, s.spans) {
			out = append(out, s.spans)
		}
	}
	return out
}

// compare returns the house's excuse that a stretch is most like, and nothing
// where it is not like any.
func (l *likeness) compare(rd *reader, runes []rune, u unit, n int) []candidate {
	rd.read(runes[u.from():u.to()], u.from())
	if rd.text.size() < leastWords {
		return nil
	}
	g, barrier, innocence := gramsOf(&rd.text), rd.parts(rd.lexicon.barriers) > 0, rd.innocence()
	var best honne.Mention
	for _, s := range l.own {
		score := g.like(s.grams)
		if s.spans != n || score < l.least || s.barrier && !barrier || rd.text.asks() && !s.asks || !within(innocence, s.innocent) {
			continue
		}
		switch {
		case score > best.Score:
			if best.Excuse != s.excuse {
				best.Or, best.OrScore = best.Excuse, best.Score
			}
			best.Excuse, best.Score = s.excuse, score
		case s.excuse != best.Excuse && score > best.OrScore:
			best.Or, best.OrScore = s.excuse, score
		}
	}
	if best.Excuse == "" {
		return nil
	}
	_, best.Barrier = rd.withoutEvidence()
	best.From, best.To = u.from(), u.to()
	return []candidate{{Mention: best, unit: u, own: true}}
}

func within(set, other map[uint32]bool) bool {
	for key := range set {
		if !other[key] {
			return false
		}
	}
	return true
}
