package measure

import (
	"cmp"
	"slices"

	"honne"
)

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
	x := required(r, r.AsOf)
	if len(x.seen) == 0 {
		return lacks(honne.NeedDocuments)
	}
	current, ok := x.current()
	if !ok {
		return unknown(honne.Say("why.document-currency.unseen", honne.Count("unseen", x.unseen), honne.Count("required", x.all())), honne.NeedDocuments)
	}
	valid := x.all() - len(x.expired())
	res := honne.Result{Known: true, Value: current, Unit: honne.UnitRatio, N: len(x.seen), Period: honne.Period{From: r.AsOf, To: r.AsOf},
		Numerator: counted("term.documents-valid", valid), Denominator: counted("term.documents-required", x.all()),
		Evidence: fromLog(honne.Period{}, honne.EntryDocument), Parts: x.parts(honne.Date(p.count("soon")))}
	for _, d := range x.expired() {
		res.Because = append(res.Because, honne.Say("because.document-expired", honne.Text("title", cmp.Or(d.Title, d.Kind)), honne.Day("on", d.Expires)))
	}
	res.Because = append(res.Because, honne.Say("because.document-currency", honne.Count("valid", valid), honne.Count("required", x.all())))
	res.History, res.Baseline = onDays(r, 12, func(day honne.Date) (float64, bool) { return required(r, day).current() })
	return res
}

// papers are the required papers as seen by a day.
type papers struct {
	on     honne.Date
	seen   []honne.Document // the newest of each
	unseen int
}

func (x papers) all() int { return len(x.seen) + x.unseen }

func (x papers) expired() (out []honne.Document) {
	for _, d := range x.seen {
		if d.Expires != 0 && d.Expires < x.on {
			out = append(out, d)
		}
	}
	return out
}

// current is the share that is in date; ok is false while some were not seen and
// none of the others is out of date.
func (x papers) current() (share float64, ok bool) {
	expired := len(x.expired())
	return ratio(x.all()-expired, x.all()), len(x.seen) > 0 && (x.unseen == 0 || expired > 0)
}

// parts say what is out of date, and what comes next.
func (x papers) parts(soon honne.Date) []honne.Further {
	expiring, next := 0, honne.Date(0)
	for _, d := range x.seen {
		if d.Expires < x.on {
			continue
		}
		expiring += oneIf(d.Expires <= x.on+soon)
		if next == 0 || d.Expires < next {
			next = d.Expires
		}
	}
	out := []honne.Further{count("expired", len(x.expired())), count("expiring", expiring), count("unseen", x.unseen)}
	if next != 0 {
		out = append(out, count("next-expiry-days", int(next-x.on)))
	}
	return out
}

// required gathers the newest of each required paper as seen by a day, and counts
// those that nobody saw.
func required(r *honne.Record, day honne.Date) papers {
	x := papers{on: day}
	for _, d := range r.Log.Documents {
		switch {
		case !d.Required || d.Issued > day:
		case d.Issued == 0 && d.Expires == 0:
			x.unseen++
		default:
			x.add(d)
		}
	}
	return x
}

// add puts a paper in the place of an older one: they come by kind, then the day of issue.
func (x *papers) add(d honne.Document) {
	i := slices.IndexFunc(x.seen, func(y honne.Document) bool { return y.Kind == d.Kind && y.Title == d.Title })
	if i < 0 {
		x.seen = append(x.seen, d)
	} else {
		x.seen[i] = d
	}
}
