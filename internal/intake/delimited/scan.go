package delimited

import (
	"bytes"
	"context"
	"io"

	"honne/internal/intake/charset"
	"honne/internal/intake/grid"
)

const (
	maxField   = 1 << 20 // bytes of UTF-8
	maxRecord  = 4 << 20
	maxColumns = 16384
	firstRoom  = 256 << 10
	listed     = 200 // problems of a kind
)

// scanner cuts a stream of UTF-8 into records. It keeps a window of the text;
// a record that the window does not hold is begun again with a larger one.
type scanner struct {
	ctx    context.Context
	in     io.Reader
	d      Dialect
	buf    []byte
	pos    int // start of the next record
	end    int
	base   int64 // offset of buf[0] in the text
	eof    bool
	barren int64 // no quoted field that opens before this offset is closed on a later line
	marred int64 // before this offset there may be U+FFFD or NUL

	n        int32
	text     []byte // of the record's fields: the line itself, or room
	room     []byte // fields freed of their quotes
	fields   []field
	cells    []grid.Cell
	row      grid.Row
	pending  []Problem // of the record that is being read
	problems []Problem
	last     map[string]lastOf // by kind of problem
}

// field is a filled field: its column and its place in the record's text.
type field struct {
	col      int32
	from, to int
}

func newScanner(ctx context.Context, f *File) *scanner {
	return &scanner{
		ctx:  ctx,
		in:   charset.NewReader(io.NewSectionReader(f.r, 0, f.size), f.dialect.Encoding),
		d:    f.dialect,
		buf:  make([]byte, firstRoom),
		last: make(map[string]lastOf),
	}
}

// next returns the next record, or io.EOF.
func (s *scanner) next() (*grid.Row, error) {
	for {
		if s.pos == s.end && s.eof {
			return nil, io.EOF
		}
		if s.record() == whole {
			s.build()
			return &s.row, nil
		}
		if s.end-s.pos >= maxRecord {
			return &s.row, s.overflow()
		}
		if err := s.more(max(s.end-s.pos, 1)); err != nil {
			return nil, err
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
	fresh := s.buf[max(0, s.end-2) : s.end+n]
	s.end += n
	if bytes.Contains(fresh, []byte("\uFFFD")) || bytes.IndexByte(fresh, 0) >= 0 {
		s.marred = s.base + int64(s.end)
	}
	if err == io.EOF {
		s.eof = true
		return nil
	}
	if err != nil {
		return &Error{CodeRead, err}
	}
	return nil
}

// build makes the row of the fields: one string for all of its texts. The cells
// of former rows are used again; only what differs is written.
func (s *scanner) build() {
	all := string(s.text)
	if n := len(s.fields); n > len(s.cells) {
		s.cells = append(s.cells, make([]grid.Cell, n-len(s.cells))...)
	}
	cells := s.cells[:len(s.fields)]
	for i, f := range s.fields {
		c := &cells[i]
		c.Col, c.Kind, c.Text = f.col, grid.Text, all[f.from:f.to]
	}
	s.row = grid.Row{N: s.n, Cells: cells}
}

// overflow gives of a record that is too long what the window holds, and skips
// the rest of its line.
func (s *scanner) overflow() error {
	ended := s.cutRecord()
	s.build()
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
