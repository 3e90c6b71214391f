package web

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"honne"
	"honne/internal/auth"
	"honne/internal/store"
)

// logKind is a kind of entry of the log, whatever its noun is.
type logKind interface {
	name() honne.EntryKind
	within() auth.Area
	rows(*visit, honne.Distributor) ([]EntryRow, error)
	open(*visit, honne.Distributor, int) (logged, error)
	fresh(*visit, honne.Distributor) (*sheet, error)
	keep(*visit, honne.Distributor, logged) (*sheet, error)
}

// logged is one entry of the log as its page needs it.
type logged struct {
	*sheet
	number, n int
	withdrawn bool
	proposed  bool // read in a message, and confirmed by nobody
	day       honne.Date
	history   []EntryVersion
	writes    bool
}

// EntryRow is an entry in a list.
type EntryRow struct {
	Code, Href, Day, Who string
	Words                []Detail
	Alone                bool // only its writer sees it

	day honne.Date
	n   int
}

// EntryVersion is what one person wrote or changed, or the machine proposed.
type EntryVersion struct {
	N            int
	Who, At, Why string
	Changes      []string
}

// formOf is a kind of entry with its form: who sees it, what it asks, by which
// day it is listed, and what a new one holds on that day.
type formOf[T honne.Entered] struct {
	area     auth.Area
	bind     func(*sheet, *T)
	day      func(T) honne.Date
	start    func(honne.Date) T
	check    func(*sheet, honne.Distributor, T) error // against what else is known; nil for nothing
	personal bool                                     // only who wrote it changes it
	alone    func(T) bool                             // a version that nobody else sees
}

func (k *formOf[T]) name() honne.EntryKind { var noun T; return noun.EntryKind() }

func (k *formOf[T]) within() auth.Area { return k.area }

// seen reports whether a version exists for the visitor.
func (k *formOf[T]) seen(v *visit, e honne.Entry[T]) bool {
	return k.alone == nil || e.By == v.user.ID || !k.alone(e.Body)
}

func (k *formOf[T]) rows(v *visit, d honne.Distributor) ([]EntryRow, error) {
	list, err := store.Entries[T](v.Context(), v.app.Store, d.ID)
	if err != nil {
		return nil, fmt.Errorf("web: list %s: %w", k.name(), err)
	}
	var out []EntryRow
	for _, e := range list {
		if !k.seen(v, e) {
			continue
		}
		day := k.day(e.Body)
		on := v.lang.Date(day)
		words := slices.DeleteFunc(k.shown(v, e.Body).words(), func(w Detail) bool { return w.Value == on }) // it stands before them
		out = append(out, EntryRow{Code: e.Code(), Href: entryLink(d, k.name(), e.Number), Day: on, Who: v.who(e.By),
			Words: words, Alone: k.alone != nil && k.alone(e.Body), day: day, n: e.Number})
	}
	slices.SortStableFunc(out, func(a, b EntryRow) int {
		if a.day != b.day {
			return int(b.day - a.day)
		}
		return b.n - a.n
	})
	return out, nil
}

// shown is the sheet of a noun as it stands.
func (k *formOf[T]) shown(v *visit, noun T) *sheet {
	s := &sheet{fields: v.fields(), kind: k.name()}
	k.bind(s, &noun)
	return s
}

// fresh is an empty form, filled with what its address already says.
func (k *formOf[T]) fresh(v *visit, d honne.Distributor) (*sheet, error) {
	var noun T
	on, err := v.dayAt(d)
	if err != nil {
		return nil, err
	}
	if k.start != nil {
		noun = k.start(on)
	}
	s := k.shown(v, noun)
	for i := range s.rows {
		if said := v.URL.Query().Get(s.rows[i].Name); said != "" {
			s.rows[i].Value = said
			for k := range s.rows[i].Options {
				s.rows[i].Options[k].Current = s.rows[i].Options[k].Href == said
			}
		}
	}
	return s, nil
}

// open reads an entry with its history; honne.ErrNotFound for one of another
// distributor, or one that does not exist for the visitor.
func (k *formOf[T]) open(v *visit, d honne.Distributor, number int) (logged, error) {
	all, err := store.EntryHistory[T](v.Context(), v.app.Store, number)
	if err != nil {
		return logged{}, fmt.Errorf("web: read %s: %w", k.name(), err)
	}
	e := all[len(all)-1]
	if e.Distributor != d.ID || !k.seen(v, e) {
		return logged{}, honne.ErrNotFound
	}
	out := logged{sheet: k.shown(v, e.Body), number: number, n: e.N, withdrawn: e.Withdrawn, proposed: e.By == 0 && !e.Withdrawn, day: k.day(e.Body),
		writes: v.may(auth.Write, k.area) && (!k.personal || e.By == v.user.ID)}
	var before *sheet
	for i, x := range all {
		s := k.shown(v, x.Body)
		if k.seen(v, x) {
			out.history = append(out.history, v.entryVersion(before, s, x.N, x.Withdrawn, i > 0 && all[i-1].Withdrawn, x.Why, x.By, x.At))
			before = s
		}
	}
	slices.Reverse(out.history)
	return out, nil
}

// entryVersion says how a version differs from the one before it.
func (v *visit) entryVersion(before, s *sheet, n int, withdrawn, was bool, why string, by honne.UserID, at time.Time) EntryVersion {
	out := EntryVersion{N: n, Who: v.who(by), At: v.lang.Instant(at), Why: why}
	if why == honne.WhyUndone {
		out.Why = v.t("history.undone")
	}
	switch {
	case withdrawn:
		out.Changes = []string{v.t("history.entry.withdrawn")}
		return out
	case before == nil:
		out.Changes = []string{v.t("history.entered")}
		return out
	case was:
		out.Changes = append(out.Changes, v.t("history.entry.back"))
	}
	none := "—"
	for i, row := range s.rows {
		if i < len(before.rows) && before.rows[i].said != row.said {
			out.Changes = append(out.Changes, v.t("history.becomes", honne.Text("field", row.Label),
				honne.Text("a", cmp.Or(before.rows[i].said, none)), honne.Text("b", cmp.Or(row.said, none))))
		}
	}
	return out
}

// keep writes a version of an entry out of the form: a new one where its number
// is 0. A sheet with problems comes back and nothing is written.
func (k *formOf[T]) keep(v *visit, d honne.Distributor, x logged) (*sheet, error) {
	var noun T
	withdraw := v.PathValue("act") == "withdraw"
	if x.number != 0 {
		all, err := store.EntryHistory[T](v.Context(), v.app.Store, x.number)
		if err != nil {
			return nil, fmt.Errorf("web: read %s: %w", k.name(), err)
		}
		noun = all[len(all)-1].Body
	}
	s := &sheet{fields: v.fields(), kind: k.name(), reads: !withdraw}
	k.bind(s, &noun)
	if k.check != nil && !withdraw {
		if err := k.check(s, d, noun); err != nil {
			return nil, err
		}
	}
	why := s.text("why")
	if withdraw && why == "" {
		s.fail("why", v.t("form.required", honne.Word("field", "form.why")))
	}
	if len(s.order) > 0 {
		return s, nil
	}
	_, err := store.Enter(v.Context(), v.app.Store, honne.Entry[T]{Distributor: d.ID, Number: x.number, N: x.n, Body: noun,
		Withdrawn: withdraw, Why: why, By: v.user.ID})
	if err != nil && !errors.Is(err, honne.ErrConflict) {
		err = fmt.Errorf("web: keep %s: %w", k.name(), err)
	}
	return s, err
}
