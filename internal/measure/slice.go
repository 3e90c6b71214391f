package measure

import "honne"

// sliced are the measures that make sense of a part of the figures: they read
// nothing but what each line of a report says. A plan or a count that names no
// part is one of the whole, so of what names no part only sales are looked at.
var sliced = [...]struct {
	slug  string
	sales bool // of sales alone
}{{"plan-attainment", false}, {"growth", true}, {"visibility-index", true}, {"stock-cover", false}, {"stock-equation", false}}

// OfSlice runs the measures that make sense of a slice of a record, in their
// order. The terms and the evidence of each are those of the slice. Source: domain
// 3.5.
func OfSlice(r *honne.Record, s honne.Slice, overlay func(*Measure) map[string]float64) []honne.Result {
	part := r.Only(s)
	var out []honne.Result
	for _, x := range sliced {
		if s.Of == "" && !x.sales {
			continue
		}
		m := Find(x.slug)
		res := m.Of(&part, overlay(m))
		res.Numerator.Select, res.Denominator.Select = s.Within(res.Numerator.Select), s.Within(res.Denominator.Select)
		res.Evidence = s.Within(res.Evidence)
		out = append(out, res)
	}
	return out
}

// SoldSoFar is what was sold in the months of the fiscal year up to a month, in
// amounts or in pieces; ok is false where nothing is known of them.
func SoldSoFar(r *honne.Record, last honne.Month, amount bool) (t honne.Term, ok bool) {
	months := ToDate(r, last)
	n, known := Monthly(r, honne.Sales).Sum(months, amount)
	return sum(r, "term.sales", n, amount, Choose(honne.Sales, months, amount)), known > 0
}
