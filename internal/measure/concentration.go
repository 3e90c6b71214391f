package measure

import (
	"cmp"
	"math"
	"slices"

	"honne"
	"honne/internal/stat"
)

func concentration() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-27", Slug: "concentration"},
		Doc: `Concentration: HHI = Σ (share in percent)² of the end users that are known, over the last twelve months; 0 to 10,000.
Agreed pseudonyms count as end users; what has no end user is left out. Parts: top5 (share of the five largest), users, visible;
where that share rose, top5-before (a year earlier) and others-growth (of the sales to all but the five largest of now).
Minimum: a visibility index (pseudonyms included) of at least min-visibility over the same months. Source: domain 3.5 S-27.`,
		Params: []Param{
			{"months", 12, "months up to the last reported"},
			{"min-visibility", 0.70, "share of sales with a known end user below which the index is unknown"},
			{"compared", 9, "months known in both years without which nothing is said of a rise"},
			{"seen-alike", 0.02, "by how much the share of sales with a known end user may differ between the years for that"},
			{"rise", 0.05, "by how much the share of the five largest has to grow in a year to be said"},
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
	window := lastMonths(months, p.count("months"))
	v, ok := lookAt(r, sales, window)
	seen := 0.0
	if ok {
		seen = share(v.stable, v.total)
	}
	users := endUsers(r, window, v.amount)
	if seen < p["min-visibility"] || !ok || !finite(hhi(users)) {
		return unknown(honne.Say("why.concentration.not-visible", honne.Ratio("share", seen), honne.Ratio("least", p["min-visibility"])), honne.NeedEndUsers)
	}
	res := concentrated(r, users, window, v.amount, seen)
	tellRise(&res, r, p, inBothYears(sales, window, v.amount), v.amount)
	res.History, res.Baseline = inMonths(r, last, window, func(months []honne.Month) (float64, bool) {
		v, ok := lookAt(r, sales, months)
		if !ok || share(v.stable, v.total) < p["min-visibility"] {
			return 0, false
		}
		return hhi(endUsers(r, months, v.amount)), true
	})
	return res
}

// concentrated is the result for some end users, of which seen is the share of sales.
func concentrated(r *honne.Record, users []user, window []honne.Month, amount bool, seen float64) honne.Result {
	top, whole := largestFive(users)
	res := honne.Result{Known: true, Value: hhi(users), Unit: honne.UnitHHI, N: len(users), Period: covering(window)}
	res.Parts = []honne.Further{part("top5", ratio(top, whole), honne.UnitRatio),
		count("users", len(users)), part("visible", seen, honne.UnitRatio)}
	res.Numerator = sum(r, "term.sales-top5", top, amount, salesOf(users[:min(5, len(users))], window, amount))
	res.Denominator = sum(r, "term.sales-end-users", whole, amount, knownUsers(users, window, amount))
	res.Because = []honne.Message{honne.Say("because.concentration", honne.Ratio("share", ratio(users[0].n, whole)),
		honne.Text("account", users[0].name), honne.Ratio("top", ratio(top, whole)), honne.Count("users", len(users)))}
	return res
}

// largestFive adds up the five largest, and all.
func largestFive(users []user) (top, whole int64) {
	for i, u := range users {
		whole += u.n
		if i < 5 {
			top += u.n
		}
	}
	return top, whole
}

// tellRise says that the share of the five largest rose over months known in both years,
// where as much of both is seen.
func tellRise(res *honne.Result, r *honne.Record, p Params, both []honne.Month, amount bool) {
	if len(both) < p.count("compared") {
		return
	}
	sales := Monthly(r, honne.Sales)
	now, seenNow := topFive(r, sales, both)
	before, seenThen := topFive(r, sales, shifted(both, -12))
	if min(seenNow, seenThen) >= p["min-visibility"] && math.Abs(seenNow-seenThen) <= p["seen-alike"] && now-before >= p["rise"] {
		rose(res, now, before, endUsers(r, both, amount), endUsers(r, shifted(both, -12), amount), endUsers(r, shifted(both[:3], -12), amount))
	}
}

// inBothYears are the last of some months, up to the end, that are known a year earlier
// as well.
func inBothYears(sales Track, months []honne.Month, amount bool) []honne.Month {
	from := len(months)
	for from > 0 && sales.Figure(months[from-1]-12, amount).Known && sales.Figure(months[from-1], amount).Known {
		from--
	}
	return months[from:]
}

// rose says how much less the five largest took a year earlier, and how the sales to all
// others grew since then, unless one of the five may be others under a new name.
func rose(res *honne.Result, share5, before float64, now, then, early []user) {
	top := now[:min(5, len(now))]
	others := func(list []user) (n int64) {
		for _, u := range list {
			if !slices.ContainsFunc(top, func(t user) bool { return t.key == u.key }) {
				n += u.n
			}
		}
		return n
	}
	res.Parts = append(res.Parts, part("top5-before", before, honne.UnitRatio))
	args := []honne.Arg{honne.Ratio("top", share5), honne.Ratio("before", before)}
	if was := others(then); was > 0 && !renamed(top, early) {
		grew := ratio(others(now), was) - 1
		res.Parts = append(res.Parts, part("others-growth", grew, honne.UnitGrowth))
		res.Because = append(res.Because, honne.Say("because.concentration.rose.others", append(args, honne.Growth("others", grew))...))
		return
	}
	res.Because = append(res.Because, honne.Say("because.concentration.rose", args...))
}

// renamed reports whether a large one bought nothing early in the year before: it may be
// others under a new name, as where hospitals merged.
func renamed(top, early []user) bool {
	return slices.ContainsFunc(top, func(t user) bool { return !slices.ContainsFunc(early, func(u user) bool { return u.key == t.key }) })
}

// topFive is the share of the five largest end users in months that are known, and how
// much of the sales names one; both 0 where nothing is known.
func topFive(r *honne.Record, sales Track, months []honne.Month) (share5, seen float64) {
	v, ok := lookAt(r, sales, months)
	if !ok {
		return 0, 0
	}
	top, whole := largestFive(endUsers(r, months, v.amount))
	if whole <= 0 {
		return 0, 0
	}
	return ratio(top, whole), share(v.stable, v.total)
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
	for a, n := range toAccounts(r, months, amount) {
		x := r.Accounts[a]
		if !isEndUser(x) || x.Disclosure == honne.Withheld {
			continue
		}
		j, ok := at[a]
		if !ok {
			j = len(out)
			at[a] = j
			out = append(out, user{name: cmp.Or(x.Name, x.Code), key: x.Selector(), known: x.Disclosure})
		}
		out[j].n += n
	}
	out = slices.DeleteFunc(out, func(u user) bool { return u.n <= 0 })
	slices.SortFunc(out, func(a, b user) int {
		return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.name, b.name), cmp.Compare(a.key, b.key))
	})
	return out
}
