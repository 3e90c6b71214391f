package web

import (
	"slices"

	"honne"
	"honne/internal/auth"
	"honne/internal/inspect"
)

// raised are the high signs that nobody took up yet: first those that escalated.
// Measures that are high and part of no sign are only to be looked at.
type raised struct{ late, fresh, apart []TodayItem }

func (r *raised) items() []TodayItem { return append(r.late, r.fresh...) }

// add takes the high signs of a distributor that are neither muted nor acted on.
func (r *raised) add(v *visit, d honne.Distributor, g glance) {
	if !v.may(auth.Read, auth.Signals) {
		return
	}
	for i, s := range g.picture.Signs {
		h := g.handled[i]
		if !h.Open {
			continue
		}
		item := TodayItem{What: v.name(d), Why: v.t("sign." + s.ID.Slug), State: v.band(s.Level), Action: v.t("today.sign"), Href: signLink(d, s.ID.Slug)}
		if len(s.Because) > 0 {
			item.Why += v.t("colon") + v.say(s.Because[0])
		}
		if h.Escalated {
			item.State = v.handled(h)[0]
			r.late = append(r.late, item)
		} else {
			r.fresh = append(r.fresh, item)
		}
	}
	for _, m := range inspect.Apart(g.picture) {
		item := TodayItem{What: v.name(d), Why: v.t("measure." + m.Measure.Slug), State: v.band(m.Band), Action: v.t("today.sign"), Href: base(d) + "/signals#" + m.Measure.Slug}
		if first := append(slices.Clone(m.OurSide), m.Because...); len(first) > 0 {
			item.Why += v.t("colon") + v.say(first[0])
		}
		r.apart = append(r.apart, item)
	}
}
