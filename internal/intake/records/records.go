// Package records reads files in XML that hold flat records, as many systems exchange
// them: elements of one name, each with its fields as elements or attributes. Every sort of
// record is a sheet: what stands beside it as rows of a label and its text, a row of the
// names of the fields, and a row for each record. It trusts nothing in the file: what is
// broken, too large or not flat ends in an Error. All values are texts, as in a CSV.
package records

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
)

// The codes of an Error, beside those of package elements.
const (
	CodeNested    = "xml-nested"     // records hold lists of their own: slips with their lines
	CodeNoRecords = "xml-no-records" // nothing in it is repeated
)

// Error says why a file could not be read.
type Error = elements.Error

// The limits: far above what systems write, far below what harms.
const (
	maxNodes  = 1 << 12 // sorts of elements
	maxTitles = 1000    // of what stands before the records
	maxSheets = 64
)

// Book is an open file. It is not safe for concurrent use.
type Book struct {
	source   io.ReaderAt
	size     int64
	encoding charset.Encoding
	nodes    int
	root     *node
	records  []*node
	titles   []grid.Row
}

// Sniff reports whether a file that begins with head is XML.
func Sniff(head []byte) bool {
	decoded, _ := io.ReadAll(charset.NewReader(bytes.NewReader(head), charset.Detect(head))) // a bytes.Reader does not fail
	text := strings.TrimSpace(strings.TrimPrefix(string(decoded), "\ufeff"))
	return strings.HasPrefix(text, "<?xml") || strings.HasPrefix(text, "<") && strings.Contains(text, "</")
}

// Open finds the sorts of records of a file and their fields. It fails with an *Error. r
// must stay readable while the Book is used.
func Open(ctx context.Context, r io.ReaderAt, size int64) (*Book, error) {
	if size > elements.MaxBytes {
		return nil, &Error{Code: elements.CodeTooLarge, Detail: "size"}
	}
	head := make([]byte, min(size, 64<<10))
	n, _ := r.ReadAt(head, 0) // what cannot be read fails below
	b := &Book{source: r, size: size, encoding: charset.Detect(head[:n]), root: &node{}}
	l := &learner{book: b, open: []*node{b.root}, counts: []map[*node]int{{}}}
	if err := b.walk(ctx, l.token); err != nil {
		return nil, err
	}
	if b.choose(b.root); len(b.records) == 0 {
		return nil, &Error{Code: CodeNoRecords}
	}
	for _, n := range b.records {
		if n.nests() {
			return nil, &Error{Code: CodeNested, Part: n.name}
		}
		n.column(0)
	}
	return b, b.walk(ctx, (&titler{book: b, at: []*node{b.root}}).token)
}

func (b *Book) walk(ctx context.Context, fn func(t xml.Token, around []string) error) error {
	return elements.Walk(ctx, b.source, b.size, b.encoding, fn)
}

// choose takes the outermost elements that are repeated and hold fields for records, or
// where none is, the first that holds three fields.
func (b *Book) choose(n *node) {
	b.repeated(n)
	if one := n.single(); len(b.records) == 0 && one != nil {
		b.records = append(b.records, one)
	}
}

func (b *Book) repeated(n *node) {
	for _, c := range n.children {
		switch {
		case c.most > 1 && c.fields() > 0 && len(b.records) < maxSheets:
			b.records = append(b.records, c)
		default:
			b.repeated(c)
		}
	}
}

// Encoding returns how the file is written.
func (b *Book) Encoding() charset.Encoding { return b.encoding }

// Close frees nothing; it is there so that all formats are used alike.
func (b *Book) Close() error { return nil }

// Sheets returns the sorts of records in the order in which they begin, where there are
// several by the names of their elements and of those around them.
func (b *Book) Sheets() (out []grid.Sheet) {
	used := map[string]bool{}
	for i, n := range b.records {
		name := ""
		if len(b.records) > 1 {
			name = strings.ReplaceAll(n.parent.name+" "+n.name, "!", "！")
		}
		if used[name] {
			name = fmt.Sprintf("%s (%d)", name, i+1)
		}
		used[name] = true
		out = append(out, grid.Sheet{Name: name, Index: i})
	}
	return out
}

// Merges returns none.
func (b *Book) Merges(context.Context, int) ([]honne.Range, error) { return nil, nil }

// Each calls fn for the rows of the i-th sort of record, in ascending order, until fn fails
// or ctx ends. It returns the error of fn as it is.
func (b *Book) Each(ctx context.Context, i int, fn func(*grid.Row) error) error {
	if i < 0 || i >= len(b.records) {
		return fmt.Errorf("records: read sheet %d: the file has %d", i, len(b.records))
	}
	for k := range b.titles {
		row := grid.Row{N: b.titles[k].N, Cells: append([]grid.Cell(nil), b.titles[k].Cells...)}
		if err := fn(&row); err != nil {
			return err
		}
	}
	r := &rows{of: b.records[i], at: []*node{b.root}, fn: fn, row: grid.Row{N: int32(len(b.titles)) + 2}}
	r.row.Cells = r.of.header(r.row.Cells, "")
	if err := fn(&r.row); err != nil {
		return err
	}
	return b.walk(ctx, r.token)
}
