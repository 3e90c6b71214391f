package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"honne"
)

// LentKey is a key that somebody opened for a while, sealed to a token that is
// stored nowhere: vault.Opener.Lend.
type LentKey struct {
	TokenHash string
	Audit     int
	Owner     honne.UserID // as in VoiceKey
	Sealed    string
	Ends      time.Time
}

// endedLent are the keys whose time is over: when somebody listened is kept nowhere.
const endedLent = `DELETE FROM voice_lent WHERE ends <= $1`

// LendKey keeps an opened key until it ends, and forgets those that have ended.
func (s *Store) LendKey(ctx context.Context, k LentKey) error {
	err := s.shred(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, endedLent, micros(s.now())); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO voice_lent (token_hash, audit, owner, sealed, ends) VALUES ($1, $2, $3, $4, $5)`,
			k.TokenHash, k.Audit, int64(k.Owner), k.Sealed, micros(k.Ends))
		return err
	})
	if err != nil {
		return fmt.Errorf("store: lend the key of audit %d: %w", k.Audit, err)
	}
	return nil
}

// LentKey returns what was lent to a token; honne.ErrNotFound when there is
// nothing, or nothing any more.
func (s *Store) LentKey(ctx context.Context, tokenHash string, audit int, owner honne.UserID) (LentKey, error) {
	var ends int64
	k, err := one(ctx, s.read, func(k *LentKey) []any { return []any{&k.TokenHash, &k.Audit, &k.Owner, &k.Sealed, &ends} },
		`SELECT token_hash, audit, owner, sealed, ends FROM voice_lent WHERE token_hash = $1 AND audit = $2 AND owner = $3 AND ends > $4`,
		tokenHash, audit, int64(owner), micros(s.now()))
	if err != nil {
		return k, fmt.Errorf("store: lent key of audit %d: %w", audit, err)
	}
	k.Ends = instant(ends)
	return k, nil
}

// ReturnKey ends what was lent to a token.
func (s *Store) ReturnKey(ctx context.Context, tokenHash string) error {
	err := s.shred(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM voice_lent WHERE token_hash = $1`, tokenHash)
		return err
	})
	if err != nil {
		return fmt.Errorf("store: lock a key: %w", err)
	}
	return nil
}
