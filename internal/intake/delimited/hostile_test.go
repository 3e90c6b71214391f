package delimited

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"honne/internal/intake/grid"
)

// pattern is a file of size bytes that repeats itself.
type pattern struct {
	head, body string
	size       int64
}

// ReadAt implements io.ReaderAt.
func (p pattern) ReadAt(b []byte, off int64) (int, error) {
	n := 0
	for n < len(b) && off+int64(n) < p.size {
		at := off + int64(n)
		if at < int64(len(p.head)) {
			n += copy(b[n:], p.head[at:])
			continue
		}
		n += copy(b[n:], p.body[(at-int64(len(p.head)))%int64(len(p.body)):])
	}
	if off+int64(n) >= p.size {
		n = min(n, int(p.size-off))
		return n, io.EOF
	}
	return n, nil
}

// TestHostile reads files that are made to fill the memory or to take for ever.
func TestHostile(t *testing.T) {
	const mb = 1 << 20
	line := strings.Repeat("x", 100) + "\n"
	cases := []struct {
		name       string
		head, body string
		size       int64
		problem    string
	}{
		{"one unclosed field of lines", "a,b\n1,\"", line, 48 * mb, Unterminated},
		{"one unclosed field without a line end", "a,b\n1,\"", "xyz ", 24 * mb, FieldTooLong},
		{"one field without a line end", "a,b\n", "xyz ", 64 * mb, FieldTooLong},
		{"a line of delimiters", "a,b\n", ",", 5 * mb, ""},
		{"a line of short fields", "a,b\n", "x,", 5 * mb, TooManyColumns},
		{"doubled quotes", "a,b\n", "\"\"x\n", 5 * mb, Unterminated},
		{"doubled quotes never closed", "a,b\n\"", "\"\"y,\n", 5 * mb, Unterminated},
		{"an opening quote on every line", "a,b\n", "\"x\n", 5 * mb, Unterminated},
		{"quotes only", "a,b\n", "\"", 5 * mb, ""},
		{"fields of lines without an end", "a,b\n", "\"x\n\",", 5 * mb, TooManyColumns},
		{"spaces behind a quote", "a,b\n\"x\"", " ", 12 * mb, FieldTooLong},
		{"line ends", "a,b\n", "\n", 5 * mb, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
			defer cancel()
			f, err := Open(pattern{c.head, c.body, c.size}, c.size)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.Each(ctx, func(*grid.Row) error { return nil }); err != nil {
				t.Fatal(err)
			}
			runtime.GC() // what waits to be collected depends on the load
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			if m.HeapInuse > 64*mb {
				t.Errorf("heap of %d MiB", m.HeapInuse/mb)
			}
			if c.problem != "" && !has(f.Problems(), c.problem) {
				t.Errorf("no %s among %d problems", c.problem, len(f.Problems()))
			}
		})
	}
}

func has(problems []Problem, what string) bool {
	for _, p := range problems {
		if p.What == what {
			return true
		}
	}
	return false
}

// FuzzDelimited compares with encoding/csv whatever that accepts, and else
// looks for panics and lost rows only.
func FuzzDelimited(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "a,\"b\nc\",d\n", "\"a\"\"b\"\r\nx;y\n", "a,\"b\nc,d\n", "\x8A\x94,\xB1\n", "a\x00\x00b", "sep=;\na;b"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		var got []string
		last := int32(0)
		err = file.Each(context.Background(), func(r *grid.Row) error {
			col := int32(0)
			for _, c := range r.Cells {
				if c.Col <= col || c.Text == "" {
					t.Fatalf("column %d after %d", c.Col, col)
				}
				col = c.Col
				got = append(got, c.Text)
			}
			if r.N <= last {
				t.Fatalf("row %d after %d", r.N, last)
			}
			last = r.N
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if want, ok := strict(b, file); ok && strings.Join(want, "\x1f") != strings.Join(got, "\x1f") {
			t.Fatalf("%q, encoding/csv says %q", got, want)
		}
	})
}

// strict reads plain UTF-8 with encoding/csv; false when that refuses it.
func strict(b []byte, f *File) ([]string, bool) {
	d := f.Dialect()
	if d.Quote != '"' || d.LineEnd != '\n' || d.Hint || d.Encoding != "utf-8" || bytes.IndexByte(b, '\r') >= 0 || len(f.Problems()) > 0 {
		return nil, false
	}
	r := csv.NewReader(bytes.NewReader(b))
	r.Comma, r.FieldsPerRecord = rune(d.Delimiter), -1
	var out []string
	for {
		record, err := r.Read()
		if err == io.EOF {
			return out, true
		}
		if err != nil {
			return nil, false
		}
		for _, s := range record {
			if s != "" {
				out = append(out, s)
			}
		}
	}
}
