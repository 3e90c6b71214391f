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
const spoolRoom = 256 << 10

// A cell is kept as the index of its field with these marks, then its number or
// day, then its text.
const (
	spooledKind   = 7      // the kind of the cell
	spooledWord   = 1 << 3 // the text is that of a word of the field
	spooledNumber = 1 << 4
	spooledMarks  = 5 // bits
)

// add keeps a data row of a table, or one that only teaches the rows below it.
// Cells beside the columns of the table are left out.
func (s *spool) add(t *table, r *grid.Row, teaches bool) error {
	from, k := len(s.buf), 0
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
			b = t.fields[k].spool(b, k, r.N, c)
		}
	}
	binary.LittleEndian.PutUint32(b[from:], uint32(len(b)-from-4))
	if s.buf = b; len(b) < spoolRoom {
		return nil
	}
	return s.flush()
}

// spool appends the cell of a field in a row.
func (f *field) spool(b []byte, k int, row int32, c *grid.Cell) []byte {
	n, marks := c.Num, uint64(c.Kind)
	numbered := c.Kind == grid.Number || c.Kind == grid.Time
	if f.known && f.figureIn == row {
		n, numbered = f.figure, true
	}
	word := f.saidIn == row && f.said != nil && f.said.n > 0
	if numbered {
		marks |= spooledNumber
	}
	if word {
		marks |= spooledWord
	}
	b = binary.AppendUvarint(b, uint64(k)<<spooledMarks|marks)
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
// false.
func (s *spool) each(ctx context.Context, tables []*table, visit func(t *table, row *grid.Row) bool) error {
	var in io.Reader = bytes.NewReader(s.buf)
	if s.file != nil {
		in = io.MultiReader(io.NewSectionReader(s.file, 0, s.size), in)
	}
	for _, t := range tables {
		t.again()
	}
	p := &unspooler{in: bufio.NewReaderSize(in, 64<<10), tables: tables}
	for {
		t, teaches, err := p.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return lost(err)
		}
		if p.row.N%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if teaches || t.summed(p.row.N) {
			t.learn(&p.row)
		} else if !visit(t, &p.row) {
			return nil
		}
	}
}

// unspooler reads rows of a spool.
type unspooler struct {
	in     *bufio.Reader
	tables []*table
	raw    []byte
	rest   string // of the row that is read
	row    grid.Row
}

// next reads a row of a table; teaches says that it is no data row.
func (p *unspooler) next() (t *table, teaches bool, err error) {
	size, err := p.in.Peek(4)
	if err != nil {
		return nil, false, err
	}
	n := int(binary.LittleEndian.Uint32(size))
	p.in.Discard(4)
	if n > cap(p.raw) {
		p.raw = make([]byte, n)
	}
	if _, err := io.ReadFull(p.in, p.raw[:n]); err != nil {
		return nil, false, err
	}
	p.rest = string(p.raw[:n])
	head := p.uint()
	t = p.tables[head>>1]
	p.row.N = int32(p.uint())
	p.row.Cells = p.row.Cells[:0]
	for p.rest != "" {
		p.row.Cells = append(p.row.Cells, p.cell(t))
	}
	return t, head&1 != 0, nil
}

// cell reads a cell, and reminds its field of what it says.
func (p *unspooler) cell(t *table) grid.Cell {
	head := p.uint()
	f := &t.fields[head>>spooledMarks]
	c := grid.Cell{Col: f.col, Kind: grid.Kind(head & spooledKind)}
	if head&spooledNumber != 0 {
		c.Num.Coef = p.int()
		c.Num.Scale = int8(p.rest[0])
		p.rest = p.rest[1:]
		f.figure, f.known, f.figureIn = c.Num, true, p.row.N
	}
	if c.Kind == grid.Date {
		c.Date = honne.Date(p.int())
	}
	n := p.uint()
	if head&spooledWord != 0 {
		f.said, f.saidIn = t.words.words[n], p.row.N
		c.Text = f.said.raw
	} else {
		c.Text, p.rest = p.rest[:n], p.rest[n:]
	}
	return c
}

func (p *unspooler) uint() uint64 {
	var n uint64
	for i := range len(p.rest) {
		n |= uint64(p.rest[i]&0x7F) << (7 * i)
		if p.rest[i] < 0x80 {
			p.rest = p.rest[i+1:]
			break
		}
	}
	return n
}

func (p *unspooler) int() int64 {
	n := p.uint()
	return int64(n>>1) ^ -int64(n&1)
}
