package mail

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// StripHTML returns the text of a page in lines. What it marks as quoted stands
// behind >, as in plain text.
func StripHTML(page string) string {
	s := &stripper{z: html.NewTokenizer(strings.NewReader(page))}
	s.z.SetMaxBuf(1 << 20)
	for {
		switch s.z.Next() {
		case html.ErrorToken:
			s.line()
			return s.out.String()
		case html.TextToken:
			if s.hidden == 0 {
				s.text(string(s.z.Text()))
			}
		case html.StartTagToken:
			s.start(false)
		case html.SelfClosingTagToken:
			s.start(true)
		case html.EndTagToken:
			s.end()
		}
	}
}

type stripper struct {
	z      *html.Tokenizer
	out    strings.Builder
	now    strings.Builder // the line that is being read
	space  bool            // blanks before the next word
	hidden int             // within styles, scripts and the like
	quotes int             // within quotations
	pre    int
}

func (s *stripper) text(t string) {
	t = html.UnescapeString(t)
	if s.pre > 0 {
		for i, l := range strings.Split(t, "\n") {
			if i > 0 {
				s.line()
			}
			s.now.WriteString(strings.TrimRight(l, "\r"))
		}
		return
	}
	for _, r := range t {
		switch r {
		case ' ', '\t', '\n', '\r', '\u00A0':
			s.space = true
		case '\u200B', '\u200C', '\u200D', '\uFEFF', '\u00AD':
		default:
			if s.space && s.now.Len() > 0 {
				s.now.WriteByte(' ')
			}
			s.space = false
			s.now.WriteRune(r)
		}
	}
}

// line ends a line.
func (s *stripper) line() {
	text := strings.TrimRight(s.now.String(), " ")
	s.now.Reset()
	s.space = false
	if s.quotes > 0 {
		s.out.WriteString(strings.Repeat(">", min(s.quotes, 9)))
		s.out.WriteByte(' ')
	}
	s.out.WriteString(text)
	s.out.WriteByte('\n')
}

// soft ends a line that has text.
func (s *stripper) soft() {
	if s.now.Len() > 0 {
		s.line()
	}
	s.space = false
}

func (s *stripper) start(closed bool) {
	name, more := s.z.TagName()
	a := atom.Lookup(name)
	switch a {
	case atom.Br:
		s.line()
	case atom.P, atom.Div, atom.Tr, atom.Li, atom.Table, atom.Ul, atom.Ol, atom.H1, atom.H2, atom.H3, atom.H4:
		s.soft()
	case atom.Td, atom.Th:
		s.space = true
	case atom.Hr:
		s.soft()
		s.now.WriteString("________________________________")
		s.line()
	}
	if closed {
		return
	}
	switch a {
	case atom.Style, atom.Script, atom.Head, atom.Title:
		s.hidden++
	case atom.Pre:
		s.soft()
		s.pre++
	case atom.Blockquote:
		s.soft()
		if s.isQuote(more) {
			s.quotes++
		}
	}
}

// isQuote reports whether a quotation is one of mail, and not an indentation.
func (s *stripper) isQuote(more bool) bool {
	indent := false
	for more {
		var key, value []byte
		key, value, more = s.z.TagAttr()
		v := strings.ToLower(string(value))
		switch string(key) {
		case "type", "class", "cite":
			return true
		case "style":
			indent = strings.Contains(v, "margin") && !strings.Contains(v, "border")
		}
	}
	return !indent
}

func (s *stripper) end() {
	name, _ := s.z.TagName()
	switch atom.Lookup(name) {
	case atom.Style, atom.Script, atom.Head, atom.Title:
		s.hidden = max(s.hidden-1, 0)
	case atom.Pre:
		s.soft()
		s.pre = max(s.pre-1, 0)
	case atom.Blockquote:
		s.soft()
		s.quotes = max(s.quotes-1, 0)
	case atom.P:
		s.soft()
		s.line()
	case atom.Div, atom.Tr, atom.Li, atom.Table, atom.H1, atom.H2, atom.H3, atom.H4:
		s.soft()
	}
}
