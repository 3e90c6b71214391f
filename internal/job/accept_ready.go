package job

import (
	"context"
	"fmt"
	"slices"

	"honne"
	"honne/internal/inspect"
)

// AcceptReady accepts a file with nothing to resolve, unless it changes figures that stand,
// which somebody must have seen, or what others say by now speaks against it: it was held
// against what was known when it was read, and files that came with it may have been
// accepted since, or wait beside it. What speaks against it is kept with its reading, and
// the file waits for a person, not accepted. A file that is not ready is honne.ErrConflict.
func (w *Works) AcceptReady(ctx context.Context, by honne.UserID, id honne.FileID) (accepted bool, err error) {
	return w.acceptHeld(ctx, by, id, restates)
}

// AcceptShown accepts as AcceptReady does, where a person sees what the file changes.
func (w *Works) AcceptShown(ctx context.Context, by honne.UserID, id honne.FileID) (accepted bool, err error) {
	return w.acceptHeld(ctx, by, id, nil)
}

func (w *Works) acceptHeld(ctx context.Context, by honne.UserID, id honne.FileID, also func(honne.Arrival) []honne.Problem) (accepted bool, err error) {
	f, err := w.Store.File(ctx, id)
	if err == nil && f.State != honne.FileReady {
		err = fmt.Errorf("the file is %s: %w", f.State, honne.ErrConflict)
	}
	var against []honne.Problem
	if err == nil {
		against, err = w.speaksAgainst(ctx, f, also)
	}
	switch {
	case err == nil && len(against) == 0:
		err = w.Accept(ctx, by, id)
		return err == nil, err
	case err == nil:
		err = w.keepOpen(ctx, id, against)
	}
	if err != nil {
		return false, fmt.Errorf("job: hold file %d again: %w", id, err)
	}
	return false, nil
}

// speaksAgainst holds a staged file against the record of now, and against the files that
// wait beside it. What a person left as it is says nothing any more.
func (w *Works) speaksAgainst(ctx context.Context, f honne.StoredFile, also func(honne.Arrival) []honne.Problem) ([]honne.Problem, error) {
	decided, err := w.Store.Decisions(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	held, err := w.hold(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	beside, err := w.beside(ctx, f)
	list := append(held.Problems, beside...)
	said := func(list []honne.Problem) []honne.Problem {
		decided.Said.Leave(list)
		return slices.DeleteFunc(list, func(p honne.Problem) bool { return p.Severity == honne.SevNote })
	}
	if list = said(list); len(list) == 0 && also != nil {
		list = said(also(held))
	}
	return list, err
}

// restates asks whether somebody saw that figures of months that were over change.
func restates(held honne.Arrival) []honne.Problem {
	if !held.Restates() {
		return nil
	}
	return []honne.Problem{{Severity: honne.SevWarning, What: honne.Say("arrival.restates")}}
}

// beside asks about a file that waits and came with this one, of the same month with
// other figures: were one of them accepted first, half of a month might stand.
func (w *Works) beside(ctx context.Context, f honne.StoredFile) ([]honne.Problem, error) {
	all, err := w.Store.Files(ctx, f.Distributor)
	if err != nil {
		return nil, err
	}
	r, err := w.Store.Reading(ctx, f.ID)
	for _, x := range all {
		if err != nil || x.ID == f.ID || x.State != honne.FileReady && x.State != honne.FileToResolve || x.Receipt.At.Sub(f.Receipt.At).Abs() >= inspect.SameMoment {
			continue
		}
		if problems, wrong := w.besideOne(ctx, f.ID, r, x.ID); wrong != nil || len(problems) > 0 {
			return problems, wrong
		}
	}
	return nil, err
}

func (w *Works) besideOne(ctx context.Context, id honne.FileID, r honne.Reading, other honne.FileID) ([]honne.Problem, error) {
	x, err := w.Store.Reading(ctx, other)
	if err != nil || !slices.ContainsFunc(r.Parts, func(p honne.Part) bool {
		return slices.ContainsFunc(x.Parts, func(q honne.Part) bool { return p.Series == q.Series && p.Scope == q.Scope })
	}) {
		return nil, err
	}
	before, err := w.Store.RecordWith(ctx, honne.AsOf{}, other)
	if err != nil {
		return nil, err
	}
	both, err := w.Store.RecordWith(ctx, honne.AsOf{}, id, other)
	return inspect.Together(&before, &both, id), err
}

func (w *Works) keepOpen(ctx context.Context, id honne.FileID, open []honne.Problem) error {
	r, err := w.Store.Reading(ctx, id)
	if err != nil {
		return err
	}
	r.Problems = append(r.Problems, open...)
	if err := w.Store.SaveReading(ctx, id, r); err != nil {
		return err
	}
	return w.Store.SetFileState(ctx, id, honne.FileToResolve)
}
