package job

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"honne"
	"honne/internal/claim"
	"honne/internal/store"
)

// Hear searches the messages of a distributor that nobody searched yet for the
// reasons that the partner gives. They are proposals: a person confirms or
// dismisses them. One who searches the same messages at once keeps them; then
// this run has nothing to do.
func (w *Works) Hear(ctx context.Context, d honne.DistributorID) error {
	var ear *claim.Recogniser
	for {
		list, err := w.Store.Unheard(ctx, d, lettersAtOnce)
		if err != nil || len(list) == 0 {
			return err
		}
		if ear == nil {
			if ear, err = claim.NewRecogniser(w.Playbook); err != nil {
				return fmt.Errorf("job: search the messages of distributor %d: %w", d, err)
			}
		}
		var heard store.Heard
		for _, m := range list {
			before, err := w.before(ctx, d, m)
			if err != nil {
				return err
			}
			heard.Said = append(heard.Said, reasonsIn(ear, m, before)...)
		}
		err = w.Store.KeepHeard(ctx, d, list[len(list)-1].ID, heard)
		if err != nil && !errors.Is(err, honne.ErrConflict) {
			return err
		}
	}
}

// before is the text of the message that one answers, "" where it is not kept.
func (w *Works) before(ctx context.Context, d honne.DistributorID, m honne.Mail) (string, error) {
	if m.Side != honne.Theirs || len(m.Answers) == 0 {
		return "", nil
	}
	b, err := w.Store.MailByKey(ctx, d, m.Answers[len(m.Answers)-1])
	if errors.Is(err, honne.ErrNotFound) {
		return "", nil
	}
	return b.Text, err
}

// reasonsIn are the reasons of one message, each with its line.
func reasonsIn(r *claim.Recogniser, m honne.Mail, before string) (said []honne.Said) {
	if m.Side != honne.Theirs || m.Kind == honne.Automatic {
		return nil
	}
	runes := []rune(m.Text)
	for _, mention := range r.Recognise(honne.Passage{Text: m.Text, From: m.Side, Before: before}) {
		said = append(said, honne.Said{Mention: mention, Topic: m.Topic, Mail: m.ID, Setting: honne.ByMail,
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
