package honnetest

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"testing"
	"time"

	"honne/internal/honnetest/corpus"
	"honne/internal/store"
)

// DB is a fresh, empty database for one test.
type DB struct {
	Name   string // "sqlite" or "postgres"
	Config store.Config
}

// Databases returns a fresh database of each dialect, which the end of the test
// removes. Config.Now is a clock that stands at 2026-01-05 09:00 in Japan and
// goes on one second a reading.
func Databases(t testing.TB) []DB {
	t.Helper()
	return []DB{SQLite(t), Postgres(t)}
}

// SQLite returns a fresh SQLite database in a temporary directory, in memory
// where the system has such a place: a test need not wait for a disk.
func SQLite(t testing.TB) DB {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "honne-")
	if err != nil {
		return DB{"sqlite", store.Config{Data: t.TempDir(), Now: Clock()}}
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return DB{"sqlite", store.Config{Data: dir, Now: Clock()}}
}

// Postgres returns a fresh database of the test process's private PostgreSQL
// server. Without PostgreSQL on the machine the test is skipped, in CI it fails.
func Postgres(t testing.TB) DB {
	t.Helper()
	srv, err := startServer()
	if err != nil {
		corpus.Missing(t, "PostgreSQL: "+err.Error())
	}
	name := fmt.Sprintf("t%d", srv.databases.Add(1))
	if err := srv.exec("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := srv.exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return DB{"postgres", store.Config{Database: srv.address(name), Now: Clock()}}
}

func (s *server) exec(statement string) error {
	db, err := sql.Open("pgx", s.address("postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(context.Background(), statement)
	return err
}

// Clock returns a clock for tests: 2026-01-05 09:00 in Japan, a second later
// each time it is read. It may be read by several goroutines.
func Clock() func() time.Time {
	ticks := make(chan time.Time, 1)
	ticks <- time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	return func() time.Time {
		now := <-ticks
		ticks <- now.Add(time.Second)
		return now
	}
}
