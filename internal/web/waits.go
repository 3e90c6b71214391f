package web

import (
	"context"
	"sync"

	"honne"
	"honne/internal/store"
)

// waitingKept keeps what waits at all distributors until something is added to it: the
// menu of every page counts it.
type waitingKept struct {
	mu   sync.Mutex
	mark string
	on   honne.Date
	list map[honne.DistributorID]store.Waiting
}

// at is what waits on a day. Nobody changes it.
func (w *waitingKept) at(ctx context.Context, s *store.Store, on honne.Date) (map[honne.DistributorID]store.Waiting, error) {
	// The mark is taken first: what is added meanwhile makes the next page count again.
	mark, err := s.WaitingMark(ctx)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.list != nil && w.mark == mark && w.on == on {
		return w.list, nil
	}
	list, err := s.Waiting(ctx, on)
	if err == nil {
		w.mark, w.on, w.list = mark, on, list
	}
	return list, err
}
