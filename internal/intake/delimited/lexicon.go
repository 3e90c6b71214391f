package delimited

// lexicon knows texts that recur: most columns hold few texts in many rows, and
// one that is known need not be decoded, nor kept, again.
type lexicon struct {
	numbers map[string]int32 // by the bytes of the file, from 1
	texts   []text           // by number
	columns []column
}

// text is a text of the file. A marred one holds U+FFFD or NUL.
type text struct {
	string
	marred bool
}

// column counts how often a column's texts were new, and how often known.
type column struct{ fresh, known uint32 }

const (
	maxKnown   = 1 << 16 // texts
	knownBytes = 100     // of the longest
	trialTexts = 4096    // a column of more, most of them new, holds no texts that recur
)

// number returns the number of a text in a column, 0 when it is not known; then
// learn says whether it may recur.
func (l *lexicon) number(col int32, raw []byte) (n int32, learn bool) {
	if len(raw) > knownBytes {
		return 0, false
	}
	for int(col) >= len(l.columns) {
		l.columns = append(l.columns, column{})
	}
	c := &l.columns[col]
	if c.fresh > trialTexts && c.known < c.fresh {
		return 0, false
	}
	if n = l.numbers[string(raw)]; n > 0 {
		c.known++
		return n, false
	}
	c.fresh++
	return 0, len(l.texts) < maxKnown
}

func newLexicon() lexicon {
	return lexicon{numbers: map[string]int32{}, texts: make([]text, 1)}
}

func (l *lexicon) add(raw []byte, t text) int32 {
	l.texts = append(l.texts, t)
	n := int32(len(l.texts) - 1)
	l.numbers[string(raw)] = n
	return n
}
