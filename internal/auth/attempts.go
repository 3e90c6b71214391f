package auth

import (
	"sync"
	"time"
)

// Attempts counts attempts by key within a window, in memory: a process that
// starts anew forgets them, and each process counts its own.
type Attempts struct {
	limit  int
	window time.Duration

	mu   sync.Mutex
	seen map[string]tally
}

type tally struct {
	n     int
	since time.Time
}

// maxKeys bounds the memory that strangers can take.
const maxKeys = 10_000

// NewAttempts allows limit attempts a key within the window.
func NewAttempts(limit int, window time.Duration) *Attempts {
	return &Attempts{limit: limit, window: window, seen: map[string]tally{}}
}

// Allow counts an attempt and reports whether it is within the limit.
func (a *Attempts) Allow(key string, now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.seen) >= maxKeys {
		a.sweep(now)
	}
	t := a.seen[key]
	if now.Sub(t.since) >= a.window {
		t = tally{since: now}
	}
	t.n++
	if _, old := a.seen[key]; old || len(a.seen) < maxKeys {
		a.seen[key] = t
	}
	return t.n <= a.limit
}

// Return takes an attempt back that turned out to be no failure; the others of
// its key stay counted.
func (a *Attempts) Return(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if t, known := a.seen[key]; known && t.n > 0 {
		t.n--
		a.seen[key] = t
	}
}

// Forget clears a key, after a success.
func (a *Attempts) Forget(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.seen, key)
}

func (a *Attempts) sweep(now time.Time) {
	for k, t := range a.seen {
		if now.Sub(t.since) >= a.window {
			delete(a.seen, k)
		}
	}
}
