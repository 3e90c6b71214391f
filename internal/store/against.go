package store

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"honne"
)

// Questions over whole ledgers, which a list asks where Record would be too much:
// they go by the figures that stand for months, as Record does, and answer with
// the first of what they found.

// FurthestBehind returns the products and months that are furthest behind a plan
// (honne.Plan or honne.Target) by amount, of those distributors, each as of
// its moment, whose figures are in the currency; at most limit of them. Months are
// those that end in the period. Only what is known on both sides is compared.
func (s *Store) FurthestBehind(ctx context.Context, of map[honne.DistributorID]honne.AsOf, plan honne.Series, in honne.Currency, p honne.Period, limit int) ([]honne.Against, error) {
	var out []honne.Against
	err := s.view(ctx, func(q querier) error {
		for _, d := range slices.Sorted(maps.Keys(of)) {
			g, err := s.readGrid(ctx, q, d, of[d], plan, p)
			if err != nil {
				return err
			}
			if g.currency == in {
				out = firstBehind(append(out, g.behind(limit)...), limit)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("store: furthest behind %s: %w", plan, err)
	}
	return out, nil
}

// firstBehind sorts by what is furthest behind; what is equal by distributor,
// month and product.
func firstBehind(list []honne.Against, limit int) []honne.Against {
	slices.SortFunc(list, func(a, b honne.Against) int {
		return cmp.Or(cmp.Compare(b.Behind().N, a.Behind().N), cmp.Compare(a.Distributor, b.Distributor), cmp.Compare(a.Month, b.Month),
			strings.Compare(a.Product.Code, b.Product.Code), strings.Compare(a.Product.Name, b.Product.Name))
	})
	return list[:min(len(list), limit)]
}

// grid is what was sold and planned of one distributor by month and product.
type grid struct {
	recorder
	distributor honne.DistributorID
	currency    honne.Currency
	first       honne.Month
	months      int
	place       []int32  // of each product, by its number, in a month of the grid
	names       int64    // more than the number of any name
	called      []called // the products by place
	sold        []honne.Reported
	planned     []honne.Reported
	there       []bool // the sales are in the report, be they known or not
	given       []bool // by month: a report of its sales by product stands
}

// called is the name of a product in the newest version that uses it.
type called struct {
	name int64
	rank int
}

func (s *Store) readGrid(ctx context.Context, q querier, d honne.DistributorID, at honne.AsOf, plan honne.Series, p honne.Period) (*grid, error) {
	led, err := readLedger(ctx, q, d, at)
	if err != nil {
		return nil, err
	}
	g := &grid{distributor: d, currency: currencyOf(led.inForce()), first: p.From.Month(), months: int(p.To.Month()-p.From.Month()) + 1}
	g.recorder = recorder{rec: &honne.Record{Currency: g.currency}, led: led, names: map[int64]named{}}
	for _, h := range monthly(led.inForce()) {
		if m, _ := h.total.period.Bucket(); p.From <= m.First() && m.Last() <= p.To {
			g.standing = append(g.standing, h)
		}
	}
	if g.products, err = s.articlesOf(ctx, q, led, at); err != nil {
		return nil, err
	}
	if err := q.QueryRowContext(ctx, `SELECT coalesce(max(id), 0) + 1 FROM name WHERE distributor_id = $1`, int64(d)).Scan(&g.names); err != nil {
		return nil, err
	}
	g.makeRoom()
	return g, g.fill(ctx, q, plan)
}

// makeRoom gives every product that may be named a place.
func (g *grid) makeRoom() {
	g.place = make([]int32, g.names)
	stands := map[int64]int32{}
	for id := range g.products.rows {
		one := g.products.same(id)
		if _, ok := stands[one]; !ok {
			stands[one] = int32(len(g.called))
			g.called = append(g.called, called{one, -1})
		}
		g.place[id] = stands[one]
	}
	cells := g.months * len(g.called)
	g.sold, g.planned, g.there, g.given = make([]honne.Reported, cells), make([]honne.Reported, cells), make([]bool, cells), make([]bool, g.months)
}

func (g *grid) fill(ctx context.Context, q querier, plan honne.Series) error {
	var last held
	var month int
	return g.eachStanding(ctx, q, ofProducts, []honne.Series{honne.Sales, plan}, func(h held, r *rollupRow) {
		if h.version != last.version || h.total.period != last.total.period {
			m, _ := h.total.period.Bucket()
			last, month = h, int(m-g.first)
		}
		product := g.place[r.of]
		if c := &g.called[product]; h.rank > c.rank || h.rank == c.rank && g.products.rows[r.of].Name < g.products.rows[c.name].Name {
			*c = called{r.of, h.rank}
		}
		i := month*len(g.called) + int(product)
		into := &g.planned[i]
		if h.Part.Series == honne.Sales {
			into, g.there[i] = &g.sold[i], true
			g.given[month] = g.given[month] || r.of != 0
		}
		*into = plus(*into, g.inCurrency(h.version, r.Reported))
	})
}

// eachStanding gives the cells of roll-ups that stand to do.
func (b *recorder) eachStanding(ctx context.Context, q querier, k rollupKind, series []honne.Series, do func(held, *rollupRow)) error {
	standing := map[pairKey]held{}
	for _, h := range b.standing {
		standing[pairKey{new: h.ID, period: h.total.period}] = h
	}
	var last pairKey
	var h held
	return eachRollup(ctx, q, b.led.distributor, k, b.submissionsOf(series...), func(r *rollupRow) error {
		if key := (pairKey{new: r.submission, period: r.period}); key != last {
			h, last = standing[key], key
		}
		if h.version != nil && slices.Contains(series, h.Part.Series) {
			do(h, r)
		}
		return nil
	})
}

// at returns a place of the grid as an answer, without the product's name.
func (g *grid) at(i int) honne.Against {
	month := i / len(g.called)
	a := honne.Against{Distributor: g.distributor, Month: g.first + honne.Month(month), Sold: g.sold[i], Planned: g.planned[i]}
	if g.given[month] && !g.there[i] && g.called[i%len(g.called)].name != 0 {
		a.Sold = honne.Reported{Quantity: honne.Known(0), Amount: honne.Known(0)}
	}
	return a
}

// product returns the product of a place, as Record names it.
func (g *grid) product(i int) honne.Product {
	id := g.called[i%len(g.called)].name
	one := g.products.rows[id]
	one.Code = cmp.Or(one.Code, g.products.code(g.products.same(id)))
	return one
}

// behind returns the places that are furthest behind.
func (g *grid) behind(limit int) []honne.Against {
	type gap struct {
		place int
		by    int64
	}
	first := firstOf[gap]{limit: limit, compare: func(a, b gap) int { return cmp.Or(cmp.Compare(b.by, a.by), cmp.Compare(a.place, b.place)) }}
	for i := range g.planned {
		if !g.planned[i].Amount.Known {
			continue
		}
		if by := g.at(i).Behind(); by.Known && by.N > 0 {
			first.add(gap{i, by.N})
		}
	}
	var out []honne.Against
	for _, f := range first.sorted() {
		a := g.at(f.place)
		a.Product = g.product(f.place)
		out = append(out, a)
	}
	return out
}
