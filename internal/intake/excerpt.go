package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/source"
)

// The largest excerpt: what fits on a page.
const (
	excerptRows = 200
	excerptCols = 200
)

// errEnough ends the walk over a sheet.
var errEnough = errors.New("enough rows")

// Excerpt returns the cells of a range of a file, row by row, as a reader of the
// file sees them: every row of the range, blank cells as "", of a large range
// the first 200 rows and columns. A range that is none, or a file that is no
// table, is honne.ErrInvalid; a sheet that is not there honne.ErrNotFound.
func Excerpt(ctx context.Context, f honne.File, at honne.Address) ([][]string, error) {
	if from, to := at.Range.From, at.Range.To; from.Row < 1 || from.Col < 1 || to.Row < from.Row || to.Col < from.Col {
		return nil, fmt.Errorf("no range: %w", honne.ErrInvalid)
	}
	src, err := source.Open(ctx, f)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, errors.Join(err, honne.ErrInvalid)
	}
	defer src.Close()
	i := slices.IndexFunc(src.Sheets, func(s grid.Sheet) bool { return s.Name == at.Sheet })
	if i < 0 {
		return nil, fmt.Errorf("sheet %q: %w", at.Sheet, honne.ErrNotFound)
	}
	x := newExcerpt(at.Range)
	if err := src.Each(ctx, src.Sheets[i].Index, x.add); err != nil && !errors.Is(err, errEnough) {
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
	for i := range r.Cells {
		c := &r.Cells[i]
		if x.window.Contains(honne.Cell{Row: r.N, Col: c.Col}) {
			x.rows[r.N-x.window.From.Row][c.Col-x.window.From.Col] = shown(c)
		}
	}
	return nil
}

// shown is a cell as its reader sees it: a day for the number that a day is
// stored as, a number without the noise of its binary form.
func shown(c *grid.Cell) string {
	switch c.Kind {
	case grid.Date:
		return c.Date.String()
	case grid.Number:
		return asShown(c.Num).String()
	}
	return c.Text
}
