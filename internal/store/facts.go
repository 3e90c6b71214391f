package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"honne"
)

// factKey is a figure of a record: of a product, an account or a day (of).
type factKey struct {
	series honne.Series
	month  honne.Month
	of     int64
}

type fact struct {
	honne.Reported
	version *version // the newest that adds to it
}

// sumStanding adds up the rows of roll-ups that stand, by series, month and what
// key says.
func (b *recorder) sumStanding(rows []rollupRow, key func(held, honne.Month, rollupRow) factKey) map[factKey]*fact {
	standing := map[pairKey]held{}
	for _, h := range b.standing {
		standing[pairKey{new: h.ID, period: h.total.period}] = h
	}
	out := map[factKey]*fact{}
	for _, r := range rows {
		h, ok := standing[pairKey{new: r.submission, period: r.period}]
		if !ok {
			continue
		}
		m, _ := h.total.period.Bucket()
		addFact(out, key(h, m, r), h, b.inCurrency(h.version, r.Reported))
	}
	return out
}

// addFact adds what a version says to a fact, which is of the newest that does.
func addFact(to map[factKey]*fact, k factKey, h held, said honne.Reported) {
	f := to[k]
	if f == nil {
		f = &fact{version: h.version}
		to[k] = f
	}
	f.Reported = plus(f.Reported, said)
	if h.rank > f.version.rank {
		f.version = h.version
	}
}

// submissionsOf returns the submissions that stand for one of the series, all
// when none is named.
func (b *recorder) submissionsOf(series ...honne.Series) []honne.SubmissionID {
	var out []honne.SubmissionID
	for _, h := range b.standing {
		if len(series) == 0 || slices.Contains(series, h.Part.Series) {
			out = append(out, h.ID)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (b *recorder) facts(ctx context.Context, q querier) (map[factKey]*fact, error) {
	rows, err := readRollups(ctx, q, b.led.distributor, ofProducts, b.submissionsOf())
	if err != nil {
		return nil, err
	}
	return b.sumStanding(rows, func(h held, m honne.Month, r rollupRow) factKey {
		b.use(r.of, h)
		return factKey{h.Part.Series, m, b.products.same(r.of)}
	}), nil
}

// listFacts lists facts by series, month and place of the product.
func (b *recorder) listFacts(facts map[factKey]*fact) (list []honne.Facts) {
	for _, k := range sortFacts(facts, func(x, y int64) int { return cmp.Compare(b.product[x], b.product[y]) }) {
		if len(list) == 0 || list[len(list)-1].Series != k.series {
			list = append(list, honne.Facts{Series: k.series})
		}
		into, f := &list[len(list)-1], facts[k]
		into.Month, into.Product = append(into.Month, k.month), append(into.Product, b.product[k.of])
		into.Quantity, into.Amount = append(into.Quantity, f.Quantity), append(into.Amount, f.Amount)
		into.Version = append(into.Version, f.version.ID)
	}
	return list
}

// accounts fills ByAccount and the accounts that it names, each party once.
func (b *recorder) accounts(ctx context.Context, q querier) error {
	rows, err := readRollups(ctx, q, b.led.distributor, ofAccounts, b.submissionsOf(honne.Sales))
	if err != nil {
		return err
	}
	facts := b.sumStanding(rows, func(_ held, m honne.Month, r rollupRow) factKey {
		return factKey{honne.Sales, m, b.all.standsFor(r.of)}
	})
	b.nameAccounts(facts)
	b.rec.ByAccount = b.listAccounts(facts)
	return nil
}

// standsFor is the name that a party is shown by.
func (a *accounts) standsFor(id int64) int64 {
	if one := a.of[id]; one != nil {
		return one.shown().id
	}
	return id
}

// listAccounts lists sales by month and place of the account.
func (b *recorder) listAccounts(facts map[factKey]*fact) (into honne.AccountFacts) {
	for _, k := range sortFacts(facts, func(x, y int64) int { return cmp.Compare(b.account[x], b.account[y]) }) {
		f := facts[k]
		into.Month, into.Account = append(into.Month, k.month), append(into.Account, b.account[k.of])
		into.Quantity, into.Amount = append(into.Quantity, f.Quantity), append(into.Amount, f.Amount)
	}
	return into
}

// nameAccounts lists the accounts of the facts, and notes their places; account
// 0, none, has none.
func (b *recorder) nameAccounts(facts map[factKey]*fact) {
	used := map[int64]bool{}
	for k := range facts {
		used[k.of] = true
	}
	type listed struct {
		honne.Account
		id int64
	}
	var list []listed
	for _, one := range b.all.list {
		if id := one.shown().id; used[id] {
			list = append(list, listed{one.account(), id})
		}
	}
	slices.SortFunc(list, func(x, y listed) int {
		return cmp.Or(cmp.Compare(x.Role, y.Role), strings.Compare(x.Code, y.Code), strings.Compare(x.Name, y.Name),
			cmp.Compare(x.Disclosure, y.Disclosure), cmp.Compare(x.id, y.id))
	})
	b.account = map[int64]int32{0: -1}
	for i, x := range list {
		b.account[x.id] = int32(i)
		b.rec.Accounts = append(b.rec.Accounts, x.Account)
	}
}

// days fills the totals of dated lines, by series and day.
func (b *recorder) days(ctx context.Context, q querier) error {
	rows, err := readRollups(ctx, q, b.led.distributor, ofDays, b.submissionsOf(honne.Sales, honne.Purchases, honne.Shipments))
	if err != nil {
		return err
	}
	facts := b.sumStanding(rows, func(h held, _ honne.Month, r rollupRow) factKey { return factKey{h.Part.Series, 0, r.of} })
	for _, k := range sortFacts(facts, cmp.Compare[int64]) {
		f := facts[k]
		b.rec.Days = append(b.rec.Days, honne.DayTotal{Series: k.series, Date: honne.Date(k.of), Quantity: f.Quantity, Amount: f.Amount})
	}
	return nil
}

// expiries fills what stock there is by its last day of use.
func (b *recorder) expiries(ctx context.Context, q querier) error {
	rows, err := readRollups(ctx, q, b.led.distributor, ofExpiries, b.submissionsOf(honne.Stock))
	if err != nil {
		return err
	}
	facts := b.sumStanding(rows, func(h held, m honne.Month, r rollupRow) factKey { return factKey{h.Part.Series, m, r.of} })
	for _, k := range sortFacts(facts, cmp.Compare[int64]) {
		f := facts[k]
		b.rec.Expiries = append(b.rec.Expiries, honne.ExpiryTotal{Month: k.month, Expires: honne.Date(k.of), Quantity: f.Quantity, Amount: f.Amount})
	}
	return nil
}

func sortFacts(facts map[factKey]*fact, of func(x, y int64) int) []factKey {
	out := make([]factKey, 0, len(facts))
	for k := range facts {
		out = append(out, k)
	}
	slices.SortFunc(out, func(x, y factKey) int {
		return cmp.Or(seriesRank(x.series)-seriesRank(y.series), cmp.Compare(x.month, y.month), of(x.of, y.of))
	})
	return out
}

// places adds up the sales of the months of which all is of a branch or region: by the
// report of one, else by the words of its lines.
func (b *recorder) places(ctx context.Context, q querier) error {
	rows, err := readRollups(ctx, q, b.led.distributor, ofRegions, b.submissionsOf(honne.Sales))
	if err != nil {
		return err
	}
	names, err := regionNames(ctx, q, b.led.distributor, rows)
	if err != nil {
		return err
	}
	regions := map[pairKey][]rollupRow{}
	for _, r := range rows {
		k := pairKey{new: r.submission, period: r.period}
		regions[k] = append(regions[k], r)
	}
	sums, unnamed := map[placeKey]honne.Reported{}, map[honne.Month]bool{}
	for _, h := range b.standing {
		if h.Part.Series == honne.Sales {
			b.placed(h, regions[pairKey{new: h.ID, period: h.total.period}], names, sums, unnamed)
		}
	}
	b.listPlaces(sums, unnamed)
	return nil
}

// placeKey is a place in a month.
type placeKey struct {
	month honne.Month
	place string
}

// placed adds what a version says of a period: to the branch or region of the report, of a
// report of all by the regions that its lines name.
func (b *recorder) placed(h held, regions []rollupRow, names map[int64]string, sums map[placeKey]honne.Reported, unnamed map[honne.Month]bool) {
	m, _ := h.total.period.Bucket()
	whole := honne.Reported{Quantity: h.total.quantity, Amount: h.total.amount}
	if place := h.Part.Place(); place != "" {
		sums[placeKey{m, place}] = plus(sums[placeKey{m, place}], b.inCurrency(h.version, whole))
		return
	}
	var said honne.Reported
	for _, r := range regions {
		said = plus(said, r.Reported)
		k := placeKey{m, names[r.of]}
		sums[k] = plus(sums[k], b.inCurrency(h.version, r.Reported))
	}
	unnamed[m] = unnamed[m] || said != whole
}

// regionNames are the names of the regions of some cells.
func regionNames(ctx context.Context, q querier, d honne.DistributorID, rows []rollupRow) (map[int64]string, error) {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.of
	}
	slices.Sort(ids)
	out := map[int64]string{}
	for some := range slices.Chunk(slices.Compact(ids), 500) {
		found, err := collect(ctx, q, (*nameRow).fields, selectName+`WHERE distributor_id = $1 AND id IN (`+list(some)+`)`, int64(d))
		if err != nil {
			return nil, err
		}
		for _, r := range found {
			out[r.id] = r.name
		}
	}
	return out, nil
}

func (b *recorder) listPlaces(sums map[placeKey]honne.Reported, unnamed map[honne.Month]bool) {
	for k, sum := range sums {
		if !unnamed[k.month] {
			b.rec.Places = append(b.rec.Places, honne.PlaceTotal{Month: k.month, Place: k.place, Quantity: sum.Quantity, Amount: sum.Amount})
		}
	}
	slices.SortFunc(b.rec.Places, func(x, y honne.PlaceTotal) int {
		return cmp.Or(cmp.Compare(x.Month, y.Month), strings.Compare(x.Place, y.Place))
	})
}
