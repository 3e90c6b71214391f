package web

import (
	"honne"
	"honne/internal/auth"
)

// raised are the high signs that nobody took up yet: first those that escalated.
type raised struct{ late, fresh []TodayItem }

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
}
