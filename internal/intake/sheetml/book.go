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
	"errors"
	"fmt"
	"io"
	"strings"

	"honne"
	"honne/internal/intake/charset"
	"honne/internal/intake/grid"
	"honne/internal/intake/numfmt"
)

// The codes of an Error. Those that package xlsx has too mean the same.
const (
	CodeTooLarge   = "too-large"
	CodeXML        = "xml"               // not well-formed
	CodeTruncated  = "truncated"         // ends within an element
	CodeOutOfRange = "cell-out-of-range" // more rows or columns than a sheet has
	CodeDeadline   = "deadline"          // the context ended first
)

// Error says why a file could not be read.
type Error = grid.Fault

// The limits: far above what people save, far below what harms.
const (
	maxBytes  = 128 << 20
	maxToken  = 1 << 20 // bytes of a tag or a text
	maxDepth  = 64      // elements within each other
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

// errDone ends a walk early.
var errDone = errors.New("done")

// walk calls fn for every start, end and text, with the names of the elements around
// it, its own included.
func (b *Book) walk(ctx context.Context, fn func(t xml.Token, around []string) error) error {
	in := &reader{ctx: ctx, in: charset.NewReader(io.NewSectionReader(b.source, 0, b.size), b.encoding)}
	d := xml.NewDecoder(in)
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // decoded already
	var around []string
	for {
		t, err := d.RawToken()
		if err == io.EOF && len(around) == 0 {
			return nil
		}
		if err != nil {
			return explain(err)
		}
		in.since = 0
		start, opens := t.(xml.StartElement)
		if opens {
			around = append(around, start.Name.Local)
		}
		if len(around) > maxDepth {
			return &Error{Code: CodeTooLarge, Detail: "depth"}
		}
		if err := fn(t, around); err == errDone {
			return nil
		} else if err != nil {
			return err
		}
		if end, closes := t.(xml.EndElement); closes {
			if len(around) == 0 || around[len(around)-1] != end.Name.Local {
				return &Error{Code: CodeXML, Detail: "</" + end.Name.Local + ">"}
			}
			around = around[:len(around)-1]
		}
	}
}

func explain(err error) error {
	var own *Error
	var syntax *xml.SyntaxError
	switch {
	case errors.As(err, &own):
		return own
	case err == io.EOF, errors.As(err, &syntax) && strings.Contains(syntax.Msg, "unexpected EOF"):
		return &Error{Code: CodeTruncated}
	}
	return &Error{Code: CodeXML, Err: err}
}

// reader ends when the context does, or when one token has no end.
type reader struct {
	ctx   context.Context
	in    io.Reader
	since int // bytes since the last token
}

// Read implements io.Reader; but for io.EOF its errors are of type *Error.
func (r *reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, &Error{Code: CodeDeadline, Err: err}
	}
	n, err := r.in.Read(p)
	if r.since += n; r.since > maxToken {
		return 0, &Error{Code: CodeTooLarge, Detail: "a tag or a text"}
	}
	if err != nil && err != io.EOF {
		err = &Error{Code: CodeTruncated, Err: err}
	}
	return n, err
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
