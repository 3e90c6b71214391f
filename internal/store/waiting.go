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

// countOf is how much waits at a distributor.
type countOf struct {
	d honne.DistributorID
	n int
}

func (r *countOf) fields() []any { return []any{&r.d, &r.n} }

func (s *Store) waitingFiles(ctx context.Context) ([]countOf, error) {
	list, err := collect(ctx, s.read, (*countOf).fields,
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
	files, err := s.waitingFiles(ctx)
	if err != nil {
		return nil, err
	}
	said, err := collect(ctx, s.read, (*countOf).fields, `SELECT distributor_id, count(*) FROM entry WHERE kind = $1 AND entered_by = 0 AND `+latest+` GROUP BY distributor_id`,
		string(honne.EntryMention))
	if err != nil {
		return nil, fmt.Errorf("store: count waiting sentences: %w", err)
	}
	out := map[honne.DistributorID]Waiting{}
	count := func(d honne.DistributorID, add func(*Waiting)) {
		w := out[d]
		add(&w)
		out[d] = w
	}
	for _, r := range files {
		count(r.d, func(w *Waiting) { w.Files = r.n })
	}
	for _, r := range said {
		count(r.d, func(w *Waiting) { w.Said = r.n })
	}
	err = eachKept(ctx, s, func(d honne.DistributorID, x honne.StrategyStep) {
		if x.Done == 0 && x.Due < on {
			count(d, func(w *Waiting) { w.Steps++ })
		}
	})
	if err != nil {
		return nil, err
	}
	return out, eachKept(ctx, s, func(d honne.DistributorID, p honne.Promise) {
		if p.By == honne.Ours && p.Outcome == honne.PromiseOpen && p.Standing == honne.PromiseCommitted && p.Due != 0 && p.Due < on {
			count(d, func(w *Waiting) { w.Owed++ })
		}
	})
}

// eachKept gives what people entered of a kind at all distributors, and still stands.
func eachKept[T honne.Entered](ctx context.Context, s *Store, do func(honne.DistributorID, T)) error {
	type row struct {
		d    honne.DistributorID
		body string
	}
	var kind T
	err := each(ctx, s.read, func(r *row) []any { return []any{&r.d, &r.body} }, func(r *row) error {
		var x T
		if err := json.Unmarshal([]byte(r.body), &x); err != nil {
			return fmt.Errorf("of distributor %d: %w", r.d, err)
		}
		do(r.d, x)
		return nil
	}, `SELECT distributor_id, body FROM entry WHERE kind = $1 AND entered_by <> 0 AND `+latest, string(kind.EntryKind()))
	if err != nil {
		return fmt.Errorf("store: find %s that waits: %w", kind.EntryKind(), err)
	}
	return nil
}
