package intake

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"honne"
	"honne/internal/intake/delimited"
	"honne/internal/intake/grid"
	"honne/internal/intake/xlsx"
)

// source is an open file, whatever its format: sheets of rows of cells.
type source struct {
	format   honne.Format
	encoding string
	sheets   []grid.Sheet
	each     func(ctx context.Context, sheet int, fn func(*grid.Row) error) error
	merges   func(ctx context.Context, sheet int) ([]honne.Range, error)
	problems func() []honne.Problem
	close    func()
}

// open sniffs the bytes, never the name: a CSV called .xls is a CSV. A new
// format is a line here.
func open(f honne.File) (*source, error) {
	head := make([]byte, 8)
	n, _ := f.Bytes.ReadAt(head, 0)
	head = head[:n]
	switch {
	case strings.HasPrefix(string(head), "PK"), strings.HasPrefix(string(head), "\xd0\xcf\x11\xe0"):
		return openXLSX(f)
	}
	return openDelimited(f)
}

func openXLSX(f honne.File) (*source, error) {
	b, err := xlsx.Open(f.Bytes, f.Size)
	if err != nil {
		return nil, err
	}
	return &source{
		format: honne.XLSX, sheets: b.Sheets(), each: b.Each, merges: b.Merges,
		problems: func() []honne.Problem { return nil },
		close:    func() { b.Close() },
	}, nil
}

func openDelimited(f honne.File) (*source, error) {
	d, err := delimited.Open(f.Bytes, f.Size)
	if err != nil {
		return nil, err
	}
	format := honne.CSV
	if d.Delimiter() == '\t' {
		format = honne.TSV
	}
	return &source{
		format: format, encoding: string(d.Encoding()),
		sheets: []grid.Sheet{{}},
		each: func(ctx context.Context, _ int, fn func(*grid.Row) error) error {
			return d.Each(ctx, fn)
		},
		merges:   func(context.Context, int) ([]honne.Range, error) { return nil, nil },
		problems: func() []honne.Problem { return textProblems(d) },
		close:    func() {},
	}, nil
}

// textProblems says what the bytes themselves had wrong.
func textProblems(d *delimited.File) []honne.Problem {
	var out []honne.Problem
	for _, p := range d.Problems() {
		at := honne.Address{Range: honne.Range{From: honne.Cell{Row: p.Row, Col: max(p.Col, 1)}}}
		at.Range.To = at.Range.From
		out = append(out, honne.Problem{At: at, Severity: honne.SevWarning, Count: p.Count,
			What: honne.Say("problem."+p.What, honne.Count("n", p.Count))})
	}
	return out
}

// ours reports whether an error is the fault of our disk, not of the file.
func ours(err error) bool {
	var xe *xlsx.Error
	var de *delimited.Error
	return errors.As(err, &xe) && xe.Code == xlsx.CodeTemporary ||
		errors.As(err, &de) && de.Code == delimited.CodeRead
}

// sheetOnly reports whether an error is about one sheet of a workbook only.
func sheetOnly(err error, sheet grid.Sheet) bool {
	var xe *xlsx.Error
	return errors.As(err, &xe) && xe.Part == sheet.Name && xe.Code != xlsx.CodeTemporary
}

// unreadable turns a format's error into a problem of the whole file.
func unreadable(err error) honne.Problem {
	code, part := "unreadable", ""
	var xe *xlsx.Error
	var de *delimited.Error
	switch {
	case errors.As(err, &xe):
		code, part = xe.Code, xe.Part
		if code == xlsx.CodeMissingPart || code == xlsx.CodeNoString {
			code = xlsx.CodeXML // damaged, in the same words
		}
	case errors.As(err, &de):
		code = de.Code
	}
	return honne.Problem{Severity: honne.SevError, What: honne.Say("problem."+code, honne.Text("part", part))}
}

// baseName is the file's name without folders and ending, for words and dates.
func baseName(name string) string {
	base := filepath.Base(filepath.ToSlash(name))
	return strings.TrimSuffix(base, filepath.Ext(base))
}
