package main

import (
	"strings"

	"honne"
	"honne/internal/claim"
)

// reasons recognises the reasons in the partner's messages that were known on a
// day, oldest first; nobody has confirmed them. An anonymous picture counts them
// and quotes nothing.
func (in *inspection) reasons(d honne.DistributorID, asOf honne.Date, anonymous bool) (said []honne.Said, err error) {
	r, err := claim.NewRecogniser(in.env.book)
	if err != nil {
		return nil, err
	}
	after := honne.MailID(0)
	for {
		list, err := in.app.store.Mails(in.env.ctx, d, after, lettersAtOnce)
		if err != nil || len(list) == 0 {
			return said, err
		}
		for _, m := range list {
			if day := m.Receipt.Day(); m.Side == honne.Theirs && m.Kind != honne.Automatic && day <= asOf {
				said = append(said, reasonsIn(r, m)...)
			}
		}
		if anonymous {
			for i := range said {
				said[i].At, said[i].Text = "", ""
			}
		}
		after = list[len(list)-1].ID
	}
}

// reasonsIn are the reasons of one message, each with its line.
func reasonsIn(r *claim.Recogniser, m honne.Mail) (said []honne.Said) {
	runes := []rune(m.Text)
	for _, mention := range r.Recognise(honne.Passage{Text: m.Text, From: m.Side}) {
		said = append(said, honne.Said{Mention: mention, Topic: m.Topic,
			Quote: honne.Quote{On: m.Receipt.Day(), By: m.Side, At: m.Path, Text: lineAround(runes, mention.From, mention.To)}})
	}
	return said
}

// lineAround returns the line, or lines, that a stretch stands in.
func lineAround(runes []rune, from, to int) string {
	for from > 0 && runes[from-1] != '\n' {
		from--
	}
	for to < len(runes) && runes[to] != '\n' {
		to++
	}
	return strings.TrimSpace(string(runes[from:to]))
}
