// Package html reads the tables of a page in HTML, which Excel, SAP and many
// web applications save under the name .xls, as a stream of rows: cells as they
// are shown, the exact number beside it where Excel wrote one, merged ranges,
// what is hidden. It holds a row at a time and trusts nothing in the file: what
// is too large or hostile ends in an Error. A page is never broken: what does
// not fit is read as a browser would. Scripts are not run, nothing is fetched,
// and frames, forms and looks are not its business.
package html

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"

	"honne"
	"honne/internal/intake/charset"
	"honne/internal/intake/grid"
)

// The limits: far above what people save, far below what harms.
const (
	maxBytes   = 128 << 20
	maxDecoded = 16 << 20 // bytes of a file in UTF-16 or ISO-2022-JP, which is decoded whole
	maxToken   = 2 << 20  // bytes of a tag, a text, a script
	maxTables  = 4096
	maxNesting = 32
	maxCaption = 1 << 10
	maxClasses = 1 << 12
)

// Book is an open page. It is not safe for concurrent use.
type Book struct {
	source   io.ReaderAt
	size     int64
	encoding charset.Encoding
	decode   func(io.Reader) io.Reader
	tables   []*table
	textual  map[string]bool // classes of cells that are formatted as text
	merged   *table          // the table read last
	merges   []honne.Range   // its merged ranges
}

// table is where a table stands in the file.
type table struct {
	name     string
	caption  []byte // not decoded
	before   []byte // the paragraphs before it, a line each; not decoded
	from, to int64
	filled   bool
}

// Sniff reports whether a file that begins with head, of a kibibyte or more, is
// a page in HTML. A workbook of Excel 2003 in XML is none.
func Sniff(head []byte) bool {
	decoded, _ := io.ReadAll(charset.NewReader(bytes.NewReader(head), charset.Detect(head))) // a bytes.Reader does not fail
	text := bytes.ToLower(bytes.TrimSpace(decoded))
	if !bytes.HasPrefix(text, []byte("<")) || bytes.Contains(text, []byte("<workbook")) {
		return false
	}
	for _, tag := range []string{"<html", "<!doctype html", "<table"} {
		if bytes.Contains(text, []byte(tag)) {
			return true
		}
	}
	return false
}

// Open finds the tables of a page. It fails with an *Error, but not when there
// is no table. r must stay readable while the Book is used.
func Open(r io.ReaderAt, size int64) (*Book, error) {
	if size > maxBytes {
		return nil, &Error{Code: CodeTooLarge, Detail: "size"}
	}
	b := &Book{source: r, size: size, textual: map[string]bool{}}
	if err := b.detect(); err != nil {
		return nil, err
	}
	s := &scan{book: b}
	if err := s.run(); err != nil {
		return nil, err
	}
	b.name()
	return b, nil
}

// Close frees nothing; it is there so that all formats are used alike.
func (b *Book) Close() error { return nil }

// Encoding returns how the page is written; "" for an encoding of the West.
func (b *Book) Encoding() charset.Encoding { return b.encoding }

// Sheets returns the tables in the order in which they begin, one within
// another as one of its own behind it; without those that hold no text, which
// only lay out others. A table's name is its caption, else "" when it is the
// only one, else Table 1, 2 …, counted over all; names that come again are
// numbered: 実績, 実績 (2).
func (b *Book) Sheets() []grid.Sheet {
	out := make([]grid.Sheet, len(b.tables))
	for i, t := range b.tables {
		out[i] = grid.Sheet{Name: t.name, Index: i, Before: b.paragraphs(t.before)}
	}
	return out
}

// paragraphs decodes the texts before a table.
func (b *Book) paragraphs(raw []byte) (out []string) {
	text, _ := io.ReadAll(b.decode(bytes.NewReader(raw))) // a bytes.Reader does not fail
	for _, line := range strings.Split(html.UnescapeString(strings.ToValidUTF8(string(text), "")), "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// name drops tables without a text and gives the others names of their own.
func (b *Book) name() {
	used := make(map[string]int)
	kept := b.tables[:0]
	for _, t := range b.tables {
		if t.filled {
			kept = append(kept, t)
		}
	}
	b.tables = kept
	for i, t := range b.tables {
		text, _ := io.ReadAll(b.decode(bytes.NewReader(t.caption))) // a bytes.Reader does not fail
		name := strings.Join(strings.Fields(html.UnescapeString(string(text))), " ")
		name = strings.ReplaceAll(strings.ToValidUTF8(name, ""), "!", "！")
		if name == "" && len(b.tables) > 1 {
			name = fmt.Sprintf("Table %d", i+1)
		}
		t.name = name
		for used[t.name] > 0 {
			used[name]++
			t.name = fmt.Sprintf("%s (%d)", name, used[name])
		}
		used[t.name]++
	}
}

// Each calls fn for every row of the i-th table that holds a cell, in ascending
// order, until fn fails or ctx ends. It returns the error of fn as it is, and
// else an *Error. Rows count from the table's first.
//
// A cell is Text as it is shown, with a line each for <br> and blocks, unless
// Excel wrote a value beside it (x:num, x:bool, x:err): then it is that value;
// a number that is shown as a day is a Date. Spaces before a word, made to
// indent it, are kept; those before a number are not.
func (b *Book) Each(ctx context.Context, i int, fn func(*grid.Row) error) error {
	t, err := b.table(i)
	if err != nil {
		return err
	}
	in := &reader{ctx: ctx, in: b.decode(io.NewSectionReader(b.source, t.from, t.to-t.from))}
	r := &rows{book: b, table: t, fn: fn, z: html.NewTokenizer(in)}
	r.z.SetMaxBuf(maxToken)
	err = r.run()
	if err == nil {
		b.merges, b.merged = r.merges, t
	}
	return err
}

// Merges returns the merged ranges of the i-th table, in the order in which
// they begin. Right after Each of the same table they are known; else the table
// is read once for them.
func (b *Book) Merges(ctx context.Context, i int) ([]honne.Range, error) {
	t, err := b.table(i)
	if err == nil && b.merged != t {
		err = b.Each(ctx, i, func(*grid.Row) error { return nil })
	}
	if err != nil {
		return nil, err
	}
	return b.merges, nil
}

func (b *Book) table(i int) (*table, error) {
	if i < 0 || i >= len(b.tables) {
		return nil, fmt.Errorf("html: read table %d: the file has %d", i, len(b.tables))
	}
	return b.tables[i], nil
}

// reader ends when the context does.
type reader struct {
	ctx context.Context
	in  io.Reader
}

// Read implements io.Reader; but for io.EOF its errors are of type *Error.
func (r *reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, &Error{Code: CodeDeadline, Err: err}
	}
	n, err := r.in.Read(p)
	if err != nil && err != io.EOF {
		err = &Error{Code: CodeRead, Err: err}
	}
	return n, err
}

// stopped makes an *Error of what ended the tokens, nil at the end of the file.
func stopped(err error, part string) error {
	var own *Error
	switch {
	case err == io.EOF:
		return nil
	case errors.As(err, &own):
		own.Part = part
		return own
	case errors.Is(err, html.ErrBufferExceeded):
		return &Error{Code: CodeTooLarge, Part: part, Detail: "a tag or a text of 2 MiB"}
	}
	return &Error{Code: CodeRead, Part: part, Err: err}
}
