package honne

import "slices"

// Arrival is what a file brings to the record: what it changes, and what was
// found when it was held against what was known. Nobody has accepted it yet.
type Arrival struct {
	Changes  []Change  // of earlier figures, as in Record.Changes
	Passed   []Message // what was looked at and agrees
	Problems []Problem // what does not; warnings are for a person to settle
}

// Restates reports whether it changes a figure of what was done or was there. What is
// expected (a forecast, a plan) is new each month, lines that are added change nothing
// that was said, and a month that was reported before its end was not over.
func (a Arrival) Restates() bool {
	return slices.ContainsFunc(a.Changes, func(c Change) bool {
		return c.Reason != ReasonAdded && (c.Series == Stock || slices.Contains(DoneSeries, c.Series)) &&
			(!c.First.Exact() || c.First.Day() > c.Period.To)
	})
}

// SignMove is a sign whose level an arrival changes.
type SignMove struct {
	Sign     SignID
	From, To Band
}

// Leave makes notes of the problems that a person looked at and left as they are.
func (d *Decisions) Leave(problems []Problem) {
	left := make(map[string]bool, len(d.Left))
	for _, key := range d.Left {
		left[key] = true
	}
	for i := range problems {
		if p := &problems[i]; p.Severity == SevWarning && left[p.Key()] {
			p.Severity, p.Left = SevNote, true
		}
	}
}
