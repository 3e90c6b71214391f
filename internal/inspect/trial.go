package inspect

import "honne"

// quartersTried is how many past ends of quarters a trial of other rules looks at.
const quartersTried = 8

// TrialDays are the days on which other rules are tried: the day itself and the ends
// of the fiscal quarters before it, the latest first. starts is the first month of
// the fiscal year.
func TrialDays(starts int, on honne.Date) []honne.Date {
	out := []honne.Date{on}
	for m := on.Month(); len(out) <= quartersTried; m-- {
		if _, month, _ := m.First().Civil(); (month-starts+12)%3 == 2 && m.Last() < on {
			out = append(out, m.Last())
		}
	}
	return out
}

// Difference is a level that two rules give differently to the same day.
type Difference struct {
	Of         string // entry of the catalogues: sign.visibility, measure.growth-gap, threshold.overall
	Was, Would honne.Band
}

// Word is the entry of the catalogues for a level of what differs.
func (d Difference) Word(b honne.Band) string {
	switch {
	case d.Of == "threshold.overall":
		return "overall." + string(b)
	case b == "": // a figure to know only
		return "band.none"
	}
	return "band." + string(b)
}

// Differences lists what two pictures of one record give another level: the overall
// one first, then the signs and the measures in their order.
func Differences(was, would honne.Picture) (out []Difference) {
	add := func(of string, a, b honne.Band) {
		if a != b {
			out = append(out, Difference{of, a, b})
		}
	}
	add("threshold.overall", was.Overall, would.Overall)
	for _, id := range honne.AllSigns {
		add("sign."+id.Slug, levelOf(was, id), levelOf(would, id))
	}
	for i, m := range was.Measures {
		add("measure."+m.Measure.Slug, m.Band, would.Measures[i].Band)
	}
	return out
}

func levelOf(p honne.Picture, id honne.SignID) honne.Band {
	for _, s := range p.Signs {
		if s.ID == id {
			return s.Level
		}
	}
	return honne.UnknownBand
}
