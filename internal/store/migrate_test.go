package store

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// next is the head of a migration and the table that it adds.
const next = "-- v%d (compatible with v1+): a note\nCREATE TABLE note (\n\tid BIGINT NOT NULL PRIMARY KEY,\n\tdone BOOLEAN NOT NULL\n);\n"

func TestMigrationKeepsACopyOfTheOlderFile(t *testing.T) {
	ctx := context.Background()
	cfg := Config{Data: t.TempDir(), Now: time.Now}
	s, err := Open(ctx, cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	steps, err := readMigrations(migrationFiles)
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, m := range steps {
		files[fmt.Sprintf("migrations/%04d.sql", m.Version)] = &fstest.MapFile{Data: []byte(m.Text)}
	}
	now := len(steps)
	files[fmt.Sprintf("migrations/%04d.sql", now+1)] = &fstest.MapFile{Data: fmt.Appendf(nil, next, now+1)}
	more, err := readMigrations(files)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.AddVoiceKey(ctx, VoiceKey{Audit: 1, Recipient: "age1x", Wrapped: "WRAPPED"}); err != nil {
		t.Fatal(err)
	}
	if err := s.LendKey(ctx, LentKey{TokenHash: "t", Audit: 1, Sealed: "WRAPPED", Ends: time.Now().Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.migrate(ctx, more); err != nil {
			t.Fatal(err)
		}
	}
	copied, err := os.ReadFile(fmt.Sprintf("%s.v%d", cfg.sqlitePath(), now))
	if err != nil || bytes.Contains(copied, []byte("WRAPPED")) {
		t.Errorf("the copy holds a key of voices, or is not there: %v", err)
	}
	if dump, err := s.Schema(ctx); err != nil || !strings.Contains(dump, "done INTEGER") {
		t.Errorf("schema %v: %s", err, dump)
	}
	if err := s.migrate(ctx, steps); err != nil {
		t.Errorf("the older program on the newer database: %v", err)
	}
}

func TestMigrationsStateTheirContract(t *testing.T) {
	for name, text := range map[string]string{
		"no first line": "CREATE TABLE a (b BIGINT)", "no reason": "-- v1 (compatible with v1+): \n", "out of order": "-- v2 (compatible with v1+): x\n",
		"of the future": "-- v1 (compatible with v2+): x\n",
	} {
		if _, err := readMigrations(fstest.MapFS{"migrations/0001_a.sql": {Data: []byte(text)}}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestOnlyKeepsTheLinesOfADialect(t *testing.T) {
	const text = "SELECT 1\n\t-- only: postgres\n\tFOR UPDATE SKIP LOCKED\nEND"
	if got := only(dialectSQLite, text); got != "SELECT 1\nEND" {
		t.Errorf("sqlite: %q", got)
	}
	if got := only(dialectPostgres, text); got != "SELECT 1\n\tFOR UPDATE SKIP LOCKED\nEND" {
		t.Errorf("postgres: %q", got)
	}
}
