package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"honne"
)

// Decided is one state of what people decided of a file: the N-th, from 1; 0 is
// nothing yet.
type Decided struct {
	N    int
	By   honne.UserID
	At   time.Time
	Said honne.Decisions
}

type decidedRow struct {
	Decided
	body string
	at   int64
}

func (r *decidedRow) fields() []any { return []any{&r.N, &r.By, &r.at, &r.body} }

func (r *decidedRow) decided() (Decided, error) {
	r.At = instant(r.at)
	return r.Decided, json.Unmarshal([]byte(r.body), &r.Said)
}

// Decisions returns what stands decided of a file; the zero value for nothing.
func (s *Store) Decisions(ctx context.Context, file honne.FileID) (Decided, error) {
	d, err := decisionsOf(ctx, s.read, file)
	if err != nil {
		return d, fmt.Errorf("store: decisions of file %d: %w", file, err)
	}
	return d, nil
}

func decisionsOf(ctx context.Context, q querier, file honne.FileID) (Decided, error) {
	rows, err := collect(ctx, q, (*decidedRow).fields,
		`SELECT n, decided_by, decided, body FROM decision WHERE file_id = $1 ORDER BY n DESC LIMIT 1`, int64(file))
	if err != nil || len(rows) == 0 {
		return Decided{}, err
	}
	return rows[0].decided()
}

// Decide keeps what somebody decided of a file, who saw the state n: when
// somebody else decided since, or the file is accepted or undone, nothing is
// kept and it is honne.ErrConflict.
func (s *Store) Decide(ctx context.Context, by honne.UserID, file honne.FileID, n int, said honne.Decisions) error {
	body, err := json.Marshal(said)
	if err == nil {
		err = s.inTx(ctx, func(tx *sql.Tx) error {
			// Writing to the file's row first keeps a second decision out.
			if err := changeOne(ctx, tx, `UPDATE file SET attempt = attempt WHERE id = $1`, int64(file)); err != nil {
				return err
			}
			f, err := fileOf(ctx, tx, file)
			if err != nil {
				return err
			}
			now, err := decisionsOf(ctx, tx, file)
			if err != nil {
				return err
			}
			if decided(f.State) || now.N != n {
				return honne.ErrConflict
			}
			_, err = tx.ExecContext(ctx, `INSERT INTO decision (file_id, n, body, decided, decided_by) VALUES ($1, $2, $3, $4, $5)`,
				int64(file), n+1, string(body), micros(s.now()), int64(by))
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("store: decide on file %d: %w", file, err)
	}
	return nil
}

// stateReason writes into the accepted parts of a file why it changes earlier
// figures, where a person said so.
func stateReason(ctx context.Context, tx *sql.Tx, f fileRow) error {
	d, err := decisionsOf(ctx, tx, f.ID)
	if err != nil || d.Said.Reason == "" {
		return err
	}
	type row struct {
		id   int64
		part string
	}
	rows, err := collect(ctx, tx, func(r *row) []any { return []any{&r.id, &r.part} },
		`SELECT id, part FROM submission WHERE file_id = $1 AND attempt = $2`, int64(f.ID), f.attempt)
	if err != nil {
		return err
	}
	for _, r := range rows {
		var p honne.Part
		if err := json.Unmarshal([]byte(r.part), &p); err != nil {
			return err
		}
		p.Reason = d.Said.Reason
		text, err := json.Marshal(p)
		if err != nil {
			return err
		}
		if err := changeOne(ctx, tx, `UPDATE submission SET part = $1 WHERE id = $2`, string(text), r.id); err != nil {
			return err
		}
	}
	return nil
}
