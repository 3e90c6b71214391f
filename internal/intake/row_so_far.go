package intake

import (
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
)

// Rows may say by a formula or a word that they only add up others: （A）＋（B） below
// 処置具計（A）, 当月累計 below 本日計.

// addsUpOthers reports whether a row only adds up others by its label: a formula, or a sum
// so far in a table whose rows do not each say what they count.
func (t *table) addsUpOthers(p *outline.Profile) bool {
	for i := range p.Cells {
		f := t.fieldAt(p.Cells[i].Col)
		if p.Classes[i] != outline.Text || f == nil || !f.label {
			continue
		}
		if s := p.Cells[i].Text; terms.IsFormula(s) || t.words.SaysSoFar(s) && !t.mixed() && len([]rune(s)) <= 12 {
			return true
		}
	}
	return false
}
