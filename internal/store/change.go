package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"honne"
)

// pair is a version of a period and the one before it, and those before that,
// the newest first. Two parts of one file are two versions where intake found
// the same table twice, one below the other.
type pair struct {
	new, old held
	before   []held
}

// pairs returns the pairs of a cell, oldest first.
func (l *ledger) pairs(c cell) []pair {
	var out []pair
	chain := slices.Clone(l.chains[c])
	slices.Reverse(chain)
	for i := len(chain) - 2; i >= 0; i-- {
		out = append(out, pair{chain[i], chain[i+1], chain[i+2:]})
	}
	return out
}

// pairKey names a pair in the database.
type pairKey struct {
	new, old honne.SubmissionID
	period   honne.Period
}

func (p pair) key() pairKey { return pairKey{p.new.ID, p.old.ID, p.new.total.period} }

// changeRow is a product of a period that a version changed.
type changeRow struct {
	product       int64
	before, after honne.Reported
	reason        int64
}

// RenewChanges computes the changes of a submission and of the versions after it
// that are not computed yet: it is the job that follows an acceptance or an
// undo. A second run does nothing. Record gives the same answer before and
// after, only slower before.
func (s *Store) RenewChanges(ctx context.Context, id honne.SubmissionID) error {
	type row struct {
		distributor honne.DistributorID
		reverses    honne.SubmissionID
	}
	sub, err := one(ctx, s.read, func(r *row) []any { return []any{&r.distributor, &r.reverses} },
		`SELECT distributor_id, reverses FROM submission WHERE id = $1`, int64(id))
	if err == nil {
		if sub.reverses != 0 {
			id = sub.reverses
		}
		var led *ledger
		if led, err = readLedger(ctx, s.read, sub.distributor, honne.AsOf{}); err == nil {
			err = s.compareAround(ctx, led, id, nil)
		}
	}
	if err != nil {
		return fmt.Errorf("store: renew changes of submission %d: %w", id, err)
	}
	return nil
}

// compareAround compares, in every cell that submission id holds or held, the
// pairs that were not compared yet, and keeps the differences. fence, when
// given, guards each transaction. A pair that was not compared alone is left to
// whoever reads: what stands before it depends on the reading.
func (s *Store) compareAround(ctx context.Context, led *ledger, id honne.SubmissionID, fence func(context.Context, *sql.Tx) error) error {
	cells, err := cellsOf(ctx, s.read, id)
	if err != nil {
		return err
	}
	done, err := comparedPairs(ctx, s.read, led.distributor)
	if err != nil {
		return err
	}
	c := comparer{q: s.read, distributor: led.distributor}
	if c.products, err = readProducts(ctx, s.read, led.distributor); err != nil {
		return err
	}
	for _, twins := range led.missingPairs(cells, done) {
		var keep []pair
		var found [][]changeRow
		for _, p := range twins {
			rows, alone, err := c.compare(ctx, p)
			if err != nil {
				return err
			}
			if alone {
				keep, found = append(keep, p), append(found, rows)
			}
		}
		if err := s.keepPairs(ctx, led.distributor, keep, found, fence); err != nil {
			return err
		}
	}
	return nil
}

// missingPairs returns the pairs of the cells that were not compared yet, those
// of the same two submissions together.
func (l *ledger) missingPairs(cells []cell, done map[pairKey]bool) [][]pair {
	var missing []pair
	for _, c := range cells {
		for _, p := range l.pairs(c) {
			if !done[p.key()] {
				missing = append(missing, p)
			}
		}
	}
	slices.SortFunc(missing, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.new.rank, b.new.rank), cmp.Compare(a.old.rank, b.old.rank),
			a.new.total.period.Compare(b.new.total.period))
	})
	var out [][]pair
	for i, p := range missing {
		if i > 0 && missing[i-1].new.ID == p.new.ID && missing[i-1].old.ID == p.old.ID {
			out[len(out)-1] = append(out[len(out)-1], p)
		} else {
			out = append(out, []pair{p})
		}
	}
	return out
}

func cellsOf(ctx context.Context, q querier, id honne.SubmissionID) ([]cell, error) {
	rows, err := collect(ctx, q, func(r *cellRow) []any { return []any{&r.series, &r.scope, &r.from, &r.to} },
		`SELECT s.series, s.scope, p.period_from, p.period_to FROM submission s
		JOIN submission_period p ON p.distributor_id = s.distributor_id AND p.submission_id = s.id
		WHERE s.id = $1 ORDER BY p.period_from, p.period_to`, int64(id))
	out := make([]cell, len(rows))
	for i, r := range rows {
		out[i] = cell{r.series, r.scope, period(r.from, r.to)}
	}
	return out, err
}

type cellRow struct {
	series   honne.Series
	scope    string
	from, to int64
}

func comparedPairs(ctx context.Context, q querier, d honne.DistributorID) (map[pairKey]bool, error) {
	type row struct {
		key      pairKey
		from, to int64
	}
	rows, err := collect(ctx, q, func(r *row) []any { return []any{&r.key.new, &r.key.old, &r.from, &r.to} },
		`SELECT submission_id, before_id, period_from, period_to FROM compared WHERE distributor_id = $1`, int64(d))
	out := make(map[pairKey]bool, len(rows))
	for _, r := range rows {
		r.key.period = period(r.from, r.to)
		out[r.key] = true
	}
	return out, err
}

// keepPairs keeps what the comparison of two submissions found, period by
// period. Two processes find the same.
func (s *Store) keepPairs(ctx context.Context, d honne.DistributorID, twins []pair, found [][]changeRow, fence func(context.Context, *sql.Tx) error) error {
	return s.inLazyTx(ctx, func(tx *sql.Tx) error {
		if fence != nil {
			if err := fence(ctx, tx); err != nil {
				return err
			}
		}
		b := newBulk(ctx, tx, s.Dialect(), "change", "distributor_id", "submission_id", "before_id", "period_from", "period_to",
			"product_id", "quantity_before", "amount_before", "quantity_after", "amount_after", "reason_id")
		for i, p := range twins {
			k := p.key()
			key := []any{int64(d), int64(k.new), int64(k.old), int64(k.period.From), int64(k.period.To)}
			res, err := tx.ExecContext(ctx, `INSERT INTO compared (distributor_id, submission_id, before_id, period_from, period_to)
				VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`, key...)
			if err != nil {
				return err
			}
			if n, err := res.RowsAffected(); err != nil || n == 0 {
				found[i] = nil
			}
			for _, r := range found[i] {
				row := append(key[:len(key):len(key)], r.product, null(r.before.Quantity), null(r.before.Amount),
					null(r.after.Quantity), null(r.after.Amount), r.reason)
				if err := b.add(row...); err != nil {
					return err
				}
			}
		}
		return b.end()
	})
}

// comparer compares versions. It keeps the roll-ups of the last submissions that
// it read as new, as old and as older, because their periods come one after
// another.
type comparer struct {
	q           querier
	distributor honne.DistributorID
	products    products
	cached      [3]productCells
}

// productCells are the cells of a submission by period and product.
type productCells struct {
	submission honne.SubmissionID
	cells      map[honne.Period]map[int64]productCell
}

type productCell struct {
	reported honne.Reported
	reason   int64
}

func (c *comparer) cells(ctx context.Context, h held, slot int) (map[int64]productCell, error) {
	kept := &c.cached[slot]
	if kept.submission != h.ID {
		rows, err := readRollups(ctx, c.q, c.distributor, ofProducts, []honne.SubmissionID{h.ID})
		if err != nil {
			return nil, err
		}
		*kept = productCells{h.ID, map[honne.Period]map[int64]productCell{}}
		for _, r := range rows {
			d := r.period
			if kept.cells[d] == nil {
				kept.cells[d] = map[int64]productCell{}
			}
			id := c.products.same(r.of)
			sum := kept.cells[d][id]
			sum.reported = plus(sum.reported, r.Reported)
			if sum.reason == 0 {
				sum.reason = r.reason
			}
			kept.cells[d][id] = sum
		}
	}
	return kept.cells[h.total.period], nil
}

// lost reports whether a version has the cell, but its figures could not be read
// (########): that changes nothing, and the next version is compared with the
// last one that could be.
func lost(cells map[int64]productCell, id int64) bool {
	c, there := cells[id]
	return there && !c.reported.Quantity.Known && !c.reported.Amount.Known
}

// lastKnown returns the cell in the newest of the versions that gives it, or
// their totals.
func (c *comparer) lastKnown(ctx context.Context, versions []held, id int64, total bool) (productCell, error) {
	for _, v := range versions {
		cells, err := c.cells(ctx, v, 2)
		if err != nil {
			return productCell{}, err
		}
		if total && len(cells) > 0 {
			cells = inTotal(cells)
		}
		if known, there := cells[id]; there && !lost(cells, id) {
			return known, nil
		}
	}
	return productCell{}, nil
}

// compare returns what differs between the versions of a pair, by product. A
// measure that one of the two versions does not give at all is not compared.
// Where only one of them has products the totals are compared, as product 0.
// alone says that the two versions decided it, and none before them.
func (c *comparer) compare(ctx context.Context, p pair) (out []changeRow, alone bool, err error) {
	old, err := c.cells(ctx, p.old, 0)
	if err != nil {
		return nil, false, err
	}
	new, err := c.cells(ctx, p.new, 1)
	if err != nil {
		return nil, false, err
	}
	total := hasProducts(old) != hasProducts(new) && len(old) > 0 && len(new) > 0
	if total {
		old, new = inTotal(old), inTotal(new)
	}
	alone = true
	quantity := p.old.total.quantity.Known && p.new.total.quantity.Known || len(old) == 0 || len(new) == 0
	amount := p.old.total.amount.Known && p.new.total.amount.Known || len(old) == 0 || len(new) == 0
	for _, id := range c.products.union(old, new) {
		a, b := old[id], new[id]
		if lost(new, id) {
			continue
		}
		byQuantity, byAmount := quantity, amount
		if lost(old, id) {
			if a, err = c.lastKnown(ctx, p.before, id, total); err != nil {
				return nil, false, err
			}
			alone = false
			byQuantity, byAmount = a.reported.Quantity.Known, a.reported.Amount.Known
		}
		if byQuantity && differ(a.reported.Quantity, b.reported.Quantity) || byAmount && differ(a.reported.Amount, b.reported.Amount) {
			out = append(out, changeRow{id, a.reported, b.reported, b.reason})
		}
	}
	return out, alone, nil
}

// differ reports whether two figures are different. One that was zero and is
// gone, or was not there and is zero, says the same.
func differ(a, b honne.Figure) bool {
	return a.N != b.N || a.Known != b.Known && (a.N != 0 || b.N != 0)
}

func hasProducts(cells map[int64]productCell) bool {
	_, none := cells[0]
	return len(cells) > 1 || len(cells) == 1 && !none
}

func inTotal(cells map[int64]productCell) map[int64]productCell {
	var sum productCell
	for _, c := range cells {
		sum.reported = plus(sum.reported, c.reported)
	}
	return map[int64]productCell{0: sum}
}

func plus(a, b honne.Reported) honne.Reported {
	return honne.Reported{Quantity: a.Quantity.Plus(b.Quantity), Amount: a.Amount.Plus(b.Amount)}
}
