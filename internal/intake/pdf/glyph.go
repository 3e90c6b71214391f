package pdf

import (
	"strconv"
	"strings"
)

// glyphNames are the names of the letters of ASCII, from the blank on (Adobe
// Glyph List).
const glyphNames = `space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright asterisk plus comma hyphen period slash ` +
	`zero one two three four five six seven eight nine colon semicolon less equal greater question at ` +
	`A B C D E F G H I J K L M N O P Q R S T U V W X Y Z bracketleft backslash bracketright asciicircum underscore grave ` +
	`a b c d e f g h i j k l m n o p q r s t u v w x y z braceleft bar braceright asciitilde`

// moreGlyphs are names beyond ASCII that reports use.
const moreGlyphs = `yen=¥ minus=− endash=– emdash=— quoteright=’ quoteleft=‘ quotedblleft=“ quotedblright=” bullet=• degree=° multiply=× ` +
	`plusminus=± Euro=€ sterling=£ section=§ periodcentered=· ellipsis=… fi=fi fl=fl ff=ff ffi=ffi ffl=ffl sfthyphen=- trademark=™ copyright=© registered=® ` +
	`eacute=é egrave=è adieresis=ä odieresis=ö udieresis=ü Adieresis=Ä Odieresis=Ö Udieresis=Ü aring=å Aring=Å oslash=ø Oslash=Ø ae=æ AE=Æ germandbls=ß ` +
	`quotesinglbase=‚ quotedblbase=„ dotlessi=ı mu=µ`

// glyphText returns what a glyph means by its name; "" when the name does not
// say.
func glyphText(s string) string {
	s, _, _ = strings.Cut(s, ".")
	switch s {
	case "", "notdef":
		return ""
	case "nbspace", "nonbreakingspace":
		return " "
	}
	i := 0
	for n := range strings.SplitSeq(glyphNames, " ") {
		if n == s {
			return string(rune(' ' + i))
		}
		i++
	}
	for n := range strings.SplitSeq(moreGlyphs, " ") {
		if key, value, _ := strings.Cut(n, "="); key == s {
			return value
		}
	}
	hex, is := strings.CutPrefix(s, "uni")
	if !is {
		hex, is = strings.CutPrefix(s, "u")
	}
	if n, err := strconv.ParseUint(hex[:min(len(hex), 6)], 16, 32); is && err == nil && len(hex) >= 4 && n <= 0x10FFFF {
		if len(hex) >= 8 && strings.HasPrefix(s, "uni") || len(hex) == 4 {
			n, _ = strconv.ParseUint(hex[:4], 16, 32)
		}
		return string(rune(n))
	}
	return ""
}

// standardText is the encoding of fonts that name none (ISO 32000-1, D.2), as
// far as reports use it.
func standardText(c uint32) string {
	switch {
	case c == '\'':
		return "’"
	case c == '`':
		return "‘"
	case c >= ' ' && c <= '~':
		return string(rune(c))
	}
	return map[uint32]string{0xA3: "£", 0xA5: "¥", 0xB1: "–", 0xB7: "•", 0xBC: "…", 0xD0: "—"}[c]
}

// helvetica are the widths of the letters of ASCII, for files that leave out
// those of the fonts that every reader has.
const helvetica = `278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 ` +
	`1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 ` +
	`333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584`

// standardWidth is the width of a letter of a font that every reader has.
func standardWidth(base string, c uint32) float64 {
	if strings.Contains(base, "Courier") {
		return 0.6
	}
	i := uint32(0)
	for w := range strings.SplitSeq(helvetica, " ") {
		if i == c-' ' {
			n, _ := strconv.Atoi(w)
			return float64(n) / 1000
		}
		i++
	}
	return 0.556
}
