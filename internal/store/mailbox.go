package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"honne"
)

type mailboxRow struct {
	honne.Watched
	settings, trouble string
	looked, failed    int64
}

const mailboxColumns = `id, settings, sealed, paused, version, validity, rule, uid, kept, dropped, left_out, looked, trouble, failed`

func (r *mailboxRow) fields() []any {
	m := &r.Mark
	return []any{&r.ID, &r.settings, &r.Sealed, &r.Paused, &r.Version, &m.Validity, &m.Rule, &m.UID, &m.Kept, &m.Dropped, &m.Left,
		&r.looked, &r.trouble, &r.failed}
}

func (r mailboxRow) mailbox() (honne.Watched, error) {
	w := r.Watched
	w.Looked, w.Failed = instant(r.looked), instant(r.failed)
	err := json.Unmarshal([]byte(r.settings), &w.Mailbox)
	if err == nil && r.trouble != "" {
		err = json.Unmarshal([]byte(r.trouble), &w.Trouble)
	}
	if err != nil {
		err = fmt.Errorf("store: mailbox %d: %w", r.ID, err)
	}
	return w, err
}

// AddMailbox adds a mailbox to be watched, with its secrets as they were sealed.
func (s *Store) AddMailbox(ctx context.Context, m honne.Mailbox, sealed string) (id honne.MailboxID, err error) {
	settings, err := json.Marshal(m)
	if err != nil {
		return 0, fmt.Errorf("store: add mailbox: %w", err)
	}
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		n, err := nextID(ctx, tx, "mailbox", 1)
		if err != nil {
			return err
		}
		id = honne.MailboxID(n)
		_, err = tx.ExecContext(ctx, `INSERT INTO mailbox (`+mailboxColumns+`)
			VALUES ($1, $2, $3, FALSE, 1, 0, '', 0, 0, 0, 0, 0, '', 0)`, n, string(settings), sealed)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("store: add mailbox: %w", err)
	}
	return id, nil
}

// Mailboxes lists the mailboxes by number.
func (s *Store) Mailboxes(ctx context.Context) ([]honne.Watched, error) {
	rows, err := collect(ctx, s.read, (*mailboxRow).fields, `SELECT `+mailboxColumns+` FROM mailbox ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("store: list mailboxes: %w", err)
	}
	out := make([]honne.Watched, len(rows))
	for i, r := range rows {
		if out[i], err = r.mailbox(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Mailbox finds a mailbox by its number; honne.ErrNotFound.
func (s *Store) Mailbox(ctx context.Context, id honne.MailboxID) (honne.Watched, error) {
	r, err := one(ctx, s.read, (*mailboxRow).fields, `SELECT `+mailboxColumns+` FROM mailbox WHERE id = $1`, int64(id))
	if err != nil {
		return honne.Watched{}, fmt.Errorf("store: find mailbox %d: %w", id, err)
	}
	return r.mailbox()
}

// SetMailbox changes how a mailbox is opened, and forgets what was wrong with it.
// Another folder, account or server, or taking everything, is looked at from its
// beginning.
func (s *Store) SetMailbox(ctx context.Context, id honne.MailboxID, m honne.Mailbox, sealed string) error {
	settings, err := json.Marshal(m)
	if err == nil {
		err = s.inTx(ctx, func(tx *sql.Tx) error {
			r, err := one(ctx, tx, (*mailboxRow).fields, `SELECT `+mailboxColumns+` FROM mailbox WHERE id = $1`, int64(id))
			if err != nil {
				return err
			}
			was, err := r.mailbox()
			if err != nil {
				return err
			}
			mark := was.Mark
			if was.Host != m.Host || was.User != m.User || was.Folder != m.Folder || was.Drop != m.Drop {
				mark = honne.WatchMark{}
			}
			if err := setMark(ctx, tx, id, mark); err != nil {
				return err
			}
			return changeOne(ctx, tx, `UPDATE mailbox SET settings = $1, sealed = $2, trouble = '', failed = 0, version = version + 1 WHERE id = $3`,
				string(settings), sealed, int64(id))
		})
	}
	if err != nil {
		return fmt.Errorf("store: set mailbox %d: %w", id, err)
	}
	return nil
}

func setMark(ctx context.Context, tx *sql.Tx, id honne.MailboxID, m honne.WatchMark) error {
	return changeOne(ctx, tx, `UPDATE mailbox SET validity = $1, rule = $2, uid = $3, kept = $4, dropped = $5, left_out = $6 WHERE id = $7`,
		int64(m.Validity), m.Rule, int64(m.UID), m.Kept, m.Dropped, m.Left, int64(id))
}

// PauseMailbox stops or goes on watching a mailbox.
func (s *Store) PauseMailbox(ctx context.Context, id honne.MailboxID, paused bool) error {
	return s.changeMailbox(ctx, id, `UPDATE mailbox SET paused = $1, version = version + 1, trouble = '', failed = 0 WHERE id = $2`, paused, int64(id))
}

// RemoveMailbox forgets a mailbox and its secrets. What came from it stays.
func (s *Store) RemoveMailbox(ctx context.Context, id honne.MailboxID) error {
	return s.changeMailbox(ctx, id, `DELETE FROM mailbox WHERE id = $1`, int64(id))
}

// ResealMailbox keeps new secrets of a mailbox, unless a person changed it since
// the version: honne.ErrNotFound.
func (s *Store) ResealMailbox(ctx context.Context, id honne.MailboxID, version int, sealed string) error {
	return s.changeMailbox(ctx, id, `UPDATE mailbox SET sealed = $1 WHERE id = $2 AND version = $3`, sealed, int64(id), version)
}

// FailMailbox keeps why a mailbox cannot be watched.
func (s *Store) FailMailbox(ctx context.Context, id honne.MailboxID, why honne.Message) error {
	text, err := json.Marshal(why)
	if err != nil {
		return fmt.Errorf("store: mailbox %d: %w", id, err)
	}
	return s.changeMailbox(ctx, id, `UPDATE mailbox SET trouble = $1, failed = $2 WHERE id = $3`, string(text), micros(s.now()), int64(id))
}

// LookedAtMailbox keeps that all there is in a mailbox was looked at, now.
func (s *Store) LookedAtMailbox(ctx context.Context, id honne.MailboxID) error {
	return s.changeMailbox(ctx, id, `UPDATE mailbox SET looked = $1, trouble = '', failed = 0 WHERE id = $2`, micros(s.now()), int64(id))
}

func (s *Store) changeMailbox(ctx context.Context, id honne.MailboxID, query string, args ...any) error {
	if err := changeOne(ctx, s.write, query, args...); err != nil {
		return fmt.Errorf("store: change mailbox %d: %w", id, err)
	}
	return nil
}

// MarkMailbox keeps how far into a folder the watching has come. Where it is not
// at from any more, because another process or a person was faster, nothing is
// changed: honne.ErrConflict.
func (s *Store) MarkMailbox(ctx context.Context, id honne.MailboxID, from, to honne.WatchMark) error {
	err := changeOne(ctx, s.write, `UPDATE mailbox SET validity = $1, rule = $2, uid = $3, kept = $4, dropped = $5, left_out = $6
		WHERE id = $7 AND validity = $8 AND rule = $9 AND uid = $10`, int64(to.Validity), to.Rule, int64(to.UID), to.Kept, to.Dropped, to.Left,
		int64(id), int64(from.Validity), from.Rule, int64(from.UID))
	if errors.Is(err, honne.ErrNotFound) {
		err = honne.ErrConflict
	}
	if err != nil {
		return fmt.Errorf("store: mark mailbox %d: %w", id, err)
	}
	return nil
}

type strayRow struct {
	honne.Stray
	received int64
}

func (r *strayRow) fields() []any {
	return []any{&r.SHA256, &r.Name, &r.Size, &r.Sender, &r.received, &r.Receipt.Basis}
}

// AddStray keeps a message whose partner nobody knows, unless it is kept, was
// settled or is somebody's file already.
func (s *Store) AddStray(ctx context.Context, m honne.Stray) error {
	var files int
	err := s.read.QueryRowContext(ctx, `SELECT count(*) FROM file WHERE sha256 = $1`, m.SHA256).Scan(&files)
	if err != nil {
		return fmt.Errorf("store: add stray: %w", err)
	}
	if files > 0 {
		return nil
	}
	if _, err := s.write.ExecContext(ctx, `INSERT INTO stray (sha256, name, size, sender, received, basis, settled)
		VALUES ($1, $2, $3, $4, $5, $6, FALSE) ON CONFLICT (sha256) DO NOTHING`,
		m.SHA256, m.Name, m.Size, m.Sender, micros(m.Receipt.At), string(m.Receipt.Basis)); err != nil {
		return fmt.Errorf("store: add stray: %w", err)
	}
	return nil
}

// Strays lists the messages that wait for a partner, the newest first, at most
// limit.
func (s *Store) Strays(ctx context.Context, limit int) (out []honne.Stray, err error) {
	rows, err := collect(ctx, s.read, (*strayRow).fields, `SELECT sha256, name, size, sender, received, basis FROM stray
		WHERE settled = FALSE ORDER BY received DESC, sha256 LIMIT $1`, limit)
	if err != nil {
		return nil, fmt.Errorf("store: list strays: %w", err)
	}
	for _, r := range rows {
		r.Receipt.At = instant(r.received)
		out = append(out, r.Stray)
	}
	return out, nil
}

// Stray finds a message that waits for a partner; honne.ErrNotFound.
func (s *Store) Stray(ctx context.Context, sum string) (honne.Stray, error) {
	r, err := one(ctx, s.read, (*strayRow).fields, `SELECT sha256, name, size, sender, received, basis FROM stray
		WHERE settled = FALSE AND sha256 = $1`, sum)
	if err != nil {
		return honne.Stray{}, fmt.Errorf("store: find stray: %w", err)
	}
	r.Receipt.At = instant(r.received)
	return r.Stray, nil
}

// SettleStray ends the waiting of a message; one that does not wait is settled.
func (s *Store) SettleStray(ctx context.Context, sum string) error {
	if _, err := s.write.ExecContext(ctx, `UPDATE stray SET settled = TRUE WHERE sha256 = $1`, sum); err != nil {
		return fmt.Errorf("store: settle stray: %w", err)
	}
	return nil
}

// KnowsMail reports whether the message of that key is kept for a distributor.
func (s *Store) KnowsMail(ctx context.Context, d honne.DistributorID, key string) (bool, error) {
	known, err := knownMessage(ctx, s.read, d, key)
	if err != nil {
		return false, fmt.Errorf("store: message of distributor %d: %w", d, err)
	}
	return known, nil
}
