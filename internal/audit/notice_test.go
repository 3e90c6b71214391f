package audit

import (
	"testing"

	"honne"
)

func TestNotice(t *testing.T) {
	ends := honne.NewDate(2027, 3, 31)
	long, short := honne.NewDate(2017, 3, 31), honne.NewDate(2017, 4, 1)
	for _, c := range []struct {
		name                string
		since, ends         honne.Date
		days                int
		contract, suggested honne.Date
		deadline            honne.Date
		want                string
	}{
		{"ten years on the day", long, ends, 0, 0, honne.NewDate(2026, 3, 31), honne.NewDate(2026, 4, 1), "outcome.after-suggested"},
		{"by the suggested day", long, ends, 0, 0, honne.NewDate(2026, 3, 31), honne.NewDate(2026, 3, 31), ""},
		{"a day short of ten years", short, ends, 0, 0, 0, honne.NewDate(2027, 1, 1), ""},
		{"behind the contract's day", short, ends, 180, honne.NewDate(2026, 10, 2), 0, honne.NewDate(2026, 10, 3), "outcome.after-notice"},
		{"between both", long, ends, 180, honne.NewDate(2026, 10, 2), honne.NewDate(2026, 3, 31), honne.NewDate(2026, 9, 30), "outcome.after-suggested"},
		{"behind both", long, ends, 180, honne.NewDate(2026, 10, 2), honne.NewDate(2026, 3, 31), honne.NewDate(2026, 12, 25), "outcome.after-notice"},
		{"no end", long, 0, 180, 0, 0, honne.NewDate(2030, 1, 1), ""},
		{"no deadline", long, ends, 180, honne.NewDate(2026, 10, 2), honne.NewDate(2026, 3, 31), 0, ""},
	} {
		p := honne.Profile{Since: c.since, Contract: honne.Contract{Ends: c.ends, NoticeDays: c.days}}
		got, ok := AfterNotice(p, c.deadline)
		suggested, _ := SuggestedNotice(p)
		if NoticeDay(p.Contract) != c.contract || suggested != c.suggested || got.ID != c.want || ok != (c.want != "") {
			t.Errorf("%s: %v, %v, %q", c.name, NoticeDay(p.Contract), suggested, got.ID)
		}
	}
}
