package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Unlock opens a file with its password and returns it written anew, without
// its encryption; nothing else of it changes. The password of the user opens it,
// which is the one that a reader asks for. It fails with an *Error, and so does
// the reader.
func Unlock(ctx context.Context, r io.ReaderAt, size int64, password string) (io.Reader, error) {
	limits := DefaultLimits()
	limits.Decoded = max(limits.Decoded, 4*size) // all of it is read
	d, err := openDocument(ctx, r, size, limits, password)
	var fault *Error
	switch {
	case errors.As(err, &fault) && fault.Code == CodePassword:
		return nil, &Error{Code: CodeWrongPassword}
	case err != nil:
		return nil, refusal(ctx, err)
	case d.crypt == nil:
		return nil, &Error{Code: CodeNotLocked}
	}
	c := &copier{d: d, numbers: slices.Sorted(maps.Keys(d.xref)), at: map[int32]int64{}}
	c.next = c.numbers[len(c.numbers)-1] + 1
	c.now = strings.NewReader("%PDF-1.7\n")
	return c, nil
}

// copier writes the objects of a document one after the other.
type copier struct {
	d       *document
	numbers []int32
	next    int32 // the first number that is free
	at      map[int32]int64
	written int64
	now     io.Reader
	done    bool
}

// Read implements io.Reader.
func (c *copier) Read(p []byte) (int, error) {
	for {
		n, err := c.now.Read(p)
		c.written += int64(n)
		if n > 0 || err != nil && err != io.EOF {
			return n, refusalOf(c.d.ctx, err)
		}
		if err == io.EOF {
			if c.done {
				return 0, io.EOF
			}
			c.advance()
		}
	}
}

func refusalOf(ctx context.Context, err error) error {
	if err == nil || err == io.EOF {
		return nil
	}
	return refusal(ctx, err)
}

// advance prepares the next object, or the table at the end.
func (c *copier) advance() {
	if len(c.numbers) == 0 {
		c.now, c.done = strings.NewReader(c.table()), true
		return
	}
	n := c.numbers[0]
	c.numbers = c.numbers[1:]
	c.now = strings.NewReader("")
	v := c.d.resolve(ref{num: n})
	s, isStream := v.(*stream)
	switch {
	case v == nil:
		return
	case !isStream:
		c.at[n] = c.written
		c.now = strings.NewReader(fmt.Sprintf("%d 0 obj\n%s\nendobj\n", n, source(v)))
		return
	case s.dict["Type"] == name("XRef") || s.dict["Type"] == name("ObjStm"):
		return // what they hold is written by itself
	}
	c.stream(n, s)
}

// stream prepares a stream, whose length is known behind it: an object that
// follows.
func (c *copier) stream(n int32, s *stream) {
	raw, err := c.d.decrypted(s)
	if err != nil {
		return
	}
	about := maps.Clone(s.dict)
	about["Length"] = ref{num: c.next}
	c.at[n] = c.written
	counted := &counter{r: raw}
	c.now = io.MultiReader(strings.NewReader(fmt.Sprintf("%d 0 obj\n%s stream\n", n, source(about))), counted,
		&later{func() string {
			c.at[c.next] = c.written + int64(len("\nendstream\nendobj\n"))
			c.next++
			return fmt.Sprintf("\nendstream\nendobj\n%d 0 obj\n%d\nendobj\n", c.next-1, counted.n)
		}, nil})
}

type counter struct {
	r io.Reader
	n int64
}

// Read implements io.Reader.
func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// later is a text that is known when it is read.
type later struct {
	text func() string
	r    *strings.Reader
}

// Read implements io.Reader.
func (l *later) Read(p []byte) (int, error) {
	if l.r == nil {
		l.r = strings.NewReader(l.text())
	}
	return l.r.Read(p)
}

// table is what stands at the end of a file.
func (c *copier) table() string {
	var b strings.Builder
	b.WriteString("xref\n")
	for _, n := range slices.Sorted(maps.Keys(c.at)) {
		fmt.Fprintf(&b, "%d 1\n%010d 00000 n \n", n, c.at[n])
	}
	fmt.Fprintf(&b, "trailer\n%s\nstartxref\n%d\n%%%%EOF\n", source(dict{"Size": float64(c.next), "Root": c.d.trailer["Root"]}), c.written)
	return b.String()
}

// source writes a value as it stands in a file.
func source(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(v)
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
			return strconv.FormatInt(int64(v), 10)
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	case str:
		return fmt.Sprintf("<%x>", string(v))
	case name:
		return sourceName(v)
	case ref:
		return fmt.Sprintf("%d 0 R", v.num)
	case array:
		parts := make([]string, len(v))
		for i, x := range v {
			parts[i] = source(x)
		}
		return "[" + strings.Join(parts, " ") + "]"
	case dict:
		var b bytes.Buffer
		for _, k := range slices.Sorted(maps.Keys(v)) {
			fmt.Fprintf(&b, "%s %s ", sourceName(k), source(v[k]))
		}
		return "<<" + b.String() + ">>"
	}
	return "null"
}

func sourceName(n name) string {
	var b strings.Builder
	b.WriteByte('/')
	for _, c := range []byte(n) {
		if c <= ' ' || c > '~' || c == '#' || isDelimiter(int(c)) {
			fmt.Fprintf(&b, "#%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
