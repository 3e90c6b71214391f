package measure

import "honne"

func documentCurrency() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-25", Slug: "document-currency"},
		Doc: `Document currency: required papers that are in date ÷ required papers. Of one kind and title the newest counts. A paper without a day
of issue and of expiry was not seen: while none that was seen is out of date the answer is then unknown, else it is taken to be in date, the
better for them. Parts: expired, expiring (within some days), unseen,
next-expiry-days (to the next expiry, calendar days). Minimum: one required paper that was seen. Source: domain 3.5 S-25.`,
		Params:      []Param{{"soon", 90, "days within which an expiry is near"}},
		Needs:       []honne.Need{honne.NeedDocuments},
		Confounders: []string{"confounder.renewal-under-way"},
		Run:         runDocumentCurrency,
	}
}

func runDocumentCurrency(r *honne.Record, p Params) honne.Result {
	list, unseen := required(r, r.AsOf)
	if len(list) == 0 {
		return lacks(honne.NeedDocuments)
	}
	var expired, soon int
	next := honne.Date(0)
	res := honne.Result{Known: true, Unit: honne.UnitRatio, N: len(list), Period: honne.Period{From: r.AsOf, To: r.AsOf},
		Evidence: fromLog(honne.Period{}, honne.EntryDocument)}
	for _, d := range list {
		switch {
		case d.Expires == 0:
		case d.Expires < r.AsOf:
			expired++
			res.Because = append(res.Because, honne.Say("because.document-expired", honne.Text("title", titleOf(d)), honne.Day("on", d.Expires)))
		default:
			soon += oneIf(d.Expires <= r.AsOf+honne.Date(p.count("soon")))
			if next == 0 || d.Expires < next {
				next = d.Expires
			}
		}
	}
	if unseen > 0 && expired == 0 {
		return unknown(honne.Say("why.document-currency.unseen", honne.Count("unseen", unseen), honne.Count("required", len(list)+unseen)), honne.NeedDocuments)
	}
	all := len(list) + unseen
	valid := all - expired
	res.Value = ratio(valid, all)
	res.Numerator, res.Denominator = counted("term.documents-valid", valid), counted("term.documents-required", all)
	res.Because = append(res.Because, honne.Say("because.document-currency", honne.Count("valid", valid), honne.Count("required", all)))
	res.Parts = []honne.Further{count("expired", expired), count("expiring", soon),
		count("unseen", unseen)}
	if next != 0 {
		res.Parts = append(res.Parts, count("next-expiry-days", int(next-r.AsOf)))
	}
	res.History, res.Baseline = onDays(r, func(day honne.Date) (float64, bool) {
		list, unseen := required(r, day)
		expired, all := 0, len(list)+unseen
		for _, d := range list {
			expired += oneIf(d.Expires != 0 && d.Expires < day)
		}
		return ratio(all-expired, all), len(list) > 0 && (unseen == 0 || expired > 0)
	})
	return res
}

func titleOf(d honne.Document) string {
	if d.Title != "" {
		return d.Title
	}
	return d.Kind
}

// required lists the newest of each required paper as seen by a day, and counts
// those that nobody saw.
func required(r *honne.Record, day honne.Date) (list []honne.Document, unseen int) {
	for _, d := range r.Log.Documents {
		switch {
		case !d.Required || d.Issued > day:
		case d.Issued == 0 && d.Expires == 0:
			unseen++
		default:
			at := -1
			for i, x := range list {
				if x.Kind == d.Kind && x.Title == d.Title {
					at = i
				}
			}
			if at < 0 {
				list = append(list, d)
			} else {
				list[at] = d // by kind, then the day of issue
			}
		}
	}
	return list, unseen
}
