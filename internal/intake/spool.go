package intake

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"os"
	"runtime"

	"honne"
	"honne/internal/intake/grid"
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
}

// spoolRoom is how many bytes wait in memory: some thousand rows.
const spoolRoom = 64 << 10

// A cell is kept as the number of fields that are blank before it, with these
// marks, then its number or day, then its text.
const (
	spooledKind   = 7      // the kind of the cell
	spooledWord   = 1 << 3 // the text is that of a word of the field
	spooledNumber = 1 << 4
	spooledShare  = 1 << 5
	spooledMarks  = 6 // bits
)

// add keeps a data row of a table, or one that only teaches the rows below it.
// Cells beside the columns of the table are left out.
func (s *spool) add(t *table, r *grid.Row, teaches bool) error {
	from, k, next := len(s.buf), 0, 0
	b := append(s.buf, 0, 0, 0, 0)
	head := uint64(t.index) << 1
	if teaches {
		head |= 1
	}
	b = binary.AppendUvarint(b, head)
	b = binary.AppendUvarint(b, uint64(r.N))
	for i := range r.Cells {
		c := &r.Cells[i]
		for k < len(t.fields) && t.fields[k].col < c.Col {
			k++
		}
		if k < len(t.fields) && t.fields[k].col == c.Col {
			b = t.fields[k].spool(b, k-next, r.N, c)
			next = k + 1
		}
	}
	binary.LittleEndian.PutUint32(b[from:], uint32(len(b)-from-4))
	if s.buf = b; len(b) < spoolRoom {
		return nil
	}
	return s.flush()
}

// spool appends the cell of a field in a row.
func (f *field) spool(b []byte, blank int, row int32, c *grid.Cell) []byte {
	n, marks := c.Num, uint64(c.Kind)
	numbered := c.Kind == grid.Number || c.Kind == grid.Time
	if f.known && f.figureIn == row {
		n, numbered = f.figure, true
	}
	if c.Share {
		marks |= spooledShare
	}
	word := f.saidIn == row && f.said != nil && f.said.n > 0
	if numbered {
		marks |= spooledNumber
	}
	if word {
		marks |= spooledWord
	}
	b = binary.AppendUvarint(b, uint64(blank)<<spooledMarks|marks)
	if numbered {
		b = append(binary.AppendVarint(b, n.Coef), byte(n.Scale))
	}
	if c.Kind == grid.Date {
		b = binary.AppendVarint(b, int64(c.Date))
	}
	if word {
		return binary.AppendUvarint(b, uint64(f.said.n-1))
	}
	return append(binary.AppendUvarint(b, uint64(len(c.Text))), c.Text...)
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
	u := &unspooler{in: bufio.NewReaderSize(in, 64<<10), tables: tables, raw: raw}
	for n := 0; ; n++ {
		t, teaches, err := u.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return lost(err)
		}
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if t.isSum(u.row.N) {
			continue
		}
		if teaches || t.summed(u.row.N) {
			t.learn(&u.row)
		} else if !visit(t, &u.row) {
			return nil
		}
	}
}

// unspooler reads rows of a spool.
type unspooler struct {
	in     *bufio.Reader
	tables []*table
	raw    bool
	b      []byte // the row that is read
	at     int    // how far
	row    grid.Row
}

// next reads a row of a table; teaches says that it is no data row.
func (u *unspooler) next() (t *table, teaches bool, err error) {
	u.in.Discard(u.at)
	u.at = 0
	size, err := u.in.Peek(4)
	if err != nil {
		return nil, false, err
	}
	n := 4 + int(binary.LittleEndian.Uint32(size))
	if n > u.in.Size() {
		u.in = bufio.NewReaderSize(u.in, 2*n)
	}
	if u.b, err = u.in.Peek(n); err != nil {
		return nil, false, err
	}
	u.at = 4
	head := u.uint()
	t = u.tables[head>>1]
	u.row.N, u.row.Cells = int32(u.uint()), u.row.Cells[:0]
	for k := 0; u.at < n; k++ {
		k = u.cell(t, k)
	}
	return t, head&1 != 0, nil
}

// cell reads a cell of field k or a later one, and reminds the field of what it
// says.
func (u *unspooler) cell(t *table, k int) int {
	head := u.uint()
	k += int(head >> spooledMarks)
	f := &t.fields[k]
	u.row.Cells = append(u.row.Cells, grid.Cell{Col: f.col, Kind: grid.Kind(head & spooledKind), Share: head&spooledShare != 0})
	c := &u.row.Cells[len(u.row.Cells)-1]
	if head&spooledNumber != 0 {
		c.Num.Coef = u.int()
		c.Num.Scale = int8(u.b[u.at])
		u.at++
		f.figure, f.known, f.figureIn = c.Num, !(f.measure && c.Share), u.row.N
	}
	if c.Kind == grid.Date {
		c.Date = honne.Date(u.int())
	}
	n := int(u.uint())
	if head&spooledWord != 0 {
		f.said, f.saidIn = t.words.words[n], u.row.N
		c.Text = f.said.raw
		return k
	}
	if u.raw || !f.measure || head&spooledNumber == 0 {
		c.Text = string(u.b[u.at : u.at+n])
	}
	u.at += n
	return k
}

func (u *unspooler) uint() uint64 {
	n := uint64(u.b[u.at])
	if u.at++; n < 0x80 {
		return n
	}
	n &= 0x7F
	for shift := 7; ; shift += 7 {
		c := u.b[u.at]
		n |= uint64(c&0x7F) << shift
		if u.at++; c < 0x80 {
			return n
		}
	}
}

func (u *unspooler) int() int64 {
	n := u.uint()
	return int64(n>>1) ^ -int64(n&1)
}
