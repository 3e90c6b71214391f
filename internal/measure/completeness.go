package measure

import (
	"slices"

	"honne"
)

func completeness() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-10", Slug: "completeness"},
		Doc: `Completeness: the level of the latest sales report. L0 none although owed, L1 total, L2 product, L3 with region or tier,
L4 with end user (named, or an agreed pseudonym), L5 with date, lot or rep; two overdue reports in a row are L0. A report that came in a file that could not be
read is not missing; two of them since the latest leave the level unknown. Parts: level, filled = filled ÷ required cells, below-2-run (how many
of the latest months in a row are below L2; an overdue one is at L0), missing (months without sales between the first and the last report, and overdue
ones), same-again (months of the last twelve whose figures are those of the month before again, product by product), agreed-level. Minimum: one report. Source: domain 3.5 S-10.`,
		Params:      []Param{{"stopped", 2, "overdue reports from which on nothing comes any more, and unread ones from which on the level is not known"}},
		Needs:       []honne.Need{honne.NeedSales},
		Confounders: []string{"confounder.agreed-level"},
		Run:         runCompleteness,
	}
}

// monthLevel is the level at which the sales of a month are reported.
type monthLevel struct {
	month            honne.Month
	level            int
	required, filled int
}

func runCompleteness(r *honne.Record, p Params) honne.Result {
	levels, missing, unread := salesLevels(r), Missing(r), CameUnread(r)
	if len(levels) == 0 {
		return neverComplete(missing, unread)
	}
	latest := levels[len(levels)-1]
	if since := unreadSince(unread, latest.month); since > 0 && since >= p.count("stopped") {
		return unknown(sayUnread("why.completeness.unread", unread))
	}
	overdue := overdueSince(missing, latest.month)
	res := latest.result(r, missing, belowRun(levels, overdue), len(levels))
	tellMissing(&res, missing, unread)
	if overdue >= p.count("stopped") {
		res.Value, res.Parts[0] = 0, part("level", 0, honne.UnitLevel)
		slices.Reverse(res.Because)
	}
	if overdue == 0 {
		res.OurSide = asAgreed(r)
	}
	res.History, res.Baseline = atMonths(r, latest.month, func(m honne.Month) (float64, bool) { return levelAt(levels, m) })
	return res
}

// neverComplete is the result where no report of sales came that could be read.
func neverComplete(missing []honne.Month, unread []honne.Unread) honne.Result {
	if len(unread) > 0 {
		return unknown(sayUnread("why.completeness.unread", unread))
	}
	if len(missing) == 0 {
		return unknown(honne.Say("why.completeness.no-report"), honne.NeedSales)
	}
	return honne.Result{Known: true, Unit: honne.UnitLevel, N: len(missing), Period: covering(missing),
		Parts:   []honne.Further{part("level", 0, honne.UnitLevel), count("missing", len(missing)), count("below-2-run", len(missing))},
		Because: []honne.Message{honne.Say("because.completeness.none", honne.Count("missing", len(missing)))}}
}

// result is that of the latest level: below months in a row end below level 2, and n
// months have a level.
func (x monthLevel) result(r *honne.Record, missing []honne.Month, below, n int) honne.Result {
	res := honne.Result{
		Known: true, Value: float64(x.level), Unit: honne.UnitLevel, N: n, Period: x.month.Period(),
		Parts: []honne.Further{part("level", float64(x.level), honne.UnitLevel), count("below-2-run", below),
			count("missing", len(missing))},
		Evidence: Choose(honne.Sales, []honne.Month{x.month}, inMoney(r, honne.Sales, x.month)),
		Because: []honne.Message{honne.Say("because.completeness", honne.Word("level", levelWord(x.level)),
			honne.InMonth("month", x.month))},
	}
	again := repeated(r, x.month)
	res.Parts = append(res.Parts, count("same-again", len(again)))
	if len(again) > 0 {
		res.Because = append(res.Because, honne.Say("because.completeness.repeated", honne.Count("n", len(again)), honne.InMonth("last", again[len(again)-1])))
	}
	if x.required > 0 {
		res.Numerator = counted("term.cells-filled", x.filled, res.Evidence)
		res.Denominator = counted("term.cells-required", x.required, res.Evidence)
		res.Parts = append(res.Parts, part("filled", ratio(x.filled, x.required), honne.UnitRatio))
	}
	if agreed := agreedLevel(r); agreed > 0 {
		res.Parts = append(res.Parts, part("agreed-level", float64(agreed), honne.UnitLevel))
	}
	return res
}

// tellMissing says which months are missing, and which came in files that could not be read.
func tellMissing(res *honne.Result, missing []honne.Month, unread []honne.Unread) {
	if len(missing) > 0 {
		res.Because = append(res.Because, honne.Say("because.months-missing", honne.Count("missing", len(missing)), honne.InMonth("first", missing[0])))
	}
	if len(unread) > 0 {
		res.Because = append(res.Because, sayUnread("because.report-unread", unread))
	}
}

// salesLevels gives, oldest first, the level of every month whose sales came.
func salesLevels(r *honne.Record) []monthLevel {
	var out []monthLevel
	came := arrivals(r, honne.Sales)
	for _, m := range Reported(r) {
		x := monthLevel{month: m}
		for _, d := range came {
			if !d.InForce || !slices.Contains(d.months, m) {
				continue
			}
			x.level = max(x.level, d.Holds.Level())
			x.required, x.filled = x.required+d.Required, x.filled+d.Filled
		}
		if x.level > 0 {
			out = append(out, x)
		}
	}
	return out
}

// inMoney reports whether a month of a series is known in money; else its
// quantities stand for it.
func inMoney(r *honne.Record, s honne.Series, m honne.Month) bool {
	return Monthly(r, s).Figure(m, true).Known
}

func levelWord(n int) string {
	return [...]string{"level.0", "level.1", "level.2", "level.3", "level.4", "level.5"}[n]
}

// overdueSince counts the months that are missing after the last reported one.
func overdueSince(missing []honne.Month, last honne.Month) (n int) {
	for _, m := range missing {
		if m > last {
			n++
		}
	}
	return n
}

// belowRun counts the latest months below level 2: those overdue since the last
// report, and the reports before them.
func belowRun(levels []monthLevel, overdue int) int {
	n := overdue
	for i := len(levels) - 1; i >= 0 && levels[i].level < 2; i-- {
		n++
	}
	return n
}

func levelAt(levels []monthLevel, m honne.Month) (float64, bool) {
	for _, x := range levels {
		if x.month == m {
			return float64(x.level), true
		}
	}
	return 0, false
}

func agreedLevel(r *honne.Record) int {
	for _, o := range r.Distributor.Profile.Reports {
		if o.Kind == honne.Sales {
			return o.Level
		}
	}
	return 0
}

// asAgreed says that the latest report of sales holds all of a level that was agreed and that
// names no end user: what nobody owes is not withheld.
func asAgreed(r *honne.Record) []honne.Message {
	agreed, levels := agreedLevel(r), salesLevels(r)
	if agreed == 0 || agreed > 3 || len(levels) == 0 || levels[len(levels)-1].level < agreed || levels[len(levels)-1].level > 3 {
		return nil
	}
	return []honne.Message{honne.Say("ours.agreed-level", honne.Word("level", levelWord(agreed)))}
}

// Missing lists the months without sales: the gaps between the first report and
// the last, and those after it (or since the first one owed) whose agreed day
// has passed. A month whose report may be a file that could not be read is not missing.
func Missing(r *honne.Record) []honne.Month {
	sales, months := Monthly(r, honne.Sales), Reported(r)
	var out []honne.Month
	if len(months) > 0 {
		for m := months[0]; m < months[len(months)-1]; m++ {
			_, came := UnreadIn(r, m)
			if _, ok := sales.At(m); !ok && !came {
				out = append(out, m)
			}
		}
	}
	for _, owed := range r.Distributor.Profile.Reports {
		if owed.Kind != honne.Sales || owed.Every != "month" || owed.DueDays == 0 {
			continue
		}
		for _, x := range owing(r, owed) {
			m := x.period.To.Month()
			if _, ok := sales.At(m); !ok && x.due < r.AsOf && x.open() && (len(months) == 0 || m > months[len(months)-1]) {
				out = append(out, m)
			}
		}
	}
	return out
}
