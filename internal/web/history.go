package web

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"honne/internal/store"
)

// historyDelay is how long a view may wait until it is written, with all others
// of that time in one transaction: no page waits for the history's lock.
const historyDelay = time.Second

// historian writes who saw and changed what. A change is written before its
// answer goes out; a view may be lost with the process.
type historian struct {
	app  *app
	mu   sync.Mutex
	seen []store.Trace
}

// note takes down what a visitor did. Doors that are quiet leave no trace: when
// somebody spoke off the record is nobody's business (domain 3.8).
func (h *historian) note(v *visit, d door) {
	if d.open || d.quiet || !v.signedIn {
		return
	}
	t := store.Trace{At: h.app.Now(), By: v.user.ID, Verb: store.Saw, Object: v.URL.Path, Detail: v.sent}
	if v.sent != "" {
		t.Verb = store.Exported
	} else if v.Method != http.MethodGet && !v.tried {
		t.Verb = store.Changed
	}
	if t.Verb != store.Saw {
		h.write(context.WithoutCancel(v.Context()), t)
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.seen = append(h.seen, t); len(h.seen) == 1 {
		time.AfterFunc(historyDelay, func() { h.write(context.Background()) })
	}
}

// leaves says what a page sends out of the house, in the words of store.Publish:
// document, edition, language, format; it is noted as exported.
func (v *visit) leaves(what ...string) { v.sent = strings.Join(what, " ") }

// write notes the views so far and then what was done, so that they stand in
// their order.
func (h *historian) write(ctx context.Context, done ...store.Trace) {
	h.mu.Lock()
	list := append(h.seen, done...)
	h.seen = nil
	h.mu.Unlock()
	if len(list) == 0 {
		return
	}
	if _, err := h.app.Store.Note(ctx, list...); err != nil {
		h.app.Log.Error("history", "error", err)
	}
}
