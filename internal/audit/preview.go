package audit

import (
	"honne"
	"honne/internal/japan"
)

// Ahead is how many business days the partner's side has between a preview and the
// meeting, so that it can agree among itself (domain 3.9).
const Ahead = 5

// Foreseen is how a document was gone through with who leads the partner's side.
type Foreseen struct {
	First   honne.Preview // zero where nobody noted one
	Meeting honne.Date    // the last day that was set for the meeting; 0 for none
	Days    int           // business days from the first preview to the meeting, or to today
}

// Foresee looks at the previews of a document: the first counts, because from then
// on they know; the meeting is the one that was set last.
func Foresee(list []honne.Preview, kind string, days *japan.Calendar, today honne.Date) (f Foreseen) {
	for _, p := range list {
		if p.Kind != kind {
			continue
		}
		if f.First.On == 0 || p.On < f.First.On {
			f.First = p
		}
		if p.Meeting != 0 {
			f.Meeting = p.Meeting
		}
	}
	if f.First.On == 0 {
		return Foreseen{}
	}
	until := f.Meeting
	if until == 0 {
		until = today
	}
	f.Days = days.Between(f.First.On, until)
	return f
}

// Warning says what is missing before the document is handed over; false where
// nothing is. It warns: a person decides.
func (f Foreseen) Warning() (honne.Message, bool) {
	least := honne.Count("least", Ahead)
	switch {
	case f.First.On == 0:
		return honne.Say("ahead.none", least), true
	case f.Days >= Ahead:
		return honne.Message{}, false
	case f.Meeting != 0:
		return honne.Say("ahead.short-meeting", honne.Count("n", f.Days), honne.Day("on", f.First.On), honne.Day("day", f.Meeting), least), true
	}
	return honne.Say("ahead.short-today", honne.Count("n", f.Days), honne.Day("on", f.First.On), least), true
}
