package letter

import (
	"slices"

	"honne"
	"honne/internal/playbook"
)

// Agreed is the meeting on a day to come that a message proposes and its reply agrees to; none,
// of no day, where the one names several, or the other another one, or holds back. Where more
// was asked, the reply must name the day: what is fine may be something else.
func Agreed(proposed, reply string, said honne.Date, w *playbook.MailWords, days func(sentence string, from honne.Date) []honne.Date) (x honne.ToldMeeting) {
	day, alone := proposedDay(proposed, said, w, days)
	for _, s := range sentences(reply, w) {
		agrees, not := w.AgreesToMeet(s.text)
		if not || slices.ContainsFunc(days(s.text, said), func(d honne.Date) bool { return d != day }) {
			return honne.ToldMeeting{}
		}
		if x.Day == 0 && day != 0 && agrees && (alone || len(days(s.text, said)) > 0) {
			x = honne.ToldMeeting{Text: s.text, Day: day}
		}
	}
	return x
}

// proposedDay is the one day to come for which a message asks to meet, 0 where there are several,
// and whether it asks nothing else.
func proposedDay(text string, said honne.Date, w *playbook.MailWords, days func(sentence string, from honne.Date) []honne.Date) (day honne.Date, alone bool) {
	alone = true
	for _, s := range sentences(text, w) {
		if !w.ProposesMeeting(s.text) {
			_, asks := w.Sentence(s.text)
			alone = alone && !asks
			continue
		}
		named := days(s.text, said)
		if day != 0 || len(named) != 1 || named[0] <= said || named[0] >= said+daysAhead {
			return 0, false
		}
		day = named[0]
	}
	return day, alone
}
