package store

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"honne"
)

// Verify recomputes everything in the ledger that follows from something else
// and names what differs: the sums of lines, names, messages and entries, the
// roll-ups and the changes of every distributor, and the entries of the house.
func (s *Store) Verify(ctx context.Context) error {
	all, err := s.Distributors(ctx)
	if err != nil {
		return err
	}
	errs := []error{s.view(ctx, func(q querier) error { return checkEntries(ctx, q, 0) })}
	for _, d := range all {
		errs = append(errs, s.RollupsEqualRebuild(ctx, d.ID))
	}
	return errors.Join(errs...)
}

// RollupsEqualRebuild reads every accepted line of a distributor again and
// compares what is kept with what follows from the lines. The error names each
// submission that differs and what to do.
func (s *Store) RollupsEqualRebuild(ctx context.Context, d honne.DistributorID) error {
	err := s.view(ctx, func(q querier) error {
		errs := []error{checkNames(ctx, q, d), checkMessages(ctx, q, d), checkEntries(ctx, q, d)}
		ids, err := collect(ctx, q, func(r *keptSubmission) []any { return []any{&r.id, &r.lines, &r.digest} },
			`SELECT id, lines, digest FROM submission WHERE distributor_id = $1 AND state = 'accepted' AND reverses = 0 ORDER BY id`, int64(d))
		if err != nil {
			return err
		}
		for _, kept := range ids {
			errs = append(errs, s.checkSubmission(ctx, q, d, kept))
		}
		return errors.Join(append(errs, s.checkChanges(ctx, q, d))...)
	})
	if err != nil {
		return fmt.Errorf("store: verify distributor %d: %w", d, err)
	}
	return nil
}

var errDiffers = errors.New("differs from what was accepted: restore a backup, or undo the file and load it again")

type keptSubmission struct {
	id     honne.SubmissionID
	lines  int
	digest string
}

func checkNames(ctx context.Context, q querier, d honne.DistributorID) error {
	type row struct {
		nameRow
		checksum int64
	}
	return each(ctx, q, func(r *row) []any { return append(r.fields(), &r.checksum) }, func(r *row) error {
		if r.key().checksum() != r.checksum {
			return fmt.Errorf("name %d %w", r.id, errDiffers)
		}
		return nil
	}, `SELECT id, kind, role, disclosure, site, code, name, place, checksum FROM name WHERE distributor_id = $1 ORDER BY id`, int64(d))
}

// checkSubmission rolls the stored lines up again.
func (s *Store) checkSubmission(ctx context.Context, q querier, d honne.DistributorID, kept keptSubmission) error {
	again := newStagedPart(kept.id, honne.Part{})
	err := eachBlock(ctx, q, func(b *block) error {
		again.packed.hash.Write(b.body)
		return b.lines(again.takeStored)
	}, `distributor_id = $1 AND submission_id = $2`, int64(d), int64(kept.id))
	if err == nil && (again.lines != kept.lines || again.packed.digest() != kept.digest) {
		err = errDiffers
	}
	if err == nil {
		err = s.checkRollups(ctx, q, d, again)
	}
	if err != nil {
		return fmt.Errorf("submission %d: %w", kept.id, err)
	}
	return nil
}

// takeStored rolls a stored line up: names are ids here.
func (p *stagedPart) takeStored(l *storedLine) error {
	p.lines++
	r := lineRow{part: p, quantity: l.quantity, amount: l.amount}
	for i, n := range l.numbers {
		if n > math.MaxInt32 || n < math.MinInt32 {
			return fmt.Errorf("line %d %w", p.lines, errDiffers)
		}
		r.numbers[i] = int32(n)
	}
	if int(r.numbers[colN]) != p.lines {
		return fmt.Errorf("line %d %w", p.lines, errDiffers)
	}
	p.rollUp(&r)
	return nil
}

func (s *Store) checkRollups(ctx context.Context, q querier, d honne.DistributorID, again *stagedPart) error {
	of := []honne.SubmissionID{again.id}
	products, err1 := readRollups(ctx, q, d, ofProducts, of)
	accounts, err2 := readRollups(ctx, q, d, ofAccounts, of)
	days, err3 := readRollups(ctx, q, d, ofDays, of)
	expiries, err4 := readRollups(ctx, q, d, ofExpiries, of)
	regions, err5 := readRollups(ctx, q, d, ofRegions, of)
	led := &ledger{distributor: d, versions: []*version{{Submission: honne.Submission{ID: again.id}}}, chains: map[cell][]held{}}
	if err := errors.Join(err1, err2, err3, err4, err5, led.readPeriods(ctx, q)); err != nil {
		return err
	}
	same := slices.Equal(again.products.sorted(), kept(products)) && slices.Equal(again.accounts.sorted(), kept(accounts)) &&
		slices.Equal(again.days.sorted(), kept(days)) && slices.Equal(again.expiries.sorted(), kept(expiries)) &&
		(len(regions) == 0 || slices.Equal(again.regions.sorted(), kept(regions))) // what was kept before there was one has none
	for _, t := range led.versions[0].periods {
		if got := again.periods[t.period]; got == nil && t.lines == 0 {
			continue // a period that the part names and no line fills
		} else if got == nil || got.periodTotal != t {
			same = false
		}
		delete(again.periods, t.period)
	}
	if !same || len(again.periods) > 0 {
		return fmt.Errorf("its roll-ups: %w", errDiffers)
	}
	return nil
}

// kept returns rows as they are kept in the form of a roll-up.
func kept(rows []rollupRow) []rolledUp {
	out := make([]rolledUp, len(rows))
	for i, r := range rows {
		out[i] = rolledUp{r.period, int32(r.of), sums{r.Quantity, r.Amount, int32(r.reason)}}
	}
	return sortRollup(out)
}

// checkChanges compares every pair of versions again.
func (s *Store) checkChanges(ctx context.Context, q querier, d honne.DistributorID) error {
	led, err := readLedger(ctx, q, d, honne.AsOf{})
	if err != nil {
		return err
	}
	p, err := readProducts(ctx, q, d)
	if err != nil {
		return err
	}
	kept, err := s.changesIn(ctx, q, led, honne.AsOf{}, p, led.cells)
	if err != nil {
		return err
	}
	var again []foundChange
	c := comparer{q: q, distributor: d, products: p}
	for _, twins := range led.missingPairs(led.cells, nil) {
		for _, p := range twins {
			rows, _, err := c.compare(ctx, p)
			if err != nil {
				return err
			}
			for _, r := range rows {
				again = append(again, foundChange{changeRow: r, pair: p})
			}
		}
	}
	if !slices.Equal(changeKeys(kept), changeKeys(again)) {
		return fmt.Errorf("the changes: %w", errDiffers)
	}
	return nil
}

func changeKeys(changes []foundChange) []string {
	out := make([]string, len(changes))
	for i, c := range changes {
		out[i] = fmt.Sprint(c.pair.key(), c.changeRow)
	}
	slices.Sort(out)
	return out
}
