package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"honne"
)

// AddSession keeps a session under the hash of its token, and forgets those
// that have ended.
func (s *Store) AddSession(ctx context.Context, tokenHash string, user honne.UserID, expires time.Time) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE expires <= $1`, micros(s.now())); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO session (token_hash, user_id, expires) VALUES ($1, $2, $3)`,
			tokenHash, int64(user), micros(expires))
		return conflict(err, honne.ErrConflict)
	})
	if err != nil {
		return fmt.Errorf("store: add session of user %d: %w", user, err)
	}
	return nil
}

// Session returns whose session the token is; honne.ErrNotFound when there is
// none, it has ended, or the account is disabled.
func (s *Store) Session(ctx context.Context, tokenHash string) (User, error) {
	return s.findUser(ctx, `WHERE disabled = FALSE AND id = (SELECT user_id FROM session WHERE token_hash = $1 AND expires > $2)`,
		tokenHash, micros(s.now()))
}

// EndSession ends a session; one that is not there has ended already.
func (s *Store) EndSession(ctx context.Context, tokenHash string) error {
	if _, err := s.write.ExecContext(ctx, `DELETE FROM session WHERE token_hash = $1`, tokenHash); err != nil {
		return fmt.Errorf("store: end session: %w", err)
	}
	return nil
}

// Setting returns a setting of the whole database, and whether it was ever set.
func (s *Store) Setting(ctx context.Context, key string) (value string, found bool, err error) {
	value, err = one(ctx, s.read, func(v *string) []any { return []any{v} }, `SELECT value FROM setting WHERE key = $1`, key)
	if errors.Is(err, honne.ErrNotFound) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("store: setting %s: %w", key, err)
	}
	return value, true, nil
}

// SetSetting sets a setting of the whole database.
func (s *Store) SetSetting(ctx context.Context, key, value string) error {
	if err := setSetting(ctx, s.write, key, value); err != nil {
		return fmt.Errorf("store: set %s: %w", key, err)
	}
	return nil
}

func setSetting(ctx context.Context, q querier, key, value string) error {
	_, err := q.ExecContext(ctx, `INSERT INTO setting (key, value) VALUES ($1, $2)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
	return err
}
