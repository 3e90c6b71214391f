package inspect

import (
	"cmp"
	"slices"

	"honne"
	"honne/internal/measure"
	"honne/internal/stat"
)

// Outlet is what our sales through one distributor can be told from: our shipments,
// what they bought, what they sold, each by month.
type Outlet struct {
	Distributor honne.Distributor
	Currency    honne.Currency
	tracks      [len(outletSeries)]measure.Track
}

var outletSeries = [...]honne.Series{honne.Shipments, honne.Purchases, honne.Sales}

// OutletOf takes out of a record what an outlet is told from; months that still run
// are left out.
func OutletOf(r *honne.Record) Outlet {
	o := Outlet{Distributor: r.Distributor, Currency: r.Currency}
	for i, s := range outletSeries {
		t := measure.Monthly(r, s)
		t.Months = slices.DeleteFunc(t.Months, func(m honne.MonthTotal) bool { return !m.Amount.Known || m.Month.Last() > r.AsOf })
		o.tracks[i] = t
	}
	return o
}

// Outlets is how our sales in Japan are spread over distributors, in twelve months
// that are known of every one of them on the same basis. HHI is 0 to 10,000.
type Outlets struct {
	Known   bool
	Series  honne.Series
	Period  honne.Period
	HHI     float64
	Shares  []OutletShare // the largest first
	Lacking []honne.Distributor
}

// OutletShare is the share of one distributor.
type OutletShare struct {
	Distributor honne.Distributor
	Sold        honne.Money
	Share       float64
	Select      honne.Selection
}

// SpreadOver says how concentrated our sales are (domain 1.7, 3.5 S-27): by the
// first basis that all distributors have, our shipments before what they say. It is
// unknown, and says for want of whom, where none is: a share of a part misleads.
func SpreadOver(list []Outlet) (out Outlets) {
	for i := range outletSeries {
		if out = spreadOn(list, i); out.Known {
			return out
		}
	}
	return out
}

func spreadOn(list []Outlet, basis int) Outlets {
	out := Outlets{Series: outletSeries[basis]}
	last := lastCommon(list, basis)
	out.Period = honne.Months(last-11, last)
	var values []float64
	total := int64(0)
	for _, o := range list {
		sold, known := o.tracks[basis].Sum(twelve(last), true)
		if known < 12 || sold < 0 || o.Currency != list[0].Currency {
			out.Lacking = append(out.Lacking, o.Distributor)
			continue
		}
		total += sold
		values = append(values, float64(sold))
		out.Shares = append(out.Shares, OutletShare{Distributor: o.Distributor, Sold: honne.Money{Minor: sold, Currency: o.Currency},
			Select: honne.Selection{Series: out.Series, Period: out.Period, Amount: true}})
	}
	if out.Known = len(out.Lacking) == 0 && total > 0; !out.Known {
		return Outlets{Series: out.Series, Lacking: out.Lacking}
	}
	out.HHI = stat.RoundHalfAwayFromZero(stat.HHI(values), 6)
	for i := range out.Shares {
		out.Shares[i].Share = stat.RoundHalfAwayFromZero(float64(out.Shares[i].Sold.Minor)/float64(total), 6)
	}
	slices.SortStableFunc(out.Shares, func(a, b OutletShare) int { return cmp.Compare(b.Sold.Minor, a.Sold.Minor) })
	return out
}

// lastCommon is the last month that all know; who is further behind the newest than a few
// months is not known.
func lastCommon(list []Outlet, basis int) honne.Month {
	last, newest := honne.Month(0), honne.Month(0)
	for _, o := range list {
		if m := o.tracks[basis].Months; len(m) > 0 {
			at := m[len(m)-1].Month
			if newest = max(newest, at); last == 0 || at < last {
				last = at
			}
		}
	}
	return max(last, newest-behind)
}

// behind is how many months a partner's last month may lie before the newest of all.
const behind = 6

func twelve(last honne.Month) (out []honne.Month) {
	for m := last - 11; m <= last; m++ {
		out = append(out, m)
	}
	return out
}
