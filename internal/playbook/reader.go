package playbook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"honne"
)

// Problem is something wrong in a file of YAML, and what was expected there.
type Problem struct {
	File string
	Line int // from 1; 0 when the file as a whole is meant
	Key  string
	What string
}

// String returns file:line: key: what was expected.
func (p Problem) String() string {
	s := p.File + ":"
	if p.Line > 0 {
		s += strconv.Itoa(p.Line) + ":"
	}
	if p.Key != "" {
		s += " " + p.Key + ":"
	}
	return s + " " + p.What
}

// Problems are all problems of what was read, as one error.
type Problems []Problem

// Error lists the problems, a line each.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i := range p {
		lines[i] = p[i].String()
	}
	return strings.Join(lines, "\n")
}

// Is makes errors.Is(err, honne.ErrInvalid) true.
func (p Problems) Is(target error) bool { return target == honne.ErrInvalid }

// orNil keeps an empty list from being an error.
func (p Problems) orNil() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// reader walks one file and collects every problem of it.
type reader struct {
	file     string
	blanks   bool // a key without a value is a key that is not there
	problems *Problems
}

// field is a key that a mapping may have.
type field struct {
	name string
	read func(key string, n *yaml.Node)
}

func (r reader) problem(n *yaml.Node, key, format string, args ...any) {
	*r.problems = append(*r.problems, Problem{r.file, n.Line, key, fmt.Sprintf(format, args...)})
}

// document returns the one document of data, or nil when there is none.
func (r reader) document(data []byte) *yaml.Node {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var first, second yaml.Node
	err := dec.Decode(&first)
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err == nil && !errors.Is(dec.Decode(&second), io.EOF) {
		r.problem(&second, "", "expected one document only")
	}
	if err != nil {
		line, what := syntaxError(err)
		r.problem(&yaml.Node{Line: line}, "", "%s", what)
		return nil
	}
	return first.Content[0]
}

// syntaxError takes the line out of the message "yaml: line 3: did not find …".
func syntaxError(err error) (line int, what string) {
	what = strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(what, "line "); ok {
		number, text, _ := strings.Cut(rest, ": ")
		if n, err := strconv.Atoi(number); err == nil {
			return n, "not YAML: " + text
		}
	}
	return 0, "not YAML: " + what
}

// mapping reads a mapping of known keys, each at most once.
func (r reader) mapping(key string, n *yaml.Node, fields ...field) {
	seen := map[string]bool{}
	r.entries(key, n, func(name string, k, value *yaml.Node) {
		i := 0
		for i < len(fields) && fields[i].name != name {
			i++
		}
		switch {
		case i == len(fields):
			r.problem(k, join(key, name), "unknown key, %s", suggest(name, names(fields, func(f field) string { return f.name })))
		case seen[name]:
			r.problem(k, join(key, name), "expected once, is here a second time")
		case r.blanks && value.Tag == "!!null":
		default:
			fields[i].read(join(key, name), value)
		}
		seen[name] = true
	})
}

// entries calls each for every entry of a mapping, in order.
func (r reader) entries(key string, n *yaml.Node, each func(name string, k, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		r.problem(n, key, "expected keys with values")
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		each(n.Content[i].Value, n.Content[i], n.Content[i+1])
	}
}

// list calls each for every item of a sequence.
func (r reader) list(each func(key string, n *yaml.Node)) func(string, *yaml.Node) {
	return func(key string, n *yaml.Node) {
		if n.Kind != yaml.SequenceNode {
			r.problem(n, key, "expected a list")
			return
		}
		for _, item := range n.Content {
			each(key, item)
		}
	}
}

func (r reader) text(into *string) func(string, *yaml.Node) {
	return func(key string, n *yaml.Node) {
		if n.Kind != yaml.ScalarNode || strings.TrimSpace(n.Value) == "" {
			r.problem(n, key, "expected text")
			return
		}
		*into = n.Value
	}
}

func (r reader) texts(into *[]string) func(string, *yaml.Node) {
	return r.list(func(key string, n *yaml.Node) {
		var s string
		if r.text(&s)(key, n); s != "" {
			*into = append(*into, s)
		}
	})
}

func (r reader) number(into *float64) func(string, *yaml.Node) {
	return func(key string, n *yaml.Node) {
		f, err := strconv.ParseFloat(n.Value, 64)
		if n.Kind != yaml.ScalarNode || err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
			r.problem(n, key, "expected a number")
			return
		}
		*into = f
	}
}

func (r reader) whole(into *int, least, most int) func(string, *yaml.Node) {
	return func(key string, n *yaml.Node) {
		i, err := strconv.Atoi(n.Value)
		if n.Kind != yaml.ScalarNode || err != nil || i < least || i > most {
			r.problem(n, key, "expected a whole number from %d to %d", least, most)
			return
		}
		*into = i
	}
}

func (r reader) date(into *honne.Date) func(string, *yaml.Node) {
	return func(key string, n *yaml.Node) {
		d, err := honne.ParseDate(n.Value)
		if n.Kind != yaml.ScalarNode || err != nil {
			r.problem(n, key, "expected a day, YYYY-MM-DD")
			return
		}
		*into = d
	}
}

// oneOf reads a word of a closed list.
func oneOf[T ~string](r reader, into *T, allowed []T) func(string, *yaml.Node) {
	return func(key string, n *yaml.Node) {
		list := make([]string, len(allowed))
		for i, a := range allowed {
			if list[i] = string(a); n.Kind == yaml.ScalarNode && n.Value == list[i] {
				*into = a
				return
			}
		}
		r.problem(n, key, "%q is not known, %s", n.Value, suggest(n.Value, list))
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func names[T any](things []T, name func(T) string) []string {
	list := make([]string, len(things))
	for i := range things {
		list[i] = name(things[i])
	}
	return list
}
