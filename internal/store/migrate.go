package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one step of the schema. A binary whose newest migration is n may
// use a database of any version whose Compat is at most n.
type migration struct {
	Version  int
	Name     string // line_block of 0008_line_block.sql
	Compat   int
	Checksum string
	Text     string
}

var migrationHead = regexp.MustCompile(`^-- v(\d+) \(compatible with v(\d+)\+\): \S`)

// readMigrations reads the files in the order of their names. The first line is
// the contract: -- v2 (compatible with v1+): why.
func readMigrations(dir fs.FS) ([]migration, error) {
	paths, err := fs.Glob(dir, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var out []migration
	for i, path := range paths {
		text, err := fs.ReadFile(dir, path)
		if err != nil {
			return nil, err
		}
		head := migrationHead.FindSubmatch(text)
		if head == nil {
			return nil, fmt.Errorf("%s: the first line is not of the form -- v1 (compatible with v1+): why", path)
		}
		version, _ := strconv.Atoi(string(head[1]))
		compat, _ := strconv.Atoi(string(head[2]))
		if version != i+1 || compat < 1 || compat > version {
			return nil, fmt.Errorf("%s: migration %d is v%d, compatible with v%d", path, i+1, version, compat)
		}
		sum := sha256.Sum256(text)
		out = append(out, migration{version, nameOf(path), compat, hex.EncodeToString(sum[:]), string(text)})
	}
	return out, nil
}

// nameOf returns the name of a migration, without its number.
func nameOf(path string) string {
	_, name, _ := strings.Cut(strings.TrimSuffix(path, ".sql"), "_")
	return name
}

// goSteps do, by the name of a migration, what its SQL cannot: after it, in its
// transaction.
func goSteps() map[string]func(context.Context, *sql.Tx) error {
	return map[string]func(context.Context, *sql.Tx) error{"line_block": packLines, "rollup": packRollups}
}

const migrationTable = `CREATE TABLE IF NOT EXISTS migration (
	version BIGINT NOT NULL PRIMARY KEY,
	compat BIGINT NOT NULL,
	checksum TEXT NOT NULL,
	applied BIGINT NOT NULL
);`

// migrate brings the database to the newest of steps. It changes nothing when
// the database is newer or was made by other migrations.
func (s *Store) migrate(ctx context.Context, steps []migration) error {
	if err := s.inTx(ctx, func(tx *sql.Tx) error {
		if err := s.lockMigrations(ctx, tx); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, only(s.Dialect(), migrationTable))
		return err
	}); err != nil {
		return err
	}
	at, err := checkVersion(ctx, s.write, steps)
	if err != nil {
		return err
	}
	if at > 0 && at < len(steps) {
		if err := s.keepCopy(ctx, at); err != nil {
			return fmt.Errorf("copy before migration: %w", err)
		}
	}
	for at < len(steps) {
		if err := s.step(ctx, steps); err != nil {
			return err
		}
		at++
	}
	return nil
}

// step applies the next migration, unless another process was faster.
func (s *Store) step(ctx context.Context, steps []migration) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		if err := s.lockMigrations(ctx, tx); err != nil {
			return err
		}
		at, err := checkVersion(ctx, tx, steps)
		if err != nil || at >= len(steps) {
			return err
		}
		m := steps[at]
		if _, err := tx.ExecContext(ctx, only(s.Dialect(), m.Text)); err != nil {
			return fmt.Errorf("migration v%d: %w", m.Version, err)
		}
		if then := goSteps()[m.Name]; then != nil {
			if err := then(ctx, tx); err != nil {
				return fmt.Errorf("migration v%d: %w", m.Version, err)
			}
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO migration (version, compat, checksum, applied) VALUES ($1, $2, $3, $4)`,
			m.Version, m.Compat, m.Checksum, micros(s.now()))
		return err
	})
}

// checkVersion returns how many of steps the database has, and an error when
// this binary must not use it.
func checkVersion(ctx context.Context, q querier, steps []migration) (int, error) {
	type row struct {
		version, compat int
		checksum        string
	}
	rows, err := collect(ctx, q, func(r *row) []any { return []any{&r.version, &r.compat, &r.checksum} },
		`SELECT version, compat, checksum FROM migration ORDER BY version`)
	if err != nil {
		return 0, err
	}
	for _, r := range rows {
		if r.version > len(steps) {
			if r.compat > len(steps) {
				return 0, fmt.Errorf("the database is of version %d, this program of version %d: use a newer program", r.version, len(steps))
			}
			continue
		}
		if r.checksum != steps[r.version-1].Checksum {
			return 0, fmt.Errorf("migration v%d of the database is not the one of this program: use the program that made it", r.version)
		}
	}
	return len(rows), nil
}
