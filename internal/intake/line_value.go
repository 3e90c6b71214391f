package intake

import (
	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// valueWriter gives every figure of the data rows with its address: of a report
// under its measure, of any other table under its labels and header.
type valueWriter struct {
	yield func(honne.Value) bool
	lines []*lineWriter // by table
}

func (w *valueWriter) row(t *table, r *grid.Row) bool {
	lines := w.lines[t.index]
	switch {
	case t.Kind == "":
		return w.plain(t, r)
	case lines == nil:
		return true // a finer table of the file gives the same figures
	}
	return lines.build(r, func(g *group) bool { return g.part < 0 || w.line(t, r, g, lines.line) })
}

// line gives the figures of one line of a group.
func (w *valueWriter) line(t *table, r *grid.Row, g *group, l honne.Line) bool {
	for _, col := range [...]int32{l.AmtCol, l.QtyCol} {
		if col == 0 {
			continue
		}
		f := t.fieldAt(col)
		c := r.Cell(col)
		n, ok := f.number(r.N, c)
		if !ok {
			continue
		}
		name, unit := string(g.series)+"_amount", w.lines[t.index].unitOf(g, f, r)
		if g.qty >= 0 && t.fields[g.qty].col == col {
			unit = *g.unitIn(f) // 千円 behind a row is of its amount
		}
		if col == l.QtyCol {
			name = string(g.series) + "_quantity"
			unit = honne.Unit{Scale: max(unit.Scale, 1), Name: unit.Name}
		} else if t.inAnother(r) {
			unit.Currency = t.currencyIn(r)
		}
		n = inUnit(n, max(unit.Scale, 1))
		if !w.yield(honne.Value{At: t.address(r.N, col), Measure: name, Number: n, Unit: unit, Raw: c.Text, Line: &l}) {
			return false
		}
	}
	return true
}

// inUnit is a figure times its unit.
func inUnit(n honne.Decimal, scale int64) honne.Decimal {
	if scale > 1 {
		n = asShown(n)
	}
	for digits := max(n.Scale, 0); digits >= 0; digits-- {
		if v, _, err := n.Times(scale, int(digits)); err == nil {
			return honne.Decimal{Coef: v, Scale: digits}
		}
	}
	return n
}

// asShown leaves of the digits that a float leaves behind (9.8000000000000007) the 15
// that a spreadsheet shows.
func asShown(n honne.Decimal) honne.Decimal {
	const most = 1_000_000_000_000_000
	if n.Coef < most && n.Coef > -most {
		return n
	}
	for n.Scale > 0 && (n.Coef >= most || n.Coef <= -most || n.Coef%10 == 0) {
		coef, _, _ := n.Times(1, int(n.Scale)-1)
		n = honne.Decimal{Coef: coef, Scale: n.Scale - 1}
	}
	return n
}

// plain gives every number outside the label columns of a table whose meanings
// are unknown. Who a row is of and how to reach them is not kept, nor given.
func (w *valueWriter) plain(t *table, r *grid.Row) bool {
	labels := map[string]string{}
	for i, c := range t.Columns {
		if s := japan.Trim(r.Text(t.fields[i].col)); t.fields[i].label && s != "" && c.Meaning != honne.MPerson && c.Meaning != honne.MReach {
			name := c.Header
			if name == "" {
				name = c.At
			}
			labels[name] = s
		}
	}
	for i := range r.Cells {
		c := &r.Cells[i]
		f := t.fieldAt(c.Col)
		if f == nil || f.label {
			continue
		}
		n, ok := figure.Of(c)
		if !ok {
			continue
		}
		v := honne.Value{At: t.address(r.N, c.Col), Number: n, Raw: c.Text, Labels: labels, Column: t.headerOf(c.Col)}
		if !w.yield(v) {
			return false
		}
	}
	return true
}

func (t *table) headerOf(col int32) string {
	for i := range t.fields {
		if t.fields[i].col == col {
			return t.Columns[i].Header
		}
	}
	return honne.ColumnName(int(col))
}
