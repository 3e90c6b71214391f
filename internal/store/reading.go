package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"honne"
)

// SaveReading keeps what intake understood of a file (tables, parts, problems;
// not its lines) and counts its errors and warnings. A second reading replaces
// the first.
func (s *Store) SaveReading(ctx context.Context, id honne.FileID, r honne.Reading) error {
	body, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("store: save reading of file %d: %w", id, err)
	}
	problems := 0
	for _, p := range r.Problems {
		if p.Severity != honne.SevNote {
			problems += 1 + p.Count
		}
	}
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		if err := changeOne(ctx, tx, `UPDATE file SET problems = $1, format = $2 WHERE id = $3`, problems, string(r.Format), int64(id)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO reading (file_id, body) VALUES ($1, $2)
			ON CONFLICT (file_id) DO UPDATE SET body = excluded.body`, int64(id), string(body))
		return err
	})
	if err != nil {
		return fmt.Errorf("store: save reading of file %d: %w", id, err)
	}
	return nil
}

// Reading returns what SaveReading kept, without lines and values;
// honne.ErrNotFound.
func (s *Store) Reading(ctx context.Context, id honne.FileID) (honne.Reading, error) {
	r, err := readingOf(ctx, s.read, id)
	if err != nil {
		return r, fmt.Errorf("store: reading of file %d: %w", id, err)
	}
	return r, nil
}

func readingOf(ctx context.Context, q querier, id honne.FileID) (r honne.Reading, err error) {
	body, err := one(ctx, q, func(s *string) []any { return []any{s} }, `SELECT body FROM reading WHERE file_id = $1`, int64(id))
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal([]byte(body), &r)
}
