package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"

	"honne"
)

// batchLines is the number of lines that one transaction writes.
const batchLines = 10_000

// staging is one attempt to stage a file. The lines are read and rolled up in
// one goroutine and written in another.
type staging struct {
	*Store
	file  fileRow // its attempt is this one
	parts []*stagedPart
	names *names
	ids   *nameIDs
}

// Stage writes the lines of a file, one submission a part, and returns the
// submissions. Nobody sees them before Accept. Lines and roll-ups are written in
// batches, so that no other writer waits long; when Stage fails or the process
// dies, the next attempt on the same file replaces what was written. Line.Part
// counts in parts. A period that only a line names is replaced like one that its
// part names.
//
// A file that was accepted or undone, or that a later attempt has taken over, is
// honne.ErrConflict; one without a distributor or parts is honne.ErrInvalid.
func (s *Store) Stage(ctx context.Context, file honne.FileID, parts []honne.Part, lines iter.Seq2[honne.Line, error]) ([]honne.SubmissionID, error) {
	st, err := s.beginStaging(ctx, file, parts)
	if err == nil {
		err = st.run(ctx, lines)
	}
	if err == nil {
		err = st.finish(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("store: stage file %d: %w", file, err)
	}
	ids := make([]honne.SubmissionID, len(st.parts))
	for i, p := range st.parts {
		ids[i] = p.id
	}
	return ids, nil
}

// beginStaging takes the file over from earlier attempts, removes what they
// left, and adds the submissions.
func (s *Store) beginStaging(ctx context.Context, file honne.FileID, parts []honne.Part) (*staging, error) {
	st := &staging{Store: s}
	err := s.inTx(ctx, func(tx *sql.Tx) (err error) {
		if _, err = tx.ExecContext(ctx, `UPDATE file SET attempt = attempt + 1 WHERE id = $1`, int64(file)); err != nil {
			return err
		}
		if st.file, err = fileOf(ctx, tx, file); err != nil {
			return err
		}
		if decided(st.file.State) {
			return fmt.Errorf("the file is %s: %w", st.file.State, honne.ErrConflict)
		}
		if st.file.Distributor == 0 || len(parts) == 0 {
			return fmt.Errorf("distributor %d, %d parts: %w", st.file.Distributor, len(parts), honne.ErrInvalid)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := s.removeAttempts(ctx, st.file); err != nil {
		return nil, err
	}
	if st.names, st.ids, err = openNames(ctx, s.read, st.file.Distributor, s.Dialect()); err != nil {
		return nil, err
	}
	return st, s.inTx(ctx, func(tx *sql.Tx) error { return st.addSubmissions(ctx, tx, parts) })
}

// fence fails once another attempt has taken the file over.
func (st *staging) fence(ctx context.Context, tx *sql.Tx) error {
	err := changeOne(ctx, tx, `UPDATE file SET attempt = attempt WHERE id = $1 AND attempt = $2`, int64(st.file.ID), st.file.attempt)
	if errors.Is(err, honne.ErrNotFound) {
		return fmt.Errorf("another attempt took over: %w", honne.ErrConflict)
	}
	return err
}

func (st *staging) addSubmissions(ctx context.Context, tx *sql.Tx, parts []honne.Part) error {
	if err := st.fence(ctx, tx); err != nil {
		return err
	}
	id, err := nextID(ctx, tx, "submission", len(parts))
	if err != nil {
		return err
	}
	for i, p := range parts {
		if seriesRank(p.Series) < 0 {
			return fmt.Errorf("part %d has the series %q: %w", i, p.Series, honne.ErrInvalid)
		}
		st.parts = append(st.parts, newStagedPart(honne.SubmissionID(id), p))
		if _, err := tx.ExecContext(ctx, `INSERT INTO submission (id, distributor_id, file_id, attempt, ord, series, scope,
			part, state, lines, digest, accepted, accepted_by, reverses)
			VALUES ($1, $2, $3, $4, $5, $6, $7, '{}', 'staging', 0, '', 0, 0, 0)`,
			id, int64(st.file.Distributor), int64(st.file.ID), st.file.attempt, i, string(p.Series), p.Scope); err != nil {
			return err
		}
		id++
	}
	return nil
}

// tables that hold rows of a submission.
func submissionTables() []string {
	return []string{"rollup", "submission_period", "compared", "change"}
}

// removeAttempts removes what earlier attempts to stage the file wrote, the
// submission last, so that an interrupted removal is found again.
func (s *Store) removeAttempts(ctx context.Context, f fileRow) error {
	old, err := collect(ctx, s.read, func(id *int64) []any { return []any{id} },
		`SELECT id FROM submission WHERE file_id = $1 AND attempt < $2 AND state <> 'accepted'`, int64(f.ID), f.attempt)
	if err != nil {
		return err
	}
	for _, id := range old {
		if err := s.removeLines(ctx, f.Distributor, id); err != nil {
			return err
		}
		err := s.inLazyTx(ctx, func(tx *sql.Tx) error { return removeSubmission(ctx, tx, f.Distributor, id) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) removeLines(ctx context.Context, d honne.DistributorID, id int64) error {
	return s.inBatches(ctx, func(tx *sql.Tx) (done bool, err error) {
		var last sql.NullInt64
		if err := tx.QueryRowContext(ctx, `SELECT max(first) FROM line_block WHERE distributor_id = $1 AND submission_id = $2`,
			int64(d), id).Scan(&last); err != nil || !last.Valid {
			return true, err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM line_block WHERE distributor_id = $1 AND submission_id = $2 AND first > $3`,
			int64(d), id, last.Int64-10*batchLines)
		return false, err
	})
}

func removeSubmission(ctx context.Context, tx *sql.Tx, d honne.DistributorID, id int64) error {
	for _, table := range submissionTables() {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE distributor_id = $1 AND submission_id = $2`, int64(d), id); err != nil {
			return err
		}
	}
	for _, table := range []string{"compared", "change"} {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE distributor_id = $1 AND before_id = $2`, int64(d), id); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM submission WHERE id = $1`, id)
	return err
}

// batch is what one transaction writes: lines, and the names that they are the
// first to use.
type batch struct {
	lines []lineRow
	fresh []nameKey
}

// run reads all lines and writes them.
func (st *staging) run(ctx context.Context, lines iter.Seq2[honne.Line, error]) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	full, empty := make(chan batch, 1), make(chan []lineRow, 2)
	empty <- make([]lineRow, 0, batchLines)
	empty <- make([]lineRow, 0, batchLines)
	written := make(chan error, 1)
	go func() {
		err := st.writeBatches(ctx, full, empty)
		if err != nil {
			cancel(err)
		}
		written <- err
	}()
	err := st.readLines(ctx, lines, full, empty)
	if err != nil {
		cancel(err)
	}
	close(full)
	return firstCause(ctx, err, <-written)
}

// firstCause returns the error that made the other side stop.
func firstCause(ctx context.Context, errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return context.Cause(ctx)
		}
	}
	return nil
}

func (st *staging) readLines(ctx context.Context, lines iter.Seq2[honne.Line, error], full chan<- batch, empty <-chan []lineRow) error {
	rows := <-empty
	send := func() error {
		select {
		case full <- batch{rows, st.names.takeFresh()}:
		case <-ctx.Done():
			return ctx.Err()
		}
		select {
		case rows = <-empty:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for line, err := range lines {
		if err != nil {
			return err
		}
		if int(line.Part) >= len(st.parts) || line.Part < 0 {
			return fmt.Errorf("a line of row %d is of part %d of %d: %w", line.Row, line.Part, len(st.parts), honne.ErrInvalid)
		}
		rows = append(rows, st.parts[line.Part].add(st.names, &line))
		if len(rows) == batchLines {
			if err := send(); err != nil {
				return err
			}
		}
	}
	// The last batch also carries names of an otherwise empty rest.
	return send()
}

func (st *staging) writeBatches(ctx context.Context, full <-chan batch, empty chan<- []lineRow) error {
	for b := range full {
		err := st.inLazyTx(ctx, func(tx *sql.Tx) error {
			if err := st.fence(ctx, tx); err != nil {
				return err
			}
			if err := st.ids.save(ctx, tx, b.fresh); err != nil {
				return err
			}
			return st.writeLines(ctx, tx, b.lines)
		})
		if err != nil {
			return err
		}
		empty <- b.lines[:0]
	}
	return nil
}
