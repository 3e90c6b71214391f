package measure

import (
	"cmp"
	"slices"

	"honne"
	"honne/internal/stat"
)

func concentration() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-27", Slug: "concentration"},
		Doc: `Concentration: HHI = Σ (share in percent)² of the end users that are known, over the last twelve months; 0 to 10,000.
Agreed pseudonyms count as end users; what has no end user is left out. Parts: top5 (share of the five largest), users, visible.
Minimum: a visibility index (pseudonyms included) of at least min-visibility over the same months. Source: domain 3.5 S-27.`,
		Params: []Param{
			{"months", 12, "months up to the last reported"},
			{"min-visibility", 0.70, "share of sales with a known end user below which the index is unknown"},
		},
		Needs:       []honne.Need{honne.NeedSales, honne.NeedEndUsers},
		Confounders: []string{"confounder.hospital-groups"},
		Run:         runConcentration,
	}
}

func runConcentration(r *honne.Record, p Params) honne.Result {
	sales := Monthly(r, honne.Sales)
	months := reported(r, sales)
	if len(months) == 0 {
		return unknown(honne.Say("why.concentration.no-sales"), honne.NeedSales)
	}
	last := months[len(months)-1]
	window := span(max(months[0], last-honne.Month(p.count("months")-1)), last)
	v, ok := lookAt(r, sales, window)
	seen := 0.0
	if ok {
		seen = share(v.stable, v.total)
	}
	if seen < p["min-visibility"] || !ok {
		return unknown(honne.Say("why.concentration.not-visible", honne.Ratio("share", seen), honne.Ratio("least", p["min-visibility"])), honne.NeedEndUsers)
	}
	users := endUsers(r, window, v.amount)
	var whole, top int64
	for i, u := range users {
		whole += u.n
		if i < 5 {
			top += u.n
		}
	}
	res := honne.Result{Known: true, Value: hhi(users), Unit: honne.UnitHHI, N: len(users), Period: covering(window)}
	if !finite(res.Value) {
		return unknown(honne.Say("why.concentration.not-visible", honne.Ratio("share", seen), honne.Ratio("least", p["min-visibility"])), honne.NeedEndUsers)
	}
	res.Parts = []honne.Further{part("top5", ratio(top, whole), honne.UnitRatio),
		part("users", float64(len(users)), honne.UnitCount), part("visible", seen, honne.UnitRatio)}
	res.Numerator = sum(r, "term.sales-top5", top, v.amount, salesOf(users[:min(5, len(users))], window, v.amount))
	res.Denominator = sum(r, "term.sales-end-users", whole, v.amount, knownUsers(users, window, v.amount))
	res.Evidence = selections(res.Numerator, res.Denominator)
	res.Because = []honne.Message{honne.Say("because.concentration", honne.Ratio("share", ratio(users[0].n, whole)),
		honne.Text("account", users[0].name), honne.Ratio("top", ratio(top, whole)), honne.Count("users", len(users)))}
	if before, ok := topFive(r, sales, shifted(window, -12), p["min-visibility"]); ok && len(window) >= 12 && ratio(top, whole)-before >= rose {
		res.Because = append(res.Because, honne.Say("because.concentration.rose", honne.Ratio("top", ratio(top, whole)), honne.Ratio("before", before)))
	}
	then := func(months []honne.Month) (float64, bool) {
		v, ok := lookAt(r, sales, months)
		if !ok || share(v.stable, v.total) < p["min-visibility"] {
			return 0, false
		}
		return hhi(endUsers(r, months, v.amount)), true
	}
	res.History = history(r, last, func(q honne.Period) (float64, bool) { return then(monthsOf(q)) })
	res.Baseline = baseline(then(shifted(window, -12)))
	return res
}

// rose is by how much the share of the five largest grew in a year where it is said.
const rose = 0.05

// topFive is the share of the five largest end users in whole months of which enough
// is visible.
func topFive(r *honne.Record, sales Track, months []honne.Month, least float64) (share5 float64, ok bool) {
	v, ok := lookAt(r, sales, months)
	if !ok || share(v.stable, v.total) < least {
		return 0, false
	}
	if _, known := sales.Sum(months, v.amount); known < len(months) {
		return 0, false
	}
	var top, whole int64
	for i, u := range endUsers(r, months, v.amount) {
		whole += u.n
		if i < 5 {
			top += u.n
		}
	}
	return ratio(top, whole), whole > 0
}

type user struct {
	name  string
	key   string // what selections know it by
	known honne.Disclosure
	n     int64
}

// salesOf selects the sales to some end users.
func salesOf(users []user, window []honne.Month, amount bool) []honne.Selection {
	var out []honne.Selection
	for _, u := range users {
		for _, s := range Choose(honne.Sales, window, amount) {
			s.Account, s.EndUser = u.key, true
			out = append(out, s)
		}
	}
	return out
}

// knownUsers selects the sales to all end users that are known, named or by an
// agreed pseudonym.
func knownUsers(users []user, window []honne.Month, amount bool) []honne.Selection {
	var out []honne.Selection
	for _, d := range []honne.Disclosure{honne.Named, honne.Pseudonym} {
		if slices.ContainsFunc(users, func(u user) bool { return u.known == d }) {
			out = append(out, ofEndUsers(d, Choose(honne.Sales, window, amount))...)
		}
	}
	return out
}

func hhi(users []user) float64 {
	values := make([]float64, len(users))
	for i, u := range users {
		values[i] = float64(u.n)
	}
	return stat.HHI(values)
}

// endUsers sums the sales of the end users that are known, the largest first;
// those whose returns outweigh their purchases are left out.
func endUsers(r *honne.Record, months []honne.Month, amount bool) []user {
	at := map[int32]int{}
	var out []user
	for i, m := range r.ByAccount.Month {
		a := r.ByAccount.Account[i]
		if a < 0 || m < months[0] || m > months[len(months)-1] {
			continue
		}
		x := r.Accounts[a]
		if !isEndUser(x) || x.Disclosure == honne.Withheld {
			continue
		}
		f := r.ByAccount.Quantity[i]
		if amount {
			f = r.ByAccount.Amount[i]
		}
		j, ok := at[a]
		if !ok {
			j = len(out)
			at[a] = j
			out = append(out, user{name: cmp.Or(x.Name, x.Code), key: x.Selector(), known: x.Disclosure})
		}
		out[j].n += f.N
	}
	out = slices.DeleteFunc(out, func(u user) bool { return u.n <= 0 })
	slices.SortFunc(out, func(a, b user) int {
		return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.name, b.name), cmp.Compare(a.key, b.key))
	})
	return out
}
