package audit

import (
	"slices"

	"honne"
)

// KeptDays is how long voices off the record are kept after the report (domain
// 3.8).
const KeptDays = 90

// NoticeDays is how far ahead a day is set that would be past already, as in an
// audit that was reported before reports set one: whoever must still release what
// voices say together has a working week and its weekend to see the day, and nothing
// is gone before anybody could have read that it would be.
const NoticeDays = 7

// SharedKinds are the documents of an audit that may go to a partner. Each is a
// report of it, for whichever side it was made.
var SharedKinds = [...]string{"audit", "plan", "renewal"}

// ForgetDay is the day on which what was said in an audit is to be forgotten,
// whoever holds it: counted from its first report, or from its closing where that
// came first; 0 before both.
func ForgetDay(a honne.Assessment) honne.Date {
	from := a.Audit.Closed
	for _, p := range a.Publication {
		if slices.Contains(SharedKinds[:], p.Kind) && (from == 0 || p.On < from) {
			from = p.On
		}
	}
	if from == 0 {
		return 0
	}
	return from + KeptDays
}

// ForgetOn is that day as the keys of the audit are to bear it from today on, where
// they bear another until now (0: none); 0 while counsel holds them. A day that is
// past before they bore it comes with notice, and no later than the one they bear.
func ForgetOn(a honne.Assessment, bear, today honne.Date) honne.Date {
	day := ForgetDay(a)
	switch {
	case day == 0 || a.Audit.Held != "":
		return 0
	case day > today:
		return day
	case bear == 0:
		return today + NoticeDays
	}
	return max(day, min(bear, today+NoticeDays))
}
