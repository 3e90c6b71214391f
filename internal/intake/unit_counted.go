package intake

import (
	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/japan"
)

// counted reads a figure that names its unit: the one of the column, or money in
// any multiple of the yen.
func (f *field) counted(c *grid.Cell) (honne.Decimal, bool) {
	n, u, ok := japan.ParseCounted(figure.Unmarked(c.Text))
	if !ok || f.amount != (u.Currency != "") {
		return n, false
	}
	if u.Currency == "" {
		return n, (u.Name == f.counter || u.Name == f.unit.Name) && u.Scale == 1
	}
	return figure.InUnits(n, u.Scale, max(f.unit.Scale, 1))
}

// mayCount reports whether a figure of the column may name its unit: most do, the
// header names one, or it is an amount that says yen (5万円).
func (f *field) mayCount(s string) bool {
	return f.counter != "" || f.measure && (f.unit.Name != "" || f.amount && figure.NamesYen(s))
}

// reclass takes texts for the numbers and days as which the table reads them.
func (t *table) reclass(p *outline.Profile) {
	for i := range p.Cells {
		f := t.fieldAt(p.Cells[i].Col)
		if p.Classes[i] != outline.Text || f == nil {
			continue
		}
		if f.mayCount(p.Cells[i].Text) {
			if _, ok := f.number(p.N, &p.Cells[i]); ok {
				p.Classes[i] = outline.Number
			}
		} else if f.shape != nil && f.shape.Dates.N > 0 {
			if _, ok := f.shape.Dates.Read(p.Cells[i].Text); ok {
				p.Classes[i] = outline.When
			}
		}
	}
}
