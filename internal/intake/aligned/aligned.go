// Package aligned reads text whose columns are set below each other by blanks, as
// systems print reports and people type tables into letters. It tells a column by
// the places in which most rows have nothing, as wide as a Japanese printer sets
// them, and says which rows do not keep to it. It gives texts only.
package aligned

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/charset"
	"honne/internal/intake/grid"
)

// File is a text whose columns are aligned.
type File struct {
	encoding charset.Encoding
	rows     []grid.Row
	unsure   []honne.Cell
}

const (
	maxSize   = 16 << 20 // bytes of the largest text that is looked at
	headSize  = 64 << 10
	maxWidth  = 4096 // of a line
	fewest    = 3    // records
	sureCount = 8    // records from which on one that differs is one of many
)

// Open finds out whether a text is one of aligned columns; ok is false where it is
// another, or none. The error is of reading the bytes.
func Open(r io.ReaderAt, size int64) (f *File, ok bool, err error) {
	if size <= 0 || size > maxSize {
		return nil, false, nil
	}
	head, err := read(r, min(size, headSize))
	if err != nil || bytes.IndexByte(head, 0) >= 0 {
		return nil, false, err // UTF-16 is never printed so
	}
	if first := linesOf(head, charset.Detect(head)); !promising(first) {
		return nil, false, nil
	}
	all, err := read(r, size)
	if err != nil {
		return nil, false, err
	}
	f = &File{encoding: charset.Detect(all)}
	return f, f.layOut(linesOf(all, f.encoding)), nil
}

func read(r io.ReaderAt, size int64) ([]byte, error) {
	b := make([]byte, size)
	if n, err := r.ReadAt(b, 0); n < len(b) {
		return nil, err
	}
	return b, nil
}

// Encoding returns the encoding of the file.
func (f *File) Encoding() charset.Encoding { return f.encoding }

// Unsure lists the cells that reach over several columns, so that their row is not
// certain.
func (f *File) Unsure() []honne.Cell { return f.unsure }

// Each gives the rows that hold something, numbered by their line. It returns the
// error of fn as it is, and that of a context that ended.
func (f *File) Each(ctx context.Context, fn func(*grid.Row) error) error {
	for i := range f.rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		row := grid.Row{N: f.rows[i].N, Cells: slices.Clone(f.rows[i].Cells)}
		if err := fn(&row); err != nil {
			return err
		}
	}
	return nil
}

// linesOf cuts a text into lines.
func linesOf(b []byte, e charset.Encoding) []line {
	text, _ := io.ReadAll(charset.NewReader(bytes.NewReader(b), e))
	end := "\n"
	if !bytes.Contains(text, []byte("\n")) {
		end = "\r"
	}
	var out []line
	for s := range strings.SplitSeq(string(text), end) {
		out = append(out, lineOf(s))
	}
	return out
}

// promising reports whether lines may be a text of aligned columns: enough of them
// are records, and no delimiter divides as many.
func promising(lines []line) bool {
	records, divided := 0, 0
	for i := range lines {
		switch l := &lines[i]; {
		case l.divided:
			divided++
		case l.record:
			records++
		}
	}
	return records >= fewest && 4*divided <= records
}

// layOut gives the lines their columns; false where too few keep to any.
func (f *File) layOut(lines []line) bool {
	if !promising(lines) {
		return false
	}
	records, wide := 0, false
	for _, g := range groupsOf(lines) {
		columns := withStrays(columnsOf(g.records), lines[g.from:g.to])
		for i := g.from; i < g.to; i++ {
			f.row(int32(i+1), &lines[i], columns)
		}
		records, wide = records+len(g.records), wide || len(columns) > 1
	}
	return wide && 5*len(f.unsure) <= records
}

// row sets the texts of a line into columns.
func (f *File) row(n int32, l *line, columns []span) {
	row := grid.Row{N: n}
	for _, w := range l.words(columns) {
		first, last := w.over(columns)
		if first > last {
			first = max(0, w.behind(columns)-1)
		}
		col, k := int32(first+1), len(row.Cells)
		joins := k > 0 && row.Cells[k-1].Col >= col
		if l.record && (first != last || joins && l.apart(w)) {
			f.unsure = append(f.unsure, honne.Cell{Row: n, Col: col})
		}
		if joins {
			row.Cells[k-1].Text += " " + w.text
			continue
		}
		row.Cells = append(row.Cells, grid.Cell{Col: col, Kind: grid.Text, Text: w.text})
	}
	if len(row.Cells) > 0 {
		f.rows = append(f.rows, row)
	}
}
