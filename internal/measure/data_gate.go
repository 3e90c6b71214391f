package measure

import "honne"

func dataGate() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-30", Slug: "data-gate"},
		Doc: `Data gate: 1 when every report due for the last completed fiscal quarter came within grace and at the agreed level, else 0.
A report whose day of receipt is only estimated leaves the gate open to a person: unknown. A waiver in the log opens it for its months,
and says so. Parts: due, received, late, below-level, waived.
Minimum: a report that is owed on an agreed day. Source: domain 3.5 S-30.`,
		Params:      []Param{{"grace", 5, "business days after the due day"}},
		Needs:       []honne.Need{honne.NeedDueDays, honne.NeedReceipts},
		Confounders: []string{"confounder.our-template-late"},
		Run:         runDataGate,
	}
}

func runDataGate(r *honne.Record, p Params) honne.Result {
	owed := gateReports(r)
	if len(owed) == 0 {
		return unknown(honne.Say("why.data-gate.nothing-owed"), honne.NeedDueDays)
	}
	q := Quarters(r, lastOver(r), 1)[0]
	due := passed(inside(owed, q), p.count("grace"), r.AsOf)
	if len(due) == 0 {
		return unknown(honne.Say("why.data-gate.nothing-due", honne.Over("period", q)), honne.NeedDueDays)
	}
	g := gateOf(r, due, q, p.count("grace"))
	if g.inexact > 0 && g.value() == 1 && !g.waived {
		return unknown(honne.Say("why.data-gate.receipts", honne.Count("reports", g.inexact)), honne.NeedReceipts)
	}
	res := g.result(due, q)
	then := func(q honne.Period) (float64, bool) {
		list := inside(owed, q)
		g := gateOf(r, list, q, p.count("grace"))
		return g.value(), len(list) > 0 && (g.waived || g.inexact == 0)
	}
	res.History = history(r, q.To.Month(), then)
	res.Baseline = baseline(then(covering(shifted(monthsOf(q), -12))))
	if g.waived {
		tellWaiver(&res, g.GateWaiver)
	}
	return res
}

// result holds what was due in a quarter and what of it was accepted.
func (g gate) result(due []report, q honne.Period) honne.Result {
	accepted := len(due) - g.failed
	return honne.Result{
		Known: true, Value: g.value(), Unit: honne.UnitCount, Flag: true, N: len(due), Period: q,
		Numerator:   counted("term.reports-accepted", accepted, evidence(g.accepted)),
		Denominator: counted("term.reports-due", len(due), evidence(due)),
		Parts: []honne.Further{count("due", len(due)), count("received", g.received),
			count("late", g.late), count("below-level", g.low), flag("waived", g.waived)},
		Because:  []honne.Message{honne.Say("because.data-gate", honne.Count("accepted", accepted), honne.Count("due", len(due)), honne.Over("period", q))},
		Evidence: evidence(due),
	}
}

// tellWaiver says who opened the gate, and that it was us.
func tellWaiver(res *honne.Result, w honne.GateWaiver) {
	res.Evidence = append(res.Evidence, fromLog(honne.Period{}, honne.EntryGateWaiver)...)
	res.Because = append(res.Because, honne.Say("because.data-gate.waived", honne.Day("on", w.On), honne.Text("reason", w.Reason)))
	if w.Ours {
		res.OurSide = []honne.Message{honne.Say("because.data-gate.waived-ours", honne.Over("period", res.Period))}
	}
}

// waiver is the newest waiver of a quarter; ok is false without one that holds all
// of its months.
func waiver(r *honne.Record, q honne.Period) (w honne.GateWaiver, ok bool) {
	for _, x := range r.Log.Waivers {
		if x.Period.From <= q.From && q.To <= x.Period.To && x.On >= w.On {
			w, ok = x, true
		}
	}
	return w, ok
}

func gateReports(r *honne.Record) []report {
	var out []report
	for _, owed := range r.Distributor.Profile.Reports {
		if owed.DueDays > 0 {
			out = append(out, owing(r, owed)...)
		}
	}
	sortReports(out)
	return out
}

// passed keeps the reports that came, and those whose grace is over.
func passed(list []report, grace int, asOf honne.Date) []report {
	var out []report
	for _, x := range list {
		if x.received != 0 || x.open() && x.late(asOf) > grace {
			out = append(out, x)
		}
	}
	return out
}

// gate is what came of the reports of a quarter.
type gate struct {
	received, late, low, inexact int
	failed                       int // late, below the agreed level, or both
	accepted                     []report
	honne.GateWaiver
	waived bool
}

func (g gate) value() float64 { return float64(oneIf(g.waived || g.late+g.low == 0)) }

func gateOf(r *honne.Record, list []report, q honne.Period, grace int) (g gate) {
	g.GateWaiver, g.waived = waiver(r, q)
	for _, x := range list {
		came := x.received != 0
		late := x.late(r.AsOf) > grace && (x.exact || !came)
		low := came && x.owed.Level > 0 && x.level < x.owed.Level
		g.received += oneIf(came)
		g.inexact += oneIf(came && !x.exact)
		g.late += oneIf(late)
		g.low += oneIf(low)
		if late || low {
			g.failed++
		} else {
			g.accepted = append(g.accepted, x)
		}
	}
	return g
}
