package job

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"honne"
	"honne/internal/assistant"
	"honne/internal/store"
	"honne/internal/vault"
)

// settingAssistant is where the assistant is kept, with its key sealed.
const settingAssistant = "assistant"

// Adviser asks the assistant that an administrator named, and no other, about one
// message at a time. What it finds are proposals of the machine's.
type Adviser struct {
	Works  *Works
	Key    *vault.HouseKey
	Limits assistant.Limits
}

// Assistant reads the assistant; found is false where nobody named one.
func (a *Adviser) Assistant(ctx context.Context) (x honne.Assistant, found bool, err error) {
	x, err = setting[honne.Assistant](ctx, a.Works.Store, settingAssistant)
	return x, x.URL != "", err
}

// Name keeps the assistant; one without an address is none. An empty key keeps the
// one before, as long as it is for the same address.
func (a *Adviser) Name(ctx context.Context, x honne.Assistant, key string) error {
	was, _, err := a.Assistant(ctx)
	if err != nil {
		return err
	}
	switch {
	case key != "":
		if x.Sealed, err = SealSecrets(a.Key, x.Account(), honne.Secrets{Secret: key}); err != nil {
			return err
		}
	case was.Account() == x.Account():
		x.Sealed = was.Sealed
	}
	return keepSetting(ctx, a.Works.Store, settingAssistant, x)
}

// key opens the key of an assistant; it is not given to another address.
func (a *Adviser) key(x honne.Assistant) (string, error) {
	if x.Sealed == "" {
		return "", nil
	}
	secrets, err := OpenSecrets(a.Key, x.Account(), x.Sealed)
	if err != nil {
		return "", errNoKey
	}
	return secrets.Secret, nil
}

// Ask sends a question about a message to the assistant that somebody saw named,
// and enters what came back as proposals; it returns how many are new.
func (a *Adviser) Ask(ctx context.Context, x honne.Assistant, d honne.DistributorID, m honne.Mail, q honne.Inquiry, known []string) (int, error) {
	key, err := a.key(x)
	if err != nil {
		return 0, fmt.Errorf("job: ask the assistant: %w", err)
	}
	list, err := assistant.Ask(ctx, x, key, q, known, a.Limits)
	if err != nil {
		return 0, err
	}
	return a.propose(ctx, d, m, x.Model, list)
}

// propose enters suggestions as people find proposals, but those of a reason that
// somebody, or the machine itself, saw in the message before.
func (a *Adviser) propose(ctx context.Context, d honne.DistributorID, m honne.Mail, model string, list []honne.Suggestion) (entered int, err error) {
	seen, err := a.seenIn(ctx, d, m)
	for _, s := range list {
		if err != nil || seen[s.Excuse] {
			continue
		}
		seen[s.Excuse] = true
		if _, err = store.Enter(ctx, a.Works.Store, honne.Entry[honne.Said]{Distributor: d, Body: suggested(m, model, s)}); err == nil {
			entered++
		}
	}
	return entered, err
}

// seenIn are the reasons that were ever entered of a message.
func (a *Adviser) seenIn(ctx context.Context, d honne.DistributorID, m honne.Mail) (map[string]bool, error) {
	before, err := store.EntryVersions[honne.Said](ctx, a.Works.Store, d)
	seen := map[string]bool{}
	for _, e := range before {
		if e.Body.Mail == m.ID {
			seen[e.Body.Excuse] = true
		}
	}
	return seen, err
}

func suggested(m honne.Mail, model string, s honne.Suggestion) honne.Said {
	from := utf8.RuneCountInString(m.Text[:strings.Index(m.Text, s.Words)])
	to := from + utf8.RuneCountInString(s.Words)
	return honne.Said{Assistant: model, Mention: honne.Mention{Excuse: s.Excuse, From: from, To: to}, Topic: m.Topic, Mail: m.ID, Setting: honne.ByMail,
		Quote: honne.Quote{On: m.Receipt.Day(), By: m.Side, At: m.Path, Text: lineAround([]rune(m.Text), from, to)}}
}

// WhatHindersAsking says to a person why an assistant gave no answer, and what to
// do.
func WhatHindersAsking(err error) honne.Message {
	var t *assistant.Trouble
	switch {
	case errors.As(err, &t):
		return honne.Say("assistant.trouble."+string(t.Kind), honne.Text("host", t.Host))
	case errors.Is(err, errNoKey):
		return honne.Say("assistant.trouble.no-key")
	}
	return honne.Say("assistant.trouble.own")
}
