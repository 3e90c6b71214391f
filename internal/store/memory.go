package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"honne"
)

// SaveColumns remembers, for a distributor's later files, what columns mean:
// normalised header to meaning. Headers that are not named stay as they were.
func (s *Store) SaveColumns(ctx context.Context, distributor honne.DistributorID, columns map[string]honne.Meaning) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		for _, h := range slices.Sorted(maps.Keys(columns)) {
			if _, err := tx.ExecContext(ctx, `INSERT INTO memory (distributor_id, header, meaning) VALUES ($1, $2, $3)
				ON CONFLICT (distributor_id, header) DO UPDATE SET meaning = excluded.meaning`,
				int64(distributor), h, string(columns[h])); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("store: save columns of distributor %d: %w", distributor, err)
	}
	return nil
}

// ForgetColumn forgets what a header means; a header that was never remembered
// is forgotten already.
func (s *Store) ForgetColumn(ctx context.Context, distributor honne.DistributorID, header string) error {
	return s.forget(ctx, `DELETE FROM memory WHERE distributor_id = $1 AND header = $2`, distributor, header)
}

// SaveForm remembers what a person said of tables of a form; Files is not read.
func (s *Store) SaveForm(ctx context.Context, distributor honne.DistributorID, form string, f honne.Form) error {
	f.Files = 0
	body, err := json.Marshal(f)
	if err == nil {
		err = s.inTx(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `INSERT INTO form (distributor_id, form, body) VALUES ($1, $2, $3)
				ON CONFLICT (distributor_id, form) DO UPDATE SET body = excluded.body`, int64(distributor), form, string(body))
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("store: save form of distributor %d: %w", distributor, err)
	}
	return nil
}

// ForgetForm forgets what was said of tables of a form; in how many files it
// stood stays known.
func (s *Store) ForgetForm(ctx context.Context, distributor honne.DistributorID, form string) error {
	return s.forget(ctx, `DELETE FROM form WHERE distributor_id = $1 AND form = $2`, distributor, form)
}

func (s *Store) forget(ctx context.Context, query string, distributor honne.DistributorID, key string) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, query, int64(distributor), key)
		return err
	})
	if err != nil {
		return fmt.Errorf("store: forget of distributor %d: %w", distributor, err)
	}
	return nil
}

// Memory returns what was remembered of a distributor's files.
func (s *Store) Memory(ctx context.Context, distributor honne.DistributorID) (honne.Memory, error) {
	m := honne.Memory{Columns: map[string]honne.Meaning{}, Forms: map[string]honne.Form{}}
	err := s.readMemory(ctx, int64(distributor), m)
	if err != nil {
		return honne.Memory{}, fmt.Errorf("store: memory of distributor %d: %w", distributor, err)
	}
	return m, nil
}

func (s *Store) readMemory(ctx context.Context, distributor int64, m honne.Memory) error {
	type row struct {
		key, value string
		n          int
	}
	columns, err := collect(ctx, s.read, func(r *row) []any { return []any{&r.key, &r.value} },
		`SELECT header, meaning FROM memory WHERE distributor_id = $1`, distributor)
	if err != nil {
		return err
	}
	for _, r := range columns {
		m.Columns[r.key] = honne.Meaning(r.value)
	}
	said, err := collect(ctx, s.read, func(r *row) []any { return []any{&r.key, &r.value} },
		`SELECT form, body FROM form WHERE distributor_id = $1`, distributor)
	if err != nil {
		return err
	}
	for _, r := range said {
		var f honne.Form
		if err := json.Unmarshal([]byte(r.value), &f); err != nil {
			return err
		}
		m.Forms[r.key] = f
	}
	seen, err := collect(ctx, s.read, func(r *row) []any { return []any{&r.key, &r.n} },
		`SELECT form, count(*) FROM form_file WHERE distributor_id = $1 GROUP BY form`, distributor)
	for _, r := range seen {
		f := m.Forms[r.key]
		f.Files = r.n
		m.Forms[r.key] = f
	}
	return err
}

// FormFile is the last accepted file in which a form stood; honne.ErrNotFound for
// a form that was said of but never accepted.
func (s *Store) FormFile(ctx context.Context, d honne.DistributorID, form string) (honne.FileID, error) {
	ids, err := collect(ctx, s.read, func(id *honne.FileID) []any { return []any{id} },
		`SELECT file_id FROM form_file WHERE distributor_id = $1 AND form = $2 ORDER BY file_id DESC LIMIT 1`, int64(d), form)
	if err == nil && len(ids) == 0 {
		err = honne.ErrNotFound
	}
	if err != nil {
		return 0, fmt.Errorf("store: file of form %s: %w", form, err)
	}
	return ids[0], nil
}

// learnForms notes in which forms the accepted lines of a file stood; a file
// without a reading teaches nothing.
func learnForms(ctx context.Context, tx *sql.Tx, f fileRow) error {
	bodies, err := collect(ctx, tx, func(s *string) []any { return []any{s} }, `SELECT body FROM reading WHERE file_id = $1`, int64(f.ID))
	if err != nil || len(bodies) == 0 {
		return err
	}
	var r honne.Reading
	if err := json.Unmarshal([]byte(bodies[0]), &r); err != nil {
		return err
	}
	for _, p := range r.Parts {
		for _, t := range p.Tables {
			if t >= len(r.Tables) || r.Tables[t].Form == "" {
				continue
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO form_file (distributor_id, form, file_id) VALUES ($1, $2, $3)
				ON CONFLICT DO NOTHING`, int64(f.Distributor), r.Tables[t].Form, int64(f.ID)); err != nil {
				return err
			}
		}
	}
	return nil
}

// unlearnForms takes back what learnForms noted.
func unlearnForms(ctx context.Context, tx *sql.Tx, f fileRow) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM form_file WHERE distributor_id = $1 AND file_id = $2`, int64(f.Distributor), int64(f.ID))
	return err
}
