package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"honne"
)

// ErrNotEmpty refuses to fill a ledger that holds something.
var ErrNotEmpty = errors.New("the database holds something already")

// Load opens an empty ledger and fills it with what Dump wrote: table opens the
// rows of each of tables. All of it is there afterwards, migrated to this
// program's version, or nothing. ErrNotEmpty when the ledger is not empty,
// honne.ErrInvalid when the dump is of a later program, holds what no dump does,
// or its history ends elsewhere than d says.
func Load(ctx context.Context, cfg Config, d Dumped, tables []string, table func(name string) (io.ReadCloser, error)) (*Store, error) {
	s, err := openEmpty(ctx, cfg, d.Version, tables)
	if err != nil {
		return nil, fmt.Errorf("store: load: %w", err)
	}
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+counters); err != nil {
			return err
		}
		for _, name := range tables {
			if err := s.loadPart(ctx, tx, name, table); err != nil {
				return fmt.Errorf("table %s: %w", name, err)
			}
		}
		head, err := headOf(ctx, tx)
		if err == nil && head != d.Head {
			err = fmt.Errorf("its history ends at %s, and at %s when it was made: it was altered, use another one: %w", head, d.Head, honne.ErrInvalid)
		}
		return err
	})
	if err = errors.Join(err, s.Close()); err != nil {
		return nil, fmt.Errorf("store: load: %w", err)
	}
	return Open(ctx, cfg)
}

// openEmpty opens a ledger at the version of a dump, and refuses one that holds a
// row.
func openEmpty(ctx context.Context, cfg Config, version int, tables []string) (*Store, error) {
	if cfg.Now == nil {
		return nil, errors.New("no clock")
	}
	steps, err := readMigrations(migrationFiles)
	if err != nil {
		return nil, err
	}
	if err := checkTables(version, len(steps), tables); err != nil {
		return nil, err
	}
	write, read, err := cfg.connect()
	if err != nil {
		return nil, err
	}
	s := &Store{cfg: cfg, write: write, read: read}
	err = s.migrate(ctx, steps[:version])
	if err == nil {
		err = s.checkEmpty(ctx, version, tables)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func checkTables(version, newest int, tables []string) error {
	if version > newest || version < 1 {
		return fmt.Errorf("it is of version %d of the database, this program of version %d: use a newer program: %w", version, newest, honne.ErrInvalid)
	}
	known := dumpedNames()
	for _, name := range tables {
		if !known[name] && version > dumpedUntil()[name] {
			return errForeign("the table " + name)
		}
		delete(known, name)
	}
	if version == newest && len(known) > 0 {
		return fmt.Errorf("%d tables are missing: %w", len(known), honne.ErrInvalid)
	}
	return nil
}

func (s *Store) checkEmpty(ctx context.Context, version int, tables []string) error {
	var at int
	if err := s.read.QueryRowContext(ctx, `SELECT coalesce(max(version), 0) FROM migration`).Scan(&at); err != nil {
		return err
	}
	if at != version {
		return fmt.Errorf("%w: tables of version %d, and what is to be filled in is of version %d", ErrNotEmpty, at, version)
	}
	for _, name := range tables {
		var found int
		rows := name
		if name == counters {
			rows += " WHERE last > 0"
		}
		err := s.read.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT 1 FROM "+rows+" LIMIT 1) AS one").Scan(&found)
		if err == nil && found > 0 {
			err = fmt.Errorf("%w, in its table %s", ErrNotEmpty, name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// counters is the one table in which migrations write: a new ledger has its rows,
// at 0.
const counters = "counter"

func (s *Store) loadPart(ctx context.Context, tx *sql.Tx, name string, table func(string) (io.ReadCloser, error)) error {
	in, err := table(name)
	if err != nil {
		return err
	}
	return errors.Join(s.loadTable(ctx, tx, name, in), in.Close())
}

// loadBytes is about how much of a table is held before it is written.
const loadBytes = 4 << 20

// loadTable fills one table.
func (s *Store) loadTable(ctx context.Context, tx *sql.Tx, name string, in io.Reader) error {
	d := json.NewDecoder(in)
	d.UseNumber()
	var columns []string
	if err := d.Decode(&columns); err != nil {
		return fmt.Errorf("names of columns: %w", err)
	}
	kinds, err := kindsOf(ctx, tx, name, columns)
	if err != nil {
		return err
	}
	rows := newBulk(ctx, tx, s.Dialect(), name, columns...)
	for held, start := int64(0), d.InputOffset(); ; {
		var row []any
		err := d.Decode(&row)
		if errors.Is(err, io.EOF) {
			return rows.end()
		}
		if err == nil && len(row) != len(columns) {
			err = fmt.Errorf("%d values in %d columns: %w", len(row), len(columns), honne.ErrInvalid)
		}
		for i := 0; err == nil && i < len(row); i++ {
			row[i], err = kinds[i].value(row[i])
		}
		if err == nil {
			err = rows.add(row...)
		}
		if held = d.InputOffset() - start; err == nil && held > loadBytes {
			err, start = rows.end(), d.InputOffset()
			rows = newBulk(ctx, tx, s.Dialect(), name, columns...)
		}
		if err != nil {
			return err
		}
	}
}

// columnKind is what a column holds, by any of the names that the two databases
// have for it.
type columnKind string

var columnName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func kindsOf(ctx context.Context, tx *sql.Tx, table string, columns []string) ([]columnKind, error) {
	for _, c := range columns {
		if !columnName.MatchString(c) {
			return nil, errForeign("the column " + c)
		}
	}
	rows, err := tx.QueryContext(ctx, "SELECT "+strings.Join(columns, ", ")+" FROM "+table+" WHERE 1 = 0")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	kinds := make([]columnKind, len(types))
	for i, t := range types {
		kinds[i] = columnKind(t.DatabaseTypeName())
	}
	return kinds, rows.Err()
}

// value turns what a dump wrote into a value of the column.
func (k columnKind) value(v any) (any, error) {
	switch x := v.(type) {
	case nil:
		return nil, nil
	case string:
		return x, nil
	case json.Number:
		return k.number(x)
	case map[string]any:
		text, _ := x["base64"].(string)
		raw, err := base64.StdEncoding.DecodeString(text)
		if k == "TEXT" {
			return string(raw), err
		}
		return raw, err
	}
	return nil, fmt.Errorf("a value is neither text nor number: %w", honne.ErrInvalid)
}

func (k columnKind) number(x json.Number) (any, error) {
	switch k {
	case "REAL", "FLOAT8":
		return x.Float64()
	case "BOOL":
		n, err := x.Int64()
		return n != 0, err
	}
	return x.Int64()
}
