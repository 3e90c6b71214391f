// Package xls reads workbooks of Excel 97 to 2003 (.xls, BIFF8) as a stream of
// rows: cells as the file stores them, cached results of formulas, what a number
// format says about dates, merged ranges, what is hidden. It trusts nothing in
// the file: a workbook that is broken, too large or hostile ends in an Error that
// names the record. All texts of BIFF8 are Unicode, so that the code page of the
// file is of no account. Formulas are never evaluated; older versions, charts,
// macros and links are not its business; what a password protects is opened by
// Unlock.
package xls

import (
	"context"
	"fmt"
	"io"
	"slices"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/numfmt"
)

// Book is an open workbook. It is not safe for concurrent use.
type Book struct {
	// Limits are those of DefaultLimits; they may be changed before reading.
	Limits Limits

	src      source
	sheets   []sheet
	date1904 bool
	shows    []numfmt.Show // by style
	indents  []uint8       // of texts, by style
	sst      int64         // where the shared strings stand; 0 when there are none
	strings  *strtab       // nil until the first sheet is read
}

type sheet struct {
	grid.Sheet
	at     int64
	survey *survey // nil until the sheet is read
}

// Limits bound what a workbook may make of its bytes.
type Limits struct {
	Strings int   // shared strings
	Text    int64 // bytes of shared strings
	Held    int64 // bytes of cells held at once: a row, and a piece of a sheet whose rows are out of order
	Merges  int   // merged ranges of a sheet
}

// DefaultLimits are far above what people make, and far below what harms.
func DefaultLimits() Limits {
	return Limits{Strings: 2_000_000, Text: 64 << 20, Held: 32 << 20, Merges: 1 << 20}
}

// globals is what errors call the part that all sheets share.
const globals = "Workbook"

// Open reads the table of contents of a workbook. It fails with an *Error. The
// Book must be closed, and r must stay readable until then.
func Open(r io.ReaderAt, size int64) (*Book, error) {
	src, err := openSource(r, size)
	if err != nil {
		return nil, err
	}
	b := &Book{Limits: DefaultLimits(), src: src}
	if err := b.readGlobals(); err != nil {
		return nil, err
	}
	return b, nil
}

// Close lets go of what was read. Texts that were given stay valid.
func (b *Book) Close() error {
	b.strings, b.src = nil, nil
	return nil
}

// Sheets returns the worksheets in the order of their tabs, hidden ones
// included; sheets that hold only a chart or macros are left out.
func (b *Book) Sheets() []grid.Sheet {
	out := make([]grid.Sheet, len(b.sheets))
	for i, s := range b.sheets {
		out[i] = s.Sheet
	}
	return out
}

const (
	maxSheets = 4096
	maxStyles = 1 << 16
)

// contents gathers what stands in any order before the sheets.
type contents struct {
	b       *Book
	r       *records
	formats map[uint16]string // codes by number
	styles  []uint16          // numbers of formats
}

// readGlobals reads the substream that all sheets share.
func (b *Book) readGlobals() error {
	r, err := b.records(context.Background(), globals, 0)
	if err != nil {
		return err
	}
	version, what, err := r.begin()
	switch {
	case err != nil:
		return err
	case version != biff8:
		return &Error{Code: CodeOldBIFF, Detail: fmt.Sprintf("BOF %04X of version %04X", r.kind, version)}
	case what != isGlobals:
		return &Error{Code: CodeNoWorkbook, Detail: fmt.Sprintf("a substream of type %04X alone", what)}
	}
	c := &contents{b: b, r: r, formats: make(map[uint16]string)}
	if err := r.each(c.record); err != nil {
		return err
	}
	b.shows = make([]numfmt.Show, len(c.styles))
	for i, id := range c.styles {
		b.shows[i] = numfmt.BuiltIn(int(id))
		if code, own := c.formats[id]; own {
			b.shows[i] = numfmt.Of(code)
		}
	}
	return nil
}

func (c *contents) record() error {
	r := c.r
	switch r.kind {
	case recFilePass:
		return &Error{Code: CodePassword}
	case recDateMode:
		c.b.date1904 = len(r.body) >= 2 && le16(r.body) == 1
	case recSST:
		c.b.sst = r.at
	case recBoundSheet:
		return c.sheet()
	case recFormat:
		if err := r.need(5); err != nil {
			return err
		}
		id := le16(r.body)
		code, err := r.textAt(2, 2)
		c.formats[id] = code
		return err
	case recXF:
		if err := r.need(4); err != nil {
			return err
		}
		if len(c.styles) < maxStyles {
			c.styles = append(c.styles, le16(r.body[2:]))
			c.b.indents = append(c.b.indents, indentOf(r.body))
		}
	}
	return nil
}

// indentOf is the steps a format indents a text by (MS-XLS 2.5.20, cIndent).
func indentOf(xf []byte) uint8 {
	if len(xf) < 9 {
		return 0
	}
	return xf[8] & 0x0F
}

// sheet notes a worksheet (MS-XLS 2.4.28).
func (c *contents) sheet() error {
	if err := c.r.need(8); err != nil {
		return err
	}
	at, state, kind := int64(le32(c.r.body)), c.r.body[4]&3, c.r.body[5]
	if kind != 0 {
		return nil
	}
	name, err := c.r.textAt(6, 1)
	if err != nil {
		return err
	}
	same := func(s sheet) bool { return s.at == at }
	switch {
	case len(c.b.sheets) >= maxSheets:
		return &Error{Code: CodeTooLarge, Part: globals, Detail: "number of sheets"}
	case slices.ContainsFunc(c.b.sheets, same):
		return &Error{Code: CodeDamaged, Part: name, Detail: "stands where another sheet stands"}
	}
	c.b.sheets = append(c.b.sheets, sheet{at: at, Sheet: grid.Sheet{Name: name, Index: len(c.b.sheets), Hidden: state != 0}})
	return nil
}

// open starts to read the i-th sheet, up to its first record.
func (b *Book) open(ctx context.Context, i int) (*records, *sheet, error) {
	if i < 0 || i >= len(b.sheets) || b.src == nil {
		return nil, nil, fmt.Errorf("xls: read sheet %d: the workbook has %d, or is closed", i, len(b.sheets))
	}
	s := &b.sheets[i]
	r, err := b.records(ctx, s.Name, s.at)
	if err != nil {
		return nil, nil, err
	}
	version, what, err := r.begin()
	switch {
	case err != nil:
		return nil, nil, err
	case version != biff8 || what != isSheet:
		return nil, nil, r.fail(CodeMissing, fmt.Sprintf("no worksheet but %04X of version %04X", what, version))
	}
	return r, s, nil
}

// Merges returns the merged ranges of the i-th sheet, in the order of the file.
func (b *Book) Merges(ctx context.Context, i int) ([]honne.Range, error) {
	s, err := b.look(ctx, i)
	if err != nil {
		return nil, err
	}
	return s.merges, nil
}
