package source

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/aligned"
	"honne/internal/intake/archive"
	"honne/internal/intake/compound"
	"honne/internal/intake/delimited"
	"honne/internal/intake/fixed"
	"honne/internal/intake/grid"
	"honne/internal/intake/html"
	"honne/internal/intake/office"
	"honne/internal/intake/pdf"
	"honne/internal/intake/records"
	"honne/internal/intake/sheetml"
	"honne/internal/intake/xls"
	"honne/internal/intake/xlsx"
)

// Source is an open file, whatever its format: sheets of rows of cells.
type Source struct {
	Format   honne.Format
	Encoding string
	Sheets   []grid.Sheet
	Each     func(ctx context.Context, sheet int, fn func(*grid.Row) error) error
	Merges   func(ctx context.Context, sheet int) ([]honne.Range, error)
	Problems func() []honne.Problem
	NoResult func() []honne.Address    // formulas that say no result, once a sheet was read; nil for a format without
	Shown    func(style uint16) string // the number format of a cell; nil for a format without
	Figures  func(col int32, are bool) // told of each column of a table whether it holds figures; nil for a format without
	Post     *Post                     // its messages, when it is mail
	Close    func()
}

// Bound binds the bytes of a file to a context: once that is done they cannot be
// read, so that no format goes on for somebody who has left.
func Bound(ctx context.Context, f honne.File) honne.File {
	f.Bytes = boundReader{ctx, f.Bytes}
	return f
}

type boundReader struct {
	ctx   context.Context
	bytes io.ReaderAt
}

// ReadAt implements io.ReaderAt.
func (b boundReader) ReadAt(p []byte, off int64) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	return b.bytes.ReadAt(p, off)
}

// Open sniffs the bytes, never the name: a CSV called .xls is a CSV. A new
// format is a line here.
func Open(ctx context.Context, f honne.File) (*Source, error) {
	f = Bound(ctx, f)
	head := HeadOf(f)
	p, ok := OpenPost(f, head)
	switch {
	case ok:
		return openMail(p), nil
	case p.broken != nil:
		return nil, p.broken
	case compound.Sniff(head), xls.Sniff(head):
		return openCompound(f)
	case strings.HasPrefix(string(head), "PK") && office.Sniff(f.Bytes, f.Size):
		return openOffice(f)
	case archive.Sniff(f.Bytes, f.Size):
		return openArchive(), nil
	case strings.HasPrefix(string(head), "PK"):
		return openXLSX(f)
	case pdf.Sniff(head):
		return openPDF(ctx, f)
	case sheetml.Sniff(head):
		return openSheetML(ctx, f)
	case html.Sniff(head):
		return openHTML(f)
	case records.Sniff(head):
		return openRecords(ctx, f)
	}
	return openDelimited(f)
}

func openXLSX(f honne.File) (*Source, error) {
	b, err := xlsx.Open(f.Bytes, f.Size)
	if err != nil {
		return nil, err
	}
	s := sourceOf(honne.XLSX, b)
	s.NoResult, s.Shown = b.NoResult, b.Format
	return s, nil
}

// openCompound opens a workbook of Excel 97 to 2003. A later one that a password
// protects is a compound file too: Unlock opens it.
func openCompound(f honne.File) (*Source, error) {
	b, err := xls.Open(f.Bytes, f.Size)
	if err != nil {
		return nil, err
	}
	return sourceOf(honne.XLS, b), nil
}

// openSheetML opens a workbook that was saved as XML, as Excel 2003 and many systems do.
func openSheetML(ctx context.Context, f honne.File) (*Source, error) {
	b, err := sheetml.Open(ctx, f.Bytes, f.Size)
	if err != nil {
		return nil, err
	}
	return sourceOf(honne.XLS, b), nil
}

// openRecords opens a file in XML of flat records.
func openRecords(ctx context.Context, f honne.File) (*Source, error) {
	b, err := records.Open(ctx, f.Bytes, f.Size)
	if err != nil {
		return nil, err
	}
	s := sourceOf(honne.XML, b)
	s.Encoding = string(b.Encoding())
	return s, nil
}

func openHTML(f honne.File) (*Source, error) {
	b, err := html.Open(f.Bytes, f.Size)
	if err != nil {
		return nil, err
	}
	s := sourceOf(honne.HTML, b)
	s.Encoding = string(b.Encoding())
	return s, nil
}

func openOffice(f honne.File) (*Source, error) {
	b, err := office.Open(f.Bytes, f.Size)
	if err != nil {
		return nil, err
	}
	if b.Kind() == office.Presentation {
		return sourceOf(honne.PPTX, b), nil
	}
	return sourceOf(honne.DOCX, b), nil
}

// openPDF opens a file whose tables were drawn; what is not certain of them is
// said.
func openPDF(ctx context.Context, f honne.File) (*Source, error) {
	b, err := pdf.Open(ctx, f.Bytes, f.Size)
	if err != nil {
		return nil, err
	}
	s := sourceOf(honne.PDF, b)
	s.Problems = func() []honne.Problem { return drawnProblems(b) }
	return s, nil
}

// drawnProblems says what is not certain of pages. That columns were told by
// their alignment alone is worth knowing; that some were not, a person must see.
func drawnProblems(b *pdf.Book) []honne.Problem {
	var out []honne.Problem
	for _, p := range b.Problems() {
		severity := honne.SevWarning
		switch p.What {
		case pdf.OnlyScan:
			severity = honne.SevError
		case pdf.Aligned, pdf.Turned, pdf.Repeated:
			severity = honne.SevNote
		}
		out = append(out, honne.Problem{At: honne.Address{Sheet: p.Sheet}, Severity: severity,
			What: honne.Say("problem."+p.What, honne.Count("page", p.Page), honne.Count("n", p.Count))})
	}
	return out
}

// openArchive gives a source without sheets: Inside walks what an archive holds.
func openArchive() *Source {
	return &Source{Format: honne.ZIP, Problems: func() []honne.Problem { return nil }, Close: func() {}}
}

// openMail gives a source without sheets: Inside walks what messages hold.
func openMail(p Post) *Source {
	return &Source{Format: p.format, Post: &p, Problems: func() []honne.Problem { return nil }, Close: func() {}}
}

// book is what every format of several sheets gives.
type book interface {
	Sheets() []grid.Sheet
	Each(ctx context.Context, sheet int, fn func(*grid.Row) error) error
	Merges(ctx context.Context, sheet int) ([]honne.Range, error)
	Close() error
}

func sourceOf(format honne.Format, b book) *Source {
	return &Source{
		Format: format, Sheets: b.Sheets(), Each: b.Each, Merges: b.Merges,
		Problems: func() []honne.Problem { return nil },
		Close:    func() { b.Close() },
	}
}

// openAligned opens a text whose columns are set by blanks; nil where it is another.
func openAligned(f honne.File) (*Source, error) {
	a, ok, err := aligned.Open(f.Bytes, f.Size)
	if err != nil {
		return nil, &delimited.Error{Code: delimited.CodeRead, Err: err}
	}
	if !ok {
		return nil, nil
	}
	return &Source{
		Format: honne.TXT, Encoding: string(a.Encoding()), Sheets: []grid.Sheet{{}},
		Each: func(ctx context.Context, _ int, fn func(*grid.Row) error) error {
			return a.Each(ctx, fn)
		},
		Merges:   func(context.Context, int) ([]honne.Range, error) { return nil, nil },
		Problems: func() []honne.Problem { return alignedProblems(a) },
		Close:    func() {},
	}, nil
}

// alignedProblems says that columns were told by their alignment, and of which cells
// it is not certain.
func alignedProblems(a *aligned.File) []honne.Problem {
	out := []honne.Problem{{Severity: honne.SevNote, What: honne.Say("problem.aligned")}}
	for _, c := range a.Unsure() {
		out = append(out, honne.Problem{At: honne.Address{Range: honne.Range{From: c, To: c}}, Severity: honne.SevWarning, What: honne.Say("problem.aligned-unsure")})
	}
	return out
}

func openDelimited(f honne.File) (*Source, error) {
	if s, err := openAligned(f); s != nil || err != nil {
		return s, err
	}
	if err := fixed.Check(f.Bytes, f.Size); err != nil {
		return nil, err
	}
	d, err := delimited.Open(f.Bytes, f.Size)
	if err != nil {
		return nil, err
	}
	format := honne.CSV
	if d.Delimiter() == '\t' {
		format = honne.TSV
	}
	return &Source{
		Format: format, Encoding: string(d.Encoding()),
		Sheets: []grid.Sheet{{}},
		Each: func(ctx context.Context, _ int, fn func(*grid.Row) error) error {
			return d.Each(ctx, fn)
		},
		Figures:  d.Figures,
		Merges:   func(context.Context, int) ([]honne.Range, error) { return nil, nil },
		Problems: func() []honne.Problem { return textProblems(d) },
		Close:    func() {},
	}, nil
}

// textProblems says what the bytes themselves had wrong. Lost characters are one
// fault of the whole file, said once, at the first of them.
func textProblems(d *delimited.File) []honne.Problem {
	var out []honne.Problem
	lost := -1 // the problem that says so
	for _, p := range d.Problems() {
		if p.What == delimited.Replacement && lost >= 0 {
			out[lost].Count += p.Count
			continue
		}
		if p.What == delimited.Replacement {
			lost = len(out)
		}
		at := honne.Address{Range: honne.Range{From: honne.Cell{Row: p.Row, Col: max(p.Col, 1)}}}
		at.Range.To = at.Range.From
		out = append(out, honne.Problem{At: at, Severity: honne.SevWarning, Count: p.Count, What: honne.Say("problem." + p.What)})
	}
	for i := range out {
		out[i].What = honne.Say(out[i].What.ID, honne.Count("n", out[i].Count))
	}
	return out
}

// fault returns what a format says of an error: its code and the part of the
// file; "" for an error of another kind.
func fault(err error) (code, part string) {
	var inBook *grid.Fault
	var inText *delimited.Error
	switch {
	case errors.As(err, &inBook):
		return inBook.Code, inBook.Part
	case errors.As(err, &inText):
		return inText.Code, ""
	}
	return "", ""
}

// Ours reports whether an error is the fault of our disk, not of the file.
func Ours(err error) bool {
	code, _ := fault(err)
	return code == xlsx.CodeTemporary || code == delimited.CodeRead
}

// SheetOnly reports whether an error is about one sheet of a workbook only.
func SheetOnly(err error, sheet grid.Sheet) bool {
	_, part := fault(err)
	return part != "" && part == sheet.Name && !Ours(err)
}

// Unreadable turns a format's error into a problem of the whole file.
func Unreadable(err error) honne.Problem {
	code, part := fault(err)
	switch code {
	case "":
		code = "unreadable"
	case xlsx.CodeMissingPart, xlsx.CodeNoString, xls.CodeDamaged, xls.CodeNotOLE:
		code = xlsx.CodeXML // damaged, in the same words
	}
	if part == "" && slices.Contains([]string{xlsx.CodeTruncated, xlsx.CodeXML, xlsx.CodeTooLarge}, code) {
		code += "-whole"
	}
	return honne.Problem{Severity: honne.SevError, What: honne.Say("problem."+code, honne.Text("part", part))}
}

// BaseName is the file's name without folders and ending, for words and dates.
func BaseName(name string) string {
	base := filepath.Base(filepath.ToSlash(name))
	return strings.TrimSuffix(base, filepath.Ext(base))
}
