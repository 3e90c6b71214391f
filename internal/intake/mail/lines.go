package mail

import (
	"bytes"
	"context"
	"io"
)

const (
	block = 256 << 10
	ahead = 4 << 10 // bytes that are in memory behind a line
)

// lines reads bytes line by line, and knows where each stands.
type lines struct {
	ctx      context.Context
	r        io.ReaderAt
	end      int64 // of what is read
	buf      []byte
	from, to int   // what of buf is not read yet
	at       int64 // where buf[from] stands
	err      error // of the bytes; not io.EOF
}

func newLines(ctx context.Context, r io.ReaderAt, from, to int64) *lines {
	return &lines{ctx: ctx, r: r, at: from, end: to}
}

// next returns the next line with its end and where it stands; false behind the
// last, or when the bytes cannot be read. Of a line longer than a block it
// returns pieces. The line is valid until the next call.
func (l *lines) next() (line []byte, at int64, ok bool) {
	if l.to-l.from < ahead {
		l.fill()
	}
	n := bytes.IndexByte(l.buf[l.from:l.to], '\n') + 1
	if n == 0 {
		l.fill()
		if n = bytes.IndexByte(l.buf[l.from:l.to], '\n') + 1; n == 0 {
			n = l.to - l.from
		}
	}
	if l.to-l.from-n < ahead && l.left() > 0 {
		l.fill()
	}
	line, at = l.buf[l.from:l.from+n], l.at
	l.from += n
	l.at += int64(n)
	return line, at, n > 0
}

// following returns what stands behind the line, up to a few thousand bytes.
func (l *lines) following() []byte { return l.buf[l.from:min(l.to, l.from+ahead)] }

// left returns how many bytes are not in memory yet.
func (l *lines) left() int64 { return l.end - l.at - int64(l.to-l.from) }

// fill reads on, as far as there is room.
func (l *lines) fill() {
	if l.err != nil || l.left() == 0 {
		return
	}
	if l.err = l.ctx.Err(); l.err != nil {
		return
	}
	if l.buf == nil {
		l.buf = make([]byte, min(block, l.left()))
	}
	l.to = copy(l.buf, l.buf[l.from:l.to])
	l.from = 0
	want := min(int64(len(l.buf)-l.to), l.left())
	n, err := l.r.ReadAt(l.buf[l.to:l.to+int(want)], l.at+int64(l.to))
	l.to += n
	if int64(n) < want && err != io.EOF {
		l.err = err
	} else if int64(n) < want {
		l.end = l.at + int64(l.to) // shorter than was said
	}
}

func isBlank(line []byte) bool {
	return len(line) == 0 || line[0] == '\n' || len(line) <= 2 && line[0] == '\r'
}

// trimEnd drops the end of a line.
func trimEnd(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\n' {
		line = line[:n-1]
	}
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line
}
