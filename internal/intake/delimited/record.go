package delimited

import (
	"bytes"
	"math/bits"
	"unicode/utf8"
)

// status says how far a record or a quoted field was read.
type status int

const (
	whole  status = iota
	cut           // the window ends first
	open          // a quote that nothing closes
	untidy        // not as plain as hoped
)

// record reads the record at pos into fields and moves pos behind it.
func (s *scanner) record() status {
	s.room, s.pending = s.room[:0], s.pending[:0]
	st := s.neatRecord()
	if st == untidy {
		s.fields, s.pending, st = s.fields[:0], s.pending[:0], cut
		if end, ok := s.lineEnd(s.pos); ok {
			st = s.quotedRecord(end)
		}
	}
	if st == whole {
		s.n++
	}
	return st
}

// lineEnd returns the end of the line that holds p; false when the window ends
// first.
func (s *scanner) lineEnd(p int) (int, bool) {
	if i := bytes.IndexByte(s.buf[p:s.end], s.d.LineEnd); i >= 0 {
		return p + i, true
	}
	return s.end, s.eof
}

// neatRecord cuts a record of which every field is plain, or in quotes without a
// quote or a line end within, as nearly all are.
func (s *scanner) neatRecord() status {
	s.text, s.fields = s.buf, s.fields[:0]
	buf, delim, quote := s.buf[:s.end], s.d.Delimiter, s.d.Quote
	from, col, quoted, closed := s.pos, int32(1), false, -1
	for i := s.pos; i < len(buf); i += 64 {
		for found := s.marks.in(buf[i:]); found != 0; found &= found - 1 {
			p := i + bits.TrailingZeros64(found)
			switch c := buf[p]; {
			case c == delim && closed < 0 && !quoted:
				if !s.add(col, from, p) {
					return untidy
				}
				from, col = p+1, col+1
			case c == delim && !quoted:
				if closed != p {
					return untidy
				}
				from, closed, col = p+1, -1, col+1
			case c == quote && quoted:
				s.add(col, from, p)
				quoted, closed = false, p+1
			case c == quote:
				if p > from || closed > 0 {
					return untidy
				}
				quoted, from = true, p+1
			case c != delim:
				return s.endNeat(from, p, col, quoted, closed)
			}
		}
	}
	if !s.eof {
		return cut
	}
	return s.endNeat(from, s.end, col, quoted, closed)
}

// endNeat ends a neat record at a line end.
func (s *scanner) endNeat(from, end int, col int32, quoted bool, closed int) status {
	text := end
	if text > s.pos && s.buf[text-1] == '\r' {
		text--
	}
	if quoted || closed > 0 && closed != text {
		return untidy
	}
	if closed < 0 {
		s.add(col, from, max(from, text))
	}
	s.pos = min(end+1, s.end)
	return whole
}

// add notes a field of the text; false when there are too many.
func (s *scanner) add(col int32, from, to int) bool {
	if from == to {
		return true
	}
	if col > maxColumns {
		s.report(maxColumns, TooManyColumns, 1)
		return false
	}
	s.fields = append(s.fields, field{col, int32(from), int32(to)})
	return true
}

// quotedRecord reads a record of which the first line, up to end, has a quote.
func (s *scanner) quotedRecord(end int) status {
	p := s.pos
	for col := int32(1); ; col++ {
		from := len(s.room)
		next, st := p, open
		if p < s.end && s.buf[p] == s.d.Quote {
			if next, st = s.quoted(col, p); st == cut {
				return cut
			}
			if st == open {
				s.report(col, Unterminated, 1)
			}
		}
		if next > end {
			ok := true
			if end, ok = s.lineEnd(next); !ok {
				return cut
			}
		}
		if st == open {
			next = s.plain(col, p, end)
		}
		s.text = s.room
		if !s.add(col, from, len(s.room)) {
			next = end
		}
		if next >= end {
			s.pos = min(end+1, s.end)
			return whole
		}
		p = next + 1
	}
}

// plain reads the field at p that is in no quotes; its line ends at end. It
// returns the place of the delimiter or line end behind it.
func (s *scanner) plain(col int32, p, end int) int {
	f := s.buf[p:end]
	if i := bytes.IndexByte(f, s.d.Delimiter); i >= 0 {
		f = f[:i]
	}
	next := p + len(f)
	if next == end && len(f) > 0 && f[len(f)-1] == '\r' {
		f = f[:len(f)-1]
	}
	if n := bytes.Count(f, []byte{s.d.Quote}); n > 0 && f[0] != s.d.Quote {
		s.report(col, StrayQuote, n)
	}
	s.room = append(s.room, f...)
	return next
}

// quoted reads the field that a quote opens at p, and returns the place of the
// delimiter or line end behind it. A field is open when the file or 1 MiB ends
// first, or when a quote within it looks like the opening one of another field:
// then the row ends where its line does.
func (s *scanner) quoted(col int32, p int) (int, status) {
	limit := s.end
	if s.base+int64(p) < s.barren {
		limit, _ = s.lineEnd(p)
	}
	from, strays, i := len(s.room), 0, p+1
	for {
		k := i + bytes.IndexByte(s.buf[i:limit], s.d.Quote)
		if k < i {
			if limit == s.end && !s.eof && limit-p <= maxField {
				return 0, cut
			}
			return s.giveUp(p, limit, from)
		}
		next, what := s.afterQuote(k)
		switch {
		case what == needsMore:
			return 0, cut
		case k-p > maxField, what == within && k > p+1 && s.begins(k):
			return s.giveUp(p, k, from)
		case what == closing:
			s.room = append(s.room, s.buf[i:k]...)
			if strays > 0 {
				s.report(col, StrayQuote, strays)
			}
			return next, whole
		case what == within:
			strays++
		}
		s.room = append(s.room, s.buf[i:k+1]...)
		i = next
	}
}

// giveUp leaves the quote at p open and remembers how far no quote closes.
func (s *scanner) giveUp(p, seen, from int) (int, status) {
	s.room = s.room[:from]
	s.barren = max(s.barren, s.base+int64(seen))
	return p, open
}

// begins reports whether the quote at k stands where a field begins.
func (s *scanner) begins(k int) bool {
	return s.buf[k-1] == s.d.Delimiter || s.buf[k-1] == s.d.LineEnd
}

// meaning is what a quote within a quoted field is.
type meaning int

const (
	closing meaning = iota
	doubled
	within
	needsMore
)

// afterQuote says what the quote at k is and where to go on. Spaces between a
// closing quote and the delimiter are dropped.
func (s *scanner) afterQuote(k int) (int, meaning) {
	w, q := s.buf[:s.end], k+1
	if q < len(w) && w[q] == s.d.Quote {
		return q + 1, doubled
	}
	for q < len(w) && w[q] == ' ' {
		q++
	}
	if q < len(w) && w[q] == '\r' && s.d.LineEnd == '\n' {
		q++
	}
	switch {
	case q == len(w) && !s.eof:
		return 0, needsMore
	case q == len(w) || w[q] == s.d.Delimiter || w[q] == s.d.LineEnd:
		return q, closing
	}
	return k + 1, within
}

// cutRecord reads the record at pos as if the file ended with the window.
// ended says that it nevertheless reached the end of a line.
func (s *scanner) cutRecord() (ended bool) {
	eof := s.eof
	s.eof = true
	s.record()
	s.eof = eof
	s.build()
	if ended = s.buf[s.pos-1] == s.d.LineEnd; !ended {
		last := int32(1)
		if n := len(s.fields); n > 0 {
			last = s.fields[n-1].col
		}
		s.report(last, FieldTooLong, 1)
	}
	s.commit()
	return ended
}

// inspect reports what decoding lost.
func (s *scanner) inspect(col int32, text []byte) {
	if len(text) < 32 && isPlain(text) {
		return
	}
	if n := bytes.Count(text, []byte("\uFFFD")); n > 0 {
		s.report(col, Replacement, n)
	}
	if n := bytes.Count(text, []byte{0}); n > 0 {
		s.report(col, NUL, n)
	}
}

// isPlain reports whether a text is ASCII without NUL, as most figures are.
func isPlain(text []byte) bool {
	for _, c := range text {
		if c == 0 || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// report notes a problem of the record that is being read.
func (s *scanner) report(col int32, what string, count int) {
	s.pending = append(s.pending, Problem{Col: col, What: what, Count: count})
}

// commit lists the problems of a whole record, or counts them when enough of
// their kind are listed.
func (s *scanner) commit() {
	for _, p := range s.pending {
		p.Row = s.n
		if last := s.last[p.What]; last.listed >= listed {
			s.problems[last.index].Count += p.Count
			continue
		}
		s.last[p.What] = lastOf{s.last[p.What].listed + 1, len(s.problems)}
		s.problems = append(s.problems, p)
	}
}

// lastOf is how many problems of a kind are listed, and where the last is.
type lastOf struct{ listed, index int }
