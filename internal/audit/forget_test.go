package audit

import (
	"testing"

	"honne"
)

// The day on which keys are destroyed follows from the first report or the closing;
// one that is past before the keys bear it comes with notice, once.
func TestForgetOn(t *testing.T) {
	const today honne.Date = 20000
	closed := func(on honne.Date) honne.Assessment { return honne.Assessment{Audit: honne.Audit{Closed: on}} }
	reported := func(on, closing honne.Date, kind string) honne.Assessment {
		a := closed(closing)
		a.Publication = []honne.Publication{{Kind: "plan", On: on + 5}, {Kind: kind, On: on}}
		return a
	}
	held := closed(today - 200)
	held.Audit.Held = "Litigation"
	for _, c := range []struct {
		name       string
		audit      honne.Assessment
		bear, want honne.Date
	}{
		{"open, unreported", closed(0), 0, 0},
		{"closed today", closed(today), 0, today + KeptDays},
		{"reported first", reported(today-10, today, "audit"), today + KeptDays, today - 10 + KeptDays},
		{"a dossier is no report", reported(today-10, 0, "dossier"), 0, today - 5 + KeptDays},
		{"tomorrow, as was said", closed(today + 1 - KeptDays), 0, today + 1},
		{"past when first set", reported(today-200, 0, "audit"), 0, today + NoticeDays},
		{"the notice runs", reported(today-200, 0, "audit"), today + 3, today + 3},
		{"the notice is over", reported(today-200, 0, "audit"), today, today},
		{"closed after an old report", reported(today-200, today-20, "audit"), today - 20 + KeptDays, today + NoticeDays},
		{"its day has come", closed(today - KeptDays), today, today},
		{"held", held, today - 110, 0},
	} {
		if got := ForgetOn(c.audit, c.bear, today); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
