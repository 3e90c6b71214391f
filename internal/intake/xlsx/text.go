package xlsx

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// attr returns an attribute of the start tag just read, "" when it has none.
func (x *xmlReader) attr(name string) string {
	for rest := x.attrs; len(rest) > 0; {
		var key, value []byte
		key, value, rest = nextAttr(rest)
		if string(key) == name {
			out, err := x.unescape(nil, value)
			if err != nil {
				return string(value)
			}
			return string(out)
		}
	}
	return ""
}

// nextAttr cuts the first attribute off; its name comes without prefix.
func nextAttr(b []byte) (key, value, rest []byte) {
	i := 0
	for i < len(b) && b[i] <= ' ' {
		i++
	}
	from := i
	for i < len(b) && b[i] != '=' && b[i] > ' ' {
		if b[i] == ':' {
			from = i + 1
		}
		i++
	}
	key = b[from:i]
	for i < len(b) && b[i] != '"' && b[i] != '\'' {
		i++
	}
	if i >= len(b) {
		return nil, nil, nil
	}
	end := bytes.IndexByte(b[i+1:], b[i])
	if end < 0 {
		return nil, nil, nil
	}
	return key, b[i+1 : i+1+end], b[i+end+2:]
}

// content appends the text of the element v or t whose start was just read.
func (x *xmlReader) content(dst []byte) ([]byte, error) {
	if x.closed {
		return dst, nil
	}
	for limit := len(dst) + maxText; ; {
		t, err := x.next()
		if err != nil {
			return dst, x.unexpected(err)
		}
		switch t {
		case charData:
			dst, err = x.unescape(dst, x.text)
		case cdata:
			dst = append(dst, x.text...)
		case startTag:
			err = x.skip()
		case endTag:
			if len(x.name) != 1 {
				err = x.fail("</" + string(x.name) + "> within a text")
			}
			return dst, err
		}
		if err != nil {
			return dst, err
		}
		if len(dst) > limit {
			return dst, &Error{Code: CodeTooLarge, Part: x.part, Detail: "a text of 1 MiB"}
		}
	}
}

// maxText is the most bytes of one cell; Excel writes up to 32,767 characters.
const maxText = 1 << 20

// richText appends the text of an element si or is, which was just begun: its
// runs joined, white space kept as it is, furigana (rPh) left out.
func (x *xmlReader) richText(dst []byte) ([]byte, error) {
	if x.closed {
		return dst, nil
	}
	limit := len(dst) + maxText
	for depth := 1; depth > 0; {
		t, err := x.next()
		switch {
		case err != nil:
			return dst, x.unexpected(err)
		case t == endTag:
			depth--
		case t != startTag:
		case string(x.name) == "t":
			from := len(dst)
			if dst, err = x.content(dst); err == nil {
				dst = decodeEscapes(dst, from)
			}
		case string(x.name) == "rPh":
			err = x.skip()
		case !x.closed:
			depth++
		}
		if err != nil {
			return dst, err
		}
		if len(dst) > limit {
			return dst, &Error{Code: CodeTooLarge, Part: x.part, Detail: "a text of 1 MiB"}
		}
	}
	return dst, nil
}

// unescape appends text with its references and line ends resolved.
func (x *xmlReader) unescape(dst, text []byte) ([]byte, error) {
	for {
		i := 0
		for i < len(text) && text[i] != '&' && text[i] != '\r' {
			i++
		}
		if i == len(text) {
			return append(dst, text...), nil
		}
		dst = append(dst, text[:i]...)
		if text[i] == '\r' {
			text = text[i+1:]
			if len(text) == 0 || text[0] != '\n' {
				dst = append(dst, '\n')
			}
			continue
		}
		end := bytes.IndexByte(text[i:min(len(text), i+16)], ';')
		if end < 0 {
			return dst, x.fail("an & that is no reference")
		}
		r, ok := reference(text[i+1 : i+end])
		if !ok {
			return dst, x.fail("an unknown reference " + string(text[i:i+end+1]))
		}
		dst = utf8.AppendRune(dst, r)
		text = text[i+end+1:]
	}
}

// reference resolves what stands between & and ;.
func reference(name []byte) (rune, bool) {
	switch string(name) {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := string(name[1:]), 10
	if name[1] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 21)
	return rune(n), err == nil && utf8.ValidRune(rune(n))
}

// decodeEscapes resolves _x000D_ in b[from:], which is how a workbook writes
// what XML cannot; _x005F_ is the underscore itself.
func decodeEscapes(b []byte, from int) []byte {
	i := bytes.Index(b[from:], []byte("_x"))
	if i < 0 {
		return b
	}
	out := b[:from+i]
	for rest := b[from+i:]; len(rest) > 0; {
		r, size := escape(rest)
		if utf16.IsSurrogate(r) {
			low, n := escape(rest[size:])
			if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
				size += n
			}
		}
		if size == 0 {
			out = append(out, rest[0])
			rest = rest[1:]
			continue
		}
		rest = rest[size:]
		out = utf8.AppendRune(out, r)
	}
	return out
}

// escape reads _xHHHH_ at the start of b; its size is 0 when b begins otherwise.
func escape(b []byte) (rune, int) {
	if len(b) < 7 || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, 0
	}
	n, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	if err != nil {
		return 0, 0
	}
	return rune(n), 7
}
