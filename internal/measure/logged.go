package measure

import (
	"slices"

	"honne"
)

// fromLog selects the entries of some kinds with a day in the period.
func fromLog(p honne.Period, kinds ...honne.EntryKind) (out []honne.Selection) {
	for _, k := range kinds {
		out = append(out, honne.Selection{Log: k, Period: p})
	}
	return out
}

// lacks is the answer of a measure of which nothing was entered.
func lacks(first honne.Need, more ...honne.Need) honne.Result {
	return unknown(honne.Say("why.needs", honne.Word("need", "need."+string(first))), append([]honne.Need{first}, more...)...)
}

// activitiesIn lists the activities with a day in the period.
func activitiesIn(r *honne.Record, p honne.Period) (out []honne.FieldActivity) {
	for _, a := range r.Log.Activities {
		if p.Contains(a.On) {
			out = append(out, a)
		}
	}
	return out
}

// wholeMonth reports whether the log of a month is whole for a kind of activity:
// only then does no entry mean none.
func wholeMonth(r *honne.Record, m honne.Month, kind honne.ActivityKind) bool {
	return slices.ContainsFunc(r.Log.Months, func(x honne.ActivityMonth) bool {
		return x.Month == m && x.Whole && (x.Kind == "" || x.Kind == kind)
	})
}

func isOutbound(k honne.ActivityKind) bool { return slices.Contains(honne.OutboundKinds, k) }

// wholeOutbound reports whether calls, visits and demonstrations of a month are
// all reported.
func wholeOutbound(r *honne.Record, m honne.Month) bool {
	return !slices.ContainsFunc(honne.OutboundKinds, func(k honne.ActivityKind) bool { return !wholeMonth(r, m, k) })
}

// lastWhole returns the newest past month, at most stale months before the
// record's day, of which whole is true.
func lastWhole(r *honne.Record, stale int, whole func(honne.Month) bool) (honne.Month, bool) {
	last := lastOver(r)
	for m := last; m > last-honne.Month(stale); m-- {
		if whole(m) {
			return m, true
		}
	}
	return 0, false
}

// overdue reports whether so many business days of the partner have passed since a day.
func overdue(r *honne.Record, since honne.Date, days int) bool {
	return theirDays(r).Between(since, r.AsOf) > days
}

// within reports whether a day came at most so many business days of the partner
// after another.
func within(r *honne.Record, since, day honne.Date, days int) bool {
	return day != 0 && theirDays(r).Between(since, day) <= days
}

// distinct counts what is different.
func distinct[T comparable](list []T) int {
	seen := map[T]bool{}
	for _, x := range list {
		seen[x] = true
	}
	return len(seen)
}
