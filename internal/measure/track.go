package measure

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
)

// Track is a series by month, oldest first: the figures in force, all products
// together.
type Track struct {
	Series honne.Series
	Months []honne.MonthTotal
}

// Monthly returns the track of a series. Of our own shipments a month within one
// file in which nothing was shipped is a known zero.
func Monthly(r *honne.Record, s honne.Series) Track {
	t := Track{s, r.Series(s).Monthly()}
	if s == honne.Shipments {
		t.Months = append(t.Months, quiet(r, t)...)
		slices.SortFunc(t.Months, func(a, b honne.MonthTotal) int { return int(a.Month - b.Month) })
	}
	return t
}

// quiet are the months without a line between the first and the last of one file
// of our own dated shipments: our books would hold what was shipped. What lies
// between two files stays unknown, and so do gaps in what the partner sends.
func quiet(r *honne.Record, t Track) (out []honne.MonthTotal) {
	of := r.Series(t.Series)
	for _, d := range r.Deliveries {
		if d.Series != t.Series || d.From != honne.Ours || !d.Holds.Dated || !d.InForce || len(d.Periods) == 0 {
			continue
		}
		for _, m := range monthsOf(reach(d.Periods)) {
			lies := func(x honne.MonthTotal) bool { return x.Month == m }
			if !slices.ContainsFunc(d.Periods, m.Period().Overlaps) && !slices.ContainsFunc(t.Months, lies) && !slices.ContainsFunc(out, lies) {
				out = append(out, nothing(of, d.Submission, m))
			}
		}
	}
	return out
}

// reach is the time from the first of some periods to the last.
func reach(list []honne.Period) honne.Period {
	out := list[0]
	for _, p := range list {
		out = honne.Period{From: min(out.From, p.From), To: max(out.To, p.To)}
	}
	return out
}

// nothing is a month without shipments, of what the lines of its file hold: pieces,
// money or both.
func nothing(of honne.Facts, file honne.SubmissionID, m honne.Month) honne.MonthTotal {
	pieces, money := false, false
	for i, v := range of.Version {
		if v == file {
			pieces, money = pieces || of.Quantity[i].Known, money || of.Amount[i].Known
		}
	}
	return honne.MonthTotal{Month: m, Quantity: honne.Figure{Known: pieces}, Amount: honne.Figure{Known: money}}
}

// At returns the total of a month; ok is false when nothing is known of it.
func (t Track) At(m honne.Month) (total honne.MonthTotal, ok bool) {
	i, found := slices.BinarySearchFunc(t.Months, m, func(a honne.MonthTotal, m honne.Month) int { return int(a.Month - m) })
	if !found {
		return honne.MonthTotal{Month: m}, false
	}
	return t.Months[i], t.Months[i].Amount.Known || t.Months[i].Quantity.Known
}

// Figure returns the amount or the quantity of a month.
func (t Track) Figure(m honne.Month, amount bool) honne.Figure {
	total, _ := t.At(m)
	return on(total, amount)
}

func on(t honne.MonthTotal, amount bool) honne.Figure {
	if amount {
		return t.Amount
	}
	return t.Quantity
}

// Sum adds the known figures of some months and counts them.
func (t Track) Sum(months []honne.Month, amount bool) (sum int64, known int) {
	for _, m := range months {
		if f := t.Figure(m, amount); f.Known {
			sum += f.N
			known++
		}
	}
	return sum, known
}

// whole sums a period; ok is false when a month of it is unknown.
func (t Track) whole(months []honne.Month, amount bool) (sum int64, ok bool) {
	sum, n := t.Sum(months, amount)
	return sum, n == len(months) && n > 0
}

// shared lists the months of which both tracks know the figure.
func shared(a, b Track, months []honne.Month, amount bool) []honne.Month {
	var out []honne.Month
	for _, m := range months {
		if a.Figure(m, amount).Known && b.Figure(m, amount).Known {
			out = append(out, m)
		}
	}
	return out
}

// basis chooses amounts, or quantities where those cover more of the months, so
// that both sides of a ratio count the same thing.
func basis(a, b Track, months []honne.Month) (common []honne.Month, amount bool) {
	money, pieces := shared(a, b, months, true), shared(a, b, months, false)
	if len(pieces) > len(money) {
		return pieces, false
	}
	return money, true
}

// Reported lists the months with sales whose last day has passed, oldest first:
// a month that is still running is no full period.
func Reported(r *honne.Record) []honne.Month { return reported(r, Monthly(r, honne.Sales)) }

func reported(r *honne.Record, t Track) []honne.Month {
	var out []honne.Month
	for _, m := range t.Months {
		if (m.Amount.Known || m.Quantity.Known) && bookMonth(r, m.Month).To <= r.AsOf {
			out = append(out, m.Month)
		}
	}
	return out
}

// lastOver is the last calendar month that is over on the record's day.
func lastOver(r *honne.Record) honne.Month { return (r.AsOf + 1).Month() - 1 }

// ToDate lists the months of the fiscal year of the last month, up to it: the
// period of the headline figures.
func ToDate(r *honne.Record, last honne.Month) []honne.Month {
	fy := japan.FiscalYear(last, r.Distributor.Profile.FiscalStart())
	start := japan.FiscalPeriod(fy, r.Distributor.Profile.FiscalStart()).From.Month()
	return span(start, last)
}

// bookMonth returns the days that a month of the distributor's reports covers.
func bookMonth(r *honne.Record, m honne.Month) honne.Period {
	if day := closingDay(r); day != 0 {
		return japan.ClosingMonth(m, day)
	}
	return m.Period()
}

// closingDay returns the day on which the distributor's books close: as stated,
// else as the periods of its last report show; 0 is the end of the month.
func closingDay(r *honne.Record) int {
	if day := r.Distributor.Profile.ClosingDay; day != 0 {
		return day
	}
	for _, d := range slices.Backward(r.Deliveries) {
		if d.Series != honne.Sales || len(d.Periods) == 0 {
			continue
		}
		p := d.Periods[len(d.Periods)-1]
		_, calendar := p.Month()
		if _, ok := p.Bucket(); ok && !calendar {
			_, _, day := p.To.Civil()
			return day
		}
		return 0
	}
	return 0
}

func span(from, to honne.Month) []honne.Month {
	var out []honne.Month
	for m := from; m <= to; m++ {
		out = append(out, m)
	}
	return out
}

// lastMonths are the last n months up to the end of a list that begins no earlier than it.
func lastMonths(list []honne.Month, n int) []honne.Month {
	last := list[len(list)-1]
	return span(max(list[0], last-honne.Month(n-1)), last)
}

func monthsOf(p honne.Period) []honne.Month { return span(p.From.Month(), p.To.Month()) }

func shifted(months []honne.Month, by honne.Month) []honne.Month {
	out := slices.Clone(months)
	for i := range out {
		out[i] += by
	}
	return out
}

func covering(months []honne.Month) honne.Period {
	if len(months) == 0 {
		return honne.Period{}
	}
	return honne.Months(months[0], months[len(months)-1])
}

// Quarters lists the last n fiscal quarters that end with or before the month,
// oldest first.
func Quarters(r *honne.Record, last honne.Month, n int) []honne.Period {
	start := r.Distributor.Profile.FiscalStart()
	fy, q := japan.QuarterOf(last+1, start)
	end := japan.Quarter(fy, q, start).From.Month() - 1
	out := make([]honne.Period, n)
	for i := range out {
		first := end - honne.Month(3*(n-i)-1)
		out[i] = honne.Months(first, first+2)
	}
	return out
}

// Choose selects exactly the given months, in order: one selection a run of
// months, so that a month that is not among them is not counted.
func Choose(s honne.Series, months []honne.Month, amount bool) []honne.Selection {
	var out []honne.Selection
	for i, start := 0, 0; i < len(months); i++ {
		if i+1 == len(months) || months[i+1] != months[i]+1 {
			out = append(out, honne.Selection{Series: s, Period: covering(months[start : i+1]), Amount: amount})
			start = i + 1
		}
	}
	return out
}

// sum is a term of money or pieces with its evidence.
func sum(r *honne.Record, label string, n int64, amount bool, sel ...[]honne.Selection) honne.Term {
	t := honne.Term{Label: honne.Say(label), Select: slices.Concat(sel...)}
	if amount {
		t.Money = honne.Money{Minor: n, Currency: r.Currency}
	} else {
		t.Quantity = honne.Known(n)
	}
	return t
}

// counted is a term that counts reports, cells or months.
func counted(label string, n int, sel ...[]honne.Selection) honne.Term {
	return honne.Term{Label: honne.Say(label), Count: n, Select: slices.Concat(sel...)}
}

// said is a sum as an argument of a message: money, or pieces from thousandths.
func said(r *honne.Record, name string, n int64, amount bool) honne.Arg {
	if amount {
		return honne.Amount(name, honne.Money{Minor: n, Currency: r.Currency})
	}
	return honne.Number(name, float64(n)/1000)
}

// selections gathers the evidence of both terms.
func selections(terms ...honne.Term) []honne.Selection {
	var out []honne.Selection
	for _, t := range terms {
		out = append(out, t.Select...)
	}
	return out
}

// events says what happened in a period that bears on a figure: ours.KIND for
// our own doing, event.KIND for the rest, with the note where there is one. What
// people noted of our own acts counts as the events of the profile do.
func events(r *honne.Record, p honne.Period, kinds ...honne.EventKind) []honne.Message {
	var out []honne.Message
	for _, e := range slices.Concat(r.Distributor.Profile.Events, ourEvents(r), marketEvents(r)) {
		if e.Date > r.AsOf || !p.Overlaps(lasts(e)) || !slices.Contains(kinds, e.Kind) || ofOthers(r, e) {
			continue
		}
		out = append(out, tell(e))
	}
	return out
}

func tell(e honne.Event) honne.Message {
	id := "event." + string(e.Kind)
	if e.Kind.IsOurs() {
		id = "ours." + string(e.Kind)
	}
	switch {
	case e.Heard:
		return honne.Say(id+".heard", honne.Day("date", e.Date), honne.Text("note", e.Note))
	case e.Note == "":
		return honne.Say(id, honne.Day("date", e.Date))
	}
	return honne.Say(id+".note", honne.Day("date", e.Date), honne.Text("note", e.Note))
}

// OurPart is what our own side did in a period that lowers what a partner sells:
// shortages, price changes, recalls, products given up, customers taken over.
func OurPart(r *honne.Record, p honne.Period) []honne.Message {
	return events(r, p, honne.EventOurShort, honne.EventOurPrice, honne.EventRecall, honne.EventOurEnd, honne.EventOurDirect)
}

// marketEvents are what happened to the market, as events; the products that it
// concerned are part of the note.
func marketEvents(r *honne.Record) (out []honne.Event) {
	for _, e := range r.Log.Market {
		note := e.What
		if e.Products != "" {
			note = strings.TrimPrefix(note+"; "+e.Products, "; ")
		}
		out = append(out, honne.Event{Date: e.On, Until: e.Until, Kind: honne.EventKind(e.Kind), Note: note})
	}
	return out
}

// marketKinds are the events of the market that may explain a fall of sales.
func marketKinds() []honne.EventKind {
	return []honne.EventKind{honne.EventFee, honne.EventShortage, honne.EventRecalled, honne.EventRival, honne.EventTender, honne.EventDisaster}
}

// ourEvents are our own acts that bear on figures, as events: a new price on the
// day it took effect, and so customers taken over; late goods that a message tells, until the
// end of what they can explain.
func ourEvents(r *honne.Record) (out []honne.Event) {
	for _, a := range r.Log.OurActs {
		switch a.Kind {
		case honne.OurDiscount:
			out = append(out, honne.Event{Date: a.On, Kind: honne.EventOurSpecial, Note: a.What, Heard: a.Heard})
		case honne.OurShortage:
			until := a.Until
			if a.Heard {
				until = explains(r, a).To
			}
			out = append(out, honne.Event{Date: a.On, Until: until, Kind: honne.EventOurShort, Note: a.What, Heard: a.Heard})
		case honne.OurPriceNotice:
			out = append(out, honne.Event{Date: max(a.On, a.Until), Kind: honne.EventOurPrice, Note: a.What, Heard: a.Heard})
		case honne.OurEnd:
			out = append(out, honne.Event{Date: a.On, Until: a.Until, Kind: honne.EventOurEnd, Note: a.What, Heard: a.Heard})
		case honne.OurDirect:
			out = append(out, honne.Event{Date: max(a.On, a.Until), Kind: honne.EventOurDirect, Note: a.What, Heard: a.Heard})
		}
	}
	return out
}
