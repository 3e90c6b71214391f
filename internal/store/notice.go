package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"honne"
)

// Notices returns what a person asked to be told of.
func (s *Store) Notices(ctx context.Context, id honne.UserID) (honne.Notices, error) {
	var n honne.Notices
	type row struct {
		weekly bool
		sent   int64
		hash   string
	}
	r, err := one(ctx, s.read, func(r *row) []any { return []any{&r.weekly, &r.sent, &r.hash} },
		`SELECT weekly, sent, feed_hash FROM notice WHERE user_id = $1`, int64(id))
	if errors.Is(err, honne.ErrNotFound) {
		return n, nil
	}
	if err != nil {
		return n, fmt.Errorf("store: notices of user %d: %w", id, err)
	}
	return honne.Notices{Weekly: r.weekly, Sent: instant(r.sent), Feed: r.hash != ""}, nil
}

// SetWeekly says whether a person wants the weekly letter.
func (s *Store) SetWeekly(ctx context.Context, id honne.UserID, on bool) error {
	if _, err := s.write.ExecContext(ctx, `INSERT INTO notice (user_id, weekly, sent, feed_hash) VALUES ($1, $2, 0, '')
		ON CONFLICT (user_id) DO UPDATE SET weekly = excluded.weekly`, int64(id), on); err != nil {
		return fmt.Errorf("store: weekly letter of user %d: %w", id, err)
	}
	return nil
}

// SetFeed keeps the hash of the secret of a person's calendar; "" revokes it. The
// address before it opens nothing any more.
func (s *Store) SetFeed(ctx context.Context, id honne.UserID, hash string) error {
	if _, err := s.write.ExecContext(ctx, `INSERT INTO notice (user_id, weekly, sent, feed_hash) VALUES ($1, FALSE, 0, $2)
		ON CONFLICT (user_id) DO UPDATE SET feed_hash = excluded.feed_hash`, int64(id), hash); err != nil {
		return fmt.Errorf("store: calendar of user %d: %w", id, err)
	}
	return nil
}

// UserByFeed finds whose calendar a secret opens, by its hash; honne.ErrNotFound.
func (s *Store) UserByFeed(ctx context.Context, hash string) (User, error) {
	if hash == "" {
		return User{}, honne.ErrNotFound
	}
	return s.findUser(ctx, `WHERE id = (SELECT user_id FROM notice WHERE feed_hash = $1)`, hash)
}

// WeeklyReaders lists the accounts that want the weekly letter and did not get it
// since an instant, without those that are disabled.
func (s *Store) WeeklyReaders(ctx context.Context, since time.Time) ([]User, error) {
	rows, err := collect(ctx, s.read, (*userRow).fields, selectUser+`WHERE NOT disabled AND id IN
		(SELECT user_id FROM notice WHERE weekly AND sent < $1) ORDER BY id`, micros(since))
	if err != nil {
		return nil, fmt.Errorf("store: readers of the weekly letter: %w", err)
	}
	var out []User
	for _, r := range rows {
		out = append(out, r.user())
	}
	return out, nil
}

// BeginWeek takes a person's letter of the week that began at since; ok is false
// when somebody else took it, or the person does not want it any more.
func (s *Store) BeginWeek(ctx context.Context, id honne.UserID, since, now time.Time) (ok bool, err error) {
	r, err := s.write.ExecContext(ctx, `UPDATE notice SET sent = $1 WHERE user_id = $2 AND weekly AND sent < $3`, micros(now), int64(id), micros(since))
	if err != nil {
		return false, fmt.Errorf("store: begin the letter of user %d: %w", id, err)
	}
	n, err := r.RowsAffected()
	return n == 1, err
}

// ReturnWeek gives a letter back that could not be sent, so that it is tried
// again.
func (s *Store) ReturnWeek(ctx context.Context, id honne.UserID, begun, before time.Time) error {
	if _, err := s.write.ExecContext(ctx, `UPDATE notice SET sent = $1 WHERE user_id = $2 AND sent = $3`, micros(before), int64(id), micros(begun)); err != nil {
		return fmt.Errorf("store: return the letter of user %d: %w", id, err)
	}
	return nil
}
