package measure

import (
	"slices"

	"honne"
	"honne/internal/japan"
	"honne/internal/stat"
)

func responseTime() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-16", Slug: "response-time"},
		Doc: `Reply time: median of the business hours in Japan (9 to 18 without the hour from 12, holidays apart) from our question to the first reply
of substance; an acknowledgement leaves the question open, unless agreement is all that was asked and it agrees; a promise to answer by a day is an acknowledgement too, but that to send a paper by one answers where when is all that was asked; a question back hands it to us. What was answered by word of mouth
counts once somebody wrote it down, from the morning of that day. A question counts that we asked within the
months before the record's day, where both moments are known. Open ones enter with their age; when more than a tenth is open the estimate
of Kaplan and Meier is used, and where that does not reach the half the value is a lower bound (at-least). Parts: p90, median-days (÷ 8),
open, oldest-open-days, acknowledged (share), ours (our own median, from three questions on), ours-n, ours-open, before-days (their median
a year earlier), over-ours-and-before (median-days less the longer of both, in days); of the newest months, where they hold enough questions
by themselves (else as the year): lately-days (their median) and lately-over (less the longer of ours in them and of their own in the months before), so that who
fell silent is not hidden by the months before; what was asked during a leave that was told with a deputy is not among these, nor does it make over-ours-and-before. Minimum: eight questions. Source: domain 3.4, 3.5 S-16.`,
		Params: []Param{{"months", 12, "months before the record's day"}, {"least", 8, "questions without which nothing is said"},
			{"lately", 6, "newest months that are looked at by themselves"}, {"few", 3, "questions of which a median is shown beside another one"}},
		Needs:       []honne.Need{honne.NeedMail, honne.NeedOlderMail},
		Confounders: []string{"confounder.phone-answers", "confounder.holidays-abroad"},
		Run:         runResponseTime,
	}
}

func runResponseTime(r *honne.Record, p Params) honne.Result {
	if len(r.Turns) == 0 {
		return lacks(honne.NeedMail)
	}
	year := before(r.AsOf, p.count("months"))
	theirs := waits(r, honne.Theirs)
	now := askedIn(theirs, year)
	if len(now) < p.count("least") {
		return unknown(honne.Say("why.response-time.few", honne.Count("questions", len(now)), honne.Count("least", p.count("least"))), olderMail(r, year)...)
	}
	res := timed(now).result(now)
	lookLately(&res, r, theirs, p, compareAnswers(&res, r, theirs, p))
	res.History = history(r, lastOver(r), func(q honne.Period) (float64, bool) {
		in := askedIn(theirs, q)
		return timed(in).median, len(in) >= p.count("few")
	})
	return res
}

// before is the period of the months before a day, the day included.
func before(day honne.Date, months int) honne.Period {
	y, m, d := day.Civil()
	return honne.Period{From: honne.NewDate(y, m-months, d) + 1, To: day}
}

// result holds the questions and how soon they were answered, and says what is open.
func (c clock) result(list []wait) honne.Result {
	res := honne.Result{
		Known: true, Value: c.median, Unit: honne.UnitHours, N: len(list),
		Numerator:   counted("term.questions-answered", len(list)-c.open),
		Denominator: counted("term.questions-asked", len(list)),
		Period:      fromTo(list[0].asked, list[len(list)-1].asked),
		Parts: []honne.Further{part("p90", c.p90, honne.UnitHours), part("median-days", c.median/japan.BusinessDayHours, honne.UnitDays),
			count("open", c.open), part("acknowledged", ratio(c.noted, len(list)), honne.UnitRatio)},
		Because:  []honne.Message{c.say("because.response-time", len(list))},
		Evidence: slowestFirst(list),
	}
	if c.open > 0 {
		res.Parts = append(res.Parts, part("oldest-open-days", c.oldest/japan.BusinessDayHours, honne.UnitDays))
		res.Because = append(res.Because, honne.Say("because.questions-open", honne.Count("open", c.open), honne.Number("days", c.oldest/japan.BusinessDayHours)))
	}
	if c.atLeast {
		res.Parts = append(res.Parts, flag("at-least", true))
	}
	return res
}

// compareAnswers puts their time beside ours, and beside their own a year
// earlier, and returns by how many days they are slower than both. Where neither is
// known nothing excuses it.
func compareAnswers(res *honne.Result, r *honne.Record, theirs []wait, p Params) (over float64) {
	year := before(r.AsOf, p.count("months"))
	excuse := 0.0
	ours := askedIn(waits(r, honne.Ours), year)
	if c := timed(ours); len(ours) >= p.count("few") {
		excuse = c.median
		res.Parts = append(res.Parts, part("ours", c.median, honne.UnitHours), count("ours-n", len(ours)),
			count("ours-open", c.open))
		res.Evidence = append(res.Evidence, slowestFirst(ours)...)
		said := c.say("because.our-response-time", len(ours))
		if c.median > res.Value {
			res.OurSide = append(res.OurSide, said)
		} else {
			res.Because = append(res.Because, said)
		}
	}
	earlier := askedIn(theirs, before(year.From-1, p.count("months")))
	if c := timed(earlier); len(earlier) >= p.count("least") {
		excuse = max(excuse, c.median)
		res.Baseline = baseline(c.median, true)
		res.Parts = append(res.Parts, part("before-days", c.median/japan.BusinessDayHours, honne.UnitDays))
	}
	over = (atWork(res.Value, r, askedIn(theirs, year), p) - excuse) / japan.BusinessDayHours
	res.Parts = append(res.Parts, part("over-ours-and-before", over, honne.UnitDays))
	return over
}

// atWork is the median by which they are held to be slow: that of the questions besides an
// announced leave, where there are some. Of fewer nothing is held.
func atWork(median float64, r *honne.Record, asked []wait, p Params) float64 {
	rest := besidesLeave(r, asked)
	switch {
	case len(rest) == len(asked):
		return median
	case len(rest) >= p.count("few"):
		return min(median, timed(rest).median)
	}
	return 0
}

// lookLately puts the newest months beside the months before them, and beside our
// own answers: a change of half a year ago is seen while a year's median hides it.
func lookLately(res *honne.Result, r *honne.Record, theirs []wait, p Params, over float64) {
	half := before(r.AsOf, p.count("lately"))
	median := res.Value
	all := askedIn(theirs, half)
	now := besidesLeave(r, all)
	if len(now) < len(all) && len(all) >= p.count("least") {
		res.Because = append(res.Because, honne.Say("because.response-time-leave", honne.Count("questions", len(all)-len(now))))
	}
	if len(now) >= p.count("least") {
		c, excuse := timed(now), excuseLately(r, theirs, half, p)
		median, over = c.median, (c.median-excuse)/japan.BusinessDayHours
		if median > max(excuse, res.Value) {
			res.Because = append(res.Because, c.say("because.response-time-lately", len(now)))
		}
	}
	res.Parts = append(res.Parts, part("lately-days", median/japan.BusinessDayHours, honne.UnitDays), part("lately-over", over, honne.UnitDays))
}

// besidesLeave leaves out the questions asked while a person was on a leave that was told
// with a deputy, unless they stay open when it is over.
func besidesLeave(r *honne.Record, list []wait) (out []wait) {
	for _, w := range list {
		asked := dayOf(w.asked)
		if !slices.ContainsFunc(r.Log.AtPartner, func(x honne.PartnerChange) bool {
			return x.Kind == honne.PartnerLeave && x.Followed != 0 && x.On <= asked && x.From <= asked && asked <= x.Until && (w.answered || r.AsOf <= x.Until)
		}) {
			out = append(out, w)
		}
	}
	return out
}

// excuseLately is the longer of our own median, of the half-year where it holds
// some, else of the year, and of theirs before it.
func excuseLately(r *honne.Record, theirs []wait, half honne.Period, p Params) (excuse float64) {
	ours := waits(r, honne.Ours)
	for _, in := range []honne.Period{before(r.AsOf, p.count("months")), half} {
		if list := askedIn(ours, in); len(list) >= p.count("few") {
			excuse = timed(list).median
		}
	}
	if earlier := askedIn(theirs, before(half.From-1, p.count("months"))); len(earlier) >= p.count("least") {
		excuse = max(excuse, timed(earlier).median)
	}
	return excuse
}

// clock is how long answers took, in business hours.
type clock struct {
	median, p90, oldest float64
	open, noted         int
	atLeast             bool // the median is a lower bound
}

func timed(list []wait) (c clock) {
	var hours []float64
	var ended []bool
	for _, w := range list {
		hours, ended = append(hours, w.hours), append(ended, w.answered)
		if !w.answered {
			c.open++
			c.oldest = max(c.oldest, w.hours)
		}
		c.noted += oneIf(w.noted)
	}
	c.median, c.p90 = stat.Median(hours), stat.Quantile(hours, 0.9)
	if c.open*10 <= len(list) {
		return c
	}
	if m := stat.SurvivalQuantile(hours, ended, 0.5); finite(m) {
		c.median = m
	} else {
		c.atLeast = true
	}
	if q := stat.SurvivalQuantile(hours, ended, 0.9); finite(q) {
		c.p90 = q
	}
	return c
}

func (c clock) say(id string, questions int) honne.Message {
	if c.atLeast {
		id += ".at-least"
	}
	return honne.Say(id, honne.Count("questions", questions), honne.Number("hours", c.median), honne.Number("days", c.median/japan.BusinessDayHours))
}
