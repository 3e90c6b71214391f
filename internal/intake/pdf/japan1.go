package pdf

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
)

// japan1 knows the glyphs of Japanese fonts that are not in the file: Adobe
// numbers them alike in all.
type japan1 struct {
	byCode []cidRange // of Shift_JIS as Windows writes it
	byCID  []cidRange
	sjis   *encoding.Decoder
	toSJIS *encoding.Encoder
	euc    *encoding.Decoder
}

func newJapan1() *japan1 {
	j := &japan1{sjis: japanese.ShiftJIS.NewDecoder(), toSJIS: japanese.ShiftJIS.NewEncoder(), euc: japanese.EUCJP.NewDecoder()}
	hex := func(s string) uint32 {
		n, _ := strconv.ParseUint(s, 16, 32)
		return uint32(n)
	}
	for f := range strings.FieldsSeq(japan1Codes) {
		codes, cid, _ := strings.Cut(f, "=")
		low, high, several := strings.Cut(codes, "-")
		if !several {
			high = low
		}
		n, _ := strconv.ParseUint(cid, 10, 32)
		j.byCode = append(j.byCode, cidRange{hex(low), hex(high), uint32(n)})
	}
	j.byCID = slices.Clone(j.byCode)
	slices.SortStableFunc(j.byCID, func(a, b cidRange) int { return cmp.Compare(a.cid, b.cid) })
	return j
}

// cid returns the glyph of a text of one character, as a font of half or of
// proportional width for what is neither kana nor kanji; 0 when it is in no
// table.
func (j *japan1) cid(s string, proportional bool) uint32 {
	raw, err := j.toSJIS.String(s)
	if err != nil {
		return 0
	}
	c := code(str(raw))
	if proportional && c >= 0x20 && c <= 0x7E {
		return c - 0x1F
	}
	i, exact := slices.BinarySearchFunc(j.byCode, c, func(r cidRange, c uint32) int { return cmp.Compare(r.low, c) })
	if !exact {
		i--
	}
	if i < 0 || c > j.byCode[i].high {
		return 0
	}
	return j.byCode[i].cid + c - j.byCode[i].low
}

// text returns what a glyph means; "" when it is in no table.
func (j *japan1) text(cid uint32) string {
	switch {
	case cid == 61:
		return "¥"
	case cid >= 1 && cid <= 95:
		return string(rune(cid + 0x1F))
	}
	i, exact := slices.BinarySearchFunc(j.byCID, cid, func(r cidRange, c uint32) int { return cmp.Compare(r.cid, c) })
	if !exact {
		i--
	}
	if i < 0 {
		return ""
	}
	r := j.byCID[i]
	if cid-r.cid > r.high-r.low {
		return ""
	}
	return j.decode(r.low + cid - r.cid)
}

// decode reads a code of Shift_JIS.
func (j *japan1) decode(c uint32) string {
	raw := []byte{byte(c)}
	if c > 0xFF {
		raw = []byte{byte(c >> 8), byte(c)}
	}
	return decoded(j.sjis, raw)
}

// decoded is the text of the bytes of one character, "" when they are none.
func decoded(d *encoding.Decoder, raw []byte) string {
	s, err := d.String(string(raw))
	if err != nil || strings.Contains(s, "\uFFFD") {
		return ""
	}
	return s
}

// A coding is how the codes of a font that names a well-known map are written.
type coding struct {
	next         func(s string) (c uint32, size int)
	text         func(j *japan1, c uint32) string
	proportional bool
}

// codings are the maps that Japanese fonts name (ISO 32000-1, table 118), without
// their direction.
func codings(n string) (coding, bool) {
	switch n {
	case "90ms-RKSJ", "90pv-RKSJ", "83pv-RKSJ", "Add-RKSJ", "Ext-RKSJ":
		return coding{nextSJIS, (*japan1).decode, false}, true
	case "90msp-RKSJ":
		return coding{nextSJIS, (*japan1).decode, true}, true
	case "EUC":
		return coding{nextEUC, (*japan1).decodeEUC, false}, true
	case "H", "Add", "Ext", "78":
		return coding{nextTwo, func(j *japan1, c uint32) string { return j.decodeEUC(c | 0x8080) }, false}, true
	case "UniJIS-UCS2-HW":
		return coding{nextUTF16, runeText, false}, true
	case "UniJIS-UCS2", "UniJIS-UTF16", "UniJIS2004-UTF16", "UniJISX0213-UTF16":
		return coding{nextUTF16, runeText, true}, true
	}
	return coding{}, false
}

func runeText(_ *japan1, c uint32) string { return string(rune(c)) }

func (j *japan1) decodeEUC(c uint32) string {
	switch {
	case c <= 0xFF:
		return decoded(j.euc, []byte{byte(c)})
	default:
		return decoded(j.euc, []byte{byte(c >> 8), byte(c)})
	}
}

func nextSJIS(s string) (uint32, int) {
	if b := s[0]; len(s) == 1 || b < 0x81 || b > 0x9F && b < 0xE0 || b > 0xFC {
		return uint32(s[0]), 1
	}
	return nextTwo(s)
}

func nextEUC(s string) (uint32, int) {
	if len(s) == 1 || s[0] < 0x80 {
		return uint32(s[0]), 1
	}
	return nextTwo(s)
}

func nextTwo(s string) (uint32, int) {
	n := min(2, len(s))
	return code(str(s[:n])), n
}

func nextUTF16(s string) (uint32, int) {
	c, n := nextTwo(s)
	if len(s) >= 4 && utf16.IsSurrogate(rune(c)) {
		low, _ := nextTwo(s[2:])
		return uint32(utf16.DecodeRune(rune(c), rune(low))), 4
	}
	return c, n
}

// japan1Codes maps Shift_JIS to the glyphs of Adobe-Japan1, ranges in
// hexadecimal and the glyph of the first. Source: Adobe's CMap resources,
// 90ms-RKSJ-H, version 11.006.
const japan1Codes = `
20-7D=231 7E=631 A0-DF=326 8140-817E=633 8180-81AC=696 81B8-81BF=741 81C8-81CE=749 81DA-81E8=756 81F0-81F7=771
81FC=779 824F-8258=780 8260-8279=790 8281-829A=816 829F-82F1=842 8340-837E=925 8380-8396=988 839F-83B6=1011
83BF-83D6=1035 8440-8460=1059 8470-847E=1092 8480-8491=1107 849F=7479 84A0=7481 84A1=7491 84A2=7495 84A3=7503
84A4=7499 84A5=7507 84A6=7523 84A7=7515 84A8=7531 84A9=7539 84AA=7480 84AB=7482 84AC=7494 84AD=7498 84AE=7506
84AF=7502 84B0=7514 84B1=7530 84B2=7522 84B3=7538 84B4=7554 84B5=7511 84B6=7526 84B7=7519 84B8=7534 84B9=7542
84BA=7508 84BB=7527 84BC=7516 84BD=7535 84BE=7545 8740-875D=7555 875F-8760=7585 8761=8038 8762=7588 8763=8040
8764=7590 8765=8042 8766-8767=7592 8768=8044 8769-876A=7595 876B=8043 876C-876D=7598 876E=8047 876F-8775=7601
877E=8323 8780-8783=7608 8784=8055 8785-878F=7613 8790=762 8791=761 8792=769 8793-8799=7624 879A=768 879B-879C=7631
889F-88FC=1125 8940-897E=1219 8980-89FC=1282 8A40-8A7E=1407 8A80-8AFC=1470 8B40-8B7E=1595 8B80-8BFC=1658
8C40-8C7E=1783 8C80-8CFC=1846 8D40-8D7E=1971 8D80-8DFC=2034 8E40-8E7E=2159 8E80-8EFC=2222 8F40-8F7E=2347
8F80-8FFC=2410 9040-907E=2535 9080-90FC=2598 9140-917E=2723 9180-91FC=2786 9240-927E=2911 9280-92FC=2974
9340-937E=3099 9380-93FC=3162 9440-947E=3287 9480-94FC=3350 9540-957E=3475 9580-95FC=3538 9640-967E=3663
9680-96FC=3726 9740-977E=3851 9780-97FC=3914 9840-9872=4039 989F-98FC=4090 9940-997E=4184 9980-99FC=4247
9A40-9A7E=4372 9A80-9AFC=4435 9B40-9B7E=4560 9B80-9BFC=4623 9C40-9C7E=4748 9C80-9CFC=4811 9D40-9D7E=4936
9D80-9DFC=4999 9E40-9E7E=5124 9E80-9EFC=5187 9F40-9F7E=5312 9F80-9FFC=5375 E040-E07E=5500 E080-E0FC=5563
E140-E17E=5688 E180-E1FC=5751 E240-E27E=5876 E280-E2FC=5939 E340-E37E=6064 E380-E3FC=6127 E440-E47E=6252
E480-E4FC=6315 E540-E57E=6440 E580-E5FC=6503 E640-E67E=6628 E680-E6FC=6691 E740-E77E=6816 E780-E7FC=6879
E840-E87E=7004 E880-E8FC=7067 E940-E97E=7192 E980-E9FC=7255 EA40-EA7E=7380 EA80-EAA2=7443 EAA3-EAA4=8284
ED40-ED7E=8359 ED80-EDB3=8422 EDB4=1993 EDB5-EDFC=8474 EE40-EE7E=8546 EE80-EEEC=8609 EEEF-EEF8=8092 EEF9=751
EEFA-EEFC=8005 FA40-FA49=8092 FA4A-FA53=7575 FA54=751 FA55-FA57=8005 FA58=7618 FA59=7610 FA5A=8055 FA5B=768
FA5C-FA7E=8359 FA80-FACF=8394 FAD0=1993 FAD1-FAFC=8474 FB40-FB7E=8518 FB80-FBFC=8581 FC40-FC4B=8706
`
