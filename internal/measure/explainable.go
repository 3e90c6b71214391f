package measure

import (
	"slices"

	"honne"
	"honne/internal/japan"
)

// besidesOurs are those of some months that no act of ours can explain: a late delivery
// that a message tells, or whose end is known, explains the quarter of its order and the
// next, what we gave up the year from then on, unless the sales can be told without it.
// ok is false where there is no such act, or something of ours has no known end: then it
// may explain all of them.
func besidesOurs(r *honne.Record, months []honne.Month) (rest []honne.Month, ok bool) {
	period := covering(months)
	if slices.ContainsFunc(r.Distributor.Profile.Events, func(e honne.Event) bool {
		return slices.Contains([]honne.EventKind{honne.EventOurShort, honne.EventOurPrice, honne.EventRecall}, e.Kind) &&
			e.Date <= r.AsOf && period.Overlaps(honne.Period{From: e.Date, To: max(e.Date, e.Until)})
	}) {
		return nil, false
	}
	rest = slices.Clone(months)
	for _, a := range r.Log.OurActs {
		switch window := explains(r, a); {
		case a.On > r.AsOf || a.Kind != honne.OurShortage && a.Kind != honne.OurPriceNotice || !window.Overlaps(period):
		case a.Kind == honne.OurPriceNotice || !a.Heard && a.Until == 0:
			return nil, false
		default:
			ok = true
			rest = slices.DeleteFunc(rest, func(m honne.Month) bool { return window.Contains(m.First()) })
		}
	}
	list := lastingEvents(r, months)
	if _, apart := givenUpIn(r, months); !apart {
		for _, e := range list {
			rest = slices.DeleteFunc(rest, func(m honne.Month) bool { return lasts(e).Overlaps(bookMonth(r, m)) })
		}
	}
	return rest, ok || len(list) > 0
}

// explains is the time in which an act of ours can explain what is sold: new prices from
// their day, late goods from the quarter of their order to the end of the next one.
func explains(r *honne.Record, a honne.OurAct) honne.Period {
	if a.Kind == honne.OurPriceNotice {
		return honne.Period{From: max(a.On, a.Until), To: max(a.On, a.Until)}
	}
	start := r.Distributor.Profile.FiscalStart()
	quarter := func(m honne.Month) honne.Period {
		fy, q := japan.QuarterOf(m, start)
		return japan.Quarter(fy, q, start)
	}
	return honne.Period{From: quarter(a.On.Month()).From, To: quarter(quarter(max(a.On, a.Until).Month()).To.Month() + 1).To}
}
