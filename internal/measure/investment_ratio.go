package measure

import (
	"slices"

	"honne"
)

func investmentRatio() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-19", Slug: "investment-ratio"},
		Doc: `Investment ratio: the middle of what they spent on our line ÷ the middle of their gross margin on it, over two half-years; where no margin
is known, the number of investments (flag counted). What reaches over the edge counts by its days. Investments are what they named and,
from their activity reports, seminars, congresses and trainings. Parts: range-low and range-high (of the ratio), events, only where there are at least
some or none can be missing: each half-year with reports of every month, or with an answer that there was nothing, and no activity is of an unknown kind; periods-falling (half
years in a row in which the ratio fell by a tenth or more, of those whose margin is known). Minimum: two half-years with a margin and an
investment or an answer, or a number of investments. Also, whatever else is known: leavers (people who leave
less than the notice after it was told, with nobody told to follow) and rival-goods (goods taken on that are told to be a competitor's, or
that are named as ours are) and declined (trainings that we offered and they declined), as told by the partner or noted, of the last months. The year ends with the last month, or the one before while its report is not there. Source: domain 3.5 S-19, 1.4 W4.`,
		Params: []Param{{"enough", 3, "investments in a year that are no few, whatever else is not known"}, {"fall", 0.1, "share by which the ratio has to fall"},
			{"notice", 30, "days before a person leaves by which the news of it comes in time"},
			{"told-months", 12, "months for which news of a person who leaves, or of goods taken on, speaks"}},
		Needs:       []honne.Need{honne.NeedInvestment, honne.NeedActivity},
		Confounders: []string{"confounder.staff-time", "confounder.margin-refused", "confounder.person-followed", "confounder.other-goods"},
		Run: func(r *honne.Record, p Params) honne.Result {
			res := runInvestmentRatio(r, p)
			changesAtPartner(r, p.count("told-months"), p.count("notice")).addTo(&res)
			return res
		},
	}
}

// halfYear is what is known of their investment in six months.
type halfYear struct {
	honne.Period
	events       int
	whole        bool // no investment can be missing
	asked        bool // something was named, or that there was nothing
	spent        [2]float64
	margin       [2]float64
	marginKnown  bool
	spentUnknown bool // an investment without a sum: the ratio is a lower bound
}

func (h halfYear) rated() bool { return h.marginKnown && h.asked && h.margin[0] > 0 }

func runInvestmentRatio(r *honne.Record, p Params) honne.Result {
	if len(r.Log.Investments) == 0 && len(r.Log.Months) == 0 {
		return lacks(honne.NeedInvestment, honne.NeedActivity)
	}
	last := investedTo(r, p.count("enough"))
	halves := halvesTo(r, last, 4)
	year := honne.Period{From: halves[1].From, To: halves[0].To}
	res := honne.Result{Period: year, Evidence: fromLog(year, honne.EntryInvestment, honne.EntryMarginRange, honne.EntryActivityMonth, honne.EntryActivity)}
	events, counted := eventsOf(halves, p.count("enough"))
	if counted {
		res.Known, res.Value, res.Unit, res.N = true, float64(events), honne.UnitCount, events
		res.Because = append(res.Because, honne.Say("because.investment.events", honne.Count("events", events), honne.Over("period", year)))
	}
	if halves[0].rated() && halves[1].rated() {
		rate(&res, r, halves[:2])
	}
	if !res.Known {
		return unknown(honne.Say("why.investment-ratio.partial", honne.Count("events", events)), honne.NeedInvestment)
	}
	res.Parts = append(res.Parts, flag("counted", res.Unit == honne.UnitCount))
	if counted {
		res.Parts = append(res.Parts, count("events", events))
	}
	if n, ok := falling(halves, p["fall"]); ok {
		res.Parts = append(res.Parts, count("periods-falling", n))
	}
	res.History, res.Baseline = atMonths(r, last, func(m honne.Month) (float64, bool) { return investedBy(r, m, res.Unit, p.count("enough")) })
	return res
}

// investedTo is the last past month, or the one before it while the year up to the
// last cannot be told: a report comes days after its month.
func investedTo(r *honne.Record, enough int) honne.Month {
	last := lastOver(r)
	told := func(last honne.Month) bool {
		_, counted := investedBy(r, last, honne.UnitCount, enough)
		_, rated := investedBy(r, last, honne.UnitRatio, enough)
		return counted || rated
	}
	if !told(last) && told(last-1) {
		return last - 1
	}
	return last
}

// halvesTo are the half-years up to a month, the newest first.
func halvesTo(r *honne.Record, last honne.Month, n honne.Month) (halves []halfYear) {
	for i := range n {
		halves = append(halves, halfOf(r, honne.Months(last-6*i-5, last-6*i)))
	}
	return halves
}

// investedBy is what stood for the year up to a month, in the unit of now: a ratio
// is never beside a number of investments.
func investedBy(r *honne.Record, last honne.Month, unit honne.ValueUnit, enough int) (float64, bool) {
	halves := halvesTo(r, last, 2)
	if unit == honne.UnitRatio {
		var was honne.Result
		if halves[0].rated() && halves[1].rated() {
			rate(&was, r, halves)
		}
		return was.Value, was.Known
	}
	events, counted := eventsOf(halves, enough)
	return float64(events), counted
}

// eventsOf counts the events of the last two halves; ok is false where there are fewer than
// enough and some may not be reported.
func eventsOf(halves []halfYear, enough int) (n int, ok bool) {
	n = halves[0].events + halves[1].events
	return n, n >= enough || halves[0].whole && halves[1].whole
}

// rate makes the ratio of two half-years the value.
func rate(res *honne.Result, r *honne.Record, halves []halfYear) {
	var spent, margin [2]float64
	partly := false
	for _, h := range halves {
		for i := range spent {
			spent[i], margin[i] = spent[i]+h.spent[i], margin[i]+h.margin[i]
		}
		partly = partly || h.spentUnknown
	}
	res.Known, res.Unit, res.N = true, honne.UnitRatio, 2
	res.Value = (spent[0] + spent[1]) / (margin[0] + margin[1])
	res.Numerator = sum(r, "term.invested", int64((spent[0]+spent[1])/2), true)
	res.Denominator = sum(r, "term.margin", int64((margin[0]+margin[1])/2), true)
	res.Parts = append(res.Parts, part("range-low", spent[0]/margin[1], honne.UnitRatio), part("range-high", spent[1]/margin[0], honne.UnitRatio))
	if partly {
		res.Parts = append(res.Parts, flag("at-least", true))
	}
	res.Because = append([]honne.Message{honne.Say("because.investment-ratio", honne.Ratio("share", res.Value),
		honne.Ratio("low", spent[0]/margin[1]), honne.Ratio("high", spent[1]/margin[0]))}, res.Because...)
}

// falling counts the half-years in a row, up to now, whose ratio fell; ok is
// false when fewer than two can be compared.
func falling(halves []halfYear, least float64) (n int, ok bool) {
	middle := func(h halfYear) float64 { return (h.spent[0] + h.spent[1]) / (h.margin[0] + h.margin[1]) }
	for i := 0; i+1 < len(halves) && halves[i].rated() && halves[i+1].rated(); i++ {
		if middle(halves[i]) > float64((1-least)*middle(halves[i+1])) || middle(halves[i+1]) == 0 {
			return n, true
		}
		n++
	}
	return n, n >= 2
}

func halfOf(r *honne.Record, in honne.Period) halfYear {
	h := halfYear{Period: in, whole: true}
	nothing := map[honne.Month]bool{}
	for _, x := range r.Log.Investments {
		if !in.Overlaps(honne.Period{From: x.From, To: max(x.From, x.To)}) {
			continue
		}
		h.asked = true
		if !x.None {
			h.spend(x, r.Currency)
			continue
		}
		for m := x.From.Month(); m <= x.To.Month(); m++ {
			nothing[m] = true
		}
	}
	for _, a := range activitiesIn(r, in) {
		h.events += oneIf(invests(a.Kind))
		h.whole = h.whole && a.Kind != honne.ActivityUnknown && a.Kind != "" // it may be one
	}
	for _, m := range monthsOf(in) {
		reported := !slices.ContainsFunc(honne.AllActivityKinds, func(k honne.ActivityKind) bool { return invests(k) && !wholeMonth(r, m, k) })
		h.whole = h.whole && (reported || nothing[m])
	}
	h.addMargin(r)
	return h
}

// spend adds what of an event falls into the half.
func (h *halfYear) spend(x honne.Investment, in honne.Currency) {
	h.events++
	h.spentUnknown = h.spentUnknown || x.Low.Currency != in || in == ""
	if x.Low.Currency == in {
		h.spent[0] += portion(x.Low.Minor, x.From, x.To, h.Period)
		h.spent[1] += portion(max(x.High.Minor, x.Low.Minor), x.From, x.To, h.Period)
	}
}

// addMargin adds the margin of the half-year; it is known when every day of it is.
func (h *halfYear) addMargin(r *honne.Record) {
	days := honne.Date(0)
	for _, x := range r.Log.Margins {
		if x.Low.Currency != r.Currency || x.Low.Currency == "" || !h.Overlaps(honne.Period{From: x.From, To: x.To}) {
			continue
		}
		h.margin[0] += portion(x.Low.Minor, x.From, x.To, h.Period)
		h.margin[1] += portion(max(x.High.Minor, x.Low.Minor), x.From, x.To, h.Period)
		days += min(x.To, h.To) - max(x.From, h.From) + 1
	}
	h.marginKnown = days == h.To-h.From+1
}

// invests reports whether an activity of that kind is an investment in growth.
func invests(k honne.ActivityKind) bool {
	return k == honne.ActivitySeminar || k == honne.ActivityCongress || k == honne.ActivityTraining
}

// portion is the part of a sum over some days that falls into a period, by days.
func portion(sum int64, from, to honne.Date, in honne.Period) float64 {
	to = max(from, to)
	return float64(sum) * float64(min(to, in.To)-max(from, in.From)+1) / float64(to-from+1)
}
