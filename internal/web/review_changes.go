package web

import (
	"cmp"
	"slices"

	"honne"
)

// ChangeRow is an earlier figure that a file changes.
type ChangeRow struct {
	What, Href           string
	Before, After, Delta string
	Class, Reason        string
}

// changes are the totals that a file changes, in the order of time; after is the
// record with the file.
func (x *review) changes(list []honne.Change, after *honne.Record) []ChangeRow {
	type key struct {
		series honne.Series
		period honne.Period
	}
	totals := map[key]honne.Change{}
	var order []key
	for _, c := range list {
		k := key{c.Series, c.Period}
		sum, seen := totals[k]
		if !seen {
			order = append(order, k)
			sum.Reason = c.Reason
		}
		sum.Before.Amount, sum.After.Amount = sum.Before.Amount.Plus(c.Before.Amount), sum.After.Amount.Plus(c.After.Amount)
		sum.Before.Quantity, sum.After.Quantity = sum.Before.Quantity.Plus(c.Before.Quantity), sum.After.Quantity.Plus(c.After.Quantity)
		totals[k] = sum
	}
	slices.SortStableFunc(order, func(a, b key) int { return cmp.Compare(a.period.From, b.period.From) })
	var out []ChangeRow
	for _, k := range order {
		out = append(out, x.changeRow(k.series, k.period, ofMonth(totals[k], k.period, after.Series(k.series)), cmp.Or(after.Currency, honne.JPY)))
	}
	return out
}

// ofMonth widens the changed products to the whole of their month, of which the
// others stayed.
func ofMonth(c honne.Change, p honne.Period, f honne.Facts) honne.Change {
	m, ok := p.Bucket()
	for _, t := range f.Monthly() {
		if !ok || t.Month != m {
			continue
		}
		if c.After.Amount.Known && t.Amount.Known {
			c.Before.Amount.N, c.After.Amount = c.Before.Amount.N+t.Amount.N-c.After.Amount.N, t.Amount
		}
		if c.After.Quantity.Known && t.Quantity.Known {
			c.Before.Quantity.N, c.After.Quantity = c.Before.Quantity.N+t.Quantity.N-c.After.Quantity.N, t.Quantity
		}
	}
	return c
}

func (x *review) changeRow(s honne.Series, p honne.Period, c honne.Change, in honne.Currency) ChangeRow {
	amount := c.Before.Amount.Known || c.After.Amount.Known
	before, after := c.Before.Quantity, c.After.Quantity
	if amount {
		before, after = c.Before.Amount, c.After.Amount
	}
	sel := honne.Selection{Series: s, Period: p, Amount: amount}
	row := ChangeRow{What: x.what(sel), Href: x.selectionLink(x.distributor, sel), Before: x.exact(before, amount, in), After: x.exact(after, amount, in),
		Class: tint(float64(after.N - before.N))}
	if before.Known && before.N != 0 {
		row.Delta = x.lang.Growth(float64(after.N-before.N) / float64(max(before.N, -before.N)))
	}
	if c.Reason != "" {
		row.Reason = x.t("reason." + string(c.Reason))
	}
	return row
}
