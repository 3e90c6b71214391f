package job

import (
	"slices"

	"honne"
	"honne/internal/intake/letter"
	"honne/internal/playbook"
	"honne/internal/promise"
)

// changes lists what a message of the partner tells of changes there, with the day that
// it names.
func changes(m honne.Mail, book *playbook.Playbook, words *promise.Recogniser) []honne.ToldChange {
	if m.Side != honne.Theirs {
		return nil
	}
	told, said := letter.Changes(m.Text, &book.Mail), m.Receipt.Day()
	for i, t := range told {
		switch {
		case t.Kind == honne.PartnerLeave:
			told[i].Day, told[i].Until = span(words.Names(t.Text, said))
			continue
		case t.Kind != honne.PartnerLeaver:
		case t.Past: // of a day that has gone by, whose year is not named either
			told[i].Day = first(words.Names(t.Text, said-goneBy))
		default:
			told[i].Day = first(words.Names(t.Text, said))
		}
		if day := told[i].Day; day != 0 && t.Past != (day <= said) {
			told[i].Day = 0
		}
	}
	return slices.DeleteFunc(told, func(t honne.ToldChange) bool { return t.Kind == honne.PartnerLeave && t.Day == 0 })
}

// longestLeave bounds, in days, the leave that is taken down: a longer one is hardly one.
const longestLeave = 400

// span is the first and the last of two days, 0 where these are no leave.
func span(days []honne.Date) (from, until honne.Date) {
	if len(days) != 2 || days[0] == 0 || days[1] <= days[0] || days[1]-days[0] > longestLeave {
		return 0, 0
	}
	return days[0], days[1]
}

// goneBy is how many days ago somebody may have left of whom a message tells.
const goneBy = 180

// first is the first of some days, 0 where there is none.
func first(days []honne.Date) honne.Date {
	if len(days) == 0 {
		return 0
	}
	return days[0]
}

// hearChanges takes down what a message of the partner tells of changes there: until
// somebody confirms it, it asks for a look and no more. News of a successor belongs to
// the last person of whom nobody is told to follow.
func (e *ear) hearChanges(m honne.Mail) {
	for _, told := range changes(m, e.works.Playbook, e.words) {
		if told.Kind == honne.PartnerSuccessor {
			e.follow(m)
			continue
		}
		e.change(changeOf(told, m))
	}
}

// change takes a change down, unless it is there already.
func (e *ear) change(body honne.PartnerChange) {
	if !slices.ContainsFunc(e.there, func(x proposal[honne.PartnerChange]) bool {
		return x.Body.Kind == body.Kind && (x.Body.On == body.On || x.Body.Kind != honne.PartnerTraining && x.Body.What == body.What)
	}) {
		e.there = append(e.there, proposal[honne.PartnerChange]{Entry: honne.Entry[honne.PartnerChange]{Body: body}, changed: true})
	}
}

// hearDeclined takes down that the partner declines a training that we offered.
func (e *ear) hearDeclined(m honne.Mail, p honne.Passage) {
	if m.Side != honne.Theirs {
		return
	}
	if said := letter.Declined(m.Text, p.Before, &e.works.Playbook.Mail); said != "" {
		e.change(honne.PartnerChange{Kind: honne.PartnerTraining, On: m.Receipt.Day(), What: said, Source: m.Path, Mail: m.ID})
	}
}

func (e *ear) follow(m honne.Mail) {
	for i := len(e.there) - 1; i >= 0; i-- {
		if x := &e.there[i]; x.Body.Kind == honne.PartnerLeaver && x.Body.On <= m.Receipt.Day() {
			if x.Body.Followed == 0 {
				x.Body.Followed, x.changed = m.Receipt.Day(), true
			}
			return
		}
	}
}

func changeOf(told honne.ToldChange, m honne.Mail) honne.PartnerChange {
	x := honne.PartnerChange{Kind: told.Kind, On: m.Receipt.Day(), From: told.Day, Until: told.Until, What: told.Text, Competes: told.Competes, Source: m.Path, Mail: m.ID}
	if told.Kind == honne.PartnerGoods && told.Before != "" {
		x.What = told.Before + " " + told.Text
	}
	if told.Followed {
		x.Followed = x.On
	}
	return x
}
