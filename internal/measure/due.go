package measure

import (
	"cmp"
	"slices"

	"honne"
	"honne/internal/japan"
)

// report is one report that the distributor owes, or sends without owing it.
type report struct {
	owed     honne.Owed
	period   honne.Period
	due      honne.Date        // 0 when no day was agreed
	received honne.Date        // 0 when it has not come
	exact    bool              // the day of receipt is known, not estimated
	judged   []honne.Selection // what came on that day
	level    int               // of what came, L1-L5
	days     *japan.Calendar   // the partner's
	unread   string            // the file in which it may have come, where nothing that could be read came
}

// theirDays are the business days of the partner. Source: domain 2.1.
func theirDays(r *honne.Record) *japan.Calendar { return japan.OfPartner(r.Distributor.Profile) }

// officeOf are the business days of a side; ours are those of Japan.
func officeOf(r *honne.Record, s honne.Side) *japan.Calendar {
	if s == honne.Theirs {
		return theirDays(r)
	}
	return japan.National()
}

// late returns the business days between the due day and the receipt, to the
// given day while the report is open; 0 when it came in time.
func (x report) late(asOf honne.Date) int {
	until := x.received
	if until == 0 {
		until = asOf
	}
	return max(0, x.days.Between(x.due, until))
}

// open reports whether nothing came: a file that could not be read may be it.
func (x report) open() bool { return x.received == 0 && x.unread == "" }

// taken returns the business days from the end of the period to the receipt.
func (x report) taken() int { return max(0, x.days.Between(x.period.To, x.received)) }

// owing lists the reports of one kind from the first period owed to the last
// one that has ended, oldest first. Where no first period was agreed they are
// owed from the first that was ever reported.
func owing(r *honne.Record, owed honne.Owed) []report {
	var out []report
	came, unread := arrivals(r, owed.Kind), unreadOf(r, owed.Kind)
	for _, p := range periodsOf(r, owed) {
		x := report{owed: owed, period: p, days: theirDays(r)}
		if owed.DueDays > 0 {
			x.due = theirDays(r).AddBusinessDays(p.To, owed.DueDays)
		}
		for _, d := range came {
			if d.From == honne.Ours || !d.answers(p) {
				continue
			}
			x.level = max(x.level, d.Holds.Level())
			if on := d.Receipt.Day(); x.received == 0 || on != 0 && on < x.received {
				x.received, x.exact = on, d.Receipt.Exact()
				x.judged = d.cells(r, p)
			}
			if x.received == 0 {
				x.received = p.To + 1 // it came, nobody knows when
			}
		}
		if i := slices.IndexFunc(unread, func(u honne.Unread) bool { return u.Period.To == p.To }); i >= 0 && x.received == 0 {
			x.unread = unread[i].Path
		}
		out = append(out, x)
	}
	return out
}

// periodsOf lists the months or quarters for which a report is owed.
func periodsOf(r *honne.Record, owed honne.Owed) []honne.Period {
	first := owed.Since
	if first == 0 {
		first = firstReported(r, owed.Kind)
	}
	if first == 0 {
		return nil
	}
	var out []honne.Period
	if owed.Every == "quarter" {
		fy, q := japan.QuarterOf(first, r.Distributor.Profile.FiscalStart())
		start := japan.Quarter(fy, q, r.Distributor.Profile.FiscalStart()).From.Month()
		for m := start; (m + 2).Last() <= r.AsOf; m += 3 {
			out = append(out, honne.Months(m, m+2))
		}
		return out
	}
	for m := first; bookMonth(r, m).To <= r.AsOf; m++ {
		out = append(out, bookMonth(r, m))
	}
	return out
}

func firstReported(r *honne.Record, s honne.Series) (first honne.Month) {
	for _, d := range r.Deliveries {
		if d.Series != s || d.From == honne.Ours {
			continue
		}
		for _, p := range d.Periods {
			if m := startMonth(p); first == 0 || m < first {
				first = m
			}
		}
	}
	return first
}

// startMonth is the first month that a reported period belongs to.
func startMonth(p honne.Period) honne.Month {
	if m, ok := p.Bucket(); ok {
		return m
	}
	return p.From.Month()
}

// forward are the series that look ahead of the period after which they are due.
var forward = []honne.Series{honne.Forecast, honne.Plan, honne.Proposed}

// arrival is a delivery with the months that its periods give.
type arrival struct {
	honne.Delivery
	months []honne.Month
}

func arrivals(r *honne.Record, s honne.Series) []arrival {
	var out []arrival
	for _, d := range r.Deliveries {
		if d.Series == s {
			out = append(out, arrival{d, monthsGiven(d.Periods)})
		}
	}
	return out
}

// monthsGiven lists the months that periods belong to, or hold wholly.
func monthsGiven(periods []honne.Period) []honne.Month {
	var out []honne.Month
	for _, p := range periods {
		if m, ok := p.Bucket(); ok {
			out = append(out, m)
			continue
		}
		for _, m := range monthsOf(p) {
			if p.Contains(m.First()) && p.Contains(m.Last()) {
				out = append(out, m)
			}
		}
	}
	return out
}

// answers reports whether a delivery is the report of a period: it gives the
// month in which the period ends. One that looks ahead gives the month after it
// and came no earlier than a month before its end.
func (d arrival) answers(p honne.Period) bool {
	wanted := p.To.Month()
	if !slices.Contains(forward, d.Series) {
		return slices.Contains(d.months, wanted)
	}
	on := d.Receipt.Day()
	return slices.Contains(d.months, wanted+1) && (on == 0 || on > p.To-31)
}

// cells selects what a delivery holds of a period: the report whose day is
// judged, in force or not, in money where it has any. Of one that looks ahead it
// is all that it gives.
func (d arrival) cells(r *honne.Record, p honne.Period) []honne.Selection {
	s := honne.Selection{Series: d.Series, Period: honne.Months(startMonth(p), p.To.Month()), Submissions: []honne.SubmissionID{d.Submission}}
	if slices.Contains(forward, d.Series) {
		s.Period = covering(d.months)
	}
	for _, m := range monthsOf(s.Period) {
		s.Amount = s.Amount || inMoney(r, d.Series, m)
	}
	return []honne.Selection{s}
}

// evidence is what came of some reports; nothing of those that did not.
func evidence(list []report) []honne.Selection {
	var out []honne.Selection
	for _, x := range list {
		out = append(out, x.judged...)
	}
	return out
}

// sortReports puts reports in the order of their periods, then of the series.
func sortReports(list []report) {
	slices.SortStableFunc(list, func(a, b report) int {
		return cmp.Or(cmp.Compare(a.period.To, b.period.To),
			cmp.Compare(slices.Index(honne.AllSeries, a.owed.Kind), slices.Index(honne.AllSeries, b.owed.Kind)))
	})
}

// Waiting lists the reports of the last twelve months that have not come by the
// record's day, oldest first: those that are owed, or, where nothing was agreed,
// the monthly sales since the first that came.
func Waiting(r *honne.Record) []honne.Due {
	owed := r.Distributor.Profile.Reports
	if len(owed) == 0 {
		owed = []honne.Owed{{Kind: honne.Sales, Every: "month"}}
	}
	var open []report
	for _, o := range owed {
		for _, x := range owing(r, o) {
			if x.open() && x.period.To.Month() > r.AsOf.Month()-12 {
				open = append(open, x)
			}
		}
	}
	sortReports(open)
	out := make([]honne.Due, 0, len(open))
	for _, x := range open {
		d := honne.Due{Series: x.owed.Kind, Period: x.period, Due: x.due}
		if x.due != 0 {
			d.Late = x.late(r.AsOf)
		}
		out = append(out, d)
	}
	return out
}
