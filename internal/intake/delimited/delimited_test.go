package delimited

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"

	"honne/internal/honnetest/corpus"
	"honne/internal/intake/charset"
	"honne/internal/intake/grid"
)

// read gives the records as "1: A=x C=y" and the problems as "1 2 what 1".
func read(t *testing.T, text string) (f *File, rows, problems []string) {
	t.Helper()
	f, err := Open(strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	err = f.Each(context.Background(), func(r *grid.Row) error {
		s := fmt.Sprint(r.N, ":")
		for _, c := range r.Cells {
			s += fmt.Sprintf(" %d=%s", c.Col, c.Text)
		}
		rows = append(rows, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range f.Problems() {
		problems = append(problems, fmt.Sprint(p.Row, " ", p.Col, " ", p.What, " ", p.Count))
	}
	return f, rows, problems
}

func TestRecords(t *testing.T) {
	cases := []struct {
		name, in       string
		rows, problems []string
	}{
		{"plain", "a,b\n1,2\n", []string{"1: 1=a 2=b", "2: 1=1 2=2"}, nil},
		{"no last line end", "a,b\r\n1,2", []string{"1: 1=a 2=b", "2: 1=1 2=2"}, nil},
		{"blank lines and fields", "a,b\n\n,,\n,x,\n", []string{"1: 1=a 2=b", "4: 2=x"}, nil},
		{"old Mac", "a,b\r1,2\r", []string{"1: 1=a 2=b", "2: 1=1 2=2"}, nil},
		{"quoted", "\"a,1\",\"b\"\"c\",\"\"\n", []string{`1: 1=a,1 2=b"c`}, nil},
		{"line ends within", "\"a\r\nb\",c\r\nd,e\r\n", []string{"1: 1=a\r\nb 2=c", "2: 1=d 2=e"}, nil},
		{"spaces behind a quote", "\"a\"  ,b\nc,\"d\" \n", []string{"1: 1=a 2=b", "2: 1=c 2=d"}, nil},
		{"stray", "a\"b,c\nd,\"5\" tube\"\n", []string{`1: 1=a"b 2=c`, `2: 1=d 2=5" tube`}, []string{"1 1 stray-quote 1", "2 2 stray-quote 1"}},
		{"never closed", "a,\"b,c\nd,e\nf,g\n", []string{`1: 1=a 2="b 3=c`, "2: 1=d 2=e", "3: 1=f 2=g"}, []string{"1 2 unterminated-quote 1"}},
		{"closed by another field", "a,\"b\nc,d\n\"e\",f\n", []string{`1: 1=a 2="b`, "2: 1=c 2=d", "3: 1=e 2=f"}, []string{"1 2 unterminated-quote 1"}},
		{"two on a line", "\"a,\"b,c\nd,e\n", []string{`1: 1="a 2="b 3=c`, "2: 1=d 2=e"}, []string{"1 1 unterminated-quote 1", "1 2 unterminated-quote 1"}},
		{"NUL and U+FFFD", "a,b\n1\x00,\uFFFD\uFFFD\n", []string{"1: 1=a 2=b", "2: 1=1\x00 2=\uFFFD\uFFFD"}, []string{"2 1 nul 1", "2 2 replacement-character 2"}},
		{"sep", "sep=;\na;b,c\n", []string{"2: 1=a 2=b,c"}, nil},
		{"a quote at the end", "a,b\nc,\"", []string{"1: 1=a 2=b", `2: 1=c 2="`}, []string{"2 2 unterminated-quote 1"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, rows, problems := read(t, c.in)
			if !slices.Equal(rows, c.rows) {
				t.Errorf("rows %q, want %q", rows, c.rows)
			}
			if !slices.Equal(problems, c.problems) {
				t.Errorf("problems %q, want %q", problems, c.problems)
			}
		})
	}
}

func TestSniff(t *testing.T) {
	cases := []struct {
		name, in     string
		delim, quote byte
	}{
		{"comma", "a,b,c\n1,2,3\n", ',', '"'},
		{"tab with thousands", "品名\t数量\t金額\nA\t1,200\t3,400\nB\t5,600\t1,000,000\n", '\t', '"'},
		{"semicolon with decimal commas", "1,5;2,5;3,5\n4,5;1,2;6,1\n", ';', '"'},
		{"pipe", "a|b|c\nd|e|f\n", '|', '"'},
		{"titles above", "売上報告書\n2025年4月\n\n得意先,品名,金額\nA,B,1\nC,D,2\n", ',', '"'},
		{"commas in quotes", "a;b\n\"1,2,3\";c\n\"4,5,6\";d\n", ';', '"'},
		{"one column", "a\nb\n", ',', '"'},
		{"single quotes", "'a','b'\n'c,d','e'\n", ',', '\''},
		{"apostrophes", "'90s,b\nit's,e\n", ',', '"'},
		{"a list in a field", "a;b,1,2\nc;d,3,4\ne;f,5,6\n", ',', '"'},
	}
	for _, c := range cases {
		d, err := sniff([]byte(c.in), nil)
		if err != nil || d.Delimiter != c.delim || d.Quote != c.quote {
			t.Errorf("%s: %q %q, %v; want %q %q", c.name, d.Delimiter, d.Quote, err, c.delim, c.quote)
		}
	}
}

func TestRefuses(t *testing.T) {
	noise := make([]byte, 4000)
	for i := range noise {
		noise[i] = byte(i*i>>3 ^ i*7)
	}
	cases := map[string]string{
		"":                                 CodeEmpty,
		"PK\x03\x04rest":                   CodeNotText,
		"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1": CodeNotText,
		"%PDF-1.4\n":                       CodeNotText,
		string(noise):                      CodeNotText,
		strings.Repeat("\x00", 100):        CodeNotText,
	}
	for in, want := range cases {
		_, err := Open(strings.NewReader(in), int64(len(in)))
		var e *Error
		if !errors.As(err, &e) || e.Code != want {
			t.Errorf("%.20q: %v, want %s", in, err, want)
		}
	}
}

// TestLateJapanese finds the encoding of a file that begins with ASCII only.
func TestLateJapanese(t *testing.T) {
	late := strings.Repeat("1001,200,3\n", 20000)
	sjis, err := japanese.ShiftJIS.NewEncoder().String("東京都,㈱髙橋,1\n大阪府,売上,2\n")
	if err != nil {
		t.Fatal(err)
	}
	f, rows, problems := read(t, late+sjis)
	if f.Encoding() != charset.CP932 || len(problems) > 0 || rows[20000] != "20001: 1=東京都 2=㈱髙橋 3=1" {
		t.Errorf("%s, %q, %q", f.Encoding(), problems, rows[20000])
	}
}

func TestDeadline(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f, err := Open(strings.NewReader("a,b\n"), 4)
	if err != nil {
		t.Fatal(err)
	}
	err = f.Each(ctx, func(*grid.Row) error { return nil })
	var e *Error
	if !errors.As(err, &e) || e.Code != CodeDeadline || !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestStop(t *testing.T) {
	f, err := Open(strings.NewReader("a\nb\nc\n"), 6)
	if err != nil {
		t.Fatal(err)
	}
	stop := errors.New("stop")
	n := 0
	if err := f.Each(context.Background(), func(*grid.Row) error { n++; return stop }); err != stop || n != 1 {
		t.Error(err, n)
	}
}

// TestCorpus reads every CSV of the corpus without a quote to mend.
func TestCorpus(t *testing.T) {
	for _, name := range corpus.Files(t, "*/*.csv") {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := Open(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			t.Fatal(name, err)
		}
		want, rows := truths(t, name+".truth.json"), 0
		err = f.Each(context.Background(), func(r *grid.Row) error {
			rows++
			for _, c := range r.Cells {
				if text, ok := want[[2]int32{r.N, c.Col}]; ok && text == c.Text {
					delete(want, [2]int32{r.N, c.Col})
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(name, err)
		}
		for at, text := range want {
			t.Errorf("%s: row %d column %d is not %q", filepath.Base(name), at[0], at[1], text)
		}
		for _, p := range f.Problems() {
			if p.What != Replacement {
				t.Errorf("%s: %v", filepath.Base(name), p)
			}
		}
		t.Logf("%s: %s %q, %d rows, %d problems", filepath.Base(name), f.Encoding(), f.Delimiter(), rows, len(f.Problems()))
	}
}

// truths returns the filled cells that a truth file lists, by row and column.
func truths(t *testing.T, name string) map[[2]int32]string {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	var truth struct {
		Cells []struct {
			Row, Col int32
			Value    any
		} `json:"cell_truths"`
	}
	if err := json.Unmarshal(raw, &truth); err != nil {
		t.Fatal(name, err)
	}
	out := make(map[[2]int32]string)
	for _, c := range truth.Cells {
		if text, ok := c.Value.(string); ok && text != "" {
			out[[2]int32{c.Row, c.Col}] = text
		}
	}
	return out
}
