package store

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"honne"
)

// Overlap says how many of the accounts, or of the products, that a staged file names stand
// in accepted files: of its own partner, and of another.
type Overlap struct {
	Distributor honne.DistributorID // the other
	Products    bool                // of products; else of accounts
	Of          int                 // names of the file
	There, Here int                 // those that the other knows, and its own partner
	Known       int                 // all names that its own partner knows
}

// likely bounds how many names of a file are looked for, the first in their order.
const likely = 200

// KnownElsewhere lists the partners who know most of what a staged file names: at least the
// share, in accounts and then in products. Samples and names of fewer than least are not
// looked at.
func (s *Store) KnownElsewhere(ctx context.Context, file honne.FileID, least int, share float64) (out []Overlap, err error) {
	err = s.view(ctx, func(q querier) error {
		f, err := fileOf(ctx, q, file)
		for _, kind := range [...]rollupKind{ofAccounts, ofProducts} {
			if err == nil {
				var found []Overlap
				found, err = elsewhere(ctx, q, f, kind, least, share)
				out = append(out, found...)
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("store: who knows the names of file %d: %w", file, err)
	}
	return out, nil
}

func elsewhere(ctx context.Context, q querier, f fileRow, kind rollupKind, least int, share float64) ([]Overlap, error) {
	names, err := namesIn(ctx, q, f.Distributor, kind, `file_id = $1 AND attempt = $2`, int64(f.ID), f.attempt)
	if err != nil || len(names) < least {
		return nil, err
	}
	names = names[:min(len(names), likely)]
	enough := int(share * float64(len(names)))
	candidates, err := namedBy(ctx, q, f.Distributor, kind, names, enough)
	if err != nil || len(candidates) == 0 {
		return nil, err
	}
	own, err := namesIn(ctx, q, f.Distributor, kind, `distributor_id = $1 AND file_id <> $2 AND state = 'accepted'`, int64(f.Distributor), int64(f.ID))
	var out []Overlap
	for _, d := range candidates {
		var there []string
		if err == nil {
			there, err = namesIn(ctx, q, d, kind, `distributor_id = $1 AND state = 'accepted'`, int64(d))
		}
		if n := both(names, there); n >= enough {
			out = append(out, Overlap{d, kind == ofProducts, len(names), n, both(names, own), len(own)})
		}
	}
	return out, err
}

// namesIn lists what the submissions that a condition picks name, sorted: accounts by their
// names, products by their codes. One that was reversed counts no more.
func namesIn(ctx context.Context, q querier, d honne.DistributorID, kind rollupKind, where string, args ...any) ([]string, error) {
	ids, err := collect(ctx, q, func(id *honne.SubmissionID) []any { return []any{id} }, `SELECT id FROM submission WHERE `+where+
		` AND reverses = 0 AND id NOT IN (SELECT reverses FROM submission WHERE reverses <> 0) ORDER BY id`, args...)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	used := map[int64]bool{}
	if err := eachRollup(ctx, q, d, kind, ids, func(r *rollupRow) error { used[r.of] = true; return nil }); err != nil {
		return nil, err
	}
	delete(used, 0)
	var out []string
	for id := range slices.Chunk(slices.Sorted(maps.Keys(used)), 500) {
		rows, err := collect(ctx, q, (*nameRow).fields, selectName+`WHERE distributor_id = $1 AND id IN (`+list(id)+`) ORDER BY id`, int64(d))
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			said := cmp.Or(r.name, r.code)
			if kind == ofProducts {
				said = cmp.Or(r.code, r.name)
			}
			out = append(out, said)
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(out))), nil
}

// namedBy are the other partners in whose files at least so many of the names stand,
// accepted or not.
func namedBy(ctx context.Context, q querier, d honne.DistributorID, kind rollupKind, names []string, enough int) ([]honne.DistributorID, error) {
	of, said := nameAccount, `CASE WHEN n.name <> '' THEN n.name ELSE n.code END`
	if kind == ofProducts {
		of, said = nameProduct, `CASE WHEN n.code <> '' THEN n.code ELSE n.name END`
	}
	args, places := []any{of, int64(d)}, ""
	for i, name := range names {
		args = append(args, name)
		places += fmt.Sprintf(", $%d", i+3)
	}
	rows, err := collect(ctx, q, (*countOf).fields, `SELECT n.distributor_id, count(DISTINCT `+said+`)
		FROM name n JOIN distributor d ON d.id = n.distributor_id WHERE n.kind = $1 AND n.distributor_id <> $2 AND d.sample = FALSE
		AND `+said+` IN (`+places[2:]+`) GROUP BY n.distributor_id ORDER BY n.distributor_id`, args...)
	var out []honne.DistributorID
	for _, r := range rows {
		if r.n >= enough {
			out = append(out, r.d)
		}
	}
	return out, err
}

// both counts what stands in both lists.
func both(a, b []string) (n int) {
	known := map[string]bool{}
	for _, s := range b {
		known[s] = true
	}
	for _, s := range a {
		if known[s] {
			n++
		}
	}
	return n
}
