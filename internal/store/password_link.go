package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"honne"
)

// LinkPassword keeps a link by which the owner of an account sets a password, until it
// ends or was used; an earlier one of the account ends. The token of the link is stored
// nowhere.
func (s *Store) LinkPassword(ctx context.Context, id honne.UserID, tokenHash string, ends time.Time) error {
	_, err := s.write.ExecContext(ctx, `INSERT INTO password_link (user_id, token_hash, ends) VALUES ($1, $2, $3)
		ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash, ends = excluded.ends`, int64(id), tokenHash, micros(ends))
	if err != nil {
		return fmt.Errorf("store: link for the password of user %d: %w", id, err)
	}
	return nil
}

const ownerOfLink = `WHERE disabled = FALSE AND id = (SELECT user_id FROM password_link WHERE token_hash = $1 AND ends > $2)`

// UserByPasswordLink returns whose link it is; honne.ErrNotFound when there is none, it
// has ended, or the account is disabled.
func (s *Store) UserByPasswordLink(ctx context.Context, tokenHash string) (User, error) {
	return s.findUser(ctx, ownerOfLink, tokenHash, micros(s.now()))
}

// SetPasswordByLink sets the hash of the password of whose link it is, ends the link
// and all sessions of the account, and returns the account. Errors are those of
// UserByPasswordLink.
func (s *Store) SetPasswordByLink(ctx context.Context, tokenHash, hash string) (User, error) {
	var u User
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		row, err := one(ctx, tx, (*userRow).fields, selectUser+ownerOfLink, tokenHash, micros(s.now()))
		if err != nil {
			return err
		}
		u = row.user()
		if err := changeOne(ctx, tx, `DELETE FROM password_link WHERE token_hash = $1`, tokenHash); err != nil {
			return err // somebody used it in this moment
		}
		return changeUser(ctx, tx, u.ID, `UPDATE users SET password_hash = $1 WHERE id = $2`, hash)
	})
	if err != nil {
		return User{}, fmt.Errorf("store: set a password by link: %w", err)
	}
	return u, nil
}
