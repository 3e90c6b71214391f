package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"honne"
)

// Schema describes the tables of the open database, one definition a line or
// more, the same for the same migrations.
func (s *Store) Schema(ctx context.Context) (string, error) {
	var out strings.Builder
	for _, query := range schemaQueries(s.Dialect()) {
		lines, err := collect(ctx, s.read, func(l *string) []any { return []any{l} }, query)
		if err != nil {
			return "", fmt.Errorf("store: schema: %w", err)
		}
		out.WriteString(strings.Join(lines, "\n") + "\n\n")
	}
	return strings.TrimSpace(out.String()) + "\n", nil
}

// schemaQueries list what the catalogue knows of the schema, for the goldens.
func schemaQueries(dialect string) []string {
	if dialect == dialectSQLite {
		return []string{`SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name`}
	}
	return []string{
		`SELECT table_name || '.' || column_name || ' ' || data_type ||
			CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END || coalesce(' DEFAULT ' || column_default, '')
			FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position`,
		`SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
			FROM pg_constraint WHERE connamespace = current_schema()::regnamespace ORDER BY conrelid::regclass::text, conname`,
		`SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY indexname`,
	}
}

// OpenAt opens a ledger as the program of an older version did, and leaves it at
// that version.
func OpenAt(ctx context.Context, cfg Config, version int) (*Store, error) {
	steps, err := readMigrations(migrationFiles)
	if err != nil {
		return nil, err
	}
	write, read, err := cfg.connect()
	if err != nil {
		return nil, err
	}
	s := &Store{cfg: cfg, write: write, read: read}
	return s, s.migrate(ctx, steps[:version])
}

// StoredLines writes the lines of all submissions, accepted or not: distributor,
// submission, numbers, quantity, amount.
func (s *Store) StoredLines(ctx context.Context) (out []string, err error) {
	all, err := s.Distributors(ctx)
	for _, d := range all {
		err = errors.Join(err, eachBlock(ctx, s.read, func(b *block) error {
			return b.lines(func(l *storedLine) error {
				out = append(out, fmt.Sprint(d.ID, l.submission, l.numbers, l.quantity, l.amount))
				return nil
			})
		}, `distributor_id = $1`, int64(d.ID)))
	}
	return out, err
}

// UnpackedLines writes those of a ledger of version 4 alike.
func (s *Store) UnpackedLines(ctx context.Context) (out []string, err error) {
	type row struct {
		distributor honne.DistributorID
		unpackedLine
	}
	err = each(ctx, s.read, func(r *row) []any { return append([]any{&r.distributor, &r.submission}, r.fields()...) },
		func(r *row) error {
			out = append(out, fmt.Sprint(r.distributor, r.submission, r.numbers, figure(r.quantity), figure(r.amount)))
			return nil
		}, `SELECT distributor_id, submission_id, `+unpackedColumns+`, quantity, amount FROM line ORDER BY distributor_id, submission_id, n`)
	return out, err
}

// Tables lists the tables of the open database by name.
func (s *Store) Tables(ctx context.Context) ([]string, error) {
	query := `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY 1`
	if s.Dialect() == dialectSQLite {
		query = `SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1`
	}
	return collect(ctx, s.read, func(n *string) []any { return []any{n} }, query)
}

// DecidedTables lists the tables of which dump.go says what becomes of them.
func DecidedTables() []string {
	out := strings.Split(undumped, ", ")
	for _, t := range dumpedTables {
		out = append(out, t.name)
	}
	slices.Sort(out)
	return out
}
