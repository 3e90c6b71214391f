package xlsx

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strconv"

	"honne"
	"honne/internal/intake/grid"
)

const (
	maxRow     = 1 << 20
	maxCol     = 1 << 14
	maxRowText = 64 << 20
)

// Each calls fn for every row of the i-th sheet that holds a cell, in
// ascending order, until fn fails or ctx ends. It returns the error of fn as it
// is, and else an *Error. Errors in the bytes may show only after the last row:
// what came before an error is not to be used. What a sheet says of its own
// size is ignored.
//
// A number that does not fit a Decimal is Text. A formula without a result in
// the file is Blank, and listed by NoResult; one of which the result is an empty
// text is left out.
func (b *Book) Each(ctx context.Context, i int, fn func(*grid.Row) error) error {
	s, err := b.sheet(i)
	if err != nil {
		return err
	}
	if err := b.loadStrings(ctx); err != nil {
		return err
	}
	x, err := b.open(ctx, s.part, s.Name, b.Limits)
	if err != nil {
		return err
	}
	defer x.close()
	s.noResult = nil
	r := &rows{b: b, s: s, x: x, fn: fn}
	if err := r.prologue(); err != nil {
		return err
	}
	if err := r.data(); err != nil {
		return err
	}
	return b.tail(x, s)
}

// rows reads the rows of a sheet.
type rows struct {
	b  *Book
	s  *sheet
	x  *xmlReader
	fn func(*grid.Row) error

	hidden   []bool // by column; nil when none is hidden
	row      grid.Row
	col      int32 // of the last cell
	text     []byte
	raw      []rawCell // of row.Cells
	open     bool      // within a row
	numbered bool      // the row's number is known
	last     int32     // number of the row before
}

// rawCell is what finishes a cell when the row's text is complete.
type rawCell struct {
	from, to int
	kind     cellType
}

// cellType is how a cell's value is written.
type cellType uint8

const (
	aNumber cellType = iota
	aShared
	aResult // of a formula, a text
	aInline
	aBool
	anError
	aDay // ISO 8601
)

// prologue reads up to the first row.
func (r *rows) prologue() error {
	for {
		t, err := r.x.next()
		if err != nil {
			return r.x.unexpected(err)
		}
		if t != startTag {
			continue
		}
		switch string(r.x.name) {
		case "col":
			r.column()
		case "sheetData":
			return nil
		}
	}
}

// column notes hidden columns.
func (r *rows) column() {
	from, _ := strconv.Atoi(r.x.attr("min"))
	to, _ := strconv.Atoi(r.x.attr("max"))
	if !isTrue(r.x.attr("hidden")) || from < 1 {
		return
	}
	if r.hidden == nil {
		r.hidden = make([]bool, maxCol+1)
	}
	for i := from; i <= min(to, maxCol); i++ {
		r.hidden[i] = true
	}
}

// data reads the rows, whose start tag was just read.
func (r *rows) data() error {
	if r.x.closed {
		return nil
	}
	for {
		t, err := r.x.next()
		if err != nil {
			return r.x.unexpected(err)
		}
		switch {
		case t == endTag && string(r.x.name) == "row" && r.open:
			err = r.emit()
		case t == endTag && string(r.x.name) == "sheetData" && !r.open:
			return nil
		case t == endTag:
			err = r.x.fail("</" + string(r.x.name) + "> out of place")
		case t != startTag:
		case string(r.x.name) == "c" && r.open:
			err = r.cell()
		case string(r.x.name) == "row" && !r.open:
			err = r.begin()
		case len(r.x.name) == 1 || string(r.x.name) == "row":
			err = r.x.fail("<" + string(r.x.name) + "> out of place")
		default:
			err = r.x.skip()
		}
		if err != nil {
			return err
		}
	}
}

// begin starts a row.
func (r *rows) begin() error {
	r.row = grid.Row{N: r.last + 1, Cells: r.row.Cells[:0]}
	r.col, r.text, r.raw, r.numbered = 0, r.text[:0], r.raw[:0], false
	for rest := r.x.attrs; len(rest) > 0; {
		var key, value []byte
		key, value, rest = nextAttr(rest)
		switch string(key) {
		case "r":
			if err := r.number(value); err != nil {
				return err
			}
		case "hidden":
			r.row.Hidden = isTrue(string(value))
		}
	}
	if r.row.N > maxRow {
		return r.outOfRange("row " + strconv.Itoa(int(r.row.N)))
	}
	r.open = !r.x.closed
	if r.x.closed {
		r.last = r.row.N
	}
	return nil
}

// number sets the number of the row.
func (r *rows) number(value []byte) error {
	n, err := strconv.ParseInt(string(value), 10, 64)
	if err != nil || n < 1 || n > maxRow {
		return r.outOfRange("row " + strconv.Quote(string(value)))
	}
	if int32(n) <= r.last {
		return r.outOfRange("row " + string(value) + " after row " + strconv.Itoa(int(r.last)))
	}
	r.row.N, r.numbered = int32(n), true
	return nil
}

func (r *rows) outOfRange(what string) error {
	return &Error{Code: CodeOutOfRange, Part: r.x.part, Detail: what}
}

// cell reads a cell.
func (r *rows) cell() error {
	c := grid.Cell{Col: r.col + 1}
	kind := aNumber
	for rest := r.x.attrs; len(rest) > 0; {
		var key, value []byte
		key, value, rest = nextAttr(rest)
		if len(key) != 1 {
			continue
		}
		switch key[0] {
		case 'r':
			if err := r.place(&c, value); err != nil {
				return err
			}
		case 's':
			n, _ := strconv.ParseUint(string(value), 10, 16)
			c.Style = uint16(n)
			if int(n) < len(r.b.formats) {
				c.Indent = r.b.formats[n].indent
			}
		case 't':
			kind = typeOf(value)
		}
	}
	r.col = c.Col
	if c.Col > maxCol || len(r.row.Cells) >= maxCol {
		return r.outOfRange("row " + strconv.Itoa(int(r.row.N)) + " has too many cells")
	}
	c.Hidden = r.hidden != nil && r.hidden[c.Col]
	if r.x.closed {
		return nil
	}
	return r.value(c, kind)
}

// place reads the address of a cell.
func (r *rows) place(c *grid.Cell, ref []byte) error {
	col, i := int32(0), 0
	for ; i < len(ref) && i < 4 && (ref[i]|0x20) >= 'a' && (ref[i]|0x20) <= 'z'; i++ {
		col = col*26 + int32(ref[i]|0x20-'a') + 1
	}
	n, digits := int32(0), ref[i:]
	for _, d := range digits {
		if d < '0' || d > '9' || n > maxRow {
			n = 0
			break
		}
		n = n*10 + int32(d-'0')
	}
	if col < 1 || col > maxCol || n < 1 {
		return r.outOfRange("cell " + strconv.Quote(string(ref)))
	}
	if n != r.row.N {
		if r.numbered {
			return r.outOfRange("cell " + string(ref) + " in row " + strconv.Itoa(int(r.row.N)))
		}
		if err := r.number(digits); err != nil {
			return err
		}
	}
	r.numbered = true
	c.Col = col
	return nil
}

func typeOf(t []byte) cellType {
	switch string(t) {
	case "s":
		return aShared
	case "str":
		return aResult
	case "inlineStr":
		return aInline
	case "b":
		return aBool
	case "e":
		return anError
	case "d":
		return aDay
	}
	return aNumber
}

// value reads the content of a cell.
func (r *rows) value(c grid.Cell, kind cellType) error {
	raw := rawCell{from: len(r.text), kind: kind}
	if text, ok := r.x.plainValue(); ok {
		var err error
		if r.text, err = r.x.unescape(r.text, text); err != nil {
			return err
		}
		return r.keep(c, raw, true)
	}
	valued := false
	for {
		t, err := r.x.next()
		if err != nil {
			return r.x.unexpected(err)
		}
		switch {
		case t == endTag && string(r.x.name) != "c":
			return r.x.fail("</" + string(r.x.name) + "> within a cell")
		case t == endTag:
			return r.keep(c, raw, valued)
		case t != startTag:
		case string(r.x.name) == "v":
			valued = true
			r.text, err = r.x.content(r.text)
		case string(r.x.name) == "is":
			valued = true
			r.text, err = r.x.richText(r.text)
		default:
			c.Formula = c.Formula || string(r.x.name) == "f"
			err = r.x.skip()
		}
		if err != nil {
			return err
		}
	}
}

// keep adds a cell to the row, unless it is blank.
func (r *rows) keep(c grid.Cell, raw rawCell, valued bool) error {
	if raw.kind == aResult {
		r.text = decodeEscapes(r.text, raw.from)
	}
	raw.to = len(r.text)
	if raw.to > maxRowText {
		return &Error{Code: CodeTooLarge, Part: r.x.part, Detail: "row " + strconv.Itoa(int(r.row.N))}
	}
	if raw.from == raw.to && (!c.Formula || valued && raw.kind == aResult) { // a formula's empty text is one; no number is none
		return nil
	}
	if raw.from == raw.to && len(r.s.noResult) < maxNoResult {
		r.s.noResult = append(r.s.noResult, honne.Cell{Row: r.row.N, Col: c.Col})
	}
	if raw.kind == aShared && raw.from < raw.to {
		if err := r.shared(&c, r.text[raw.from:raw.to]); err != nil || c.Text == "" {
			return err
		}
		r.text = r.text[:raw.from]
		raw.to = raw.from
	}
	r.row.Cells = append(r.row.Cells, c)
	r.raw = append(r.raw, raw)
	return nil
}

// maxNoResult is how many formulas without a result are listed of a sheet.
const maxNoResult = 1000

// NoResult lists the formulas without a result in the file, of the sheets that
// were read: at most a thousand of each.
func (b *Book) NoResult() []honne.Address {
	var out []honne.Address
	for _, s := range b.sheets {
		for _, c := range s.noResult {
			out = append(out, honne.Address{Sheet: s.Name, Range: honne.Range{From: c, To: c}})
		}
	}
	return out
}

// shared looks a shared string up.
func (r *rows) shared(c *grid.Cell, index []byte) error {
	n, ok := 0, len(index) > 0 && len(index) < 10
	for _, d := range index {
		ok = ok && d >= '0' && d <= '9'
		n = n*10 + int(d-'0')
	}
	if !ok {
		n = -1
	}
	text, found, err := r.b.strings.text(n)
	if err == nil && !found {
		cell := honne.Cell{Row: r.row.N, Col: c.Col}
		err = &Error{Code: CodeNoString, Part: r.x.part, Detail: "cell " + cell.String() + " names string " + strconv.Quote(string(index))}
	}
	c.Text, c.Kind = text, grid.Text
	return err
}

// emit gives the row: one string for all texts that are not shared.
func (r *rows) emit() error {
	r.last, r.open = r.row.N, false
	if len(r.row.Cells) == 0 {
		return nil
	}
	all := string(r.text)
	ordered := true
	for i := range r.row.Cells {
		c, raw := &r.row.Cells[i], r.raw[i]
		if raw.from < raw.to {
			r.b.finish(c, raw.kind, all[raw.from:raw.to])
		}
		ordered = ordered && (i == 0 || r.row.Cells[i-1].Col < c.Col)
	}
	if !ordered {
		r.order()
	}
	return r.fn(&r.row)
}

// order sorts the cells; of two at one place the later one counts.
func (r *rows) order() {
	slices.Reverse(r.row.Cells)
	slices.SortStableFunc(r.row.Cells, func(a, b grid.Cell) int { return cmp.Compare(a.Col, b.Col) })
	r.row.Cells = slices.CompactFunc(r.row.Cells, func(a, b grid.Cell) bool { return a.Col == b.Col })
}

// Merges returns the merged ranges of the i-th sheet, in the order of the file.
// They stand behind the rows: before Each, the sheet is unpacked once for them,
// after it they are known.
func (b *Book) Merges(ctx context.Context, i int) ([]honne.Range, error) {
	s, err := b.sheet(i)
	if err != nil {
		return nil, err
	}
	if s.merged {
		return s.merges, nil
	}
	x, err := b.open(ctx, s.part, s.Name, b.Limits)
	if err != nil {
		return nil, err
	}
	defer x.close()
	if err := (&rows{x: x}).prologue(); err != nil {
		return nil, err
	}
	if !x.closed {
		if err := x.until("sheetData>"); err != nil {
			return nil, err
		}
	}
	err = b.tail(x, s)
	return s.merges, err
}

// tail reads what stands behind the rows to the end of the part, where the
// checksum is compared.
func (b *Book) tail(x *xmlReader, s *sheet) error {
	var merges []honne.Range
	for {
		t, err := x.next()
		if errors.Is(err, io.EOF) {
			s.merges, s.merged = merges, true
			return nil
		}
		if err != nil {
			return err
		}
		if t != startTag || string(x.name) != "mergeCell" {
			continue
		}
		var m honne.Range
		if err := m.UnmarshalText([]byte(x.attr("ref"))); err != nil || m.To.Row > maxRow {
			return &Error{Code: CodeOutOfRange, Part: x.part, Detail: "merged range " + strconv.Quote(x.attr("ref"))}
		}
		if merges = append(merges, m); len(merges) > b.Limits.Merges {
			return &Error{Code: CodeTooLarge, Part: x.part, Detail: "merged ranges"}
		}
	}
}
