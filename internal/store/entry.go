package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"honne"
)

type entryRow struct {
	distributor honne.DistributorID
	kind        honne.EntryKind
	number, n   int
	body        string
	withdrawn   bool
	why         string
	at          int64
	by          honne.UserID
	checksum    int64
}

const entryColumns = `distributor_id, kind, number, n, body, withdrawn, why, entered, entered_by, checksum`

func (r *entryRow) fields() []any {
	return []any{&r.distributor, &r.kind, &r.number, &r.n, &r.body, &r.withdrawn, &r.why, &r.at, &r.by, &r.checksum}
}

func (r *entryRow) sum() int64 {
	return digestOf(string(r.kind), fmt.Sprint(r.distributor, r.number, r.n, r.withdrawn, r.at, r.by), r.body, r.why)
}

func (r *entryRow) insert(ctx context.Context, q querier) error {
	_, err := q.ExecContext(ctx, `INSERT INTO entry (`+entryColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		int64(r.distributor), string(r.kind), r.number, r.n, r.body, r.withdrawn, r.why, r.at, int64(r.by), r.sum())
	return err
}

func entryOf[T honne.Entered](r *entryRow) (honne.Entry[T], error) {
	e := honne.Entry[T]{Distributor: r.distributor, Number: r.number, N: r.n, Withdrawn: r.withdrawn, Why: r.why, By: r.by, At: instant(r.at)}
	if err := json.Unmarshal([]byte(r.body), &e.Body); err != nil {
		return e, fmt.Errorf("%s %d: %w", r.kind, r.number, err)
	}
	return e, nil
}

func entriesOf[T honne.Entered](rows []entryRow, err error) ([]honne.Entry[T], error) {
	var out []honne.Entry[T]
	for i := range rows {
		e, wrong := entryOf[T](&rows[i])
		err = errors.Join(err, wrong)
		out = append(out, e)
	}
	return out, err
}

// Enter keeps a version of an entry: a new one where Number is 0, else the one
// behind version N, which somebody saw. It returns the entry as it stands now.
// honne.ErrConflict when another version was entered since, honne.ErrNotFound
// without such an entry of the distributor.
func Enter[T honne.Entered](ctx context.Context, s *Store, e honne.Entry[T]) (honne.Entry[T], error) {
	err := s.inTx(ctx, func(tx *sql.Tx) (err error) {
		e, err = enter(ctx, s, tx, e)
		return err
	})
	if err != nil {
		return e, fmt.Errorf("store: enter %s %d of distributor %d: %w", e.Body.EntryKind(), e.Number, e.Distributor, err)
	}
	return e, nil
}

func enter[T honne.Entered](ctx context.Context, s *Store, tx *sql.Tx, e honne.Entry[T]) (honne.Entry[T], error) {
	body, err := json.Marshal(e.Body)
	if err != nil {
		return e, err
	}
	r := entryRow{distributor: e.Distributor, kind: e.Body.EntryKind(), number: e.Number, n: e.N, body: string(body), withdrawn: e.Withdrawn,
		why: e.Why, by: e.By}
	if err := s.enterRow(ctx, tx, &r); err != nil {
		return e, err
	}
	e.Number, e.N, e.At = r.number, r.n, instant(r.at)
	return e, nil
}

// enterRow keeps a row as the version behind the one that it names, at this
// instant, and gives it its number and version.
func (s *Store) enterRow(ctx context.Context, tx *sql.Tx, r *entryRow) error {
	if r.number == 0 {
		number, err := nextID(ctx, tx, "entry "+string(r.kind), 1)
		if err != nil {
			return err
		}
		r.number, r.n = int(number), 0
	} else if err := stillLast(ctx, tx, r.kind, r.distributor, r.number, r.n); err != nil {
		return err
	}
	r.n++
	r.at = micros(s.now())
	return r.insert(ctx, tx)
}

func stillLast(ctx context.Context, tx *sql.Tx, kind honne.EntryKind, d honne.DistributorID, number, n int) error {
	// The counter's lock keeps a second version out.
	if _, err := nextID(ctx, tx, "entry "+string(kind), 0); err != nil {
		return err
	}
	var last int
	err := tx.QueryRowContext(ctx, `SELECT coalesce(max(n), 0) FROM entry WHERE distributor_id = $1 AND kind = $2 AND number = $3`,
		int64(d), string(kind), number).Scan(&last)
	switch {
	case err != nil:
		return err
	case last == 0:
		return honne.ErrNotFound
	case last != n:
		return honne.ErrConflict
	}
	return nil
}

// Entries lists the entries of a kind as they stand, by number, without those
// that were taken back; d 0: those of the whole house.
func Entries[T honne.Entered](ctx context.Context, s *Store, d honne.DistributorID) ([]honne.Entry[T], error) {
	var noun T
	rows, err := standing(ctx, s.read, d, honne.AsOf{}, `AND kind = $3`, string(noun.EntryKind()))
	list, err := entriesOf[T](rows, err)
	if err != nil {
		return nil, fmt.Errorf("store: entries %s of distributor %d: %w", noun.EntryKind(), d, err)
	}
	return list, nil
}

// EntryHistory lists every version of one entry, oldest first, whoever's it is;
// honne.ErrNotFound without one.
func EntryHistory[T honne.Entered](ctx context.Context, s *Store, number int) ([]honne.Entry[T], error) {
	var noun T
	rows, err := collect(ctx, s.read, (*entryRow).fields, `SELECT `+entryColumns+` FROM entry WHERE kind = $1 AND number = $2 ORDER BY n`,
		string(noun.EntryKind()), number)
	list, err := entriesOf[T](rows, err)
	if err == nil && len(list) == 0 {
		err = honne.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("store: history of %s %d: %w", noun.EntryKind(), number, err)
	}
	return list, nil
}

// EntryDistributor is whose an entry is, 0 for one of the whole house;
// honne.ErrNotFound without one.
func (s *Store) EntryDistributor(ctx context.Context, kind honne.EntryKind, number int) (honne.DistributorID, error) {
	d, err := one(ctx, s.read, func(d *honne.DistributorID) []any { return []any{d} }, `SELECT distributor_id FROM entry WHERE kind = $1 AND number = $2 LIMIT 1`, string(kind), number)
	if err != nil {
		return 0, fmt.Errorf("store: whose %s is: %w", honne.EntryCode(kind, number), err)
	}
	return d, nil
}

// EntryVersions lists every version of the entries of a kind, those that were
// taken back among them, by number and version.
func EntryVersions[T honne.Entered](ctx context.Context, s *Store, d honne.DistributorID) ([]honne.Entry[T], error) {
	var noun T
	rows, err := collect(ctx, s.read, (*entryRow).fields, `SELECT `+entryColumns+` FROM entry WHERE distributor_id = $1 AND kind = $2 ORDER BY number, n`,
		int64(d), string(noun.EntryKind()))
	list, err := entriesOf[T](rows, err)
	if err != nil {
		return nil, fmt.Errorf("store: versions of %s of distributor %d: %w", noun.EntryKind(), d, err)
	}
	return list, nil
}

// standing reads the last version, by at.Recorded, of each entry that was not
// taken back, by kind and number.
func standing(ctx context.Context, q querier, d honne.DistributorID, at honne.AsOf, where string, args ...any) ([]entryRow, error) {
	until := int64(math.MaxInt64)
	if !at.Recorded.IsZero() {
		until = micros(at.Recorded)
	}
	rows, err := collect(ctx, q, (*entryRow).fields, `SELECT `+entryColumns+` FROM entry WHERE distributor_id = $1 AND entered <= $2 `+where+
		` ORDER BY kind, number, n`, append([]any{int64(d), until}, args...)...)
	return lastVersions(rows), err
}

// lastVersions are the last of the versions of each entry, by kind and number,
// without those that were taken back.
func lastVersions(rows []entryRow) (out []entryRow) {
	for i, r := range rows {
		last := i+1 == len(rows) || rows[i+1].kind != r.kind || rows[i+1].number != r.number
		if last && !r.withdrawn {
			out = append(out, r)
		}
	}
	return out
}

// checkEntries compares every entry with its checksum, and finds versions that
// are missing before the last.
func checkEntries(ctx context.Context, q querier, d honne.DistributorID) error {
	var before entryRow
	return each(ctx, q, (*entryRow).fields, func(r *entryRow) error {
		next := 1
		if r.kind == before.kind && r.number == before.number {
			next = before.n + 1
		}
		if before = *r; r.n != next {
			return fmt.Errorf("%s version %d is missing: restore a backup", honne.EntryCode(r.kind, r.number), next)
		}
		if r.sum() != r.checksum {
			return fmt.Errorf("%s version %d differs from what was entered: restore a backup", honne.EntryCode(r.kind, r.number), r.n)
		}
		return nil
	}, `SELECT `+entryColumns+` FROM entry WHERE distributor_id = $1 ORDER BY kind, number, n`, int64(d))
}
