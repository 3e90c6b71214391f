package inspect

import (
	"cmp"
	"slices"

	"honne"
	"honne/internal/japan"
	"honne/internal/measure"
)

// turned warns of a report that counts otherwise than the one before it: in another unit,
// with tax instead of without, or, where neither says so, in units that do not fit.
func (a *arrival) turned(d *honne.Delivery) {
	last := a.earlier(d)
	if last == nil {
		return
	}
	series := honne.Word("series", "series."+string(d.Series))
	if d.Tax != "" && last.Tax != "" && d.Tax != last.Tax {
		a.warn(honne.Say("arrival.tax-turns", series, honne.Word("now", "tax."+string(d.Tax)), honne.Word("before", "tax."+string(last.Tax)), honne.Text("file", last.Path)))
	}
	if d.Unit != "" && last.Unit != "" && japan.Key(d.Unit) != japan.Key(last.Unit) {
		a.warn(honne.Say("arrival.unit-turns", series, honne.Text("now", d.Unit), honne.Text("before", last.Unit), honne.Text("file", last.Path)))
		return
	}
	a.priced(d)
}

// untold notes that a report leaves out the amounts, or the pieces, that its series told
// before: of its months they are unknown.
func (a *arrival) untold(d *honne.Delivery) {
	track, list := measure.Monthly(a.r, d.Series), months(d)
	for _, amount := range [...]bool{true, false} {
		none := func(m honne.Month) bool { return !track.Figure(m, amount).Known }
		if usualOf(track, list, amount) == 0 || !d.InForce || slices.ContainsFunc(list, func(m honne.Month) bool { return !none(m) }) {
			continue
		}
		id := "arrival.no-amounts"
		if !amount {
			id = "arrival.no-pieces"
		}
		a.note(honne.Say(id, honne.Word("series", "series."+string(d.Series)), honne.InMonth("month", list[0])))
	}
}

// earlier is the last report of the same kind and scope of another file that came no later.
func (a *arrival) earlier(d *honne.Delivery) (last *honne.Delivery) {
	for i := range a.r.Deliveries {
		x := &a.r.Deliveries[i]
		if x.Series == d.Series && x.Scope == d.Scope && x.From == d.From && x.File != a.file && !x.Receipt.At.After(d.Receipt.At) {
			last = x
		}
	}
	return last
}

// A unit turns when the amount of a piece, of the middle one of several products, is so many
// times, or that part of, what it was: no price list changes so. It is asked what is counted
// and in which unit, never at what it was sold.
const (
	severalPrices = 2
	priceTurns    = 5
)

// priced warns when amounts and pieces of a month fit each other several times otherwise than
// in the months before it: one of their units changed.
func (a *arrival) priced(d *honne.Delivery) {
	f := a.r.Series(d.Series)
	for _, m := range months(d) {
		now, before := prices(f, m, m), prices(f, m-lookBack, m-1)
		var times []float64
		for p, x := range now {
			if y := before[p]; y > 0 {
				times = append(times, x/y)
			}
		}
		if len(times) < severalPrices {
			continue
		}
		slices.Sort(times)
		if x := times[len(times)/2]; (x >= priceTurns || 1/times[(len(times)-1)/2] >= priceTurns) && !a.asks("arrival.magnitude") && !a.asks("arrival.magnitude.less") {
			a.warn(honne.Say("arrival.unit-fits", honne.InMonth("month", m), honne.Count("n", len(times)), honne.Number("times", x)))
			return
		}
	}
}

// asks reports whether something was warned of already.
func (a *arrival) asks(id string) bool {
	return slices.ContainsFunc(a.out.Problems, func(p honne.Problem) bool { return p.What.ID == id })
}

// prices are amounts by pieces of products over months, of those that know both.
func prices(f honne.Facts, from, to honne.Month) map[int32]float64 {
	amounts, pieces, out := map[int32]int64{}, map[int32]int64{}, map[int32]float64{}
	for i, m := range f.Month {
		if from <= m && m <= to && f.Amount[i].Known && f.Quantity[i].Known {
			amounts[f.Product[i]] += f.Amount[i].N
			pieces[f.Product[i]] += f.Quantity[i].N
		}
	}
	for p, n := range pieces {
		if n > 0 && amounts[p] > 0 {
			out[p] = float64(amounts[p]) / float64(n)
		}
	}
	return out
}

// severalBuyers is of how many customers something must be told to be no chance.
const severalBuyers = 5

// bought are the figures of those who bought in a month, in money where the month knows it.
func bought(r *honne.Record, m honne.Month) map[string]int64 {
	return buyers(r, m, measure.Monthly(r, honne.Sales).Figure(m, true).Known)
}

// copied warns when every customer has in a month what it had in the one before: a file with
// other dates.
func (a *arrival) copied(d *honne.Delivery) {
	if d.Series != honne.Sales || !d.InForce || a.asks("arrival.same-again") {
		return
	}
	for _, m := range months(d) {
		now, before, sorts := bought(a.r, m), bought(a.r, m-1), map[int64]bool{}
		same := len(now) == len(before) && len(now) >= severalBuyers
		for who, n := range now {
			same, sorts[n] = same && before[who] == n, true
		}
		if same && len(sorts) >= 3 {
			a.warn(honne.Say("arrival.bought-again", honne.InMonth("month", m), honne.InMonth("before", m-1), honne.Count("n", len(now))))
			return
		}
	}
}

// strange warns when none of those who bought in a month did so in the months before: their
// names may stand in another column, be written otherwise, or be another partner's. Where
// nobody came back in those months either, that is how they buy. Names are held
// against those of the same role: that facilities are no longer told is another thing.
func (a *arrival) strange(d *honne.Delivery) {
	list := months(d)
	if d.Series != honne.Sales || d.Scope != "" || !d.InForce || len(list) != 1 {
		return
	}
	now, role := bought(a.r, list[0]), roles(a.r)
	known, told, again := map[string]bool{}, 0, false
	for m := list[0] - lookBack; m < list[0]; m++ {
		buyers := bought(a.r, m)
		for who := range buyers {
			again, known[who] = again || known[who], true
		}
		told += min(len(buyers), 1)
	}
	if len(known) < severalBuyers || len(now) < 3 || told > 1 && !again {
		return
	}
	alike := false
	for who := range now {
		if known[who] {
			return
		}
		for before := range known {
			alike = alike || role[who] == role[before]
		}
	}
	if alike {
		a.warn(honne.Say("arrival.strange", honne.InMonth("month", list[0]), honne.Count("n", len(now))))
	}
}

// roles are those of the accounts, by what a selection knows them by.
func roles(r *honne.Record) map[string]honne.Role {
	out := map[string]honne.Role{}
	for _, x := range r.Accounts {
		out[x.Selector()] = x.Role
	}
	return out
}

// running warns when a month without days has of every customer at least what the month
// before had, and in all half as much again, also as the year before: it may be the sum of
// both.
func (a *arrival) running(d *honne.Delivery) {
	list := months(d)
	if d.Series != honne.Sales || d.Holds.Dated || len(list) != 1 || !d.InForce {
		return
	}
	now, before := bought(a.r, list[0]), bought(a.r, list[0]-1)
	all, was, lastYear, more := int64(0), int64(0), int64(0), 0
	for who, n := range before {
		if now[who] < n {
			return
		}
		if was += n; now[who] > n {
			more++
		}
	}
	for _, n := range now {
		all += n
	}
	for _, n := range bought(a.r, list[0]-12) {
		lastYear += n
	}
	if len(before) >= severalBuyers && 2*more >= len(before) && 2*all >= 3*max(was, lastYear) {
		a.warn(honne.Say("arrival.running", honne.InMonth("month", list[0]), honne.InMonth("before", list[0]-1), honne.Count("n", len(before))))
	}
}

// twice warns of a report of a part of a month whose customers have in it just what other
// parts told of them: two branches that became one, say.
func (a *arrival) twice(d *honne.Delivery) bool {
	if d.Series != honne.Sales || d.Scope == "" {
		return false
	}
	for _, m := range months(d) {
		now, before := bought(a.r, m), bought(a.before, m)
		same, its := 0, 0
		for who, n := range now {
			if n != before[who] {
				its++
			}
			if before[who] > 0 && n == 2*before[who] {
				same++
			}
		}
		if same >= 3 && 2*same >= its {
			a.warn(honne.Say("arrival.twice", honne.InMonth("month", m), honne.Count("n", same)))
			return true
		}
	}
	return false
}

// alone notes of which other parts the month before told, and this one does not yet: what
// stands of the month is not all.
func (a *arrival) alone(d *honne.Delivery) {
	if d.Scope == "" || len(months(d)) != 1 {
		return
	}
	m := months(d)[0]
	if parts := without(a.r, d.Series, d.From, m); len(parts) > 0 {
		a.note(honne.Say("arrival.alone", honne.Word("series", "series."+string(d.Series)), honne.InMonth("month", m), honne.List("parts", parts)))
	}
}

// Without lists the branches, and other parts known by their names, whose sales the month
// before holds and this one does not, sorted: what is on record of the month is not all, or
// they are no more. It is empty where the month is reported as a whole, or not at all.
func Without(r *honne.Record, m honne.Month) []string {
	return without(r, honne.Sales, honne.Theirs, m)
}

func without(r *honne.Record, s honne.Series, from honne.Side, m honne.Month) (out []string) {
	now, whole := parts(r, s, from, m)
	before, _ := parts(r, s, from, m-1)
	for name := range before {
		if !now[name] {
			out = append(out, name)
		}
	}
	if slices.Sort(out); whole || len(now) == 0 {
		return nil
	}
	return out
}

// parts are the names of the parts of which a month is told, and whether one report tells
// of the whole.
func parts(r *honne.Record, s honne.Series, from honne.Side, m honne.Month) (names map[string]bool, whole bool) {
	names = map[string]bool{}
	for i := range r.Deliveries {
		d := &r.Deliveries[i]
		if d.Series != s || d.From != from || !d.InForce || !slices.Contains(months(d), m) {
			continue
		}
		p := honne.Part{Scope: d.Scope}
		if name := cmp.Or(p.Piece(), p.Place()); name != "" {
			names[name] = true
		}
		whole = whole || d.Scope == ""
	}
	return names, whole
}
