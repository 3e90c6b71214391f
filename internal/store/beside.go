package store

import (
	"context"
	"fmt"
	"time"

	"honne"
)

// WaitingBeside lists the files that wait for a person and came less than so long before or
// after a staged one of the same partner, and report some period of the same series and
// scope.
func (s *Store) WaitingBeside(ctx context.Context, file honne.FileID, within time.Duration) ([]honne.FileID, error) {
	ids, err := collect(ctx, s.read, func(id *honne.FileID) []any { return []any{id} }, `SELECT DISTINCT x.id
		FROM file f JOIN file x ON x.distributor_id = f.distributor_id AND x.id <> f.id
		JOIN submission a ON a.file_id = f.id AND a.attempt = f.attempt AND a.state = 'staged'
		JOIN submission b ON b.file_id = x.id AND b.attempt = x.attempt AND b.state = 'staged' AND b.series = a.series AND b.scope = a.scope
		JOIN submission_period p ON p.distributor_id = f.distributor_id AND p.submission_id = a.id
		JOIN submission_period q ON q.distributor_id = f.distributor_id AND q.submission_id = b.id
		WHERE f.id = $1 AND x.state IN ($2, $3) AND x.received - f.received < $4 AND f.received - x.received < $4
		AND q.period_from <= p.period_to AND p.period_from <= q.period_to ORDER BY x.id`,
		int64(file), string(honne.FileReady), string(honne.FileToResolve), within.Microseconds())
	if err != nil {
		return nil, fmt.Errorf("store: files that wait beside file %d: %w", file, err)
	}
	return ids, nil
}
