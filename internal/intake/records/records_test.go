package records

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"honne/internal/honnetest"
	"honne/internal/intake/elements"
	"honne/internal/intake/grid"
)

func TestBook(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.xml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := dump(raw)
		if err != nil {
			t.Fatal(err)
		}
		honnetest.Golden(t, strings.TrimSuffix(path, ".xml")+".golden", []byte(got))
	}
}

// dump writes all cells of all sheets.
func dump(raw []byte) (string, error) {
	ctx := context.Background()
	b, err := Open(ctx, bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for i, s := range b.Sheets() {
		fmt.Fprintf(&out, "%q\n", s.Name)
		last := int32(0)
		if err := b.Each(ctx, i, func(r *grid.Row) error {
			if r.N <= last {
				return errors.New("rows out of order")
			}
			col := int32(0)
			last = r.N
			fmt.Fprintf(&out, " row %d", r.N)
			for _, c := range r.Cells {
				if c.Col <= col {
					return errors.New("cells out of order")
				}
				col = c.Col
				fmt.Fprintf(&out, " %d=%q", c.Col, c.Text)
			}
			fmt.Fprintln(&out)
			return nil
		}); err != nil {
			return "", err
		}
	}
	return out.String(), nil
}

func TestFaults(t *testing.T) {
	flat := "<r><a>1</a><b>2</b></r>"
	for _, c := range []struct{ text, code string }{
		{"<x>" + flat + flat, elements.CodeTruncated},
		{"<x>" + flat + flat + "</y>", elements.CodeXML},
		{`<!DOCTYPE x [<!ENTITY a "ha">]><x>` + flat + "<r><a>&a;</a></r></x>", elements.CodeXML},
		{"<x><a>1</a></x>", CodeNoRecords},
		{"<x>" + strings.Repeat("<slip><no>1</no><line><q>1</q></line><line><q>2</q></line></slip>", 2) + "</x>", CodeNested},
		{"<x>" + strings.Repeat("<a>", elements.MaxDepth), elements.CodeTooLarge},
		{"<x><r><a>" + strings.Repeat("x", 2*elements.MaxToken) + "</a></r></x>", elements.CodeTooLarge},
		{"<x>" + manyNames() + "</x>", elements.CodeTooLarge},
	} {
		_, err := dump([]byte(c.text))
		var own *Error
		if !errors.As(err, &own) || own.Code != c.code {
			t.Errorf("%.60s: got %v, want %s", c.text, err, c.code)
		}
	}
}

// manyNames are more sorts of elements than a file may have.
func manyNames() string {
	var b strings.Builder
	for i := range maxNodes + 1 {
		fmt.Fprintf(&b, "<a%d/>", i)
	}
	return b.String()
}

func TestSniff(t *testing.T) {
	for text, want := range map[string]bool{
		"<?xml version=\"1.0\"?><a/>": true, "\ufeff <売上><行></行></売上>": true,
		"<売上明細>,数量\n鉗子,2\n": false, "品名,数量\n": false, "": false,
	} {
		if got := Sniff([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func FuzzRecords(f *testing.F) {
	paths, err := filepath.Glob("testdata/*.xml")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		_, err := dump(raw)
		var own *Error
		if err != nil && !errors.As(err, &own) {
			t.Errorf("%v is no Error", err)
		}
	})
}
