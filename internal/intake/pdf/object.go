package pdf

import (
	"bufio"
	"io"
	"math"
	"strings"
)

// The values of a PDF (ISO 32000-1, 7.3) are nil, bool, float64 and these.
type (
	name    string
	str     string // bytes
	keyword string // an operator, or a word of the file's structure
	array   []any
	dict    map[name]any
)

// ref names an object of the file.
type ref struct{ num, gen int32 }

const (
	maxDepth  = 64      // arrays and dictionaries within each other
	maxString = 1 << 20 // bytes of a string or a name
	maxItems  = 1 << 20 // values of one object, or of one operator's operands
)

// lexer reads values. It is not safe for concurrent use.
type lexer struct {
	r     *bufio.Reader
	pos   int64 // bytes read
	items int   // values that may still be read
	err   error // of the source
}

func newLexer(r io.Reader) *lexer { return &lexer{r: bufio.NewReaderSize(r, 4096), items: maxItems} }

// read returns the next byte, −1 at the end or when the source fails.
func (l *lexer) read() int {
	b, err := l.r.ReadByte()
	if err != nil {
		if err != io.EOF {
			l.err = err
		}
		return -1
	}
	l.pos++
	return int(b)
}

func (l *lexer) unread(c int) {
	if c >= 0 && l.r.UnreadByte() == nil {
		l.pos--
	}
}

func isSpace(c int) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == 0 || c == '\f'
}

func isDelimiter(c int) bool { return c >= 0 && strings.IndexByte("()<>[]{}/%", byte(c)) >= 0 }

// space skips white space and comments, and returns the byte behind it.
func (l *lexer) space() int {
	for {
		c := l.read()
		if c == '%' {
			for c >= 0 && c != '\n' && c != '\r' {
				c = l.read()
			}
		}
		if !isSpace(c) {
			return c
		}
	}
}

// next returns a value, or what begins or ends one of several as a keyword; at
// the end io.EOF.
func (l *lexer) next() (any, error) {
	if l.items--; l.items < 0 {
		return nil, errLimit
	}
	c := l.space()
	switch {
	case c < 0:
		return nil, io.EOF
	case c == '/':
		return l.name()
	case c == '(':
		return l.literal()
	case c == '<' || c == '>':
		d := l.read()
		if d == c {
			return keyword([]byte{byte(c), byte(c)}), nil
		}
		l.unread(d)
		if c == '<' {
			return l.hex()
		}
		return nil, damaged("a single >")
	case isDelimiter(c):
		return keyword([]byte{byte(c)}), nil
	}
	word := l.word(c)
	if n, ok := number(word); ok {
		return n, nil
	}
	switch word {
	case "true", "false":
		return word == "true", nil
	case "null":
		return nil, nil
	}
	return keyword(word), nil
}

func (l *lexer) word(c int) string {
	var b [128]byte
	n := 0
	for c >= 0 && !isSpace(c) && !isDelimiter(c) {
		if n < len(b) {
			b[n] = byte(c)
			n++
		}
		c = l.read()
	}
	l.unread(c)
	return string(b[:n])
}

// number reads a number, leniently: some programs write --1 or 1.-2.
func number(s string) (float64, bool) {
	sign, i := 1.0, 0
	for i < len(s) && (s[i] == '+' || s[i] == '-') {
		if s[i] == '-' {
			sign = -1
		}
		i++
	}
	n, scale, digits := 0.0, 0.0, 0
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits++
			if scale > 0 {
				n += float64(c-'0') * scale
				scale /= 10
			} else {
				n = float64(n*10) + float64(c-'0')
			}
		case c == '.' && scale == 0:
			scale = 0.1
		case c == '-' && digits > 0:
			return sign * n, true
		default:
			return 0, false
		}
	}
	return sign * n, digits > 0 && n < math.MaxInt64
}

func (l *lexer) name() (any, error) {
	var b strings.Builder
	for c := l.read(); ; c = l.read() {
		if c < 0 || isSpace(c) || isDelimiter(c) {
			l.unread(c)
			return name(b.String()), nil
		}
		if c == '#' {
			hi, lo := l.read(), l.read()
			if h, ok := hexDigit(hi); ok {
				if k, ok := hexDigit(lo); ok {
					b.WriteByte(byte(h<<4 | k))
					continue
				}
			}
			return nil, damaged("name")
		}
		if b.Len() > maxString {
			return nil, errLimit
		}
		b.WriteByte(byte(c))
	}
}

func hexDigit(c int) (int, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

func (l *lexer) hex() (any, error) {
	var b strings.Builder
	half, n := 0, 0
	for {
		c := l.read()
		if c == '>' {
			break
		}
		d, ok := hexDigit(c)
		switch {
		case c < 0:
			return nil, damaged("string without an end")
		case !ok:
			continue
		case b.Len() > maxString:
			return nil, errLimit
		}
		if n++; n%2 == 1 {
			half = d << 4
			continue
		}
		b.WriteByte(byte(half | d))
	}
	if n%2 == 1 {
		b.WriteByte(byte(half))
	}
	return str(b.String()), nil
}

func (l *lexer) literal() (any, error) {
	var b strings.Builder
	for depth := 1; ; {
		c := l.read()
		switch c {
		case -1:
			return nil, damaged("string without an end")
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return str(b.String()), nil
			}
		case '\\':
			if c = l.escape(); c < 0 {
				continue
			}
		case '\r':
			if d := l.read(); d != '\n' {
				l.unread(d)
			}
			c = '\n'
		}
		if b.Len() > maxString {
			return nil, errLimit
		}
		b.WriteByte(byte(c))
	}
}

// escape reads what follows a backslash, −1 for nothing.
func (l *lexer) escape() int {
	c := l.read()
	switch c {
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case '\r':
		if d := l.read(); d != '\n' {
			l.unread(d)
		}
		return -1
	case '\n':
		return -1
	}
	if c < '0' || c > '7' {
		return c
	}
	n := c - '0'
	for range 2 {
		d := l.read()
		if d < '0' || d > '7' {
			l.unread(d)
			break
		}
		n = n<<3 | (d - '0')
	}
	return n & 0xFF
}

// values reads values up to the keyword that is none of them, and returns it;
// of references, which are two numbers and an R, it makes one value.
func (l *lexer) values(depth int) (list []any, end keyword, err error) {
	if depth > maxDepth {
		return nil, "", errLimit
	}
	for {
		v, err := l.next()
		if err != nil {
			return list, "", err
		}
		k, word := v.(keyword)
		switch {
		case !word:
			list = append(list, v)
			continue
		case k == "[" || k == "<<":
			if v, err = l.several(k, depth+1); err != nil {
				return list, "", err
			}
			list = append(list, v)
			continue
		case k == "R" && len(list) >= 2:
			num, isNum := list[len(list)-2].(float64)
			gen, isGen := list[len(list)-1].(float64)
			if isNum && isGen && num >= 0 && num < math.MaxInt32 && gen >= 0 && gen < math.MaxInt32 {
				list = append(list[:len(list)-2], ref{int32(num), int32(gen)})
				continue
			}
		}
		return list, k, nil
	}
}

// several reads an array or a dictionary behind what opened it.
func (l *lexer) several(open keyword, depth int) (any, error) {
	list, end, err := l.values(depth)
	switch {
	case err == io.EOF:
		return nil, damaged("%s without an end", open)
	case err != nil:
		return nil, err
	case open == "[" && end == "]":
		return array(list), nil
	case open == "<<" && end == ">>":
		d := make(dict, len(list)/2)
		for i := 0; i+1 < len(list); i += 2 {
			if key, ok := list[i].(name); ok {
				d[key] = list[i+1]
			}
		}
		return d, nil
	}
	return nil, damaged("%s ends with %s", open, end)
}
