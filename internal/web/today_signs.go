package web

import (
	"honne"
	"honne/internal/auth"
	"honne/internal/inspect"
)

// raised are the high signs that nobody took up yet: first those that escalated.
type raised struct{ late, fresh []TodayItem }

func (r *raised) items() []TodayItem { return append(r.late, r.fresh...) }

// add takes the high signs of a distributor that are neither muted nor acted on.
func (r *raised) add(v *visit, d honne.Distributor, rec *honne.Record, p honne.Picture) {
	if !v.may(auth.Read, auth.Signals) {
		return
	}
	for _, s := range p.Signs {
		h := inspect.Handled(rec, s)
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
