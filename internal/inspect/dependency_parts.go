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
// Muting a sign is no action. It is unknown while nobody logs what is done. A
// quarter of which nobody can tell how a sign stood counts for neither side.
func (f findings) letPass(r *honne.Record, p *playbook.Playbook) (float64, honne.Message, bool) {
	raised, passed, untold := 0, 0, 0
	ended := (r.AsOf + 1).Month() - 1 - 3 // there is still time for what came later
	for _, q := range measure.Quarters(r, ended, 4) {
		for _, s := range p.Signs {
			switch f.stood(r, s, q) {
			case honne.High:
				raised++
				if !answered(r, s.Sign, honne.Period{From: q.From, To: (q.To.Month() + 3).Last()}) {
					passed++
				}
			case honne.UnknownBand:
				if now, _ := playbook.Judge(s.Watch, s.High, f.facts()); now != honne.UnknownBand {
					untold++
				}
			}
		}
	}
	because := honne.Say("dependency.r4.because", honne.Count("passed", passed), honne.Count("raised", raised))
	if untold > 0 {
		because = honne.Say("dependency.r4.because.untold", append(because.Args, honne.Count("untold", untold))...)
	}
	return share(passed, raised), because, raised > 0 && len(r.Log.Handled) > 0
}

// answered reports whether something was done about a sign within a period.
func answered(r *honne.Record, sign string, within honne.Period) bool {
	return slices.ContainsFunc(r.Log.Handled, func(a honne.SignAction) bool {
		return a.Sign == sign && a.Until == 0 && within.Contains(a.On)
	})
}

// stood is how a sign stood at the end of a quarter: as this house saw it then,
// else as the histories of its measures tell.
func (f findings) stood(r *honne.Record, s playbook.SignRules, q honne.Period) honne.Band {
	if seen := seenBy(r, s.Sign, q.To); seen.On != 0 {
		return seen.Level
	}
	band, _ := playbook.Judge(s.Watch, s.High, f.back(q))
	return band
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
