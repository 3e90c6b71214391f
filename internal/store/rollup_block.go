package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"slices"

	"honne"
)

// Roll-ups are written once and read whole, by submission and period, so the
// cells of one kind of a period are one row: of each cell, in the order of what
// it sums, the difference from the one before, its figures and its reason. Ten
// thousand cells are read in the time of some hundred rows.

// rollupKind says what the cells of a roll-up sum: it is stored.
type rollupKind int64

const (
	ofProducts rollupKind = 1
	ofAccounts rollupKind = 2
	ofDays     rollupKind = 3
	ofExpiries rollupKind = 4 // by the last day of use
	ofRegions  rollupKind = 5
)

func rollupKinds() []rollupKind {
	return []rollupKind{ofProducts, ofAccounts, ofDays, ofExpiries, ofRegions}
}

// rollupRow is a cell of a roll-up: what a submission says of a product, an
// account, a day, a last day of use or a region in a period.
type rollupRow struct {
	submission honne.SubmissionID
	period     honne.Period
	of         int64
	honne.Reported
	reason int64
}

// insertRollup writes cells, which are sorted.
func insertRollup(ctx context.Context, tx *sql.Tx, d honne.DistributorID, id honne.SubmissionID, k rollupKind, cells []rolledUp) error {
	for len(cells) > 0 {
		p := cells[0].period
		n := slices.IndexFunc(cells, func(c rolledUp) bool { return c.period != p })
		if n < 0 {
			n = len(cells)
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO rollup (distributor_id, submission_id, kind, period_from, period_to, body)
			VALUES ($1, $2, $3, $4, $5, $6)`, int64(d), int64(id), int64(k), int64(p.From), int64(p.To), packCells(cells[:n]))
		if err != nil {
			return err
		}
		cells = cells[n:]
	}
	return nil
}

func packCells(cells []rolledUp) []byte {
	var body []byte
	last := int32(0)
	for i := range cells {
		c := &cells[i]
		body = binary.AppendUvarint(body, uint64(c.of-last))
		body = appendFigure(appendFigure(body, c.quantity), c.amount)
		body = binary.AppendUvarint(body, uint64(c.reason))
		last = c.of
	}
	return body
}

// eachRollup gives the cells of submissions to do, all in one rollupRow, some
// hundred submissions at a time.
func eachRollup(ctx context.Context, q querier, d honne.DistributorID, k rollupKind, of []honne.SubmissionID, do func(*rollupRow) error) error {
	type row struct {
		submission honne.SubmissionID
		from, to   int64
		body       sql.RawBytes
	}
	for ids := range slices.Chunk(of, 500) {
		err := each(ctx, q, func(r *row) []any { return []any{&r.submission, &r.from, &r.to, &r.body} }, func(r *row) error {
			return unpackCells(r.body, rollupRow{submission: r.submission, period: period(r.from, r.to)}, do)
		}, `SELECT submission_id, period_from, period_to, body FROM rollup
			WHERE distributor_id = $1 AND kind = $2 AND submission_id IN (`+list(ids)+`)
			ORDER BY submission_id, period_from, period_to`, int64(d), int64(k))
		if err != nil {
			return err
		}
	}
	return nil
}

func unpackCells(body []byte, r rollupRow, do func(*rollupRow) error) error {
	u := unpacker{rest: body}
	for len(u.rest) > 0 {
		r.of += int64(u.uint())
		r.Quantity, r.Amount = u.figure(), u.figure()
		r.reason = int64(u.uint())
		if u.short {
			return fmt.Errorf("roll-up of submission %d, %s: %w", r.submission, r.period, errDiffers)
		}
		if err := do(&r); err != nil {
			return err
		}
	}
	return nil
}

// readRollups reads all cells of submissions.
func readRollups(ctx context.Context, q querier, d honne.DistributorID, k rollupKind, of []honne.SubmissionID) (out []rollupRow, err error) {
	err = eachRollup(ctx, q, d, k, of, func(r *rollupRow) error {
		out = append(out, *r)
		return nil
	})
	return out, err
}
