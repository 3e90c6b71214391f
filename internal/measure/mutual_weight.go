package measure

import (
	"honne"
	"honne/internal/japan"
)

func mutualWeight() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-28", Slug: "mutual-weight"},
		Doc: `Mutual weight: their sales of our line in a fiscal year ÷ their revenue of that year, from public accounts. Parts: of-ours (what they buy
of us ÷ all our sales in Japan), rank and principals (of ours among those they represent), staff-share (full time on our line ÷ all), year.
Where their sales of the year are not whole, what they bought stands in (sell-in). Minimum: accounts of a year whose twelve months are
known in the same currency. History: by the accounts that were on file at the end of each quarter. Source: domain 3.5 S-28.`,
		Needs: []honne.Need{honne.NeedAccounts, honne.NeedSalesHistory},
		Run:   runMutualWeight,
	}
}

func runMutualWeight(r *honne.Record, _ Params) honne.Result {
	if len(r.Log.Accounts) == 0 {
		return lacks(honne.NeedAccounts)
	}
	var res honne.Result
	for _, a := range r.Log.Accounts {
		if w, ok := weightIn(r, a); ok {
			if res.Known {
				w.Baseline = baseline(res.Value, true)
			}
			res = w
		}
	}
	res.History, _ = asKnown(r, 12, func(then *honne.Record) (v float64, ok bool) {
		for _, a := range r.Log.Accounts {
			if w, known := weightIn(then, a); known && a.On <= then.AsOf {
				v, ok = w.Value, true
			}
		}
		return v, ok
	})
	if !res.Known {
		return unknown(honne.Say("why.mutual-weight.no-year", honne.Count("years", len(r.Log.Accounts))), honne.NeedSalesHistory)
	}
	return res
}

// weightIn weighs a year of accounts; ok is false when its months are not whole.
func weightIn(r *honne.Record, a honne.PublicAccount) (honne.Result, bool) {
	year := japan.FiscalPeriod(a.Year, r.Distributor.Profile.FiscalStart())
	months := monthsOf(year)
	of := Monthly(r, honne.Sales)
	mine, ok := of.whole(months, true)
	if !ok {
		of = Monthly(r, honne.Purchases)
		mine, ok = of.whole(months, true)
	}
	if !ok || a.Revenue.Currency != r.Currency || a.Revenue.Minor <= 0 || year.To > r.AsOf {
		return honne.Result{}, false
	}
	res := honne.Result{Known: true, Value: ratio(mine, a.Revenue.Minor), Unit: honne.UnitRatio, N: len(months), Period: year,
		Numerator:   sum(r, "series."+string(of.Series), mine, true, Choose(of.Series, months, true)),
		Denominator: sum(r, "term.their-revenue", a.Revenue.Minor, true),
		Parts:       []honne.Further{flag("sell-in", of.Series != honne.Sales)},
		Because: []honne.Message{honne.Say("because.mutual-weight", honne.Ratio("share", ratio(mine, a.Revenue.Minor)), honne.Over("period", year),
			honne.Text("source", a.Source))}}
	res.Evidence = append(selections(res.Numerator), fromLog(honne.Period{}, honne.EntryPublicAccount)...)
	tellOfOurs(r, &res, a, months)
	res.Parts = append(res.Parts, standingOf(a)...)
	return res, true
}

// tellOfOurs adds what they bought of us as a share of what we sell in Japan.
func tellOfOurs(r *honne.Record, res *honne.Result, a honne.PublicAccount, months []honne.Month) {
	if in, ok := boughtOfUs(r, months); ok && a.OurJapan.Currency == r.Currency && a.OurJapan.Minor > 0 {
		share := ratio(in, a.OurJapan.Minor)
		res.Parts = append(res.Parts, part("of-ours", share, honne.UnitRatio))
		res.Because = append(res.Because, honne.Say("because.mutual-weight.of-ours", honne.Ratio("share", share)))
	}
}

// standingOf is our place among their suppliers, as far as the account tells it.
func standingOf(a honne.PublicAccount) (out []honne.Further) {
	if a.Rank > 0 {
		out = append(out, count("rank", a.Rank))
	}
	if a.Principals > 0 {
		out = append(out, count("principals", a.Principals))
	}
	if a.Staff > 0 && a.AllStaff > 0 {
		out = append(out, part("staff-share", a.Staff/a.AllStaff, honne.UnitRatio))
	}
	return out
}

// boughtOfUs is what they bought of us in some months, by our shipments or else by
// their purchases.
func boughtOfUs(r *honne.Record, months []honne.Month) (int64, bool) {
	if n, ok := Monthly(r, honne.Shipments).whole(months, true); ok {
		return n, true
	}
	return Monthly(r, honne.Purchases).whole(months, true)
}
