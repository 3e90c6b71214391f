package intake

import (
	"honne"
	"honne/internal/intake/grid"
)

// heedFault counts a figure that the workbook itself could not work out: #REF!,
// #VALUE!. It is unknown, as one that is withheld, but nobody withheld it.
func (t *table) heedFault(row int32, c *grid.Cell, f *field) {
	if c.Kind == grid.Error && f.measure {
		t.faulty.add(row, c.Text)
	}
}

func (t *table) toldFaults() (out []honne.Problem) {
	if t.faulty.n > 0 {
		out = append(out, t.faulty.told(t, "problem.faulty"))
	}
	return out
}

// uncounted says which figures of the table the program that wrote the file never
// computed: they are unknown, and nobody sees it who opens the file.
func (t *table) uncounted(noResult []honne.Address) []honne.Problem {
	var first honne.Address
	n := 0
	for _, at := range noResult {
		c := at.Range.From
		f := t.fieldAt(c.Col)
		if at.Sheet != t.Sheet || !t.Body.Contains(c) || f == nil || t.leftOut(c.Row) {
			continue
		}
		if _, _, figure := t.Columns[t.indexOf(f)].Meaning.Measure(); f.label && !figure { // a column without any result has no shape
			continue
		}
		if n++; n == 1 {
			first = at
		}
	}
	if n == 0 {
		return nil
	}
	return []honne.Problem{{At: first, Severity: honne.SevWarning, Count: n, What: honne.Say("problem.no-result", honne.Count("n", n))}}
}
