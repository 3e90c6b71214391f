package sample

import (
	"fmt"
	"math"
	"slices"
	"time"

	"honne"
	"honne/internal/japan"
)

// pieceYen is what a piece costs.
const pieceYen = 48_000

// record is what is known at the end of a day: nothing that had not come by then.
func (l *life) record(day honne.Date) honne.Record {
	r := honne.Record{AsOf: day, Currency: honne.JPY, Products: []honne.Product{{Code: "NS-1"}}}
	r.Distributor.Profile = honne.Profile{Name: "Simulated KK", ClosingDay: l.closing, Currency: honne.JPY,
		Reports: []honne.Owed{{Kind: honne.Sales, Every: "month", DueDays: 10, Level: 4}, {Kind: honne.Stock, Every: "month", DueDays: 10}},
		Events:  l.reviews(day)}
	c := &columns{record: &r, by: map[honne.Series]*honne.Facts{}}
	l.name(&r)
	for i, m := range l.months() {
		if l.received[i] <= day {
			l.reported(c, i, m, day)
		}
		l.beside(c, i, m, day)
	}
	l.plans(c, day)
	for _, s := range honne.AllSeries {
		if f := c.by[s]; f != nil {
			r.Facts = append(r.Facts, *f)
		}
	}
	c.days(honne.Shipments, l.sent, honne.Period{From: simulatedFrom.First(), To: day})
	l.people(&r, day)
	return r
}

// beside adds what is known of a month beside its report: our shipments, the market and the
// forecast.
func (l *life) beside(c *columns, i int, m honne.Month, day honne.Date) {
	if m.Last() <= day {
		n := total(l.sent, m.Period())
		c.put(honne.Shipments, m, n, honne.SubmissionID(3000+i))
	}
	if m.Last()+10 <= day {
		c.put(honne.Market, m, int64(9*l.level*l.growthTo(m, l.market, l.marketAfter)*l.seasonOf(m)), honne.SubmissionID(4000+i))
	}
	if made := m.First() - 8; made <= day {
		f := l.foreseen[i]
		c.record.Vintages = append(c.record.Vintages, honne.Vintage{Series: honne.Forecast, Month: m, Made: stated(made), Submission: honne.SubmissionID(5000 + i),
			Quantity: honne.Known(f * 1000), Amount: honne.Known(f * pieceYen)})
	}
}

// columns gathers facts by series.
type columns struct {
	record *honne.Record
	by     map[honne.Series]*honne.Facts
}

func (c *columns) put(s honne.Series, m honne.Month, pieces int64, version honne.SubmissionID) {
	f := c.by[s]
	if f == nil {
		f = &honne.Facts{Series: s}
		c.by[s] = f
	}
	f.Month, f.Product, f.Version = append(f.Month, m), append(f.Product, 0), append(f.Version, version)
	f.Quantity, f.Amount = append(f.Quantity, honne.Known(pieces*1000)), append(f.Amount, honne.Known(pieces*pieceYen))
}

func stated(day honne.Date) honne.Receipt {
	return honne.Receipt{At: day.At(9, 0).In(time.UTC), Basis: honne.ByMessage}
}

// reviews are the meetings of each quarter, in the second month.
func (l *life) reviews(day honne.Date) (out []honne.Event) {
	for _, m := range l.months() {
		if d := japan.National().OnOrAfter(m.First() + 17); m%3 == 1 && d <= day {
			out = append(out, honne.Event{Date: d, Kind: honne.EventQBR})
		}
	}
	return out
}

// name lists the sites; the last account is who is not named.
func (l *life) name(r *honne.Record) {
	for k := range 12 {
		r.Accounts = append(r.Accounts, honne.Account{Role: honne.EndUser, Disclosure: honne.Named, Site: true, Name: fmt.Sprintf("対象%02d病院", k+1)})
	}
	r.Accounts = append(r.Accounts, honne.Account{Role: honne.EndUser, Disclosure: honne.Withheld, Name: "非開示"})
}

// reported adds a month as its report tells it, and what was changed since.
func (l *life) reported(c *columns, i int, m honne.Month, day honne.Date) {
	r, book := c.record, l.book(m)
	first := total(l.sold, book)
	now := first
	again := japan.National().AddBusinessDays(l.received[i], 12)
	if l.revised[i] > 0 && again <= day {
		now = l.revised[i]
		r.Changes = append(r.Changes, honne.Change{Series: honne.Sales, Period: book, Before: reported(first), After: reported(now), Old: honne.SubmissionID(1000 + i),
			New: honne.SubmissionID(7000 + i), Received: stated(again), First: stated(l.received[i]), Reason: honne.ReasonUnexplained})
	}
	c.put(honne.Sales, m, now, honne.SubmissionID(1000+i))
	// A count is never quite what the books say.
	count := int64(2*l.level) + total(l.sent, honne.Period{From: simulatedFrom.First(), To: book.To}) - total(l.sold, honne.Period{From: simulatedFrom.First(), To: book.To})
	c.put(honne.Stock, m, max(0, count), honne.SubmissionID(2000+i))
	for k, s := range []honne.Series{honne.Sales, honne.Stock} {
		d := honne.Delivery{Submission: honne.SubmissionID(1000*(k+1) + i), Series: s, Periods: []honne.Period{book}, Receipt: stated(l.received[i]),
			From: honne.Theirs, InForce: true, Required: 10, Filled: 10, Holds: honne.Holds{Product: true, EndUser: true, Dated: true}}
		r.Deliveries = append(r.Deliveries, d)
	}
	l.sites(r, m, now)
	c.days(honne.Sales, l.sold, book)
}

// sites spreads the pieces of a month over the accounts; of names that are hidden the last
// account takes all.
func (l *life) sites(r *honne.Record, m honne.Month, pieces int64) {
	hides, last := l.hides && l.after(m), len(r.Accounts)-1
	for a := range r.Accounts {
		share := part(pieces, a, last)
		if a == last || hides && a > l.shown() {
			share = 0
		}
		for k := l.shown() + 1; hides && a == last && k < a; k++ {
			share += part(pieces, k, a)
		}
		r.ByAccount.Month, r.ByAccount.Account = append(r.ByAccount.Month, m), append(r.ByAccount.Account, int32(a))
		r.ByAccount.Amount, r.ByAccount.Quantity = append(r.ByAccount.Amount, honne.Known(share*pieceYen)), append(r.ByAccount.Quantity, honne.Known(share*1000))
	}
}

// days adds the pieces of the days of a period.
func (c *columns) days(s honne.Series, pieces map[honne.Date]int64, in honne.Period) {
	for d := in.From; d <= in.To; d++ {
		if n := pieces[d]; n > 0 {
			c.record.Days = append(c.record.Days, honne.DayTotal{Series: s, Date: d, Quantity: honne.Known(n * 1000), Amount: honne.Known(n * pieceYen)})
		}
	}
}

// shown is the last site that is still named by whoever hides.
func (l *life) shown() int { return int(math.Round(5 - float64(3*l.strength))) }

// part is the a-th of n equal shares of whole pieces.
func part(pieces int64, a, n int) int64 {
	return pieces*int64(a+1)/int64(n) - pieces*int64(a)/int64(n)
}

func reported(pieces int64) honne.Reported {
	return honne.Reported{Quantity: honne.Known(pieces * 1000), Amount: honne.Known(pieces * pieceYen)}
}

// plans adds the agreed targets and the proposals of the fiscal years that were
// spoken of by the day.
func (l *life) plans(c *columns, day honne.Date) {
	for _, m := range l.months() {
		year := honne.NewMonth(japan.FiscalYear(m, 4), 4)
		proposed, agreed := (year-2).First()+24, (year-1).First()+14
		if proposed <= day {
			n := int64(math.Round(l.proposed(m)))
			c.put(honne.Proposed, m, n, honne.SubmissionID(6000+int(m-simulatedFrom)))
		}
		if agreed <= day {
			n := int64(math.Round(l.plan(m)))
			c.put(honne.Target, m, n, honne.SubmissionID(8000+int(m-simulatedFrom)))
			c.record.Vintages = append(c.record.Vintages, honne.Vintage{Series: honne.Target, Month: m, Made: stated(agreed - 5), Agreed: agreed,
				Submission: honne.SubmissionID(8000 + int(m-simulatedFrom)), Quantity: honne.Known(n * 1000), Amount: honne.Known(n * pieceYen)})
		}
	}
}

// people adds what was written and noted by the day.
func (l *life) people(r *honne.Record, day honne.Date) {
	for _, t := range l.turns {
		if t.At <= day.End().UnixMicro() {
			r.Turns = append(r.Turns, t)
		}
	}
	slices.SortStableFunc(r.Turns, func(a, b honne.Turn) int { return int((a.At - b.At) / 1000) })
	r.Meetings = slices.DeleteFunc(slices.Clone(l.meetings), func(m honne.Meeting) bool { return m.Set > day })
	r.Said = slices.DeleteFunc(slices.Clone(l.said), func(s honne.Said) bool { return s.On > day })
	slices.SortStableFunc(r.Said, func(a, b honne.Said) int { return int(a.On - b.On) })
	told := func(m honne.Month) bool { return m.Last()+10 <= day } // the log of a month comes with its report
	log := &r.Log
	*log = l.log
	log.Activities = slices.DeleteFunc(slices.Clone(log.Activities), func(a honne.FieldActivity) bool { return !told(a.On.Month()) })
	slices.SortStableFunc(log.Activities, func(a, b honne.FieldActivity) int { return int(a.On - b.On) })
	log.Months = slices.DeleteFunc(slices.Clone(log.Months), func(m honne.ActivityMonth) bool { return !told(m.Month) })
	log.Pulses = slices.DeleteFunc(slices.Clone(log.Pulses), func(p honne.Pulse) bool { return p.Month.Last() > day })
	log.Explained = slices.DeleteFunc(slices.Clone(log.Explained), func(e honne.Explanation) bool { return e.On > day })
	log.OurActs = slices.DeleteFunc(slices.Clone(log.OurActs), func(a honne.OurAct) bool { return a.On > day })
	log.Access = accessOn(l.log.Access, day)
}

// accessOn are the requests to meet customers as they stood on a day.
func accessOn(list []honne.AccessRequest, day honne.Date) (out []honne.AccessRequest) {
	for _, q := range list {
		if q.Asked > day {
			continue
		}
		if q.Answered > day {
			q.Answer, q.Answered, q.Met, q.Reason = honne.AccessOpen, 0, 0, ""
		}
		if q.Met > day {
			q.Met = 0
		}
		out = append(out, q)
	}
	return out
}
