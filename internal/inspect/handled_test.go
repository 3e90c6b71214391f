package inspect

import (
	"testing"

	"honne"
)

// A high sign that nobody took up escalates after twenty business days; a muting
// holds it until its day, an action for good.
func TestHandled(t *testing.T) {
	sep, day := honne.NewMonth(2026, 9), honne.NewDate
	high := honne.Sign{ID: honne.SignID{Slug: "targets"}, Level: honne.High, Since: sep}
	for name, c := range map[string]struct {
		sign            honne.Sign
		on              honne.Date
		done            []honne.SignAction
		open, escalated bool
		muted           bool
	}{
		"fresh":                       {high, day(2026, 10, 9), nil, true, false, false},
		"twenty days":                 {high, day(2026, 10, 29), nil, true, false, false}, // 12 October is a holiday
		"twenty-one":                  {high, day(2026, 10, 30), nil, true, true, false},
		"acted on":                    {high, day(2026, 12, 30), []honne.SignAction{{Sign: "targets", On: day(2026, 9, 20), What: "call"}}, false, false, false},
		"acted on before it was high": {high, day(2026, 12, 30), []honne.SignAction{{Sign: "targets", On: day(2026, 8, 20), What: "call"}}, true, true, false},
		"another sign":                {high, day(2026, 12, 30), []honne.SignAction{{Sign: "visibility", On: day(2026, 9, 20)}}, true, true, false},
		"muted":                       {high, day(2026, 12, 30), []honne.SignAction{{Sign: "targets", On: day(2026, 10, 1), Until: day(2026, 12, 30)}}, false, false, true},
		"back by itself":              {high, day(2026, 12, 31), []honne.SignAction{{Sign: "targets", On: day(2026, 10, 1), Until: day(2026, 12, 30)}}, true, false, false},
		"back and left again":         {high, day(2027, 3, 1), []honne.SignAction{{Sign: "targets", On: day(2026, 10, 1), Until: day(2026, 12, 30)}}, true, true, false},
		"watch":                       {honne.Sign{ID: high.ID, Level: honne.Watch, Since: sep}, day(2027, 3, 1), nil, false, false, false},
		"nobody knows since when":     {honne.Sign{ID: high.ID, Level: honne.High}, day(2027, 3, 1), nil, true, false, false},
		"an old action of such a one": {honne.Sign{ID: high.ID, Level: honne.High}, day(2027, 3, 1), []honne.SignAction{{Sign: "targets", On: day(2026, 8, 1)}}, true, false, false},
		"seen, fresh":                 {honne.Sign{ID: high.ID, Level: honne.High, Seen: day(2026, 9, 30)}, day(2026, 10, 29), nil, true, false, false},
		"seen, twenty-one":            {honne.Sign{ID: high.ID, Level: honne.High, Seen: day(2026, 9, 30)}, day(2026, 10, 30), nil, true, true, false},
		"seen after it began":         {honne.Sign{ID: high.ID, Level: honne.High, Since: sep, Seen: day(2026, 12, 1)}, day(2026, 12, 15), nil, true, false, false},
		"muted before it was high":    {high, day(2026, 10, 30), []honne.SignAction{{Sign: "targets", On: day(2026, 8, 1), Until: day(2026, 12, 30)}}, false, false, true},
	} {
		r := honne.Record{AsOf: c.on, Log: honne.Log{Handled: c.done}}
		if h := Handled(&r, c.sign); h.Open != c.open || h.Escalated != c.escalated || (h.Muted.Until != 0) != c.muted {
			t.Errorf("%s: %+v", name, h)
		}
	}
}
