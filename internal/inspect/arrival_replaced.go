package inspect

import (
	"slices"
	"time"

	"honne"
	"honne/internal/japan"
	"honne/internal/measure"
)

// replaces warns of a delivery that takes the place of one that stands, and may not be
// its next version: it holds a part only, or is the older of the two. One warning is
// enough: whoever looks sees both files.
func (a *arrival) replaces(d *honne.Delivery) {
	checks := []func(*honne.Delivery) bool{a.together, a.older, a.covered, a.twice, a.loses, a.shrunk}
	if !d.InForce {
		checks = []func(*honne.Delivery) bool{a.together, a.under}
	}
	for _, warns := range checks {
		if warns(d) {
			return
		}
	}
}

// SameMoment is within how long two files came together: a mail, an upload.
const SameMoment = time.Minute

// together warns of two files of one month that came at once with other figures, when
// nothing says which is the later: one of them would not count.
func (a *arrival) together(d *honne.Delivery) bool {
	if !slices.Contains(honne.DoneSeries, d.Series) && d.Series != honne.Stock { // a plan is typed anew as often as it changes
		return false
	}
	_, edition := japan.Edition(d.Path)
	return a.beside(d, "arrival.same-moment", func(x *honne.Delivery, m honne.Month) bool {
		_, n := japan.Edition(x.Path)
		return n == edition && x.Receipt.Basis == d.Receipt.Basis && x.Receipt.Basis != honne.ByName && x.Receipt.At.Sub(d.Receipt.At).Abs() < SameMoment && a.differs(x, d, m)
	})
}

// Together asks about a file beside one that came at once with it, whichever of them is
// accepted first: before is the record with that other one, r the one with both.
func Together(before, r *honne.Record, file honne.FileID) []honne.Problem {
	a := newArrival(before, r, file)
	for _, d := range a.brought {
		if a.together(d) {
			break
		}
	}
	return a.out.Problems
}

// under warns of a file that counts for nothing because another one stands, when only its
// name says on which day it came: the order of the two is not certain.
func (a *arrival) under(d *honne.Delivery) bool {
	return !d.Receipt.Exact() && a.beside(d, "arrival.under", func(x *honne.Delivery, m honne.Month) bool { return x.Receipt.Exact() && a.differs(x, d, m) })
}

// covered warns of a report of a branch, or of a part of a month, of which a report of all
// stands: the part counts for nothing beside it.
func (a *arrival) covered(d *honne.Delivery) bool {
	if d.Scope == "" || (honne.Part{Scope: d.Scope}).Adds() {
		return false
	}
	whole := *d
	whole.Scope = ""
	return a.beside(&whole, "arrival.covered", func(*honne.Delivery, honne.Month) bool { return true })
}

// older warns when the name of a file says that it comes before the one of the same
// report that it replaces: 速報 after 確報.
func (a *arrival) older(d *honne.Delivery) bool {
	report, edition := japan.Edition(d.Path)
	return a.beside(d, "arrival.older-edition", func(x *honne.Delivery, _ honne.Month) bool {
		other, n := japan.Edition(x.Path)
		return report == other && edition < n
	})
}

// beside warns of the first standing report of the same months of which so says so.
func (a *arrival) beside(d *honne.Delivery, id string, so func(x *honne.Delivery, m honne.Month) bool) bool {
	for i := range a.before.Deliveries {
		x := &a.before.Deliveries[i]
		if m, both := shared(x, d); both && x.File != a.file && x.InForce && so(x, m) {
			a.warn(honne.Say(id, honne.Word("series", "series."+string(d.Series)), honne.InMonth("month", m), honne.Text("file", x.Path)))
			return true
		}
	}
	return false
}

// differs reports whether two versions give a month other figures.
func (a *arrival) differs(x, d *honne.Delivery, m honne.Month) bool {
	return slices.ContainsFunc(a.r.Changes, func(c honne.Change) bool {
		of, ok := c.Period.Bucket()
		return ok && of == m && (c.Old == x.Submission && c.New == d.Submission || c.Old == d.Submission && c.New == x.Submission)
	})
}

// Replaces reports whether a file of the record reports a month that another one does
// too: then Arrive needs the record without it.
func Replaces(r *honne.Record, file honne.FileID) bool {
	for i := range r.Deliveries {
		for k := range r.Deliveries {
			d, x := &r.Deliveries[i], &r.Deliveries[k]
			if d.File == file && x.File != file && x.Series == d.Series && x.From == d.From && meet(x, d) != 0 {
				return true
			}
		}
	}
	return false
}

// shared is the first month of which both deliveries are the whole report, or the same
// piece.
func shared(x, d *honne.Delivery) (honne.Month, bool) {
	if x.Series != d.Series || x.Scope != d.Scope || x.From != d.From {
		return 0, false
	}
	m := meet(x, d)
	return m, m != 0
}

// meet is the first month of which both deliveries tell, 0 for none.
func meet(x, d *honne.Delivery) honne.Month {
	of := months(x)
	if i := slices.IndexFunc(of, func(m honne.Month) bool { return slices.Contains(months(d), m) }); i >= 0 {
		return of[i]
	}
	return 0
}

// lostShare is the share of a month's sales, or of its customers, that are gone with a
// newer report from which on it is asked about: more than those who return all that they
// bought in a month.
const (
	lostShare   = 0.2
	severalLost = 3
)

// loses warns when customers who had a good part of a month's sales, or a good part of them, have none with a
// newer report: it may be of other customers, of other days, or give sums alone.
func (a *arrival) loses(d *honne.Delivery) bool {
	if d.Series != honne.Sales {
		return false
	}
	for _, m := range months(d) {
		amount := measure.Monthly(a.before, d.Series).Figure(m, true).Known
		was, is := buyers(a.before, m, amount), buyers(a.r, m, false)
		all, lost, n := int64(0), int64(0), 0
		for who, amount := range was {
			all += amount
			if _, stays := is[who]; !stays {
				lost, n = lost+amount, n+1
			}
		}
		if share := float64(lost) / float64(max(all, 1)); share >= lostShare || n >= severalLost && float64(n) >= lostShare*float64(len(was)) {
			a.warn(honne.Say("arrival.loses", honne.Count("n", n), honne.InMonth("month", m), honne.Ratio("share", share)))
			return true
		}
	}
	return false
}

// buyers are those who bought in a month, by what a selection knows them by, with what
// they bought: in minor units, or in thousandths of pieces. In pieces an amount alone is
// a purchase too.
func buyers(r *honne.Record, m honne.Month, amount bool) map[string]int64 {
	out := map[string]int64{}
	f := r.ByAccount
	for i := range f.Month {
		if k := f.Account[i]; f.Month[i] == m && k >= 0 {
			n := f.Quantity[i]
			if amount || !n.Known {
				n = f.Amount[i]
			}
			if n.N > 0 {
				out[r.Accounts[k].Selector()] += n.N
			}
		}
	}
	return out
}

// shrunk warns when a month falls below half of what it was, by one report or by its parts,
// or has nothing left of what was known of it: the file may hold a part of the month only.
func (a *arrival) shrunk(d *honne.Delivery) bool {
	was, is := measure.Monthly(a.before, d.Series), measure.Monthly(a.r, d.Series)
	for _, m := range months(d) {
		for _, amount := range [...]bool{true, false} {
			before, now := was.Figure(m, amount), is.Figure(m, amount)
			if before.N <= 0 || !now.Known { // what is no longer told has not fallen to 0
				continue
			}
			if id := a.replacedBy(d, m, amount).seems(now.N, before.N, d.Series); id != "" {
				a.warn(honne.Say(id, honne.Word("series", "series."+string(d.Series)), honne.InMonth("month", m),
					a.value("now", now.N, amount), a.value("before", before.N, amount)))
				return true
			}
			break
		}
	}
	return false
}

// replaced is what a newer report changes of a month: how many products had figures and
// how many of them have none any more, and the sums of those that changed.
type replaced struct {
	products, gone int
	before         int64
}

func (a *arrival) replacedBy(d *honne.Delivery, month honne.Month, amount bool) (x replaced) {
	for _, c := range a.out.Changes {
		if m, ok := c.Period.Bucket(); !ok || m != month || c.New != d.Submission {
			continue
		}
		before, after := c.Before.Quantity.N, c.After.Quantity.N
		if amount {
			before, after = c.Before.Amount.N, c.After.Amount.N
		}
		x.before += before
		if before != 0 {
			x.products++
			if after == 0 {
				x.gone++
			}
		}
	}
	return x
}

// severalProducts is of how many products a month must have known, for a report that
// keeps the figure of none of them to be no better one of the same month.
const severalProducts = 3

// seems is the message on a month that went from one sum to another; "" for none.
func (x replaced) seems(now, before int64, s honne.Series) string {
	switch {
	case 2*now < before:
		return "arrival.shrunk"
	case x.products >= severalProducts && x.gone > 0 && x.before == before && slices.Contains(honne.DoneSeries, s):
		return "arrival.apart"
	}
	return ""
}
