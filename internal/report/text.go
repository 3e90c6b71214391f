package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"

	"honne/internal/lang"
)

// Terminal is where text is written: how many columns it has (0 for 80), and
// whether it shows colours.
type Terminal struct {
	Width  int
	Colour bool
}

// listed is how many ranges of a note are written on a terminal.
const listed = 2

// Text writes the document for a terminal, or as plain text.
func (d Document) Text(w io.Writer, c *lang.Catalogues, l lang.Language, t Terminal) error {
	out := bufio.NewWriter(w)
	s := &sheet{w: out, v: voice{c, l}, width: max(cmp.Or(t.Width, 80), 40), colour: t.Colour}
	s.top(d)
	s.blocks(d.Blocks)
	s.sources(d.Sources)
	s.gap()
	for _, m := range d.Foot {
		s.print(0, dim, s.v.say(m))
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("report: write text: %w", err)
	}
	return nil
}

// sheet is text being written.
type sheet struct {
	w      *bufio.Writer
	v      voice
	width  int
	colour bool
	folded bool // within what is of less weight
}

// ink is a look on a terminal, by its ANSI code.
type ink string

const (
	plain ink = ""
	bold  ink = "1"
	dim   ink = "2"
	bad   ink = "31"
	warn  ink = "33"
	good  ink = "34"
)

func (s *sheet) paint(look ink, text string) string {
	if !s.colour || look == plain || text == "" {
		return text
	}
	return "\x1b[" + string(look) + "m" + text + "\x1b[0m"
}

// print writes a paragraph, wrapped, at an indent.
func (s *sheet) print(indent int, look ink, text string) { s.hang(indent, indent, look, "", text) }

// hang writes a paragraph after a mark; its further lines stand under the
// first.
func (s *sheet) hang(first, rest int, look ink, mark, text string) {
	lead := strings.Repeat(" ", first) + mark
	for _, line := range wrap(printable(text), s.width-rest) {
		s.w.WriteString(strings.TrimRight(lead+s.paint(look, line), " ") + "\n")
		lead = strings.Repeat(" ", rest)
	}
}

func (s *sheet) gap() { s.w.WriteByte('\n') }

func (s *sheet) top(d Document) {
	first, second := d.Name.In(s.v.lang)
	s.print(0, bold, strings.TrimRight(first+"  "+second, " "))
	s.print(0, plain, s.v.say(d.Title))
	if d.Edition == Internal {
		s.print(0, dim, s.v.text("report.internal"))
	}
	for _, m := range d.Facts {
		s.print(0, dim, s.v.say(m))
	}
}

func (s *sheet) blocks(list []Block) {
	for _, b := range list {
		switch b := b.(type) {
		case Heading:
			s.heading(b)
		case Statement:
			s.gap()
			s.print(0, bold, s.v.say(b.Say))
		case Strip:
			s.strip(b)
		case Table:
			s.table(b)
		case List:
			s.list(b)
		case Asks:
			s.asks(b)
		case Note:
			s.print(2, plain, s.line(b.Line))
		case Fold:
			s.gap()
			s.print(0, bold, s.v.say(b.Summary))
			s.folded = true
			s.blocks(b.Blocks)
			s.folded = false
		}
	}
}

func (s *sheet) heading(b Heading) {
	if s.folded {
		s.print(2, plain, s.v.say(b.Say))
		return
	}
	s.gap()
	s.print(0, bold, s.v.say(b.Say))
}

// line writes a line with its notes after each figure.
func (s *sheet) line(l Line) string {
	parts := make([]string, len(l))
	for i, p := range l {
		parts[i] = withNotes(s.v.piece(p), p.Notes)
	}
	return strings.Join(parts, s.v.between("report.between.words"))
}

func withNotes(text string, list []int) string {
	if len(list) == 0 {
		return text
	}
	return text + " " + notes(list)
}

// strip writes a key figure a row: its name, its value, and beside it what puts
// it into proportion.
func (s *sheet) strip(b Strip) {
	labels, values, value := make([]string, len(b.Items)), make([]string, len(b.Items)), 0
	label := 0
	for i, k := range b.Items {
		labels[i], values[i] = s.v.say(k.Label), "—"
		if k.Value != nil {
			values[i] = withNotes(s.v.figure(*k.Value), k.Notes)
		}
		label, value = max(label, columns(labels[i])), max(value, columns(values[i]))
	}
	indent := 2 + label + 2 + value + 2
	for i, k := range b.Items {
		lead := "  " + pad(labels[i], label, false) + "  " + s.paint(bold, pad(values[i], value, false)) + "  "
		if len(k.Lines) == 0 {
			s.w.WriteString(strings.TrimRight(lead, " ") + "\n")
		}
		for _, l := range k.Lines {
			for _, text := range wrap(printable(s.line(l)), s.width-indent) {
				s.w.WriteString(lead + s.paint(lineInk(l), text) + "\n")
				lead = strings.Repeat(" ", indent)
			}
		}
	}
}

// lineInk is the look of a line: that of its first difference.
func lineInk(l Line) ink {
	for _, p := range l {
		switch p.Tone {
		case Favourable:
			return good
		case Unfavourable:
			return bad
		}
	}
	return plain
}

// list writes entries; what stands under one stands beside it where that fits.
func (s *sheet) list(b List) {
	for _, e := range b.Entries {
		text := s.line(e.Line)
		if e.Inside {
			text = s.v.text("brief.inside") + s.v.between("report.between.lead") + text
		}
		if len(e.Under) == 1 {
			beside := s.v.under(e.Under[0], s.line)
			if columns(text)+2+columns(beside) <= s.width-4 {
				s.w.WriteString("  - " + printable(text) + "  " + s.paint(dim, printable(beside)) + "\n")
				continue
			}
		}
		s.hang(2, 4, plain, "- ", text)
		for _, u := range e.Under {
			s.print(4, dim, s.v.under(u, s.line))
		}
	}
}

// asks writes numbered questions, each with its fact.
func (s *sheet) asks(b Asks) {
	for i, q := range b.List {
		s.hang(2, 5, plain, pad(strconv.Itoa(i+1)+".", 3, false), s.line(q.Line))
		s.print(5, dim, s.v.text("brief.fact")+s.v.between("report.between.lead")+s.line(q.Fact))
		for _, l := range q.Inside {
			s.print(5, dim, s.v.text("brief.inside")+s.v.between("report.between.lead")+s.line(l))
		}
	}
}

// sources writes the numbered notes; a terminal shows the weightiest ranges.
func (s *sheet) sources(list []Source) {
	if len(list) == 0 {
		return
	}
	s.gap()
	s.print(0, bold, s.v.text("report.sources"))
	wide := len(strconv.Itoa(len(list))) + 3
	for i, src := range list {
		s.hang(2, 2+wide, plain, pad("["+strconv.Itoa(i+1)+"]", wide, false), s.v.source(src.short(listed)))
	}
}
