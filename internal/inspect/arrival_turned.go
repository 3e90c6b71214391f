package inspect

import (
	"cmp"
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
	"honne/internal/measure"
)

// turned warns of a report that counts otherwise than the one before it: in another unit,
// with tax instead of without, or, where neither says so, at prices that nobody asks.
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

// A price turns when that of the middle one of several products is so many times, or that
// part of, what it was: no price list changes so.
const (
	severalPrices = 2
	priceTurns    = 5
)

// priced warns when the prices of a month are several times those of the months before it.
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
			a.warn(honne.Say("arrival.price-turns", honne.InMonth("month", m), honne.Count("n", len(times)), honne.Number("times", x)))
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

// running warns when a month without days has of every customer at least what the month
// before had, and in all a good deal more: it may be the sum of both.
func (a *arrival) running(d *honne.Delivery) {
	list := months(d)
	if d.Series != honne.Sales || d.Holds.Dated || len(list) != 1 || !d.InForce {
		return
	}
	now, before := bought(a.r, list[0]), bought(a.r, list[0]-1)
	all, was, more := int64(0), int64(0), 0
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
	if len(before) >= severalBuyers && 2*more >= len(before) && 4*all >= 5*was {
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
	told := map[string]honne.Month{}
	for _, x := range a.r.Deliveries {
		if x.Series == d.Series && x.From == d.From && x.InForce {
			for _, n := range months(&x) {
				told[x.Scope] = max(told[x.Scope], min(n, m))
			}
		}
	}
	var missing []string
	for scope, last := range told {
		if p := (honne.Part{Scope: scope}); scope != "" && last == m-1 && cmp.Or(p.Piece(), p.Place()) != "" {
			missing = append(missing, cmp.Or(p.Piece(), p.Place()))
		}
	}
	if slices.Sort(missing); len(missing) > 0 && told[""] < m {
		a.note(honne.Say("arrival.alone", honne.Word("series", "series."+string(d.Series)), honne.InMonth("month", m), honne.Text("parts", strings.Join(slices.Compact(missing), ", "))))
	}
}
