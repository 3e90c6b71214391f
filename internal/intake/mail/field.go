package mail

import (
	"bytes"
	"strings"
)

// field of a head: its name in lower case, and its value on one line.
type headField struct {
	name  string
	value []byte
}

type fields []headField

// fieldsOf splits a head into its fields. A line without a colon that goes on
// from nothing is left out.
func fieldsOf(raw []byte) fields {
	var out fields
	for len(raw) > 0 {
		n := bytes.IndexByte(raw, '\n') + 1
		if n == 0 {
			n = len(raw)
		}
		line := trimEnd(raw[:n])
		raw = raw[n:]
		if len(line) == 0 {
			continue
		}
		if line[0] == ' ' || line[0] == '\t' {
			if len(out) > 0 {
				last := &out[len(out)-1]
				last.value = append(append(last.value, ' '), bytes.TrimLeft(line, " \t")...)
			}
			continue
		}
		if name, value, ok := bytes.Cut(line, []byte(":")); ok {
			// The value has no room behind it, so that a line that goes on is copied.
			value = bytes.TrimSpace(value)
			out = append(out, headField{strings.ToLower(string(bytes.TrimSpace(name))), value[:len(value):len(value)]})
		}
	}
	return out
}

// get returns the first field of a name; nil when there is none.
func (f fields) get(name string) []byte {
	for i := range f {
		if f[i].name == name {
			return f[i].value
		}
	}
	return nil
}

// count counts the fields of a name.
func (f fields) count(name string) (n int) {
	for i := range f {
		if f[i].name == name {
			n++
		}
	}
	return n
}

// stripComments drops (comments), which nest.
func stripComments(v []byte) []byte {
	if bytes.IndexByte(v, '(') < 0 {
		return v
	}
	var out []byte
	depth, quoted := 0, false
	for i := 0; i < len(v); i++ {
		c := v[i]
		switch {
		case c == '\\' && i+1 < len(v):
			if depth == 0 {
				out = append(out, c, v[i+1])
			}
			i++
		case c == '"' && depth == 0:
			quoted = !quoted
			out = append(out, c)
		case c == '(' && !quoted:
			depth++
		case c == ')' && !quoted && depth > 0:
			depth--
		case depth == 0:
			out = append(out, c)
		}
	}
	return out
}
