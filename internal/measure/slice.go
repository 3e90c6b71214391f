package measure

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
)

// sliced are the measures that make sense of a part of the figures, with the
// series that each looks at: they read nothing but what each line of a report says.
// A plan or a count that names no part is one of the whole, so of what names no
// part only sales are looked at. The stock equation is not here: it needs days, of
// which a part has none where books close on another day.
var sliced = [...]struct {
	slug   string
	series []honne.Series
}{
	{"plan-attainment", []honne.Series{honne.Sales, honne.Purchases, honne.Shipments, honne.Target, honne.Plan}},
	{"growth", []honne.Series{honne.Sales, honne.PriorYear}},
	{"growth-gap", []honne.Series{honne.Sales, honne.PriorYear, honne.Market}},
	{"visibility-index", []honne.Series{honne.Sales}},
	{"stock-cover", []honne.Series{honne.Sales, honne.Stock}},
	{"concentration", []honne.Series{honne.Sales}},
}

// OfSlice runs the measures that make sense of a slice of a record, in their
// order. The terms and the evidence of each are those of the slice. One that looks
// at months in which some lines name no part is unknown: what a part lacks may
// stand there. Source: domain 3.5.
func OfSlice(r *honne.Record, s honne.Slice, overlay func(*Measure) map[string]float64) []honne.Result {
	part := r.Only(s)
	part.Distributor.Profile.MarketGrowth, part.Log.Estimates = nil, estimatesOf(r, s)
	var out []honne.Result
	for _, x := range sliced {
		if s.Of == "" && slices.ContainsFunc(x.series, func(of honne.Series) bool { return of != honne.Sales && of != honne.PriorYear }) {
			continue
		}
		m := Find(x.slug)
		res := m.Of(&part, overlay(m))
		if why := partial(r, s, x.series, res); !why.IsZero() {
			res = honne.Result{Measure: m.ID, Why: why}
		}
		res.History = slices.DeleteFunc(res.History, func(p honne.Point) bool { return s.Of != "" && !s.Whole(honne.Sales, p.Period) })
		res.Numerator.Select, res.Denominator.Select = s.Within(res.Numerator.Select), s.Within(res.Denominator.Select)
		res.Evidence = s.Within(res.Evidence)
		out = append(out, res)
	}
	return out
}

// estimatesOf are the estimates of the market that name a part. The market of the whole
// is not that of a part, so that nothing else stands for it.
func estimatesOf(r *honne.Record, s honne.Slice) (out []honne.MarketEstimate) {
	for _, e := range r.Log.Estimates {
		if s.Of != "" && strings.Contains(japan.Key(e.What), japan.Key(s.Of)) {
			out = append(out, e)
		}
	}
	return out
}

// partial says why a known result of a part would mislead: some of its months are
// not wholly named, or its stock was last counted on another day than the rest.
func partial(r *honne.Record, s honne.Slice, series []honne.Series, res honne.Result) honne.Message {
	if !res.Known {
		return honne.Message{}
	}
	for _, t := range [...]honne.Term{res.Numerator, res.Denominator} {
		for _, sel := range t.Select {
			if s.Of != "" && !s.Whole(sel.Series, sel.Period) {
				return honne.Say("why.slice.unnamed", honne.Over("period", sel.Period))
			}
		}
	}
	if slices.Contains(series, honne.Market) && !s.Whole(honne.Market, honne.Months(res.Period.From.Month()-12, res.Period.To.Month())) {
		return honne.Say("why.slice.unnamed", honne.Over("period", res.Period))
	}
	counts := reported(r, Monthly(r, honne.Stock))
	if slices.Contains(series, honne.Stock) && len(counts) > 0 && res.Period.To.Month() != counts[len(counts)-1] {
		return honne.Say("why.slice.counted", honne.InMonth("month", res.Period.To.Month()))
	}
	return honne.Message{}
}

// Sold is what was sold in some months, in amounts or in pieces; ok is false where
// nothing is known of them.
func Sold(r *honne.Record, months []honne.Month, amount bool) (t honne.Term, ok bool) {
	n, known := Monthly(r, honne.Sales).Sum(months, amount)
	return sum(r, "term.sales", n, amount, []honne.Selection{{Series: honne.Sales, Period: covering(months), Amount: amount}}), known > 0
}
