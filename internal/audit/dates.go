package audit

import (
	"cmp"
	"slices"

	"honne"
)

// DateKind is what a day of an audit is for.
type DateKind string

// The kinds, in the order of their weight.
const (
	ActionDue   DateKind = "action"   // an action of the plan should be done
	DecisionDue DateKind = "decision" // the date for visible change: after it the decision is open again
	AuditDue    DateKind = "audit"    // the audit should be decided
	AuditAgain  DateKind = "again"    // the next audit should begin
	CheckDue    DateKind = "check"    // an action is looked at
)

// Cycle is how many months after the end of an audit the next one begins, where
// the audit says nothing else (domain A-05; the number is ours); LongestCycle is
// how many it may be at most.
const (
	Cycle        = 12
	LongestCycle = 60
)

// Dated is a day that matters in the audits of a distributor.
type Dated struct {
	Kind   DateKind
	On     honne.Date
	Audit  int                              // its number
	Action honne.Numbered[honne.PlanAction] // of ActionDue and CheckDue
}

// Dates lists the days, past and to come, of what still waits in the audits of
// one distributor, given oldest first, by day. An action waits until the figures
// of today say that it is done; a plan, until a later audit is decided.
func Dates(all []honne.Assessment, today honne.Picture) (out []Dated) {
	decided, open := false, false
	for i := len(all) - 1; i >= 0; i-- {
		a := all[i]
		d := a.Decision
		if !decided {
			out = append(out, planDates(a, today)...)
		}
		if !decided && d.Decided == honne.CorrectiveAction && d.Deadline != 0 {
			out = append(out, Dated{Kind: DecisionDue, On: d.Deadline, Audit: a.Number})
		}
		if a.Audit.Due != 0 && a.Audit.Closed == 0 && d.Decided == "" {
			out = append(out, Dated{Kind: AuditDue, On: a.Audit.Due, Audit: a.Number})
		}
		decided, open = decided || d.Decided != "", open || a.Audit.Closed == 0
	}
	if last := latest(all); last.Audit.Closed != 0 && !open {
		out = append(out, Dated{Kind: AuditAgain, On: monthsAfter(last.Audit.Closed, cmp.Or(last.Audit.Cycle, Cycle)), Audit: last.Number})
	}
	slices.SortStableFunc(out, func(x, y Dated) int { return cmp.Compare(x.On, y.On) })
	return out
}

// latest is the audit that was closed last.
func latest(all []honne.Assessment) (last honne.Assessment) {
	for _, a := range all {
		if a.Audit.Closed >= last.Audit.Closed {
			last = a
		}
	}
	return last
}

// planDates are when the actions of a plan are due, and looked at before.
func planDates(a honne.Assessment, today honne.Picture) (out []Dated) {
	for _, x := range a.Actions {
		if x.Body.Due == 0 || !Standing(x.Body, today).Waits() {
			continue
		}
		out = append(out, Dated{ActionDue, x.Body.Due, a.Number, x})
		step := map[string]int{"month": 1, "quarter": 3, "year": 12}[x.Body.Every]
		for n := step; step > 0 && x.Body.Begun != 0 && monthsAfter(x.Body.Begun, n) < x.Body.Due; n += step {
			out = append(out, Dated{CheckDue, monthsAfter(x.Body.Begun, n), a.Number, x})
		}
	}
	return out
}

// monthsAfter is the same day of a later month, its last where it has none.
func monthsAfter(d honne.Date, n int) honne.Date {
	_, _, day := d.Civil()
	m := d.Month() + honne.Month(n)
	return min(m.First()+honne.Date(day-1), m.Last())
}
