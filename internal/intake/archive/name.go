package archive

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"honne/internal/intake/charset"
)

// nameOf returns the name of an entry in UTF-8, otherwise as it is. Without the
// mark of UTF-8, Windows in Japan writes CP932 and a Mac UTF-8 all the same;
// the format itself means CP437.
func nameOf(z *zip.File) string {
	if name, ok := unicodePath(z); ok {
		return name
	}
	switch raw := z.Name; {
	case isASCII(raw), utf8.ValidString(raw) && (!z.NonUTF8 || hasThreeBytes(raw)):
		return raw
	case !strings.Contains(cp932(raw), "\uFFFD"):
		return cp932(raw)
	default:
		name, err := charmap.CodePage437.NewDecoder().String(raw)
		if err != nil {
			return strings.ToValidUTF8(raw, "\uFFFD")
		}
		return name
	}
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// hasThreeBytes reports whether a character from kana up is in a text. Two
// half-width kana in CP932 are a valid letter of two bytes in UTF-8, three bytes
// are no accident.
func hasThreeBytes(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 0x800 }) >= 0
}

func cp932(raw string) string {
	text, _ := io.ReadAll(charset.NewReader(strings.NewReader(raw), charset.CP932)) // a strings.Reader does not fail
	return string(text)
}

// unicodePath returns the name that 7-Zip and Info-ZIP put beside the old one:
// the Info-ZIP Unicode Path extra field (APPNOTE.TXT 4.6.9), valid as long as
// its checksum is that of the old name.
func unicodePath(z *zip.File) (string, bool) {
	for extra := z.Extra; len(extra) >= 4; {
		id, size := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if extra = extra[4:]; size > len(extra) {
			break
		}
		field := extra[:size]
		extra = extra[size:]
		if id != 0x7075 || size < 6 || field[0] != 1 {
			continue
		}
		same := binary.LittleEndian.Uint32(field[1:]) == crc32.ChecksumIEEE([]byte(z.Name))
		if name := field[5:]; same && utf8.Valid(name) && !bytes.Contains(name, []byte{0}) {
			return string(name), true
		}
	}
	return "", false
}

// clean makes a name relative and harmless: no drive, no root, no . and .., no
// control characters.
func clean(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '_'
		}
		return r
	}, strings.ReplaceAll(name, `\`, "/"))
	var kept []string
	for i, part := range strings.Split(name, "/") {
		isDrive := i == 0 && len(part) == 2 && part[1] == ':'
		if part != "" && part != "." && part != ".." && !isDrive {
			kept = append(kept, part)
		}
	}
	if len(kept) == 0 {
		return "_"
	}
	return strings.Join(kept, "/")
}

// isLitter knows the files that a system leaves behind.
func isLitter(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if part[0] == '.' || part == "__MACOSX" || strings.HasPrefix(part, "~$") {
			return true
		}
	}
	return false
}
