package intake

import (
	"cmp"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// unitUnread says of amounts without a unit that a text around the table speaks of
// one which is not understood: what was assumed may be wrong a thousandfold.
func (t *table) unitUnread() bool {
	if !t.Unit.IsZero() {
		return false
	}
	i := slices.IndexFunc(t.Title, speaksOfUnit)
	if i < 0 {
		return false
	}
	t.stats.problems = append(t.stats.problems, honne.Problem{At: honne.Address{Sheet: t.Sheet}, Severity: honne.SevWarning, Raw: t.Title[i],
		What: honne.Say("problem.unit-unread", honne.Text("text", t.Title[i]), honne.Text("unit", "1 "+string(t.currency)))})
	return true
}

// unitOfName takes the unit that the name of the sheet, or of the file, says in brackets,
// or alone: 金額(千円).
func (t *table) unitOfName(sheet, file string) {
	for _, name := range [...]string{sheet, file} {
		in := when.BracketedText(name)
		if u, ok := japan.UnitAlone(cmp.Or(in, japan.Trim(name))); ok && t.Unit.IsZero() && (u.Currency != "" || in != "" && t.words.Measures(japan.WithoutBrackets(name))) {
			t.Unit, t.UnitAt = u, "name"
		}
	}
}

// readBelow takes the unit from what stands below the rows, where nothing above says
// it: （単位：千円）, ※単位：百万円、税抜. It stands alone in its row, and no table follows.
func (t *table) readBelow(rows []*outline.Profile) {
	for i := len(rows) - 1; i > 0 && t.Unit.IsZero(); i-- {
		p := rows[i]
		if p.Empty() {
			continue
		}
		if len(p.Cells) > 1 || p.Classes[0] != outline.Text {
			return
		}
		if u, tax, ok := titleUnit(p.Cells[0].Text); ok && terms.IsUnitLabel(p.Cells[0].Text) && !u.IsZero() {
			t.Unit, t.UnitAt = u, honne.Cell{Row: p.N, Col: p.Cells[0].Col}.String()
			t.second, _ = japan.SecondUnit(p.Cells[0].Text)
			t.Tax = cmp.Or(t.Tax, tax)
		}
	}
}

// unitBelow says of a note that it speaks of a unit, which came too late to be used
// where nothing above the rows says one.
func (t *table) unitBelow(p *outline.Profile) {
	if s := p.Cells[0].Text; t.Unit.IsZero() && t.Kind != "" && terms.IsUnitLabel(s) {
		t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(p.N, p.Cells[0].Col), Severity: honne.SevWarning, Raw: clip(s),
			What: honne.Say("problem.unit-unread", honne.Text("text", clip(s)), honne.Text("unit", "1 "+string(t.currency)))})
	}
}

// speaksOfUnit reports whether a text is about units or names one of money.
func speaksOfUnit(s string) bool {
	low := strings.ToLower(japan.Fold(s))
	return terms.IsUnitLabel(s) || terms.HoldsAny(low, []string{"千円", "百万円", "万円", "仟円", "億円", "currency", "jpy", "thousand", "million", "千単位", "百万単位"})
}
