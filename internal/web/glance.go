package web

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"honne"
	"honne/internal/audit"
	"honne/internal/auth"
	"honne/internal/inspect"
	"honne/internal/store"
)

// glance is what a page over several partners shows of one. Nobody changes it.
type glance struct {
	picture honne.Picture
	handled []inspect.Handling // of its signs, in their order
	months  []honne.MonthView  // the last of them, for the small chart
	audits  []audit.Dated      // days that matter in its audits
	owing   inspect.Owing      // what it waits for from us
	outlet  inspect.Outlet     // what our sales through it can be told from
}

// glanceKey is what a glance is of: what a visitor may not know is not in it.
type glanceKey struct {
	distributor honne.DistributorID
	known       honne.Date
	redFlags    bool
	voices      bool // what they say together
}

// glancesKept is how many glances are kept, at about 300 kB; one more lets go one
// of another day, else any.
const glancesKept = 512

// glances keeps each glance until something is added to what it was made of.
type glances struct {
	mu   sync.Mutex
	kept map[glanceKey]keptGlance
}

type keptGlance struct {
	mark   store.Mark
	silent bool // voices say nothing together: it is the same for who may not hear them
	glance glance
}

func (g *glances) get(key glanceKey, mark store.Mark) (glance, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if k, ok := g.kept[key]; ok && k.mark == mark {
		return k.glance, true
	}
	key.voices = true
	k, ok := g.kept[key]
	return k.glance, ok && k.silent && k.mark == mark
}

func (g *glances) put(key glanceKey, k keptGlance) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.kept == nil {
		g.kept = map[glanceKey]keptGlance{}
	}
	if _, again := g.kept[key]; !again && len(g.kept) >= glancesKept {
		g.letGo(key.known)
	}
	g.kept[key] = k
}

// letGo makes room for one.
func (g *glances) letGo(day honne.Date) {
	var one glanceKey
	for key := range g.kept {
		if one = key; key.known != day {
			break
		}
	}
	delete(g.kept, one)
}

// glance is the partner at a glance, as the visitor may see it.
func (v *visit) glance(d honne.Distributor) (glance, error) {
	at, err := v.asOf(d)
	if err != nil {
		return glance{}, err
	}
	return v.glanceAt(d, at)
}

// glanceAt is the same as known on a day.
func (v *visit) glanceAt(d honne.Distributor, at honne.AsOf) (glance, error) {
	// The mark is taken first: what is added meanwhile makes the next visit look again.
	mark, err := v.app.Store.Mark(v.Context(), d.ID)
	if err != nil {
		return glance{}, fmt.Errorf("web: look at %s: %w", d.Slug, err)
	}
	key := glanceKey{d.ID, at.Known, v.may(auth.Read, auth.RedFlags), v.hearsTogether()}
	if x, ok := v.app.glances.get(key, mark); ok {
		return x, nil
	}
	rec, p, err := v.pictureAt(d, at)
	if err != nil {
		return glance{}, err
	}
	x := glance{picture: p, months: smallMonths(&rec, p), audits: audit.Dates(rec.Audits, p), owing: inspect.Owed(&rec), outlet: inspect.OutletOf(&rec)}
	for _, s := range p.Signs {
		x.handled = append(x.handled, inspect.Handled(&rec, s))
	}
	silent := !slices.ContainsFunc(rec.Audits, func(a honne.Assessment) bool { return len(a.Released) > 0 })
	v.app.glances.put(key, keptGlance{mark, silent, x})
	return x, nil
}

// picture is what is really happening at a partner, where its record is not
// needed. Nobody changes it.
func (v *visit) picture(d honne.Distributor) (honne.Picture, error) {
	g, err := v.glance(d)
	return g.picture, err
}

// KeepFresh looks at every partner at once and then every so often, until the
// context ends, so that no visitor waits for what came with a report or with a
// new day. What goes wrong is logged, and the next look tries again.
func (s *Site) KeepFresh(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := s.refresh(ctx); err != nil && ctx.Err() == nil {
			s.app.Log.Error("web: keep pictures fresh", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// refresh looks as nearly everybody may: red flags are for counsel alone. The
// second look is made only at partners of which voices say something together.
func (s *Site) refresh(ctx context.Context) error {
	var wrong error
	for _, role := range []auth.Role{auth.Director, auth.Viewer} {
		v, err := s.app.as(ctx, store.User{Role: string(role)})
		if err != nil {
			return err
		}
		list, err := v.distributors()
		wrong = errors.Join(wrong, err)
		for _, d := range list {
			_, err := v.glance(d)
			wrong = errors.Join(wrong, err)
		}
	}
	return wrong
}
