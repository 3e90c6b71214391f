package intake

import (
	"slices"
	"strings"

	"honne"
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

// speaksOfUnit reports whether a text is about units or names one of money.
func speaksOfUnit(s string) bool {
	low := strings.ToLower(japan.Fold(s))
	return isUnitLabel(s) || holdsAny(low, []string{"千円", "百万円", "万円", "仟円", "億円", "currency", "jpy", "thousand", "million", "千単位", "百万単位"})
}

// unitCounted is the unit of what is sold that a header counts: ㎏数, カートン数. Of
// people, cases, lots and visits nothing is sold.
func unitCounted(header string) (honne.Unit, bool) {
	name, ok := strings.CutSuffix(japan.Trim(withoutBrackets(header)), "数")
	if !ok || name == "" {
		return honne.Unit{}, false
	}
	u, ok := japan.UnitAlone(name)
	return u, ok && u.Currency == "" && !slices.Contains([]string{"人", "名", "件", "回", "床", "施設", "人日", "人月", "点", "ロット", "%"}, u.Name)
}
