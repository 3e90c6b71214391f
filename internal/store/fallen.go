package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"honne"
)

// months that Fallen compares with as many before.
const fallMonths = 6

// Fallen returns the accounts that fell most, by amount, from the six months
// before to the six that end with last; at most limit of them. reported says
// whether the accounts of every one of the twelve were reported: where they were
// not, nobody is said to have fallen. An account is compared when all its amounts
// are known.
func (s *Store) Fallen(ctx context.Context, d honne.DistributorID, at honne.AsOf, last honne.Month, limit int) (fallen []honne.Fall, reported bool, err error) {
	err = s.view(ctx, func(q querier) error {
		led, err := readLedger(ctx, q, d, at)
		if err != nil {
			return err
		}
		b := recorder{rec: &honne.Record{Currency: currencyOf(led.inForce())}, led: led}
		for _, h := range monthly(led.inForce()) {
			if m, _ := h.total.period.Bucket(); h.Part.Series == honne.Sales && last-2*fallMonths < m && m <= last {
				b.standing = append(b.standing, h)
			}
		}
		all, err := s.accountsOf(ctx, q, led, at)
		if err != nil {
			return err
		}
		fallen, reported, err = b.fallen(ctx, q, all, last-fallMonths)
		return err
	})
	if err != nil {
		return nil, false, fmt.Errorf("store: fallen accounts of distributor %d: %w", d, err)
	}
	return fallen[:min(len(fallen), limit)], reported, nil
}

// bought is what an account bought in each span; unknown says that some of it is.
type bought struct {
	before, after honne.Reported
	unknown       bool
}

// fallen compares what stands after a month with what stands to it.
func (b *recorder) fallen(ctx context.Context, q querier, all *accounts, until honne.Month) ([]honne.Fall, bool, error) {
	nothing := honne.Reported{Quantity: honne.Known(0), Amount: honne.Known(0)}
	months, by := map[honne.Month]bool{}, map[*account]*bought{}
	err := b.eachStanding(ctx, q, ofAccounts, []honne.Series{honne.Sales}, func(h held, r *rollupRow) {
		one := all.of[r.of]
		if one == nil {
			return // lines without a party are nobody's fall
		}
		m, _ := h.total.period.Bucket()
		months[m] = true
		if by[one] == nil {
			by[one] = &bought{before: nothing, after: nothing}
		}
		says, into := b.inCurrency(h.version, r.Reported), &by[one].before
		if m > until {
			into = &by[one].after
		}
		*into, by[one].unknown = plus(*into, says), by[one].unknown || !says.Amount.Known
	})
	if err != nil || len(months) < 2*fallMonths {
		return nil, false, err
	}
	var out []honne.Fall
	for one, x := range by {
		if !x.unknown && x.after.Amount.N < x.before.Amount.N {
			out = append(out, honne.Fall{Account: one.account(), Before: x.before, After: x.after})
		}
	}
	slices.SortFunc(out, func(x, y honne.Fall) int {
		return cmp.Or(cmp.Compare(y.By(), x.By()), strings.Compare(x.Account.Selector(), y.Account.Selector()), strings.Compare(x.Account.Code, y.Account.Code))
	})
	return out, true, nil
}
