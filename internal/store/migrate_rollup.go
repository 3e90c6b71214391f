package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"

	"honne"
)

// oldRollups are the tables in which each cell of a roll-up was a row, with the
// columns of what it sums and of its reason.
func oldRollups() map[rollupKind][3]string {
	return map[rollupKind][3]string{
		ofProducts: {"rollup_product", "product_id", "reason_id"},
		ofAccounts: {"rollup_account", "account_id", "0"},
		ofDays:     {"day_total", "day", "0"},
	}
}

// packRollups is what SQL cannot do of the migration rollup: the cells of every
// submission go into blocks.
func packRollups(ctx context.Context, tx *sql.Tx) error {
	old := oldRollups()
	for _, kind := range slices.Sorted(maps.Keys(old)) {
		table := old[kind]
		all, err := collect(ctx, tx, func(k *rollupOwner) []any { return []any{&k.distributor, &k.submission} },
			`SELECT DISTINCT distributor_id, submission_id FROM `+table[0]+` ORDER BY distributor_id, submission_id`)
		if err != nil {
			return err
		}
		for _, k := range all {
			if err := packRollup(ctx, tx, k, kind, table); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, `DROP TABLE `+table[0]); err != nil {
			return err
		}
	}
	return nil
}

type rollupOwner struct {
	distributor honne.DistributorID
	submission  honne.SubmissionID
}

func packRollup(ctx context.Context, tx *sql.Tx, k rollupOwner, kind rollupKind, table [3]string) error {
	type row struct {
		rolledUp
		from, to, quantity, amount sql.NullInt64
	}
	var cells []rolledUp
	err := each(ctx, tx, func(r *row) []any { return []any{&r.from, &r.to, &r.of, &r.quantity, &r.amount, &r.reason} }, func(r *row) error {
		cells = append(cells, rolledUp{period(r.from.Int64, r.to.Int64), r.of, sums{figure(r.quantity), figure(r.amount), r.reason}})
		return nil
	}, `SELECT period_from, period_to, `+table[1]+`, quantity, amount, `+table[2]+` FROM `+table[0]+`
		WHERE distributor_id = $1 AND submission_id = $2`, int64(k.distributor), int64(k.submission))
	if err != nil {
		return err
	}
	return insertRollup(ctx, tx, k.distributor, k.submission, kind, sortRollup(cells))
}
