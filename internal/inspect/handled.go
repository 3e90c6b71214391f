package inspect

import (
	"slices"

	"honne"
	"honne/internal/japan"
	"honne/internal/playbook"
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

// For how many days an action answers a sign of which nobody knows since when it
// stands: two quarters; and how long before a sign was noted somebody may have
// answered it, since pages show it before the note is made (both ours).
const (
	answers = 183
	notedIn = 7
)

// Handled says what was done about a sign. The clock of a high sign starts on the
// day on which this house saw it become so: nobody takes up what nobody could see.
// Where it was so from the first note on it starts at the end of the month in which
// the sign became high, and not before the house began to look; where that is not
// known, at that first note. A sign is muted until the day that was set, whenever
// it came. One that came back by itself needs to be taken up anew.
func Handled(r *honne.Record, s honne.Sign) Handling {
	var h Handling
	from, since, known := clock(r, s)
	last := honne.Date(0)
	for _, a := range r.Log.Handled {
		if a.Sign != s.ID.Slug || a.On > r.AsOf || a.On < from && a.Until < from {
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
	became := s.Seen != 0 && slices.ContainsFunc(r.Log.Seen, func(n honne.SignSeen) bool {
		return n.Sign == s.ID.Slug && n.On <= s.Seen && n.Level != s.Level
	})
	switch from = r.AsOf - answers; {
	case s.Since != 0:
		from = s.Since.First()
	case became:
		from = s.Seen - notedIn
	}
	switch {
	case became:
		return min(from, s.Seen), s.Seen, true
	case s.Since != 0:
		return from, s.Since.Last(), true
	}
	return from, s.Seen, s.Seen != 0
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

// Missed are the quarters of the last four of which the partner's sales were so far
// below the plan that a reason is owed (domain 3.5 S-07).
func Missed(p honne.Picture, book *playbook.Playbook) (out []honne.Period) {
	rules := params("unexplained-misses", book.For(p.Thresholds))
	r, _ := judged(p).find("plan-attainment")
	_, history := weighed(r)
	for _, q := range history[max(0, len(history)-int(rules["quarters"])):] {
		if q.Value < rules["share"] {
			out = append(out, q.Period)
		}
	}
	return out
}
