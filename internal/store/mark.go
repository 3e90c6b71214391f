package store

import (
	"context"
	"fmt"

	"honne"
)

// Mark is a trace of all that a distributor's record is made of: while it stays
// the same, so does the record as of a moment. It says nothing about anything
// else, and nothing across databases.
type Mark struct {
	profile                                                        string
	accepted, receipts, waiting, rulings, messages, entries, house int64
}

func (m *Mark) fields() []any {
	return []any{&m.profile, &m.accepted, &m.receipts, &m.waiting, &m.rulings, &m.messages, &m.entries, &m.house}
}

// Mark returns the mark of a distributor now; honne.ErrNotFound. All but the
// profile and what waits is only ever added to, so that counting it is enough; what waits
// is counted with its attempts, because each may hold another month.
func (s *Store) Mark(ctx context.Context, d honne.DistributorID) (Mark, error) {
	m, err := one(ctx, s.read, (*Mark).fields, `SELECT profile,
		(SELECT count(*) FROM submission WHERE distributor_id = d.id AND state = 'accepted'),
		(SELECT count(*) FROM receipt r JOIN file f ON f.id = r.file_id WHERE f.distributor_id = d.id),
		(SELECT CAST(coalesce(sum(attempt + 1), 0) AS bigint) FROM file WHERE distributor_id = d.id AND state NOT IN ('reading', 'accepted')),
		(SELECT count(*) FROM ruling WHERE distributor_id = d.id),
		(SELECT coalesce(max(id), 0) FROM message WHERE distributor_id = d.id),
		(SELECT count(*) FROM entry WHERE distributor_id = d.id),
		(SELECT count(*) FROM entry WHERE distributor_id = 0)
		FROM distributor d WHERE id = $1`, int64(d))
	if err != nil {
		return m, fmt.Errorf("store: mark of distributor %d: %w", d, err)
	}
	return m, nil
}
