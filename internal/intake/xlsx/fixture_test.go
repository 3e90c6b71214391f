package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"honne/internal/intake/grid"
)

// parts are the parts of a workbook by name; what a test does not give is the
// least that a workbook needs.
type parts map[string]string

const (
	sheet1 = "xl/worksheets/sheet1.xml"
	sst    = "xl/sharedStrings.xml"
	styles = "xl/styles.xml"
	book   = "xl/workbook.xml"
	rels   = "xl/_rels/workbook.xml.rels"
)

func least() parts {
	const kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	return parts{
		"_rels/.rels": `<Relationships><Relationship Id="r" Type="` + kind + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		book:          `<workbook xmlns:r="x"><sheets><sheet name="売上" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		rels: `<Relationships><Relationship Id="rId1" Type="` + kind + `worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + kind + `sharedStrings" Target="sharedStrings.xml"/>` +
			`<Relationship Id="rId3" Type="` + kind + `styles" Target="styles.xml"/></Relationships>`,
		styles: `<styleSheet/>`,
	}
}

// pack zips the parts; with is laid over the least.
func pack(t testing.TB, with parts) []byte {
	t.Helper()
	all := least()
	for name, text := range with {
		all[name] = text
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range []string{"_rels/.rels", book, rels, styles, sst, sheet1, "xl/worksheets/sheet2.xml", "other/a.xml"} {
		if all[name] == "" {
			continue
		}
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, all[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// rowsOf wraps rows as a sheet.
func rowsOf(rows string) string {
	return "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"
}

// dump reads a whole workbook as text: a line a row.
func dump(raw []byte) (string, error) {
	b, err := Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, s := range b.Sheets() {
		fmt.Fprintf(&out, "== %s%s\n", s.Name, mark(s.Hidden, " hidden"))
		err := b.Each(context.Background(), s.Index, func(r *grid.Row) error {
			fmt.Fprintf(&out, "%d%s:", r.N, mark(r.Hidden, " hidden"))
			for _, c := range r.Cells {
				fmt.Fprintf(&out, " %d=%s", c.Col, show1(c))
			}
			out.WriteByte('\n')
			return nil
		})
		if err != nil {
			return out.String(), errors.Join(err, b.Close())
		}
		merges, err := b.Merges(context.Background(), s.Index)
		if err != nil {
			return out.String(), errors.Join(err, b.Close())
		}
		for _, m := range merges {
			fmt.Fprintf(&out, "merged %s\n", m)
		}
	}
	return out.String(), b.Close()
}

func mark(on bool, s string) string {
	if on {
		return s
	}
	return ""
}

// show1 writes a cell: kind(value) and its marks.
func show1(c grid.Cell) string {
	value := fmt.Sprintf("%q", c.Text)
	switch c.Kind {
	case grid.Number, grid.Time:
		value = c.Num.String()
	case grid.Date:
		value = c.Date.String()
	}
	return c.Kind.String() + "(" + value + ")" + mark(c.Formula, "f") + mark(c.Hidden, "h") + strings.Repeat(">", int(c.Indent))
}

// code returns the code of an error, and what it names.
func code(err error) (string, *Error) {
	var e *Error
	if errors.As(err, &e) {
		return e.Code, e
	}
	return fmt.Sprint(err), nil
}
