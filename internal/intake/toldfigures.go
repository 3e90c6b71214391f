package intake

import (
	"slices"

	"honne"
)

// toldFigures is what was said of cells and columns, and whether a person is asked.
// Of a table that gives no figures one that cannot be read is worth a note: 約200 in a
// list of hospitals, 末 among the closing days of customers.
func (t *table) toldFigures() (out []honne.Problem, asked bool) {
	out = t.stats.problems
	if t.Kind == "" {
		out = slices.Clone(out)
		for i := range out {
			if out[i].What.ID == "problem.not-a-number" {
				out[i].Severity = honne.SevNote
			}
		}
	}
	return out, slices.ContainsFunc(out, func(p honne.Problem) bool { return p.Severity != honne.SevNote })
}
