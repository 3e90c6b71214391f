package xlsx

import (
	"bytes"
	"io"
)

// token is a piece of XML.
type token int

const (
	startTag token = iota + 1 // name and attrs; closed when the element has no content
	endTag                    // name
	charData                  // text, still escaped, perhaps one of several pieces
	cdata                     // text as it is
)

// xmlReader cuts a part into tokens without copying. What it gives is valid
// until the next call of next. Prefixes are dropped: a workbook uses one
// vocabulary, under whatever prefix. It checks the nesting only as far as
// callers do, and refuses document types, so that nothing can be declared.
type xmlReader struct {
	in    io.Reader
	close func() error
	part  string
	buf   []byte
	pos   int
	end   int
	eof   bool

	name   []byte // without prefix
	attrs  []byte // the rest of the tag
	closed bool   // <a/>
	text   []byte
}

const (
	maxTag   = 64 << 10
	maxCDATA = 1 << 20
	textRoom = 32 << 10 // longer texts come in pieces
)

// next returns the next token, or io.EOF, or an *Error.
func (x *xmlReader) next() (token, error) {
	for {
		if x.pos == x.end {
			if err := x.more(); err != nil {
				return 0, err
			}
		}
		if x.buf[x.pos] != '<' {
			if t, err := x.characters(); t != 0 || err != nil {
				return t, err
			}
			continue
		}
		if t, err := x.markup(); t != 0 || err != nil {
			return t, err
		}
	}
}

// characters reads text up to the next tag, or as much as there is of a long one.
func (x *xmlReader) characters() (token, error) {
	for {
		i := bytes.IndexByte(x.buf[x.pos:x.end], '<')
		if i < 0 && !x.eof && x.end-x.pos < textRoom {
			if err := x.more(); err != nil && err != io.EOF {
				return 0, err
			}
			continue
		}
		to := x.pos + i
		if i < 0 {
			to = x.pos + wholeText(x.buf[x.pos:x.end])
		}
		x.text = x.buf[x.pos:to]
		x.pos = to
		return charData, nil
	}
}

// wholeText returns how much of a text that goes on may be given: no reference
// (&amp;), escape (_x000D_) or line end is cut in two.
func wholeText(b []byte) int {
	from := max(len(b)-16, 1)
	if i := bytes.LastIndexAny(b[from:], "&_\r"); i >= 0 {
		return from + i
	}
	return len(b)
}

// markup reads what begins with <; 0 for what means nothing.
func (x *xmlReader) markup() (token, error) {
	if err := x.need(2); err != nil {
		return 0, err
	}
	if x.buf[x.pos+1] == '!' {
		return x.declaration()
	}
	end, err := x.tagEnd()
	if err != nil {
		return 0, err
	}
	tag := x.buf[x.pos+1 : end]
	x.pos = end + 1
	switch {
	case len(tag) == 0:
		return 0, x.fail("<>")
	case tag[0] == '/':
		if tag[len(tag)-1] <= ' ' {
			tag = bytes.TrimRight(tag, " \t\r\n")
		}
		x.name = local(tag[1:])
		return endTag, nil
	case tag[0] == '?':
		return 0, nil
	}
	x.closed = tag[len(tag)-1] == '/'
	if x.closed {
		tag = tag[:len(tag)-1]
	}
	i := 0
	for i < len(tag) && tag[i] > ' ' {
		i++
	}
	x.name, x.attrs = local(tag[:i]), tag[i:]
	return startTag, nil
}

// local drops the prefix of a name.
func local(name []byte) []byte {
	if len(name) == 1 {
		return name
	}
	return name[bytes.IndexByte(name, ':')+1:]
}

// plainValue returns what follows when that is exactly <v>…</v></c>, as nearly
// all cells are written, and passes over it.
func (x *xmlReader) plainValue() ([]byte, bool) {
	b := x.buf[x.pos:x.end]
	if len(b) < 3 || string(b[:3]) != "<v>" {
		return nil, false
	}
	i := bytes.IndexByte(b[3:], '<')
	if i < 0 || len(b) < i+11 || string(b[i+3:i+11]) != "</v></c>" {
		return nil, false
	}
	x.pos += i + 11
	return b[3 : i+3], true
}

// tagEnd returns the index of the > that ends the tag at pos; a > within quotes
// ends nothing.
func (x *xmlReader) tagEnd() (int, error) {
	for {
		b := x.buf[x.pos:x.end]
		quotes := b[1] != '/' && b[1] != '?'
		quote := byte(0)
		for i := 1; i < len(b); i++ {
			switch c := b[i]; {
			case c > '>':
			case c == '>' && quote == 0:
				return x.pos + i, nil
			case c == '<':
				return 0, x.fail("< within a tag")
			case c == '"' && quotes || c == '\'' && quotes:
				if quote == 0 {
					quote = c
				} else if quote == c {
					quote = 0
				}
			}
		}
		if len(b) > maxTag {
			return 0, x.fail("a tag of 64 KiB")
		}
		if err := x.need(len(b) + 1); err != nil {
			return 0, err
		}
	}
}

// declaration reads what begins with <! : comments are passed over, CDATA is
// text, and anything else is refused.
func (x *xmlReader) declaration() (token, error) {
	if err := x.need(9); err != nil {
		return 0, err
	}
	switch b := x.buf[x.pos:x.end]; {
	case bytes.HasPrefix(b, []byte("<!--")):
		x.pos += 4
		return 0, x.until("-->")
	case bytes.HasPrefix(b, []byte("<![CDATA[")):
		x.pos += 9
		return x.cdata()
	}
	return 0, x.fail("a document type")
}

func (x *xmlReader) cdata() (token, error) {
	for {
		b := x.buf[x.pos:x.end]
		if i := bytes.Index(b, []byte("]]>")); i >= 0 {
			x.text = b[:i]
			x.pos += i + 3
			return cdata, nil
		}
		if len(b) > maxCDATA {
			return 0, x.fail("CDATA of 1 MiB")
		}
		if err := x.need(len(b) + 1); err != nil {
			return 0, err
		}
	}
}

// until passes over everything up to the end of mark.
func (x *xmlReader) until(mark string) error {
	for {
		b := x.buf[x.pos:x.end]
		if i := bytes.Index(b, []byte(mark)); i >= 0 {
			x.pos += i + len(mark)
			return nil
		}
		x.pos += max(0, len(b)-len(mark)+1)
		if err := x.need(x.end - x.pos + 1); err != nil {
			return err
		}
	}
}

// need reads until the window holds n bytes from pos.
func (x *xmlReader) need(n int) error {
	for x.end-x.pos < n {
		if err := x.more(); err != nil {
			return x.unexpected(err)
		}
	}
	return nil
}

func (x *xmlReader) fail(what string) error {
	return &Error{Code: CodeXML, Part: x.part, Detail: what}
}

// more reads into the window; io.EOF when nothing follows.
func (x *xmlReader) more() error {
	if x.eof {
		return io.EOF
	}
	x.end = copy(x.buf, x.buf[x.pos:x.end])
	x.pos = 0
	if x.end == len(x.buf) {
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	return x.fill()
}

func (x *xmlReader) fill() error {
	before := x.end
	for x.end == before {
		n, err := x.in.Read(x.buf[x.end:])
		x.end += n
		if err == io.EOF {
			x.eof = true
			if x.end == before {
				return io.EOF
			}
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// skip passes over the content of the element whose start was just read.
func (x *xmlReader) skip() error {
	if x.closed {
		return nil
	}
	for depth := 1; depth > 0; {
		t, err := x.next()
		if err != nil {
			return x.unexpected(err)
		}
		switch {
		case t == startTag && !x.closed:
			depth++
		case t == endTag:
			depth--
		}
	}
	return nil
}

// unexpected makes an error of an end of the part within an element.
func (x *xmlReader) unexpected(err error) error {
	if err == io.EOF {
		return &Error{Code: CodeTruncated, Part: x.part, Detail: "the part ends within an element"}
	}
	return err
}
