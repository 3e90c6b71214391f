package inspect

import (
	"cmp"
	"slices"

	"honne"
	"honne/internal/japan"
	"honne/internal/measure"
	"honne/internal/playbook"
)

// Arrive holds a file against what was known: before is the record without it, which
// only a file that Replaces needs, r the one in which it already counts
// (store.RecordWith). The gates are those of domain 2.11: unit by magnitude, figures
// sent twice, columns lost, year to date and year before against the months themselves;
// and where it takes the place of a version, whether it is one.
func Arrive(before, r *honne.Record, file honne.FileID) honne.Arrival {
	a := newArrival(before, r, file)
	for _, c := range r.Changes {
		if a.versions[c.New] && c.Old != 0 {
			a.out.Changes = append(a.out.Changes, c)
		}
	}
	for _, d := range a.brought {
		a.magnitude(d)
		a.replaces(d)
		a.sameAgain(d)
		a.copied(d)
		a.running(d)
		a.turned(d)
		a.level(d)
		a.alone(d)
		a.gap(d)
	}
	a.yearBefore()
	a.toDate()
	a.unnamed()
	return a.out
}

func newArrival(before, r *honne.Record, file honne.FileID) arrival {
	a := arrival{before: before, r: r, file: file, versions: map[honne.SubmissionID]bool{}}
	for i := range r.Deliveries {
		if d := &r.Deliveries[i]; d.File == file {
			a.versions[d.Submission] = true
			a.brought = append(a.brought, d)
		}
	}
	return a
}

// Moves lists the signs whose level a file changes, in the order of the signs.
func Moves(before, after *honne.Record, p *playbook.Playbook) []honne.SignMove {
	var out []honne.SignMove
	was := Picture(*before, p).Signs
	for i, s := range Picture(*after, p).Signs {
		if i < len(was) && was[i].Level != s.Level {
			out = append(out, honne.SignMove{Sign: s.ID, From: was[i].Level, To: s.Level})
		}
	}
	return out
}

type arrival struct {
	before   *honne.Record
	r        *honne.Record
	file     honne.FileID
	versions map[honne.SubmissionID]bool
	brought  []*honne.Delivery
	out      honne.Arrival
}

func (a *arrival) note(m honne.Message) {
	a.out.Problems = append(a.out.Problems, honne.Problem{Severity: honne.SevNote, What: m})
}

func (a *arrival) warn(m honne.Message) {
	a.out.Problems = append(a.out.Problems, honne.Problem{Severity: honne.SevWarning, What: m})
}

func (a *arrival) passed(m honne.Message) { a.out.Passed = append(a.out.Passed, m) }

// months are the months of a delivery, oldest first.
func months(d *honne.Delivery) []honne.Month {
	var out []honne.Month
	for _, p := range d.Periods {
		if m, ok := p.Bucket(); ok {
			out = append(out, m)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// lookBack is how many earlier months a new one is held against.
const lookBack = 6

// magnitude warns when the months of a delivery are about a thousand, ten
// thousand or a million times the usual one: the unit may be another.
func (a *arrival) magnitude(d *honne.Delivery) {
	track := measure.Monthly(a.r, d.Series)
	list := months(d)
	for _, amount := range [...]bool{true, false} {
		usual := usualOf(track, list, amount)
		if usual == 0 {
			continue
		}
		for _, m := range list {
			f := track.Figure(m, amount)
			if factor := timesUnit(f, usual); factor != 0 {
				id := "arrival.magnitude"
				if factor < 0 {
					id, factor = "arrival.magnitude.less", -factor
				}
				a.warn(honne.Say(id, honne.Word("series", "series."+string(d.Series)), honne.InMonth("month", m),
					a.value("now", f.N, amount), a.value("usual", usual, amount), honne.Count("factor", factor)))
				return
			}
		}
	}
	if usualOf(track, list, true) != 0 {
		a.passed(honne.Say("arrival.magnitude.ok", honne.Word("series", "series."+string(d.Series))))
	}
}

// value is a figure of an argument: money, or whole pieces of thousandths.
func (a *arrival) value(name string, n int64, amount bool) honne.Arg {
	if amount {
		return honne.Amount(name, honne.Money{Minor: n, Currency: cmp.Or(a.r.Currency, honne.JPY)})
	}
	return honne.Number(name, float64(n)/1000)
}

// usualOf is the median of the last months before the given ones, or of those
// after them where there are none before; 0 when fewer than two are known.
func usualOf(t measure.Track, list []honne.Month, amount bool) int64 {
	if len(list) == 0 {
		return 0
	}
	var before, after []int64
	for _, m := range t.Months {
		f := m.Quantity
		if amount {
			f = m.Amount
		}
		switch {
		case !f.Known || f.N <= 0 || slices.Contains(list, m.Month):
		case m.Month < list[0]:
			before = append(before, f.N)
		default:
			after = append(after, f.N)
		}
	}
	known := before[max(0, len(before)-lookBack):]
	if len(known) < 2 {
		known = append(known, after[:min(len(after), lookBack)]...)
	}
	if len(known) < 2 {
		return 0
	}
	slices.Sort(known)
	return known[len(known)/2]
}

// timesUnit returns the power of ten, 1,000 or more, that a figure is of the
// usual one within a factor of three, negative when it is that part of it.
func timesUnit(f honne.Figure, usual int64) int {
	if !f.Known || f.N <= 0 {
		return 0
	}
	for _, factor := range [...]int64{1000, 10_000, 1_000_000} {
		for _, x := range [...][3]int64{{f.N, usual, factor}, {usual, f.N, -factor}} {
			if ratio := float64(x[0]) / float64(x[1]) / float64(max(x[2], -x[2])); ratio > 1.0/3 && ratio < 3 {
				return int(x[2])
			}
		}
	}
	return 0
}

// sameAgain warns when a new month has, product by product, the figures of the
// month before it: an old file under a new name.
func (a *arrival) sameAgain(d *honne.Delivery) {
	for _, m := range months(d) {
		if d.Series == honne.Stock || d.Series == honne.Plan || d.Series == honne.Target || !d.InForce {
			continue
		}
		if measure.SameAgain(a.r, d.Series, m) {
			a.warn(honne.Say("arrival.same-again", honne.Word("series", "series."+string(d.Series)), honne.InMonth("month", m), honne.InMonth("before", m-1)))
		}
	}
}

// level says that a report gives less than the one before it.
func (a *arrival) level(d *honne.Delivery) {
	last := a.earlier(d)
	switch {
	case last == nil:
	case d.Holds.Level() < last.Holds.Level():
		a.note(honne.Say("arrival.level", honne.Word("series", "series."+string(d.Series)),
			honne.Count("now", d.Holds.Level()), honne.Count("before", last.Holds.Level()), honne.Text("file", last.Path)))
	default:
		a.passed(honne.Say("arrival.level.ok", honne.Word("series", "series."+string(d.Series)), honne.Count("now", d.Holds.Level())))
	}
}

// gap says which months are missing between the last report and this one.
func (a *arrival) gap(d *honne.Delivery) {
	list := months(d)
	if len(list) == 0 || d.From == honne.Ours {
		return
	}
	last := honne.Month(0)
	for _, m := range measure.Monthly(a.r, d.Series).Months {
		if m.Month < list[0] {
			last = m.Month
		}
	}
	if last != 0 && list[0] > last+1 {
		a.note(honne.Say("arrival.gap", honne.Word("series", "series."+string(d.Series)),
			honne.Over("months", honne.Months(last+1, list[0]-1))))
	}
}

// told lists the months of a series that the file itself gives.
func (a *arrival) told(s honne.Series) []honne.Month {
	var out []honne.Month
	for _, d := range a.brought {
		if d.Series == s {
			out = append(out, months(d)...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// yearBefore holds the column of last year's figures against what was reported
// then.
func (a *arrival) yearBefore() {
	theirs, ours := measure.Monthly(a.r, honne.PriorYear), measure.Monthly(a.r, honne.Sales)
	a.compare(a.told(honne.PriorYear), "arrival.year-before", func(m honne.Month, amount bool) (x, y honne.Figure) {
		return theirs.Figure(m, amount), ours.Figure(m, amount)
	})
}

// toDate holds the running total against the months from the start of the year.
func (a *arrival) toDate() {
	theirs, sales := measure.Monthly(a.r, honne.ToDate), measure.Monthly(a.r, honne.Sales)
	start := a.r.Distributor.Profile.FiscalStart()
	a.compare(a.told(honne.ToDate), "arrival.to-date", func(m honne.Month, amount bool) (x, y honne.Figure) {
		first := japan.FiscalMonth(japan.FiscalYear(m, start), start, start)
		var sum honne.Figure
		for n := first; n <= m; n++ {
			f := sales.Figure(n, amount)
			if !f.Known {
				return theirs.Figure(m, amount), honne.Figure{}
			}
			sum = sum.Plus(f)
		}
		return theirs.Figure(m, amount), sum
	})
}

// compare says whether two figures of each month agree, in money where both
// know it: all of those that can be compared, or the last that does not.
func (a *arrival) compare(list []honne.Month, id string, of func(honne.Month, bool) (x, y honne.Figure)) {
	agree, differ := 0, 0
	var last honne.Message
	for _, m := range list {
		for _, amount := range [...]bool{true, false} {
			x, y := of(m, amount)
			if !x.Known || !y.Known {
				continue
			}
			if near(x.N, y.N) {
				agree++
			} else {
				differ++
				last = honne.Say(id+".differs", honne.InMonth("month", m), a.value("said", x.N, amount), a.value("known", y.N, amount), honne.Count("n", differ))
			}
			break
		}
	}
	if differ > 0 {
		a.note(last)
	} else if agree > 0 {
		a.passed(honne.Say(id+".ok", honne.Count("n", agree)))
	}
}

// near allows for the rounding of a sheet in thousands.
func near(a, b int64) bool {
	d := max(a-b, b-a)
	return d <= 1000 || float64(d) <= 0.0005*float64(max(a, -a))
}

// unnamed says how much of the sales of the file's months has no end user's name.
func (a *arrival) unnamed() {
	list := a.told(honne.Sales)
	var all, hidden int64
	f := a.r.ByAccount
	for i := range f.Month {
		if !slices.Contains(list, f.Month[i]) || !f.Amount[i].Known {
			continue
		}
		all += max(f.Amount[i].N, 0)
		k := f.Account[i]
		if k < 0 || a.r.Accounts[k].Disclosure != honne.Named || !honne.IsEndUser(a.r.Accounts[k].Role, a.r.Accounts[k].Site) {
			hidden += max(f.Amount[i].N, 0)
		}
	}
	switch {
	case all == 0:
	case hidden == 0:
		a.passed(honne.Say("arrival.named"))
	default:
		a.note(honne.Say("arrival.unnamed", honne.Ratio("share", float64(hidden)/float64(all))))
	}
}
