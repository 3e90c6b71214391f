package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"honne"
)

// Taken says where a version of an entry comes from that was taken in with an
// audit. Who wrote it is a name, as the file states it; who took it in stands in
// the entry.
type Taken struct {
	Distributor honne.DistributorID
	Kind        honne.EntryKind
	Number, N   int
	Origin      string // of the audit
	Code        string // of the entry where it comes from
	Version     int    // there
	Author      string
	Written     time.Time
	File        string // SHA-256
	Digest      string // of the body as it was handed over
}

type takenRow struct {
	Taken
	written int64
}

const takenColumns = `distributor_id, kind, number, n, origin, code, version, author, written, file, digest`

func (r *takenRow) fields() []any {
	return []any{&r.Distributor, &r.Kind, &r.Number, &r.N, &r.Origin, &r.Code, &r.Version, &r.Author, &r.written, &r.File, &r.Digest}
}

// TakeIn adds entries that come from elsewhere, all or none: do calls add for one
// after another, which returns the number that each has here. An entry whose
// Number is 0 is new; else it becomes the version behind N, and what stood there
// stays in its history. honne.ErrConflict when another version was entered since.
func (s *Store) TakeIn(ctx context.Context, by honne.UserID, do func(add func(body honne.Entered, t Taken) (int, error)) error) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		return do(func(body honne.Entered, t Taken) (int, error) {
			text, err := json.Marshal(body)
			if err != nil {
				return 0, err
			}
			r := entryRow{distributor: t.Distributor, kind: body.EntryKind(), number: t.Number, n: t.N, body: string(text), by: by}
			if err := s.enterRow(ctx, tx, &r); err != nil {
				return 0, err
			}
			_, err = tx.ExecContext(ctx, `INSERT INTO taken (`+takenColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
				int64(r.distributor), string(r.kind), r.number, r.n, t.Origin, t.Code, t.Version, t.Author, micros(t.Written), t.File, t.Digest)
			return r.number, err
		})
	})
	if err != nil {
		return fmt.Errorf("store: take in: %w", err)
	}
	return nil
}

// TakenFrom lists what was taken in of an audit, in the order of entries and
// versions.
func (s *Store) TakenFrom(ctx context.Context, origin string) ([]Taken, error) {
	return s.takenWhere(ctx, `origin = $1`, origin)
}

// TakenAs lists the versions of an entry that were taken in.
func (s *Store) TakenAs(ctx context.Context, kind honne.EntryKind, number int) ([]Taken, error) {
	return s.takenWhere(ctx, `kind = $1 AND number = $2`, string(kind), number)
}

func (s *Store) takenWhere(ctx context.Context, where string, args ...any) ([]Taken, error) {
	rows, err := collect(ctx, s.read, (*takenRow).fields, `SELECT `+takenColumns+` FROM taken WHERE `+where+` ORDER BY kind, number, n`, args...)
	if err != nil {
		return nil, fmt.Errorf("store: what was taken in: %w", err)
	}
	out := make([]Taken, len(rows))
	for i, r := range rows {
		r.Written = instant(r.written)
		out[i] = r.Taken
	}
	return out, nil
}
