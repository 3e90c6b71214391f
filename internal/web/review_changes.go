package web

import (
	"cmp"
	"fmt"
	"slices"

	"honne"
)

// ChangeRow is an earlier figure that an accepted file changed.
type ChangeRow struct {
	What, Href           string
	Before, After, Delta string
	Class, Reason        string
}

// changesOf lists the totals that the file changed, the newest month first.
func (v *visit) changesOf(f honne.StoredFile, d honne.Distributor) ([]ChangeRow, error) {
	rec, err := v.app.Store.Record(v.Context(), d.ID, honne.AsOf{})
	if err != nil {
		return nil, fmt.Errorf("web: read record: %w", err)
	}
	var mine []honne.SubmissionID
	for _, x := range rec.Deliveries {
		if x.File == f.ID {
			mine = append(mine, x.Submission)
		}
	}
	type key struct {
		series honne.Series
		period honne.Period
	}
	totals := map[key]honne.Change{}
	var order []key
	for _, c := range rec.Changes {
		if !slices.Contains(mine, c.New) {
			continue
		}
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
	slices.SortStableFunc(order, func(a, b key) int { return cmp.Compare(b.period.From, a.period.From) })
	var out []ChangeRow
	for _, k := range order {
		out = append(out, v.changeRow(d, k.series, k.period, totals[k]))
	}
	return out, nil
}

func (v *visit) changeRow(d honne.Distributor, s honne.Series, p honne.Period, c honne.Change) ChangeRow {
	amount := c.Before.Amount.Known || c.After.Amount.Known
	before, after := c.Before.Quantity, c.After.Quantity
	if amount {
		before, after = c.Before.Amount, c.After.Amount
	}
	sel := honne.Selection{Series: s, Period: p, Amount: amount}
	row := ChangeRow{What: v.what(sel), Href: v.selectionLink(d, sel), Before: v.exact(before, amount), After: v.exact(after, amount),
		Class: tint(float64(after.N - before.N))}
	if before.Known && before.N != 0 {
		row.Delta = v.lang.Growth(float64(after.N-before.N) / float64(max(before.N, -before.N)))
	}
	if c.Reason != "" {
		row.Reason = v.t("reason." + string(c.Reason))
	}
	return row
}
