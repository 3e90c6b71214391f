package store

import (
	"context"
	"database/sql"
	"fmt"

	"honne"
)

// Heard is what was recognised in messages. A promise, an approval, a change at
// the partner or a meeting with a number is a new version of one that the machine proposed before.
type Heard struct {
	Said      []honne.Said
	Renewed   []honne.Entry[honne.Said] // further versions of reasons that the machine proposed before
	Reread    []honne.Entry[honne.Reread]
	Promises  []honne.Entry[honne.Promise]
	Approvals []honne.Entry[honne.Approval]
	Acts      []honne.Entry[honne.OurAct]
	AtPartner []honne.Entry[honne.PartnerChange]
	Met       []honne.Entry[honne.NotedMeeting]
}

// Unheard returns messages that nobody has searched for reasons yet, in the
// order they were kept, at most limit.
func (s *Store) Unheard(ctx context.Context, d honne.DistributorID, limit int) ([]honne.Mail, error) {
	list, err := s.mailWhere(ctx, d, `AND m.id > (SELECT heard FROM distributor WHERE id = $1) ORDER BY m.id LIMIT $2`, limit)
	if err != nil {
		return nil, fmt.Errorf("store: messages of distributor %d to search: %w", d, err)
	}
	return list, nil
}

// KeepHeard keeps what the messages up to one say, as proposals, and opens the
// claims that are new with them. honne.ErrConflict when somebody else searched
// those messages meanwhile; then nothing is kept.
func (s *Store) KeepHeard(ctx context.Context, d honne.DistributorID, upTo honne.MailID, h Heard) error {
	return s.keepHeard(ctx, d, upTo, h, `<`)
}

// keepHeard keeps what messages say while those up to the last one searched are fewer than
// ("<"), or just ("="), those up to one.
func (s *Store) keepHeard(ctx context.Context, d honne.DistributorID, upTo honne.MailID, h Heard, so string) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE distributor SET heard = $1 WHERE id = $2 AND heard `+so+` $1`, int64(upTo), int64(d))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n != 1 {
			return honne.ErrConflict
		}
		return s.addHeard(ctx, tx, d, h)
	})
	if err != nil {
		return fmt.Errorf("store: keep what messages of distributor %d say: %w", d, err)
	}
	return nil
}

func (s *Store) addHeard(ctx context.Context, tx *sql.Tx, d honne.DistributorID, h Heard) error {
	claims, err := claimed(ctx, tx, d)
	if err != nil {
		return err
	}
	for _, x := range h.Said {
		if err := s.addSaid(ctx, tx, honne.Entry[honne.Said]{Distributor: d, Body: x}, claims); err != nil {
			return err
		}
	}
	if err := enterHeard(ctx, s, tx, d, h.Renewed); err != nil {
		return err
	}
	if err := enterHeard(ctx, s, tx, d, h.Reread); err != nil {
		return err
	}
	if err := enterHeard(ctx, s, tx, d, h.Promises); err != nil {
		return err
	}
	if err := enterHeard(ctx, s, tx, d, h.Approvals); err != nil {
		return err
	}
	if err := enterHeard(ctx, s, tx, d, h.Acts); err != nil {
		return err
	}
	if err := enterHeard(ctx, s, tx, d, h.AtPartner); err != nil {
		return err
	}
	return enterHeard(ctx, s, tx, d, h.Met)
}

func enterHeard[T honne.Entered](ctx context.Context, s *Store, tx *sql.Tx, d honne.DistributorID, list []honne.Entry[T]) error {
	for _, e := range list {
		e.Distributor = d
		if _, err := enter(ctx, s, tx, e); err != nil {
			return err
		}
	}
	return nil
}

// claimed are the excuses of a distributor that have a claim.
func claimed(ctx context.Context, tx *sql.Tx, d honne.DistributorID) (map[string]bool, error) {
	rows, err := standing(ctx, tx, d, honne.AsOf{}, `AND kind = $3`, string(honne.EntryClaim))
	list, err := entriesOf[honne.Judgement](rows, err)
	claims := map[string]bool{}
	for _, c := range list {
		claims[c.Body.Excuse] = true
	}
	return claims, err
}

// addSaid keeps a mention, and opens its claim where there is none of its excuse.
func (s *Store) addSaid(ctx context.Context, tx *sql.Tx, e honne.Entry[honne.Said], claims map[string]bool) error {
	if _, err := enter(ctx, s, tx, e); err != nil || claims[e.Body.Excuse] {
		return err
	}
	claims[e.Body.Excuse] = true
	_, err := enter(ctx, s, tx, honne.Entry[honne.Judgement]{Distributor: e.Distributor, Body: honne.Judgement{Excuse: e.Body.Excuse}})
	return err
}

// Hear keeps a reason that somebody heard or confirmed; Enter does not do, as a
// claim may open with it.
func (s *Store) Hear(ctx context.Context, e honne.Entry[honne.Said]) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		claims, err := claimed(ctx, tx, e.Distributor)
		if err != nil {
			return err
		}
		return s.addSaid(ctx, tx, e, claims)
	})
	if err != nil {
		return fmt.Errorf("store: keep a reason given by distributor %d: %w", e.Distributor, err)
	}
	return nil
}
