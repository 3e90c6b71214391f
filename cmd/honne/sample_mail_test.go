package main

import (
	"testing"

	"honne"
	"honne/internal/promise"
	"honne/internal/sample"
)

// checkMail compares what was heard in the mailbox of a sample with what was
// planted. No reason of a sample is contradicted but those of who hides.
func checkMail(t *testing.T, p honne.Picture, r honne.Record, planted sample.Mail) {
	t.Helper()
	for _, slug := range planted.Watch {
		for _, s := range p.Signs {
			if s.ID.Slug == slug && s.Level != honne.Watch && s.Level != honne.High {
				t.Errorf("sign %s is %s; the letters put it on watch", slug, s.Level)
			}
		}
	}
	checkPromises(t, r, planted)
	days := map[string]map[honne.Date]bool{}
	for _, s := range r.Said {
		if s.Barrier {
			continue
		}
		if days[s.Excuse] == nil {
			days[s.Excuse] = map[honne.Date]bool{}
		}
		days[s.Excuse][s.On] = true
	}
	for slug, n := range planted.Reasons {
		if len(days[slug]) < n {
			t.Errorf("%s was heard on %d days, planted on %d", slug, len(days[slug]), n)
		}
	}
	for _, c := range p.Claims {
		if len(planted.Reasons) == 0 && c.Verdict == honne.Contradicted {
			t.Errorf("%s of an honest one is contradicted: %v", c.Excuse, c.Said)
		}
	}
}

func checkPromises(t *testing.T, r honne.Record, planted sample.Mail) {
	t.Helper()
	found := sample.Mail{}
	for _, p := range r.Promises {
		found.Moved = max(found.Moved, len(p.Moves))
		switch {
		case p.By == honne.Ours && promise.Waits(p) && p.Due != 0 && p.Due < r.AsOf:
			found.OursOpen++
		case p.By == honne.Theirs && p.Outcome == honne.PromiseKept:
			found.Done++
			if p.Done <= p.FirstDue() {
				found.Kept++
			}
		}
	}
	if found.Kept != planted.Kept || found.Done != planted.Done || found.Moved != planted.Moved || found.OursOpen != planted.OursOpen {
		t.Errorf("promises found %+v, planted %+v", found, planted)
	}
}
