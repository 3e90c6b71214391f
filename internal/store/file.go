package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"honne"
)

type fileRow struct {
	honne.StoredFile
	received, loaded, accepted int64
	attempt                    int64
}

func (r *fileRow) fields() []any {
	return []any{&r.ID, &r.Distributor, &r.Path, &r.SHA256, &r.Size, &r.Format, &r.received, &r.Receipt.Basis,
		&r.From, &r.State, &r.loaded, &r.LoadedBy, &r.accepted, &r.AcceptedBy, &r.Problems, &r.Lines, &r.attempt}
}

func (r fileRow) file() honne.StoredFile {
	f := r.StoredFile
	f.Receipt.At, f.Loaded, f.Accepted = instant(r.received), instant(r.loaded), instant(r.accepted)
	return f
}

const selectFile = `SELECT id, distributor_id, path, sha256, size, format, received, basis, side, state,
	loaded, loaded_by, accepted, accepted_by, problems, lines, attempt FROM file `

func fileOf(ctx context.Context, q querier, id honne.FileID) (fileRow, error) {
	return one(ctx, q, (*fileRow).fields, selectFile+`WHERE id = $1`, int64(id))
}

// AddFile adds a file and returns its number. Where the same bytes of the
// distributor
//
//   - are in force, or list what no other file replaces, it returns a *honne.Duplicate, and that file takes the
//     better of the two receipts: the exact one, else the earlier;
//   - wait for acceptance or could not be used, it returns that file's number,
//     so that a retry goes on with the file it began;
//   - came on a day that was only estimated, and are now known to have come on
//     another, they are that file as well, whatever stands for it by now;
//   - were replaced by a newer version or undone, they are a new file: the
//     partner went back.
//
// ID, Accepted, AcceptedBy, Problems and Lines are not read; a zero State is
// honne.FileReading, a zero Loaded is now, a zero Basis honne.ByLoad and a zero
// side honne.Theirs.
func (s *Store) AddFile(ctx context.Context, f honne.StoredFile) (id honne.FileID, err error) {
	f.State, f.Receipt.Basis = cmp.Or(f.State, honne.FileReading), cmp.Or(f.Receipt.Basis, honne.ByLoad)
	f.From, f.Format = cmp.Or(f.From, honne.Theirs), cmp.Or(f.Format, honne.Unknown)
	now := s.now()
	if f.Loaded.IsZero() {
		f.Loaded = now
	}
	inForce := false
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		same, found, err := s.sameBytes(ctx, tx, f)
		if err != nil {
			return err
		}
		if found {
			id, inForce = same.ID, same.State == honne.FileAccepted
			return takeReceipt(ctx, tx, same, f.Receipt, micros(now))
		}
		id, err = insertFile(ctx, tx, f, micros(now))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("store: add file %s: %w", f.Path, err)
	}
	if inForce {
		return 0, &honne.Duplicate{Of: id}
	}
	return id, nil
}

// sameBytes finds the newest file of the same bytes that stands for f. The
// counter's lock keeps two callers from adding the same bytes at once.
func (s *Store) sameBytes(ctx context.Context, tx *sql.Tx, f honne.StoredFile) (same fileRow, found bool, err error) {
	if _, err := nextID(ctx, tx, "file", 0); err != nil {
		return same, false, err
	}
	rows, err := collect(ctx, tx, (*fileRow).fields, selectFile+
		`WHERE distributor_id = $1 AND sha256 = $2 AND state <> 'undone' ORDER BY id DESC`, int64(f.Distributor), f.SHA256)
	if err != nil || len(rows) == 0 {
		return same, false, err
	}
	var led *ledger
	for _, r := range rows {
		if r.State != honne.FileAccepted {
			return r, true, nil
		}
		if led == nil {
			if led, err = readLedger(ctx, tx, f.Distributor, honne.AsOf{}); err != nil {
				return same, false, err
			}
		}
		listed := false
		if !led.holds(r.ID) {
			listed, err = lists(ctx, tx, r) // lists add up: none replaces another
		}
		if err != nil || listed || led.fileInForce(r.ID) || !r.Receipt.Exact() && f.Receipt.Exact() {
			return r, true, err
		}
	}
	return same, false, nil
}

func insertFile(ctx context.Context, tx *sql.Tx, f honne.StoredFile, now int64) (honne.FileID, error) {
	id, err := nextID(ctx, tx, "file", 1)
	if err != nil {
		return 0, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO file (id, distributor_id, path, sha256, size, format, received, basis, side,
		state, loaded, loaded_by, accepted, accepted_by, problems, lines, attempt)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0, 0, 0, 0)`,
		id, int64(f.Distributor), f.Path, f.SHA256, f.Size, string(f.Format), micros(f.Receipt.At), string(f.Receipt.Basis),
		string(f.From), string(f.State), micros(f.Loaded), int64(f.LoadedBy))
	if err != nil {
		return 0, err
	}
	return honne.FileID(id), insertReceipt(ctx, tx, honne.FileID(id), 1, f.Receipt, now)
}

func insertReceipt(ctx context.Context, tx *sql.Tx, id honne.FileID, n int, r honne.Receipt, now int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO receipt (file_id, n, recorded, received, basis) VALUES ($1, $2, $3, $4, $5)`,
		int64(id), n, now, micros(r.At), string(r.Basis))
	return err
}

// takeReceipt gives the file the receipt r where that is the better one, and
// keeps what was believed before.
func takeReceipt(ctx context.Context, tx *sql.Tx, f fileRow, r honne.Receipt, now int64) error {
	if !better(r, f.file().Receipt) {
		return nil
	}
	return putReceipt(ctx, tx, f.ID, r, now)
}

func putReceipt(ctx context.Context, tx *sql.Tx, id honne.FileID, r honne.Receipt, now int64) error {
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM receipt WHERE file_id = $1`, int64(id)).Scan(&n); err != nil {
		return err
	}
	if err := insertReceipt(ctx, tx, id, n+1, r, now); err != nil {
		return err
	}
	return changeOne(ctx, tx, `UPDATE file SET received = $1, basis = $2 WHERE id = $3`, micros(r.At), string(r.Basis), int64(id))
}

// better reports whether receipt a says more than b: exact before a bound, a
// date in the name before none, then the earlier.
func better(a, b honne.Receipt) bool {
	rank := func(r honne.Receipt) int {
		switch {
		case r.At.IsZero():
			return 0
		case r.Exact():
			return 3
		case r.Basis == honne.ByName:
			return 2
		}
		return 1
	}
	if rank(a) != rank(b) {
		return rank(a) > rank(b)
	}
	return a.At.Before(b.At)
}

// File finds a file by its number; honne.ErrNotFound.
func (s *Store) File(ctx context.Context, id honne.FileID) (honne.StoredFile, error) {
	row, err := fileOf(ctx, s.read, id)
	if err != nil {
		return honne.StoredFile{}, fmt.Errorf("store: find file %d: %w", id, err)
	}
	return row.file(), nil
}

// Files lists the files of a distributor, of all when it is 0, by number.
func (s *Store) Files(ctx context.Context, distributor honne.DistributorID) ([]honne.StoredFile, error) {
	rows, err := collect(ctx, s.read, (*fileRow).fields, selectFile+`WHERE $1 = 0 OR distributor_id = $1 ORDER BY id`, int64(distributor))
	if err != nil {
		return nil, fmt.Errorf("store: list files: %w", err)
	}
	out := make([]honne.StoredFile, len(rows))
	for i, r := range rows {
		out[i] = r.file()
	}
	return out, nil
}

// SetFileState says where a file stands. Accept and Undo set their states
// themselves; what they decided cannot be set or left here: honne.ErrConflict.
func (s *Store) SetFileState(ctx context.Context, id honne.FileID, state honne.FileState) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		f, err := fileOf(ctx, tx, id)
		if err != nil || f.State == state {
			return err
		}
		if decided(f.State) || decided(state) {
			return honne.ErrConflict
		}
		return changeOne(ctx, tx, `UPDATE file SET state = $1 WHERE id = $2`, string(state), int64(id))
	})
	if err != nil {
		return fmt.Errorf("store: set state of file %d to %s: %w", id, state, err)
	}
	return nil
}

func decided(s honne.FileState) bool { return s == honne.FileAccepted || s == honne.FileUndone }

// byKey sorts by a text, byte by byte.
func byKey[T any](rows []T, key func(T) string) {
	slices.SortStableFunc(rows, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
}

// SetArrival corrects when a file reached us, and whose it is; what was believed
// before is kept. A zero receipt or side stays. The side of a file that was
// accepted or undone is honne.ErrConflict.
func (s *Store) SetArrival(ctx context.Context, id honne.FileID, r honne.Receipt, from honne.Side) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		f, err := fileOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if from != "" && from != f.From {
			if decided(f.State) {
				return honne.ErrConflict
			}
			if err := changeOne(ctx, tx, `UPDATE file SET side = $1 WHERE id = $2`, string(from), int64(id)); err != nil {
				return err
			}
		}
		if r.At.IsZero() || r.At.Equal(f.file().Receipt.At) && r.Basis == f.Receipt.Basis {
			return nil
		}
		return putReceipt(ctx, tx, id, r, micros(s.now()))
	})
	if err != nil {
		return fmt.Errorf("store: set arrival of file %d: %w", id, err)
	}
	return nil
}
