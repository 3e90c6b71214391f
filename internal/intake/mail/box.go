package mail

import (
	"bytes"
	"context"
	"io"
	"iter"
	"regexp"
)

// Box is a file of mail: a mailbox, or one message.
type Box struct {
	// Limits are those of DefaultLimits; they may be changed before reading.
	Limits Limits

	r     io.ReaderAt
	start int64 // where the first message begins
	size  int64
	many  bool // a mailbox

	sealed bool // a message within a signature
}

// mailHead is the beginning of a message: a field of its head in the first line,
// or the line with which a message of a mailbox begins.
var mailHead = regexp.MustCompile(`(?i)^(?:From \S+ |>?From |(?:Return-Path|Delivered-To|Received|Message-ID|MIME-Version|From|To|Cc|Subject|Date|Reply-To|Sender|Content-Type|X-[a-z0-9-]+|DKIM-Signature|ARC-[a-z-]+|Authentication-Results):)`)

// mailFields are fields of which a message has two or more, each at the
// beginning of a line.
var mailFields = regexp.MustCompile(`(?im)^(?:Received|Message-ID|MIME-Version|From|To|Subject|Date|Content-Type):`)

// anyField is the beginning of a message that a program began with a field of
// its own.
var anyField = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*:[ \t]`)

// Sniff reports whether a file that begins with head is mail: its first line is
// one that only a message or a mailbox has, and two more fields follow; or it is
// some field, and four follow.
func Sniff(head []byte) bool {
	head = trimStart(head)
	if mailHead.Match(head) {
		return len(mailFields.FindAll(head, 2)) == 2
	}
	return anyField.Match(head) && len(mailFields.FindAll(head, 4)) == 4
}

// trimStart drops a byte order mark and blank lines.
func trimStart(head []byte) []byte {
	return bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), "\r\n")
}

// Open opens a file of mail; it reads nothing but its first line, which says
// whether it is a mailbox. r must stay readable.
func Open(r io.ReaderAt, size int64) *Box {
	head := make([]byte, 1024)
	n, _ := r.ReadAt(head, 0)
	text := trimStart(head[:n])
	return &Box{Limits: DefaultLimits(), r: r, start: int64(n - len(text)), size: size, many: bytes.HasPrefix(text, []byte("From "))}
}

// Many reports whether the file is a mailbox, whose messages are numbered.
func (b *Box) Many() bool { return b.many }

// Messages reads the messages in their order. It ends after an error: a
// cancelled context, or bytes that cannot be read.
func (b *Box) Messages(ctx context.Context) iter.Seq2[*Message, error] {
	return func(yield func(*Message, error) bool) {
		in := newLines(ctx, b.r, b.start, b.size)
		s := &splitter{box: b, lines: in}
		for n := 1; s.begin(n); n++ {
			m, scan := s.message(n)
			if !yield(m, nil) {
				return
			}
			if !scan.done {
				s.skip()
			}
		}
		if in.err != nil {
			yield(nil, in.err)
		}
	}
}

// splitter walks the lines of a mailbox and knows where a message ends.
type splitter struct {
	box   *Box
	lines *lines
	from  []byte // the line with which the message began, in a mailbox
	blank bool   // the line before was blank
	whole bool   // the line before was complete
	ended bool   // the line that begins the next message was read
}

// begin goes to the head of the nth message; false when there is none.
func (s *splitter) begin(n int) bool {
	switch {
	case n > 1:
		return s.ended
	case !s.box.many:
		return s.lines.left() > 0
	}
	line, _, ok := s.lines.next()
	s.from = append(s.from, line...)
	return ok
}

// next returns the next line of the message; false behind its last.
func (s *splitter) next() (line []byte, at int64, ok bool) {
	line, at, ok = s.lines.next()
	if !ok {
		s.ended = false
		return nil, at, false
	}
	if s.box.many && s.whole && line[0] == 'F' && s.isFrom(line) {
		s.from = append(s.from[:0], line[:min(len(line), 1024)]...)
		s.ended = true
		return nil, at, false
	}
	s.blank = s.whole && isBlank(line)
	s.whole = line[len(line)-1] == '\n'
	return line, at, true
}

// skip goes to the end of the message.
func (s *splitter) skip() {
	for {
		if _, _, ok := s.next(); !ok {
			return
		}
	}
}

var (
	fromDay  = regexp.MustCompile(`^\S* +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2} +\d{1,2}:\d\d`)
	fromTime = regexp.MustCompile(`^(?:\S*@\S*|-) .*\d{1,2}:\d\d.*\b(?:19|20)\d\d\b`)
	field    = regexp.MustCompile(`^>?[!-9;-~]+:`)
)

// isFrom reports whether a line begins the next message. In a text such a line
// is quoted, but not by every program: so it must hold a day and a time, and
// stand behind a blank line or before a field. Some programs leave the day out.
func (s *splitter) isFrom(line []byte) bool {
	rest, ok := bytes.CutPrefix(line[:min(len(line), 512)], []byte("From "))
	if !ok {
		return false
	}
	rest = bytes.TrimSpace(rest)
	before := field.Match(s.lines.following())
	switch {
	case fromDay.Match(rest):
		return s.blank || before
	case fromTime.Match(rest):
		return before
	}
	return (len(rest) == 0 || string(rest) == "-") && s.blank && before
}

// message reads the head of a message.
func (s *splitter) message(n int) (*Message, *scan) {
	s.ended, s.blank, s.whole = false, false, true
	t := &tree{box: s.box, ctx: s.lines.ctx, unquote: s.box.many}
	c := &scan{tree: t, splitter: s}
	raw, cut := c.head()
	h := newHead(raw, s.from)
	if cut {
		h.Faults = append(h.Faults, Fault{Code: CodeHeadTooLong})
	}
	t.root(raw)
	m := &Message{Head: h, N: n}
	m.Read = func() (Body, error) {
		if !c.done {
			c.run()
		}
		if s.lines.err != nil {
			return Body{}, s.lines.err
		}
		return t.body(0)
	}
	return m, c
}
