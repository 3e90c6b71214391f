package intake

import (
	"context"
	"encoding/binary"
	"hash/fnv"

	"honne"
	"honne/internal/intake/grid"
)

// Rows that were pasted twice stand in a table as two blocks that say the same. Whether
// they are the same sales nobody can see: a person is asked, and nothing is left out.

const (
	pastedRows    = 10_000 // rows of a file that are compared: longer ones come out of systems
	pastedDated   = 3      // rows of a block at least, where each says its day or its slip
	pastedUndated = 5      // where they do not: the same three articles may be bought again
	pastedTold    = 20     // blocks that are said
)

// pasted is what the rows of a table say, in order.
type pasted struct {
	lines *lineWriter
	rows  []int32
	sums  []uint64 // 0 for a row that counts nothing
}

// tellPasted asks about blocks of rows that stand twice in a table.
func (r *reader) tellPasted(ctx context.Context) error {
	all, asked := 0, map[int]*pasted{}
	for _, t := range r.tables {
		if all += t.stats.rows; t.Kind != "" && !t.copies && t.stats.rows >= 2*pastedDated {
			asked[t.index] = &pasted{lines: newLineWriter(r, t)}
		}
	}
	if all > pastedRows || len(asked) == 0 {
		return nil
	}
	err := r.rows.each(ctx, r.tables, false, func(t *table, row *grid.Row) bool {
		if p := asked[t.index]; p != nil {
			p.add(row)
		}
		return true
	})
	for _, t := range r.tables {
		if p := asked[t.index]; p != nil && err == nil {
			r.problems = append(r.problems, p.told(t)...)
		}
	}
	return err
}

// add keeps a sum of what a row says: its lines, and its cells but for its number.
func (p *pasted) add(row *grid.Row) {
	t, h, counts := p.lines.table, fnv.New64a(), false
	put := func(n int64) { h.Write(binary.LittleEndian.AppendUint64(nil, uint64(n))) }
	p.lines.build(row, func(g *group) bool {
		l := &p.lines.line
		counts = counts || l.Quantity.N != 0 || l.Amount.N != 0
		h.Write([]byte(aboutLine(l)))
		for _, n := range [...]int64{int64(l.Period.From), int64(l.Period.To), int64(l.Date), l.Quantity.N, l.Amount.N} {
			put(n)
		}
		return true
	})
	for i := range row.Cells {
		c := &row.Cells[i]
		if f := t.fieldAt(c.Col); f == nil || t.Columns[t.indexOf(f)].Meaning == honne.MRowNumber {
			continue
		}
		h.Write([]byte(c.Text))
		put(c.Num.Coef<<8 | int64(c.Num.Scale))
		put(int64(c.Date)<<32 | int64(c.Col))
	}
	sum := h.Sum64() | 1
	if !counts {
		sum = 0
	}
	p.rows, p.sums = append(p.rows, row.N), append(p.sums, sum)
}

// told is a question about each block that stands twice.
func (p *pasted) told(t *table) (out []honne.Problem) {
	least, first := pastedUndated, map[[pastedDated]uint64]int{}
	if t.has(honne.MDate) || t.has(honne.MDocument) {
		least = pastedDated
	}
	from, to := t.span()
	at := func(i, n int) honne.Range {
		return honne.Range{From: honne.Cell{Row: p.rows[i], Col: from}, To: honne.Cell{Row: p.rows[i+n-1], Col: to}}
	}
	for j := 0; j+pastedDated <= len(p.sums) && len(out) < pastedTold; j++ {
		k := [pastedDated]uint64(p.sums[j:])
		i, again := first[k]
		if !again {
			first[k] = j
			continue
		}
		if n := p.same(i, j); n >= least {
			out = append(out, honne.Problem{At: honne.Address{Sheet: t.Sheet, Range: at(j, n)}, Severity: honne.SevWarning, Count: n,
				What: honne.Say("problem.pasted-twice", honne.Count("n", n), honne.Text("first", at(i, n).String()))})
			j += n - 1
		}
	}
	return out
}

// same counts the rows from j on that say what those from i on do, up to j; 0 where they
// count nothing, or the same as each other.
func (p *pasted) same(i, j int) int {
	n, different := 0, map[uint64]bool{}
	for i+n < j && j+n < len(p.sums) && p.sums[i+n] == p.sums[j+n] && p.sums[j+n] != 0 {
		different[p.sums[j+n]] = true
		n++
	}
	if len(different) < pastedDated {
		return 0
	}
	return n
}
