package web

import (
	"slices"

	"honne"
	"honne/internal/auth"
	"honne/internal/inspect"
)

// raised are the signs that nobody took up yet: the high ones, first those that
// escalated and then the new ones, and below them what is newly on watch. A feeling
// asks to look closer. Measures that are high and part of no sign are only to be
// looked at.
type raised struct{ late, fresh, old, watch, feelings, apart []TodayItem }

func (r *raised) items() []TodayItem { return slices.Concat(r.late, r.fresh, r.old, r.watch) }

// add takes the signs of a distributor that are neither muted nor acted on.
func (r *raised) add(v *visit, d honne.Distributor, g glance) {
	if !v.may(auth.Read, auth.Signals) {
		return
	}
	for i, s := range g.picture.Signs {
		if h := g.handled[i]; h.Open || s.Level == honne.Watch && h.Muted.Until == 0 && len(h.Done) == 0 {
			r.take(v, d, s, h, inspect.Fresh(g.picture, s))
		}
	}
	for _, m := range g.picture.Apart() {
		item := TodayItem{What: v.name(d), Why: v.t("measure." + m.Measure.Slug), State: v.band(m.Band), Action: v.t("today.sign"), Href: base(d) + "/signals#" + m.Measure.Slug}
		if first := m.Behind(); len(first) > 0 {
			item.Why += v.t("colon") + v.say(first[0])
		}
		r.apart = append(r.apart, item)
	}
}

func (r *raised) take(v *visit, d honne.Distributor, s honne.Sign, h inspect.Handling, fresh bool) {
	item := TodayItem{What: v.name(d), Why: v.t("sign." + s.ID.Slug), State: v.band(s.Level), Action: v.t("today.sign"), Href: signLink(d, s.ID.Slug)}
	if fresh {
		item.Why = v.t("today.new", honne.Word("sign", "sign."+s.ID.Slug), honne.InMonth("month", s.Since))
	}
	if len(s.Because) > 0 {
		item.Why += v.t("colon") + v.say(s.Because[0])
	}
	switch {
	case s.ID.Slug == "gut-feel": // an opinion is never high: it opens a task
		item.Why, item.Action = v.t("today.look-closer"), v.t("today.look-closer.do")
		r.feelings = append(r.feelings, item)
	case h.Escalated:
		item.State = v.handled(h)[0]
		r.late = append(r.late, item)
	case h.Open && fresh:
		r.fresh = append(r.fresh, item)
	case h.Open:
		r.old = append(r.old, item)
	case fresh:
		r.watch = append(r.watch, item)
	}
}
