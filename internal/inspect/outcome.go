package inspect

import (
	"cmp"
	"slices"

	"honne"
	"honne/internal/audit"
	"honne/internal/playbook"
)

// outcome is what the rules recommend after the newest audit; without one, or
// with too few ratings, that it is incomplete, and what is missing.
func outcome(r *honne.Record, w playbook.Weights, signs []honne.Sign, claims []honne.Claim) honne.Outcome {
	c := audit.Case{Weights: w, Signs: signs, Broken: broken(r, claims), Readiness: Ready(Readiness(r))}
	if n := len(r.Audits); n > 0 {
		now := r.Audits[n-1]
		c.Ratings = now.Ratings
		for _, f := range now.Findings {
			c.Findings = append(c.Findings, f.Body)
		}
		c.Refused, c.Contingency = now.Decision.Refused != 0, now.Decision.Contingency
		c.NeverShared, c.Exit = now.Decision.NeverShared, now.Decision.ExitReady()
		c.Signatures = signatures(now.Decision)
		if n > 1 {
			c.Before = audit.Score(r.Audits[n-2].Ratings)
		}
	}
	c.Expired = expired(r.Audits, cmp.Or(r.Today, r.AsOf))
	return audit.Recommend(c)
}

// expired reports whether a day for visible change has passed by which a partner is
// judged: that of the newest audit, or that of the latest one decided before it where
// a corrective plan was decided then. What was renewed since, or decided otherwise,
// leaves an older day behind.
func expired(audits []honne.Assessment, today honne.Date) bool {
	passed := func(d honne.Decision) bool { return d.Deadline != 0 && d.Deadline < today }
	for i, a := range slices.Backward(audits) {
		switch d := a.Decision; {
		case i == len(audits)-1 && passed(d):
			return true
		case i < len(audits)-1 && d.Decided != "":
			return d.Decided == honne.CorrectiveAction && passed(d)
		}
	}
	return false
}

// Ready is the index of our own side over all blocks, each weighted by its
// answers; nil while a block is unknown.
func Ready(blocks []honne.ReadinessBlock) *float64 {
	sum, n := 0.0, 0
	for _, b := range blocks {
		if !b.Known {
			return nil
		}
		sum += float64(b.Index * float64(b.Answered))
		n += b.Answered
	}
	if n == 0 {
		return nil
	}
	mean := sum / float64(n)
	return &mean
}

// signatures counts the people who signed.
func signatures(d honne.Decision) int {
	by := map[honne.UserID]bool{}
	for _, s := range d.Signed {
		by[s.By] = true
	}
	return len(by)
}

// broken counts the commitments that the record contradicts: written ones of
// theirs that were late, and a yes that they explain away though they wrote it.
// Only what a person confirmed counts.
func broken(r *honne.Record, claims []honne.Claim) (n int) {
	for _, p := range r.Promises {
		if p.By == honne.Theirs && p.Confirmed && p.Standing == honne.PromiseCommitted && p.Form == honne.PromiseWritten && p.Outcome == honne.PromiseLate {
			n++
		}
	}
	for _, c := range claims {
		if c.Excuse == "yes-meant-try" && c.Confirmed && c.Verdict == honne.Contradicted {
			n++
		}
	}
	return n
}
