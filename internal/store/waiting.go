package store

import (
	"context"
	"encoding/json"
	"fmt"

	"honne"
)

// Waiting counts what waits for a person at a distributor.
type Waiting struct {
	Files int // that arrived, and are not accepted yet
	Said  int // sentences that nobody has judged
	Owed  int // promises of our own side whose day has passed
	Steps int // steps against dependency, ours too, whose day has passed
}

// latest keeps of entries the version that stands.
const latest = `NOT withdrawn AND n = (SELECT max(n) FROM entry x WHERE x.distributor_id = entry.distributor_id AND x.kind = entry.kind AND x.number = entry.number)`

// fileCount is how many files wait at a distributor.
type fileCount struct {
	d honne.DistributorID
	n int
}

func (s *Store) waitingFiles(ctx context.Context) ([]fileCount, error) {
	list, err := collect(ctx, s.read, func(r *fileCount) []any { return []any{&r.d, &r.n} },
		`SELECT distributor_id, count(*) FROM file WHERE state IN ($1, $2) GROUP BY distributor_id ORDER BY distributor_id`,
		string(honne.FileToResolve), string(honne.FileReady))
	if err != nil {
		return nil, fmt.Errorf("store: count waiting files: %w", err)
	}
	return list, nil
}

// WaitingMark is another whenever Waiting may be, on one day; it is cheap.
// Entries are only ever added to, so that counting them is enough.
func (s *Store) WaitingMark(ctx context.Context) (string, error) {
	files, err := s.waitingFiles(ctx)
	if err != nil {
		return "", err
	}
	var entries int64
	if err := s.read.QueryRowContext(ctx, `SELECT count(*) FROM entry`).Scan(&entries); err != nil {
		return "", fmt.Errorf("store: count entries: %w", err)
	}
	return fmt.Sprint(entries, files), nil
}

// Waiting returns for each distributor what waits there on a day; those where
// nothing does are left out.
func (s *Store) Waiting(ctx context.Context, on honne.Date) (map[honne.DistributorID]Waiting, error) {
	out := map[honne.DistributorID]Waiting{}
	type row struct {
		d    honne.DistributorID
		n    int
		body string
	}
	count := func(r *row) []any { return []any{&r.d, &r.n} }
	files, err := s.waitingFiles(ctx)
	if err != nil {
		return nil, err
	}
	said, err := collect(ctx, s.read, count, `SELECT distributor_id, count(*) FROM entry WHERE kind = $1 AND entered_by = 0 AND `+latest+` GROUP BY distributor_id`,
		string(honne.Said{}.EntryKind()))
	if err != nil {
		return nil, fmt.Errorf("store: count waiting sentences: %w", err)
	}
	promises, err := collect(ctx, s.read, func(r *row) []any { return []any{&r.d, &r.body} },
		`SELECT distributor_id, body FROM entry WHERE kind = $1 AND entered_by <> 0 AND `+latest, string(honne.EntryPromise))
	if err != nil {
		return nil, fmt.Errorf("store: find promises that wait: %w", err)
	}
	steps, err := collect(ctx, s.read, func(r *row) []any { return []any{&r.d, &r.body} },
		`SELECT distributor_id, body FROM entry WHERE kind = $1 AND entered_by <> 0 AND `+latest, string(honne.EntryStrategyStep))
	if err != nil {
		return nil, fmt.Errorf("store: find steps that wait: %w", err)
	}
	for _, r := range steps {
		var x honne.StrategyStep
		if err := json.Unmarshal([]byte(r.body), &x); err != nil {
			return nil, fmt.Errorf("store: read a step of distributor %d: %w", r.d, err)
		}
		if x.Done == 0 && x.Due < on {
			w := out[r.d]
			w.Steps++
			out[r.d] = w
		}
	}
	for _, r := range files {
		w := out[r.d]
		w.Files = r.n
		out[r.d] = w
	}
	for _, r := range said {
		w := out[r.d]
		w.Said = r.n
		out[r.d] = w
	}
	for _, r := range promises {
		var p honne.Promise
		if err := json.Unmarshal([]byte(r.body), &p); err != nil {
			return nil, fmt.Errorf("store: read a promise of distributor %d: %w", r.d, err)
		}
		if p.By == honne.Ours && p.Outcome == honne.PromiseOpen && p.Standing == honne.PromiseCommitted && p.Due != 0 && p.Due < on {
			w := out[r.d]
			w.Owed++
			out[r.d] = w
		}
	}
	return out, nil
}
