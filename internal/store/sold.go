package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"honne"
)

// LargestSold returns the largest amounts that a distributor sold of a product to
// an account in a month, beside what was planned of the product, at most limit of
// them; cells is how many there are. There is no roll-up by product and account
// (see the package), so this reads the lines of the months.
func (s *Store) LargestSold(ctx context.Context, d honne.DistributorID, at honne.AsOf, plan honne.Series, p honne.Period, limit int) (largest []honne.Against, cells int, err error) {
	err = s.view(ctx, func(q querier) error {
		g, err := readGrid(ctx, q, d, at, plan, p)
		if err != nil {
			return err
		}
		all, err := readAccounts(ctx, q, g.led, at)
		if err != nil {
			return err
		}
		sold, err := g.byAccount(ctx, q, all)
		largest, cells = g.largest(sold, all, limit), len(sold)
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("store: largest sold of distributor %d: %w", d, err)
	}
	return largest, cells, nil
}

// soldCell is what an account bought: of is its place in the grid, then that of
// the account.
type soldCell struct {
	of uint64
	honne.Reported
}

// byAccount adds up the lines of the grid's sales.
func (g *grid) byAccount(ctx context.Context, q querier, all *accounts) ([]soldCell, error) {
	parties := map[int64]uint64{}
	for i, one := range all.list {
		for _, r := range one.names {
			parties[r.id] = uint64(i + 1)
		}
	}
	picked := &selection{}
	for _, h := range g.standing {
		if h.Part.Series == honne.Sales {
			picked.cells = append(picked.cells, h)
		}
	}
	var cells []soldCell
	err := picked.eachLine(ctx, q, g.distributor, func(h held, l *storedLine) error {
		m, _ := h.total.period.Bucket()
		place := uint64(int(m-g.first)*len(g.called)) + uint64(g.place[l.numbers[colProduct]])
		cells = append(cells, soldCell{place<<32 | parties[l.account()], g.inCurrency(h.version, honne.Reported{Quantity: l.quantity, Amount: l.amount})})
		return nil
	})
	slices.SortFunc(cells, func(a, b soldCell) int { return cmp.Compare(a.of, b.of) })
	out := cells[:0]
	for _, c := range cells {
		if n := len(out); n > 0 && out[n-1].of == c.of {
			out[n-1].Reported = plus(out[n-1].Reported, c.Reported)
		} else {
			out = append(out, c)
		}
	}
	return out, err
}

// largest sorts by amount; what is equal by month, product and account.
func (g *grid) largest(sold []soldCell, all *accounts, limit int) []honne.Against {
	known := slices.DeleteFunc(slices.Clone(sold), func(c soldCell) bool { return !c.Amount.Known })
	slices.SortFunc(known, func(a, b soldCell) int { return cmp.Or(cmp.Compare(b.Amount.N, a.Amount.N), cmp.Compare(a.of, b.of)) })
	var out []honne.Against
	for _, c := range known[:min(len(known), limit)] {
		i := int(c.of >> 32)
		a := g.at(i)
		a.Product, a.Sold = g.product(i), c.Reported
		if n := c.of & (1<<32 - 1); n > 0 {
			a.Account = all.list[n-1].account()
		}
		out = append(out, a)
	}
	slices.SortStableFunc(out, func(a, b honne.Against) int {
		return cmp.Or(cmp.Compare(b.Sold.Amount.N, a.Sold.Amount.N), cmp.Compare(a.Month, b.Month), strings.Compare(a.Product.Code, b.Product.Code), strings.Compare(a.Account.Name, b.Account.Name))
	})
	return out
}
