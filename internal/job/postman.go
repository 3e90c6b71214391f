package job

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"honne"
	"honne/internal/intake"
	"honne/internal/mail"
	"honne/internal/vault"
)

// Postman watches the mailboxes that an administrator named. Of each message the
// addresses are looked at; one with a partner's domains is fetched whole and
// delivered, any other is counted, and its text never leaves its server. A
// mailbox that is a drop address is taken whole.
//
// How far it has come is kept in the database, after each message that was
// delivered: who dies between the two delivers it again, which changes nothing,
// because its bytes and its Message-ID are known. Where the server numbers its
// messages anew, or the domains of the partners change, all are looked at again,
// and those that are kept are not fetched.
type Postman struct {
	Works  *Works
	Read   func(context.Context, honne.FileID) error // enqueues the reading of a file
	Key    *vault.HouseKey
	Log    *slog.Logger
	Limits mail.Limits
	Retry  [2]time.Duration // between two attempts: the first, doubled up to the second
}

// DefaultRetry is the patience with a server that cannot be reached.
func DefaultRetry() [2]time.Duration { return [2]time.Duration{20 * time.Second, 15 * time.Minute} }

// watchKey is what a watching goes by: another one is another watching.
type watchKey struct {
	version int
	rule    string
}

// Run watches until the context ends. Every so often it looks whether mailboxes
// were added, changed, paused or removed, or domains of partners stated.
func (p *Postman) Run(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	rounds := map[honne.MailboxID]*round{}
	var done sync.WaitGroup
	defer done.Wait()
	for {
		if err := p.tend(ctx, rounds, &done); err != nil && ctx.Err() == nil {
			p.Log.Error("job: tend the watched mailboxes", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (p *Postman) tend(ctx context.Context, rounds map[honne.MailboxID]*round, done *sync.WaitGroup) error {
	list, err := p.Works.Store.Mailboxes(ctx)
	if err != nil {
		return err
	}
	partners, err := p.Works.Store.Distributors(ctx)
	if err != nil {
		return err
	}
	wanted := map[honne.MailboxID]watchKey{}
	for _, m := range list {
		if !m.Paused {
			wanted[m.ID] = watchKey{m.Version, ruleOf(partners)}
		}
	}
	for id, r := range rounds {
		if wanted[id] != r.key {
			r.stop()
			delete(rounds, id)
		}
	}
	for id, key := range wanted {
		if rounds[id] != nil {
			continue
		}
		within, cancel := context.WithCancel(ctx)
		r := &round{Postman: p, id: id, key: key, stop: cancel, partners: partners, failed: map[uint32]int{}}
		rounds[id] = r
		done.Go(func() { r.run(within) })
	}
	return nil
}

// ruleOf says in short which domains are asked for.
func ruleOf(partners []honne.Distributor) string {
	h := sha256.New()
	for _, d := range partners {
		if !d.Sample && len(d.Profile.Domains) > 0 {
			fmt.Fprintf(h, "%d %q\n", d.ID, d.Profile.Domains)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// round is the watching of one mailbox.
type round struct {
	*Postman
	id       honne.MailboxID
	key      watchKey
	stop     context.CancelFunc
	partners []honne.Distributor
	failed   map[uint32]int // how often a message could not be had
}

func (r *round) run(ctx context.Context) {
	wait := r.Retry[0]
	for ctx.Err() == nil {
		looked, err := r.watch(ctx)
		if ctx.Err() != nil {
			return
		}
		if looked {
			wait = r.Retry[0]
		}
		if refused(err) {
			wait = r.Retry[1] // a server may lock an account that is tried too often
		}
		r.tell(ctx, err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		wait = min(2*wait, r.Retry[1])
	}
}

func refused(err error) bool {
	var t *mail.Trouble
	return errors.As(err, &t) && (t.Kind == mail.Refused || t.Kind == mail.RefusedToken || t.Kind == mail.NoToken)
}

// tell keeps for the settings why a mailbox cannot be watched, and logs it.
func (r *round) tell(ctx context.Context, err error) {
	r.Log.Warn("job: watch a mailbox", "mailbox", int64(r.id), "err", err)
	if err := r.Works.Store.FailMailbox(ctx, r.id, WhatIsWrong(err)); err != nil && !errors.Is(err, honne.ErrNotFound) && ctx.Err() == nil {
		r.Log.Error("job: watch a mailbox", "mailbox", int64(r.id), "err", err)
	}
}

// watch opens a mailbox and looks at it until something goes wrong; looked says
// whether all there was had been looked at.
func (r *round) watch(ctx context.Context) (looked bool, err error) {
	box, err := r.Works.Store.Mailbox(ctx, r.id)
	if err != nil {
		return false, err
	}
	s, err := opened(ctx, r.Postman, box, mail.Open)
	if err != nil {
		return false, err
	}
	defer s.Close()
	for {
		if err := r.look(ctx, s); err != nil && !errors.Is(err, honne.ErrConflict) {
			return looked, err
		}
		looked = true
		if err := s.Wait(ctx); err != nil {
			return looked, err
		}
	}
}

// look looks at every message behind the mark. A mark that another process moved
// is honne.ErrConflict: it looks at the same.
func (r *round) look(ctx context.Context, s *mail.Session) error {
	box, err := r.Works.Store.Mailbox(ctx, r.id)
	if err != nil {
		return err
	}
	mark := box.Mark
	if mark.Validity != s.Validity() || mark.Rule != r.key.rule {
		if err := r.move(ctx, &mark, honne.WatchMark{Validity: s.Validity(), Rule: r.key.rule}); err != nil {
			return err
		}
	}
	for heads, err := range s.Heads(ctx, mark.UID) {
		if err != nil {
			return err
		}
		next := mark
		for _, h := range heads {
			came, err := r.message(ctx, s, box.Drop, h, &next)
			if err != nil {
				return errors.Join(err, r.move(ctx, &mark, next))
			}
			next.UID = h.UID
			if came {
				if err := r.move(ctx, &mark, next); err != nil {
					return err
				}
			}
		}
		if err := r.move(ctx, &mark, next); err != nil {
			return err
		}
	}
	return r.Works.Store.LookedAtMailbox(ctx, r.id)
}

func (r *round) move(ctx context.Context, mark *honne.WatchMark, to honne.WatchMark) error {
	if *mark == to {
		return nil
	}
	err := r.Works.Store.MarkMailbox(ctx, r.id, *mark, to)
	if err == nil {
		*mark = to
	}
	return err
}

// message decides on a message and takes it in where it is wanted; came says that
// it was.
func (r *round) message(ctx context.Context, s *mail.Session, drop bool, h mail.Head, mark *honne.WatchMark) (came bool, err error) {
	head := intake.LetterheadOf(h.Fields)
	to := addressees(r.partners, head.With)
	if len(to) == 0 && !drop {
		mark.Dropped++
		return false, nil
	}
	known, err := r.known(ctx, to, head.Key())
	if err != nil || known {
		mark.Kept += count(known)
		return false, err
	}
	err = r.fetch(ctx, s, h, drop)
	switch {
	case err == nil:
		mark.Kept++
	case errors.Is(err, mail.ErrGone):
		return false, nil
	case errors.Is(err, mail.ErrTooLarge) || r.failed[h.UID] >= patience:
		mark.Left++
		r.Log.Warn("job: a message was left in its mailbox", "mailbox", int64(r.id), "uid", h.UID, "err", err)
		if errors.Is(err, mail.ErrTooLarge) || errors.Is(err, mail.ErrWithheld) {
			return true, nil
		}
		mark.UID = h.UID // the connection is gone; the next one begins behind it
	}
	return err == nil, err
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// known reports whether all partners of a message have it.
func (r *round) known(ctx context.Context, to []honne.Distributor, key string) (bool, error) {
	for _, d := range to {
		known, err := r.Works.Store.KnowsMail(ctx, d.ID, key)
		if err != nil || !known {
			return false, err
		}
	}
	return len(to) > 0, nil
}

// patience is how often a message is asked for that cannot be had.
const patience = 3

// fetch takes a message in as it comes from the server.
func (r *round) fetch(ctx context.Context, s *mail.Session, h mail.Head, drop bool) error {
	from, to := io.Pipe()
	fetched := make(chan error, 1)
	go func() {
		err := s.Message(ctx, h, to)
		to.CloseWithError(err)
		fetched <- err
	}()
	ids, err := r.Works.Deliver(ctx, from, r.partners, drop)
	from.CloseWithError(errors.Join(err, io.ErrClosedPipe))
	failed := <-fetched
	if failed != nil && !errors.Is(failed, io.ErrClosedPipe) { // else it was ended from this side
		if t := (*mail.Trouble)(nil); errors.As(failed, &t) || errors.Is(failed, mail.ErrWithheld) {
			r.failed[h.UID]++
		}
		return failed
	}
	if err != nil {
		return err
	}
	for _, id := range ids {
		f, err := r.Works.Store.File(ctx, id)
		if err == nil && f.State == honne.FileReading {
			err = r.Read(ctx, id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
