package charset

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// Detect returns the encoding in which the text that begins with sample was
// most likely written: by a byte order mark, by the place of NUL bytes (UTF-16),
// by ISO-2022-JP's escapes, by being valid UTF-8 (a rune cut at the end of the
// sample does not count), and else CP932 or EUC-JP, whichever makes more of a
// Japanese text. Plain ASCII is utf-8.
func Detect(sample []byte) Encoding {
	switch {
	case bytes.HasPrefix(sample, []byte("\xEF\xBB\xBF")):
		return UTF8BOM
	case bytes.HasPrefix(sample, []byte("\xFF\xFE")):
		return UTF16LE
	case bytes.HasPrefix(sample, []byte("\xFE\xFF")):
		return UTF16BE
	}
	if e := byNUL(sample); e != "" {
		return e
	}
	if hasEscape(sample) {
		return ISO2022JP
	}
	if utf8.Valid(sample[:len(sample)-cutRune(sample)]) {
		return UTF8
	}
	return cp932OrEUC(sample)
}

// byNUL knows UTF-16 by the upper bytes of its characters, always on the same
// side: NUL of ASCII, 30 of kana and the ideographic comma. A text without any
// line end does not occur, so that there must be a NUL.
func byNUL(b []byte) Encoding {
	var nul, kana [2]int
	for i, c := range b {
		switch c {
		case 0:
			nul[i&1]++
		case 0x30:
			kana[i&1]++
		}
	}
	upper := func(i int) bool {
		mine, other := nul[i]+kana[i], nul[1-i]+kana[1-i]
		return nul[i] > 2 && nul[i]*16 > len(b)/2 && nul[1-i]*16 < nul[i] ||
			nul[i] > 0 && nul[1-i] == 0 && mine*4 > len(b)/2 && other*4 < mine
	}
	switch {
	case upper(1):
		return UTF16LE
	case upper(0):
		return UTF16BE
	}
	return ""
}

func hasEscape(b []byte) bool {
	for {
		i := bytes.IndexByte(b, 0x1B)
		if i < 0 || i+2 >= len(b) {
			return false
		}
		switch string(b[i+1 : i+3]) {
		case "$B", "$@", "(J", "(I", "$(":
			return true
		}
		b = b[i+1:]
	}
}

func cp932OrEUC(sample []byte) Encoding {
	table := cp932Table()
	dst := make([]byte, 3*len(sample)+8)
	n, _ := table.decode(dst, sample, false)
	sjis := table.score(dst[:n])
	text, _ := japanese.EUCJP.NewDecoder().Bytes(sample[:len(sample)-cutEUC(sample)])
	if table.score(text) > sjis {
		return EUCJP
	}
	return CP932
}

// cutEUC drops the last bytes of a sample that ends within a run of high
// bytes: the last character may be cut.
func cutEUC(b []byte) int {
	n := 0
	for n < len(b) && b[len(b)-1-n] >= 0x80 {
		n++
	}
	return n % 2
}

// score says how much text looks like Japanese, in points for two bytes of the
// old encodings: kana and level-1 kanji make a text, half-width kana are as
// often the wrong reading of EUC-JP, and U+FFFD is a wrong reading.
func (t *cp932) score(text []byte) int {
	sum := 0
	var before rune
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		sum += t.points(before, r)
		before = r
	}
	return sum
}

func (t *cp932) points(before, r rune) int {
	switch {
	case r < utf8.RuneSelf:
		return 0
	case r == utf8.RuneError:
		return -40
	case r >= 'ぁ' && r <= 'ヿ':
		return 12
	case r == '、' || r == '。' || r == '　' || r >= '！' && r <= '～':
		return 8
	case r == 'ﾞ' || r == 'ﾟ':
		return voiced(before)
	case r >= '｡' && r <= '･':
		return -2
	case r >= 'ｦ' && r <= 'ﾝ':
		return 3
	case r >= 0x4E00 && r < 0xA000 && t.level1[r-0x4E00]:
		return 8
	case r >= 0x4E00 && r < 0xA000:
		return 1
	case r == '㈱' || r == '㈲' || r >= '①' && r <= '⑳' || r >= 'Ⅰ' && r <= 'Ⅻ':
		return 6
	}
	return -2
}

// voiced judges a half-width sound mark by what stands before it.
func voiced(before rune) int {
	if before >= 'ｶ' && before <= 'ﾄ' || before >= 'ﾊ' && before <= 'ﾎ' || before == 'ｳ' {
		return 6
	}
	return -10
}
