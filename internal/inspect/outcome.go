package inspect

import (
	"honne"
	"honne/internal/audit"
)

// outcome is what the rules recommend after the newest audit; without one, or
// with too few ratings, that it is incomplete, and what is missing.
func outcome(r *honne.Record, signs []honne.Sign, claims []honne.Claim) honne.Outcome {
	c := audit.Case{Weights: audit.Usual(), Signs: signs, Broken: broken(r, claims)}
	if n := len(r.Audits); n > 0 {
		now := r.Audits[n-1]
		c.Ratings = now.Ratings
		for _, f := range now.Findings {
			c.Findings = append(c.Findings, f.Body)
		}
		c.Refused, c.Contingency = now.Decision.Refused != 0, now.Decision.Contingency
		c.Signatures = signatures(now.Decision)
		if n > 1 {
			c.Before = audit.Score(r.Audits[n-2].Ratings)
		}
	}
	for _, a := range r.Audits {
		c.Expired = c.Expired || a.Decision.Deadline != 0 && a.Decision.Deadline < r.AsOf
	}
	return audit.Recommend(c)
}

// signatures counts the people who signed.
func signatures(d honne.Decision) int {
	by := map[honne.UserID]bool{}
	for _, s := range d.Signed {
		by[s.By] = true
	}
	return len(by)
}

// broken counts the commitments that the record contradicts: those of theirs that
// a person confirmed and that were late.
func broken(r *honne.Record, claims []honne.Claim) (n int) {
	for _, p := range r.Promises {
		if p.By == honne.Theirs && p.Confirmed && p.Standing == honne.PromiseCommitted && p.Form == honne.PromiseWritten && p.Outcome == honne.PromiseLate {
			n++
		}
	}
	for _, c := range claims {
		if c.Excuse == "yes-meant-try" && c.Verdict == honne.Contradicted {
			n++
		}
	}
	return n
}
