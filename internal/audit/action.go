package audit

import (
	"math"
	"slices"

	"honne"
)

// ActionState is where an action of the plan stands, as the sentences action.STATE
// say it.
type ActionState string

// The states. That a day has passed is said only of an action whose measure is
// known: of any other nobody can tell that it is not done.
const (
	ActionDropped ActionState = "dropped"
	ActionUnknown ActionState = "unknown" // its measure is not known today
	ActionDone    ActionState = "done"
	ActionReached ActionState = "reached" // by records of our own alone: a person closes it
	ActionPassed  ActionState = "due-passed"
	ActionOpen    ActionState = "open"
)

// Waits reports whether something is still to be done.
func (s ActionState) Waits() bool { return s != ActionDropped && s != ActionDone }

// Standing is where an action stands by the figures of today. The partner's own
// figures of a time after it began, in files that came since, close it; where its
// measure rests on anything else, a person does, with a reason. Nothing closes what
// has not got to its target.
func Standing(a honne.PlanAction, today honne.Picture) ActionState {
	m, known := today.Known(a.Metric)
	_, later, theirs := Later(a, today)
	switch {
	case a.Dropped != "":
		return ActionDropped
	case !known:
		return ActionUnknown
	case Reached(a, m.Value) && (a.Closed != "" || len(later) > 0):
		return ActionDone
	case Reached(a, m.Value) && !theirs:
		return ActionReached
	case a.Due != 0 && a.Due < today.AsOf:
		return ActionPassed
	}
	return ActionOpen
}

// Later finds what the measure of an action rests on: all of it, and those figures
// in it of a time that ends after the action began, in a file that came after it. It
// is theirs where the partner sent every file and nothing else is part of it:
// messages, our log, our shipments, a market, a target that was not agreed, a file
// of which nobody knows when it came; of a measure that is not theirs nothing is
// listed.
func Later(a honne.PlanAction, today honne.Picture) (own, later []honne.Selection, theirs bool) {
	m, _ := today.Known(a.Metric)
	undated := false
	for _, s := range m.Evidence {
		switch {
		case len(s.Mail) > 0, s.Log != "", slices.Contains(notTheirs[:], s.Series), s.Series == honne.Target && !today.KPIs.PlanAgreed:
			return nil, nil, false
		case s.Series == honne.Target:
			continue
		}
		files := brought(s, today.Deliveries)
		if len(files) == 0 || slices.ContainsFunc(files, func(d honne.Delivery) bool { return d.From != honne.Theirs }) {
			return nil, nil, false
		}
		own = append(own, s)
		if came, dated := cameLater(a, s, files, today); dated {
			later = append(later, s)
		} else {
			undated = undated || came
		}
	}
	if undated && len(later) == 0 {
		return nil, nil, false
	}
	return own, later, len(own) > 0
}

// brought are the deliveries in which selected figures stand.
func brought(s honne.Selection, all []honne.Delivery) (out []honne.Delivery) {
	for _, d := range all {
		if d.Series == s.Series && (slices.Contains(s.Submissions, d.Submission) || len(s.Submissions) == 0 && d.InForce) &&
			slices.ContainsFunc(d.Periods, func(p honne.Period) bool { return p.From <= s.Period.To && s.Period.From <= p.To }) {
			out = append(out, d)
		}
	}
	return out
}

// cameLater reports whether one of the files says what was after the action began,
// and whether it is known to have come after that day.
func cameLater(a honne.PlanAction, s honne.Selection, files []honne.Delivery, today honne.Picture) (says, dated bool) {
	if !slices.Contains(reported[:], s.Series) || a.Begun == 0 {
		return false, false
	}
	end := min(s.Period.To, today.Coverage.To.Period().To)
	for _, d := range files {
		if slices.ContainsFunc(d.Periods, func(p honne.Period) bool { return p.From <= end && a.Begun <= min(p.To, end) }) {
			says = says || d.Receipt.Basis == honne.ByLoad
			dated = dated || d.Receipt.Basis != honne.ByLoad && d.Receipt.Day() > a.Begun
		}
	}
	return says, dated
}

// notTheirs are the series that no partner reports.
var notTheirs = [...]honne.Series{honne.Shipments, honne.Market}

// reported are the series that say what was, and not what is planned or was long
// before.
var reported = [...]honne.Series{honne.Sales, honne.Purchases, honne.Stock, honne.Orders, honne.Backlog, honne.Returns}

// Reached reports whether a value has got to the target of an action, on the side on
// which its measure gets better; a bias on either side of nought. Of a figure to
// know it is the side away from where the action started.
func Reached(a honne.PlanAction, now float64) bool {
	higher := a.Target >= a.Start
	switch senses[a.Metric] {
	case ToZero:
		return math.Abs(now) <= math.Abs(a.Target)
	case Higher:
		higher = true
	case Lower:
		higher = false
	}
	if higher {
		return now >= a.Target
	}
	return now <= a.Target
}
