package delimited

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"math/rand/v2"
)

// lexicon knows texts that recur: most columns hold few texts in many rows, and
// one that is known need not be decoded, nor kept, again. It is a hash table of
// its own, because what it costs is the memory that a look-up touches: one place.
type lexicon struct {
	seed    ends   // drawn anew for each file, so that none is made to collide
	slots   []text // a power of two, less than half of them used
	size    int32  // of them
	bytes   []byte // of the file, of all texts
	columns []column
}

// text is a text of the file.
type text struct {
	string
	ends   ends
	number int32  // from 1; 0 where a slot is free
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
	return lexicon{seed: ends{rand.Uint64(), rand.Uint64()}, slots: make([]text, 1<<12)}
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

// is reports whether a text is written so.
func (l *lexicon) is(t *text, e ends, raw []byte) bool {
	return t.ends == e && int(t.size) == len(raw) && (len(raw) <= 16 || bytes.Equal(l.raw(t), raw))
}

func (l *lexicon) raw(t *text) []byte { return l.bytes[t.from : t.from+uint32(t.size)] }

// find returns a text in a column. One that is new to a column of texts that recur is
// decoded and learned. nil is for all others.
func (l *lexicon) find(col int32, raw []byte, decode func([]byte) text) *text {
	for int(col) >= len(l.columns) {
		l.columns = append(l.columns, column{})
	}
	c := &l.columns[col]
	if len(raw) > knownBytes || c.fresh > trialTexts && c.known < c.fresh/8 {
		return nil
	}
	e := endsOf(raw)
	at := l.hash(e, raw) & uint32(len(l.slots)-1)
	for ; l.slots[at].number > 0; at = (at + 1) & uint32(len(l.slots)-1) {
		if t := &l.slots[at]; l.is(t, e, raw) {
			c.known++
			return t
		}
	}
	if c.fresh++; l.size >= maxKnown {
		return nil
	}
	t := decode(raw)
	l.size++
	t.ends, t.number, t.from, t.size = e, l.size, uint32(len(l.bytes)), uint16(len(raw))
	l.bytes = append(l.bytes, raw...)
	if 2*int(l.size) >= len(l.slots) {
		l.grow()
	}
	return l.put(t)
}

// put puts a text into a free slot.
func (l *lexicon) put(t text) *text {
	at := l.hash(t.ends, l.raw(&t)) & uint32(len(l.slots)-1)
	for ; l.slots[at].number > 0; at = (at + 1) & uint32(len(l.slots)-1) {
	}
	l.slots[at] = t
	return &l.slots[at]
}

func (l *lexicon) grow() {
	old := l.slots
	l.slots = make([]text, 2*len(old))
	for i := range old {
		if old[i].number > 0 {
			l.put(old[i])
		}
	}
}
