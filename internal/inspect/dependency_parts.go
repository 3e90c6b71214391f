package inspect

import (
	"slices"

	"honne"
	"honne/internal/japan"
	"honne/internal/measure"
	"honne/internal/playbook"
)

// patience is after how many business days without an answer a request for a
// change counts as resisted (domain 1.7, r2).
const patience = 40

// leastTerms is of how many of the eight terms something has to be known.
const leastTerms = 5

// resisted is r2: the share of the changes that we asked for that were refused,
// or stand unanswered for more than 40 business days. One that is younger and
// open counts on neither side.
func resisted(r *honne.Record) (float64, honne.Message, bool) {
	asked, against := 0, 0
	for _, c := range r.Log.Changes {
		switch {
		case c.Answer == honne.AccessGranted:
			asked++
		case c.Answer == honne.AccessRefused, japan.OfPartner(r.Distributor.Profile).Between(c.Asked, r.AsOf) > patience:
			asked++
			against++
		}
	}
	return share(against, asked), honne.Say("dependency.r2.because", honne.Count("against", against), honne.Count("asked", asked)), asked > 0
}

// putOff is r3: business that we delayed ÷ (sales of twelve months + that
// business), at most 1. A sum in another currency cannot be added, and leaves it
// unknown.
func putOff(r *honne.Record) (float64, honne.Message, bool) {
	var delayed int64
	for _, x := range r.Log.Delayed {
		if x.Value.Currency != r.Currency {
			return 0, honne.Message{}, false
		}
		delayed += x.Value.Minor
	}
	sales, months := measure.Monthly(r, honne.Sales), measure.Reported(r)
	sold, known := sales.Sum(months[max(0, len(months)-12):], true)
	ok := len(r.Log.Delayed) > 0 && known == 12 && sold+delayed > 0 && r.Currency != ""
	if !ok {
		return 0, honne.Message{}, false
	}
	return min(float64(delayed)/float64(sold+delayed), 1), honne.Say("dependency.r3.because",
		honne.Amount("delayed", honne.Money{Minor: delayed, Currency: r.Currency}), honne.Amount("sales", honne.Money{Minor: sold, Currency: r.Currency})), true
}

// letPass is r4: the share of the high signs of the last four quarters, each sign
// and quarter once, on which our side did nothing by the end of the quarter after.
// Muting a sign is no action. It is unknown while nobody logs what is done.
func (f findings) letPass(r *honne.Record, p *playbook.Playbook) (float64, honne.Message, bool) {
	raised, passed := 0, 0
	for _, s := range p.Signs {
		for _, q := range f.lastQuarters(s.Measures) {
			if band, _ := playbook.Judge(s.Watch, s.High, f.back(q)); band != honne.High {
				continue
			}
			until := (q.To.Month() + 3).Last()
			if until > r.AsOf { // there is still time
				continue
			}
			raised++
			if !slices.ContainsFunc(r.Log.Handled, func(a honne.SignAction) bool {
				return a.Sign == s.Sign && a.Until == 0 && a.On >= q.From && a.On <= until
			}) {
				passed++
			}
		}
	}
	return share(passed, raised), honne.Say("dependency.r4.because", honne.Count("passed", passed), honne.Count("raised", raised)),
		raised > 0 && len(r.Log.Handled) > 0
}

// lastQuarters are the quarters of the longest history of some measures, at most
// the last four before the running one.
func (f findings) lastQuarters(slugs []string) (out []honne.Period) {
	var longest []honne.Point
	for _, slug := range slugs {
		if r, _ := f.find(slug); len(r.History) > len(longest) {
			longest = r.History
		}
	}
	for _, p := range longest[max(0, len(longest)-5):] {
		out = append(out, p.Period)
	}
	return out
}

// contractGaps is r5: the terms that are missing ÷ those of which it is known.
func contractGaps(r *honne.Record) (float64, honne.Message, bool) {
	known := Terms(r)
	missing := 0
	for _, has := range known {
		if !has {
			missing++
		}
	}
	return share(missing, len(known)), honne.Say("dependency.r5.because", honne.Count("missing", missing), honne.Count("known", len(known))), len(known) >= leastTerms
}

// Terms are the terms of which it is known whether the contract has them: as
// the profile states them, and above that as somebody last entered them.
func Terms(r *honne.Record) map[string]bool {
	c, known := r.Distributor.Profile.Contract, map[string]bool{}
	if c.Ends != 0 {
		known["in-force"] = c.Ends >= r.AsOf
	}
	if c.NoticeDays > 0 {
		known["termination"] = true
	}
	if c.RegistrationHolder != "" {
		known["registration"] = c.RegistrationHolder != "distributor"
	}
	if c.Exclusive != nil && !*c.Exclusive {
		known["non-exclusive"] = true
	}
	on := map[string]honne.Date{}
	for _, t := range r.Log.Terms {
		if t.On >= on[t.Term] && slices.Contains(honne.AllContractTerms, t.Term) {
			known[t.Term], on[t.Term] = t.Has, t.On
		}
	}
	return known
}

func termsUnknown(r *honne.Record) (out []string) {
	known := Terms(r)
	for _, t := range honne.AllContractTerms {
		if _, ok := known[t]; !ok {
			out = append(out, t)
		}
	}
	return out
}

// share is a part of a whole, 0 where there is no whole.
func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}
