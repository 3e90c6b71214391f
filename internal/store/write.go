package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"honne"
)

// writeLines packs lines and writes a block for each part that has some.
func (st *staging) writeLines(ctx context.Context, tx *sql.Tx, rows []lineRow) error {
	for i := range rows {
		l := st.ids.line(&rows[i])
		rows[i].part.packed.add(&l)
	}
	for _, p := range st.parts {
		if err := p.packed.flush(ctx, tx, st.file.Distributor, p.id); err != nil {
			return err
		}
	}
	return nil
}

// line returns a line as it is stored: names by their ids.
func (n *nameIDs) line(r *lineRow) storedLine {
	l := storedLine{submission: r.part.id, quantity: r.quantity, amount: r.amount}
	for c, v := range r.numbers {
		l.numbers[c] = int64(v)
		if namedColumn(c) {
			l.numbers[c] = n.ids[v]
		}
	}
	return l
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
				p.packed.digest(), int64(p.id)); err != nil {
				return err
			}
		}
		return changeOne(ctx, tx, `UPDATE file SET lines = $1 WHERE id = $2`, lines, int64(st.file.ID))
	})
}

// rollupTable is a table that is filled from a roll-up: of products, accounts or
// days.
type rollupTable struct {
	name    string
	columns []string
	of      func(*stagedPart) *rollup
	row     func(n *nameIDs, r *rolledUp) []any
}

func rollupTables() []rollupTable {
	return []rollupTable{
		{"rollup_product", []string{"product_id", "quantity", "amount", "reason_id"},
			func(p *stagedPart) *rollup { return &p.products },
			func(n *nameIDs, r *rolledUp) []any {
				return []any{n.ids[r.of], null(r.quantity), null(r.amount), n.ids[r.reason]}
			}},
		{"rollup_account", []string{"account_id", "quantity", "amount"},
			func(p *stagedPart) *rollup { return &p.accounts },
			func(n *nameIDs, r *rolledUp) []any { return []any{n.ids[r.of], null(r.quantity), null(r.amount)} }},
		{"day_total", []string{"day", "quantity", "amount"},
			func(p *stagedPart) *rollup { return &p.days },
			func(_ *nameIDs, r *rolledUp) []any { return []any{int64(r.of), null(r.quantity), null(r.amount)} }},
	}
}

// writeRollups writes what the parts summed, and their periods.
func (st *staging) writeRollups(ctx context.Context) error {
	for _, p := range st.parts {
		for _, t := range rollupTables() {
			if err := st.writeRollup(ctx, p, t); err != nil {
				return err
			}
		}
		if err := st.inLazyTx(ctx, func(tx *sql.Tx) error { return st.writePart(ctx, tx, p) }); err != nil {
			return err
		}
	}
	return nil
}

func (st *staging) writeRollup(ctx context.Context, p *stagedPart, t rollupTable) error {
	columns := append([]string{"distributor_id", "submission_id", "period_from", "period_to"}, t.columns...)
	for rows := range slices.Chunk(t.of(p).sorted(), batchLines) {
		err := st.inLazyTx(ctx, func(tx *sql.Tx) error {
			if err := st.fence(ctx, tx); err != nil {
				return err
			}
			b := newBulk(ctx, tx, st.Dialect(), t.name, columns...)
			for i := range rows {
				r := &rows[i]
				row := []any{int64(st.file.Distributor), int64(p.id), int64(r.period.From), int64(r.period.To)}
				if err := b.add(append(row, t.row(st.ids, r)...)...); err != nil {
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
