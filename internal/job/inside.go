package job

import (
	"context"
	"errors"
	"io"

	"honne"
	"honne/internal/intake"
)

// takeInside makes each file that stands in another one a file of its own, with
// its own bytes in the vault, so that its evidence opens like that of any file.
// What cannot be opened is a problem of the file around it. Messages are kept, those
// with the partner alone. A second run finds the same files and messages.
func (w *Works) takeInside(ctx context.Context, f honne.StoredFile, around honne.File, r *honne.Reading) error {
	s, err := w.heard(ctx, f.ID)
	if err != nil {
		return err
	}
	earlier, err := w.insideBefore(ctx, f.ID)
	if err != nil {
		return err
	}
	letters := letterBox{works: w, ctx: ctx, around: f}
	for in, err := range intake.Inside(ctx, around, w.Playbook) {
		if err != nil {
			return err
		}
		id, opened := earlier[in.Name]
		switch {
		case in.Mail != nil:
			err = letters.add(*in.Mail)
		case in.Shut != nil && opened: // once with its password, which is not kept
			r.Inside = append(r.Inside, id)
		case in.Shut != nil:
			r.Problems = append(r.Problems, asked(*in.Shut))
		default:
			id, err = w.takenOnce(ctx, Arrival{Distributor: f.Distributor, Name: in.Name, Bytes: io.NewSectionReader(in.Bytes, 0, in.Size),
				Receipt: in.Receipt, From: in.From, Kind: s.Kind, Currency: s.Currency, By: f.LoadedBy})
			r.Inside = append(r.Inside, id)
		}
		if err != nil {
			return err
		}
	}
	if err := letters.flush(); err != nil || !letters.any {
		return err
	}
	return w.Hear(ctx, f.Distributor)
}

// takenOnce takes a file, or returns the one whose bytes it has.
func (w *Works) takenOnce(ctx context.Context, a Arrival) (honne.FileID, error) {
	id, err := w.Take(ctx, a)
	var same *honne.Duplicate
	if errors.As(err, &same) {
		return same.Of, nil
	}
	return id, err
}

// letterBox keeps messages, several in one transaction.
type letterBox struct {
	works  *Works
	ctx    context.Context
	around honne.StoredFile
	list   []honne.Mail
	any    bool
}

// lettersAtOnce is how many messages are kept in one transaction.
const lettersAtOnce = 500

func (b *letterBox) add(m honne.Mail) error {
	m.File, b.any = b.around.ID, true
	if b.list = append(b.list, m); len(b.list) < lettersAtOnce {
		return nil
	}
	return b.flush()
}

func (b *letterBox) flush() error {
	_, err := b.works.Store.AddMail(b.ctx, b.around.Distributor, b.list)
	b.list = b.list[:0]
	return err
}

// asked says of a file that a password did not open that it still waits for one.
func asked(p honne.Problem) honne.Problem {
	if p.What.ID == "problem.entry-wrong-password" {
		p.What.ID = "problem.entry-password"
	}
	return p
}

// insideBefore lists, by name, the files that an earlier reading found in a file.
func (w *Works) insideBefore(ctx context.Context, id honne.FileID) (map[string]honne.FileID, error) {
	r, err := w.Store.Reading(ctx, id)
	if errors.Is(err, honne.ErrNotFound) {
		return nil, nil
	}
	out := map[string]honne.FileID{}
	for _, inside := range r.Inside {
		f, err := w.Store.File(ctx, inside)
		if err != nil {
			return nil, err
		}
		out[f.Path] = inside
	}
	return out, err
}
