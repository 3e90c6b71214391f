package job

import (
	"regexp"
	"slices"
	"strconv"

	"honne"
	"honne/internal/intake/letter"
	"honne/internal/japan"
	"honne/internal/playbook"
	"honne/internal/promise"
)

// meets lists what a message tells of meetings, by words alone.
func meets(m honne.Mail, book *playbook.Playbook, words *promise.Recogniser) []honne.ToldMeeting {
	return letter.Meets(m.Text, m.Receipt.Day(), &book.Mail, calendarDays(words))
}

// calendarDays finds the days of the calendar that a sentence names.
func calendarDays(words *promise.Recogniser) func(string, honne.Date) []honne.Date {
	return func(sentence string, from honne.Date) []honne.Date {
		return words.Names(sentence, from, playbook.DayDate, playbook.DayOfYear)
	}
}

// meetingDays finds the days on which a sentence may have people meet, one of the month too,
// unless it is about another month: 1月の会議は11日.
func meetingDays(words *promise.Recogniser) func(string, honne.Date) []honne.Date {
	return func(sentence string, from honne.Date) []honne.Date {
		list := words.NamesOn(sentence, from, playbook.DayDate, playbook.DayOfYear, playbook.DayOfMonth)
		m := ofMonth.FindStringSubmatch(japan.Fold(sentence))
		if m == nil {
			return list
		}
		dated := words.NamesOn(sentence, from, playbook.DayDate, playbook.DayOfYear)
		return slices.DeleteFunc(list, func(d honne.Date) bool {
			_, month, _ := d.Civil()
			return strconv.Itoa(month) != m[1] && !slices.Contains(dated, d)
		})
	}
}

var ofMonth = regexp.MustCompile(`(\d{1,2})月の`)

// hearAgreed takes down the meeting that the other side's last message proposed and this one agrees to.
func (e *ear) hearAgreed(m, asked honne.Mail) {
	if asked.ID == 0 || m.Asks > 0 {
		return
	}
	again := slices.ContainsFunc(e.met, func(x proposal[honne.NotedMeeting]) bool {
		return x.Body.Topic == m.Topic && x.Body.PutOff != 0 && !x.Body.Held
	})
	told := letter.Agreed(asked.Text, m.Text, m.Receipt.Day(), again, &e.works.Playbook.Mail, meetingDays(e.words))
	if told.Day == 0 || slices.ContainsFunc(e.met, func(x proposal[honne.NotedMeeting]) bool { return x.Body.Day == told.Day }) {
		return
	}
	body := meetingOf(told, m)
	body.By = asked.Side
	e.met = append(e.met, proposal[honne.NotedMeeting]{Entry: honne.Entry[honne.NotedMeeting]{Body: body}, changed: true})
}

// hearMeetings takes down the meetings that a message sets, puts off or tells to have been
// held. One that is put off is one of the same topic that is still to come.
func (e *ear) hearMeetings(m honne.Mail) {
	for _, told := range meets(m, e.works.Playbook, e.words) {
		i := slices.IndexFunc(e.met, func(x proposal[honne.NotedMeeting]) bool {
			if told.PutOff {
				return x.Body.Topic == m.Topic && x.Body.Day >= m.Receipt.Day() && !x.Body.Held
			}
			return x.Body.Day == told.Day
		})
		switch {
		case told.PutOff && i < 0:
		case told.PutOff:
			if x := &e.met[i]; x.Body.PutOff == 0 {
				x.Body.PutOff, x.Body.PutOffBy, x.changed = m.Receipt.Day(), m.Side, true
			}
		case i < 0:
			e.met = append(e.met, proposal[honne.NotedMeeting]{Entry: honne.Entry[honne.NotedMeeting]{Body: meetingOf(told, m)}, changed: true})
		case told.Held && !e.met[i].Body.Held:
			e.met[i].Body.Held, e.met[i].changed = true, true
		}
	}
}

func meetingOf(told honne.ToldMeeting, m honne.Mail) honne.NotedMeeting {
	x := honne.NotedMeeting{Day: told.Day, Topic: m.Topic, Held: told.Held, What: told.Text, Source: m.Path, Mail: m.ID}
	if !told.Held {
		x.By = m.Side
	}
	return x
}
