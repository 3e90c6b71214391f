package audit

import (
	"testing"

	"honne"
	"honne/internal/japan"
)

// The first preview of a document counts, in business days of Japan and of the
// partner, up to the meeting that was set last or to today.
func TestForesee(t *testing.T) {
	day := func(m, d int) honne.Date { return honne.NewDate(2026, m, d) }
	first := honne.Preview{Kind: "audit", On: day(4, 28), With: "営業本部長"}
	with := func(p honne.Preview, meeting honne.Date) honne.Preview { p.Meeting = meeting; return p }
	closed := japan.OfPartner(honne.Profile{})
	for name, c := range map[string]struct {
		list []honne.Preview
		kind string
		days int
		says string
	}{
		"nobody":                        {nil, "audit", 0, "ahead.none"},
		"of another document":           {[]honne.Preview{first}, "plan", 0, "ahead.none"},
		"over the holidays":             {[]honne.Preview{with(first, day(5, 8))}, "audit", 4, "ahead.short-meeting"},
		"a day later":                   {[]honne.Preview{with(first, day(5, 11))}, "audit", 5, ""},
		"to today":                      {[]honne.Preview{first}, "audit", 3, "ahead.short-today"},
		"the meeting was put off":       {[]honne.Preview{with(first, day(5, 8)), with(honne.Preview{Kind: "audit", On: day(5, 7), With: "同"}, day(5, 13))}, "audit", 7, ""},
		"noted after the meeting":       {[]honne.Preview{with(first, day(4, 28))}, "audit", 0, "ahead.short-meeting"},
		"the later one was noted first": {[]honne.Preview{{Kind: "audit", On: day(5, 7), With: "同"}, with(first, day(5, 11))}, "audit", 5, ""},
	} {
		f := Foresee(c.list, c.kind, closed, day(5, 7))
		says, warns := f.Warning()
		if f.Days != c.days || says.ID != c.says || warns != (c.says != "") {
			t.Errorf("%s: %d days, %q", name, f.Days, says.ID)
		}
	}
}
