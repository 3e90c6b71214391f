package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"honne"
)

// User is an account of a person. The roles are those of package auth; a
// password is known only as its hash, "" before the first.
type User struct {
	ID           honne.UserID
	Name         string
	Email        string // lower case, unique
	Role         string
	Admin        bool
	PasswordHash string
	Language     string
	Disabled     bool
	Created      time.Time
}

type userRow struct {
	User
	created int64
}

func (r *userRow) fields() []any {
	return []any{&r.ID, &r.Name, &r.Email, &r.Role, &r.Admin, &r.PasswordHash, &r.Language, &r.Disabled, &r.created}
}

func (r userRow) user() User {
	u := r.User
	u.Created = instant(r.created)
	return u
}

const selectUser = `SELECT id, name, email, role, admin, password_hash, language, disabled, created FROM users `

// AddUser adds an account and returns its number; honne.ErrConflict when the
// address has one. ID is not read; a zero Created is now.
func (s *Store) AddUser(ctx context.Context, u User) (id honne.UserID, err error) {
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		id, err = s.addUser(ctx, tx, u)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("store: add user %s: %w", u.Email, err)
	}
	return id, nil
}

// AddFirstUser adds an account to a ledger that has none, with settings of the whole
// database; honne.ErrConflict when it has one, whoever made it meanwhile.
func (s *Store) AddFirstUser(ctx context.Context, u User, settings map[string]string) (id honne.UserID, err error) {
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		if id, err = s.addUser(ctx, tx, u); err != nil { // from here on nobody else adds one
			return err
		}
		n := 0
		if err := tx.QueryRowContext(ctx, countUsers).Scan(&n); err != nil || n > 1 {
			return cmp.Or(err, honne.ErrConflict)
		}
		for key, value := range settings {
			if err := setSetting(ctx, tx, key, value); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("store: add the first user: %w", err)
	}
	return id, nil
}

// addUser holds the counter of accounts until the transaction ends.
func (s *Store) addUser(ctx context.Context, tx *sql.Tx, u User) (honne.UserID, error) {
	if u.Created.IsZero() {
		u.Created = s.now()
	}
	id, err := nextID(ctx, tx, "users", 1)
	if err != nil {
		return 0, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO users (id, name, email, role, admin, password_hash, language, disabled, created)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		id, u.Name, strings.ToLower(u.Email), u.Role, u.Admin, u.PasswordHash, u.Language, u.Disabled, micros(u.Created))
	return honne.UserID(id), conflict(err, honne.ErrConflict)
}

// UserByEmail finds an account by its address, in any case; honne.ErrNotFound.
func (s *Store) UserByEmail(ctx context.Context, email string) (User, error) {
	return s.findUser(ctx, `WHERE email = $1`, strings.ToLower(email))
}

// User finds an account by its number; honne.ErrNotFound.
func (s *Store) User(ctx context.Context, id honne.UserID) (User, error) {
	return s.findUser(ctx, `WHERE id = $1`, int64(id))
}

func (s *Store) findUser(ctx context.Context, where string, args ...any) (User, error) {
	row, err := one(ctx, s.read, (*userRow).fields, selectUser+where, args...)
	if err != nil {
		return User{}, fmt.Errorf("store: find user: %w", err)
	}
	return row.user(), nil
}

// Users lists the accounts in the order in which they were made.
func (s *Store) Users(ctx context.Context) ([]User, error) {
	rows, err := collect(ctx, s.read, (*userRow).fields, selectUser+`ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("store: list users: %w", err)
	}
	out := make([]User, len(rows))
	for i, r := range rows {
		out[i] = r.user()
	}
	return out, nil
}

// SetUserPassword replaces the hash of a password and ends all sessions of the
// account; honne.ErrNotFound.
func (s *Store) SetUserPassword(ctx context.Context, id honne.UserID, hash string) error {
	return s.setUser(ctx, id, `UPDATE users SET password_hash = $1 WHERE id = $2`, hash)
}

// DisableUser disables an account, or enables it again, and ends its sessions;
// honne.ErrNotFound, and honne.ErrConflict where no administrator would be left.
func (s *Store) DisableUser(ctx context.Context, id honne.UserID, disabled bool) error {
	return s.setUser(ctx, id, `UPDATE users SET disabled = $1 WHERE id = $2`, disabled)
}

// SetUserRole changes what an account may do, and ends its sessions. Errors are those of
// DisableUser.
func (s *Store) SetUserRole(ctx context.Context, id honne.UserID, role string, admin bool) error {
	return s.setUser(ctx, id, `UPDATE users SET role = $1, admin = $2 WHERE id = $3`, role, admin)
}

// setUser changes an account; the last placeholder of the statement is its number.
func (s *Store) setUser(ctx context.Context, id honne.UserID, statement string, values ...any) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		before, err := administrators(ctx, tx)
		if err != nil {
			return err
		}
		if err := changeUser(ctx, tx, id, statement, values...); err != nil {
			return err
		}
		if after, err := administrators(ctx, tx); err != nil || before > 0 && after == 0 {
			return cmp.Or(err, fmt.Errorf("the last administrator: %w", honne.ErrConflict))
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("store: change user %d: %w", id, err)
	}
	return nil
}

func changeUser(ctx context.Context, tx *sql.Tx, id honne.UserID, statement string, values ...any) error {
	if err := changeOne(ctx, tx, statement, append(values, int64(id))...); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM session WHERE user_id = $1`, int64(id))
	return err
}

// administrators counts those who can manage accounts.
func administrators(ctx context.Context, tx *sql.Tx) (n int, err error) {
	err = tx.QueryRowContext(ctx, `SELECT count(*) FROM users WHERE admin = TRUE AND disabled = FALSE AND password_hash <> ''`).Scan(&n)
	return n, err
}

const countUsers = `SELECT count(*) FROM users`

// CountUsers counts the accounts, disabled ones too.
func (s *Store) CountUsers(ctx context.Context) (n int, err error) {
	if err = s.read.QueryRowContext(ctx, countUsers).Scan(&n); err != nil {
		err = fmt.Errorf("store: count users: %w", err)
	}
	return n, err
}
