package outlook

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"

	"honne/internal/intake/charset"
	"honne/internal/intake/mail"
)

// rtfStart is what the dictionary of a compressed text begins with (MS-OXRTFCP
// 2.1.2.1).
const rtfStart = `{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0` +
	"\r\n" + `\par \pard\plain\f0\fs20\b\i\u\tab\tx`

// unpackRTF unpacks a compressed text (MS-OXRTFCP); what is damaged ends it.
func unpackRTF(b []byte) []byte {
	const size = 4096
	if len(b) < 16 {
		return nil
	}
	if string(b[8:12]) == "MELA" {
		return b[16:]
	}
	want := min(int(binary.LittleEndian.Uint32(b[4:])), maxValue)
	var window [size]byte
	at := copy(window[:], rtfStart)
	var out []byte
	put := func(c byte) {
		out = append(out, c)
		window[at%size] = c
		at++
	}
	for in := b[16:]; len(in) > 0 && len(out) < want; {
		flags := in[0]
		in = in[1:]
		for bit := 0; bit < 8 && len(in) > 0; bit++ {
			if flags>>bit&1 == 0 {
				put(in[0])
				in = in[1:]
				continue
			}
			if len(in) < 2 {
				return out
			}
			ref := int(binary.BigEndian.Uint16(in))
			in = in[2:]
			from, n := ref>>4, ref&0xF+2
			if from == at%size {
				return out
			}
			for i := range n {
				put(window[(from+i)%size])
			}
		}
	}
	return out
}

// rtfText returns the text of a compressed rich text, in lines; of a page that was
// made rich text (MS-OXRTFEX) that of the page.
func rtfText(packed []byte) string {
	in := unpackRTF(packed)
	r := rtf{in: in, state: rtfState{skip: 1}, label: "windows-1252", fonts: map[int]string{}, page: bytes.Contains(in, []byte(`\fromhtml1`))}
	r.run()
	r.flush()
	text := strings.ReplaceAll(r.out.String(), "\x00", "")
	if r.page {
		return mail.StripHTML(text)
	}
	return text
}

// rtf is a rich text while it is read.
type rtf struct {
	in    []byte
	out   strings.Builder
	raw   []byte // bytes in the code page of the document
	label string
	fonts map[int]string // encodings of fonts
	font  int            // whose entry of the table is read
	page  bool           // a page that was made rich text
	stack []rtfState
	state rtfState
	left  int // characters that stand for one of Unicode before them
}

type rtfState struct {
	hidden bool   // a table, a picture, a tag
	fonts  bool   // the table of fonts
	skip   int    // characters behind \u
	label  string // encoding of the font; "" for that of the document
}

const (
	maxRTFDepth = 1000
	maxFonts    = 1000
)

// fontCharsets are the encodings of fonts, by the number of their character set;
// those that are not here are in that of the document.
var fontCharsets = map[int]string{128: "cp932", 129: "euc-kr", 134: "gb18030", 136: "big5", 161: "windows-1253", 162: "windows-1254",
	204: "windows-1251", 222: "windows-874", 238: "windows-1250"}

func (r *rtf) run() {
	for len(r.in) > 0 {
		c := r.in[0]
		r.in = r.in[1:]
		switch c {
		case '{':
			r.flush()
			if len(r.stack) >= maxRTFDepth {
				return
			}
			r.stack = append(r.stack, r.state)
		case '}':
			r.flush()
			if n := len(r.stack); n > 0 {
				r.state, r.stack = r.stack[n-1], r.stack[:n-1]
			}
		case '\\':
			r.control()
		case '\r', '\n':
		default:
			r.put(c)
		}
	}
}

// put adds a byte of text.
func (r *rtf) put(c byte) {
	switch {
	case r.left > 0:
		r.left--
	case !r.state.hidden:
		r.raw = append(r.raw, c)
	}
}

// flush decodes the bytes that wait.
func (r *rtf) flush() {
	if len(r.raw) > 0 {
		label := r.state.label
		if label == "" {
			label = r.label
		}
		text, _, _ := charset.Labelled(r.raw, label)
		r.out.WriteString(text)
		r.raw = r.raw[:0]
	}
}

func (r *rtf) write(s string) {
	if !r.state.hidden {
		r.flush()
		r.out.WriteString(s)
	}
}

// control reads what stands behind a backslash.
func (r *rtf) control() {
	if len(r.in) == 0 {
		return
	}
	c := r.in[0]
	if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
		r.word()
		return
	}
	r.in = r.in[1:]
	switch c {
	case '\'':
		if len(r.in) >= 2 {
			if n, err := strconv.ParseUint(string(r.in[:2]), 16, 8); err == nil {
				r.put(byte(n))
			}
			r.in = r.in[2:]
		}
	case '*':
		r.state.hidden = true
	case '~':
		r.put(' ')
	case '\r', '\n':
		r.write("\n")
	case '\\', '{', '}':
		r.put(c)
	}
}

func (r *rtf) word() {
	n := 0
	for n < len(r.in) && (r.in[n] >= 'a' && r.in[n] <= 'z' || r.in[n] >= 'A' && r.in[n] <= 'Z') {
		n++
	}
	name := string(r.in[:n])
	r.in = r.in[n:]
	n = 0
	for n < len(r.in) && n < 12 && (r.in[n] == '-' && n == 0 || r.in[n] >= '0' && r.in[n] <= '9') {
		n++
	}
	value, err := strconv.Atoi(string(r.in[:n]))
	has := err == nil
	if r.in = r.in[n:]; len(r.in) > 0 && r.in[0] == ' ' {
		r.in = r.in[1:]
	}
	r.do(name, value, has)
}

func (r *rtf) do(name string, value int, has bool) {
	switch name {
	case "par", "line", "row", "sect", "page":
		r.write("\n")
	case "tab", "cell":
		r.write("\t")
	case "u":
		if value < 0 {
			value += 1 << 16
		}
		r.write(string(rune(value)))
		r.left = r.state.skip
	case "uc":
		r.state.skip = max(min(value, 8), 0)
	case "ansicpg":
		r.label = codepage(value)
	case "fonttbl":
		r.state.hidden, r.state.fonts = true, true
	case "f":
		if r.font = value; !r.state.fonts {
			r.flush()
			r.state.label = r.fonts[value]
		}
	case "fcharset":
		if r.state.fonts && len(r.fonts) < maxFonts {
			r.fonts[r.font] = fontCharsets[value]
		}
	case "htmltag":
		r.state.hidden = !r.page
	case "colortbl", "stylesheet", "info", "pict", "object", "listtable", "listoverridetable", "themedata", "xmlnstbl":
		r.state.hidden = true
	case "htmlrtf":
		r.state.hidden = !has || value != 0 // what only a reader of rich text is to see
	case "bin":
		r.in = r.in[min(max(value, 0), len(r.in)):]
	}
}
