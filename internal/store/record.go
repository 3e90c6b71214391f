package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"honne"
)

// Record returns what was known of a distributor as of a moment; honne.ErrNotFound
// when there is no such distributor. Figures of scopes add up; amounts in
// another currency than the record's, which is that of the newest sales in
// force, else of the newest report, are unknown.
func (s *Store) Record(ctx context.Context, d honne.DistributorID, at honne.AsOf) (honne.Record, error) {
	var rec honne.Record
	err := s.view(ctx, func(q querier) (err error) {
		rec, err = s.record(ctx, q, d, at)
		return err
	})
	if err != nil {
		return honne.Record{}, fmt.Errorf("store: record of distributor %d: %w", d, err)
	}
	return rec, nil
}

// RecordWith returns the record as it would be if files of one distributor that are
// wholly staged were accepted now.
func (s *Store) RecordWith(ctx context.Context, at honne.AsOf, file honne.FileID, more ...honne.FileID) (honne.Record, error) {
	var rec honne.Record
	err := s.view(ctx, func(q querier) error {
		f, err := fileOf(ctx, q, file)
		if err == nil {
			rec, err = s.record(ctx, q, f.Distributor, at, append(more, file)...)
		}
		return err
	})
	if err != nil {
		return honne.Record{}, fmt.Errorf("store: record with file %d: %w", file, err)
	}
	return rec, nil
}

func (s *Store) record(ctx context.Context, q querier, d honne.DistributorID, at honne.AsOf, staged ...honne.FileID) (honne.Record, error) {
	b, err := s.recorder(ctx, q, d, at, staged...)
	if err != nil {
		return honne.Record{}, err
	}
	return *b.rec, nil
}

// recorder makes a record, and returns how it was made.
func (s *Store) recorder(ctx context.Context, q querier, d honne.DistributorID, at honne.AsOf, staged ...honne.FileID) (b recorder, err error) {
	rec := &honne.Record{}
	if rec.Distributor, err = distributorAt(ctx, q, d, at.Recorded); err != nil {
		return b, err
	}
	led, err := readLedgerWith(ctx, q, d, at, staged...)
	if err != nil {
		return b, err
	}
	b = recorder{rec: rec, led: led, standing: monthly(led.inForce()), names: map[int64]named{}}
	if b.products, err = s.articlesOf(ctx, q, led, at); err != nil {
		return b, err
	}
	if b.all, err = s.accountsOf(ctx, q, led, at); err != nil {
		return b, err
	}
	entries, err := standing(ctx, q, d, at, "")
	if err != nil {
		return b, err
	}
	if rec.AsOf, err = led.asOf(entries, at); err != nil {
		return b, err
	}
	rec.Currency = currencyOf(led.inForce())
	if err := b.addMail(ctx, q, d, at); err != nil {
		return b, err
	}
	if err := b.addEntries(ctx, q, entries, at); err != nil {
		return b, err
	}
	if rec.Unread, err = unreadBy(ctx, q, d, honne.AsOf{Known: rec.AsOf, Recorded: at.Recorded}, staged...); err != nil {
		return b, err
	}
	return b, b.figures(ctx, q, s, at)
}

// figures fills what comes from files.
func (b *recorder) figures(ctx context.Context, q querier, s *Store, at honne.AsOf) error {
	b.deliveries()
	b.vintages()
	facts, err := b.facts(ctx, q)
	if err = errors.Join(err, b.places(ctx, q)); err != nil {
		return err
	}
	changes, err := s.changesIn(ctx, q, b.led, at, b.products, b.led.cells)
	if err != nil {
		return err
	}
	for _, c := range changes {
		b.use(c.product, c.pair.new)
	}
	b.nameProducts()
	b.rec.Facts = b.listFacts(facts)
	b.putChanges(changes)
	if err := b.accounts(ctx, q); err != nil {
		return err
	}
	if err := b.days(ctx, q); err != nil {
		return err
	}
	return b.expiries(ctx, q)
}

// asOf returns the day that was asked for, or the last day of receipt.
func (l *ledger) asOf(entries []entryRow, at honne.AsOf) (honne.Date, error) {
	if at.Known != 0 {
		return at.Known, nil
	}
	last, err := lastListed(entries)
	if n := len(l.versions); n > 0 {
		last = max(last, l.versions[n-1].Receipt.Day())
	}
	return last, err
}

func currencyOf(inForce []held) (currency honne.Currency) {
	best, sales := -1, false
	for _, h := range inForce {
		if h.Part.Currency == "" {
			continue
		}
		isSales := h.Part.Series == honne.Sales
		if isSales && !sales || isSales == sales && h.rank > best {
			best, sales, currency = h.rank, isSales, h.Part.Currency
		}
	}
	return currency
}

// recorder fills a record.
type recorder struct {
	rec      *honne.Record
	led      *ledger
	products products
	all      *accounts
	standing []held          // what stands for months
	names    map[int64]named // products used, by the id that stands for them
	product  map[int64]int32 // the places of products in the record
	account  map[int64]int32 // and of accounts, by the names that are shown
}

// named is the name of a product as the newest version that uses it has it.
type named struct {
	product honne.Product
	rank    int
}

// use notes that the version uses the product.
func (b *recorder) use(product int64, v held) {
	id := b.products.same(product)
	n, known := b.names[id]
	p := b.products.rows[product]
	if !known || v.rank > n.rank || v.rank == n.rank && p.Name < n.product.Name {
		b.names[id] = named{p, v.rank}
	}
}

// nameProducts lists the products in the order of code and name, and notes their
// places; product 0, none, has none.
func (b *recorder) nameProducts() {
	delete(b.names, 0)
	ids := make([]int64, 0, len(b.names))
	for id := range b.names {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(x, y int64) int {
		p, q := b.names[x].product, b.names[y].product
		return cmp.Or(strings.Compare(p.Code, q.Code), strings.Compare(p.Name, q.Name), cmp.Compare(x, y))
	})
	b.product = map[int64]int32{0: -1}
	for i, id := range ids {
		b.product[id] = int32(i)
		product := b.names[id].product
		product.Code = cmp.Or(product.Code, b.products.code(id))
		b.rec.Products = append(b.rec.Products, product)
	}
}

// inCurrency drops an amount of another currency than the record's.
func (b *recorder) inCurrency(v *version, r honne.Reported) honne.Reported {
	if v.Part.Currency != "" && v.Part.Currency != b.rec.Currency {
		r.Amount = honne.Figure{}
	}
	return r
}

func (b *recorder) deliveries() {
	inForce := map[honne.SubmissionID]bool{}
	for _, h := range b.led.inForce() {
		inForce[h.ID] = true
	}
	files := map[honne.FileID]bool{}
	for _, v := range b.led.versions {
		files[v.File] = true
		if on := honne.DateOf(v.Recorded); !v.Recorded.IsZero() && !b.rec.Distributor.Sample && (b.rec.Begun == 0 || on < b.rec.Begun) {
			b.rec.Begun = on
		}
		if v.Part.Adds() { // it reports no month
			continue
		}
		b.rec.Deliveries = append(b.rec.Deliveries, honne.Delivery{Submission: v.ID, File: v.File, Path: v.Path,
			Series: v.Part.Series, Scope: v.Part.Scope, Periods: v.Part.Periods, Receipt: v.Receipt, From: v.From,
			Holds: v.Part.Holds, Required: v.Part.Required, Filled: v.Part.Filled, Lines: v.lines, InForce: inForce[v.ID],
			Unit: v.Part.Unit, Tax: v.Part.Tax})
	}
	b.rec.Files = len(files)
}

// vintages lists the totals of plans, by series, month and receipt.
func (b *recorder) vintages() {
	for _, v := range b.led.versions {
		switch v.Part.Series {
		case honne.Forecast, honne.Plan, honne.Proposed, honne.Target:
		default:
			continue
		}
		for _, t := range v.periods {
			if m, ok := t.period.Bucket(); ok {
				r := b.inCurrency(v, honne.Reported{Quantity: t.quantity, Amount: t.amount})
				b.rec.Vintages = append(b.rec.Vintages, honne.Vintage{Series: v.Part.Series, Month: m, Made: v.Receipt,
					Submission: v.ID, Quantity: r.Quantity, Amount: r.Amount, Agreed: t.agreed})
			}
		}
	}
	slices.SortStableFunc(b.rec.Vintages, func(x, y honne.Vintage) int {
		return cmp.Or(seriesRank(x.Series)-seriesRank(y.Series), cmp.Compare(x.Month, y.Month))
	})
}

// putChanges lists the changes by receipt of the new version, period and
// product.
func (b *recorder) putChanges(changes []foundChange) {
	slices.SortStableFunc(changes, func(x, y foundChange) int {
		return cmp.Or(cmp.Compare(x.pair.new.rank, y.pair.new.rank), x.pair.new.total.period.Compare(y.pair.new.total.period),
			cmp.Compare(b.product[x.product], b.product[y.product]))
	})
	for _, c := range changes {
		n, o := c.pair.new, c.pair.old
		b.rec.Changes = append(b.rec.Changes, honne.Change{Series: n.Part.Series, Period: n.total.period, Product: b.product[c.product],
			Before: c.before, After: c.after, Old: o.ID, New: n.ID, Received: n.Receipt, First: o.Receipt, Reason: c.code, Raw: c.raw})
	}
}
