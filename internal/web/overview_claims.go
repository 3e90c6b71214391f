package web

import (
	"cmp"
	"fmt"
	"slices"

	"honne"
	"honne/internal/auth"
	"honne/internal/store"
)

// OpenClaim is a claim as the overview shows it.
type OpenClaim struct {
	Code, Href  string
	Standing    Tag
	Ours        bool
	Last        string
	JA, EN      string
	QuoteLang   string
	Facts, Next string
}

// openClaimsShown is how many stand on the overview.
const openClaimsShown = 3

// openClaims are the claims that nobody closed, the last ones said first, and how
// many there are.
func (v *visit) openClaims(d honne.Distributor, p honne.Picture) (out []OpenClaim, total int, err error) {
	if !v.may(auth.Read, auth.Signals) {
		return nil, 0, nil
	}
	all, _, err := v.cases(d, &p)
	if err != nil {
		return nil, 0, fmt.Errorf("web: list claims: %w", err)
	}
	_, counted := claimWish{}.pick(all)
	counted = slices.DeleteFunc(counted, func(c claimCase) bool { return c.entry.Body.State != honne.ClaimOpen })
	slices.SortStableFunc(counted, func(a, b claimCase) int { return int(b.last() - a.last()) })
	for _, c := range counted[:min(len(counted), openClaimsShown)] {
		out = append(out, v.openClaim(c))
	}
	return out, len(counted), nil
}

func (v *visit) openClaim(c claimCase) OpenClaim {
	o := OpenClaim{Code: c.code(), Href: claimLink(c), Standing: v.claimStanding(c.standing()), Ours: c.found.OwnSide, JA: v.reason(c.rules), Next: v.nextStep(c)}
	if said := c.confirmed(); len(said) > 0 {
		last := said[len(said)-1].Body
		o.JA, o.EN, o.Last = excerpt(last.Text), last.English, v.lang.Date(last.On)
	}
	o.QuoteLang = string(tongue(o.JA, "en"))
	o.Facts = cmp.Or(v.forAndAgainst(c), v.t("claim.facts.none"))
	return o
}

// claimCount is how many claims of a distributor wait for a verdict: of those that
// its page counts, which a person took for what was said. It stands beside a name; a
// page is shown without it.
func (v *visit) claimCount(d honne.Distributor) (n int) {
	if v.app.Store == nil {
		return 0
	}
	judged, err := store.Entries[honne.Judgement](v.Context(), v.app.Store, d.ID)
	judged = slices.DeleteFunc(judged, func(e honne.Entry[honne.Judgement]) bool {
		return e.Body.State != honne.ClaimOpen || e.Body.Verdict != ""
	})
	if err == nil && len(judged) > 0 {
		var said []honne.Entry[honne.Said]
		said, err = store.Entries[honne.Said](v.Context(), v.app.Store, d.ID)
		for _, e := range judged {
			if slices.ContainsFunc(said, func(s honne.Entry[honne.Said]) bool { return s.By != 0 && s.Body.Excuse == e.Body.Excuse }) {
				n++
			}
		}
	}
	if err != nil {
		v.app.Log.Warn("web: count claims", "err", err)
	}
	return n
}
