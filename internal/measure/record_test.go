package measure

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"honne"
)

// A case file holds a record in a small text form, then what the measure must
// find, for each case after a line "-- name --":
//
//	as-of 2026-03-31
//	sales 2025-04 100 110 -        amounts of three months from April; - is unknown
//	sales.q/NS-1 2025-04 5         pieces of a product
//	day shipments 2026-03-17 38    pieces on dated lines
//	expires 2026-03 2026-06-30 5   pieces of a count by their last day of use
//	account named end_user A 2025-04 40 30
//	deliver sales 2025-04 on 2025-05-14 level 4
//	vintage forecast 2025-04 made 2025-03-20 100
//	change sales 2025-07 100 80 on 2025-08-20 returns
//	owed sales month 10
//	event 2025-07-15 qbr
//	turn ours 2025-07-15 10:00 3 asks 1 ack    of conversation 3; also auto, report, reply, inexact, words 7, writer 2
//	ask ours 2025-07-15 10:00 2025-07-16 11:00 a question and its answer; open without one
//	meeting ours 2025-07-15 theirs 2025-07-20  set by us, moved by them
//	mails theirs 20 2025-07-01                 a message a day, each a conversation
//	said wait-and-see 2025-07-02 [topic a] [barrier] [confirmed] [supported|contradicted] [own-side]
//	promise theirs 2025-07-01 2025-07-31 [kept day|late|dropped] [moved on to] [agreed] [oral|unconfirmed] [topic a] [confirmed]
//	approval a 2025-07-01 department,board [decided day]
//	want known 0.81
//	want part agreed 1
//	want unknown why.plan-attainment.no-plan agreed-targets
type draft struct {
	r     honne.Record
	cells map[draftCell]honne.Reported
	next  honne.SubmissionID
	wants [][]string
}

type draftCell struct {
	series  honne.Series
	month   honne.Month
	product int32
}

func parseRecord(t *testing.T, text string) *draft {
	t.Helper()
	d := &draft{cells: map[draftCell]honne.Reported{}}
	d.r.Currency = honne.JPY
	for n, line := range strings.Split(text, "\n") {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		if err := d.line(f); err != nil {
			t.Fatalf("line %d %q: %v", n+1, line, err)
		}
	}
	d.close()
	return d
}

func (d *draft) line(f []string) (err error) {
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("%v", x)
		}
	}()
	p := &d.r.Distributor.Profile
	switch f[0] {
	case "as-of":
		d.r.AsOf = date(f[1])
	case "closing":
		p.ClosingDay = int(number(f[1]))
	case "fiscal":
		p.FiscalYearStarts = int(number(f[1]))
	case "market-growth":
		p.MarketGrowth = &honne.Range3{Low: float(f[1]), Base: float(f[2]), High: float(f[3])}
	case "closed":
		p.Events = append(p.Events, honne.Event{Date: date(f[1]), Until: date(f[2]), Kind: honne.EventClosed})
	case "event":
		p.Events = append(p.Events, honne.Event{Date: date(f[1]), Kind: honne.EventKind(f[2]), Note: strings.Join(f[3:], " ")})
	case "owed":
		o := honne.Owed{Kind: honne.Series(f[1]), Every: f[2], DueDays: int(number(f[3]))}
		if len(f) > 4 {
			o.Level = int(number(f[4]))
		}
		p.Reports = append(p.Reports, o)
	case "day":
		d.r.Days = append(d.r.Days, honne.DayTotal{Series: honne.Series(f[1]), Date: date(f[2]), Quantity: honne.Known(number(f[3]) * 1000)})
	case "expires":
		d.r.Expiries = append(d.r.Expiries, honne.ExpiryTotal{Month: month(f[1]), Expires: date(f[2]), Quantity: honne.Known(number(f[3]) * 1000)})
	case "account":
		d.account(f)
	case "deliver":
		d.deliver(f)
	case "unread": // unread name on day [subject]
		d.r.Unread = append(d.r.Unread, honne.Unread{Path: f[1], Receipt: received(f[3]), Subject: strings.Join(f[4:], " ")})
	case "waits": // waits name on day holds series month
		d.r.Unread = append(d.r.Unread, honne.Unread{Path: f[1], Receipt: received(f[3]), Holds: []honne.Held{{Series: honne.Series(f[5]), Period: month(f[6]).Period()}}})
	case "vintage":
		d.next++
		v := honne.Vintage{Series: honne.Series(f[1]), Month: month(f[2]), Made: received(f[4]), Submission: d.next, Amount: honne.Known(number(f[5]))}
		if len(f) > 7 {
			v.Agreed = date(f[7])
		}
		d.r.Vintages = append(d.r.Vintages, v)
	case "change":
		d.change(f)
	case "turn":
		d.turn(f)
	case "ask":
		d.ask(f)
	case "meeting":
		d.meeting(f)
	case "mails", "said", "promise", "approval":
		d.spoken(f)
	case "want":
		d.wants = append(d.wants, f[1:])
	default:
		if !d.logged(f) {
			d.figures(f)
		}
	}
	return nil
}

// figures reads: series[.q][/product] month value …
func (d *draft) figures(f []string) {
	name, product, named := strings.Cut(f[0], "/")
	at := int32(-1)
	if named {
		at = d.product(product)
	}
	name, pieces := strings.CutSuffix(name, ".q")
	if !slices.Contains(honne.AllSeries, honne.Series(name)) {
		panic("no such line")
	}
	for i, v := range f[2:] {
		if v == "-" {
			continue
		}
		c := draftCell{honne.Series(name), month(f[1]) + honne.Month(i), at}
		x := d.cells[c]
		if pieces {
			x.Quantity = honne.Known(number(v) * 1000)
		} else {
			x.Amount = honne.Known(number(v))
		}
		d.cells[c] = x
	}
}

func (d *draft) product(code string) int32 {
	i := slices.IndexFunc(d.r.Products, func(p honne.Product) bool { return p.Code == code })
	if i < 0 {
		i = len(d.r.Products)
		d.r.Products = append(d.r.Products, honne.Product{Code: code})
	}
	return int32(i)
}

func (d *draft) account(f []string) {
	roles := map[string]honne.Role{"invoiced": honne.Invoiced, "ship_to": honne.ShipTo, "end_user": honne.EndUser, "site": honne.Invoiced}
	shown := map[string]honne.Disclosure{"withheld": honne.Withheld, "pseudonym": honne.Pseudonym, "named": honne.Named}
	at := int32(-1)
	if f[3] != "-" {
		at = int32(len(d.r.Accounts))
		d.r.Accounts = append(d.r.Accounts, honne.Account{Disclosure: shown[f[1]], Role: roles[f[2]], Site: f[2] == "site", Name: f[3]})
	}
	for i, v := range f[5:] {
		d.r.ByAccount.Month = append(d.r.ByAccount.Month, month(f[4])+honne.Month(i))
		d.r.ByAccount.Account = append(d.r.ByAccount.Account, at)
		d.r.ByAccount.Amount = append(d.r.ByAccount.Amount, honne.Known(number(v)))
		d.r.ByAccount.Quantity = append(d.r.ByAccount.Quantity, honne.Figure{})
	}
}

// deliver reads: deliver series month[..month][,month…] on day [level n] [estimated] [ours] [as name]
func (d *draft) deliver(f []string) {
	d.next++
	x := honne.Delivery{Submission: d.next, Series: honne.Series(f[1]), Receipt: received(f[4]), From: honne.Theirs, InForce: true, Required: 10, Filled: 10}
	for list := range strings.SplitSeq(f[2], ",") {
		x.Periods = append(x.Periods, d.booked(list)...)
	}
	for i := 5; i < len(f); i++ {
		switch f[i] {
		case "level":
			n := int(number(f[i+1]))
			x.Holds = honne.Holds{Product: n > 1, Dealer: n == 3, EndUser: n > 3, Dated: n > 4}
			i++
		case "as":
			x.Path = f[i+1]
			i++
		case "estimated":
			x.Receipt.Basis = honne.ByName
		case "ours":
			x.From = honne.Ours
		}
	}
	d.r.Deliveries = append(d.r.Deliveries, x)
}

// booked are the months of the books from one to another, or one.
func (d *draft) booked(list string) (out []honne.Period) {
	from, to, ranged := strings.Cut(list, "..")
	if !ranged {
		to = from
	}
	for m := month(from); m <= month(to); m++ {
		if day := d.r.Distributor.Profile.ClosingDay; day != 0 {
			out = append(out, honne.Period{From: (m - 1).First() + honne.Date(day), To: m.First() + honne.Date(day-1)})
			continue
		}
		out = append(out, m.Period())
	}
	return out
}

// change reads: change series month before after on day reason [/product] [file n]; without
// a file all changes of a day are one report's.
func (d *draft) change(f []string) {
	c := honne.Change{Series: honne.Series(f[1]), Period: month(f[2]).Period(), Product: -1,
		Before: honne.Reported{Amount: honne.Known(number(f[3]))}, After: honne.Reported{Amount: honne.Known(number(f[4]))},
		Received: received(f[6]), Reason: honne.Reason(f[7]), First: received(f[2] + "-01"), Old: 900, New: 1000 + honne.SubmissionID(date(f[6]))}
	for i := 8; i < len(f); i++ {
		if f[i] == "file" {
			c.New = honne.SubmissionID(1e6 + number(f[i+1]))
			break
		}
		c.Product = d.product(f[i][1:])
	}
	d.r.Changes = append(d.r.Changes, c)
}

// close turns the cells into ordered columns.
func (d *draft) close() {
	for _, s := range honne.AllSeries {
		f := honne.Facts{Series: s}
		for m := honne.NewMonth(2015, 1); m < honne.NewMonth(2030, 1); m++ {
			for p := int32(-1); p < int32(len(d.r.Products)); p++ {
				if x, ok := d.cells[draftCell{s, m, p}]; ok {
					f.Month, f.Product = append(f.Month, m), append(f.Product, p)
					f.Amount, f.Quantity = append(f.Amount, x.Amount), append(f.Quantity, x.Quantity)
					f.Version = append(f.Version, 1)
				}
			}
		}
		if len(f.Month) > 0 {
			d.r.Facts = append(d.r.Facts, f)
		}
	}
}

func date(s string) honne.Date {
	d, err := honne.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func month(s string) honne.Month {
	m, err := honne.ParseMonth(s)
	if err != nil {
		panic(err)
	}
	return m
}

func number(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		panic(err)
	}
	return n
}

func float(s string) float64 {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic(err)
	}
	return x
}

func received(s string) honne.Receipt {
	return honne.Receipt{At: date(s).At(9, 0).In(time.UTC), Basis: honne.Stated}
}

// cases returns the cases of a measure's file: name and text, in order.
func cases(t *testing.T, slug string) [][2]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", slug+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	var out [][2]string
	for line := range strings.Lines(string(data)) {
		if name, ok := strings.CutPrefix(line, "-- "); ok {
			out = append(out, [2]string{strings.TrimSuffix(strings.TrimSpace(name), " --"), ""})
		} else if len(out) > 0 {
			out[len(out)-1][1] += line
		}
	}
	return out
}
