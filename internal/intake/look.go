package intake

import (
	"context"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/source"
	"honne/internal/intake/when"
	"honne/internal/japan"
	"honne/internal/playbook"
)

// Look returns the data rows of a table, from the row of that number to another,
// as they are read: figures, periods, and the texts that a ditto mark or a blank
// stands for. It reads the file as Read does; a table that is not there has no
// rows.
func Look(ctx context.Context, f honne.File, p *playbook.Playbook, m honne.Memory, table int, from, to int32) ([]honne.SeenRow, error) {
	r := newReader(source.Bound(ctx, f), p, m)
	src, err := source.Open(ctx, r.file)
	if err != nil {
		return nil, ctx.Err() // else its reading says why
	}
	err = r.survey(ctx, src)
	src.Close()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil || table < 0 || table >= len(r.tables) {
		return nil, err
	}
	v := viewer{table: table, from: from, to: to}
	err = r.rows.each(ctx, r.tables, true, v.row)
	return v.rows, err
}

// viewer collects rows of a table.
type viewer struct {
	table    int
	from, to int32
	labels   []label
	rows     []honne.SeenRow
}

func (v *viewer) row(t *table, r *grid.Row) bool {
	if t.index != v.table {
		return t.index < v.table
	}
	if v.labels == nil {
		for i := range t.fields {
			v.labels = append(v.labels, t.labelOf(i))
		}
	}
	row := honne.SeenRow{N: r.N}
	for i := range t.fields {
		row.Cells = append(row.Cells, v.cell(t, r, i))
	}
	if r.N >= v.from {
		v.rows = append(v.rows, row)
	}
	return r.N < v.to
}

// cell reads one cell as the lines do.
func (v *viewer) cell(t *table, r *grid.Row, i int) honne.SeenCell {
	f := &t.fields[i]
	c := r.Cell(f.col)
	if !f.label {
		return figureSeen(f, r.N, c)
	}
	if c != nil && t.Topic != "" {
		if seen, ok := t.listSeen(r.N, i, c); ok {
			return seen
		}
	}
	if slices.Contains(t.periods.cols, f.col) || f.col == t.periods.date {
		if m := t.moment(r.N, c); !m.Period.IsZero() {
			return periodSeen(m, c)
		}
	}
	said := v.labels[i].word(t.words, r)
	if said == nil {
		return honne.SeenCell{}
	}
	return honne.SeenCell{Text: said.Text, Changed: c == nil || japan.Trim(c.Text) != said.Text}
}

func figureSeen(f *field, row int32, c *grid.Cell) honne.SeenCell {
	if c == nil {
		return honne.SeenCell{}
	}
	n, ok := f.number(row, c)
	if !ok {
		return honne.SeenCell{Text: c.Text}
	}
	stored, err := honne.ParseDecimal(strings.ReplaceAll(c.Text, ",", ""))
	return honne.SeenCell{Number: n.String(), Changed: err != nil || stored != n}
}

func periodSeen(m when.Moment, c *grid.Cell) honne.SeenCell {
	out := honne.SeenCell{Period: m.Period, Changed: c.Kind == grid.Text}
	if m.Day != 0 {
		out.Period = honne.Period{From: m.Day, To: m.Day}
	}
	return out
}
