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
	seen, late := honne.Sign{ID: high.ID, Level: honne.High, Seen: day(2026, 9, 30)}, honne.Sign{ID: honne.SignID{Slug: "late"}, Level: honne.High, Since: sep, Seen: day(2026, 12, 1)}
	first := honne.Sign{ID: honne.SignID{Slug: "first"}, Level: honne.High, Since: sep, Seen: day(2026, 12, 1)}
	notes := []honne.SignSeen{{Sign: "targets", Level: honne.Clear, On: day(2026, 3, 1)}, {Sign: "late", Level: honne.Watch, On: day(2026, 3, 1)},
		{Sign: "targets", Level: honne.High, On: day(2026, 9, 30)}, {Sign: "late", Level: honne.High, On: day(2026, 12, 1)}, {Sign: "first", Level: honne.High, On: day(2026, 12, 1)}}
	for name, c := range map[string]struct {
		sign            honne.Sign
		on              honne.Date
		done            []honne.SignAction
		open, escalated bool
		muted           bool
	}{
		"fresh":                                 {high, day(2026, 10, 9), nil, true, false, false},
		"twenty days":                           {high, day(2026, 10, 29), nil, true, false, false}, // 12 October is a holiday
		"twenty-one":                            {high, day(2026, 10, 30), nil, true, true, false},
		"acted on":                              {high, day(2026, 12, 30), []honne.SignAction{{Sign: "targets", On: day(2026, 9, 20), What: "call"}}, false, false, false},
		"acted on before it was high":           {high, day(2026, 12, 30), []honne.SignAction{{Sign: "targets", On: day(2026, 8, 20), What: "call"}}, true, true, false},
		"another sign":                          {high, day(2026, 12, 30), []honne.SignAction{{Sign: "visibility", On: day(2026, 9, 20)}}, true, true, false},
		"muted":                                 {high, day(2026, 12, 30), []honne.SignAction{{Sign: "targets", On: day(2026, 10, 1), Until: day(2026, 12, 30)}}, false, false, true},
		"back by itself":                        {high, day(2026, 12, 31), []honne.SignAction{{Sign: "targets", On: day(2026, 10, 1), Until: day(2026, 12, 30)}}, true, false, false},
		"back and left again":                   {high, day(2027, 3, 1), []honne.SignAction{{Sign: "targets", On: day(2026, 10, 1), Until: day(2026, 12, 30)}}, true, true, false},
		"watch":                                 {honne.Sign{ID: high.ID, Level: honne.Watch, Since: sep}, day(2027, 3, 1), nil, false, false, false},
		"nobody knows since when":               {honne.Sign{ID: high.ID, Level: honne.High}, day(2027, 3, 1), nil, true, false, false},
		"an old action of such a one":           {honne.Sign{ID: high.ID, Level: honne.High}, day(2027, 3, 1), []honne.SignAction{{Sign: "targets", On: day(2026, 8, 1)}}, true, false, false},
		"seen, fresh":                           {seen, day(2026, 10, 29), nil, true, false, false},
		"seen, twenty-one":                      {seen, day(2026, 10, 30), nil, true, true, false},
		"seen, acted on the evening before":     {seen, day(2026, 12, 30), []honne.SignAction{{Sign: "targets", On: day(2026, 9, 29)}}, false, false, false},
		"seen, acted on long before":            {seen, day(2026, 12, 30), []honne.SignAction{{Sign: "targets", On: day(2026, 9, 1)}}, true, true, false},
		"seen after it began":                   {late, day(2026, 12, 15), nil, true, false, false},
		"so from the first note on, and before": {first, day(2026, 12, 15), nil, true, true, false},
		"so from the first note on, acted on before": {honne.Sign{ID: first.ID, Level: honne.High, Seen: first.Seen}, day(2026, 12, 15), []honne.SignAction{{Sign: "first", On: day(2026, 10, 1)}}, false, false, false},
		"muted before it was high, to its end":       {high, day(2026, 12, 31), []honne.SignAction{{Sign: "targets", On: day(2026, 8, 1), Until: day(2026, 12, 30)}}, true, false, false},
		"muted before it was high":                   {high, day(2026, 10, 30), []honne.SignAction{{Sign: "targets", On: day(2026, 8, 1), Until: day(2026, 12, 30)}}, false, false, true},
	} {
		r := honne.Record{AsOf: c.on, Log: honne.Log{Handled: c.done, Seen: notes}}
		if h := Handled(&r, c.sign); h.Open != c.open || h.Escalated != c.escalated || (h.Muted.Until != 0) != c.muted {
			t.Errorf("%s: %+v", name, h)
		}
	}
}

// New is what began in the newest quarter, where one before it is known, until the
// next could be: never what nobody knows the beginning of.
func TestFresh(t *testing.T) {
	m := honne.NewMonth
	quarters := func(last ...honne.Month) (out []honne.Point) {
		for _, q := range last {
			out = append(out, honne.Point{Period: honne.Months(q-2, q)})
		}
		return out
	}
	two := quarters(m(2026, 6), m(2026, 9))
	for name, c := range map[string]struct {
		since   honne.Month
		on      honne.Date
		history []honne.Point
		fresh   bool
	}{
		"began in the newest":   {m(2026, 7), honne.NewDate(2026, 11, 22), two, true},
		"began before it":       {m(2026, 4), honne.NewDate(2026, 11, 22), two, false},
		"nobody knows":          {0, honne.NewDate(2026, 11, 22), two, false},
		"no quarter before it":  {m(2026, 7), honne.NewDate(2026, 11, 22), quarters(m(2026, 9)), false},
		"last day of the next":  {m(2026, 7), honne.NewDate(2027, 1, 31), two, true},
		"reports have stopped":  {m(2026, 7), honne.NewDate(2027, 2, 1), two, false},
		"the measure is silent": {m(2026, 7), honne.NewDate(2026, 11, 22), nil, false},
	} {
		id := honne.MeasureID{ID: "S-01", Slug: "plan-attainment"}
		p := honne.Picture{AsOf: c.on, Measures: []honne.Judged{{Result: honne.Result{Measure: id, History: c.history}}}}
		if Fresh(p, honne.Sign{Since: c.since, Measures: []honne.MeasureID{id}}) != c.fresh {
			t.Errorf("%s: not %v", name, c.fresh)
		}
	}
}
