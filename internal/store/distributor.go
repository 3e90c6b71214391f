package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"honne"
)

type distributorRow struct {
	id      int64
	slug    string
	sample  bool
	profile string
}

func (r *distributorRow) fields() []any { return []any{&r.id, &r.slug, &r.sample, &r.profile} }

func (r distributorRow) distributor() (honne.Distributor, error) {
	d := honne.Distributor{ID: honne.DistributorID(r.id), Slug: r.slug, Sample: r.sample}
	if err := json.Unmarshal([]byte(r.profile), &d.Profile); err != nil {
		return d, fmt.Errorf("profile of %s: %w", r.slug, err)
	}
	return d, nil
}

const selectDistributor = `SELECT id, slug, sample, profile FROM distributor `

// AddDistributor adds a distributor under a new slug: its name in ASCII letters
// and digits, or partner-N where there are none; -2 and so on when it is taken.
func (s *Store) AddDistributor(ctx context.Context, p honne.Profile, sample bool) (honne.Distributor, error) {
	d := honne.Distributor{Sample: sample, Profile: p}
	profile, err := json.Marshal(p)
	if err != nil {
		return d, fmt.Errorf("store: add distributor %s: %w", p.Name, err)
	}
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		id, err := nextID(ctx, tx, "distributor", 1)
		if err != nil {
			return err
		}
		d.ID = honne.DistributorID(id)
		if d.Slug, err = freeSlug(ctx, tx, slugOf(p.Name, id)); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO distributor (id, slug, sample, profile) VALUES ($1, $2, $3, $4)`,
			id, d.Slug, sample, string(profile))
		return err
	})
	if err != nil {
		return d, fmt.Errorf("store: add distributor %s: %w", p.Name, err)
	}
	return d, nil
}

func slugOf(name string, id int64) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	slug := strings.Join(words, "-")
	if slug == "" {
		return fmt.Sprintf("partner-%d", id)
	}
	return slug
}

func freeSlug(ctx context.Context, q querier, base string) (string, error) {
	slug := base
	for n := 2; ; n++ {
		var taken int
		if err := q.QueryRowContext(ctx, `SELECT count(*) FROM distributor WHERE slug = $1`, slug).Scan(&taken); err != nil {
			return "", err
		}
		if taken == 0 {
			return slug, nil
		}
		slug = fmt.Sprintf("%s-%d", base, n)
	}
}

// Distributors lists all distributors by slug.
func (s *Store) Distributors(ctx context.Context) ([]honne.Distributor, error) {
	rows, err := collect(ctx, s.read, (*distributorRow).fields, selectDistributor)
	if err != nil {
		return nil, fmt.Errorf("store: list distributors: %w", err)
	}
	// Sorted here, because databases differ in how they sort text.
	byKey(rows, func(r distributorRow) string { return r.slug })
	var out []honne.Distributor
	for _, r := range rows {
		d, err := r.distributor()
		if err != nil {
			return nil, fmt.Errorf("store: list distributors: %w", err)
		}
		out = append(out, d)
	}
	return out, nil
}

// DistributorBySlug finds a distributor by its slug; honne.ErrNotFound.
func (s *Store) DistributorBySlug(ctx context.Context, slug string) (honne.Distributor, error) {
	return findDistributor(ctx, s.read, `WHERE slug = $1`, slug)
}

// Distributor finds a distributor by its number; honne.ErrNotFound.
func (s *Store) Distributor(ctx context.Context, id honne.DistributorID) (honne.Distributor, error) {
	return findDistributor(ctx, s.read, `WHERE id = $1`, int64(id))
}

func findDistributor(ctx context.Context, q querier, where string, arg any) (honne.Distributor, error) {
	row, err := one(ctx, q, (*distributorRow).fields, selectDistributor+where, arg)
	if err != nil {
		return honne.Distributor{}, fmt.Errorf("store: find distributor %v: %w", arg, err)
	}
	return row.distributor()
}

// DistributorByName finds the first distributor, by slug, of that English or
// Japanese name; honne.ErrNotFound.
func (s *Store) DistributorByName(ctx context.Context, name string) (honne.Distributor, error) {
	all, err := s.Distributors(ctx)
	if err != nil {
		return honne.Distributor{}, err
	}
	for _, d := range all {
		if name != "" && (d.Profile.Name == name || d.Profile.NameJA == name) {
			return d, nil
		}
	}
	return honne.Distributor{}, fmt.Errorf("store: find distributor %q: %w", name, honne.ErrNotFound)
}

// SetProfile replaces what is stated about a distributor; its slug stays. What was
// stated before is kept, and stands for whoever asks as of an instant before.
func (s *Store) SetProfile(ctx context.Context, id honne.DistributorID, p honne.Profile) error {
	profile, err := json.Marshal(p)
	if err == nil {
		err = s.inTx(ctx, func(tx *sql.Tx) error {
			if err := s.keepProfile(ctx, tx, id, p); err != nil {
				return err
			}
			return changeOne(ctx, tx, `UPDATE distributor SET profile = $1 WHERE id = $2`, string(profile), int64(id))
		})
	}
	if err != nil {
		return fmt.Errorf("store: set profile of distributor %d: %w", id, err)
	}
	return nil
}

// keepProfile keeps a profile that differs as the version behind the last; the first
// one kept is that with which the distributor was added.
func (s *Store) keepProfile(ctx context.Context, tx *sql.Tx, id honne.DistributorID, p honne.Profile) error {
	if _, err := nextID(ctx, tx, "entry "+string(honne.EntryProfile), 0); err != nil { // its lock keeps a second one out
		return err
	}
	d, err := findDistributor(ctx, tx, `WHERE id = $1`, int64(id))
	if err != nil || reflect.DeepEqual(d.Profile, p) {
		return err
	}
	kept, err := profiles(ctx, tx, id)
	if err != nil {
		return err
	}
	if len(kept) == 0 {
		first, err := enter(ctx, s, tx, honne.Entry[honne.Profile]{Distributor: id, Body: d.Profile})
		if err != nil {
			return err
		}
		kept = append(kept, first)
	}
	last := kept[len(kept)-1]
	last.Body = p
	_, err = enter(ctx, s, tx, last)
	return err
}

// profiles are the versions of what is stated about a distributor, oldest first;
// none where it was never changed.
func profiles(ctx context.Context, q querier, id honne.DistributorID) ([]honne.Entry[honne.Profile], error) {
	rows, err := collect(ctx, q, (*entryRow).fields, `SELECT `+entryColumns+` FROM entry WHERE distributor_id = $1 AND kind = $2 ORDER BY number, n`,
		int64(id), string(honne.EntryProfile))
	return entriesOf[honne.Profile](rows, err)
}

// distributorAt is a distributor as it was stated at an instant, zero for now.
func distributorAt(ctx context.Context, q querier, id honne.DistributorID, recorded time.Time) (honne.Distributor, error) {
	d, err := findDistributor(ctx, q, `WHERE id = $1`, int64(id))
	if err != nil || recorded.IsZero() {
		return d, err
	}
	kept, err := profiles(ctx, q, id)
	for i, e := range kept {
		if i == 0 || !e.At.After(recorded) {
			d.Profile = e.Body
		}
	}
	return d, err
}

// RemoveSamples removes every sample distributor and all that is known of it,
// so that no row is left. The originals in the vault are not the store's.
func (s *Store) RemoveSamples(ctx context.Context) error {
	const samples = ` IN (SELECT id FROM distributor WHERE sample = TRUE)`
	const files = ` IN (SELECT id FROM file WHERE distributor_id` + samples + `)`
	statements := []string{`DELETE FROM reading WHERE file_id` + files, `DELETE FROM receipt WHERE file_id` + files,
		`DELETE FROM decision WHERE file_id` + files,
		`DELETE FROM voice_key WHERE audit IN (SELECT number FROM entry WHERE kind = 'audit' AND distributor_id` + samples + `)`,
		`DELETE FROM voice_lent WHERE audit IN (SELECT number FROM entry WHERE kind = 'audit' AND distributor_id` + samples + `)`}
	for _, table := range []string{"line_block", "rollup", "compared", "change",
		"submission_period", "submission", "name", "ruling", "memory", "form", "form_file", "message_text", "message", "entry", "listed", "listed_entry", "taken", "voice", "invitation", "file"} {
		statements = append(statements, `DELETE FROM `+table+` WHERE distributor_id`+samples)
	}
	statements = append(statements, `DELETE FROM distributor WHERE sample = TRUE`)
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		for _, q := range statements {
			if _, err := tx.ExecContext(ctx, q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("store: remove samples: %w", err)
	}
	return nil
}
