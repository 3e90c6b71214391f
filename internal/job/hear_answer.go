package job

import (
	"honne"
	"honne/internal/intake/letter"
	"honne/internal/promise"
)

// hearAnswer takes a message of substance for the answer that its side promised by a day in the
// same conversation: up to that day, or later where it was asked for again. Where it may be one
// of several, it is none.
func (e *ear) hearAnswer(m, asked honne.Mail) {
	if m.Kind == honne.Acknowledgement || m.Asks > 0 || letter.PromisesAnswer(m.Text, &e.works.Playbook.Mail) {
		return
	}
	at := -1
	for i, p := range e.promises {
		switch {
		case p.Body.Outcome != honne.PromiseOpen || !e.mayAnswer(p.Body, m, asked):
		case at >= 0:
			return
		default:
			at = i
		}
	}
	if at >= 0 {
		e.promises[at].Body, e.promises[at].changed = promise.Done(e.promises[at].Body, m.Receipt.Day()), true
	}
}

func (e *ear) mayAnswer(p honne.Promise, m, asked honne.Mail) bool {
	day := m.Receipt.Day()
	again := asked.ID != 0 && asked.Receipt.Day() > p.Due && (asked.Asks > 0 || e.words.Misses(asked.Text))
	return p.Topic == m.Topic && p.By == m.Side && p.Mail != m.ID && p.Due != 0 && p.Made <= day && (day <= p.Due || again) && e.words.Answers(p, m.Text)
}
