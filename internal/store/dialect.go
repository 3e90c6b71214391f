package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"modernc.org/sqlite"
)

// No other file names a dialect, but for the "-- only:" lines of statements.
const (
	dialectSQLite   = "sqlite"
	dialectPostgres = "postgres"
)

func (c Config) dialect() string {
	if c.Database != "" {
		return dialectPostgres
	}
	return dialectSQLite
}

// connect opens the pools: one connection that writes and several that read for
// SQLite, whose writers exclude one another anyway; one pool for PostgreSQL.
func (c Config) connect() (write, read *sql.DB, err error) {
	if c.dialect() == dialectPostgres {
		write, err = sql.Open("pgx", c.Database)
		if err == nil {
			write.SetMaxOpenConns(16)
		}
		return write, write, err
	}
	if c.Data == "" {
		return nil, nil, errors.New("neither Data nor Database is set")
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, nil, err
	}
	if write, err = sql.Open("sqlite", c.sqliteDSN("_txlock=immediate")); err != nil {
		return nil, nil, err
	}
	write.SetMaxOpenConns(1)
	if read, err = sql.Open("sqlite", c.sqliteDSN("_pragma=query_only(1)")); err == nil {
		read.SetMaxOpenConns(4)
	}
	return write, read, err
}

func (c Config) sqlitePath() string { return filepath.Join(c.Data, "honne.db") }

// sqliteDSN asks for a sync at every commit (synchronous FULL), so that what a
// caller was told is done survives a loss of power; inLazyTx is the exception.
func (c Config) sqliteDSN(more string) string {
	path := (&url.URL{Path: filepath.ToSlash(c.sqlitePath())}).EscapedPath()
	return "file:" + path + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=foreign_keys(1)&_pragma=cache_size(-8000)&_pragma=wal_autocheckpoint(4000)&_pragma=journal_size_limit(67108864)&" + more
}

// inLazyTx runs f in a writing transaction that a loss of power may take back
// whole, with those after it: for what nobody relies on before a later inTx,
// which then keeps it too.
func (s *Store) inLazyTx(ctx context.Context, f func(tx *sql.Tx) error) error {
	if s.Dialect() == dialectPostgres {
		return s.inTx(ctx, func(tx *sql.Tx) error {
			if _, err := tx.ExecContext(ctx, "SET LOCAL synchronous_commit = off"); err != nil {
				return err
			}
			return f(tx)
		})
	}
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "PRAGMA synchronous = NORMAL"); err != nil {
		return err
	}
	err = inTxOf(ctx, conn, f)
	if _, back := conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA synchronous = FULL"); back != nil {
		// A connection that would go on lazily must not go back to the pool.
		_ = conn.Raw(func(any) error { return driver.ErrBadConn })
	}
	return err
}

// secrets are the tables whose deleted rows leave no byte behind.
const secrets = "voice, voice_key, voice_lent"

// shred runs f in a writing transaction whose deletions leave nothing in the
// pages and the log of the database.
func (s *Store) shred(ctx context.Context, f func(tx *sql.Tx) error) error {
	if s.Dialect() == dialectPostgres {
		err := s.inTx(ctx, f)
		if err == nil {
			_, err = s.write.ExecContext(ctx, "VACUUM "+secrets)
		}
		return err
	}
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "PRAGMA secure_delete = ON")
	if err == nil {
		err = inTxOf(ctx, conn, f)
	}
	_, back := conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA secure_delete = OFF")
	if err = errors.Join(err, back, conn.Close()); err != nil {
		return err
	}
	return s.settle()
}

// settle leaves a SQLite database without a write-ahead log.
func (s *Store) settle() error {
	if s.Dialect() == dialectPostgres {
		return nil
	}
	_, err := s.write.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	return err
}

// keepCopy copies a SQLite database beside itself before a migration from v.
func (s *Store) keepCopy(ctx context.Context, v int) error {
	if s.Dialect() == dialectPostgres {
		return nil
	}
	path := fmt.Sprintf("%s.v%d", s.cfg.sqlitePath(), v)
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if _, err := s.write.ExecContext(ctx, "VACUUM INTO $1", path); err != nil {
		return err
	}
	return dropKeys(ctx, path, v)
}

// dropKeys takes the keys of voices out of a copy of version v, as a backup
// leaves them out: it would remember what the database itself is to forget. Their
// recovery sheets open them again.
func dropKeys(ctx context.Context, path string, v int) error {
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()+"?_pragma=secure_delete(1)")
	if err != nil {
		return err
	}
	for since, q := range map[int]string{6: "UPDATE voice_key SET wrapped = ''", 10: "DELETE FROM voice_lent"} {
		if err == nil && v >= since {
			_, err = db.ExecContext(ctx, q)
		}
	}
	return errors.Join(err, db.Close())
}

// lockMigrations makes processes that open one database migrate one by one; on
// SQLite the writing transaction itself does.
func (s *Store) lockMigrations(ctx context.Context, tx *sql.Tx) error {
	if s.Dialect() == dialectSQLite {
		return nil
	}
	_, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(7241836602)")
	return err
}

// snapshot begins a transaction that reads one state of the database.
func (s *Store) snapshot(ctx context.Context) (*sql.Tx, error) {
	if s.Dialect() == dialectSQLite {
		return s.read.BeginTx(ctx, nil)
	}
	return s.read.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
}

// only drops the lines that follow "-- only: OTHER" for another dialect, and
// gives SQLite its words: types by its four names, tables that check them.
func only(dialect, text string) string {
	var out []string
	drop := false
	for line := range strings.SplitSeq(text, "\n") {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "-- only: "); ok {
			drop = name != dialect
			continue
		}
		if !drop {
			out = append(out, line)
		}
		drop = false
	}
	text = strings.Join(out, "\n")
	if dialect == dialectPostgres {
		return text
	}
	return strings.NewReplacer("BIGINT", "INTEGER", "DOUBLE PRECISION", "REAL", "BOOLEAN", "INTEGER",
		"BYTEA", "BLOB", "\n);", "\n) STRICT, WITHOUT ROWID;").Replace(text)
}

// conflict turns the refusal of a doubled key into honne.ErrConflict.
func conflict(err, sentinel error) error {
	var lite *sqlite.Error
	var pg *pgconn.PgError
	const uniqueKey, primaryKey = 2067, 1555
	switch {
	case errors.As(err, &lite) && (lite.Code() == uniqueKey || lite.Code() == primaryKey):
		return sentinel
	case errors.As(err, &pg) && pg.Code == "23505":
		return sentinel
	}
	return err
}

// placeholder writes the n-th parameter of a statement that is built. SQLite
// looks a numbered parameter up by its name each time it is bound, which for
// thousands of them takes longer than the insert.
func placeholder(dialect string, n int) string {
	if dialect == dialectSQLite {
		return "?"
	}
	return "$" + strconv.Itoa(n)
}
