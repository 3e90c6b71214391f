package measure

import (
	"cmp"
	"slices"

	"honne"
)

func restatement() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-08", Slug: "restatement"},
		Doc: `Restatement: figures of past months that changed after they were first reported, without an explanation ÷ figures reported.
A figure is one product in one month of sales; it changed when it now differs from its first report by more than threshold.
Purchases and stock are counted apart: parts others, others-changed, others-unexplained.
A plausible stated reason (returns, price agreement, late credit note, closing day …) explains a change; the same reason on the third day
within four quarters (many months changed on one day for one reason are one change), returns without return lines, and returns that raise a figure do not. What we caused is always explained.
Also found without a second table: a running total that does not fit the months, a year-before column that differs from what was reported.
Parts: changed, explained, after-meeting (changed within meeting-days business days after a meeting, noted or invited to by mail; absent where none is known), magnitude = Σ|last−first| ÷ Σ|first|,
down (share of the changed that fell), silent. Minimum: three months in at least two reports, and a month that was told twice: reported again, or checked by a running total or a
year-before column. Source: domain 3.5 S-08.`,
		Params: []Param{
			{"threshold", 0.005, "a change of at most this share of the first figure is none"},
			{"months", 12, "months looked at, up to the last reported"},
			{"meeting-days", 5, "business days after a meeting"},
			{"least", 3, "months without which nothing is said"},
			{"reason-times", 3, "how often within four quarters the same reason explains nothing any more"},
		},
		Needs:       []honne.Need{honne.NeedSales, honne.NeedReportsSent},
		Confounders: []string{"confounder.price-agreement", "confounder.returns", "confounder.credit-note", "confounder.closing-day"},
		Run:         runRestatement,
	}
}

func runRestatement(r *honne.Record, p Params) honne.Result {
	months := Reported(r)
	if reports := actualReports(r); len(months) < p.count("least") || reports < 2 {
		return fewReports(len(months), reports)
	}
	last := months[len(months)-1]
	window := lastMonths(months, p.count("months"))
	all := revise(r, p)
	if !all.toldTwice(r, window) {
		// The next report shows it: more of the past, asked for, would be told once too.
		return unknown(honne.Say("why.restatement.once", honne.Over("period", covering(window))))
	}
	res := all.within(window).result(r, window)
	res.History, res.Baseline = inMonths(r, last, window, func(months []honne.Month) (float64, bool) {
		x := all.within(months)
		return x.share(), x.reported > 0
	})
	return res
}

// fewReports is the answer where too little was reported to be told twice.
func fewReports(months, reports int) honne.Result {
	need := honne.NeedReportsSent // more of the past in one report is told once too
	if months == 0 {
		need = honne.NeedSales
	}
	return unknown(honne.Say("why.restatement.few", honne.Count("months", months), honne.Count("reports", reports)), need)
}

// result holds the figures that changed without an explanation, of those reported.
func (w revisions) result(r *honne.Record, window []honne.Month) honne.Result {
	res := honne.Result{
		Known: true, Value: w.share(), Unit: honne.UnitRatio, N: w.reported, Period: covering(window),
		Numerator:   counted("term.figures-unexplained", w.unexplained(), evidenceOf(r, w.weightiest()[:w.unexplained()])),
		Denominator: counted("term.figures-reported", w.reported, w.figures(r, window)),
		Parts:       w.parts(len(daysMet(r)) > 0),
		Because:     w.because(r),
	}
	if w.unexplained() > 0 {
		res.OurSide = events(r, res.Period, honne.EventOurPrice)
	}
	res.Evidence = slices.Concat(evidenceOf(r, w.weightiest()), evidenceOf(r, w.others), res.Denominator.Select)
	return res
}

// actualReports counts the deliveries that hold figures of the past.
func actualReports(r *honne.Record) (n int) {
	for _, d := range r.Deliveries {
		if slices.Contains(restated, d.Series) {
			n++
		}
	}
	return n
}

func (w revisions) unexplained() (n int) {
	for _, x := range w.cells {
		if !x.explained {
			n++
		}
	}
	return n
}

// share is at most 1: a figure that only a later column puts in doubt may stand
// outside the months looked at.
func (w revisions) share() float64 { return min(ratio(w.unexplained(), w.reported), 1) }

// parts leave out what came after a meeting where no meeting is known: that is
// unknown, not none.
func (w revisions) parts(met bool) []honne.Further {
	var explained, meeting, down, silent int
	for _, x := range w.cells {
		explained += oneIf(x.explained)
		meeting += oneIf(x.afterMeeting)
		down += oneIf(x.last < x.first)
		silent += oneIf(x.silent)
	}
	out := []honne.Further{count("changed", len(w.cells)), count("explained", explained),
		count("silent", silent), part("magnitude", w.magnitude(), honne.UnitRatio)}
	if met {
		out = slices.Insert(out, 2, count("after-meeting", meeting))
	}
	if n := len(w.cells); n > 0 {
		out = append(out, part("down", float64(down)/float64(n), honne.UnitRatio))
	}
	if w.othersReported == 0 {
		return out
	}
	unexplained := revisions{cells: w.others}.unexplained()
	return append(out, count("others", w.othersReported), count("others-changed", len(w.others)), count("others-unexplained", unexplained))
}

// magnitude is the larger part of what was reported: money where there is any.
func (w revisions) magnitude() float64 {
	for i, first := range w.firsts {
		if first > 0 {
			return ratio(w.moved[i], first)
		}
	}
	return 0
}

// because names the three revisions that moved most, unexplained ones first.
func (w revisions) because(r *honne.Record) []honne.Message {
	out := []honne.Message{honne.Say("because.restatement", honne.Count("unexplained", w.unexplained()),
		honne.Count("changed", len(w.cells)), honne.Count("reported", w.reported))}
	for _, x := range w.weightiest()[:min(3, len(w.cells))] {
		id := "because.revised"
		switch {
		case x.silent:
			id = "because.revised.silent"
		case x.afterMeeting:
			id = "because.revised.after-meeting"
		}
		args := []honne.Arg{honne.InMonth("month", x.month), honne.Word("series", "series."+string(x.series)),
			said(r, "first", x.first, x.amount), said(r, "now", x.last, x.amount), honne.Word("reason", "reason."+string(cmp.Or(x.reason, honne.ReasonUnexplained)))}
		if x.product >= 0 { // it is the figure of one product, not of the month
			id, args = id+".product", append(args, honne.Text("product", cmp.Or(r.Products[x.product].Name, r.Products[x.product].Code)))
		}
		out = append(out, honne.Say(id, args...))
	}
	return out
}

// figures selects the sales of some months, in money where they have any.
func (w revisions) figures(r *honne.Record, window []honne.Month) []honne.Selection {
	sales := Monthly(r, honne.Sales)
	var of [2][]honne.Month
	for _, m := range window {
		switch {
		case sales.Figure(m, true).Known:
			of[0] = append(of[0], m)
		case sales.Figure(m, false).Known:
			of[1] = append(of[1], m)
		}
	}
	return append(Choose(honne.Sales, of[0], true), Choose(honne.Sales, of[1], false)...)
}

func evidenceOf(r *honne.Record, list []revision) []honne.Selection {
	var out []honne.Selection
	for _, x := range list {
		s := honne.Selection{Series: x.series, Period: x.month.Period(), Amount: x.amount, Submissions: x.versions}
		if x.product >= 0 {
			s.Product = productKey(r, x.product)
		}
		out = append(out, s)
	}
	return out
}

func (w revisions) weightiest() []revision {
	out := slices.Clone(w.cells)
	slices.SortStableFunc(out, func(a, b revision) int {
		return cmp.Or(cmp.Compare(oneIf(a.explained), oneIf(b.explained)), cmp.Compare(oneIf(b.amount), oneIf(a.amount)),
			cmp.Compare(distance(b.first, b.last), distance(a.first, a.last)))
	})
	return out
}

func productKey(r *honne.Record, i int32) string {
	if p := r.Products[i]; p.Code != "" {
		return p.Code
	}
	return r.Products[i].Name
}
