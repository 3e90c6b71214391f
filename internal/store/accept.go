package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"honne"
)

// Accept makes everything that is staged of a file visible, in one short
// transaction, and lets Config.Follow add the jobs. Accepting twice is accepting
// once. A file that is not wholly staged, or was undone, is honne.ErrConflict.
func (s *Store) Accept(ctx context.Context, by honne.UserID, file honne.FileID) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		f, now, err := s.decide(ctx, tx, by, file, honne.FileAccepted)
		if err != nil || now == 0 {
			return err
		}
		staged, err := s.submissionsOf(ctx, tx, f, "staged")
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE submission SET state = 'accepted', accepted = $1, accepted_by = $2
			WHERE file_id = $3 AND attempt = $4`, now, int64(by), int64(file), f.attempt); err != nil {
			return err
		}
		if err := stateReason(ctx, tx, f); err != nil {
			return err
		}
		if err := errors.Join(learnForms(ctx, tx, f), s.enterListed(ctx, tx, by, f)); err != nil {
			return err
		}
		return s.follow(ctx, tx, Event{EventAccepted, f.Distributor, file, staged})
	})
	if err != nil {
		return fmt.Errorf("store: accept file %d: %w", file, err)
	}
	return nil
}

// decide moves a file to accepted or from there to undone, and returns when; 0
// when it is there already. Changing the row first keeps a second caller out.
func (s *Store) decide(ctx context.Context, tx *sql.Tx, by honne.UserID, file honne.FileID, to honne.FileState) (fileRow, int64, error) {
	now := micros(s.now())
	query := `UPDATE file SET state = 'accepted', accepted = $1, accepted_by = $2 WHERE id = $3 AND state NOT IN ('accepted', 'undone')`
	args := []any{now, int64(by), int64(file)}
	if to == honne.FileUndone {
		query, args = `UPDATE file SET state = 'undone' WHERE id = $1 AND state = 'accepted'`, []any{int64(file)}
	}
	res, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return fileRow{}, 0, err
	}
	changed, err := res.RowsAffected()
	if err != nil {
		return fileRow{}, 0, err
	}
	f, err := fileOf(ctx, tx, file)
	switch {
	case err != nil:
		return f, 0, err
	case f.State != to:
		return f, 0, fmt.Errorf("the file is %s: %w", f.State, honne.ErrConflict)
	case changed == 0:
		return f, 0, nil
	}
	return f, now, nil
}

// submissionsOf returns the submissions of the file's last attempt, which must
// all be in the state; none of a file of lists alone.
func (s *Store) submissionsOf(ctx context.Context, tx *sql.Tx, f fileRow, state string) ([]honne.SubmissionID, error) {
	type row struct {
		id    honne.SubmissionID
		state string
	}
	rows, err := collect(ctx, tx, func(r *row) []any { return []any{&r.id, &r.state} },
		`SELECT id, state FROM submission WHERE file_id = $1 AND attempt = $2 AND reverses = 0 ORDER BY ord`, int64(f.ID), f.attempt)
	if err != nil {
		return nil, err
	}
	out := make([]honne.SubmissionID, len(rows))
	for i, r := range rows {
		if out[i] = r.id; r.state != state {
			return nil, fmt.Errorf("its lines are not all there: stage it again: %w", honne.ErrConflict)
		}
	}
	if len(out) > 0 {
		return out, nil
	}
	listed, err := lists(ctx, tx, f)
	if err == nil && !listed {
		err = fmt.Errorf("nothing is staged: %w", honne.ErrConflict)
	}
	return nil, err
}

func (s *Store) follow(ctx context.Context, tx *sql.Tx, e Event) error {
	if s.cfg.Follow == nil {
		return nil
	}
	return s.cfg.Follow(ctx, tx, e)
}

// Undo takes an accepted file back: for each of its submissions it adds one that
// reverses it and has no lines. From then on a reading sees the ledger as if the
// file had never come, so that whatever was in force before stands again, on
// every day; a reading as recorded before the undo stays as it was. The partner
// did not restate anything, so an undo is no change of theirs. Undoing twice is
// undoing once; a file that was never accepted is honne.ErrConflict.
func (s *Store) Undo(ctx context.Context, by honne.UserID, file honne.FileID) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		f, now, err := s.decide(ctx, tx, by, file, honne.FileUndone)
		if err != nil || now == 0 {
			return err
		}
		accepted, err := s.submissionsOf(ctx, tx, f, "accepted")
		if err != nil {
			return err
		}
		id, err := nextID(ctx, tx, "submission", len(accepted))
		if err != nil {
			return err
		}
		for _, reversed := range accepted {
			if _, err := tx.ExecContext(ctx, `INSERT INTO submission (id, distributor_id, file_id, attempt, ord, series, scope,
				part, state, lines, digest, accepted, accepted_by, reverses)
				SELECT $1, distributor_id, file_id, attempt, ord, series, scope, part, state, 0, '', $2, $3, id
				FROM submission WHERE id = $4`, id, now, int64(by), int64(reversed)); err != nil {
				return err
			}
			id++
		}
		if err := errors.Join(unlearnForms(ctx, tx, f), s.reverseListed(ctx, tx, by, f)); err != nil {
			return err
		}
		return s.follow(ctx, tx, Event{EventUndone, f.Distributor, file, accepted})
	})
	if err != nil {
		return fmt.Errorf("store: undo file %d: %w", file, err)
	}
	return nil
}
