package job

import (
	"context"
	"fmt"

	"honne"
	"honne/internal/intake"
)

// Excerpt returns the cells of a range of an original, as intake.Excerpt does;
// without such a file it is honne.ErrNotFound.
func (w *Works) Excerpt(ctx context.Context, id honne.FileID, at honne.Address) ([][]string, error) {
	f, err := w.Store.File(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("job: excerpt of file %d: %w", id, err)
	}
	bytes, size, err := w.open(ctx, f)
	if err != nil {
		return nil, fmt.Errorf("job: excerpt of file %d: %w", id, err)
	}
	defer bytes.Close()
	rows, err := intake.Excerpt(ctx, honne.File{Name: f.Path, Size: size, Bytes: bytes}, at)
	if err != nil {
		return nil, fmt.Errorf("job: excerpt %s of file %d: %w", at, id, err)
	}
	return rows, nil
}
