package intake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"honne"
	"honne/internal/honnetest"
)

// TestCases reads the first file of each archive in testdata and compares what
// was understood with the section want: tables, columns, lines, problems. The
// sections said.json and memory.json are what a person decided and what earlier
// files taught; the form "" in memory stands for that of the first table.
func TestCases(t *testing.T) {
	for _, dir := range []string{"testdata", "testdata/said"} {
		paths, err := filepath.Glob(dir + "/*.txtar")
		if err != nil || len(paths) == 0 {
			t.Fatalf("no cases: %v", err)
		}
		for _, path := range paths {
			t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { runCase(t, path) })
		}
	}
}

func runCase(t *testing.T, path string) {
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files := a.Files[:1]
	f := honne.File{Name: files[0].Name, Size: int64(len(files[0].Data)), Bytes: bytes.NewReader(files[0].Data)}
	if strings.HasPrefix(filepath.Base(path), "ours-") {
		f.From = honne.Ours
	}
	var m honne.Memory
	for _, more := range a.Files[1:] {
		switch more.Name {
		case "said.json":
			err = json.Unmarshal(more.Data, &f.Said)
		case "memory.json":
			err = json.Unmarshal(more.Data, &m)
		default:
			continue
		}
		if files = append(files, more); err != nil {
			t.Fatal(err)
		}
	}
	book := testBook(t)
	if known, ok := m.Forms[""]; ok {
		r, err := Read(t.Context(), f, book, honne.Memory{})
		if err != nil {
			t.Fatal(err)
		}
		m.Forms = map[string]honne.Form{r.Tables[0].Form: known}
	}
	r, err := Read(t.Context(), f, book, m)
	if err != nil {
		t.Fatal(err)
	}
	accounted(t, f, r)
	agree(t, r)
	want := txtar.File{Name: "want", Data: []byte(dump(t, r))}
	honnetest.Golden(t, path, txtar.Format(&txtar.Archive{Comment: a.Comment, Files: append(slices.Clip(files), want)}))
}

// dump writes a reading for a person to compare.
func dump(t *testing.T, r honne.Reading) string {
	var b strings.Builder
	for _, tb := range r.Tables {
		fmt.Fprintf(&b, "table header=%s body=%s rows=%d %s kind=%s%s unit=%s tax=%s period=%s check=%v\n",
			tb.Header, tb.Body, tb.Rows, tb.Layout, tb.Kind, tb.Topic, tb.Unit, tb.Tax, tb.Period, tb.Check)
		for _, x := range tb.Excluded {
			fmt.Fprintf(&b, "  out %s %s\n", x.Range, x.Why)
		}
		for _, c := range tb.Columns {
			fmt.Fprintf(&b, "  %s %s = %s %.2f %s %s\n", c.At, strings.ReplaceAll(c.Header, "\n", "/"), c.Meaning, c.Confidence, c.Unit, c.Period)
		}
	}
	for _, p := range r.Parts {
		scope := ""
		if p.Scope != "" {
			scope = " scope=" + strconv.Quote(p.Scope)
		}
		fmt.Fprintf(&b, "part %s %v lines=%d level=%d%s\n", p.Series, p.Periods, p.Lines, p.Holds.Level(), scope)
	}
	for l, err := range r.Lines {
		if err != nil {
			t.Fatal(err)
		}
		rep := ""
		if l.Rep != "" {
			rep = " rep=" + l.Rep + "@" + l.Region
		}
		if l.Expires != 0 {
			rep += " expires=" + l.Expires.String()
		}
		if l.ProductLine != "" {
			rep += " line=" + l.ProductLine
		}
		fmt.Fprintf(&b, "line %d part=%d %s %s %v %s/%s qty=%s amt=%s %s%s\n", l.Row, l.Part, l.Period, l.Date, parties(l), l.Product.Code, l.Product.Name,
			figureText(l.Quantity), figureText(l.Amount), l.Reason, rep)
	}
	for _, x := range r.Listed {
		fmt.Fprintf(&b, "listed %s %d %+v\n", x.At, x.Nth, x.Body)
	}
	for _, p := range r.Problems {
		fmt.Fprintf(&b, "problem %s %s %s %q\n", p.Severity, p.At, p.What.ID, p.Raw)
		for _, x := range p.Repairs {
			fmt.Fprintf(&b, "  repair %s %s adds up: %v\n", x.Number, x.Why, x.AddsUp)
		}
	}
	return b.String()
}

func figureText(f honne.Figure) string {
	if !f.Known {
		return "?"
	}
	return fmt.Sprint(f.N)
}

func parties(l honne.Line) string {
	var out []string
	for role, p := range l.Parties {
		if !p.IsZero() {
			at := ""
			if p.Place != "" {
				at = "@" + p.Place
			}
			out = append(out, fmt.Sprintf("%s:%s%s%s:%d%v", honne.Role(role), p.Code, p.Name, at, p.Disclosure, p.Site))
		}
	}
	return strings.Join(out, " ")
}
