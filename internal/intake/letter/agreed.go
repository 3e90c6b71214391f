package letter

import (
	"slices"

	"honne"
	"honne/internal/playbook"
)

// Agreed is the meeting on a day to come that a message proposes and its reply agrees to; none,
// of no day, where the one names several, or the other another one, or holds back. Where more
// was asked, the reply must name the day: what is fine may be something else. Where a meeting was
// put off (again), a message may take one of the days that were offered.
func Agreed(proposed, reply string, said honne.Date, again bool, w *playbook.MailWords, days func(sentence string, from honne.Date) []honne.Date) (x honne.ToldMeeting) {
	day, alone := proposedDay(proposed, said, w, days)
	if day == 0 && again {
		day, alone = takenDay(proposed, said, w, days), false
	}
	for _, s := range sentences(reply, w) {
		named := days(s.text, said)
		agrees, not := w.AgreesToMeet(s.text)
		if not && (alone || len(named) > 0 || w.SpeaksOfMeeting(s.text)) || slices.ContainsFunc(named, func(d honne.Date) bool { return d != day }) {
			return honne.ToldMeeting{}
		}
		if x.Day == 0 && day != 0 && agrees && (alone || len(named) > 0) {
			x = honne.ToldMeeting{Text: s.text, Day: day}
		}
	}
	return x
}

// takenDay is the one day to come that a message takes for a meeting which was put off.
func takenDay(text string, said honne.Date, w *playbook.MailWords, days func(sentence string, from honne.Date) []honne.Date) (day honne.Date) {
	for _, s := range sentences(text, w) {
		named := days(s.text, said)
		if len(named) == 0 {
			continue
		}
		if day != 0 || len(named) > 1 || !w.SetsAgain(s.text) || named[0] <= said || named[0] >= said+daysAhead {
			return 0
		}
		day = named[0]
	}
	return day
}

// proposedDay is the one day to come for which a message asks to meet, 0 where there are several,
// and whether it asks nothing else.
func proposedDay(text string, said honne.Date, w *playbook.MailWords, days func(sentence string, from honne.Date) []honne.Date) (day honne.Date, alone bool) {
	alone = true
	for list := sentences(text, w); len(list) > 0; {
		part, n := proposes(list, w)
		_, asks := w.Sentence(list[0].text)
		list = list[max(n, 1):]
		named := days(part, said)
		if n == 0 || len(named) == 0 {
			alone = alone && !asks
			continue
		}
		if day != 0 || len(named) != 1 || named[0] <= said || named[0] >= said+daysAhead {
			return 0, false
		}
		day = named[0]
	}
	return day, alone
}

// proposes returns the part of a text that may name the day for which its first sentence asks to
// meet, and of how many sentences it is, 0 for none: one that asks, one that puts a meeting off to
// another day, or one that wishes to meet before one that asks whether a day would do.
func proposes(list []spoken, w *playbook.MailWords) (part string, n int) {
	text := list[0].text
	if w.PutsOff(text) {
		if part = w.PutsOffTo(text); part == "" {
			return "", 0
		}
		return part, 1
	}
	if len(list) > 1 && w.WishesMeeting(text) && w.AsksIfFits(list[1].text) {
		return text + " " + list[1].text, 2
	}
	if w.ProposesMeeting(text) {
		return text, 1
	}
	return "", 0
}
