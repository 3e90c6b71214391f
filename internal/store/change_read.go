package store

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"

	"honne"
)

// foundChange is a change with what is said of it.
type foundChange struct {
	changeRow
	pair pair
	raw  string
	code honne.Reason
}

type storedChange struct {
	key                          pairKey
	from, to                     int64
	row                          changeRow
	quantityBefore, amountBefore sql.NullInt64
	quantityAfter, amountAfter   sql.NullInt64
}

func (r *storedChange) fields() []any {
	return []any{&r.key.new, &r.key.old, &r.from, &r.to, &r.row.product, &r.quantityBefore, &r.amountBefore,
		&r.quantityAfter, &r.amountAfter, &r.row.reason}
}

// changesIn returns the changes of all pairs of the cells, with what is said of them as of
// a moment: those that are kept, and those that no job has computed yet.
func (s *Store) changesIn(ctx context.Context, q querier, led *ledger, at honne.AsOf, products products, cells []cell) ([]foundChange, error) {
	done, err := comparedPairs(ctx, q, led.distributor)
	if err != nil {
		return nil, err
	}
	wanted := map[pairKey]pair{}
	for _, c := range cells {
		for _, p := range led.pairs(c) {
			wanted[p.key()] = p
		}
	}
	out, again, err := storedChanges(ctx, q, led.distributor, products, wanted)
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(done, func(k pairKey, _ bool) bool { return again[k] })
	c := comparer{q: q, distributor: led.distributor, products: products}
	for _, twins := range led.missingPairs(cells, done) {
		for _, p := range twins {
			rows, _, err := c.compare(ctx, p)
			if err != nil {
				return nil, err
			}
			for _, row := range rows {
				out = append(out, foundChange{changeRow: row, pair: p})
			}
		}
	}
	return out, s.explain(ctx, q, led.distributor, at, out)
}

// storedChanges reads what was found before between the wanted pairs; again are those that
// are to be compared anew, by article.
func storedChanges(ctx context.Context, q querier, d honne.DistributorID, products products, wanted map[pairKey]pair) (out []foundChange, again map[pairKey]bool, err error) {
	again = map[pairKey]bool{}
	err = each(ctx, q, (*storedChange).fields, func(r *storedChange) error {
		r.key.period = period(r.from, r.to)
		if p, ok := wanted[r.key]; ok {
			row := r.row
			row.before = honne.Reported{Quantity: figure(r.quantityBefore), Amount: figure(r.amountBefore)}
			row.after = honne.Reported{Quantity: figure(r.quantityAfter), Amount: figure(r.amountAfter)}
			out = append(out, foundChange{changeRow: row, pair: p})
			if _, ok := products.article[row.product]; ok {
				again[r.key] = true
			}
		}
		return nil
	}, `SELECT submission_id, before_id, period_from, period_to, product_id, quantity_before, amount_before,
		quantity_after, amount_after, reason_id FROM change WHERE distributor_id = $1
		ORDER BY submission_id, before_id, period_from, period_to, product_id`, int64(d))
	return slices.DeleteFunc(out, func(c foundChange) bool { return again[c.pair.key()] }), again, err
}

// explain adds the partner's words to changes, and the code that they mean.
func (s *Store) explain(ctx context.Context, q querier, d honne.DistributorID, at honne.AsOf, changes []foundChange) error {
	texts := map[int64]string{0: ""}
	var ids []int64
	for _, c := range changes {
		if _, ok := texts[c.reason]; !ok {
			texts[c.reason] = ""
			ids = append(ids, c.reason)
		}
	}
	if err := readTexts(ctx, q, d, ids, texts); err != nil {
		return err
	}
	since, err := statedReasons(ctx, q, d, at)
	if err != nil {
		return err
	}
	for i := range changes {
		c := &changes[i]
		c.raw, c.code = texts[c.reason], honne.ReasonUnexplained
		if c.raw != "" && s.cfg.Reasons != nil {
			if code := s.cfg.Reasons(c.raw); code != "" {
				c.code = code
			}
		}
		if stated := cmp.Or(since[c.pair.new.File], c.pair.new.Part.Reason); stated != "" && c.code == honne.ReasonUnexplained {
			c.code = stated
		}
		if c.pair.old.Part.Preliminary && c.code == honne.ReasonUnexplained {
			c.code = honne.ReasonFinal
		}
	}
	return nil
}

func readTexts(ctx context.Context, q querier, d honne.DistributorID, ids []int64, into map[int64]string) error {
	type row struct {
		id   int64
		text string
	}
	if len(ids) == 0 {
		return nil
	}
	rows, err := collect(ctx, q, func(r *row) []any { return []any{&r.id, &r.text} },
		`SELECT id, name FROM name WHERE distributor_id = $1 AND id IN (`+list(ids)+`)`, int64(d))
	for _, r := range rows {
		into[r.id] = r.text
	}
	return err
}
