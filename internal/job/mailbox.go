package job

import (
	"context"
	"errors"
	"fmt"

	"honne"
	"honne/internal/mail"
)

// Try opens a mailbox and its folder once, and names the folders that it has.
func (p *Postman) Try(ctx context.Context, id honne.MailboxID) (folders []string, err error) {
	box, err := p.Works.Store.Mailbox(ctx, id)
	if err != nil {
		return nil, err
	}
	s, err := opened(ctx, p, box, mail.Open)
	if err == nil {
		s.Close()
		box, err = p.Works.Store.Mailbox(ctx, id) // with the token that came
	}
	if err != nil {
		return nil, err
	}
	return opened(ctx, p, box, mail.Folders)
}

// opened opens a mailbox with the secrets that are kept of it. A token that was
// exchanged for another one is void, whatever became of the connection: the new
// one is kept.
func opened[T any](ctx context.Context, p *Postman, box honne.Watched,
	open func(context.Context, honne.Mailbox, *honne.Secrets, mail.Limits) (T, error)) (out T, err error) {
	secrets, err := OpenSecrets(p.Key, box.Mailbox.Account(), box.Sealed)
	if err != nil {
		return out, fmt.Errorf("%w: %w", errNoKey, err)
	}
	was := secrets
	out, err = open(ctx, box.Mailbox, &secrets, p.Limits)
	if secrets == was {
		return out, err
	}
	sealed, failed := SealSecrets(p.Key, box.Mailbox.Account(), secrets)
	if failed == nil {
		failed = p.Works.Store.ResealMailbox(context.WithoutCancel(ctx), box.ID, box.Version, sealed)
	}
	if failed != nil {
		p.Log.Error("job: keep the new token of a mailbox", "mailbox", int64(box.ID), "err", failed)
	}
	return out, err
}

// WhatIsWrong says to a person why a mailbox cannot be watched, and what to do.
func WhatIsWrong(err error) honne.Message {
	var t *mail.Trouble
	switch {
	case errors.As(err, &t):
		return t.What()
	case errors.Is(err, mail.ErrWithheld):
		return honne.Say("mailbox.trouble.withheld")
	case errors.Is(err, errNoKey):
		return honne.Say("mailbox.trouble.no-key")
	}
	return honne.Say("mailbox.trouble.own")
}

// errNoKey says that the secrets of a mailbox cannot be opened.
var errNoKey = errors.New("the key of the secrets is missing, or another one")
