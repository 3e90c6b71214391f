package store

import (
	"context"
	"fmt"
	"strings"
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
