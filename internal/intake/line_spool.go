package intake

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"os"
	"runtime"
	"slices"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/terms"
	"honne/internal/intake/xlsx"
)

// spool keeps the data rows that the pass over the file found, for those who ask
// for lines or values afterwards. Words and figures are kept as they were
// understood, so that nothing is read twice. A few rows stay in memory, more go
// to a temporary file that nobody else sees and that ends with the spool.
type spool struct {
	buf  []byte   // the rows behind those in the file
	file *os.File // nil while buf holds all
	size int64    // bytes in the file

	layouts []layout
	known   map[uint64]int // the layouts, by a sum of their heads
	held    int            // heads of all of them
	heads   layout         // of the row that is added
}

// layout is the table of a row, then the head of each of its cells: the field, and how
// it is kept. Nearly all rows of a table have one of a few, so that it is kept once.
type layout []uint32

// spoolRoom is how many bytes wait in memory: some thousand rows.
const spoolRoom = 64 << 10

// layoutHeads is how many heads are kept in all; a row beyond them keeps its own.
const layoutHeads = 1 << 16

// A row is its size, its number and twice its layout, one more where it only teaches.
// Then come its cells and, where its layout is none of those that are kept, that.
const (
	rowNumber = 4
	rowLayout = 8
	rowCells  = 12
)

// A head is the number of a field with these marks. A cell is its number, its day, and
// then its word or its text, as far as it has them.
const (
	spooledKind   = 7      // the kind of the cell
	spooledWord   = 1 << 3 // the text is that of a word of the field
	spooledNumber = 1 << 4
	spooledSmall  = 1 << 5 // the number is whole, and of 32 bits
	spooledShare  = 1 << 6
	spooledNear   = 1 << 7 // the word's number is of 16 bits
	spooledMarks  = 8      // bits
)

// add keeps a data row of a table, or one that only teaches the rows below it.
// Cells beside the columns of the table are left out.
func (s *spool) add(t *table, r *grid.Row, teaches bool) error {
	from, k, head := len(s.buf), 0, uint32(0)
	b := append(s.buf, make([]byte, rowCells)...)
	s.heads = append(s.heads[:0], uint32(t.index))
	for i := range r.Cells {
		c := &r.Cells[i]
		for k < len(t.fields) && t.fields[k].col < c.Col {
			k++
		}
		if k < len(t.fields) && t.fields[k].col == c.Col {
			b, head = t.fields[k].spool(b, r.N, c)
			s.heads = append(s.heads, uint32(k)<<spooledMarks|head)
			k++
		}
	}
	if t.layout = s.layoutOf(t.layout); t.layout < 0 {
		b = s.heads.appendTo(b)
	}
	kept := uint32(t.layout+1) << 1
	if teaches {
		kept |= 1
	}
	binary.LittleEndian.PutUint32(b[from:], uint32(len(b)-from))
	binary.LittleEndian.PutUint32(b[from+rowNumber:], uint32(r.N))
	binary.LittleEndian.PutUint32(b[from+rowLayout:], kept)
	if s.buf = b; len(b) < spoolRoom {
		return nil
	}
	return s.flush()
}

// layoutOf finds, or keeps, the layout of the row that is added; it may be that of the
// row before. It is −1 where too many are kept.
func (s *spool) layoutOf(before int) int {
	if before >= 0 && before < len(s.layouts) && slices.Equal(s.layouts[before], s.heads) {
		return before
	}
	sum := uint64(len(s.heads))
	for _, head := range s.heads {
		sum = (sum ^ uint64(head)) * 0x9E3779B97F4A7C15
	}
	if i, known := s.known[sum]; known && slices.Equal(s.layouts[i], s.heads) {
		return i
	} else if known || s.held+len(s.heads) > layoutHeads {
		return -1
	}
	if s.known == nil {
		s.known = map[uint64]int{}
	}
	s.known[sum] = len(s.layouts)
	s.layouts, s.held = append(s.layouts, slices.Clone(s.heads)), s.held+len(s.heads)
	return len(s.layouts) - 1
}

// appendTo appends the layout, and how long it is.
func (l layout) appendTo(b []byte) []byte {
	for _, head := range l {
		b = binary.LittleEndian.AppendUint32(b, head)
	}
	return binary.LittleEndian.AppendUint32(b, uint32(len(l)))
}

// layoutIn reads the layout behind the cells of a row.
func layoutIn(b []byte) layout {
	n := int(binary.LittleEndian.Uint32(b[len(b)-4:]))
	out, from := make(layout, n), len(b)-4-4*n
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(b[from+4*i:])
	}
	return out
}

// spool appends the cell of a field in a row, and returns the marks of its head.
func (f *field) spool(b []byte, row int32, c *grid.Cell) ([]byte, uint32) {
	n, marks := c.Num, uint32(c.Kind)
	if f.known && f.figureIn == row {
		n, marks = f.figure, marks|spooledNumber
	} else if c.Kind == grid.Number || c.Kind == grid.Time {
		marks |= spooledNumber
	}
	if marks&spooledNumber != 0 {
		if small := int32(n.Coef); n.Scale == 0 && int64(small) == n.Coef {
			b, marks = binary.LittleEndian.AppendUint32(b, uint32(small)), marks|spooledSmall
		} else {
			b = append(binary.LittleEndian.AppendUint64(b, uint64(n.Coef)), byte(n.Scale))
		}
	}
	if c.Share {
		marks |= spooledShare
	}
	if c.Kind == grid.Date {
		b = binary.LittleEndian.AppendUint32(b, uint32(c.Date))
	}
	if f.saidIn == row && f.said != nil && f.said.N > 0 {
		n, marks := uint32(f.said.N-1), marks|spooledWord
		if n < 1<<16 {
			return binary.LittleEndian.AppendUint16(b, uint16(n)), marks | spooledNear
		}
		return binary.LittleEndian.AppendUint32(b, n), marks
	}
	return append(binary.AppendUvarint(b, uint64(len(c.Text))), c.Text...), marks
}

func (s *spool) flush() error {
	if s.file == nil {
		f, err := os.CreateTemp("", "honne-rows-*")
		if err != nil {
			return lost(err)
		}
		s.file = f
		if os.Remove(f.Name()) != nil { // this system names a file as long as it is open
			runtime.AddCleanup(s, func(f *os.File) { f.Close(); os.Remove(f.Name()) }, f)
		}
	}
	n, err := s.file.WriteAt(s.buf, s.size)
	s.size += int64(n)
	s.buf = s.buf[:0]
	return lost(err)
}

// lost is the error of a temporary file that failed: not the fault of what is read.
func lost(err error) error {
	if err == nil {
		return nil
	}
	return &grid.Fault{Code: xlsx.CodeTemporary, Err: err}
}

// mark is the end of the rows so far.
func (s *spool) mark() int64 { return s.size + int64(len(s.buf)) }

// cut drops the rows behind a mark.
func (s *spool) cut(mark int64) {
	s.buf = s.buf[:max(0, mark-s.size)]
	s.size = min(s.size, mark)
}

// each gives the data rows, in the order of the file, to visit until that returns
// false. Of figures for the ledger it gives the texts only when raw asks for them.
func (s *spool) each(ctx context.Context, tables []*table, raw bool, visit func(t *table, row *grid.Row) bool) error {
	var in io.Reader = bytes.NewReader(s.buf)
	if s.file != nil {
		in = io.MultiReader(io.NewSectionReader(s.file, 0, s.size), in)
	}
	for _, t := range tables {
		t.again()
	}
	u := &unspooler{in: bufio.NewReaderSize(in, 64<<10), tables: tables, raw: raw, layouts: s.layouts, rows: make([]*spooledRow, len(s.layouts))}
	for n := 0; ; n++ {
		row, teaches, err := u.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return lost(err)
		}
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		t, r := row.table, &row.Row
		if t.isSum(r.N) {
			continue
		}
		if teaches || t.summed(r.N) {
			t.learn(r)
		} else if !visit(t, r) {
			return nil
		}
	}
}

// unspooler reads rows of a spool.
type unspooler struct {
	in      *bufio.Reader
	tables  []*table
	words   []*terms.Word
	raw     bool
	layouts []layout
	rows    []*spooledRow // by layout, once one was read
	b       []byte        // what is left of the row that is read
	size    int           // of that row
}

// spooledRow is the row of a layout, used again for each that has it: only what rows
// differ in is written.
type spooledRow struct {
	grid.Row
	table  *table
	layout layout
	fields []*field
}

// next reads a row; teaches says that it is no data row.
func (u *unspooler) next() (r *spooledRow, teaches bool, err error) {
	u.in.Discard(u.size)
	u.size = 0
	size, err := u.in.Peek(4)
	if err != nil {
		return nil, false, err
	}
	n := int(binary.LittleEndian.Uint32(size))
	if n > u.in.Size() {
		u.in = bufio.NewReaderSize(u.in, 2*n)
	}
	if u.b, err = u.in.Peek(n); err != nil {
		return nil, false, err
	}
	u.size = n
	kept := binary.LittleEndian.Uint32(u.b[rowLayout:])
	r = u.rowOf(int(kept>>1) - 1)
	r.N = int32(binary.LittleEndian.Uint32(u.b[rowNumber:]))
	u.b = u.b[rowCells:]
	for i := range r.Cells {
		u.cell(&r.Cells[i], r.fields[i], r.layout[i+1], r.N)
	}
	return r, kept&1 != 0, nil
}

// rowOf is the row of a layout, or of the one that stands in the row that is read.
func (u *unspooler) rowOf(i int) *spooledRow {
	if i < 0 {
		return u.rowLike(layoutIn(u.b))
	}
	if u.rows[i] == nil {
		u.rows[i] = u.rowLike(u.layouts[i])
	}
	return u.rows[i]
}

func (u *unspooler) rowLike(l layout) *spooledRow {
	r := &spooledRow{table: u.tables[l[0]], layout: l}
	u.words = r.table.words.Words
	for _, head := range l[1:] {
		f := &r.table.fields[head>>spooledMarks]
		r.fields = append(r.fields, f)
		r.Cells = append(r.Cells, grid.Cell{Col: f.col, Kind: grid.Kind(head & spooledKind), Share: head&spooledShare != 0})
	}
	return r
}

// cell reads a cell, and reminds its field of what it says.
func (u *unspooler) cell(c *grid.Cell, f *field, head uint32, row int32) {
	if head&spooledNumber != 0 {
		if head&spooledSmall != 0 {
			c.Num = honne.Decimal{Coef: int64(int32(u.uint32()))}
		} else {
			c.Num = honne.Decimal{Coef: int64(binary.LittleEndian.Uint64(u.b)), Scale: int8(u.b[8])}
			u.b = u.b[9:]
		}
		f.figure, f.known, f.figureIn = c.Num, !(f.measure && c.Share), row
	}
	if c.Kind == grid.Date {
		c.Date = honne.Date(u.uint32())
	}
	if head&spooledWord != 0 {
		f.said, f.saidIn = u.words[u.word(head)], row
		c.Text = f.said.Raw()
		return
	}
	n, size := binary.Uvarint(u.b)
	if text := u.b[size : size+int(n)]; u.raw || !f.measure || head&spooledNumber == 0 {
		c.Text = string(text)
	}
	u.b = u.b[size+int(n):]
}

// word reads the number of a word.
func (u *unspooler) word(head uint32) uint32 {
	if head&spooledNear == 0 {
		return u.uint32()
	}
	n := uint32(binary.LittleEndian.Uint16(u.b))
	u.b = u.b[2:]
	return n
}

func (u *unspooler) uint32() uint32 {
	n := binary.LittleEndian.Uint32(u.b)
	u.b = u.b[4:]
	return n
}
