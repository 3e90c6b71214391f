package intake

import (
	"cmp"
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// counters is by which unit the rows count each product, where a column says it: 3 箱
// and 24 本 of one product are no 27.
type counters struct {
	unitAt, productAt int32
	of                map[string]string // by product, the unit of its first row
	mixed             oddRows
}

// findCounters finds the columns; there is none without both, nor where rows say what
// they count.
func (t *table) findCounters() {
	unit := t.columnOf(honne.MUnitName)
	product := cmp.Or(t.columnOf(honne.MProductCode), t.columnOf(honne.MProductName))
	if t.Kind != "" && unit > 0 && product > 0 && !t.has(honne.MMeasureName) {
		t.counters = counters{unitAt: unit, productAt: product, of: map[string]string{}}
	}
}

// weighCounters looks whether a row counts its product by another unit than the row
// before.
func (t *table) weighCounters(r *grid.Row) {
	k := &t.counters
	if k.of == nil {
		return
	}
	unit, product := japan.Trim(r.Text(k.unitAt)), japan.Trim(r.Text(k.productAt))
	if unit == "" || product == "" || when.PlainNumber(unit) || len(product) > terms.WordLength || t.words.Ditto(unit) {
		return
	}
	if u, _ := japan.UnitAlone(unit); u.Currency != "" {
		return // 千円 is said of the amount
	}
	first, known := k.of[product]
	switch {
	case !known && len(k.of) < terms.WordLimit:
		k.of[strings.Clone(product)] = strings.Clone(japan.Key(unit))
	case known && first != japan.Key(unit):
		k.mixed.add(r.N, unit)
	}
}

// toldCounters has a person look at quantities of one product in several units.
func (t *table) toldCounters() (out []honne.Problem) {
	if t.counters.mixed.n > 0 {
		out = append(out, t.counters.mixed.told(t, "problem.units-differ"))
	}
	return out
}
