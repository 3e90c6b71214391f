package html

import (
	"bytes"
	"context"
	"io"

	"golang.org/x/net/html"
)

// scan finds the tables in the bytes as they are. In the encodings that get
// here no byte of a tag is ever half a character.
type scan struct {
	book    *Book
	z       *html.Tokenizer
	off     int64 // behind the token
	open    []*openTable
	isStyle bool // the text that follows is a style sheet
	isTitle bool // it is one of a page, not of its frame: no menu, no script
	before  []byte
}

// openTable is a table that has begun.
type openTable struct {
	*table
	inCell, inCaption bool
}

func (s *scan) run() error {
	s.z = html.NewTokenizer(&reader{context.Background(), io.NewSectionReader(s.book.source, 0, s.book.size)})
	s.z.SetMaxBuf(maxToken)
	for {
		kind := s.z.Next()
		raw := s.z.Raw()
		start := s.off
		s.off += int64(len(raw))
		var err error
		switch kind {
		case html.ErrorToken:
			for _, t := range s.open {
				t.to = s.book.size
			}
			return stopped(s.z.Err(), "")
		case html.TextToken:
			s.text(raw)
		case html.StartTagToken, html.SelfClosingTagToken:
			err = s.start(start)
		case html.EndTagToken:
			s.end()
		}
		if err != nil {
			return err
		}
	}
}

func (s *scan) text(raw []byte) {
	if s.isStyle {
		s.book.learnStyles(raw)
		s.isStyle = false
		return
	}
	if len(s.open) == 0 {
		if s.isTitle && !isBlank(raw) && len(raw) < maxCaption {
			s.before = append(append(s.before, raw...), '\n')
			s.before = s.before[max(0, len(s.before)-maxCaption):]
		}
		return
	}
	t := s.open[len(s.open)-1]
	switch {
	case t.inCell && !t.filled:
		t.filled = !isBlank(raw)
	case t.inCaption && len(t.caption) < maxCaption:
		t.caption = append(t.caption, raw[:min(len(raw), maxCaption)]...)
	}
}

// isBlank reports whether a text is nothing but spaces, however written.
func isBlank(raw []byte) bool {
	for _, nbsp := range []string{"&nbsp;", "&#160;", "\u00A0"} {
		raw = bytes.ReplaceAll(raw, []byte(nbsp), nil)
	}
	return len(bytes.TrimSpace(raw)) == 0
}

// isTitleTag reports whether a text within a tag may be a title of what follows.
func isTitleTag(name string) bool {
	switch name {
	case "p", "div", "span", "b", "strong", "font", "center", "h1", "h2", "h3", "h4", "h5", "h6", "br", "u", "big":
		return true
	}
	return false
}

// start handles a start tag that stands at an offset.
func (s *scan) start(at int64) error {
	name, _ := s.z.TagName()
	s.isStyle = string(name) == "style"
	s.isTitle = isTitleTag(string(name))
	if string(name) == "table" {
		if len(s.book.tables) >= maxTables {
			return &Error{Code: CodeTooLarge, Detail: "number of tables"}
		}
		if len(s.open) >= maxNesting {
			return &Error{Code: CodeTooLarge, Detail: "tables within each other"}
		}
		t := &table{from: at, before: s.before}
		s.before = nil
		s.book.tables = append(s.book.tables, t)
		s.open = append(s.open, &openTable{table: t})
		return nil
	}
	s.place(string(name), true)
	return nil
}

func (s *scan) end() {
	name, _ := s.z.TagName()
	if string(name) == "table" && len(s.open) > 0 {
		s.open[len(s.open)-1].to = s.off
		s.open = s.open[:len(s.open)-1]
		return
	}
	s.place(string(name), false)
}

// place notes where in its table the text stands that follows.
func (s *scan) place(name string, begins bool) {
	if len(s.open) == 0 {
		return
	}
	t := s.open[len(s.open)-1]
	switch name {
	case "td", "th":
		t.inCell, t.inCaption = begins, false
	case "tr", "thead", "tbody", "tfoot":
		t.inCell, t.inCaption = false, false
	case "caption":
		t.inCell, t.inCaption = false, begins
	}
}

// learnStyles notes the classes of a style sheet that mean text:
// .xl65 {mso-number-format:"\@";}.
func (b *Book) learnStyles(sheet []byte) {
	for rule := range bytes.SplitSeq(sheet, []byte("}")) {
		selector, body, ok := bytes.Cut(rule, []byte("{"))
		if !ok || !isTextFormat(body) {
			continue
		}
		for _, word := range bytes.FieldsFunc(selector, func(r rune) bool { return r <= ' ' || r == ',' }) {
			i := bytes.LastIndexByte(word, '.')
			if i >= 0 && len(b.textual) < maxClasses {
				b.textual[string(word[i+1:])] = true
			}
		}
	}
}

// isTextFormat reports whether declarations of a style say that a cell is text.
func isTextFormat(css []byte) bool {
	_, format, ok := bytes.Cut(css, []byte("mso-number-format:"))
	if !ok {
		return false
	}
	format, _, _ = bytes.Cut(format, []byte(";"))
	return string(bytes.Trim(format, " \t\r\n\"'")) == `\@`
}
