package delimited

import (
	"bytes"
	"context"
	"io"
	"strings"
	"unicode/utf8"

	"honne/internal/intake/charset"
	"honne/internal/intake/grid"
)

const (
	maxField   = 1 << 20 // bytes of UTF-8
	maxRecord  = 4 << 20
	maxColumns = 16384
	firstRoom  = 64 << 10
	listed     = 200 // problems of a kind

	maxFigure = 31 // bytes

	someRows  = 64
	someCells = 1024
	someBytes = 64 << 10
)

// scanner cuts a stream into records: bytes of the file where no delimiter can be
// part of a character, else UTF-8. It keeps a window of them; a record that the
// window does not hold is begun again with a larger one.
type scanner struct {
	ctx    context.Context
	file   *File
	in     io.Reader
	d      Dialect
	buf    []byte
	pos    int // start of the next record
	end    int
	base   int64 // offset of buf[0] in the text
	eof    bool
	barren int64 // no quoted field that opens before this offset is closed on a later line

	n           int32
	marks       marks
	text        []byte // of the record's fields: the line itself, or room
	room        []byte // fields freed of their quotes
	fields      []field
	decode      func(dst, src []byte) []byte
	known       lexicon
	learn       func(raw []byte) text
	fresh       []byte // texts of the record that are not known
	freshly     []int  // the cells that they are of
	figures     []byte // texts of figures of rows
	figureCells []figureCell
	cells       []grid.Cell // of rows
	used        int         // of them, by those of rows
	rows        []grid.Row
	row         grid.Row
	pending     []Problem // of the record that is being read
	problems    []Problem
	last        map[string]lastOf // by kind of problem
}

// field is a filled field: its column and its place in the record's text.
type field struct {
	col      int32
	from, to int32
}

// figureCell is a cell of which the text is a figure that ends at a place in figures.
type figureCell struct {
	cell *grid.Cell
	to   int32
}

func newScanner(ctx context.Context, f *File) *scanner {
	s := &scanner{
		ctx:    ctx,
		file:   f,
		in:     io.NewSectionReader(f.r, 0, f.size),
		d:      f.dialect,
		marks:  marksOf(f.dialect),
		buf:    make([]byte, firstRoom),
		decode: charset.Appender(f.dialect.Encoding),
		known:  newLexicon(),
		last:   make(map[string]lastOf),
	}
	s.learn = s.decoded
	if s.d.Encoding == charset.UTF8BOM {
		s.in = io.NewSectionReader(f.r, 3, f.size-3)
	}
	if s.decode == nil || s.d.Delimiter >= '@' {
		s.in = charset.NewReader(s.in, s.d.Encoding)
		s.decode = charset.Appender(charset.UTF8)
	}
	return s
}

// some reads some records, and keeps those that are not blank: a processor is fastest
// that cuts many and then has many understood. It fails behind the last of them.
func (s *scanner) some() error {
	s.rows, s.used, s.figures, s.figureCells = s.rows[:0], 0, s.figures[:0], s.figureCells[:0]
	defer s.endFigures()
	for until := s.offset() + someBytes; len(s.rows) < someRows && s.used < someCells && s.offset() < until; {
		row, err := s.next()
		if err != nil {
			return err
		}
		if len(row.Cells) > 0 && !(row.N == 1 && s.d.Hint) {
			s.rows = append(s.rows, row)
		}
	}
	return nil
}

// endFigures gives the texts that were left as they are, in one string for all rows.
func (s *scanner) endFigures() {
	all, from := string(s.figures), int32(0)
	for _, p := range s.figureCells {
		p.cell.Text, from = all[from:p.to], p.to
	}
}

func (s *scanner) offset() int64 { return s.base + int64(s.pos) }

// next returns the next record, or io.EOF.
func (s *scanner) next() (grid.Row, error) {
	for {
		if s.pos == s.end && s.eof {
			return grid.Row{}, io.EOF
		}
		if s.record() == whole {
			s.build()
			s.commit()
			return s.row, nil
		}
		if s.end-s.pos >= maxRecord {
			err := s.overflow()
			return s.row, err
		}
		if err := s.more(max(s.end-s.pos, 1)); err != nil {
			return grid.Row{}, err
		}
	}
}

// more reads at least want bytes more into the window, unless the file ends.
func (s *scanner) more(want int) error {
	if s.pos > 0 {
		s.base += int64(s.pos)
		s.end = copy(s.buf, s.buf[s.pos:s.end])
		s.pos = 0
	}
	if need := s.end + want; need > len(s.buf) {
		s.buf = append(s.buf[:s.end:s.end], make([]byte, need-s.end)...)
	}
	for from := s.end; s.end-from < want && !s.eof; {
		if err := s.fill(); err != nil {
			return err
		}
	}
	return nil
}

// fill reads once into the window.
func (s *scanner) fill() error {
	if err := s.ctx.Err(); err != nil {
		return &Error{CodeDeadline, err}
	}
	n, err := s.in.Read(s.buf[s.end:])
	s.end += n
	if err == io.EOF {
		s.eof = true
		return nil
	}
	if err != nil {
		return &Error{CodeRead, err}
	}
	return nil
}

// build makes the row of the fields: one string for all of its texts that are
// not known. The cells of former rows are used again; only what differs is
// written.
func (s *scanner) build() {
	n := len(s.fields)
	if s.used+n > len(s.cells) {
		s.cells, s.used = make([]grid.Cell, max(n, someCells)), 0
	}
	cells := s.cells[s.used : s.used+n : s.used+n]
	s.used += n
	s.fresh, s.freshly = s.fresh[:0], s.freshly[:0]
	for i := range s.fields {
		f, c := &s.fields[i], &cells[i]
		c.Col, c.Kind = f.col, grid.Text
		raw := s.text[f.from:f.to]
		if s.file.isFigure(f.col) && len(raw) <= maxFigure && isPlain(raw) {
			s.figures = append(s.figures, raw...)
			s.figureCells, c.Same = append(s.figureCells, figureCell{c, int32(len(s.figures))}), 0
			continue
		}
		t := s.known.find(f.col, raw, s.learn)
		if t == nil {
			c.Same = 0
			s.append(f, raw)
			s.freshly = append(s.freshly, i)
			continue
		}
		if c.Same, c.Text = t.number, t.string; t.marred {
			s.inspect(f.col, []byte(t.string))
		}
	}
	if len(s.freshly) > 0 {
		all := string(s.fresh)
		for _, i := range s.freshly {
			cells[i].Text = all[s.fields[i].from:s.fields[i].to]
		}
	}
	s.row = grid.Row{N: s.n, Cells: cells}
}

// append decodes a field that is not known.
func (s *scanner) append(f *field, raw []byte) {
	from := len(s.fresh)
	if s.fresh = s.decode(s.fresh, raw); len(s.fresh)-from > maxField {
		s.fresh = s.fresh[:from+fit(s.fresh[from:])]
		s.report(f.col, FieldTooLong, 1)
	}
	f.from, f.to = int32(from), int32(len(s.fresh))
	s.inspect(f.col, s.fresh[from:])
}

// decoded returns a text that is to be known.
func (s *scanner) decoded(raw []byte) text {
	t := string(s.decode(s.fresh, raw)[len(s.fresh):])
	return text{string: t, marred: strings.Contains(t, "\uFFFD") || strings.IndexByte(t, 0) >= 0}
}

// fit returns how much of a text that is too long is kept.
func fit(text []byte) int {
	n := maxField
	for !utf8.RuneStart(text[n]) {
		n--
	}
	return n
}

// overflow gives of a record that is too long what the window holds, and skips
// the rest of its line.
func (s *scanner) overflow() error {
	ended := s.cutRecord()
	for !ended {
		if i := bytes.IndexByte(s.buf[s.pos:s.end], s.d.LineEnd); i >= 0 {
			s.pos += i + 1
			return nil
		}
		s.pos = s.end
		if s.eof {
			return nil
		}
		if err := s.more(1); err != nil {
			return err
		}
	}
	return nil
}
