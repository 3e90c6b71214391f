package intake

import (
	"cmp"
	"slices"

	"honne"
)

// Versions of a plan may stand beside each other: 当初 and 修正 under one month. The
// later is the plan; they are no names.

// foresees reports whether a column is a plan or a forecast, of which a later version
// holds. 修正数量 beside 数量 may be by how much a quantity was set right.
func (t *table) foresees(c *honne.Column) bool {
	s, _, _ := c.Meaning.Measure()
	return slices.Contains([]honne.Series{honne.Plan, honne.Forecast, honne.Target}, cmp.Or(s, t.Kind))
}

// versionOf is which version the header of a column says, 0 for none.
func (t *table) versionOf(i int) int {
	for _, s := range t.fields[i].rest {
		if v := t.words.Version(s); v != 0 {
			return v
		}
	}
	return 0
}
