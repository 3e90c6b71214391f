package mail

import (
	"context"
	"time"

	"github.com/emersion/go-imap/v2"
)

// Wait returns when there may be something new: the server says so, where it
// does such a thing (IDLE, RFC 2177), or it is time to look again. It also finds
// out that the connection has ended.
func (s *Session) Wait(ctx context.Context) error {
	if !s.client.Caps().Has(imap.CapIdle) {
		if err := pause(ctx, s.limits.Poll); err != nil {
			return err
		}
		return s.step(ctx, 0, func() error { return s.client.Noop().Wait() })
	}
	var end func() error
	err := s.step(ctx, 0, func() error {
		idle, err := s.client.Idle()
		end = func() error {
			if err := idle.Close(); err != nil {
				return err
			}
			return idle.Wait()
		}
		return err
	})
	if err != nil {
		return err
	}
	timer := time.NewTimer(s.limits.Idle)
	defer timer.Stop()
	select {
	case <-s.news:
	case <-timer.C:
	case <-s.client.Closed():
	case <-ctx.Done():
		return ctx.Err() // the connection is closed by its owner
	}
	return s.step(ctx, 0, end)
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
