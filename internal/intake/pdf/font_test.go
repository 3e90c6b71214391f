package pdf

import (
	"fmt"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/japanese"
)

// encoded writes a text as a string in hexadecimal.
func encoded(t *testing.T, how, text string) string {
	t.Helper()
	var raw []byte
	var err error
	switch how {
	case "sjis":
		raw, err = japanese.ShiftJIS.NewEncoder().Bytes([]byte(text))
	case "euc":
		raw, err = japanese.EUCJP.NewEncoder().Bytes([]byte(text))
	case "jis":
		raw, err = japanese.EUCJP.NewEncoder().Bytes([]byte(text))
		for i := range raw {
			raw[i] &= 0x7F
		}
	case "utf16":
		for _, u := range utf16.Encode([]rune(text)) {
			raw = append(raw, byte(u>>8), byte(u))
		}
	case "cid":
		j := newJapan1()
		for _, r := range text {
			n := j.cid(string(r), false)
			raw = append(raw, byte(n>>8), byte(n))
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("<%X>", raw)
}

// Japanese fonts that are not in the file name the map of their codes.
func TestMapsOfCodes(t *testing.T) {
	for _, c := range []struct{ name, how, text, width string }{
		{"90ms-RKSJ-H", "sjis", "①㈱髙島ｽﾃﾝﾄ3.0mm", ""},
		{"90msp-RKSJ-H", "sjis", "㈱髙島 3.0mm", ""},
		{"90pv-RKSJ-H", "sjis", "売上 1,250", ""},
		{"EUC-H", "euc", "売上 1,250", ""},
		{"H", "jis", "売上実績", ""},
		{"UniJIS-UCS2-H", "utf16", "髙島 ¥1,250", ""},
		{"UniJIS-UCS2-HW-H", "utf16", "髙島 1,250", ""},
		{"UniJIS-UTF16-H", "utf16", "𠮷野屋 1,250", ""},
		{"Identity-H", "cid", "㈱髙島ｽﾃﾝﾄ3.0mm①", ""},
	} {
		m := newMade()
		below := m.add("<</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/DW 1000/W[1[500] 231 632 500]>>")
		f := m.add(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light-%s/Encoding/%s/DescendantFonts[%d 0 R]>>", c.name, c.name, below))
		m.page("BT /F 10 Tf 50 700 Td "+encoded(t, c.how, c.text)+" Tj ET", fmt.Sprintf("/Font<</F %d 0 R>>", f))
		want(t, c.name, m.bytes(), "p1 []\n1 | 1 "+c.text+"\n")
	}
}

// Fonts in the file say themselves what their codes mean.
func TestFontsInTheFile(t *testing.T) {
	toUnicode := "1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0003> <58F2> <0007> <D842DFB7> endbfchar " +
		"2 beginbfrange <0010> <0019> <0030> <0020> <0021> [<4E0A> <5B9F7E3E>] endbfrange"
	m := newMade()
	u := m.stream("", toUnicode)
	below := m.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000>>")
	f := m.add(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+X/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", below, u))
	m.page("BT /F 10 Tf 50 700 Td <0003002000210011001500070099> Tj ET", fmt.Sprintf("/Font<</F %d 0 R>>", f))
	want(t, "ToUnicode", m.bytes(), "p1 []\n1 | 1 売上実績15𠮷�\np1 pdf-letters 1\n")

	m = newMade()
	cmap := m.stream("/Type/CMap", "1 begincodespacerange <00> <7F> endcodespacerange 1 begincodespacerange <8000> <FFFF> endcodespacerange "+
		"1 begincidrange <20> <7E> 231 endcidrange 1 begincidrange <8000> <80FF> 1125 endcidrange /WMode 0 def")
	below = m.add("<</Type/Font/Subtype/CIDFontType0/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/DW 1000>>")
	f = m.add(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/X/Encoding %d 0 R/DescendantFonts[%d 0 R]>>", cmap, below))
	m.page("BT /F 10 Tf 50 700 Td <80003132> Tj ET", fmt.Sprintf("/Font<</F %d 0 R>>", f))
	want(t, "an own map", m.bytes(), "p1 []\n1 | 1 亜12\n")

	for font, text := range map[string]string{
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>":                                                   "Caf\xe9 5 \x80",
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[128/Euro 233/eacute]>>>>": "Caf\xe9 5 \x80",
		"<</Type/Font/Subtype/Type1/BaseFont/X/Encoding<</Differences[1/C/a/f/eacute/space/five/uni20AC]>>>>":                        "\x01\x02\x03\x04\x05\x06\x05\x07",
	} {
		m := newMade()
		m.page("BT /F 10 Tf 50 700 Td ("+text+") Tj ET", "/Font<</F "+font+">>")
		want(t, font, m.bytes(), "p1 []\n1 | 1 Café 5 €\n")
	}

	m = newMade()
	m.page("BT /F 10 Tf 50 700 Td (abc) Tj ET", "/Font<</F<</Type/Font/Subtype/TrueType/BaseFont/AAAAAA+X/FontDescriptor<</Flags 4>>>>>>")
	want(t, "codes of its own", m.bytes(), "p1 []\n1 | 1 ���\np1 pdf-letters 3\n")
}

// Letters that are drawn twice are one, blanks stand where gaps are, and letters
// spread over a cell are one word.
func TestText(t *testing.T) {
	for show, text := range map[string]string{
		"(12) Tj 1 0 0 1 50.3 700 Tm (12) Tj": "12",
		"[(1)-100(2)-50(3)] TJ":               "123",
		"[(North)-300(Ward)] TJ":              "North Ward",
		"(North Ward) Tj":                     "North Ward",
		"5 Tw (a b) Tj":                       "a b",
		"(12) Tj 22 0 Td (500) Tj":            "12  500",
		"12 TL (a) Tj T* (b) Tj":              "a/b",
		"(a) Tj 0 -12 TD (b) Tj (c) '":        "a/b/c",
		"3 Tr (hidden) Tj 0 Tr (seen) Tj":     "seen",
		"-1 0 0 1 -500 0 cm (outside) Tj":     "",
		"(\\050\\(1\\)\\)\\\\) Tj":            `((1))\`,
	} {
		m := newMade()
		m.page("BT /F 10 Tf 1 0 0 1 50 700 Tm "+show+" ET", helvetica12)
		got, err := dump(t, m.bytes())
		var lines string
		for i, l := range splitRows(got) {
			if i > 0 {
				lines += "/"
			}
			lines += l
		}
		if err != nil || lines != text {
			t.Errorf("%s: %q, %v, want %q", show, lines, err, text)
		}
	}
}
