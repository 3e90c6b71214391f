package claim

// How a text begins and how it ends speaks on its own: what hinders is often told first
// and overcome last, or the other way round.
const (
	kindFirst    = 'b' // a word, or runes, near the beginning
	kindLast     = 'l' // near the end
	kindLastPair = 'm' // two words after each other, near the end

	firstWords, lastWords, leastWordsPlaced = 5, 6, 9
	firstRunes, lastRunes, leastRunesPlaced = 12, 14, 25
	runPlaced                               = 3 // runes
)

// placeWord adds a word of English or a number, the i-th of the text, that stands near the
// beginning or the end of one long enough to have both; what is near both is at the beginning.
func (r *reader) placeWord(i int, w, before word) {
	switch n := len(r.text.words); {
	case n < leastWordsPlaced:
	case i < firstWords:
		r.add(hashRunes(seed, kindFirst, rune(w.stem)), w.from, w.to)
	case i >= n-lastWords:
		r.add(hashRunes(seed, kindLast, rune(w.stem)), w.from, w.to)
		if before.stem != 0 {
			r.add(hashRunes(seed, kindLastPair, rune(before.stem), rune(w.stem)), before.from, w.to)
		}
	}
}

// placeRuns adds the runs of two and three characters of w, Japanese, that begin there.
func (r *reader) placeRuns(w word) {
	end := len(r.text.runes)
	if end < leastRunesPlaced {
		return
	}
	for i := w.from; i < min(w.to, firstRunes); i++ {
		r.placeRun(kindFirst, i, w.to)
	}
	for i := max(w.from, firstRunes, end-lastRunes); i < w.to; i++ {
		r.placeRun(kindLast, i, w.to)
	}
}

func (r *reader) placeRun(kind rune, at, end int) {
	h := hashRunes(seed, kind, r.text.runes[at])
	for i := at + 1; i < min(at+runPlaced, end); i++ {
		h = hashRunes(h, r.text.runes[i])
		r.add(h, at, i+1)
	}
}
