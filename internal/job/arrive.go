package job

import (
	"context"
	"fmt"

	"honne"
	"honne/internal/inspect"
	"honne/internal/intake"
)

// hold holds what is staged of a file against the record, where there is one.
func (w *Works) hold(ctx context.Context, id honne.FileID) ([]honne.Problem, error) {
	rec, err := w.Store.RecordWith(ctx, id, honne.AsOf{})
	if err != nil || rec.Files < 2 {
		return nil, err
	}
	return inspect.Arrive(&rec, id).Problems, nil
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
	in, err := w.file(ctx, f)
	if err != nil {
		return nil, err
	}
	bytes, size, err := w.Vault.Open(ctx, f.SHA256)
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
