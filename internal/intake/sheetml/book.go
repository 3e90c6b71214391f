// Package sheetml reads workbooks that Excel 2003 and many business systems save as
// XML under the name .xls (SpreadsheetML), as a stream of rows: values as they are
// stored, days, merged ranges, what is hidden. It holds a row at a time and trusts
// nothing in the file: what is broken, too large or hostile ends in an Error.
// Formulas are not evaluated; comments, names and looks are not its business.
package sheetml

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"honne"
	"honne/internal/intake/charset"
	"honne/internal/intake/elements"
	"honne/internal/intake/grid"
	"honne/internal/intake/numfmt"
)

// The codes of an Error. Those that package xlsx has too mean the same.
const (
	CodeTooLarge   = elements.CodeTooLarge
	CodeXML        = elements.CodeXML
	CodeTruncated  = elements.CodeTruncated
	CodeOutOfRange = "cell-out-of-range" // more rows or columns than a sheet has
	CodeDeadline   = elements.CodeDeadline
)

// Error says why a file could not be read.
type Error = grid.Fault

// The limits: far above what people save, far below what harms.
const (
	maxBytes  = elements.MaxBytes
	maxToken  = elements.MaxToken
	maxDepth  = elements.MaxDepth
	maxSheets = 4096
	maxStyles = 1 << 16
	maxMerges = 1 << 18
	maxRow    = 1 << 20
	maxCol    = 1 << 14
)

// Book is an open workbook. It is not safe for concurrent use.
type Book struct {
	source   io.ReaderAt
	size     int64
	encoding charset.Encoding
	sheets   []grid.Sheet
	styles   map[string]numfmt.Show // by id, but for plain numbers
}

// Sniff reports whether a file that begins with head is such a workbook.
func Sniff(head []byte) bool {
	decoded, _ := io.ReadAll(charset.NewReader(bytes.NewReader(head), charset.Detect(head))) // a bytes.Reader does not fail
	text := strings.TrimSpace(strings.TrimPrefix(string(decoded), "\ufeff"))
	return strings.HasPrefix(text, "<") && strings.Contains(text, "urn:schemas-microsoft-com:office:spreadsheet") && strings.Contains(text, "Workbook")
}

// Open finds the sheets of a workbook and the formats of its cells. It fails with an
// *Error. r must stay readable while the Book is used.
func Open(ctx context.Context, r io.ReaderAt, size int64) (*Book, error) {
	if size > maxBytes {
		return nil, &Error{Code: CodeTooLarge, Detail: "size"}
	}
	head := make([]byte, min(size, 64<<10))
	n, _ := r.ReadAt(head, 0) // what cannot be read fails below
	b := &Book{source: r, size: size, encoding: charset.Detect(head[:n]), styles: map[string]numfmt.Show{}}
	style, options := "", false
	err := b.walk(ctx, func(t xml.Token, _ []string) error {
		switch t := t.(type) {
		case xml.StartElement:
			options = t.Name.Local == "Visible"
			return b.learn(t, &style)
		case xml.CharData:
			if n := len(b.sheets); options && n > 0 && strings.HasPrefix(strings.TrimSpace(string(t)), "SheetHidden") {
				b.sheets[n-1].Hidden = true
			}
		case xml.EndElement:
			options = false
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return b, nil
}

// learn keeps a sheet, or how the cells of a style are shown.
func (b *Book) learn(e xml.StartElement, style *string) error {
	switch e.Name.Local {
	case "Style":
		*style = attr(e, "ID")
	case "NumberFormat":
		if show := shown(attr(e, "Format")); show != numfmt.AsNumber && len(b.styles) < maxStyles {
			b.styles[*style] = show
		}
	case "Worksheet":
		if len(b.sheets) == maxSheets {
			return &Error{Code: CodeTooLarge, Detail: "number of sheets"}
		}
		b.sheets = append(b.sheets, grid.Sheet{Name: attr(e, "Name"), Index: len(b.sheets)})
	}
	return nil
}

// shown is what a format makes of a number; some have names.
func shown(format string) numfmt.Show {
	switch {
	case strings.HasSuffix(format, "Date"):
		return numfmt.AsDate
	case strings.HasSuffix(format, "Time"):
		return numfmt.AsTime
	case format == "Percent":
		return numfmt.AsShare
	case format == "Standard", format == "Fixed", format == "General", format == "Currency", format == "Scientific":
		return numfmt.AsNumber
	}
	return numfmt.Of(format)
}

// Close frees nothing; it is there so that all formats are used alike.
func (b *Book) Close() error { return nil }

// Sheets returns the sheets in the order of the tabs.
func (b *Book) Sheets() []grid.Sheet { return b.sheets }

// Each calls fn for every row of the i-th sheet that holds a cell, in ascending order,
// until fn fails or ctx ends. It returns the error of fn as it is.
func (b *Book) Each(ctx context.Context, i int, fn func(*grid.Row) error) error {
	r, err := b.rows(i)
	if err != nil {
		return err
	}
	r.fn = fn
	return b.walk(ctx, r.token)
}

// Merges returns the merged ranges of the i-th sheet, in the order in which they begin.
func (b *Book) Merges(ctx context.Context, i int) ([]honne.Range, error) {
	r, err := b.rows(i)
	if err != nil {
		return nil, err
	}
	r.fn = func(*grid.Row) error { return nil }
	if err := b.walk(ctx, r.token); err != nil {
		return nil, err
	}
	return r.merges, nil
}

func (b *Book) rows(i int) (*rows, error) {
	if i < 0 || i >= len(b.sheets) {
		return nil, fmt.Errorf("sheetml: read sheet %d: the file has %d", i, len(b.sheets))
	}
	return &rows{book: b, sheet: i, at: -1}, nil
}

// walk calls fn for every start, end and text, with the names of the elements around
// it, its own included.
func (b *Book) walk(ctx context.Context, fn func(t xml.Token, around []string) error) error {
	return elements.Walk(ctx, b.source, b.size, b.encoding, fn)
}

// attr returns an attribute by its name without prefix, "" when there is none.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
