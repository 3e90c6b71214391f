package inspect

import (
	"slices"

	"honne"
	"honne/internal/japan"
)

// escalates is after how many Japanese business days a high sign that nobody
// took up escalates (domain 1.4: inaction deepens the problem).
const escalates = 20

// Handling is what our side did about a sign by the record's day.
type Handling struct {
	Muted     honne.SignAction   // in force; zero when the sign speaks
	Done      []honne.SignAction // since the sign stands as it does, muting too, the latest last
	Open      bool               // high, and nothing in force answers it
	Days      int                // business days that a high sign stands without anything done
	Escalated bool               // those are more than twenty
}

// answers is for how many days an action answers a sign of which nobody knows
// since when it stands: two quarters (ours).
const answers = 183

// Handled says what was done about a sign. The clock of a high sign starts on the
// day from which this house saw it so: nobody takes up what nobody could see. Where
// that was not noted it starts at the end of the month in which the sign became
// high, and not before the house began to look; where that is not known either, it
// does not run. A sign is muted until the day that was set, whenever it came. One
// that came back by itself needs to be taken up anew.
func Handled(r *honne.Record, s honne.Sign) Handling {
	var h Handling
	from, since, known := clock(r, s)
	last := honne.Date(0)
	for _, a := range r.Log.Handled {
		if a.Sign != s.ID.Slug || a.On > r.AsOf || a.On < from && a.Until < r.AsOf {
			continue
		}
		h.Done = append(h.Done, a)
		if a.Until >= r.AsOf {
			h.Muted = a
		}
		last = max(last, a.On, a.Until)
	}
	acted := len(h.Done) > 0 && h.Done[len(h.Done)-1].Until == 0
	if h.Open = s.Level == honne.High && h.Muted.Until == 0 && !acted; !h.Open || !known {
		return h
	}
	h.Days = max(0, japan.National().Between(max(since, last, r.Begun), r.AsOf))
	h.Escalated = h.Days > escalates
	return h
}

// clock says from which day on actions count for a sign, and since when it waits
// for one.
func clock(r *honne.Record, s honne.Sign) (from, since honne.Date, known bool) {
	switch {
	case s.Since != 0 && s.Seen != 0:
		return min(s.Since.First(), s.Seen), s.Seen, true
	case s.Seen != 0:
		return s.Seen, s.Seen, true
	case s.Since != 0:
		return s.Since.First(), s.Since.Last(), true
	}
	return r.AsOf - answers, 0, false
}

// quarterLasts is for how many months after its end a quarter is the newest that can
// be known: the next one, and the month that its reports take.
const quarterLasts = 4

// Fresh reports whether a sign became what it is in the newest quarter of its
// measures: they tell of one before it, in which it was not, and the newest is not
// long over. A sign whose beginning nobody knows is not called new.
func Fresh(p honne.Picture, s honne.Sign) bool {
	var quarters []honne.Point
	for _, m := range p.Measures {
		if slices.Contains(s.Measures, m.Measure) && len(m.History) > len(quarters) {
			quarters = m.History
		}
	}
	if s.Since == 0 || len(quarters) < 2 {
		return false
	}
	newest := quarters[len(quarters)-1].Period
	return s.Since >= newest.From.Month() && p.AsOf.Month() <= newest.To.Month()+quarterLasts
}
