package intake

import (
	"cmp"
	"maps"
	"slices"

	"honne"
)

// leaveAhead takes the months across that were not over when the report came, and of which
// every figure is 0, out of what it says was done: a form for the whole year says 0 where
// nothing is yet, and what nobody knows is no 0.
func (t *table) leaveAhead(came honne.Receipt) {
	if !came.Exact() {
		return
	}
	for _, s := range honne.DoneSeries {
		k := t.stats.series[s]
		if k == nil || !k.over(came.Day()) {
			continue
		}
		var left honne.Period
		for _, p := range slices.SortedFunc(maps.Keys(k.periods), honne.Period.Compare) {
			if p.To >= came.Day() && t.allZeros(s, p) {
				t.leaveMonth(s, p)
				k.forget(p)
				left = honne.Period{From: cmp.Or(left.From, p.From), To: p.To}
			}
		}
		if !left.IsZero() {
			t.stats.problems = append(t.stats.problems, honne.Problem{At: honne.Address{Sheet: t.Sheet, Range: t.Header}, Severity: honne.SevNote,
				What: honne.Say("problem.months-ahead", honne.Over("period", left))})
		}
	}
}

// over reports whether a period was over on a day.
func (k *seriesTally) over(day honne.Date) bool {
	for p := range k.periods {
		if p.To < day {
			return true
		}
	}
	return false
}

// forget takes the lines of a period out of what was counted.
func (k *seriesTally) forget(p honne.Period) {
	n := k.periods[p]
	delete(k.periods, p)
	k.filled, k.required, k.lines = k.filled*(k.lines-n)/k.lines, k.required-3*n, k.lines-n
}

// allZeros reports whether the period stands across, and has no figure but 0.
func (t *table) allZeros(s honne.Series, p honne.Period) bool {
	across := false
	for i := range t.fields {
		f := &t.fields[i]
		if !f.measure || f.series != s || t.Columns[i].Period != p {
			continue
		}
		if across = true; f.bits != 0 || f.broken {
			return false
		}
	}
	return across
}

func (t *table) leaveMonth(s honne.Series, p honne.Period) {
	for i := range t.fields {
		if f := &t.fields[i]; f.series == s && t.Columns[i].Period == p {
			f.measure = false
		}
	}
}
