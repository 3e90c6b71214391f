package claim

import (
	"strings"

	"honne/internal/playbook"
)

// lexicon finds the concepts of a playbook in a text.
type lexicon struct {
	keys  []uint32           // of each concept, by its name
	ends  map[uint32][]int16 // what ends here: concepts by the hash of runes or stems
	goes  map[uint32]bool    // something longer begins so
	stars map[uint32][]int16 // as ends, for what may go on within the word
	reach int                // runes of the longest beginning of a word in stars
	doubt float64            // log odds taken off where no topic is named

	barriers map[uint32]bool // concepts by the part they play
	hinders  map[uint32]bool
	evidence map[uint32]bool
	innocent map[uint32]bool
	topics   map[uint32]bool // the cues of excuses among them
	cues     [classes]int16  // the concept of an excuse's own words, by class
}

// found is a concept at its place.
type found struct {
	concept  int16
	from, to int // runes of the text
}

const (
	inJapanese = 'あ' // kinds of key, so that the two languages do not meet
	inEnglish  = 'a'
)

// newLexicon compiles concepts, and the cues of excuses as concepts of their own.
func newLexicon(p *playbook.Playbook) *lexicon {
	l := &lexicon{ends: map[uint32][]int16{}, goes: map[uint32]bool{}, doubt: p.Recognition.Doubt, stars: map[uint32][]int16{},
		barriers: keysOf(p.Recognition.Barriers), hinders: keysOf(p.Recognition.Hinders), evidence: keysOf(p.Recognition.Evidence), innocent: keysOf(p.Recognition.Innocent), topics: keysOf(p.Recognition.Topics)}
	for _, c := range p.Recognition.Concepts {
		l.add(c)
	}
	for _, x := range p.Excuses {
		l.add(x.Cues)
		l.topics[nameKey(x.Cues.Name)] = true
		l.cues[classOf(x.Excuse)] = int16(len(l.keys) - 1)
	}
	return l
}

func keysOf(names []string) map[uint32]bool {
	keys := make(map[uint32]bool, len(names))
	for _, name := range names {
		keys[nameKey(name)] = true
	}
	return keys
}

func (l *lexicon) add(c playbook.Concept) {
	id := int16(len(l.keys))
	l.keys = append(l.keys, nameKey(c.Name))
	var t text
	for _, list := range [][]string{c.EN, c.JA} {
		for _, w := range list {
			w, star := strings.CutSuffix(w, "*")
			t.read([]rune(w), 0)
			if t.ja {
				l.addJapanese(&t, id)
			} else if len(t.words) > 0 {
				l.addEnglish(&t, id, star)
			}
		}
	}
}

// nameKey is the key of a concept: its place among the others says nothing.
func nameKey(name string) uint32 { return hashRunes(seed, []rune(name)...) }

func (l *lexicon) addJapanese(t *text, id int16) {
	h := hashRunes(seed, inJapanese)
	for _, r := range t.runes {
		l.goes[h] = true
		h = hashRunes(h, r)
	}
	l.ends[h] = appendOnce(l.ends[h], id)
}

func (l *lexicon) addEnglish(t *text, id int16, star bool) {
	h := hashRunes(seed, inEnglish)
	for i, w := range t.words {
		l.goes[h] = true
		if star && i == len(t.words)-1 {
			h = hashRunes(hashRunes(h, '*'), t.runes[w.from:w.to]...)
			l.stars[h] = appendOnce(l.stars[h], id)
			l.reach = max(l.reach, w.to-w.from)
			return
		}
		h = hashRunes(h, rune(w.stem))
	}
	l.ends[h] = appendOnce(l.ends[h], id)
}

func appendOnce(list []int16, id int16) []int16 {
	for _, have := range list {
		if have == id {
			return list
		}
	}
	return append(list, id)
}

// find appends every concept of the text, in the order of where it begins.
func (l *lexicon) find(t *text, into []found) []found {
	for i, w := range t.words {
		if w.script != kanji {
			into = l.english(t, i, into)
		}
		for at := w.from; at < w.to; at++ {
			into = l.japanese(t, at, into)
		}
	}
	return into
}

func (l *lexicon) japanese(t *text, at int, into []found) []found {
	h := hashRunes(seed, inJapanese)
	for i := at; i < len(t.runes); i++ {
		h = hashRunes(h, t.runes[i])
		for _, id := range l.ends[h] {
			into = append(into, found{id, at, i + 1})
		}
		if !l.goes[h] {
			break
		}
	}
	return into
}

func (l *lexicon) english(t *text, first int, into []found) []found {
	h := hashRunes(seed, inEnglish)
	for _, w := range t.words[first:] {
		if w.script == kanji {
			break
		}
		into = l.starred(t, h, t.words[first].from, w, into)
		if w.script == digit {
			break
		}
		h = hashRunes(h, rune(w.stem))
		for _, id := range l.ends[h] {
			into = append(into, found{id, t.words[first].from, w.to})
		}
		if !l.goes[h] {
			break
		}
	}
	return into
}

func (l *lexicon) starred(t *text, h uint32, from int, w word, into []found) []found {
	h = hashRunes(h, '*')
	for i := w.from; i < min(w.to, w.from+l.reach); i++ {
		h = hashRunes(h, t.runes[i])
		for _, id := range l.stars[h] {
			into = append(into, found{id, from, w.to})
		}
	}
	return into
}
