package claim

import "math"

// feature is something about a text that a model may have a weight for.
type feature struct {
	key      uint32
	value    float64
	from, to int // runes of the text it was seen at
	evidence bool
	idea     bool
	row      int32 // of the model that added it up, 0 for none
}

// kinds of feature begin their keys.
const (
	kindGram  = 'g' // runs of Japanese characters
	kindStem  = 's' // a word of English
	kindStart = 'x' // how a long word of English begins
	kindPair  = 'p' // two words after each other
	kindSkip  = 'k' // two words with one between
	kindForm  = 'f' // a word of English as it stands, where its stem is another
	kindIdea  = 'i' // a concept
	kindShape = 'h' // how the text looks
)

// groups are scaled on their own, so that a long text says no more than a short
// one; the last number of a text's shape is not scaled.
type reader struct {
	lexicon  *lexicon
	text     text
	features []feature
	seen     map[uint32]bool
	ideas    []found
	topics   int       // of excuses that the text names
	barriers int       // ways in which it puts one
	innocent int       // ideas that tell of none
	hinders  bool      // it names a topic and that something hinders
	quarters []float64 // what speaks for a reason, by stretches of four runes
}

func newReader(l *lexicon) *reader { return &reader{lexicon: l, seen: map[uint32]bool{}} }

// read returns the features of runes of a passage, the first of which stands at
// start. They are valid until the next call.
func (r *reader) read(runes []rune, start int) []feature {
	r.text.read(runes, start)
	r.features = r.features[:0]
	clear(r.seen)
	r.group(1.0, r.grams)
	r.group(1.0, r.words)
	r.ideas = r.lexicon.find(&r.text, r.ideas[:0])
	r.group(1.0, r.concepts)
	r.shapes()
	return r.features
}

// group scales what add adds to the given length.
func (r *reader) group(length float64, add func()) {
	from := len(r.features)
	add()
	n := len(r.features) - from
	if n == 0 {
		return
	}
	scale := length / math.Sqrt(float64(n))
	for i := from; i < len(r.features); i++ {
		r.features[i].value = scale
	}
}

func (r *reader) add(key uint32, from, to int) {
	if !r.seen[key] {
		r.seen[key] = true
		r.features = append(r.features, feature{key: key, from: from, to: to})
	}
}

// grams adds runs of two to four Japanese characters.
func (r *reader) grams() {
	t := &r.text
	for _, w := range t.words {
		if w.script != kanji {
			continue
		}
		r.placeRuns(w)
		for i := w.from; i < w.to; i++ {
			h := hashRunes(seed, kindGram)
			for n := 1; n <= 4 && i+n <= w.to; n++ {
				h = hashRunes(h, t.runes[i+n-1])
				if n > 1 || t.scripts[i] == kanji {
					r.add(h, i, i+n)
				}
			}
		}
	}
}

// words adds stems of English, pairs of them, and words as they stand.
func (r *reader) words() {
	var before, beforeThat word
	for i, w := range r.text.words {
		if w.script == digit {
			w.stem = '0'
		}
		if w.script == kanji {
			before, beforeThat = word{}, word{}
			continue
		}
		r.placeWord(i, w, before)
		r.add(hashRunes(seed, kindStem, rune(w.stem)), w.from, w.to)
		if form := hashRunes(seed, r.text.runes[w.from:w.to]...); w.script == latin && form != w.stem {
			r.add(hashRunes(seed, kindForm, rune(form)), w.from, w.to)
		}
		if n := w.to - w.from; w.script == latin && n > 5 {
			r.add(hashRunes(hashRunes(seed, kindStart), r.text.runes[w.from:w.from+5]...), w.from, w.to)
		}
		if before.stem != 0 {
			r.add(hashRunes(seed, kindPair, rune(before.stem), rune(w.stem)), before.from, w.to)
		}
		if beforeThat.stem != 0 {
			r.add(hashRunes(seed, kindSkip, rune(beforeThat.stem), rune(w.stem)), beforeThat.from, w.to)
		}
		before, beforeThat = w, before
	}
}

// doubt is what the text last read lacks: log odds to take off.
func (r *reader) doubt() float64 {
	if r.topics > 0 {
		return 0
	}
	return r.lexicon.doubt
}

// puts reports whether the text last read names a topic and puts a barrier.
func (r *reader) puts() bool { return r.topics > 0 && r.barriers > 0 }

// withoutEvidence takes what makes a reason checkable out of the features last
// read; had says whether there was anything.
func (r *reader) withoutEvidence() (bare []feature, had bool) {
	for _, f := range r.features {
		if f.evidence {
			had = true
		} else {
			bare = append(bare, f)
		}
	}
	return bare, had
}

func (r *reader) concepts() {
	for _, f := range r.ideas {
		key := r.lexicon.keys[f.concept]
		r.add(ideaKey(key), f.from, f.to)
		last := &r.features[len(r.features)-1]
		last.idea, last.evidence = true, last.evidence || r.lexicon.evidence[key]
	}
}

func ideaKey(concept uint32) uint32 { return hashRunes(seed, kindIdea, rune(concept)) }
