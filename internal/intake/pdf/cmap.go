package pdf

import (
	"cmp"
	"io"
	"slices"
	"unicode/utf16"
)

// cmap maps codes of a font: to text, or to the numbers of its glyphs (ISO
// 32000-1, 9.7.5 and 9.10.3).
type cmap struct {
	spaces   []codeSpace
	texts    map[uint32]string
	ranges   []textRange // sorted
	cids     []cidRange  // sorted
	vertical bool
}

// codeSpace is a range of codes of one length.
type codeSpace struct {
	size      int
	low, high uint32
}

type textRange struct {
	low, high uint32
	to        []uint16 // of low; the last unit counts up
}

type cidRange struct{ low, high, cid uint32 }

const maxMappings = 200_000

// readCMap reads a map that stands in the file; one that is damaged says nothing.
func readCMap(r io.Reader) *cmap {
	m := &cmap{texts: map[uint32]string{}}
	l := newLexer(r)
	for l.items = 4 * maxMappings; len(m.texts)+len(m.ranges)+len(m.cids) < maxMappings; {
		list, word, err := l.values(0)
		if l.err != nil {
			return &cmap{}
		}
		if err != nil {
			break
		}
		m.take(list, word)
	}
	slices.SortStableFunc(m.ranges, func(a, b textRange) int { return cmp.Compare(a.low, b.low) })
	slices.SortStableFunc(m.cids, func(a, b cidRange) int { return cmp.Compare(a.low, b.low) })
	return m
}

// take takes the values before a word that ends them.
func (m *cmap) take(list []any, word keyword) {
	switch word {
	case "endcodespacerange":
		for ; len(list) >= 2; list = list[2:] {
			low, high := text(list[0]), text(list[1])
			if n := len(low); n >= 1 && n <= 4 && n == len(high) {
				m.spaces = append(m.spaces, codeSpace{n, code(low), code(high)})
			}
		}
	case "endbfchar":
		for ; len(list) >= 2; list = list[2:] {
			m.texts[code(text(list[0]))] = string(utf16.Decode(units(text(list[1]))))
		}
	case "endbfrange":
		for ; len(list) >= 3; list = list[3:] {
			m.textRange(code(text(list[0])), code(text(list[1])), list[2])
		}
	case "endcidrange":
		for ; len(list) >= 3; list = list[3:] {
			if n, ok := list[2].(float64); ok && n >= 0 {
				m.cids = append(m.cids, cidRange{code(text(list[0])), code(text(list[1])), uint32(n)})
			}
		}
	case "endcidchar":
		for ; len(list) >= 2; list = list[2:] {
			if n, ok := list[1].(float64); ok && n >= 0 {
				c := code(text(list[0]))
				m.cids = append(m.cids, cidRange{c, c, uint32(n)})
			}
		}
	case "def":
		if n := len(list); n >= 2 && list[n-2] == name("WMode") {
			m.vertical = list[n-1] == 1.0
		}
	}
}

func (m *cmap) textRange(low, high uint32, to any) {
	if each, ok := to.(array); ok {
		for i, v := range each {
			if c := low + uint32(i); c <= high && len(m.texts) < maxMappings {
				m.texts[c] = string(utf16.Decode(units(text(v))))
			}
		}
		return
	}
	if u := units(text(to)); low <= high && len(u) > 0 {
		m.ranges = append(m.ranges, textRange{low, high, u})
	}
}

func text(v any) str {
	s, _ := v.(str)
	return s
}

func code(s str) uint32 {
	var n uint32
	for _, b := range []byte(s) {
		n = n<<8 | uint32(b)
	}
	return n
}

func units(s str) []uint16 {
	out := make([]uint16, 0, len(s)/2)
	for ; len(s) >= 2; s = s[2:] {
		out = append(out, uint16(s[0])<<8|uint16(s[1]))
	}
	return out
}

// text returns what a code means; "" when the map does not say.
func (m *cmap) text(c uint32) string {
	if s, known := m.texts[c]; known {
		return s
	}
	i, exact := slices.BinarySearchFunc(m.ranges, c, func(r textRange, c uint32) int { return cmp.Compare(r.low, c) })
	if !exact {
		i--
	}
	if i < 0 || c > m.ranges[i].high {
		return ""
	}
	r := m.ranges[i]
	u := slices.Clone(r.to)
	u[len(u)-1] += uint16(c - r.low)
	return string(utf16.Decode(u))
}

// cid returns the number of the glyph of a code.
func (m *cmap) cid(c uint32) (uint32, bool) {
	i, exact := slices.BinarySearchFunc(m.cids, c, func(r cidRange, c uint32) int { return cmp.Compare(r.low, c) })
	if !exact {
		i--
	}
	if i < 0 || c > m.cids[i].high {
		return 0, false
	}
	return m.cids[i].cid + c - m.cids[i].low, true
}

// next cuts the first code off a string, one of two bytes when none fits.
func (m *cmap) next(s string) (c uint32, size int) {
	for size = 1; size <= 4 && size <= len(s); size++ {
		c = c<<8 | uint32(s[size-1])
		for _, space := range m.spaces {
			if space.size == size && space.has(c) {
				return c, size
			}
		}
	}
	size = min(2, len(s))
	return code(str(s[:size])), size
}

// has reports whether each byte of a code lies between those of the ends.
func (s codeSpace) has(c uint32) bool {
	for i := range s.size {
		shift := 8 * i
		b := c >> shift & 0xFF
		if b < s.low>>shift&0xFF || b > s.high>>shift&0xFF {
			return false
		}
	}
	return true
}
