package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"strconv"

	"honne"
)

// unpackedLine is a row of the table line, in which each line was one before they
// were packed.
type unpackedLine struct {
	storedLine
	quantity, amount sql.NullInt64
}

// unpackedColumns are the columns of line in the order of storedLine.numbers.
const unpackedColumns = `n, table_n, row_n, quantity_col, amount_col, period_from, period_to, day, invoiced_id, ship_to_id,
	end_user_id, bill_to_id, product_id, region_id, rep_id, lot_id, reason_id, agreed, provisional`

const unpackedNumbers = 19

func (l *unpackedLine) fields() []any {
	var out []any
	for i := range unpackedNumbers {
		out = append(out, &l.numbers[i])
	}
	return append(out, &l.quantity, &l.amount)
}

// packLines is what SQL cannot do of the migration line_block: every line of
// every submission, in force or not, goes into a block.
func packLines(ctx context.Context, tx *sql.Tx) error {
	type key struct {
		distributor honne.DistributorID
		submission  honne.SubmissionID
	}
	all, err := collect(ctx, tx, func(k *key) []any { return []any{&k.distributor, &k.submission} },
		`SELECT DISTINCT distributor_id, submission_id FROM line ORDER BY distributor_id, submission_id`)
	if err != nil {
		return err
	}
	for _, k := range all {
		if err := packSubmission(ctx, tx, k.distributor, k.submission); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `DROP TABLE line`)
	return err
}

// packSubmission reads as many lines at a time as go into a block. The sum of
// blocks takes the place of that of lines only where the latter was right: what
// was altered before is still found by Verify.
func packSubmission(ctx context.Context, tx *sql.Tx, d honne.DistributorID, id honne.SubmissionID) error {
	packed, sum := newPacker(), lineSum{hash: sha256.New()}
	for last, more := int64(0), true; more; {
		more = false
		err := each(ctx, tx, (*unpackedLine).fields, func(l *unpackedLine) error {
			l.storedLine.quantity, l.storedLine.amount = figure(l.quantity), figure(l.amount)
			sum.add(&l.storedLine)
			packed.add(&l.storedLine)
			last, more = l.numbers[colN], true
			return nil
		}, `SELECT `+unpackedColumns+`, quantity, amount FROM line
			WHERE distributor_id = $1 AND submission_id = $2 AND n > $3 ORDER BY n LIMIT $4`, int64(d), int64(id), last, batchLines)
		if err == nil {
			err = packed.flush(ctx, tx, d, id)
		}
		if err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `UPDATE submission SET digest = $1 WHERE id = $2 AND digest = $3`, packed.digest(), int64(id), sum.digest())
	return err
}

// lineSum is how lines were summed while each was a row.
type lineSum struct {
	hash hash.Hash
	buf  []byte
}

func (s *lineSum) add(l *storedLine) {
	s.buf = s.buf[:0]
	for _, v := range l.numbers[:unpackedNumbers] {
		s.buf = binary.LittleEndian.AppendUint64(s.buf, uint64(v))
	}
	for _, f := range []honne.Figure{l.quantity, l.amount} {
		s.buf = binary.LittleEndian.AppendUint64(s.buf, uint64(f.N))
		s.buf = strconv.AppendBool(s.buf, f.Known)
	}
	s.hash.Write(s.buf)
}

func (s *lineSum) digest() string { return hex.EncodeToString(s.hash.Sum(nil)) }
