package measure

import "honne"

// valueOf computes a measure from what lies in a time; ok is false where nothing
// is known of it.
type valueOf[T any] func(in T) (v float64, ok bool)

// history computes a value for each of the last eight quarters; quarters of
// which nothing is known are left out.
func history(r *honne.Record, last honne.Month, value valueOf[honne.Period]) []honne.Point {
	var out []honne.Point
	for _, q := range Quarters(r, last, 8) {
		if v, ok := value(q); ok && finite(v) {
			out = append(out, honne.Point{Period: q, Value: v})
		}
	}
	return out
}

// baseline keeps a value of a year earlier, nil when it is not known.
func baseline(v float64, ok bool) *float64 {
	if !ok || !finite(v) {
		return nil
	}
	return &v
}

// inMonths computes a value from the months of each of the last eight quarters, and
// from those a year before the months of the measure.
func inMonths(r *honne.Record, last honne.Month, now []honne.Month, value valueOf[[]honne.Month]) (quarters []honne.Point, year *float64) {
	quarters = history(r, last, func(q honne.Period) (float64, bool) { return value(monthsOf(q)) })
	return quarters, baseline(value(shifted(now, -12)))
}

// atMonths computes a value of the last month of each of the last eight quarters, and of
// the month a year before the last.
func atMonths(r *honne.Record, last honne.Month, value valueOf[honne.Month]) (quarters []honne.Point, year *float64) {
	quarters = history(r, last, func(q honne.Period) (float64, bool) { return value(q.To.Month()) })
	return quarters, baseline(value(last - 12))
}

// onDays computes a value of the last day of each of the last eight quarters that
// are over, and of some months before the record's day.
func onDays(r *honne.Record, months int, value valueOf[honne.Date]) (quarters []honne.Point, then *float64) {
	quarters = history(r, lastOver(r), func(q honne.Period) (float64, bool) { return value(q.To) })
	return quarters, baseline(value(before(r.AsOf, months).From - 1))
}

// asKnown computes a value as it was known on the last day of each of the last
// eight quarters that are over, and some months before the record's day; what is not
// known then is left out. The record that value gets ends on that day: what people
// wrote down of a later one is for value to leave out.
func asKnown(r *honne.Record, months int, value valueOf[*honne.Record]) (quarters []honne.Point, then *float64) {
	return onDays(r, months, func(day honne.Date) (float64, bool) {
		then := *r
		then.AsOf = day
		return value(&then)
	})
}

// ofTalk computes a value from what was said within each of the last eight quarters
// that are over, and in the time of the same length before the months of the measure.
// A quarter counts from few things said on, a year from least.
func ofTalk(r *honne.Record, p Params, value func(in honne.Period) (v float64, n int)) (quarters []honne.Point, year *float64) {
	quarters = history(r, lastOver(r), func(q honne.Period) (float64, bool) {
		v, n := value(q)
		return v, n >= p.count("few")
	})
	months := p.count("months")
	v, n := value(before(before(r.AsOf, months).From-1, months))
	return quarters, baseline(v, n >= p.count("least"))
}
