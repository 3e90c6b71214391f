package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"honne"
)

// writeLines writes lines, without the columns in which none of them says
// anything.
func (st *staging) writeLines(ctx context.Context, tx *sql.Tx, rows []lineRow) error {
	used, columns := usedColumns(rows)
	b := newBulk(ctx, tx, st.Dialect(), "line", columns...)
	args := make([]any, 0, len(columns))
	var distributor any = int64(st.file.Distributor)
	for i := range rows {
		r := &rows[i]
		numbers := st.ids.numbers(r)
		r.part.digest.add(&numbers, r.quantity, r.amount)
		args = append(args[:0], distributor, int64(r.part.id))
		for _, c := range used {
			args = append(args, numbers[c])
		}
		if err := b.add(append(args, null(r.quantity), null(r.amount))...); err != nil {
			return err
		}
	}
	return b.end()
}

// numbers returns the numbers of a line as they are stored: names by their ids.
func (n *nameIDs) numbers(r *lineRow) (out [numbersOfLine]int64) {
	for c, v := range r.numbers {
		out[c] = int64(v)
		if namedColumn(c) {
			out[c] = n.ids[v]
		}
	}
	return out
}

func usedColumns(rows []lineRow) (used []int, columns []string) {
	var says [numbersOfLine]int32
	for i := range rows {
		for c, n := range rows[i].numbers {
			says[c] |= n
		}
	}
	columns = []string{"distributor_id", "submission_id"}
	for c, name := range lineColumns() {
		if says[c] != 0 || c <= colRow || c == colFrom || c == colTo {
			used, columns = append(used, c), append(columns, name)
		}
	}
	return used, append(columns, "quantity", "amount")
}

// finish writes the roll-ups and changes, and then says that the attempt is
// complete.
func (st *staging) finish(ctx context.Context) error {
	if err := st.writeRollups(ctx); err != nil {
		return err
	}
	led, err := readLedgerWith(ctx, st.read, st.file.Distributor, honne.AsOf{}, st.file.ID)
	if err != nil {
		return err
	}
	for _, p := range st.parts {
		if err := st.compareAround(ctx, led, p.id, st.fence); err != nil {
			return err
		}
	}
	return st.inTx(ctx, func(tx *sql.Tx) error {
		if err := st.fence(ctx, tx); err != nil {
			return err
		}
		lines := 0
		for _, p := range st.parts {
			lines += p.lines
			if err := changeOne(ctx, tx, `UPDATE submission SET state = 'staged', digest = $1 WHERE id = $2`,
				p.digest.sum(), int64(p.id)); err != nil {
				return err
			}
		}
		return changeOne(ctx, tx, `UPDATE file SET lines = $1 WHERE id = $2`, lines, int64(st.file.ID))
	})
}

// rollup is a table that is filled from sums: of products, accounts or days.
type rollup struct {
	table   string
	columns []string
	of      func(*stagedPart) map[sumKey]*sums
	row     func(n *nameIDs, of int32, s *sums) []any
}

func rollups() []rollup {
	return []rollup{
		{"rollup_product", []string{"product_id", "quantity", "amount", "reason_id"},
			func(p *stagedPart) map[sumKey]*sums { return p.products },
			func(n *nameIDs, of int32, s *sums) []any {
				return []any{n.ids[of], null(s.quantity), null(s.amount), n.ids[s.reason]}
			}},
		{"rollup_account", []string{"account_id", "quantity", "amount"},
			func(p *stagedPart) map[sumKey]*sums { return p.accounts },
			func(n *nameIDs, of int32, s *sums) []any {
				return []any{n.ids[of], null(s.quantity), null(s.amount)}
			}},
		{"day_total", []string{"day", "quantity", "amount"},
			func(p *stagedPart) map[sumKey]*sums { return p.days },
			func(_ *nameIDs, of int32, s *sums) []any {
				return []any{int64(of), null(s.quantity), null(s.amount)}
			}},
	}
}

// writeRollups writes what the parts summed, and their periods.
func (st *staging) writeRollups(ctx context.Context) error {
	for _, p := range st.parts {
		for _, r := range rollups() {
			if err := st.writeRollup(ctx, p, r); err != nil {
				return err
			}
		}
		if err := st.inLazyTx(ctx, func(tx *sql.Tx) error { return st.writePart(ctx, tx, p) }); err != nil {
			return err
		}
	}
	return nil
}

func (st *staging) writeRollup(ctx context.Context, p *stagedPart, r rollup) error {
	columns := append([]string{"distributor_id", "submission_id", "period_from", "period_to"}, r.columns...)
	sums := r.of(p)
	for keys := range slices.Chunk(sortedKeys(sums), batchLines) {
		err := st.inLazyTx(ctx, func(tx *sql.Tx) error {
			if err := st.fence(ctx, tx); err != nil {
				return err
			}
			b := newBulk(ctx, tx, st.Dialect(), r.table, columns...)
			for _, k := range keys {
				row := []any{int64(st.file.Distributor), int64(p.id), int64(k.period.From), int64(k.period.To)}
				if err := b.add(append(row, r.row(st.ids, k.of, sums[k])...)...); err != nil {
					return err
				}
			}
			return b.end()
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (st *staging) writePart(ctx context.Context, tx *sql.Tx, p *stagedPart) error {
	if err := st.fence(ctx, tx); err != nil {
		return err
	}
	b := newBulk(ctx, tx, st.Dialect(), "submission_period", "distributor_id", "submission_id", "period_from", "period_to",
		"lines", "quantity", "amount", "agreed")
	part := p.part
	part.Lines, part.Periods = p.lines, nil
	for _, d := range p.sortedPeriods() {
		t := p.periods[d]
		part.Periods = append(part.Periods, d)
		if err := b.add(int64(st.file.Distributor), int64(p.id), int64(d.From), int64(d.To), t.lines,
			null(t.quantity), null(t.amount), int64(t.agreed)); err != nil {
			return err
		}
	}
	if err := b.end(); err != nil {
		return err
	}
	text, err := json.Marshal(part)
	if err != nil {
		return err
	}
	return changeOne(ctx, tx, `UPDATE submission SET part = $1, lines = $2 WHERE id = $3`, string(text), p.lines, int64(p.id))
}

func (p *stagedPart) sortedPeriods() []honne.Period {
	out := make([]honne.Period, 0, len(p.periods))
	for d := range p.periods {
		out = append(out, d)
	}
	slices.SortFunc(out, comparePeriods)
	return out
}
