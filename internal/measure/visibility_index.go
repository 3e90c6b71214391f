package measure

import (
	"slices"

	"honne"
)

func visibilityIndex() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-11", Slug: "visibility-index"},
		Doc: `Visibility index: sales to end users who are named ÷ all sales of the last month. A dealer's name is no end user; a place of use by
its own name (a hospital, a clinic) is one, in whatever column it stands. Parts: stable (adds agreed pseudonyms), region (1 where the
report gives regions, else as stable). Minimum: one month with sales above zero. Source: domain 3.5 S-11, section 5 AC5.`,
		Params:      []Param{{"months", 1, "months up to the last reported"}},
		Needs:       []honne.Need{honne.NeedSales},
		Confounders: []string{"confounder.nda-accounts", "confounder.spd-hides-ward"},
		Run:         runVisibilityIndex,
	}
}

// visible splits the sales of some months by what is known of the end user.
type visible struct {
	amount               bool
	total, named, stable int64
}

func (v visible) index() float64 { return share(v.named, v.total) }

// share is a part of a whole, held between 0 and 1: returns can push either
// beyond the other.
func share(part, whole int64) float64 { return min(max(ratio(part, whole), 0), 1) }

// lookAt returns what of the sales of some months is visible; ok is false when
// nothing, or less than nothing, was sold.
func lookAt(r *honne.Record, sales Track, months []honne.Month) (v visible, ok bool) {
	money, n := sales.Sum(months, true)
	pieces, k := sales.Sum(months, false)
	v.amount, v.total = n >= k, money
	if !v.amount {
		v.total = pieces
	}
	for i, m := range r.ByAccount.Month {
		if m < months[0] || m > months[len(months)-1] {
			continue
		}
		f := r.ByAccount.Quantity[i]
		if v.amount {
			f = r.ByAccount.Amount[i]
		}
		a := r.ByAccount.Account[i]
		if a < 0 || !isEndUser(r.Accounts[a]) {
			continue
		}
		switch r.Accounts[a].Disclosure {
		case honne.Named:
			v.named += f.N
			v.stable += f.N
		case honne.Pseudonym:
			v.stable += f.N
		}
	}
	return v, v.total > 0
}

func isEndUser(a honne.Account) bool { return honne.IsEndUser(a.Role, a.Site) }

// ofEndUsers narrows selections to the lines with an end user of that kind.
func ofEndUsers(d honne.Disclosure, list []honne.Selection) []honne.Selection {
	out := slices.Clone(list)
	for i := range out {
		out[i].EndUser, out[i].Disclosure = true, &d
	}
	return out
}

func runVisibilityIndex(r *honne.Record, p Params) honne.Result {
	sales := Monthly(r, honne.Sales)
	months := reported(r, sales)
	if len(months) == 0 {
		return unknown(honne.Say("why.visibility-index.no-sales"), honne.NeedSales)
	}
	last := months[len(months)-1]
	window := span(max(months[0], last-honne.Month(p.count("months")-1)), last)
	v, ok := lookAt(r, sales, window)
	if !ok {
		return unknown(honne.Say("why.visibility-index.nothing-sold"), honne.NeedSales)
	}
	all := Choose(honne.Sales, window, v.amount)
	res := honne.Result{
		Known: true, Value: v.index(), Unit: honne.UnitRatio, N: len(window), Period: covering(window),
		Numerator:   sum(r, "term.sales-named", v.named, v.amount, ofEndUsers(honne.Named, all)),
		Denominator: sum(r, "term.sales", v.total, v.amount, all),
		Parts:       []honne.Further{part("stable", share(v.stable, v.total), honne.UnitRatio)},
	}
	region := share(v.stable, v.total)
	if givesRegion(r, last) {
		region = 1
	}
	res.Parts = append(res.Parts, part("region", region, honne.UnitRatio))
	look := func(months []honne.Month) (float64, bool) {
		v, ok := lookAt(r, sales, months)
		return v.index(), ok
	}
	res.History = history(r, last, func(q honne.Period) (float64, bool) { return look(monthsOf(q)) })
	res.Baseline = baseline(look(shifted(window, -12)))
	res.Because = []honne.Message{honne.Say("because.visibility-index", honne.Ratio("share", res.Value),
		said(r, "named", v.named, v.amount), said(r, "sales", v.total, v.amount), honne.Over("period", res.Period))}
	if v.stable > v.named {
		res.Because = append(res.Because, honne.Say("because.visibility-index.pseudonyms", honne.Ratio("share", share(v.stable, v.total))))
	}
	res.Evidence = selections(res.Numerator, res.Denominator)
	return res
}

func givesRegion(r *honne.Record, m honne.Month) bool {
	for _, d := range arrivals(r, honne.Sales) {
		if d.InForce && d.Holds.Region && slices.Contains(d.months, m) {
			return true
		}
	}
	return false
}
