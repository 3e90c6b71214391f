package job

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"honne"
	"honne/internal/mail"
	"honne/internal/store"
	"honne/internal/vault"
)

// settingOutgoing is where the server of outgoing mail is kept, with its password
// sealed.
const settingOutgoing = "outgoing"

// Sender sends a letter a week to the people who asked for one, by the server that
// an administrator named and by no other. A week without anything to say has no
// letter.
type Sender struct {
	Store *store.Store
	Key   *vault.HouseKey
	// Compose writes the letter of a person, of nothing but what that person may
	// see; ok is false when there is nothing to say.
	Compose func(ctx context.Context, to store.User, o honne.Outgoing, at time.Time) (l honne.Letter, ok bool, err error)
	Limits  mail.Limits
}

// Outgoing reads the server of outgoing mail; found is false where nobody named
// one.
func (s *Sender) Outgoing(ctx context.Context) (o honne.Outgoing, found bool, err error) {
	o, err = setting[honne.Outgoing](ctx, s.Store, settingOutgoing)
	return o, o.Host != "", err
}

// Name keeps the server of outgoing mail. An empty password keeps the one before,
// as long as it goes to the same account; honne.ErrInvalid where there is none.
func (s *Sender) Name(ctx context.Context, o honne.Outgoing, password string) error {
	was, _, err := s.Outgoing(ctx)
	if err != nil {
		return err
	}
	switch {
	case o.User == "":
		o.Sealed = ""
	case password != "":
		if o.Sealed, err = SealSecrets(s.Key, o.Account(), honne.Secrets{Secret: password}); err != nil {
			return err
		}
	case was.Account() == o.Account() && was.Sealed != "":
		o.Sealed = was.Sealed
	default:
		return fmt.Errorf("job: name a server of mail without its password: %w", honne.ErrInvalid)
	}
	return keepSetting(ctx, s.Store, settingOutgoing, o)
}

// password opens the password of a server; it is not given to another account.
func (s *Sender) password(o honne.Outgoing) (string, error) {
	if o.User == "" {
		return "", nil
	}
	secrets, err := OpenSecrets(s.Key, o.Account(), o.Sealed)
	if err != nil {
		return "", errNoKey
	}
	return secrets.Secret, nil
}

// Send sends one letter by the server that was named; honne.ErrNotFound without
// one.
func (s *Sender) Send(ctx context.Context, l honne.Letter) error {
	o, found, err := s.Outgoing(ctx)
	if err == nil && !found {
		err = fmt.Errorf("job: no server of mail is named: %w", honne.ErrNotFound)
	}
	if err != nil {
		return err
	}
	password, err := s.password(o)
	if err != nil {
		return err
	}
	return mail.Send(ctx, o, password, l, s.Limits)
}

// weekOpens is the hour of Monday in Japan from which the letters of a week go out.
const weekOpens = 7

// beginOfWeek is the last opening of a week at or before an instant.
func beginOfWeek(now time.Time) time.Time {
	day := now.In(honne.Japan).Add(-weekOpens * time.Hour)
	back := (int(day.Weekday()) + 6) % 7
	y, m, d := day.Date()
	return time.Date(y, m, d-back, weekOpens, 0, 0, 0, honne.Japan)
}

// Week sends the letters of the week that are still to be sent. One that fails is
// tried again at the next run; each goes out at most once a week, whoever runs.
func (s *Sender) Week(ctx context.Context, now time.Time) error {
	o, found, err := s.Outgoing(ctx)
	if err != nil || !found || o.Paused {
		return err
	}
	since := beginOfWeek(now)
	readers, err := s.Store.WeeklyReaders(ctx, since)
	for _, u := range readers {
		err = errors.Join(err, s.write(ctx, o, u, since, now))
	}
	return err
}

func (s *Sender) write(ctx context.Context, o honne.Outgoing, u store.User, since, now time.Time) error {
	before, err := s.Store.Notices(ctx, u.ID)
	if err != nil {
		return err
	}
	if mine, err := s.Store.BeginWeek(ctx, u.ID, since, now); err != nil || !mine {
		return err
	}
	l, ok, err := s.Compose(ctx, u, o, now)
	if err == nil && ok {
		err = s.Send(ctx, l)
	}
	if err != nil {
		return errors.Join(err, s.Store.ReturnWeek(context.WithoutCancel(ctx), u.ID, now, before.Sent))
	}
	return nil
}

// weeklyLetters sends the letters of the week.
type weeklyLetters struct{}

// Kind names the job in the database.
func (weeklyLetters) Kind() string { return "weekly_letters" }

// weeklyPeriodically looks every hour whether letters are to be sent; of several
// servers one does.
func weeklyPeriodically() *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(time.Hour), func() (river.JobArgs, *river.InsertOpts) {
		return weeklyLetters{}, &river.InsertOpts{MaxAttempts: 1} // the next hour tries again
	}, &river.PeriodicJobOpts{RunOnStart: true})
}

type weeklyLettersWorker struct {
	river.WorkerDefaults[weeklyLetters]
	queue *Queue
}

// Work sends what is due at the hour of the job.
func (w *weeklyLettersWorker) Work(ctx context.Context, j *river.Job[weeklyLetters]) error {
	s := w.queue.works.Sender
	if s == nil {
		return nil
	}
	return s.Week(ctx, j.ScheduledAt)
}

// WhatHindersSending says to a person why a letter cannot be sent, and what to do.
func WhatHindersSending(err error) honne.Message {
	var t *mail.Trouble
	switch {
	case errors.As(err, &t):
		return honne.Say("post.trouble."+string(t.Kind), honne.Text("host", t.Host))
	case errors.Is(err, errNoKey):
		return honne.Say("post.trouble.no-key")
	case errors.Is(err, honne.ErrNotFound):
		return honne.Say("post.trouble.none")
	}
	return honne.Say("post.trouble.own")
}
