package intake

import (
	"maps"
	"slices"
	"strconv"

	"honne"
	"honne/internal/intake/source"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// late names lines of a table that are about another month than its own.
type late struct {
	series honne.Series
	period honne.Period
}

// main returns the month that a report of dated rows is about, when it is one
// month with a few lines of others. Those others, returns dated in the month
// before for one, replace nothing: a report of a month that names it may hold half
// as many of them, one that does not a fifth.
func (t *table) main(s honne.Series, k *seriesTally) (main honne.Month, found bool) {
	if t.Layout == honne.Crosstab || !slices.Contains(honne.DoneSeries, s) || len(k.periods) < 2 {
		return 0, false
	}
	period, few := t.Period, 2
	if k.periods[period] == 0 {
		few = 5
		for p, n := range k.periods {
			if n > k.periods[period] {
				period = p
			}
		}
	}
	for p := range k.periods {
		if _, month := p.Bucket(); !month {
			return 0, false
		}
	}
	main, _ = period.Bucket()
	return main, (k.lines-k.periods[period])*few <= k.periods[period]
}

// joinMain joins a table to the part of its series. Its few lines of other months
// become a part of their own, which adds to those months.
func (r *reader) joinMain(t *table, s honne.Series, k *seriesTally) {
	main, found := t.main(s, k)
	if !found {
		r.join(t, s, k)
		return
	}
	own := *k
	own.periods = maps.Clone(k.periods)
	maps.DeleteFunc(own.periods, func(p honne.Period, n int) bool {
		m, _ := p.Bucket()
		if m != main {
			own.lines -= n
		}
		return m != main
	})
	r.join(t, s, &own)
	if _, counts := t.parts[s]; counts && own.lines < k.lines {
		r.addTo(t, s, k, main)
	}
}

// addTo makes the part of the lines of other months than the main one, and says
// of each what becomes of them.
func (r *reader) addTo(t *table, s honne.Series, k *seriesTally, main honne.Month) {
	base, scope := r.parts[t.parts[s]], honne.Addition(main)
	if r.file.Said.Adds {
		scope = base.Scope // of this file alone, as its other lines
	}
	i := slices.IndexFunc(r.parts, func(p honne.Part) bool {
		return p.Series == s && p.Scope == scope && p.Currency == base.Currency
	})
	if i < 0 {
		i = len(r.parts)
		r.parts = append(r.parts, honne.Part{Series: s, Scope: scope, Currency: base.Currency, Unit: base.Unit, Tax: base.Tax, Holds: base.Holds})
	}
	p := &r.parts[i]
	p.Tables = append(p.Tables, t.index)
	for _, period := range slices.SortedFunc(maps.Keys(k.periods), honne.Period.Compare) {
		n := k.periods[period]
		if m, _ := period.Bucket(); m == main {
			continue
		}
		if p.Lines += n; !slices.Contains(p.Periods, period) {
			p.Periods = append(p.Periods, period)
		}
		t.lates[late{s, period}] = int32(i)
		r.note(honne.Address{Sheet: t.Sheet, Range: t.Body}, honne.Say("problem.added", honne.Count("n", n), honne.Over("period", period), honne.InMonth("month", main)))
	}
	slices.SortFunc(p.Periods, honne.Period.Compare)
}

// addsTo is the scope of a report of one month that says that it only adds to what
// stands of it (売上明細 追加分), which is said loudly, or of which a person said so; ""
// where nobody does. What a person said is of that file alone: another one adds to the
// same month beside it.
func (r *reader) addsTo(t *table, s honne.Series, k *seriesTally) string {
	if r.file.Said.Adds && slices.Contains(honne.DoneSeries, s) {
		return r.addsSaid(t, k)
	}
	titles := append(short(t.Title), t.Sheet, source.BaseName(r.file.Name))
	if !slices.Contains(honne.DoneSeries, s) || len(k.periods) != 1 || !slices.ContainsFunc(titles, func(s string) bool { return terms.HoldsAny(s, t.book.Words.Adding) }) {
		return ""
	}
	for period := range k.periods {
		if m, month := period.Bucket(); month {
			r.problems = append(r.problems, honne.Problem{At: honne.Address{Sheet: t.Sheet, Range: t.Body}, Severity: honne.SevWarning,
				What: honne.Say("problem.adds", honne.Count("n", k.lines), honne.InMonth("month", m))})
			return honne.Addition(m)
		}
	}
	return ""
}

func (r *reader) addsSaid(t *table, k *seriesTally) string {
	periods := slices.SortedFunc(maps.Keys(k.periods), honne.Period.Compare)
	if len(periods) == 0 {
		return ""
	}
	m, all := periods[0].From.Month(), honne.Period{From: periods[0].From, To: periods[len(periods)-1].To}
	said := honne.Problem{At: honne.Address{Sheet: t.Sheet, Range: t.Body}, Severity: honne.SevNote, Left: true,
		What: honne.Say("problem.adds-said", honne.Count("n", k.lines), honne.Over("period", all))}
	r.problems = append(r.problems, said)
	return honne.Addition(m) + "/" + strconv.FormatInt(int64(r.file.ID), 10) // one word, which is no branch
}

// partOf is the part of the line that is being made.
func (w *lineWriter) partOf(g *group) int32 {
	if len(w.table.lates) > 0 {
		if i, ok := w.table.lates[late{g.series, w.line.Period}]; ok {
			return i
		}
	}
	return max(g.part, 0)
}

// usualClosing are the days on which books close in Japan beside the last of a
// month, the most usual first.
var usualClosing = []int{20, 25, 15, 10}

// settleClosing finds out that a report of dated rows is of a closing month: as
// the distributor's profile says, or as its days show: 21 April to 20 May in a
// report of May.
func (t *table) settleClosing(day int) {
	_, calendar := t.Period.Month()
	if t.Kind == "" || t.Layout == honne.Crosstab || !calendar && !t.Period.IsZero() {
		return
	}
	from, to := t.days()
	if from == 0 {
		return
	}
	days, sure := usualClosing, 6
	if day > 0 {
		days, sure = []int{day}, 20
	}
	for _, d := range days {
		m := japan.ClosingMonthOf(to, d)
		if calendar {
			m = t.Period.From.Month()
		}
		w := japan.ClosingMonth(m, d)
		if within := w.From <= from && to <= w.To; within && (day > 0 || t.straddles(w)) && int(from-w.From) <= sure && int(w.To-to) <= sure {
			t.closeOn(w)
			return
		}
	}
}

// days returns the first and the last day of the table's rows; none when a row
// says no day.
func (t *table) days() (from, to honne.Date) {
	for _, k := range t.stats.series {
		if k.dated < k.lines {
			return 0, 0
		}
		if from == 0 || k.from < from {
			from = k.from
		}
		to = max(to, k.to)
	}
	return from, to
}

// straddling is how many lines each calendar month of a closing month must hold
// at least: a slip or two dated in the month before are no other closing.
const straddling = 5

// straddles reports whether both calendar months of a closing month hold enough
// lines, and the earlier one half as many as its days make likely.
func (t *table) straddles(w honne.Period) bool {
	earlier := int(w.From.Month().Last()-w.From) + 1
	for _, k := range t.stats.series {
		a, b := k.periods[w.From.Month().Period()], k.periods[w.To.Month().Period()]
		if min(a, b) < straddling || a+b < k.lines || 2*a*int(w.To-w.From+1) < (a+b)*earlier {
			return false
		}
	}
	return true
}

// closeOn makes a closing month of what was counted by calendar months.
func (t *table) closeOn(w honne.Period) {
	t.Period = w
	for _, k := range t.stats.series {
		k.periods = map[honne.Period]int{w: k.lines}
	}
}
