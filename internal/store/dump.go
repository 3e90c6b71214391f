package store

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"honne"
)

// dumpedTable is a table that a backup holds: its name, and the key that orders
// its rows.
type dumpedTable struct{ name, key string }

// dumpedTables lists what a backup holds, all in the same form on both databases.
// What undumped says is left out.
var dumpedTables = []dumpedTable{
	{"change", "distributor_id, submission_id, before_id, period_from, period_to, product_id"},
	{"compared", "distributor_id, submission_id, before_id, period_from, period_to"},
	{counters, "name"},
	{"decision", "file_id, n"},
	{"distributor", "id"},
	{"entry", "distributor_id, kind, number, n"},
	{"event", "n"},
	{"file", "id"},
	{"form", "distributor_id, form"},
	{"form_file", "distributor_id, form, file_id"},
	{"invitation", "token_hash"},
	{"line_block", "distributor_id, submission_id, first"},
	{"listed", "distributor_id, file_id, n"},
	{"listed_entry", "distributor_id, kind, same"},
	{"mailbox", "id"},
	{"memory", "distributor_id, header"},
	{"message", "distributor_id, id"},
	{"message_text", "distributor_id, message_id"},
	{"name", "distributor_id, id"},
	{"notice", "user_id"},
	{"reading", "file_id"},
	{"receipt", "file_id, n"},
	{"rollup", "distributor_id, submission_id, kind, period_from, period_to"},
	{"ruling", "distributor_id, n"},
	{"setting", "key"},
	{"stray", "sha256"},
	{"submission", "id"},
	{"submission_period", "distributor_id, submission_id, period_from, period_to"},
	{"taken", "distributor_id, kind, number, n"},
	{"users", "id"},
	{"voice", "id"},
	{voiceKeys, "audit, owner"},
}

// voiceKeys is the table of keys of voices. A backup holds of a key its public
// half and the day on which it is destroyed, never the key: what is destroyed
// here cannot be opened there (domain 3.8).
const voiceKeys = "voice_key"

// undumped are the tables that no backup holds: keys that are open, those who
// are signed in, links for passwords, and what a restored database knows by itself. The queue's are
// not the ledger's.
const undumped = "voice_lent, session, password_link, migration"

func (t dumpedTable) query() string {
	columns := "*"
	if t.name == voiceKeys {
		columns = "audit, owner, recipient, '' AS wrapped, forget"
	}
	return "SELECT " + columns + " FROM " + t.name + " ORDER BY " + t.key
}

// Dumped says of what a dump is: the version of the schema, and the end of the
// history in it.
type Dumped struct {
	Version int
	Head    Head
}

// Dump writes the ledger as it stands at one moment, while others write on: each
// table to what part returns for its name, as JSON lines, the names of its
// columns first. The same ledger gives the same bytes on both databases.
func (s *Store) Dump(ctx context.Context, part func(table string) (io.Writer, error)) (d Dumped, err error) {
	steps, err := readMigrations(migrationFiles)
	if err != nil {
		return d, fmt.Errorf("store: dump: %w", err)
	}
	err = s.view(ctx, func(q querier) (err error) {
		if d.Version, err = checkVersion(ctx, q, steps); err != nil {
			return err
		}
		if d.Head, err = headOf(ctx, q); err != nil {
			return err
		}
		for _, t := range dumpedTables {
			w, err := part(t.name)
			if err == nil {
				err = t.dump(ctx, q, w)
			}
			if err != nil {
				return fmt.Errorf("table %s: %w", t.name, err)
			}
		}
		return nil
	})
	if err != nil {
		return d, fmt.Errorf("store: dump: %w", err)
	}
	return d, nil
}

func (t dumpedTable) dump(ctx context.Context, q querier, w io.Writer) error {
	rows, err := q.QueryContext(ctx, t.query())
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	buffered := bufio.NewWriterSize(w, 64<<10)
	out := json.NewEncoder(buffered)
	out.SetEscapeHTML(false)
	if err := out.Encode(columns); err != nil {
		return err
	}
	row, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range row {
		into[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, v := range row {
			row[i] = dumpedValue(v)
		}
		if err := out.Encode(row); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return buffered.Flush()
}

// rawBytes is how a dump writes bytes, and text that is no UTF-8.
type rawBytes struct {
	Base64 []byte `json:"base64"`
}

// dumpedValue is a value as a dump writes it, whichever database it comes from.
func dumpedValue(v any) any {
	switch v := v.(type) {
	case bool:
		if v {
			return 1
		}
		return 0
	case []byte:
		return rawBytes{v}
	case string:
		if !utf8.ValidString(v) {
			return rawBytes{[]byte(v)}
		}
	}
	return v
}

// CheckOriginals calls missing with the name and the SHA-256 of every file and
// every message whose original has says is not there.
func (s *Store) CheckOriginals(ctx context.Context, has func(sum string) (bool, error), missing func(name, sum string)) error {
	type original struct{ sum, name string }
	err := each(ctx, s.read, func(o *original) []any { return []any{&o.sum, &o.name} }, func(o *original) error {
		there, err := has(o.sum)
		if err == nil && !there {
			missing(o.name, o.sum)
		}
		return err
	}, `SELECT sha256, min(path) FROM file GROUP BY sha256 UNION SELECT sha256, name FROM stray ORDER BY 1, 2`)
	if err != nil {
		return fmt.Errorf("store: originals: %w", err)
	}
	return nil
}

// dumpedNames lists the tables of a dump.
func dumpedNames() map[string]bool {
	out := map[string]bool{}
	for _, t := range dumpedTables {
		out[t.name] = true
	}
	return out
}

// dumpedUntil says until which version a dump held tables that are no more: the
// steps after it do with them what they did with those of a ledger.
func dumpedUntil() map[string]int {
	return map[string]int{"rollup_product": 13, "rollup_account": 13, "day_total": 13}
}

// errForeign refuses what no dump of this program holds.
func errForeign(what string) error {
	return fmt.Errorf("%s is no part of a ledger of this program: %w", strings.ToValidUTF8(what, "?"), honne.ErrInvalid)
}
