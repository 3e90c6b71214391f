package job

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"honne"
	"honne/internal/intake/delimited"
	"honne/internal/intake/grid"
	"honne/internal/intake/xlsx"
	"honne/internal/vault"
)

// The largest excerpt: what fits on a page.
const (
	excerptRows = 200
	excerptCols = 200
)

// errEnough ends the walk over a sheet.
var errEnough = errors.New("enough rows")

// Excerpt returns the cells of a range as the original writes them, row by row:
// every row of the range, blank cells as "", of a large range the first 200 rows
// and columns. Without such a file or sheet it is honne.ErrNotFound, for a file
// of another format honne.ErrInvalid.
func (w *Works) Excerpt(ctx context.Context, id honne.FileID, at honne.Address) ([][]string, error) {
	rows, err := w.excerpt(ctx, id, at)
	if err != nil {
		return nil, fmt.Errorf("job: excerpt %s of file %d: %w", at, id, err)
	}
	return rows, nil
}

func (w *Works) excerpt(ctx context.Context, id honne.FileID, at honne.Address) ([][]string, error) {
	if from, to := at.Range.From, at.Range.To; from.Row < 1 || from.Col < 1 || to.Row < from.Row || to.Col < from.Col {
		return nil, fmt.Errorf("no range: %w", honne.ErrInvalid)
	}
	f, err := w.Store.File(ctx, id)
	if err != nil {
		return nil, err
	}
	bytes, size, err := w.Vault.Open(ctx, f.SHA256)
	if err != nil {
		return nil, err
	}
	defer bytes.Close()
	x := newExcerpt(at.Range)
	switch f.Format {
	case honne.XLSX:
		err = x.ofWorkbook(ctx, bytes, size, at.Sheet)
	case honne.CSV, honne.TSV:
		err = x.ofText(ctx, bytes, size)
	default:
		err = fmt.Errorf("the format is %s: %w", f.Format, honne.ErrInvalid)
	}
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	return x.rows, nil
}

// excerpt collects the cells of a window.
type excerpt struct {
	window honne.Range
	rows   [][]string
}

func newExcerpt(r honne.Range) *excerpt {
	r.To.Row = min(r.To.Row, r.From.Row+excerptRows-1)
	r.To.Col = min(r.To.Col, r.From.Col+excerptCols-1)
	x := &excerpt{r, make([][]string, r.To.Row-r.From.Row+1)}
	for i := range x.rows {
		x.rows[i] = make([]string, r.To.Col-r.From.Col+1)
	}
	return x
}

func (x *excerpt) add(r *grid.Row) error {
	if r.N > x.window.To.Row {
		return errEnough
	}
	for _, c := range r.Cells {
		if x.window.Contains(honne.Cell{Row: r.N, Col: c.Col}) {
			x.rows[r.N-x.window.From.Row][c.Col-x.window.From.Col] = c.Text
		}
	}
	return nil
}

func (x *excerpt) ofWorkbook(ctx context.Context, bytes *vault.Original, size int64, sheet string) error {
	b, err := xlsx.Open(bytes, size)
	if err != nil {
		return err
	}
	sheets := b.Sheets()
	i := slices.IndexFunc(sheets, func(s grid.Sheet) bool { return s.Name == sheet })
	if i < 0 {
		return errors.Join(fmt.Errorf("sheet %q: %w", sheet, honne.ErrNotFound), b.Close())
	}
	return errors.Join(b.Each(ctx, i, x.add), b.Close())
}

func (x *excerpt) ofText(ctx context.Context, bytes *vault.Original, size int64) error {
	d, err := delimited.Open(bytes, size)
	if err != nil {
		return err
	}
	return d.Each(ctx, x.add)
}
