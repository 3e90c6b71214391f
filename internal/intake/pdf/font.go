package pdf

import (
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"

	"honne/internal/japan"
)

// font reads the strings that are shown with it.
type font struct {
	next      func(s string) (c uint32, size int)
	text      func(c uint32) string  // "" when nothing says what a code means
	width     func(c uint32) float64 // of the space of text: 1 for the size of the font
	composite bool
	vertical  bool
	known     map[uint32]string // texts so far
}

// unknownText stands for a glyph of which nothing says what it means.
const unknownText = "\uFFFD"

// say returns what a code means.
func (f *font) say(c uint32) string {
	s, known := f.known[c]
	if !known {
		if s = clean(f.text(c)); s == "" {
			s = unknownText
		}
		if len(f.known) < maxMappings {
			f.known[c] = s
		}
	}
	return s
}

// clean drops what is no character, and writes radicals, as which some programs
// map characters that look like them, as the characters.
func clean(s string) string {
	simple := true
	for _, r := range s {
		simple = simple && !unicode.IsControl(r) && !isRadical(r)
	}
	if simple {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case isRadical(r):
			b.WriteString(unradical(r))
		case r == '\t' || r == '\n' || r == '\r':
			b.WriteByte(' ')
		case !unicode.IsControl(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isRadical(r rune) bool { return r >= 0x2E80 && r <= 0x2FDF }

// radicals pairs radicals with the characters that look like them, where their
// normal form does not say so (Unicode, EquivalentUnifiedIdeograph).
const radicals = "⺟母⺠民⺩王⺫罒⺬示⺭礻⺮竹⺾艹⻁虎⻂衤⻄西⻆角⻌辶⻑長⻘青⻝食⻣骨⻤鬼⻨麦⻩黄⻫斉⻭歯⻯竜⻲亀"

func unradical(r rune) string {
	if _, behind, found := strings.Cut(radicals, string(r)); found {
		return string(firstRune(behind))
	}
	return japan.Key(string(r))
}

// fonts reads the fonts of a document, each once.
type fonts struct {
	d      *document
	japan1 *japan1
	byRef  map[int32]*font
}

// maxFonts is how many fonts are kept.
const maxFonts = 2000

// of reads a font; one that is not there says nothing of its codes.
func (x *fonts) of(v any) *font {
	r, named := v.(ref)
	if f := x.byRef[r.num]; named && f != nil {
		return f
	}
	d := x.d.dict(v)
	x.d.charge(64 << 10)
	var f *font
	if x.d.name(d["Subtype"]) == "Type0" {
		f = x.composite(d)
	} else {
		f = x.simple(d)
	}
	f.known = map[uint32]string{}
	if says := x.toUnicode(d); says != nil {
		otherwise := f.text
		f.text = func(c uint32) string {
			if s := strings.Trim(says.text(c), "\x00"); s != "" {
				return s
			}
			return otherwise(c)
		}
	}
	if named && len(x.byRef) < maxFonts {
		x.byRef[r.num] = f
	}
	return f
}

func (x *fonts) toUnicode(d dict) *cmap {
	s, ok := x.d.resolve(d["ToUnicode"]).(*stream)
	if !ok {
		return nil
	}
	r, err := x.d.open(s)
	if err != nil {
		return nil
	}
	return readCMap(io.LimitReader(r, maxPacked))
}

func nothing(uint32) string { return "" }

func nextByte(s string) (uint32, int) { return uint32(s[0]), 1 }

// simple reads a font with codes of one byte (ISO 32000-1, 9.6).
func (x *fonts) simple(d dict) *font {
	f := &font{next: nextByte, text: x.encoding(d)}
	scale := 0.001
	if x.d.name(d["Subtype"]) == "Type3" {
		if m := x.d.array(d["FontMatrix"]); len(m) >= 1 {
			scale = x.d.number(m[0], 0.001)
		}
	}
	widths, from := x.d.array(d["Widths"]), x.d.int(d["FirstChar"], 0)
	missing := x.d.number(x.d.dict(d["FontDescriptor"])["MissingWidth"], 0)
	base := string(x.d.name(d["BaseFont"]))
	f.width = func(c uint32) float64 {
		i := int(c) - from
		switch {
		case i >= 0 && i < len(widths):
			return float64(x.d.number(widths[i], missing) * scale)
		case len(widths) > 0:
			return float64(missing * scale)
		}
		return standardWidth(base, c)
	}
	return f
}

// encoding says what the codes of a font mean by the names of their glyphs.
func (x *fonts) encoding(d dict) func(c uint32) string {
	e := x.d.resolve(d["Encoding"])
	base, _ := e.(name)
	differences := map[uint32]string{}
	if own, ok := e.(dict); ok {
		base = x.d.name(own["BaseEncoding"])
		at := uint32(0)
		for _, v := range x.d.array(own["Differences"]) {
			switch v := x.d.resolve(v).(type) {
			case float64:
				at = uint32(max(0, min(v, 255)))
			case name:
				differences[at] = glyphText(string(v))
				at++
			}
		}
	}
	letters := standardText
	switch {
	case base == "WinAnsiEncoding":
		letters = func(c uint32) string { return string(charmap.Windows1252.DecodeByte(byte(c))) }
	case base == "MacRomanEncoding":
		letters = func(c uint32) string { return string(charmap.Macintosh.DecodeByte(byte(c))) }
	case x.symbolic(d):
		letters = nothing
		if own := x.ownEncoding(d); len(own) > 0 {
			letters = func(c uint32) string { return own[c] }
		}
	}
	return func(c uint32) string {
		if s, said := differences[c]; said {
			return s
		}
		return letters(c)
	}
}

// ownEncoding is what a font of Type 1 in the file says of its codes, before its
// encrypted part: dup 65 /A put.
func (x *fonts) ownEncoding(d dict) map[uint32]string {
	s, ok := x.d.resolve(x.d.dict(d["FontDescriptor"])["FontFile"]).(*stream)
	if !ok {
		return nil
	}
	r, err := x.d.open(s)
	if err != nil {
		return nil
	}
	l := newLexer(io.LimitReader(r, int64(min(max(0, x.d.int(s.dict["Length1"], 0)), 1<<20))))
	own := map[uint32]string{}
	var before [2]any
	for {
		v, err := l.next()
		if err != nil {
			return own
		}
		if c, isCode := before[0].(float64); isCode && v == keyword("put") {
			if n, isName := before[1].(name); isName && c >= 0 && c < 256 {
				own[uint32(c)] = glyphText(string(n))
			}
		}
		before = [2]any{before[1], v}
	}
}

// symbolic reports whether the codes of a font are its own: of signs instead of
// letters, or of a part of a font that is in the file and says so. A font of
// letters that is not in the file has the codes of every reader.
func (x *fonts) symbolic(d dict) bool {
	about, base := x.d.dict(d["FontDescriptor"]), string(x.d.name(d["BaseFont"]))
	within := about["FontFile"] != nil || about["FontFile2"] != nil || about["FontFile3"] != nil
	return x.d.name(d["Subtype"]) == "Type3" || strings.Contains(base, "Symbol") || strings.Contains(base, "Dingbats") ||
		x.d.int(about["Flags"], 0)&4 != 0 && (within || strings.Contains(base, "+"))
}

// composite reads a font with codes of several bytes (ISO 32000-1, 9.7).
func (x *fonts) composite(d dict) *font {
	f := &font{composite: true, next: nextTwo, text: nothing}
	var below dict
	if list := x.d.array(d["DescendantFonts"]); len(list) > 0 {
		below = x.d.dict(list[0])
	}
	cid := func(c uint32) uint32 { return c }
	isJapan1 := strings.HasPrefix(string(x.d.bytes(x.d.dict(below["CIDSystemInfo"])["Ordering"])), "Japan1")
	switch e := x.d.resolve(d["Encoding"]).(type) {
	case name:
		var base string
		base, f.vertical = direction(string(e))
		if c, ok := codings(base); ok {
			f.next = c.next
			f.text = func(n uint32) string { return c.text(x.table(), n) }
			cid = func(n uint32) uint32 { return x.table().cid(f.say(n), c.proportional) }
		} else if isJapan1 && base == "Identity" {
			f.text = func(n uint32) string { return x.table().text(n) }
		}
	case *stream:
		if r, err := x.d.open(e); err == nil {
			m := readCMap(io.LimitReader(r, maxPacked))
			f.next, f.vertical = m.next, m.vertical
			cid = func(c uint32) uint32 { n, _ := m.cid(c); return n }
			if isJapan1 {
				f.text = func(n uint32) string { return x.table().text(cid(n)) }
			}
		}
	}
	w := x.cidWidths(below)
	f.width = func(c uint32) float64 { return w.of(cid(c)) }
	return f
}

// direction splits the name of a map into what it maps and where text runs.
func direction(s string) (base string, vertical bool) {
	if s == "V" {
		return "H", true
	}
	if base, vertical = strings.CutSuffix(s, "-V"); vertical {
		return base, true
	}
	return strings.TrimSuffix(s, "-H"), false
}

// table makes the table of Japanese glyphs when it is first needed.
func (x *fonts) table() *japan1 {
	if x.japan1 == nil {
		x.japan1 = newJapan1()
	}
	return x.japan1
}

// cidWidths are the widths of the glyphs of a composite font, in thousandths.
type cidWidths struct {
	single    map[uint32]float64
	ranges    []cidWidth
	otherwise float64
}

type cidWidth struct {
	low, high uint32
	w         float64
}

func (x *fonts) cidWidths(d dict) cidWidths {
	w := cidWidths{single: map[uint32]float64{}, otherwise: x.d.number(d["DW"], 1000)}
	list := x.d.array(d["W"])
	x.d.charge(8 * len(list))
	for i := 0; i+1 < len(list) && len(w.single)+len(w.ranges) < maxMappings; {
		low := uint32(max(0, x.d.int(list[i], 0)))
		if each, ok := x.d.resolve(list[i+1]).(array); ok {
			for k, v := range each {
				w.single[low+uint32(k)] = x.d.number(v, 0)
			}
			i += 2
			continue
		}
		if i+2 < len(list) {
			w.ranges = append(w.ranges, cidWidth{low, uint32(max(0, x.d.int(list[i+1], 0))), x.d.number(list[i+2], 0)})
		}
		i += 3
	}
	return w
}

func (w *cidWidths) of(cid uint32) float64 {
	if n, known := w.single[cid]; known {
		return n / 1000
	}
	for i := range w.ranges {
		if r := &w.ranges[i]; r.low <= cid && cid <= r.high {
			n := r.w / 1000
			w.single[cid] = r.w
			return n
		}
	}
	if cid >= 231 && cid <= 632 && w.otherwise == 1000 && len(w.single)+len(w.ranges) == 0 {
		return 0.5 // half-width glyphs of Japanese fonts, of which the file says nothing
	}
	return w.otherwise / 1000
}
