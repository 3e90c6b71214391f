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

// writeRollups writes what the parts summed, and their periods.
func (st *staging) writeRollups(ctx context.Context) error {
	for _, p := range st.parts {
		for i, rows := range []*rollup{&p.products, &p.accounts, &p.days, &p.expiries, &p.regions} {
			if err := st.writeRollup(ctx, p, rollupKinds()[i], rows); err != nil {
				return err
			}
		}
		if err := st.inLazyTx(ctx, func(tx *sql.Tx) error { return st.writePart(ctx, tx, p) }); err != nil {
			return err
		}
	}
	return nil
}

// writeRollup writes the cells of one kind, those of a period as one row.
func (st *staging) writeRollup(ctx context.Context, p *stagedPart, k rollupKind, r *rollup) error {
	cells := slices.Clone(r.rows)
	for i := range cells {
		if cells[i].reason = int32(st.ids.ids[cells[i].reason]); k != ofDays && k != ofExpiries {
			cells[i].of = int32(st.ids.ids[cells[i].of])
		}
	}
	return st.inLazyTx(ctx, func(tx *sql.Tx) error {
		if err := st.fence(ctx, tx); err != nil {
			return err
		}
		return insertRollup(ctx, tx, st.file.Distributor, p.id, k, sortRollup(cells))
	})
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
	slices.SortFunc(out, honne.Period.Compare)
	return out
}
