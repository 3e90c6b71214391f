package inspect

import (
	"cmp"
	"slices"

	"honne"
	"honne/internal/measure"
	"honne/internal/playbook"
)

// Slices measures the slices of a record of which any sales were reported, the
// largest first and what names no slice last: by the months that the picture's
// headline is of. The sales of a slice that those do not name are not known.
func Slices(r honne.Record, list []honne.Slice, p *playbook.Playbook) []honne.Sliced {
	p = p.For(r.Thresholds)
	months := headline(&r, fiscalYear(&r, measure.Reported(&r)))
	if len(months) == 0 {
		return nil
	}
	amount := inMoney(&r, months)
	overlay := func(m *measure.Measure) map[string]float64 { return params(m.ID.Slug, p) }
	var out []honne.Sliced
	for _, s := range list {
		part := r.Only(s)
		x := honne.Sliced{By: s.By, Of: s.Of, Results: measure.OfSlice(&r, s, overlay)}
		if len(part.Series(honne.Sales).Month) == 0 {
			continue // a plan alone
		}
		if sold, ok := measure.Sold(&part, months, amount); ok {
			x.Sales = sold
			x.Sales.Select = s.Within(sold.Select)
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b honne.Sliced) int {
		if (a.Of == "") != (b.Of == "") {
			return cmp.Compare(b.Of, a.Of)
		}
		return cmp.Compare(soldOf(b), soldOf(a))
	})
	return out
}

func soldOf(x honne.Sliced) int64 {
	if x.Sales.Money.Currency != "" {
		return x.Sales.Money.Minor
	}
	return x.Sales.Quantity.N
}

// inMoney reports whether amounts are known of as many months as pieces.
func inMoney(r *honne.Record, months []honne.Month) bool {
	sales := measure.Monthly(r, honne.Sales)
	_, money := sales.Sum(months, true)
	_, pieces := sales.Sum(months, false)
	return money >= pieces
}
