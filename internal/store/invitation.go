package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"honne"
)

// Invitation is a link by which a partner answers for themselves, on record. The
// token of the link is stored nowhere.
type Invitation struct {
	TokenHash   string
	Distributor honne.DistributorID
	Audit       int
	Ends        time.Time
	N           int                // counts what was saved
	Draft       []honne.SelfAnswer // written, and not yet sent
	Sent        time.Time          // zero: not yet
	MadeBy      honne.UserID
}

type invitationRow struct {
	Invitation
	ends, sent int64
	draft      string
}

func (r *invitationRow) fields() []any {
	return []any{&r.TokenHash, &r.Distributor, &r.Audit, &r.ends, &r.N, &r.draft, &r.sent, &r.MadeBy}
}

const invitationColumns = `token_hash, distributor_id, audit, ends, n, draft, sent, made_by`

func (r *invitationRow) read() (Invitation, error) {
	r.Ends = instant(r.ends)
	if r.sent > 0 {
		r.Sent = instant(r.sent)
	}
	return r.Invitation, json.Unmarshal([]byte(r.draft), &r.Draft)
}

// Invite keeps a link.
func (s *Store) Invite(ctx context.Context, i Invitation) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO invitation (`+invitationColumns+`) VALUES ($1, $2, $3, $4, 0, $5, 0, $6)`,
			i.TokenHash, int64(i.Distributor), i.Audit, micros(i.Ends), "[]", int64(i.MadeBy))
		return err
	})
	if err != nil {
		return fmt.Errorf("store: invite to audit %d: %w", i.Audit, err)
	}
	return nil
}

// Invitation returns the invitation of a link; honne.ErrNotFound when there is
// none, or it has ended.
func (s *Store) Invitation(ctx context.Context, tokenHash string) (Invitation, error) {
	r, err := one(ctx, s.read, (*invitationRow).fields, `SELECT `+invitationColumns+` FROM invitation WHERE token_hash = $1 AND ends > $2`,
		tokenHash, micros(s.now()))
	if err != nil {
		return Invitation{}, fmt.Errorf("store: find invitation: %w", err)
	}
	return r.read()
}

// Invitations lists the links of an audit, the one that ends last first.
func (s *Store) Invitations(ctx context.Context, audit int) (out []Invitation, err error) {
	rows, err := collect(ctx, s.read, (*invitationRow).fields, `SELECT `+invitationColumns+` FROM invitation WHERE audit = $1 ORDER BY ends DESC, token_hash`, audit)
	for i := 0; err == nil && i < len(rows); i++ {
		var in Invitation
		in, err = rows[i].read()
		out = append(out, in)
	}
	if err != nil {
		return nil, fmt.Errorf("store: invitations to audit %d: %w", audit, err)
	}
	return out, nil
}

// SaveDraft keeps what a partner has written so far. honne.ErrConflict when
// somebody saved since i was read, when it was sent, or when the link has ended.
func (s *Store) SaveDraft(ctx context.Context, i Invitation) error {
	draft, err := json.Marshal(i.Draft)
	if err == nil {
		err = s.inTx(ctx, func(tx *sql.Tx) error { return s.saveDraft(ctx, tx, i, string(draft), 0) })
	}
	if err != nil {
		return fmt.Errorf("store: keep a draft for audit %d: %w", i.Audit, err)
	}
	return nil
}

func (s *Store) saveDraft(ctx context.Context, tx *sql.Tx, i Invitation, draft string, sent int64) error {
	res, err := tx.ExecContext(ctx, `UPDATE invitation SET draft = $1, n = n + 1, sent = $2 WHERE token_hash = $3 AND n = $4 AND sent = 0 AND ends > $5`,
		draft, sent, i.TokenHash, i.N, micros(s.now()))
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return honne.ErrConflict
	}
	return nil
}

// SendAnswers makes entries of what a partner has written, once; each takes the
// place of an earlier answer of the same dimension. Errors are those of SaveDraft.
func (s *Store) SendAnswers(ctx context.Context, i Invitation) error {
	before, err := Entries[honne.SelfAnswer](ctx, s, i.Distributor)
	var draft []byte
	if err == nil {
		draft, err = json.Marshal(i.Draft)
	}
	if err == nil {
		err = s.inTx(ctx, func(tx *sql.Tx) error {
			if err := s.saveDraft(ctx, tx, i, string(draft), micros(s.now())); err != nil {
				return err
			}
			for _, a := range i.Draft {
				if _, err := enter(ctx, s, tx, answerEntry(i, a, before)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil {
		return fmt.Errorf("store: keep the answers for audit %d: %w", i.Audit, err)
	}
	return nil
}

func answerEntry(i Invitation, a honne.SelfAnswer, before []honne.Entry[honne.SelfAnswer]) honne.Entry[honne.SelfAnswer] {
	e := honne.Entry[honne.SelfAnswer]{Distributor: i.Distributor, By: i.MadeBy}
	for _, b := range before {
		if b.Body.Audit == i.Audit && b.Body.Dimension == a.Dimension {
			e = b
		}
	}
	a.Audit = i.Audit
	e.Body, e.By = a, i.MadeBy
	return e
}

// Uninvite ends a link; what was sent by it stays.
func (s *Store) Uninvite(ctx context.Context, audit int, tokenHash string) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		return changeOne(ctx, tx, `UPDATE invitation SET ends = $1 WHERE token_hash = $2 AND audit = $3 AND ends > $1`, micros(s.now()), tokenHash, audit)
	})
	if err != nil {
		return fmt.Errorf("store: end an invitation to audit %d: %w", audit, err)
	}
	return nil
}
