package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"honne"
)

// Config says where the ledger is. Exactly one of Data and Database is used:
// Database when it is set.
type Config struct {
	Data     string // directory; SQLite, the file honne.db inside
	Database string // postgres:// address

	// Now is the clock; nil is time.Now. Instants are kept in microseconds UTC.
	Now func() time.Time

	// Follow adds the jobs that follow an event, in the event's own
	// transaction; nil adds none. An error undoes the event.
	Follow func(ctx context.Context, tx *sql.Tx, e Event) error

	// Reasons finds the reason code in the partner's own words on a line; nil
	// leaves every change unexplained (domain 3.1).
	Reasons func(raw string) honne.Reason
}

// Event is something that happened to the ledger. Each of its submissions wants
// RenewChanges.
type Event struct {
	Kind        string // EventAccepted or EventUndone
	Distributor honne.DistributorID
	File        honne.FileID
	Submissions []honne.SubmissionID
}

// The kinds of Event.
const (
	EventAccepted = "accepted"
	EventUndone   = "undone"
)

// Store is an open ledger. Its methods may be called from several goroutines,
// and several processes may have one ledger open.
type Store struct {
	cfg   Config
	write *sql.DB
	read  *sql.DB
	found found
}

// Open opens the ledger, creating or migrating its tables. A SQLite file is
// copied to honne.db.vN before it leaves version N. A database that a newer
// program changed beyond this one's understanding is refused.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	steps, err := readMigrations(migrationFiles)
	if err != nil {
		return nil, fmt.Errorf("store: open: %w", err)
	}
	write, read, err := cfg.connect()
	if err != nil {
		return nil, fmt.Errorf("store: open: %w", err)
	}
	s := &Store{cfg: cfg, write: write, read: read}
	if err := s.migrate(ctx, steps); err != nil {
		return nil, errors.Join(fmt.Errorf("store: open: %w", err), s.Close())
	}
	return s, nil
}

// Close ends all use of the ledger. On SQLite everything is then in honne.db.
func (s *Store) Close() error {
	var errs []error
	if s.read != s.write {
		errs = append(errs, s.read.Close())
	}
	// Another process may still hold the log; then it will empty it.
	_ = s.settle()
	return errors.Join(append(errs, s.write.Close())...)
}

// DB returns the database for the queue: the writing side, on SQLite a pool of
// one connection.
func (s *Store) DB() *sql.DB { return s.write }

// Dialect returns "sqlite" or "postgres".
func (s *Store) Dialect() string { return s.cfg.dialect() }

func (s *Store) now() time.Time { return s.cfg.Now() }

// querier is what a pool and a transaction have in common.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// inTx runs f in a writing transaction. When it returns without error, what f
// did survives a loss of power.
func (s *Store) inTx(ctx context.Context, f func(tx *sql.Tx) error) error {
	return inTxOf(ctx, s.write, f)
}

func inTxOf(ctx context.Context, from interface {
	BeginTx(context.Context, *sql.TxOptions) (*sql.Tx, error)
}, f func(tx *sql.Tx) error) error {
	tx, err := from.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return errors.Join(err, ignoreDone(tx.Rollback()))
	}
	return tx.Commit()
}

// view runs f in a transaction that sees one state of the database.
func (s *Store) view(ctx context.Context, f func(q querier) error) error {
	tx, err := s.snapshot(ctx)
	if err != nil {
		return err
	}
	return errors.Join(f(tx), ignoreDone(tx.Rollback()))
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// nextID takes n ids of a counter and returns the first. The row stays locked
// until the transaction ends.
func nextID(ctx context.Context, tx *sql.Tx, counter string, n int) (int64, error) {
	var last int64
	err := tx.QueryRowContext(ctx, `INSERT INTO counter (name, last) VALUES ($2, $1)
		ON CONFLICT (name) DO UPDATE SET last = counter.last + excluded.last RETURNING last`, n, counter).Scan(&last)
	return last - int64(n) + 1, err
}

// collect reads all rows of a query; fields says where the columns go.
func collect[T any](ctx context.Context, q querier, fields func(*T) []any, query string, args ...any) (out []T, err error) {
	err = each(ctx, q, fields, func(row *T) error {
		out = append(out, *row)
		return nil
	}, query, args...)
	return out, err
}

// each gives the rows of a query to do, one after another.
func each[T any](ctx context.Context, q querier, fields func(*T) []any, do func(*T) error, query string, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var row T
	into := fields(&row)
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if err := do(&row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// one reads the one row of a query, honne.ErrNotFound when there is none.
func one[T any](ctx context.Context, q querier, fields func(*T) []any, query string, args ...any) (T, error) {
	var row T
	err := q.QueryRowContext(ctx, query, args...).Scan(fields(&row)...)
	if errors.Is(err, sql.ErrNoRows) {
		err = honne.ErrNotFound
	}
	return row, err
}

// changeOne runs a statement that must change exactly one row.
func changeOne(ctx context.Context, q querier, query string, args ...any) error {
	res, err := q.ExecContext(ctx, query, args...)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return errors.Join(err, honne.ErrNotFound)
	}
	return nil
}

// micros returns t in microseconds since 1970 UTC, 0 for the zero time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// instant is the inverse of micros.
func instant(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}
