package intake

import "honne"

// heedNeighbours has a person look at a table of which nothing says the unit, beside
// one of which something does: 千円 at the edge may be said of both.
func (r *reader) heedNeighbours() {
	for _, t := range r.tables {
		if !t.assumesMoney() {
			continue
		}
		for _, by := range r.tables {
			if by.Sheet == t.Sheet && by.Unit.Currency != "" && by.Unit.Scale > 1 && overlap(t.Header, by.Header) {
				r.problems = append(r.problems, honne.Problem{At: honne.Address{Sheet: t.Sheet, Range: t.Header}, Severity: honne.SevWarning,
					What: honne.Say("problem.unit-beside", honne.Text("at", by.UnitAt))})
				break
			}
		}
	}
}

// assumesMoney reports whether an amount of the table was taken for whole yen.
func (t *table) assumesMoney() bool {
	for i := range t.fields {
		if f := &t.fields[i]; f.measure && f.amount && f.assumed {
			return true
		}
	}
	return false
}

// overlap reports whether two ranges share a row.
func overlap(a, b honne.Range) bool { return a.From.Row <= b.To.Row && b.From.Row <= a.To.Row }
