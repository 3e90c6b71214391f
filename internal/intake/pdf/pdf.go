// Package pdf reads the tables of PDF files that hold text: where a program drew
// letters and lines, it finds the cells again, of tables that lines divide and of
// those that are clearly aligned. A sheet is a page (p1), or the pages over which
// one table runs (p1-3); rows and columns are those of the grid that was found.
// It trusts nothing in the file: one that is broken, too large or hostile ends in
// an Error. What is not certain is a Problem: a picture of a page is named as
// one, never read; letters without a meaning are U+FFFD; a column that only
// alignment tells is said to be so. Pictures, forms to fill in, notes and what
// scripts do are not its business. Every cell is text.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"honne"
	"honne/internal/intake/grid"
)

// Book is an open file. It is not safe for concurrent use.
type Book struct {
	sheets   []sheet
	problems []Problem
}

// Problem is what could not be read for certain.
type Problem struct {
	Sheet string // p1, or p1-3; of a page without text p2
	What  string // one of the words below
	Count int    // of cells, texts or letters; 0 for the whole page
	Page  int    // from 1: the first of several
}

// What a Problem says.
const (
	Scan     = "pdf-scan"      // the page is a picture
	Damaged  = "pdf-page"      // the page could not be read
	Unknown  = "pdf-letters"   // letters without a meaning
	Unsure   = "pdf-columns"   // cells between columns
	Aligned  = "pdf-aligned"   // columns that no lines divide
	Turned   = "pdf-turned"    // letters that stand on their side beside others
	Repeated = "pdf-repeated"  // texts of the page before, and page numbers, within a table
	OnlyScan = "pdf-only-scan" // all pages are pictures
)

// Limits bound what a file may make of its bytes.
type Limits struct {
	Decoded int64 // bytes of all streams, unpacked, and the work beside them
	Texts   int64 // bytes of all cells
	Cells   int
}

// DefaultLimits are far above what people send, and far below what harms.
func DefaultLimits() Limits { return Limits{Decoded: 128 << 20, Texts: 24 << 20, Cells: 600_000} }

// Sniff reports whether bytes begin like a PDF, within the first kilobyte.
func Sniff(head []byte) bool { return header(head) >= 0 }

// Open reads a file whole: its limits bound the time as well. It fails with an
// *Error; r is not used afterwards.
func Open(ctx context.Context, r io.ReaderAt, size int64) (*Book, error) {
	head := make([]byte, min(size, 1024))
	n, _ := r.ReadAt(head, 0)
	begin := header(head[:n])
	if begin < 0 {
		return nil, &Error{Code: CodeNotPDF}
	}
	size -= int64(begin)
	d, err := openDocument(ctx, io.NewSectionReader(r, int64(begin), size), size, DefaultLimits(), "")
	if err != nil {
		return nil, refusal(ctx, err)
	}
	b, err := d.book()
	if err != nil {
		return nil, refusal(ctx, err)
	}
	return b, nil
}

// refusal says why a file is not read.
func refusal(ctx context.Context, err error) error {
	var fault *Error
	switch {
	case ctx.Err() != nil:
		return &Error{Code: CodeDeadline, Err: ctx.Err()}
	case errors.As(err, &fault):
		return fault
	case errors.Is(err, errLimit):
		return &Error{Code: CodeTooLarge, Err: err}
	}
	return &Error{Code: CodeTruncated, Err: err}
}

// Close frees nothing; it is there so that all formats are used alike.
func (b *Book) Close() error { return nil }

// Sheets returns the pages with text in their order, pages over which one table
// runs as one.
func (b *Book) Sheets() []grid.Sheet {
	out := make([]grid.Sheet, len(b.sheets))
	for i, s := range b.sheets {
		out[i] = grid.Sheet{Name: s.name(), Index: i}
	}
	return out
}

// Problems returns what could not be read for certain, in the order of pages.
func (b *Book) Problems() []Problem { return b.problems }

// Each calls fn for every row of the i-th sheet that holds a text, in ascending
// order, until fn fails or ctx ends. It returns the error of fn as it is.
func (b *Book) Each(ctx context.Context, i int, fn func(*grid.Row) error) error {
	s, err := b.sheet(i)
	if err != nil {
		return err
	}
	var out grid.Row
	for j, r := range s.rows {
		if j%1024 == 0 && ctx.Err() != nil {
			return &Error{Code: CodeDeadline, Part: s.name(), Err: ctx.Err()}
		}
		out.N, out.Cells = r.n, out.Cells[:0]
		for _, c := range r.cells {
			out.Cells = append(out.Cells, grid.Cell{Col: int32(c.column) + 1, Kind: grid.Text, Text: c.text})
		}
		if err := fn(&out); err != nil {
			return err
		}
	}
	return nil
}

// Merges returns the merged ranges of the i-th sheet, in the order in which they
// begin.
func (b *Book) Merges(ctx context.Context, i int) ([]honne.Range, error) {
	s, err := b.sheet(i)
	if err != nil {
		return nil, err
	}
	return s.merges, nil
}

func (b *Book) sheet(i int) (*sheet, error) {
	if i < 0 || i >= len(b.sheets) {
		return nil, fmt.Errorf("pdf: read sheet %d: the file has %d", i, len(b.sheets))
	}
	return &b.sheets[i], nil
}

func pageName(n int) string { return "p" + strconv.Itoa(n) }
