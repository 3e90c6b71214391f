package intake

import (
	"regexp"
	"strings"

	"honne/internal/japan"
)

// Rows may say by a formula or a word that they only add up others: （A）＋（B） below
// 処置具計（A）, 当月累計 below 本日計.

var (
	formula  = regexp.MustCompile(`^(?:\([A-Za-z0-9ア-ン]{1,2}\)|[①-⑳])(?:[+-](?:\([A-Za-z0-9ア-ン]{1,2}\)|[①-⑳]))+$`)
	sumsMark = regexp.MustCompile(`^(.+計)\([A-Za-z0-9ア-ン]{1,2}\)$`)
)

// isFormula reports whether a label only adds up what other labels are marked with.
func isFormula(s string) bool {
	return len(s) <= 60 && strings.ContainsAny(s, "+＋-－") && formula.MatchString(japan.Fold(strings.Join(strings.Fields(s), "")))
}

// withoutSumMark takes off the name of a sum the mark by which a formula calls it.
func withoutSumMark(s string) string {
	if m := sumsMark.FindStringSubmatch(japan.Fold(japan.Trim(s))); m != nil {
		return m[1]
	}
	return s
}

// saysSoFar reports whether a text may say that its row is a sum so far.
func (d *dictionary) saysSoFar(s string) bool { return holdsAny(s, d.book.Words.SoFar) }

// addsUpOthers reports whether a row only adds up others by its label: a formula, or a sum
// so far in a table whose rows do not each say what they count.
func (t *table) addsUpOthers(p *profile) bool {
	for i := range p.Cells {
		f := t.fieldAt(p.Cells[i].Col)
		if p.class[i] != text || f == nil || !f.label {
			continue
		}
		if s := p.Cells[i].Text; isFormula(s) || t.words.saysSoFar(s) && !t.mixed() && len([]rune(s)) <= 12 {
			return true
		}
	}
	return false
}
