package measure

import (
	"iter"
	"slices"

	"honne"
)

func visibilityIndex() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-11", Slug: "visibility-index"},
		Doc: `Visibility index: sales to end users who are named ÷ all sales of the last month. A dealer's name is no end user; a place of use by
its own name (a hospital, a clinic) is one, in whatever column it stands. Sales to an account that an agreement in the log forbids to name
are in neither. Where a level without end users was agreed and is delivered, that may explain it. Parts: stable (adds agreed pseudonyms), region (1, only where the report gives regions), secret (share of all
sales that such an agreement leaves out, where there is one). Minimum: one month with sales above zero. Source: domain 3.5 S-11, section 5 AC5.`,
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
	secret               int64    // what an agreement forbids to name, no part of total
	besides              []string // whose it is
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
	for i, n := range toAccounts(r, months, v.amount) {
		switch a := r.Accounts[i]; {
		case bound(r, a, months[len(months)-1].Last()):
			v.leaveOut(a, n)
		case !isEndUser(a):
		case a.Disclosure == honne.Named:
			v.named += n
			v.stable += n
		case a.Disclosure == honne.Pseudonym:
			v.stable += n
		}
	}
	return v, v.total > 0
}

// toAccounts are the sales of some months by whom they went to, of Record.Accounts.
func toAccounts(r *honne.Record, months []honne.Month, amount bool) iter.Seq2[int32, int64] {
	return func(yield func(int32, int64) bool) {
		f := r.ByAccount
		for i, m := range f.Month {
			if f.Account[i] < 0 || m < months[0] || m > months[len(months)-1] {
				continue
			}
			if !yield(f.Account[i], on(honne.MonthTotal{Quantity: f.Quantity[i], Amount: f.Amount[i]}, amount).N) {
				return
			}
		}
	}
}

// leaveOut takes sales out of the whole: nobody may name whose they are.
func (v *visible) leaveOut(a honne.Account, n int64) {
	v.total, v.secret = v.total-n, v.secret+n
	if key := a.Selector(); !slices.Contains(v.besides, key) {
		v.besides = append(v.besides, key)
		slices.Sort(v.besides)
	}
}

// bound reports whether an agreement that somebody saw forbade on a day to name an
// account. One that is named all the same counts as named.
func bound(r *honne.Record, a honne.Account, on honne.Date) bool {
	if isEndUser(a) && a.Disclosure != honne.Withheld {
		return false
	}
	return slices.ContainsFunc(r.Log.Secret, func(x honne.Confidential) bool {
		called := x.Account == a.Name || x.Account == a.Code || slices.Contains(a.Also, x.Account)
		return called && x.From <= on && (x.Until == 0 || x.Until >= on)
	})
}

// besides narrows selections to the lines that are not of some accounts.
func besides(names []string, list []honne.Selection) []honne.Selection {
	for i := range list {
		list[i].Besides = names
	}
	return list
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
	window := lastMonths(months, p.count("months"))
	v, ok := lookAt(r, sales, window)
	if !ok {
		return unknown(honne.Say("why.visibility-index.nothing-sold"), honne.NeedSales)
	}
	res := v.result(r, window)
	if givesRegion(r, last) {
		res.Parts = append(res.Parts, part("region", 1, honne.UnitRatio))
	}
	res.History, res.Baseline = inMonths(r, last, window, func(months []honne.Month) (float64, bool) {
		v, ok := lookAt(r, sales, months)
		return v.index(), ok
	})
	if v.stable > v.named {
		res.Because = append(res.Because, honne.Say("because.visibility-index.pseudonyms", honne.Ratio("share", share(v.stable, v.total))))
	}
	res.OurSide = asAgreed(r)
	v.tellSecret(&res)
	return res
}

// result holds the sales that are named, of all, and says them.
func (v visible) result(r *honne.Record, window []honne.Month) honne.Result {
	return honne.Result{
		Known: true, Value: v.index(), Unit: honne.UnitRatio, N: len(window), Period: covering(window),
		Numerator:   sum(r, "term.sales-named", v.named, v.amount, ofEndUsers(honne.Named, Choose(honne.Sales, window, v.amount))),
		Denominator: sum(r, "term.sales", v.total, v.amount, besides(v.besides, Choose(honne.Sales, window, v.amount))),
		Parts:       []honne.Further{part("stable", share(v.stable, v.total), honne.UnitRatio)},
		Because: []honne.Message{honne.Say("because.visibility-index", honne.Ratio("share", v.index()),
			said(r, "named", v.named, v.amount), said(r, "sales", v.total, v.amount), honne.Over("period", covering(window)))},
	}
}

// tellSecret says how much of all sales nobody may name.
func (v visible) tellSecret(res *honne.Result) {
	if len(v.besides) == 0 {
		return
	}
	left := share(v.secret, v.total+v.secret)
	res.Parts = append(res.Parts, part("secret", left, honne.UnitRatio))
	res.Because = append(res.Because, honne.Say("because.visibility-index.secret", honne.Count("n", len(v.besides)), honne.Ratio("share", left)))
	res.Evidence = append(selections(res.Numerator, res.Denominator), fromLog(honne.Period{}, honne.EntryConfidential)...)
}

func givesRegion(r *honne.Record, m honne.Month) bool {
	for _, d := range arrivals(r, honne.Sales) {
		if d.InForce && d.Holds.Region && slices.Contains(d.months, m) {
			return true
		}
	}
	return false
}
