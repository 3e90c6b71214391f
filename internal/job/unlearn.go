package job

import (
	"context"
	"errors"
	"slices"

	"honne"
	"honne/internal/japan"
)

// unlearn takes back what an undone file taught: meanings of columns, and what was said of
// its forms, that no other accepted file used.
func (w *Works) unlearn(ctx context.Context, id honne.FileID) error {
	f, err := w.Store.File(ctx, id)
	if err != nil {
		return err
	}
	decided, err := w.Store.Decisions(ctx, id)
	if err != nil || decided.N == 0 {
		return err
	}
	r, err := w.Store.Reading(ctx, id)
	if err != nil {
		return err
	}
	known, err := w.Store.Memory(ctx, f.Distributor)
	if err != nil {
		return err
	}
	others, err := w.counting(ctx, f.Distributor)
	for _, t := range r.Tables {
		form := known.Forms[t.Form]
		if s := decided.Said.Table(t.Sheet, t.N); err == nil && s != nil && s.Remember {
			err = w.unlearnColumns(ctx, f.Distributor, t, s, known, others)
			if err == nil {
				form, err = w.saidBefore(ctx, t.Form, s.Form(), form, others)
			}
		}
		if err == nil && known.Forms[t.Form].Said() {
			err = w.unlearnForm(ctx, f, t, form, others)
		}
	}
	return err
}

// unlearnForm forgets what is known of a form; where other files have it, no more than what
// the undone one said otherwise than they, and that files of its name are a part of the month.
func (w *Works) unlearnForm(ctx context.Context, f honne.StoredFile, t honne.Table, form honne.Form, others []usedTable) error {
	name := wordsOf(f.Path, t)
	if !slices.ContainsFunc(others, func(x usedTable) bool { return x.Form == t.Form }) {
		return w.Store.ForgetForm(ctx, f.Distributor, t.Form)
	}
	if !slices.ContainsFunc(others, func(x usedTable) bool { return x.Form == t.Form && wordsOf(x.path, x.Table) == name }) {
		form.Pieces = toldApart(form.Pieces, name)
	}
	return w.Store.SaveForm(ctx, f.Distributor, t.Form, form)
}

// saidBefore is a form as people said it of the accepted files, the last first, where the
// last of those was not read as an undone one said.
func (w *Works) saidBefore(ctx context.Context, id string, undone, form honne.Form, others []usedTable) (honne.Form, error) {
	same := form.Unused == undone.Unused && form.Kind == undone.Kind && form.Unit == undone.Unit && form.Tax == undone.Tax
	others = slices.DeleteFunc(slices.Clone(others), func(x usedTable) bool { return x.Form != id })
	if !same || len(others) == 0 || others[len(others)-1].readAs(undone) {
		return form, nil
	}
	form.Unused, form.Kind, form.Unit, form.Tax = false, "", honne.Unit{}, ""
	for _, x := range slices.Backward(others) {
		decided, err := w.Store.Decisions(ctx, x.file)
		if err != nil {
			return form, err
		}
		if s := decided.Said.Table(x.Sheet, x.N); s != nil && s.Remember {
			said := s.Form()
			form.Unused, form.Kind, form.Unit, form.Tax = said.Unused, said.Kind, said.Unit, said.Tax
			break
		}
	}
	return form, nil
}

// usedTable is a table of an accepted file.
type usedTable struct {
	honne.Table
	file honne.FileID
	path string
}

// readAs reports whether a table was read as its form was said to be.
func (t usedTable) readAs(f honne.Form) bool {
	return t.Unused == f.Unused && (f.Kind == "" || t.Kind == f.Kind) && (f.Unit.IsZero() || t.Unit == f.Unit) && (f.Tax == "" || t.Tax == f.Tax)
}

// counting are the tables of a partner that others may have taught: of the accepted files,
// and of those that wait what a person said is to be remembered; the oldest file first.
func (w *Works) counting(ctx context.Context, d honne.DistributorID) (out []usedTable, err error) {
	files, err := w.Store.Files(ctx, d)
	for _, f := range files {
		waits := f.State == honne.FileReady || f.State == honne.FileToResolve
		if err != nil || !waits && f.State != honne.FileAccepted {
			continue
		}
		r, err1 := w.Store.Reading(ctx, f.ID)
		decided, err2 := w.Store.Decisions(ctx, f.ID)
		err = errors.Join(err1, err2)
		for _, t := range r.Tables {
			if s := decided.Said.Table(t.Sheet, t.N); !waits || s != nil && s.Remember {
				out = append(out, usedTable{t, f.ID, f.Path})
			}
		}
	}
	return out, err
}

// unlearnColumns has a header mean what the last other file that used it took it for, and
// nothing where none did. What was said of it since stays.
func (w *Works) unlearnColumns(ctx context.Context, d honne.DistributorID, t honne.Table, s *honne.TableSaid, known honne.Memory, others []usedTable) (err error) {
	for _, c := range t.Columns {
		header := japan.Key(c.Header)
		meaning, said := s.Columns[c.At]
		if !said || c.Header == "" || known.Columns[header] != meaning {
			continue
		}
		if before, used := usedAs(header, others); used {
			err = w.Store.SaveColumns(ctx, d, map[string]honne.Meaning{header: before})
		} else {
			err = w.Store.ForgetColumn(ctx, d, header)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// usedAs is what the last of some tables took a header for, where a person said so.
func usedAs(header string, tables []usedTable) (honne.Meaning, bool) {
	for _, t := range slices.Backward(tables) {
		for _, c := range t.Columns {
			if (c.Said || c.Remembered) && japan.Key(c.Header) == header {
				return c.Meaning, true
			}
		}
	}
	return "", false
}
