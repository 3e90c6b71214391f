package mail

import (
	"bytes"
	"sort"
	"strconv"
	"strings"

	"honne/internal/intake/charset"
)

// maxParams bounds the parameters of a field.
const maxParams = 200

// parseParams reads a field such as Content-Type: a value, and parameters by
// their names in lower case, decoded (RFC 2045, 2231; RFC 2047 in quotes, which
// no standard knows and every program writes; bytes of an old encoding).
func parseParams(field []byte) (value string, params map[string]string) {
	params = map[string]string{}
	pieces := splitParams(field)
	if len(pieces) == 0 {
		return "", params
	}
	value = string(bytes.TrimSpace(stripComments(pieces[0])))
	split := map[string][]section{}
	for _, p := range pieces[1:min(len(pieces), maxParams)] {
		name, raw, ok := bytes.Cut(p, []byte("="))
		if !ok {
			continue
		}
		key := strings.ToLower(string(bytes.TrimSpace(name)))
		raw = unquote(bytes.TrimSpace(raw))
		base, s, isSection := sectionOf(key, raw)
		if isSection {
			split[base] = append(split[base], s)
		} else if _, twice := params[key]; !twice {
			params[key] = decodeWords(raw)
		}
	}
	for name, sections := range split {
		if joined := joinSections(sections); joined != "" {
			params[name] = joined
		}
	}
	return value, params
}

// splitParams splits at semicolons outside of quotes.
func splitParams(v []byte) [][]byte {
	var out [][]byte
	quoted, start := false, 0
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case c == 0x1B:
			i = behindJIS(v, i)
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == ';' && !quoted:
			out = append(out, v[start:i])
			start = i + 1
		}
	}
	return append(out, v[start:])
}

// behindJIS returns the last place that an escape at i governs: within characters
// of ISO-2022-JP, between their escapes, a byte is never a quote or a separator.
func behindJIS(v []byte, i int) int {
	if i+1 == len(v) || v[i+1] != '$' {
		return i
	}
	if end := bytes.Index(v[i+1:], []byte("\x1B(")); end >= 0 {
		return i + end
	}
	return len(v) - 1
}

// unquote drops the quotes around a value, and the backslashes before a quote
// or a backslash in it; others are those of a path.
func unquote(v []byte) []byte {
	if len(v) == 0 || v[0] != '"' {
		if i := bytes.IndexAny(v, " \t"); i >= 0 && bytes.IndexByte(v, 0x1B) < 0 && !bytes.HasPrefix(v, []byte("=?")) {
			return bytes.TrimSpace(stripComments(v))
		}
		return v
	}
	v = v[1:]
	if n := len(v); n > 0 && v[n-1] == '"' {
		v = v[:n-1]
	}
	if bytes.IndexByte(v, '\\') < 0 || bytes.IndexByte(v, 0x1B) >= 0 {
		return v
	}
	v = bytes.ReplaceAll(v, []byte(`\"`), []byte(`"`))
	return bytes.ReplaceAll(v, []byte(`\\`), []byte(`\`))
}

// section is a piece of a value (RFC 2231): name*0*=, name*1=, or name*= whole.
type section struct {
	n       int
	encoded bool
	raw     []byte
}

func sectionOf(key string, raw []byte) (name string, s section, ok bool) {
	name, rest, ok := strings.Cut(key, "*")
	if !ok {
		return key, s, false
	}
	s.raw = raw
	number, encoded := strings.CutSuffix(rest, "*")
	s.encoded = encoded || rest == ""
	if number != "" {
		n, err := strconv.Atoi(number)
		if err != nil || n < 0 || n > maxParams {
			return key, s, false
		}
		s.n = n
	}
	return name, s, true
}

// joinSections decodes the pieces of a value together: a character may be cut
// between two of them.
func joinSections(list []section) string {
	sort.SliceStable(list, func(i, j int) bool { return list[i].n < list[j].n })
	label := ""
	var all []byte
	for i, s := range list {
		raw := s.raw
		if i == 0 && s.encoded {
			if parts := bytes.SplitN(raw, []byte("'"), 3); len(parts) == 3 {
				label, raw = string(parts[0]), parts[2]
			}
		}
		if s.encoded {
			raw = unescape(raw, '%')
		}
		all = append(all, raw...)
	}
	if label == "" && bytes.Contains(all, []byte("=?")) {
		return decodeWords(all)
	}
	text, _, _ := charset.Labelled(all, label)
	return text
}

// unescape decodes %E3 or =E3; what is none stays.
func unescape(v []byte, mark byte) []byte {
	if bytes.IndexByte(v, mark) < 0 {
		return v
	}
	return appendUnescaped(make([]byte, 0, len(v)), v, mark)
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f'
}

func fromHex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}
