package intake

import (
	"cmp"
	"slices"

	"honne"
	"honne/internal/japan"
)

// inUnitSaid reports whether a row that names its measure with the unit (金額(千円)) has
// the unit that the others of the measure have: the first that says one. A row in
// another cannot be added to them.
func (t *table) inUnitSaid(rm rowMeasure, label string) bool {
	u, _, _ := japan.ParseUnit(label)
	if u.IsZero() || !bracketed(label) || (u.Currency != "") != rm.amount {
		return true
	}
	if before, said := t.labelUnits[rm]; said {
		return before == u
	}
	if t.labelUnits == nil {
		t.labelUnits = map[rowMeasure]honne.Unit{}
	}
	t.labelUnits[rm] = u
	return true
}

// partCurrency is the currency of the amounts of a series, as its lines have them: what
// rows say may be money though their column says pieces. Pieces alone are in none.
func (t *table) partCurrency(s honne.Series) (said honne.Currency) {
	amounts := false
	for _, g := range t.groups() {
		if g.series == s && g.amt >= 0 {
			said, amounts = cmp.Or(said, g.unitIn(&t.fields[g.amt]).Currency), true
		}
	}
	if !amounts {
		return ""
	}
	return cmp.Or(said, t.currency)
}

// withdrawAssumed takes back what was assumed of the figures across, where the rows say
// what they count and in which unit.
func (t *table) withdrawAssumed() {
	t.stats.problems = slices.DeleteFunc(t.stats.problems, func(p honne.Problem) bool {
		return p.What.ID == "problem.measure-assumed" || p.What.ID == "problem.unit-assumed" && t.amountsSaid()
	})
}

// amountsSaid reports whether the unit of every amount that rows say stands somewhere.
func (t *table) amountsSaid() bool {
	return !slices.ContainsFunc(t.said, func(rm rowMeasure) bool {
		_, said := t.labelUnits[rm]
		return rm.amount && !said && t.unitFor(true).IsZero()
	})
}
