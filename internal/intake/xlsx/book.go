// Package xlsx reads workbooks of Office Open XML (.xlsx, .xlsm) as a stream of
// rows: cells as the file stores them, cached results of formulas, what a number
// format says about dates, merged ranges, what is hidden. It holds a few
// megabytes whatever the size of the sheet, and trusts nothing in the file: a
// workbook that is broken, too large or hostile ends in an Error that names
// the part. Formulas are never evaluated; macros, links, drawings and passwords
// are not its business.
package xlsx

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"honne"
	"honne/internal/intake/archive"
	"honne/internal/intake/grid"
)

// Book is an open workbook. It is not safe for concurrent use.
type Book struct {
	// Limits are those of DefaultLimits; they may be changed before reading.
	Limits Limits

	parts    map[string]*zip.File // by lower-case name
	sheets   []sheet
	date1904 bool
	formats  []format // by style
	strings  *strtab  // nil until the first sheet is read
	strPart  string
	stylPart string
}

type sheet struct {
	grid.Sheet
	part   string
	merges []honne.Range
	merged bool // merges were read

	noResult []honne.Cell
}

// Limits bound what a workbook may make of its bytes.
type Limits struct {
	PartBytes int64 // unpacked bytes of one part
	Ratio     int64 // of unpacked to packed bytes of one part, from RatioFrom unpacked bytes on
	RatioFrom int64
	Strings   int   // shared strings
	InMemory  int64 // bytes of shared strings kept in memory; more go to a temporary file
	Merges    int   // merged ranges of a sheet
}

// DefaultLimits are far above what people make, and far below what harms.
func DefaultLimits() Limits {
	return Limits{
		PartBytes: 2 << 30,
		Ratio:     500,
		RatioFrom: 64 << 20,
		Strings:   5_000_000,
		InMemory:  8 << 20,
		Merges:    1 << 20,
	}
}

// Open reads the table of contents of a workbook. It fails with an *Error. The
// Book must be closed, and r must stay readable until then.
func Open(r io.ReaderAt, size int64) (*Book, error) {
	files, err := archive.Directory(r, size)
	if err != nil {
		return nil, err
	}
	b := &Book{Limits: DefaultLimits(), parts: make(map[string]*zip.File, len(files))}
	for _, f := range files {
		name := partName("", f.Name)
		if b.parts[name] == nil {
			b.parts[name] = f
		}
	}
	if err := b.readWorkbook(context.Background()); err != nil {
		return nil, err
	}
	if err := b.readStyles(context.Background()); err != nil {
		return nil, err
	}
	return b, nil
}

// Close removes the temporary file, if there is one. Texts that were given stay
// valid.
func (b *Book) Close() error {
	if b.strings == nil {
		return nil
	}
	t := b.strings
	b.strings = nil
	return t.close()
}

// Sheets returns the worksheets in the order of their tabs, hidden ones
// included; sheets that hold only a chart are left out.
func (b *Book) Sheets() []grid.Sheet {
	out := make([]grid.Sheet, len(b.sheets))
	for i, s := range b.sheets {
		out[i] = s.Sheet
	}
	return out
}

// Format returns the number format of a cell's style as the workbook writes it
// (#,##0,"千円"), "" for General and for the formats that are built in.
func (b *Book) Format(style uint16) string {
	if int(style) < len(b.formats) {
		return b.formats[style].code
	}
	return ""
}

// partName resolves the name of a part as written in the part from.
func partName(from, target string) string {
	target = strings.ToLower(strings.ReplaceAll(target, `\`, "/"))
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", path.Dir(from), target)
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

// relation is a line of a .rels part.
type relation struct{ id, kind, target string }

// relations reads what a part points to, or the whole when part is "". A part
// without any is no error.
func (b *Book) relations(ctx context.Context, part string) ([]relation, error) {
	name := "_rels/.rels"
	if part != "" {
		name = path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	}
	if b.parts[name] == nil {
		return nil, nil
	}
	var out []relation
	err := b.walk(ctx, name, 8<<20, func(x *xmlReader) {
		if string(x.name) != "Relationship" || strings.EqualFold(x.attr("TargetMode"), "External") {
			return
		}
		out = append(out, relation{x.attr("Id"), path.Base(x.attr("Type")), partName(part, x.attr("Target"))})
	})
	return out, err
}

func (b *Book) readWorkbook(ctx context.Context) error {
	book := "xl/workbook.xml"
	roots, err := b.relations(ctx, "")
	if err != nil {
		return err
	}
	for _, r := range roots {
		if r.kind == "officeDocument" {
			book = r.target
		}
	}
	switch {
	case strings.HasSuffix(book, ".bin"):
		return &Error{Code: CodeBinary, Part: book}
	case b.parts["mimetype"] != nil && b.parts["content.xml"] != nil:
		return &Error{Code: CodeOpenDocument}
	}
	if b.parts[book] == nil || !strings.HasSuffix(book, ".xml") {
		return &Error{Code: CodeNoWorkbook, Part: book}
	}
	relations, err := b.relations(ctx, book)
	if err != nil {
		return err
	}
	byID := make(map[string]relation, len(relations))
	for _, r := range relations {
		byID[r.id] = r
		switch r.kind {
		case "sharedStrings":
			b.strPart = r.target
		case "styles":
			b.stylPart = r.target
		}
	}
	err = b.walk(ctx, book, 8<<20, func(x *xmlReader) {
		switch string(x.name) {
		case "workbookPr":
			b.date1904 = isTrue(x.attr("date1904"))
		case "sheet":
			b.addSheet(x, byID[x.attr("id")])
		}
	})
	if len(b.sheets) > maxSheets {
		return &Error{Code: CodeTooLarge, Part: book, Detail: "number of sheets"}
	}
	return err
}

// addSheet notes a worksheet. One that leads nowhere is noted as well, so that
// reading it fails.
func (b *Book) addSheet(x *xmlReader, r relation) {
	if r.kind != "worksheet" && r.kind != "" || len(b.sheets) > maxSheets {
		return
	}
	state := x.attr("state")
	b.sheets = append(b.sheets, sheet{part: r.target, Sheet: grid.Sheet{
		Name:   x.attr("name"),
		Index:  len(b.sheets),
		Hidden: state == "hidden" || state == "veryHidden",
	}})
}

func isTrue(s string) bool { return s == "1" || s == "true" }

// sheet returns the i-th sheet.
func (b *Book) sheet(i int) (*sheet, error) {
	if i < 0 || i >= len(b.sheets) {
		return nil, fmt.Errorf("xlsx: read sheet %d: the workbook has %d", i, len(b.sheets))
	}
	return &b.sheets[i], nil
}

// maxSheets is as many as nobody makes.
const maxSheets = 4096

// walk calls fn at every start of an element of a part of at most so many bytes.
func (b *Book) walk(ctx context.Context, part string, most int64, fn func(*xmlReader)) error {
	limits := b.Limits
	limits.PartBytes = min(limits.PartBytes, most)
	x, err := b.open(ctx, part, part, limits)
	if err != nil {
		return err
	}
	defer x.close()
	for {
		t, err := x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if t == startTag {
			fn(x)
		}
	}
}
