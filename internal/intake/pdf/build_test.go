package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"

	"honne/internal/intake/grid"
)

// made is a PDF that a test makes, object by object: 1 is the catalogue, 2 the
// tree of pages.
type made struct {
	objects []string
	pages   []int
}

func newMade() *made { return &made{objects: []string{"<</Type/Catalog/Pages 2 0 R>>", ""}} }

func (m *made) add(body string) int {
	m.objects = append(m.objects, body)
	return len(m.objects)
}

func (m *made) stream(dict, data string) int {
	return m.add(fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", dict, len(data), data))
}

// page adds a page with operators and what they use.
func (m *made) page(content, resources string) {
	c := m.stream("", content)
	m.pages = append(m.pages, m.add(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<<%s>>>>", c, resources)))
}

func (m *made) tree() {
	kids := ""
	for _, p := range m.pages {
		kids += fmt.Sprintf("%d 0 R ", p)
	}
	m.objects[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids, len(m.pages))
}

// bytes writes the file with a table of objects.
func (m *made) bytes() []byte {
	m.tree()
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n")
	table := fmt.Sprintf("xref\n0 %d\n0000000000 65535 f \n", len(m.objects)+1)
	for i, o := range m.objects {
		table += fmt.Sprintf("%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := b.Len()
	fmt.Fprintf(&b, "%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", table, len(m.objects)+1, at)
	return b.Bytes()
}

func packed(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

// helvetica12 is a font of every reader, named F.
const helvetica12 = "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>"

// ruledTable draws a table of texts with lines: rows of 20, columns of 100
// points, the upper left corner at 50, 800.
func ruledTable(rows ...[]string) string {
	var b strings.Builder
	columns := 0
	for i, r := range rows {
		columns = max(columns, len(r))
		for k, s := range r {
			fmt.Fprintf(&b, "BT /F 10 Tf %d %d Td (%s) Tj ET\n", 54+100*k, 786-20*i, s)
		}
	}
	for i := range len(rows) + 1 {
		fmt.Fprintf(&b, "50 %d m %d %d l S\n", 800-20*i, 50+100*columns, 800-20*i)
	}
	for k := range columns + 1 {
		fmt.Fprintf(&b, "%d 800 m %d %d l S\n", 50+100*k, 50+100*k, 800-20*len(rows))
	}
	return b.String()
}

// dump writes all that was read of a file, a line a row.
func dump(t testing.TB, raw []byte) (string, error) {
	t.Helper()
	b, err := Open(t.Context(), bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, s := range b.Sheets() {
		merges, err := b.Merges(t.Context(), s.Index)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&out, "%s %v\n", s.Name, merges)
		err = b.Each(t.Context(), s.Index, func(r *grid.Row) error {
			fmt.Fprintf(&out, "%d", r.N)
			for _, c := range r.Cells {
				fmt.Fprintf(&out, " | %d %s", c.Col, strings.ReplaceAll(c.Text, "\n", "⏎"))
			}
			out.WriteString("\n")
			return nil
		})
		if err != nil {
			return "", err
		}
	}
	for _, p := range b.Problems() {
		fmt.Fprintf(&out, "%s %s %d\n", p.Sheet, p.What, p.Count)
	}
	return out.String(), nil
}

// want compares what is read with what should be.
func want(t *testing.T, name string, raw []byte, text string) {
	t.Helper()
	got, err := dump(t, raw)
	if err != nil || got != text {
		t.Errorf("%s: %v\n%s\nwant\n%s", name, err, got, text)
	}
}

// splitRows returns the first cells of the rows of a dump.
func splitRows(dump string) (out []string) {
	for line := range strings.Lines(dump) {
		if _, cell, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " | 1 "); ok {
			out = append(out, cell)
		}
	}
	return out
}
