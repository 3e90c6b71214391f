package job

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"honne"
	"honne/internal/inspect"
	"honne/internal/intake"
	"honne/internal/japan"
)

// hold holds what is staged of a file against the record, where there is one.
func (w *Works) hold(ctx context.Context, id honne.FileID) (honne.Arrival, error) {
	rec, err := w.Store.RecordWith(ctx, honne.AsOf{}, id)
	if err != nil || rec.Files < 2 {
		return honne.Arrival{}, err
	}
	var before honne.Record // asked for by no other check
	if inspect.Replaces(&rec, id) {
		if before, err = w.Store.Record(ctx, rec.Distributor.ID, honne.AsOf{}); err != nil {
			return honne.Arrival{}, err
		}
	}
	return inspect.Arrive(&before, &rec, id), nil
}

// Look returns rows of a table of a file as they are read, as intake.Look does.
func (w *Works) Look(ctx context.Context, id honne.FileID, table int, from, to int32) ([]honne.SeenRow, error) {
	rows, err := w.look(ctx, id, table, from, to)
	if err != nil {
		return nil, fmt.Errorf("job: look at file %d: %w", id, err)
	}
	return rows, nil
}

func (w *Works) look(ctx context.Context, id honne.FileID, table int, from, to int32) ([]honne.SeenRow, error) {
	f, err := w.Store.File(ctx, id)
	if err != nil {
		return nil, err
	}
	in, _, err := w.file(ctx, f)
	if err != nil {
		return nil, err
	}
	bytes, size, err := w.open(ctx, f)
	if err != nil {
		return nil, err
	}
	defer bytes.Close()
	in.Size, in.Bytes = size, bytes
	memory, err := w.Store.Memory(ctx, f.Distributor)
	if err != nil {
		return nil, err
	}
	return intake.Look(ctx, in, w.Playbook, memory, table, from, to)
}

// learn remembers, for the partner's later files, what a person said of tables
// and asked to have remembered, and what codes of sorts say. It follows the reading, because a form is known
// only once its header is where the person said. A decision teaches once: what was said
// of the form since, in another file or on the page of what is remembered, stands.
func (w *Works) learn(ctx context.Context, id honne.FileID, r honne.Reading, said honne.Decisions) error {
	if fresh, err := w.decidedAnew(ctx, id, r); err != nil || !fresh {
		return err
	}
	f, err := w.Store.File(ctx, id)
	if err != nil {
		return err
	}
	known, err := w.Store.Memory(ctx, f.Distributor)
	if err != nil {
		return err
	}
	for i, t := range r.Tables {
		if s := said.Table(t.Sheet, t.N); s != nil {
			if err := w.learnTable(ctx, f.Distributor, t, s, known); err != nil {
				return err
			}
		}
		if err := w.learnLeft(ctx, f.Distributor, i, r, said, known); err != nil {
			return err
		}
	}
	return nil
}

// decidedAnew reports whether somebody decided of a file since it was last read.
func (w *Works) decidedAnew(ctx context.Context, id honne.FileID, r honne.Reading) (bool, error) {
	last, err := w.Store.Reading(ctx, id)
	if errors.Is(err, honne.ErrNotFound) {
		return r.Decided > 0, nil
	}
	return last.Decided != r.Decided, err
}

// learnLeft remembers what a person left as it is of tables of a form, and forgets what
// was opened again.
func (w *Works) learnLeft(ctx context.Context, d honne.DistributorID, table int, r honne.Reading, said honne.Decisions, known honne.Memory) error {
	t := r.Tables[table]
	form := known.Forms[t.Form]
	left := slices.Clone(form.Left)
	for _, p := range r.Problems {
		switch of := p.OfForm(); {
		case of == "" || t.Form == "" || honne.TableAt(r.Tables, p.At) != table:
		case slices.Contains(said.Open, p.Key()):
			left = slices.DeleteFunc(left, func(s string) bool { return s == of })
		case slices.Contains(said.Left, p.Key()) && !slices.Contains(left, of):
			left = append(left, of)
		}
	}
	if slices.Sort(left); slices.Equal(left, form.Left) {
		return nil
	}
	form.Left = left
	known.Forms[t.Form] = form
	return w.Store.SaveForm(ctx, d, t.Form, form)
}

// learnTable adds to what is known, so that what was said of one sheet is not lost
// to the next of the same form.
func (w *Works) learnTable(ctx context.Context, d honne.DistributorID, t honne.Table, s *honne.TableSaid, known honne.Memory) error {
	columns := map[string]honne.Meaning{}
	for _, c := range t.Columns {
		if m, ok := s.Columns[c.At]; ok && s.Remember && c.Header != "" {
			columns[japan.Key(c.Header)] = m
		}
	}
	err := w.Store.SaveColumns(ctx, d, columns)
	if form := s.Form(); err == nil && form.Said() {
		known.Forms[t.Form] = form.Over(known.Forms[t.Form])
		err = w.Store.SaveForm(ctx, d, t.Form, known.Forms[t.Form])
	}
	return err
}

// Restated is what a person corrects of a file's arrival.
type Restated struct {
	Receipt honne.Receipt
	From    honne.Side
	Kind    honne.Series // "" to find out
}

// Restate corrects when a file reached us and what was said of it. Whose it is
// and what it holds can be said until it is accepted: honne.ErrConflict.
func (w *Works) Restate(ctx context.Context, id honne.FileID, r Restated) error {
	f, err := w.Store.File(ctx, id)
	var s said
	if err == nil {
		s, err = w.said(ctx, f)
	}
	if err == nil {
		err = w.Store.SetArrival(ctx, id, r.Receipt, r.From)
	}
	if s.Kind = r.Kind; err == nil && f.State != honne.FileAccepted {
		err = w.remember(ctx, id, s)
	}
	if err != nil {
		return fmt.Errorf("job: restate file %d: %w", id, err)
	}
	return nil
}
