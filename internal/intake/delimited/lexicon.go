package delimited

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"math/rand/v2"
)

// lexicon knows texts that recur: most columns hold few texts in many rows, and
// one that is known need not be decoded, nor kept, again. It is a hash table of
// its own, because what it costs is the memory that a look-up touches.
type lexicon struct {
	seed    ends   // drawn anew for each file, so that none is made to collide
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
	ends   ends
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
	return lexicon{seed: ends{rand.Uint64(), rand.Uint64()}, slots: make([]slot, 1<<12), texts: make([]text, 1)}
}

// ends are the first and the last eight bytes of a text. With its length they are all
// of one of up to 16 bytes.
type ends struct{ head, tail uint64 }

func endsOf(raw []byte) ends {
	switch n := len(raw); {
	case n >= 8:
		return ends{binary.LittleEndian.Uint64(raw), binary.LittleEndian.Uint64(raw[n-8:])}
	case n >= 4:
		return ends{head: uint64(binary.LittleEndian.Uint32(raw)) | uint64(binary.LittleEndian.Uint32(raw[n-4:]))<<32}
	case n > 0:
		return ends{head: uint64(raw[0]) | uint64(raw[n/2])<<8 | uint64(raw[n-1])<<16}
	}
	return ends{}
}

// hash spreads texts over the slots.
func (l *lexicon) hash(e ends, raw []byte) uint32 {
	h := folded(e.head^l.seed.head^uint64(len(raw)), e.tail^l.seed.tail)
	for i := 8; i < len(raw)-8; i += 8 {
		h = folded(h^l.seed.tail, binary.LittleEndian.Uint64(raw[i:])^l.seed.head)
	}
	return uint32(h ^ h>>32)
}

// folded is the product of two numbers, its upper half on its lower.
func folded(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}

// is reports whether the text of a number is written so.
func (l *lexicon) is(n int32, e ends, raw []byte) bool {
	t := &l.texts[n]
	return t.ends == e && int(t.size) == len(raw) && (len(raw) <= 16 || bytes.Equal(l.bytes[t.from:t.from+uint32(t.size)], raw))
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
	e := endsOf(raw)
	hash := l.hash(e, raw)
	at := hash & uint32(len(l.slots)-1)
	for ; l.slots[at].number > 0; at = (at + 1) & uint32(len(l.slots)-1) {
		if s := l.slots[at]; s.hash == hash && l.is(s.number, e, raw) {
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
	t.ends, t.from, t.size = e, uint32(len(l.bytes)), uint16(len(raw))
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
