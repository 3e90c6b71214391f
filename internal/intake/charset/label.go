package charset

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// Labelled decodes a text that came with the name of an encoding, as mail does;
// "" when it came without one. The name is believed unless the bytes speak
// against it: a body that is called iso-8859-1 and holds escapes of ISO-2022-JP,
// UTF-8, or CP932 is what it is. Without a name, or with an unknown one, the
// bytes decide. It returns the encoding used and how many characters were lost,
// each of them U+FFFD in the text.
func Labelled(b []byte, label string) (text string, used Encoding, lost int) {
	name := strings.ToLower(strings.Trim(strings.TrimSpace(label), `"'`))
	said, known := labels[name]
	switch {
	case name == "utf-16le" || name == "utf-16be":
		return decoded(b, said) // kana in it look like ASCII
	case isPlain(b):
		return string(b), UTF8, 0
	case hasEscape(b):
		return decoded(b, ISO2022JP)
	case known && said == UTF16BE:
		return decoded(b, detect16(b))
	case utf8.Valid(b) && (said == UTF8 || hasThree(b)):
		return string(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))), UTF8, 0
	case known && said != ISO2022JP:
		return better(b, said)
	case !known && !weak[name]:
		if e, err := htmlindex.Get(name); err == nil {
			return foreign(b, e, Encoding(name))
		}
	}
	if isLatin(b) {
		return foreign(b, charmap.Windows1252, "windows-1252")
	}
	return decoded(b, Detect(b))
}

// labels are the names under which mail calls the encodings of this package.
var labels = map[string]Encoding{
	"utf-8": UTF8, "utf8": UTF8, "unicode-1-1-utf-8": UTF8, "utf-16": UTF16BE, "utf-16be": UTF16BE, "utf-16le": UTF16LE,
	"shift_jis": CP932, "shift-jis": CP932, "sjis": CP932, "x-sjis": CP932, "cp932": CP932, "ms932": CP932, "windows-31j": CP932,
	"ms_kanji": CP932, "windows-932": CP932, "csshiftjis": CP932, "shift_jis-2004": CP932,
	"euc-jp": EUCJP, "x-euc-jp": EUCJP, "eucjp": EUCJP, "ujis": EUCJP, "cp51932": EUCJP, "eucjp-ms": EUCJP,
	"iso-2022-jp": ISO2022JP, "iso-2022-jp-ms": ISO2022JP, "iso-2022-jp-1": ISO2022JP, "iso-2022-jp-2": ISO2022JP, "iso-2022-jp-3": ISO2022JP,
	"iso-2022-jp-2004": ISO2022JP, "csiso2022jp": ISO2022JP, "cp50220": ISO2022JP, "cp50221": ISO2022JP, "cp50222": ISO2022JP, "jis": ISO2022JP,
}

// weak are the names that programs write when they do not know.
var weak = map[string]bool{"": true, "us-ascii": true, "ascii": true, "ansi_x3.4-1968": true, "iso-8859-1": true, "latin1": true,
	"windows-1252": true, "unknown": true, "unknown-8bit": true, "x-unknown": true, "default": true, "8bit": true, "binary": true}

// detect16 is the order of the bytes of UTF-16: that of its mark, else the one
// in which more of its characters are ASCII or kana; big-endian where neither
// tells.
func detect16(b []byte) Encoding {
	switch {
	case bytes.HasPrefix(b, []byte("\xFF\xFE")):
		return UTF16LE
	case bytes.HasPrefix(b, []byte("\xFE\xFF")):
		return UTF16BE
	}
	if e := byNUL(b); e != "" {
		return e
	}
	return UTF16BE
}

func decoded(b []byte, e Encoding) (string, Encoding, int) {
	text, _ := io.ReadAll(NewReader(bytes.NewReader(b), e)) // a bytes.Reader does not fail
	return string(text), e, bytes.Count(text, []byte(replacement))
}

// better decodes as said; where that loses characters, and the bytes look like
// another encoding that loses fewer, as that one.
func better(b []byte, said Encoding) (string, Encoding, int) {
	text, used, lost := decoded(b, said)
	if lost == 0 {
		return text, used, 0
	}
	found := Detect(b)
	if isLatin(b) {
		if t, u, n := foreign(b, charmap.Windows1252, "windows-1252"); n < lost {
			return t, u, n
		}
	}
	if t, u, n := decoded(b, found); n < lost {
		return t, u, n
	}
	return text, used, lost
}

func foreign(b []byte, e encoding.Encoding, name Encoding) (string, Encoding, int) {
	text, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return decoded(b, Detect(b))
	}
	return string(text), name, bytes.Count(text, []byte(replacement))
}

// isPlain reports whether a text is ASCII, and none of it an escape.
func isPlain(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf || c == 0x1B || c == 0 {
			return false
		}
	}
	return true
}

// hasThree reports whether a sequence of three bytes is in a text of valid
// UTF-8: two half-width kana of CP932 are a valid one of two, by chance.
func hasThree(b []byte) bool {
	return bytes.IndexFunc(b, func(r rune) bool { return r >= 0x800 }) >= 0
}

// isLatin knows a text of Western Europe: its letters with accents stand alone
// between plain ones, two together now and then, and hardly any of the bytes are
// those with which Japanese characters begin in CP932.
func isLatin(b []byte) bool {
	var high, lead, runs, alone, pairs int
	for i := 0; i < len(b); i++ {
		from := i
		for i < len(b) && b[i] >= utf8.RuneSelf {
			if c := b[i]; c > 0x80 && c < 0xA0 && c != 0x85 && (c < 0x91 || c > 0x97) && c != 0x99 {
				lead++
			}
			i++
		}
		switch i - from {
		case 0:
			continue
		case 1:
			alone++
		case 2:
			pairs++
		}
		runs++
		high += i - from
	}
	return runs > 0 && alone*2 >= runs && (alone+pairs)*5 >= runs*4 && lead*20 <= high && high*4 <= len(b)
}
