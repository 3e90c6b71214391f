package delimited

import (
	"bytes"
	"hash/maphash"
)

// lexicon knows texts that recur: most columns hold few texts in many rows, and
// one that is known need not be decoded, nor kept, again. It is a hash table of
// its own, because what it costs is the memory that a look-up touches.
type lexicon struct {
	seed    maphash.Seed
	slots   []slot // a power of two, less than half of them used
	texts   []text // by number, from 1
	bytes   []byte // of the file, of all texts
	columns []column
}

// slot holds the number of a text, 0 when it is free.
type slot struct {
	hash   uint32
	number int32
}

// text is a text of the file.
type text struct {
	string
	from   uint32 // in bytes
	size   uint16
	marred bool // holds U+FFFD or NUL
}

// column counts how often a column's texts were new, and how often known.
type column struct{ fresh, known uint32 }

const (
	maxKnown   = 1 << 16 // texts
	knownBytes = 100     // of the longest
	trialTexts = 1024    // a column with more, of which few recur, is left alone
)

func newLexicon() lexicon {
	return lexicon{seed: maphash.MakeSeed(), slots: make([]slot, 1<<12), texts: make([]text, 1)}
}

// is reports whether the text of a number is written so.
func (l *lexicon) is(n int32, raw []byte) bool {
	t := &l.texts[n]
	return int(t.size) == len(raw) && bytes.Equal(l.bytes[t.from:t.from+uint32(t.size)], raw)
}

// number returns the number of a text in a column. A text that is new to a column
// of texts that recur is decoded and learned. 0 is for all others.
func (l *lexicon) number(col int32, raw []byte, decode func([]byte) text) int32 {
	for int(col) >= len(l.columns) {
		l.columns = append(l.columns, column{})
	}
	c := &l.columns[col]
	if len(raw) > knownBytes || c.fresh > trialTexts && c.known < c.fresh/8 {
		return 0
	}
	hash := uint32(maphash.Bytes(l.seed, raw))
	at := hash & uint32(len(l.slots)-1)
	for ; l.slots[at].number > 0; at = (at + 1) & uint32(len(l.slots)-1) {
		if s := l.slots[at]; s.hash == hash && l.is(s.number, raw) {
			c.known++
			return s.number
		}
	}
	if c.fresh++; len(l.texts) >= maxKnown {
		return 0
	}
	n := int32(len(l.texts))
	l.slots[at] = slot{hash, n}
	t := decode(raw)
	t.from, t.size = uint32(len(l.bytes)), uint16(len(raw))
	l.texts, l.bytes = append(l.texts, t), append(l.bytes, raw...)
	if 2*int(n) >= len(l.slots) {
		l.grow()
	}
	return n
}

func (l *lexicon) grow() {
	old := l.slots
	l.slots = make([]slot, 2*len(old))
	for _, s := range old {
		if s.number == 0 {
			continue
		}
		at := s.hash & uint32(len(l.slots)-1)
		for ; l.slots[at].number > 0; at = (at + 1) & uint32(len(l.slots)-1) {
		}
		l.slots[at] = s
	}
}
