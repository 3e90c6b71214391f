package inspect

import (
	"os"
	"sync"
	"testing"

	"honne"
	"honne/internal/japan"
	"honne/internal/playbook"
)

// world is a distributor with 36 months of figures from April 2023, in
// thousands of yen and in pieces, which a test bends before it is written down.
type world struct {
	sales, market, plan, forecast func(i int) int64 // yen of month i
	names                         func(i int) []honne.Account
	received                      func(m honne.Month) honne.Date
	loaded                        bool // March is loaded and April dips
	profile                       honne.Profile
	changes                       []honne.Change
}

const first = honne.Month(2023*12 + 3)

const monthsTold = 36

// season lifts March and September on both sides, as budgets do.
func season(i int) int64 {
	switch (first + honne.Month(i)) % 12 {
	case 2:
		return 140
	case 8:
		return 115
	}
	return 95
}

// excellent names its users, sends in time, grows above the market and meets
// its plan.
func excellent() world {
	return world{
		sales:    func(i int) int64 { return season(i) * int64(1000+8*i) * 1000 },
		market:   func(i int) int64 { return season(i) * int64(5000+15*i) * 1000 },
		plan:     func(i int) int64 { return season(i) * int64(990+8*i) * 1000 },
		forecast: func(i int) int64 { return season(i) * int64(1000+8*i+30*(i%3-1)) * 1000 },
		names: func(int) []honne.Account {
			return []honne.Account{{Role: honne.EndUser, Disclosure: honne.Named, Name: "青葉病院"}, {Role: honne.EndUser, Disclosure: honne.Named, Name: "北浜クリニック"}}
		},
		received: func(m honne.Month) honne.Date { return japan.National().AddBusinessDays(m.Last(), 6) },
		profile: honne.Profile{
			Name:    "Aozora Medical KK",
			Reports: []honne.Owed{{Kind: honne.Sales, Every: "month", DueDays: 10, Level: 4}, {Kind: honne.Stock, Every: "month", DueDays: 10}},
		},
	}
}

// shrinking is honest in a market that falls: it falls less than the market,
// and its plan said so.
func shrinking() world {
	w := excellent()
	w.sales = func(i int) int64 { return season(i) * int64(2000-8*i) * 1000 }
	w.market = func(i int) int64 { return season(i) * int64(9000-60*i) * 1000 }
	w.plan = func(i int) int64 { return season(i) * int64(2020-8*i) * 1000 }
	w.forecast = func(i int) int64 { return season(i) * int64(2000-8*i+40*(i%3-1)) * 1000 }
	return w
}

// hiding names only dealers, loads March, sends late and misses its plan.
func hiding() world {
	w := excellent()
	w.names = func(int) []honne.Account {
		return []honne.Account{{Role: honne.Invoiced, Disclosure: honne.Named, Name: "東都商会"}, {Role: honne.EndUser, Disclosure: honne.Withheld, Name: "非開示"}}
	}
	w.plan = func(i int) int64 { return season(i) * int64(1300+8*i) * 1000 }
	w.received = func(m honne.Month) honne.Date { return japan.National().AddBusinessDays(m.Last(), 16) }
	w.loaded = true
	w.profile.Events = []honne.Event{{Date: honne.NewDate(2026, 3, 2), Kind: honne.EventOurSpecial}}
	return w
}

func (w world) record() honne.Record {
	r := honne.Record{AsOf: honne.NewDate(2026, 4, 27), Currency: honne.JPY, Products: []honne.Product{{Code: "NS-1"}}, Changes: w.changes}
	r.Distributor.Profile = w.profile
	columns := map[honne.Series]*honne.Facts{}
	for _, s := range honne.AllSeries {
		columns[s] = &honne.Facts{Series: s}
	}
	put := func(s honne.Series, m honne.Month, yen, pieces honne.Figure) {
		f := columns[s]
		f.Month, f.Product, f.Version = append(f.Month, m), append(f.Product, 0), append(f.Version, 1)
		f.Amount, f.Quantity = append(f.Amount, yen), append(f.Quantity, pieces)
	}
	for i := range monthsTold {
		m := first + honne.Month(i)
		sold := honne.Known(w.sales(i))
		pieces := honne.Known(sold.N / 1000 / 1000 * 1000)
		put(honne.Sales, m, sold, pieces)
		put(honne.Market, m, honne.Known(w.market(i)), honne.Figure{})
		put(honne.Target, m, honne.Known(w.plan(i)), honne.Figure{})
		stock := pieces.N * 2
		if w.loaded && m%3 == 2 {
			stock *= 3
		}
		put(honne.Stock, m, honne.Figure{}, honne.Known(stock))
		r.Vintages = append(r.Vintages,
			honne.Vintage{Series: honne.Target, Month: m, Amount: honne.Known(w.plan(i)), Agreed: m.First() - 40, Made: honne.Receipt{At: (m - 3).First().At(9, 0), Basis: honne.Stated}},
			honne.Vintage{Series: honne.Forecast, Month: m, Amount: honne.Known(w.forecast(i)), Submission: honne.SubmissionID(5000 + i), Made: honne.Receipt{At: (m.First() - 8).At(9, 0), Basis: honne.Stated}})
		w.accounts(&r, i, m, sold)
		w.deliver(&r, i, m)
	}
	w.flow(&r, put)
	for _, s := range honne.AllSeries {
		if len(columns[s].Month) > 0 {
			r.Facts = append(r.Facts, *columns[s])
		}
	}
	return r
}

func (w world) accounts(r *honne.Record, i int, m honne.Month, sold honne.Figure) {
	names := w.names(i)
	if len(r.Accounts) == 0 {
		r.Accounts = names
	}
	for k := range names {
		r.ByAccount.Month = append(r.ByAccount.Month, m)
		r.ByAccount.Account = append(r.ByAccount.Account, int32(k))
		r.ByAccount.Amount = append(r.ByAccount.Amount, honne.Known(sold.N/int64(len(names))))
		r.ByAccount.Quantity = append(r.ByAccount.Quantity, honne.Figure{})
	}
}

func (w world) deliver(r *honne.Record, i int, m honne.Month) {
	named := w.names(i)[0].Role == honne.EndUser
	for k, s := range []honne.Series{honne.Sales, honne.Stock} {
		r.Deliveries = append(r.Deliveries, honne.Delivery{Submission: honne.SubmissionID(100 + 2*i + k), Series: s, Periods: []honne.Period{m.Period()},
			Receipt: honne.Receipt{At: w.received(m).At(9, 0), Basis: honne.ByMessage}, From: honne.Theirs, InForce: true,
			Holds: honne.Holds{Product: true, Dealer: !named, EndUser: named, Dated: named}, Required: 10, Filled: 10})
	}
}

// flow dates sales and shipments: three days a month, more of it at the end of
// March on both sides; loading puts it on the shipments alone.
func (w world) flow(r *honne.Record, put func(honne.Series, honne.Month, honne.Figure, honne.Figure)) {
	stock := int64(0)
	for i := range monthsTold {
		m := first + honne.Month(i)
		sold := w.sales(i) / 1000 / 1000 * 1000
		want := sold * 2
		if w.loaded && m%3 == 2 {
			want *= 3
		}
		in := sold + want - stock
		if i == 0 {
			in = sold
		}
		stock = want
		put(honne.Shipments, m, honne.Figure{}, honne.Known(in))
		for k, day := range []honne.Date{m.First() + 4, m.First() + 12, m.Last() - 4} {
			part := func(n int64) int64 {
				if k == 2 {
					return n - n/3*2
				}
				return n / 3
			}
			r.Days = append(r.Days, honne.DayTotal{Series: honne.Sales, Date: day, Quantity: honne.Known(part(sold))},
				honne.DayTotal{Series: honne.Shipments, Date: day, Quantity: honne.Known(part(in))})
		}
	}
}

var loaded = sync.OnceValues(func() (*playbook.Playbook, error) {
	return playbook.Load(os.DirFS("../../playbooks"), "japan")
})

// japanese is the playbook that ships.
func japanese(t testing.TB) *playbook.Playbook {
	t.Helper()
	p, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return p
}
