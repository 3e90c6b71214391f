// Package delimited reads text with delimiters (CSV, TSV) as offices send it:
// in any of Japan's encodings, with stray and unclosed quotes. It streams, holds
// a few megabytes whatever the file, and never loses anything in silence: what
// had to be mended is a Problem with its place. It gives texts only; what a
// field means is for others.
package delimited

import (
	"context"
	"errors"
	"fmt"
	"io"

	"honne/internal/intake/charset"
	"honne/internal/intake/grid"
)

// Dialect is how a file is written.
type Dialect struct {
	Encoding  charset.Encoding
	Delimiter byte // , TAB ; |
	Quote     byte // " or '
	LineEnd   byte // \n, also for \r\n; \r in files of old Macs
	Hint      bool // the first line is Excel's sep=; it is counted, not given
}

// File is a text with delimiters. It is not safe for concurrent use.
type File struct {
	r        io.ReaderAt
	size     int64
	dialect  Dialect
	problems []Problem
	figures  []bool // by column
}

// The codes of an Error.
const (
	CodeEmpty    = "empty"    // no bytes at all
	CodeNotText  = "not-text" // a binary file
	CodeDeadline = "deadline" // the context ended first
	CodeRead     = "read"     // the bytes could not be read
)

// Error says why a file could not be read.
type Error struct {
	Code string
	Err  error // the cause, nil when the code says all
}

// Error implements error.
func (e *Error) Error() string {
	if e.Err == nil {
		return "delimited: " + e.Code
	}
	return fmt.Sprintf("delimited: %s: %v", e.Code, e.Err)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// The codes of a Problem.
const (
	StrayQuote     = "stray-quote"           // a quote within a field; kept as text
	Unterminated   = "unterminated-quote"    // a quote that nothing closes; kept as text, the row ends at its line
	FieldTooLong   = "field-too-long"        // cut at 1 MiB, or where a row of 4 MiB was cut
	TooManyColumns = "too-many-columns"      // fields beyond column 16,384 were left out
	Replacement    = "replacement-character" // U+FFFD: bytes that stand for nothing, or lost before the file came
	NUL            = "nul"                   // a NUL; kept
)

// Problem is something that had to be mended.
type Problem struct {
	Row   int32 // number of the record, from 1
	Col   int32 // from 1
	What  string
	Count int // of characters in the field; at the last of 200 of its kind also of all later ones
}

// Open finds out how the text is written. It fails with an Error.
func Open(r io.ReaderAt, size int64) (*File, error) {
	if size <= 0 {
		return nil, &Error{Code: CodeEmpty}
	}
	head := make([]byte, min(size, sampleSize))
	if err := readAt(r, head, 0); err != nil {
		return nil, &Error{CodeRead, err}
	}
	tail, err := firstForeign(r, size, head)
	if err != nil {
		return nil, &Error{CodeRead, err}
	}
	d, err := sniff(head, tail)
	if err != nil {
		return nil, err
	}
	return &File{r: r, size: size, dialect: d}, nil
}

func readAt(r io.ReaderAt, b []byte, off int64) error {
	n, err := r.ReadAt(b, off)
	if n == len(b) && errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// Encoding returns the encoding of the file.
func (f *File) Encoding() charset.Encoding { return f.dialect.Encoding }

// Delimiter returns the byte between fields.
func (f *File) Delimiter() byte { return f.dialect.Delimiter }

// Dialect returns all that was found out about how the file is written.
func (f *File) Dialect() Dialect { return f.dialect }

// Problems returns what the last Each mended, in the order of the file; of each
// kind the first 200 one by one.
func (f *File) Problems() []Problem { return f.problems }

// Figures says whether the texts of a column, from 1, are figures from here on: to read
// one again costs less than to know it.
func (f *File) Figures(col int32, are bool) {
	for int(col) >= len(f.figures) {
		f.figures = append(f.figures, false)
	}
	f.figures[col] = are
}

func (f *File) isFigure(col int32) bool { return int(col) < len(f.figures) && f.figures[col] }

// Each reads the file from its start and calls fn for every record that is not
// blank, until fn fails or ctx ends. It returns the error of fn as it is, and
// else an Error.
func (f *File) Each(ctx context.Context, fn func(*grid.Row) error) error {
	s := newScanner(ctx, f)
	for {
		err := s.some()
		f.problems = s.problems
		for i := range s.rows {
			if err := fn(&s.rows[i]); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
