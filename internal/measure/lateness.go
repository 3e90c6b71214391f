package measure

import (
	"slices"

	"honne"
	"honne/internal/stat"
)

func lateness() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-09", Slug: "lateness"},
		Doc: `Lateness: median business days between the day a report was due and the day it came; 0 in time; open reports count to the as-of day.
Only where a due day was agreed and the day of receipt is known. Where no day was agreed the value is the median of business days taken
after the end of the period, parts day-agreed = 0 and unjudged = 1: days to know, never late. Parts: day-agreed, unjudged, on-time (share),
late, late-of-4 (of the last four), p90, open. Minimum: three reports. Source: domain 3.4, 3.5 S-09.`,
		Params:      []Param{{"months", 12, "months of reports looked at"}, {"least", 3, "reports without which nothing is said"}},
		Needs:       []honne.Need{honne.NeedSales, honne.NeedDueDays, honne.NeedReceipts},
		Confounders: []string{"confounder.our-template-change"},
		Run:         runLateness,
	}
}

func runLateness(r *honne.Record, p Params) honne.Result {
	dated, agreed := latenessReports(r)
	if len(dated) == 0 {
		return unknown(honne.Say("why.lateness.no-reports"), honne.NeedSales)
	}
	counted := exact(dated, agreed, r.AsOf)
	if len(counted) < p.count("least") {
		return unknown(honne.Say("why.lateness.few", honne.Count("reports", len(counted))), honne.NeedReceipts)
	}
	window := recent(counted, p.count("months"))
	daysIn := func(p honne.Period) []float64 { return daysOf(inside(counted, p), agreed, r.AsOf) }
	days := daysOf(window, agreed, r.AsOf)
	res := honne.Result{
		Known: true, Value: stat.Median(days), Unit: honne.UnitDays, N: len(window),
		Period:   honne.Period{From: window[0].period.From, To: window[len(window)-1].period.To},
		Parts:    []honne.Further{flag("day-agreed", agreed), part("p90", stat.Quantile(days, 0.9), honne.UnitDays)},
		Evidence: evidence(window),
	}
	res.History = history(r, res.Period.To.Month(), func(q honne.Period) (float64, bool) {
		return stat.Median(daysIn(q)), len(daysIn(q)) > 0
	})
	before := daysIn(honne.Period{From: (res.Period.From.Month() - 12).First(), To: (res.Period.To.Month() - 12).Last()})
	res.Baseline = baseline(stat.Median(before), len(before) >= p.count("least"))
	if !agreed {
		res.Parts = append(res.Parts, flag("unjudged", true))
		res.Because = []honne.Message{honne.Say("because.days-taken", honne.Number("days", res.Value), honne.Count("reports", len(window)))}
		return res
	}
	addLate(&res, window, r.AsOf)
	return res
}

// addLate adds what may be called late.
func addLate(res *honne.Result, window []report, asOf honne.Date) {
	late, open := 0, 0
	worst := report{}
	var inTime []report
	for _, x := range window {
		if x.late(asOf) == 0 {
			inTime = append(inTime, x)
			continue
		}
		late++
		open += oneIf(x.received == 0)
		if worst.due == 0 || x.late(asOf) > worst.late(asOf) {
			worst = x
		}
	}
	n := len(window)
	res.Numerator = counted("term.reports-on-time", n-late, evidence(inTime))
	res.Denominator = counted("term.reports-due", n, evidence(window))
	res.Parts = append(res.Parts, part("on-time", ratio(n-late, n), honne.UnitRatio),
		count("late", late), count("late-of-4", lateOf4(window, asOf)),
		count("open", open))
	res.Because = append(res.Because, honne.Say("because.lateness", honne.Count("late", late), honne.Count("reports", n), honne.Number("days", res.Value)))
	if late > 0 {
		res.Because = append(res.Because, worst.told(asOf))
	}
}

// told says of a late report when it was due and when it came.
func (x report) told(asOf honne.Date) honne.Message {
	args := []honne.Arg{honne.Word("series", "series."+string(x.owed.Kind)), honne.Over("period", x.period), honne.Day("due", x.due)}
	late := honne.Count("days", x.late(asOf))
	if x.received == 0 {
		return honne.Say("because.report-open", append(args, late)...)
	}
	return honne.Say("because.report-late", append(args, honne.Day("received", x.received), late)...)
}

// lateOf4 counts the late ones of the last four reports of a kind, of the kind
// with most.
func lateOf4(window []report, asOf honne.Date) (most int) {
	for _, s := range honne.AllSeries {
		late, seen := 0, 0
		for _, x := range slices.Backward(window) {
			if x.owed.Kind == s && seen < 4 {
				seen++
				late += oneIf(x.late(asOf) > 0)
			}
		}
		most = max(most, late)
	}
	return most
}

// latenessReports lists the reports with an agreed day, or, when there are
// none, the monthly sales reports, oldest period first.
func latenessReports(r *honne.Record) (list []report, agreed bool) {
	for _, owed := range r.Distributor.Profile.Reports {
		if owed.DueDays > 0 {
			list = append(list, owing(r, owed)...)
		}
	}
	if agreed = len(list) > 0; !agreed {
		list = owing(r, honne.Owed{Kind: honne.Sales, Every: "month"})
	}
	sortReports(list)
	return list, agreed
}

// exact keeps the reports that may be counted: received on a known day, or open
// and overdue. One that may have come in a file that could not be read is neither.
func exact(list []report, agreed bool, asOf honne.Date) []report {
	var out []report
	for _, x := range list {
		overdue := agreed && x.open() && x.due < asOf
		if x.received != 0 && x.exact || overdue {
			out = append(out, x)
		}
	}
	return out
}

func daysOf(list []report, agreed bool, asOf honne.Date) []float64 {
	var out []float64
	for _, x := range list {
		if agreed {
			out = append(out, float64(x.late(asOf)))
		} else {
			out = append(out, float64(x.taken()))
		}
	}
	return out
}

// recent keeps the reports of the last months before the newest.
func recent(list []report, months int) []report {
	last := list[len(list)-1].period.To.Month()
	return inside(list, honne.Months(last-honne.Month(months-1), last))
}

func inside(list []report, p honne.Period) []report {
	var out []report
	for _, x := range list {
		if p.Contains(x.period.To) {
			out = append(out, x)
		}
	}
	return out
}
