package store

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"

	"honne"
	"honne/internal/identity"
)

type rulingRow struct {
	n, a, b, at int64
	verdict     honne.NameVerdict
	by          honne.UserID
}

func (r *rulingRow) fields() []any {
	return []any{&r.n, &r.a, &r.b, &r.verdict, &r.at, &r.by}
}

func (r rulingRow) ruling() identity.Ruling {
	return identity.Ruling{A: r.a, B: r.b, Verdict: r.verdict}
}

// readRulings reads what people had said of names by at.Recorded, oldest first.
// A ruling says who somebody is, not what was reported: what was known on a day
// is told with every ruling, but for a frozen reading.
func readRulings(ctx context.Context, q querier, d honne.DistributorID, at honne.AsOf) ([]rulingRow, error) {
	until := int64(math.MaxInt64)
	if !at.Recorded.IsZero() {
		until = micros(at.Recorded)
	}
	return collect(ctx, q, (*rulingRow).fields, `SELECT n, a_id, b_id, verdict, ruled, ruled_by FROM ruling
		WHERE distributor_id = $1 AND ruled <= $2 ORDER BY n`, int64(d), until)
}

// RuleNames keeps what somebody said of two names of a distributor, two accounts
// or two products. Nothing is overwritten: the last ruling on two names counts.
// honne.ErrNotFound when there are no such names; an error when they cannot be
// compared.
func (s *Store) RuleNames(ctx context.Context, by honne.UserID, d honne.DistributorID, a, b honne.NameID, v honne.NameVerdict) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		// Writing to the distributor's row first keeps a second ruling out.
		if err := changeOne(ctx, tx, `UPDATE distributor SET slug = slug WHERE id = $1`, int64(d)); err != nil {
			return err
		}
		rows, err := collect(ctx, tx, (*nameRow).fields, selectName+`WHERE distributor_id = $1 AND id IN ($2, $3) AND kind <> 3`, int64(d), int64(a), int64(b))
		switch {
		case err != nil:
			return err
		case !slices.Contains([]honne.NameVerdict{honne.NamesSame, honne.NamesDiffer, honne.NameOfPart, honne.NamesWithdrawn}, v):
			return fmt.Errorf("no verdict %q: say same, different, parent or withdrawn", v)
		case len(rows) < 2 && a != b:
			return honne.ErrNotFound
		case a == b || rows[0].kind != rows[1].kind:
			return fmt.Errorf("choose two accounts, or two products")
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO ruling (distributor_id, n, a_id, b_id, verdict, ruled, ruled_by)
			SELECT $1, coalesce(max(n), 0) + 1, $2, $3, $4, $5, $6 FROM ruling WHERE distributor_id = $1`,
			int64(d), int64(a), int64(b), string(v), micros(s.now()), int64(by))
		return err
	})
	if err != nil {
		return fmt.Errorf("store: rule on names %d and %d of distributor %d: %w", a, b, d, err)
	}
	return nil
}

// NameRulings lists what people said of names, the newest first.
func (s *Store) NameRulings(ctx context.Context, d honne.DistributorID) ([]honne.NameRuling, error) {
	var out []honne.NameRuling
	err := s.view(ctx, func(q querier) error {
		rulings, err := readRulings(ctx, q, d, honne.AsOf{})
		if err != nil {
			return err
		}
		names, err := allNames(ctx, q, d)
		last := map[[2]int64]bool{}
		for _, r := range slices.Backward(rulings) {
			two := [2]int64{min(r.a, r.b), max(r.a, r.b)}
			out = append(out, honne.NameRuling{N: int(r.n), A: names[r.a].named(), B: names[r.b].named(), Verdict: r.verdict,
				By: r.by, At: instant(r.at), InForce: !last[two] && r.verdict != honne.NamesWithdrawn})
			last[two] = true
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("store: rulings on names of distributor %d: %w", d, err)
	}
	return out, nil
}

// allNames reads the accounts and products of a distributor by id.
func allNames(ctx context.Context, q querier, d honne.DistributorID) (map[int64]nameRow, error) {
	rows, err := collect(ctx, q, (*nameRow).fields, selectName+`WHERE distributor_id = $1 AND kind <> 3`, int64(d))
	out := make(map[int64]nameRow, len(rows))
	for _, r := range rows {
		out[r.id] = r
	}
	return out, err
}
