package audit

import "honne"

// ActionState is where an action of the plan stands, as the sentences action.STATE
// say it.
type ActionState string

// The states. That a day has passed is said only of an action whose measure is
// known: of any other nobody can tell that it is not done.
const (
	ActionDropped ActionState = "dropped"
	ActionUnknown ActionState = "unknown" // its measure is not known today
	ActionDone    ActionState = "done"
	ActionPassed  ActionState = "due-passed"
	ActionOpen    ActionState = "open"
)

// Waits reports whether something is still to be done.
func (s ActionState) Waits() bool { return s != ActionDropped && s != ActionDone }

// Standing is where an action stands by the figures of today: nothing but its
// measure closes it.
func Standing(a honne.PlanAction, today honne.Picture) ActionState {
	m, known := today.Known(a.Metric)
	switch {
	case a.Dropped != "":
		return ActionDropped
	case !known:
		return ActionUnknown
	case reached(a, m.Value):
		return ActionDone
	case a.Due != 0 && a.Due < today.AsOf:
		return ActionPassed
	}
	return ActionOpen
}

// reached reports whether the measure has got to its target, from whichever side
// it started.
func reached(a honne.PlanAction, now float64) bool {
	if a.Target >= a.Start {
		return now >= a.Target
	}
	return now <= a.Target
}
