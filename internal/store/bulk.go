package store

import (
	"context"
	"database/sql"
	"math/bits"
	"strconv"
	"strings"
)

// maxParams is the number of parameters a statement may have; more rows a
// statement gain nothing.
const maxParams = 1000

// bulk inserts many rows into a table in the transaction tx, several a
// statement.
type bulk struct {
	ctx     context.Context
	tx      *sql.Tx
	dialect string
	table   string
	columns []string
	full    *sql.Stmt
	args    []any
}

func newBulk(ctx context.Context, tx *sql.Tx, dialect, table string, columns ...string) *bulk {
	b := &bulk{ctx: ctx, tx: tx, dialect: dialect, table: table, columns: columns}
	b.args = make([]any, 0, b.rows()*len(columns))
	return b
}

func (b *bulk) rows() int { return maxParams / len(b.columns) }

// add adds a row.
func (b *bulk) add(row ...any) error {
	b.args = append(b.args, row...)
	if len(b.args) < b.rows()*len(b.columns) {
		return nil
	}
	if b.full == nil {
		var err error
		if b.full, err = b.tx.PrepareContext(b.ctx, b.statement(b.rows())); err != nil {
			return err
		}
	}
	_, err := b.full.ExecContext(b.ctx, b.args...)
	b.args = b.args[:0]
	return err
}

// end writes what is left, in powers of two: PostgreSQL keeps each statement
// that it is shown, so there must not be one for every number of rows.
func (b *bulk) end() error {
	for rest := b.args; len(rest) > 0; {
		rows := 1 << (bits.Len(uint(len(rest)/len(b.columns))) - 1)
		n := rows * len(b.columns)
		if _, err := b.tx.ExecContext(b.ctx, b.statement(rows), rest[:n]...); err != nil {
			return err
		}
		rest = rest[n:]
	}
	b.args = b.args[:0]
	if b.full != nil {
		return b.full.Close()
	}
	return nil
}

func (b *bulk) statement(rows int) string {
	var s strings.Builder
	s.WriteString("INSERT INTO " + b.table + " (" + strings.Join(b.columns, ", ") + ") VALUES ")
	for i := range rows * len(b.columns) {
		switch {
		case i == 0:
			s.WriteByte('(')
		case i%len(b.columns) == 0:
			s.WriteString("),(")
		default:
			s.WriteByte(',')
		}
		s.WriteString(placeholder(b.dialect, i+1))
	}
	s.WriteByte(')')
	return s.String()
}

// inBatches calls f with transactions until it says that it is done, so that
// none of them holds the writer for long.
func (s *Store) inBatches(ctx context.Context, f func(tx *sql.Tx) (done bool, err error)) error {
	for done := false; !done; {
		err := s.inLazyTx(ctx, func(tx *sql.Tx) (err error) {
			done, err = f(tx)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// list writes ids as the inside of IN (…).
func list[ID ~int64](ids []ID) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = strconv.FormatInt(int64(id), 10)
	}
	return strings.Join(out, ",")
}
