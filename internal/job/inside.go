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
// What cannot be opened is a problem of the file around it. A second run finds
// the same files.
func (w *Works) takeInside(ctx context.Context, f honne.StoredFile, around honne.File, r *honne.Reading) error {
	s, err := w.heard(ctx, f.ID)
	if err != nil {
		return err
	}
	for in, err := range intake.Inside(ctx, around, w.Playbook) {
		if err != nil {
			return err
		}
		if in.Shut != nil {
			r.Problems = append(r.Problems, *in.Shut)
			continue
		}
		id, err := w.Take(ctx, Arrival{Distributor: f.Distributor, Name: in.Name, Bytes: io.NewSectionReader(in.Bytes, 0, in.Size),
			Receipt: in.Receipt, From: in.From, Kind: s.Kind, Currency: s.Currency, By: f.LoadedBy})
		var same *honne.Duplicate
		if errors.As(err, &same) {
			id, err = same.Of, nil
		}
		if err != nil {
			return err
		}
		r.Inside = append(r.Inside, id)
	}
	return nil
}
