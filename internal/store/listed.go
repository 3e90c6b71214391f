package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"honne"
	"honne/internal/identity"
)

// listedRow is a row of a list as it is kept.
type listedRow struct {
	kind          honne.EntryKind
	same          string
	address, body string
	file          honne.FileID
}

func (r *listedRow) fields() []any {
	return []any{&r.file, &r.kind, &r.same, &r.address, &r.body}
}

const selectListed = `SELECT l.file_id, l.kind, l.same, l.address, l.body FROM listed l `

// KeepListed keeps what the lists of a file give, in place of what an earlier
// reading gave; nothing of it counts before Accept. A file that was accepted or
// undone is honne.ErrConflict.
func (s *Store) KeepListed(ctx context.Context, file honne.FileID, list []honne.Listed) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		if err := changeOne(ctx, tx, `UPDATE file SET attempt = attempt WHERE id = $1`, int64(file)); err != nil {
			return err
		}
		f, err := fileOf(ctx, tx, file)
		if err != nil {
			return err
		}
		if decided(f.State) {
			return fmt.Errorf("the file is %s: %w", f.State, honne.ErrConflict)
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM listed WHERE distributor_id = $1 AND file_id = $2`, int64(f.Distributor), int64(file)); err != nil {
			return err
		}
		b := newBulk(ctx, tx, s.Dialect(), "listed", "distributor_id", "file_id", "n", "kind", "same", "address", "body")
		for i, x := range list {
			address, err := json.Marshal(x.At)
			body, wrong := json.Marshal(x.Body)
			if err := errors.Join(err, wrong); err != nil {
				return err
			}
			if err := b.add(int64(f.Distributor), int64(file), i+1, string(x.Body.EntryKind()), sameKey(x.Body, x.Nth), string(address), string(body)); err != nil {
				return err
			}
		}
		return b.end()
	})
	if err != nil {
		return fmt.Errorf("store: keep lists of file %d: %w", file, err)
	}
	return nil
}

// sameKey is equal for what two lists say of one thing: an activity of a day, a
// site, a kind and a person; what is whole of a month; a function; an article.
func sameKey(body honne.Entered, nth int) string {
	var parts []any
	switch x := body.(type) {
	case honne.FieldActivity:
		parts = []any{x.On, x.Kind, identity.Plain(identity.Party, x.Site), identity.Plain(identity.Party, x.Rep), nth}
	case honne.ActivityMonth:
		parts = []any{x.Month, x.Kind, x.Whole}
	case honne.Contact:
		parts = []any{x.Function, x.Direct}
	case honne.Article:
		parts = []any{identity.Plain(identity.Article, x.Code), identity.Plain(identity.Article, x.Name)}
	}
	key, _ := json.Marshal(parts)
	return string(key)
}

// listedOf reads what a file lists, in its order.
func listedOf(ctx context.Context, q querier, f fileRow) ([]listedRow, error) {
	return collect(ctx, q, (*listedRow).fields, selectListed+`WHERE l.distributor_id = $1 AND l.file_id = $2 ORDER BY l.n`, int64(f.Distributor), int64(f.ID))
}

// lists reports whether a file lists anything.
func lists(ctx context.Context, q querier, f fileRow) (bool, error) {
	var n int
	err := q.QueryRowContext(ctx, `SELECT count(*) FROM listed WHERE distributor_id = $1 AND file_id = $2`, int64(f.Distributor), int64(f.ID)).Scan(&n)
	return n > 0, err
}

// scope is whose the entries of a kind are: the articles are the whole house's,
// unless the file came to a sample.
func scope(ctx context.Context, q querier, f fileRow, kind honne.EntryKind) (honne.DistributorID, error) {
	if kind != honne.EntryArticle {
		return f.Distributor, nil
	}
	d, err := findDistributor(ctx, q, `WHERE id = $1`, int64(f.Distributor))
	if err != nil || d.Sample {
		return f.Distributor, err
	}
	return 0, nil
}

// enterListed makes the entries of what an accepted file lists, in the
// transaction of its acceptance. What stands already, in a list or because
// somebody wrote it, is not entered again; what went with an earlier file comes
// back as a version of its entry.
func (s *Store) enterListed(ctx context.Context, tx *sql.Tx, by honne.UserID, f fileRow) error {
	rows, err := listedOf(ctx, tx, f)
	if err != nil {
		return err
	}
	return eachKind(ctx, tx, f, rows, func(d honne.DistributorID, of []listedRow) error { return s.enterKind(ctx, tx, by, f, d, of) })
}

// eachKind gives the rows of a file to do, those of a kind together, with whose
// their entries are.
func eachKind(ctx context.Context, q querier, f fileRow, rows []listedRow, do func(honne.DistributorID, []listedRow) error) error {
	for _, kind := range [...]honne.EntryKind{honne.EntryActivity, honne.EntryActivityMonth, honne.EntryContact, honne.EntryArticle} {
		of := slices.DeleteFunc(slices.Clone(rows), func(r listedRow) bool { return r.kind != kind })
		if len(of) == 0 {
			continue
		}
		d, err := scope(ctx, q, f, kind)
		if err == nil {
			err = do(d, of)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) enterKind(ctx context.Context, tx *sql.Tx, by honne.UserID, f fileRow, d honne.DistributorID, rows []listedRow) error {
	kind := rows[0].kind
	// The counter's lock keeps a second acceptance of the same rows out.
	if _, err := nextID(ctx, tx, "entry "+string(kind), 0); err != nil {
		return err
	}
	known, err := entriesListed(ctx, tx, d, kind)
	if err != nil {
		return err
	}
	for _, r := range rows {
		at, found := known[r.same]
		if found && !at.withdrawn && !otherLine(at, r, f) {
			continue
		}
		body, err := cited(r, f)
		if err != nil {
			return err
		}
		next := entryRow{distributor: d, kind: kind, number: at.number, n: at.n, body: body, by: by}
		if err := s.enterRow(ctx, tx, &next); err != nil {
			return err
		}
		if !found {
			if _, err := tx.ExecContext(ctx, `INSERT INTO listed_entry (distributor_id, kind, same, number) VALUES ($1, $2, $3, $4)`,
				int64(d), string(kind), r.same, next.number); err != nil {
				return err
			}
		}
		known[r.same] = next
	}
	return nil
}

// otherLine reports whether a list, received no earlier than the one before, puts
// an article into another product line than it stands in.
func otherLine(at entryRow, r listedRow, f fileRow) bool {
	var was, is honne.Article
	return r.kind == honne.EntryArticle && json.Unmarshal([]byte(at.body), &was) == nil && json.Unmarshal([]byte(r.body), &is) == nil &&
		is.Line != "" && is.Line != was.Line && f.file().Receipt.Day() >= was.Cited.Received
}

// cited is the body of a listed row as an entry: with its file and cells.
func cited(r listedRow, f fileRow) (string, error) {
	c := honne.Cited{File: f.ID, Path: f.Path, Received: f.file().Receipt.Day()}
	if err := json.Unmarshal([]byte(r.address), &c.At); err != nil {
		return "", err
	}
	switch r.kind {
	case honne.EntryActivity:
		return withCells(r.body, func(x *honne.FieldActivity) { x.Cited = c })
	case honne.EntryActivityMonth:
		return withCells(r.body, func(x *honne.ActivityMonth) { x.Cited = c })
	case honne.EntryContact:
		return withCells(r.body, func(x *honne.Contact) { x.Cited = c })
	}
	return withCells(r.body, func(x *honne.Article) { x.Cited = c })
}

func withCells[T any](body string, set func(*T)) (string, error) {
	var x T
	if err := json.Unmarshal([]byte(body), &x); err != nil {
		return "", err
	}
	set(&x)
	out, err := json.Marshal(x)
	return string(out), err
}

// entriesListed are the last versions of the entries of a kind by what is the same
// in lists: those that came from lists, taken back or not, and those that somebody
// wrote. What somebody took back himself stays so: it counts as there.
func entriesListed(ctx context.Context, q querier, d honne.DistributorID, kind honne.EntryKind) (map[string]entryRow, error) {
	rows, err := collect(ctx, q, (*entryRow).fields, `SELECT `+entryColumns+` FROM entry WHERE distributor_id = $1 AND kind = $2 ORDER BY number, n`,
		int64(d), string(kind))
	if err != nil {
		return nil, err
	}
	last := map[int]entryRow{}
	for _, r := range rows {
		r.withdrawn = r.withdrawn && r.why == honne.WhyUndone
		last[r.number] = r
	}
	type link struct {
		same   string
		number int
	}
	links, err := collect(ctx, q, func(l *link) []any { return []any{&l.same, &l.number} },
		`SELECT same, number FROM listed_entry WHERE distributor_id = $1 AND kind = $2`, int64(d), string(kind))
	out := map[string]entryRow{}
	for _, l := range links {
		out[l.same] = last[l.number]
		delete(last, l.number)
	}
	for _, r := range rows {
		if standing, written := last[r.number]; written && standing.n == r.n && !r.withdrawn {
			same, wrong := writtenKey(r)
			err = errors.Join(err, wrong)
			if _, listed := out[same]; !listed {
				out[same] = r
			}
		}
	}
	return out, err
}

// writtenKey is what is the same of an entry that somebody wrote.
func writtenKey(r entryRow) (string, error) {
	switch r.kind {
	case honne.EntryActivity:
		e, err := entryOf[honne.FieldActivity](&r)
		return sameKey(e.Body, 0), err
	case honne.EntryActivityMonth:
		e, err := entryOf[honne.ActivityMonth](&r)
		return sameKey(e.Body, 0), err
	case honne.EntryContact:
		e, err := entryOf[honne.Contact](&r)
		return sameKey(e.Body, 0), err
	}
	e, err := entryOf[honne.Article](&r)
	return sameKey(e.Body, 0), err
}

// reverseListed takes the entries back that rest on a file which is undone; one
// that another file in force lists too rests on that from now on.
func (s *Store) reverseListed(ctx context.Context, tx *sql.Tx, by honne.UserID, f fileRow) error {
	rows, err := listedOf(ctx, tx, f)
	if err != nil {
		return err
	}
	return eachKind(ctx, tx, f, rows, func(d honne.DistributorID, of []listedRow) error { return s.reverseKind(ctx, tx, by, f, d, of) })
}

func (s *Store) reverseKind(ctx context.Context, tx *sql.Tx, by honne.UserID, f fileRow, d honne.DistributorID, rows []listedRow) error {
	kind, files := rows[0].kind, map[honne.FileID]fileRow{}
	if _, err := nextID(ctx, tx, "entry "+string(kind), 0); err != nil {
		return err
	}
	known, err := entriesListed(ctx, tx, d, kind)
	if err != nil {
		return err
	}
	others, err := othersListing(ctx, tx, f, d, kind)
	if err != nil {
		return err
	}
	for _, r := range rows {
		e, found := known[r.same]
		var rests struct{ Cited honne.Cited }
		if !found || e.withdrawn {
			continue
		}
		if err := json.Unmarshal([]byte(e.body), &rests); err != nil {
			return err
		}
		if rests.Cited.File != f.ID {
			continue
		}
		next := entryRow{distributor: d, kind: kind, number: e.number, n: e.n, body: e.body, withdrawn: true, why: honne.WhyUndone, by: by}
		if other, there := others[r.same]; there {
			if next.body, err = citedIn(ctx, tx, other, files); err != nil {
				return err
			}
			next.withdrawn, next.why = false, ""
		}
		if err := s.enterRow(ctx, tx, &next); err != nil {
			return err
		}
		delete(known, r.same)
	}
	return nil
}

// citedIn is cited with the file that a row is of, which is read once.
func citedIn(ctx context.Context, tx *sql.Tx, r listedRow, files map[honne.FileID]fileRow) (body string, err error) {
	if files[r.file].ID == 0 {
		if files[r.file], err = fileOf(ctx, tx, r.file); err != nil {
			return "", err
		}
	}
	return cited(r, files[r.file])
}

// othersListing are the rows of a kind in other files in force, by what is the
// same; of several files the first.
func othersListing(ctx context.Context, q querier, f fileRow, d honne.DistributorID, kind honne.EntryKind) (map[string]listedRow, error) {
	rows, err := collect(ctx, q, (*listedRow).fields, selectListed+`JOIN file f ON f.id = l.file_id JOIN distributor d ON d.id = l.distributor_id
		WHERE l.kind = $1 AND l.file_id <> $2 AND f.state = 'accepted' AND (l.distributor_id = $3 OR $3 = 0 AND d.sample = FALSE)
		AND l.same IN (SELECT same FROM listed WHERE distributor_id = $4 AND file_id = $2) ORDER BY l.file_id, l.n`,
		string(kind), int64(f.ID), int64(d), int64(f.Distributor))
	out := map[string]listedRow{}
	for _, r := range rows {
		if _, there := out[r.same]; !there {
			out[r.same] = r
		}
	}
	return out, err
}

// lastListed is the last day on which a file came that entries rest on; 0 for none.
func lastListed(rows []entryRow) (last honne.Date, err error) {
	for _, r := range rows {
		if !strings.Contains(r.body, `"Cited"`) {
			continue
		}
		var x entryDay
		err = errors.Join(err, json.Unmarshal([]byte(r.body), &x))
		last = max(last, x.Cited.Received)
	}
	return last, err
}

// citedSources puts the entries that rest on rows of files together: adjoining
// rows are one range.
func citedSources(list []honne.Cited) (out []honne.Source) {
	slices.SortStableFunc(list, func(a, b honne.Cited) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.At.Sheet, b.At.Sheet), cmp.Compare(a.At.Range.From.Row, b.At.Range.From.Row))
	})
	for _, c := range list {
		if n := len(out) - 1; n >= 0 && out[n].File == c.File && out[n].At.Sheet == c.At.Sheet && c.At.Range.From.Row <= out[n].At.Range.To.Row+1 {
			r := &out[n].At.Range
			r.From.Col, r.To.Col, r.To.Row = min(r.From.Col, c.At.Range.From.Col), max(r.To.Col, c.At.Range.To.Col), max(r.To.Row, c.At.Range.To.Row)
			out[n].Figures++
			continue
		}
		out = append(out, honne.Source{File: c.File, Path: c.Path, At: c.At, Figures: 1})
	}
	return out
}
