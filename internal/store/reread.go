package store

import (
	"context"
	"fmt"

	"honne"
)

// rereads are the newer readings of the messages of a distributor, as they were recorded by
// a moment: what was read at first stays as it was kept.
func rereads(ctx context.Context, q querier, d honne.DistributorID, at honne.AsOf) (map[honne.MailID]honne.Reread, error) {
	rows, err := standing(ctx, q, d, honne.AsOf{Recorded: at.Recorded}, `AND kind = $3`, string(honne.EntryReread))
	list, err := entriesOf[honne.Reread](rows, err)
	out := map[honne.MailID]honne.Reread{}
	for _, e := range list {
		out[e.Body.Mail] = e.Body
	}
	return out, err
}

// rereadWhere reads messages as mailWhere does, as they are read by now.
func (s *Store) rereadWhere(ctx context.Context, d honne.DistributorID, where string, args ...any) ([]honne.Mail, error) {
	list, err := s.mailWhere(ctx, d, where, args...)
	if err != nil || len(list) == 0 {
		return list, err
	}
	again, err := rereads(ctx, s.read, d, honne.AsOf{})
	for i := range list {
		if x, ok := again[list[i].ID]; ok {
			x.Over(&list[i])
		}
	}
	return list, err
}

// HeardUpTo is the last message of a distributor that was searched, 0 for none.
func (s *Store) HeardUpTo(ctx context.Context, d honne.DistributorID) (honne.MailID, error) {
	id, err := one(ctx, s.read, func(id *honne.MailID) []any { return []any{id} }, `SELECT heard FROM distributor WHERE id = $1`, int64(d))
	if err != nil {
		return 0, fmt.Errorf("store: messages of distributor %d that were searched: %w", d, err)
	}
	return id, nil
}

// HeardBefore returns messages that were searched before, behind one, in the order in which
// they were kept, at most limit.
func (s *Store) HeardBefore(ctx context.Context, d honne.DistributorID, after, upTo honne.MailID, limit int) ([]honne.Mail, error) {
	list, err := s.rereadWhere(ctx, d, `AND m.id > $2 AND m.id <= $3 ORDER BY m.id LIMIT $4`, int64(after), int64(upTo), limit)
	if err != nil {
		return nil, fmt.Errorf("store: messages of distributor %d that were searched: %w", d, err)
	}
	return list, nil
}

// KeepHeardAgain keeps what the messages up to one say by newer rules. honne.ErrConflict
// when more was searched meanwhile, or somebody changed one of the entries; then nothing is
// kept.
func (s *Store) KeepHeardAgain(ctx context.Context, d honne.DistributorID, upTo honne.MailID, h Heard) error {
	return s.keepHeard(ctx, d, upTo, h, `=`)
}
