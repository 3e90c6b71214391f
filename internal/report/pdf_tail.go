package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"honne/internal/report/pdf"
)

// How long the last line of several is, in widths of a full sign: never less than
// the least, and where it is less at most so much of the line before is taken down.
const (
	leastTail = 3
	mostTail  = 13
)

// fuller says which atom should begin the last line, that last does now: where the
// line is too short, the start of the phrase that it ends, so that no 「す。」
// stands alone.
func (p *paper) fuller(atoms [][]pdf.Piece, last int, width float64) int {
	if last == 0 {
		return last
	}
	size, wide := atoms[last][0].Size, 0.0
	for _, a := range atoms[last:] {
		wide += p.wide(a)
	}
	if wide >= leastTail*size {
		return last
	}
	best := last
	for i := last - 1; i > 0; i-- {
		if wide += p.wide(atoms[i]); wide > min(mostTail*size, width/2) {
			break
		}
		if wide < leastTail*size {
			continue
		}
		if beginsPhrase(atoms, i) {
			return i
		}
		best = min(best, max(i, last-2)) // any other start is as good
	}
	return best
}

func (p *paper) wide(atom []pdf.Piece) (wide float64) {
	for _, t := range atom {
		wide += p.file.Width(t.Text, t.Size, t.Bold)
	}
	return wide
}

// beginsPhrase reports whether a phrase begins with an atom: behind a blank or a sign
// that closes, or where kana are followed by another script, the polite お and ご
// with it.
func beginsPhrase(atoms [][]pdf.Piece, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(joined(atoms[i-1]))
	first, _ := utf8.DecodeRuneInString(joined(atoms[i]))
	switch {
	case strings.ContainsRune(" 、。」）", before):
		return true
	case strings.ContainsRune("おご", first) && i+1 < len(atoms):
		next, _ := utf8.DecodeRuneInString(joined(atoms[i+1]))
		return unicode.Is(unicode.Han, next)
	}
	return unicode.Is(unicode.Hiragana, before) && !unicode.Is(unicode.Hiragana, first) && !strings.ContainsRune("おご", before)
}
