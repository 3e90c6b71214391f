package figure

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// Bare reports whether a text begins with a digit or a minus, and ends with a digit.
func Bare(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsDigit(last) && (unicode.IsDigit(first) || strings.ContainsRune("-－−▲△", first))
}

// Marks that stand before a name with a note as well as before the note itself.
const Marks = "※＊*"

// Repairs lists the numbers that a text which is none may stand for, the
// likeliest first. They are proposed to a person, never taken.
func Repairs(s string) []honne.Repair {
	s = japan.Fold(japan.Trim(s))
	var out []honne.Repair
	propose := func(n honne.Decimal, ok bool, why honne.RepairKind) {
		if ok && !slices.ContainsFunc(out, func(r honne.Repair) bool { return r.Number == n.String() }) {
			out = append(out, honne.Repair{Number: n.String(), Why: why})
		}
	}
	if strings.ContainsAny(s, "0123456789") && len(s) <= 40 {
		n, ok := japan.ParseNumber(lookAlikes.Replace(s))
		propose(n, ok, honne.RepairLetters)
	}
	if bare := strings.TrimRight(strings.TrimRight(s, "-−▲△"), ".,"); bare != s {
		n, ok := japan.ParseNumber(bare)
		propose(n.Neg(), ok && n.Coef > 0, honne.RepairMinus)
		propose(n, ok && n.Coef > 0, honne.RepairMarks)
	}
	if m := markedNumber.FindStringSubmatch(s); m != nil && !strings.ContainsAny(s, "千百万億") { // 約36千円 is no 36
		n, ok := japan.ParseNumber(m[1])
		propose(n, ok, honne.RepairMarks)
	}
	if n, u, ok := japan.ParseCounted(s); u.Currency == "" {
		propose(n, ok, honne.RepairMarks)
	}
	return out
}

// lookAlikes are letters and marks that are typed or scanned for digits.
var lookAlikes = strings.NewReplacer("O", "0", "o", "0", "〇", "0", "○", "0", "Ｏ", "0", "l", "1", "I", "1", "|", "1")

// markedNumber is one number between marks or words that are no Latin letters,
// digits or signs: 約1,250, 1,250?, (概算)1,250.
var markedNumber = regexp.MustCompile(`^[^0-9A-Za-z.,+−△▲-]*([0-9][0-9,]*(?:\.[0-9]+)?)[^0-9A-Za-z.,%−△▲-]*$`)

// Of reads a cell as a number; false when it is blank, withheld or no
// number.
func Of(c *grid.Cell) (honne.Decimal, bool) {
	switch c.Kind {
	case grid.Number, grid.Time:
		return c.Num, true
	case grid.Text:
		if n, ok := japan.ParseNumber(c.Text); ok {
			return n, true
		}
		if n, _, ok := japan.ParseRevised(c.Text); ok {
			return n, true
		}
		if n, ok := japan.ParsePercent(c.Text); ok {
			return n, true
		}
		if n, ok := japan.ParseNoted(c.Text); ok {
			return n, true
		}
		return MinusBehind(japan.Trim(c.Text))
	}
	return honne.Decimal{}, false
}

// IsDigits reports whether a text is digits alone, in half width.
func IsDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
