// Package office reads the tables of Word documents and PowerPoint presentations
// (.docx, .docm, .pptx, .pptm) as sheets of rows, and the paragraphs outside of
// them as texts. It holds what it read within limits and trusts nothing in the
// file: a document that is broken, too large or hostile ends in an Error that
// names the part. Pictures, charts, notes of speakers, headers and footers,
// macros and passwords are not its business; what was deleted with changes
// tracked is not read, what was inserted is. Every cell is text.
package office

import (
	"context"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"honne"
	"honne/internal/intake/grid"
)

// Kind says what a file is.
type Kind string

// The kinds.
const (
	Document     Kind = "docx"
	Presentation Kind = "pptx"
)

// Book is an open document. It is not safe for concurrent use.
type Book struct {
	kind   Kind
	tables []*table
	texts  []string
}

// Sniff reports whether a zip holds a document or a presentation, by the names
// of its parts.
func Sniff(r io.ReaderAt, size int64) bool {
	p, err := openParts(r, size)
	return err == nil && p.files["[content_types].xml"] != nil && (p.has("word/") || p.has("ppt/"))
}

// Open reads a document whole: its limits bound the time as well. It fails with
// an *Error; r is not used afterwards.
func Open(r io.ReaderAt, size int64) (*Book, error) {
	p, err := openParts(r, size)
	if err != nil {
		return nil, err
	}
	main, err := p.main()
	if err != nil {
		return nil, err
	}
	b := &Book{kind: Document}
	l := &loader{parts: p, book: b}
	if strings.HasPrefix(main, "ppt/") {
		b.kind = Presentation
		err = l.presentation(main)
	} else {
		err = l.document(main)
	}
	if err != nil {
		return nil, err
	}
	b.name()
	return b, nil
}

// Close frees nothing; it is there so that all formats are used alike.
func (b *Book) Close() error { return nil }

// Kind returns what the file is.
func (b *Book) Kind() Kind { return b.kind }

// Sheets returns the tables in the order in which they begin, a nested one
// behind the one around it; without those that hold no text. The name of a
// sheet is the nearest heading or caption before it, or the title of its slide,
// and else Table 1, 2 …, counted over all tables; names that come again are
// numbered: 実績, 実績 (2). Tables of hidden slides are hidden.
func (b *Book) Sheets() []grid.Sheet {
	out := make([]grid.Sheet, len(b.tables))
	for i, t := range b.tables {
		out[i] = grid.Sheet{Name: t.name, Index: i, Hidden: t.hidden, Before: t.before, Opens: b.opens()}
	}
	return out
}

// opens are the short ones of the first paragraphs, among which a document has its title.
func (b *Book) opens() (out []string) {
	const first, longest = 6, 40
	for _, s := range b.texts[:min(first, len(b.texts))] {
		if utf8.RuneCountInString(s) <= longest && !strings.ContainsAny(s, "。、") {
			out = append(out, s)
		}
	}
	return out
}

// Each calls fn for every row of the i-th table that holds a text, in ascending
// order, until fn fails or ctx ends. It returns the error of fn as it is. A
// cell is its paragraphs, one a line; of merged cells the first holds the text.
func (b *Book) Each(ctx context.Context, i int, fn func(*grid.Row) error) error {
	t, err := b.table(i)
	if err != nil {
		return err
	}
	var row grid.Row
	for j, r := range t.rows {
		if j%1024 == 0 && ctx.Err() != nil {
			return &Error{Code: CodeDeadline, Part: t.name, Err: ctx.Err()}
		}
		row.N, row.Cells = r.n, row.Cells[:0]
		for _, c := range t.cells[r.from:r.to] {
			row.Cells = append(row.Cells, grid.Cell{Col: c.col, Kind: grid.Text, Text: c.text})
		}
		if err := fn(&row); err != nil {
			return err
		}
	}
	return nil
}

// Merges returns the merged ranges of the i-th table, in the order in which
// they begin.
func (b *Book) Merges(ctx context.Context, i int) ([]honne.Range, error) {
	t, err := b.table(i)
	if err != nil {
		return nil, err
	}
	return t.merges, nil
}

// Texts returns the paragraphs outside of tables that hold a text, in the order
// of the document or of the slides.
func (b *Book) Texts(ctx context.Context) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, &Error{Code: CodeDeadline, Err: err}
	}
	return b.texts, nil
}

func (b *Book) table(i int) (*table, error) {
	if i < 0 || i >= len(b.tables) {
		return nil, fmt.Errorf("office: read table %d: the file has %d", i, len(b.tables))
	}
	return b.tables[i], nil
}

// name gives every table a name of its own.
func (b *Book) name() {
	used := make(map[string]int)
	for i, t := range b.tables {
		name := sheetName(t.heading)
		if name == "" {
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

// sheetName makes a name of a heading: one line, no sign that would cut an
// address in two.
func sheetName(heading string) string {
	const most = 60 // runes; a heading is no novel
	name := strings.ReplaceAll(strings.Join(strings.Fields(heading), " "), "!", "！")
	if runes := []rune(name); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return name
}
