package sheetml

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"honne/internal/honnetest"
	"honne/internal/intake/grid"
)

func TestBook(t *testing.T) {
	raw, err := os.ReadFile("../testdata/seeds/xml.xls")
	if err != nil {
		t.Fatal(err)
	}
	got, err := dump(raw)
	if err != nil {
		t.Fatal(err)
	}
	honnetest.Golden(t, "testdata/uriage.golden", []byte(got))
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
		fmt.Fprintf(&out, "%s hidden=%v\n", s.Name, s.Hidden)
		last := int32(0)
		if err := b.Each(ctx, i, func(r *grid.Row) error {
			if r.N <= last {
				return errors.New("rows out of order")
			}
			last = r.N
			fmt.Fprintf(&out, " row %d hidden=%v\n", r.N, r.Hidden)
			for _, c := range r.Cells {
				fmt.Fprintf(&out, "  %d %s %q %v %s formula=%v hidden=%v share=%v\n", c.Col, c.Kind, c.Text, c.Num, c.Date, c.Formula, c.Hidden, c.Share)
			}
			return nil
		}); err != nil {
			return "", err
		}
		merges, err := b.Merges(ctx, i)
		if err != nil {
			return "", err
		}
		fmt.Fprintln(&out, " merges", merges)
	}
	return out.String(), nil
}

const begin = `<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>`

func TestFaults(t *testing.T) {
	for _, c := range []struct{ body, code string }{
		{"<Row><Cell>", CodeTruncated},
		{"<Row></Cell></Row>", CodeXML},
		{"<Row>&x;</Row>", CodeXML},
		{`<Row ss:Index="5"/><Row ss:Index="5"/></Table></Worksheet></Workbook>`, CodeOutOfRange},
		{`<Row ss:Index="99999999"/></Table></Worksheet></Workbook>`, CodeOutOfRange},
		{`<Row><Cell ss:Index="-1"/></Row></Table></Worksheet></Workbook>`, CodeOutOfRange},
		{`<Row><Cell><Data ss:Type="String">` + strings.Repeat("x", maxToken+1) + "</Data></Cell></Row></Table></Worksheet></Workbook>", CodeTooLarge},
		{strings.Repeat("<a>", maxDepth), CodeTooLarge},
	} {
		_, err := dump([]byte(begin + c.body))
		var own *Error
		if !errors.As(err, &own) || own.Code != c.code {
			t.Errorf("%.60s: got %v, want %s", c.body, err, c.code)
		}
	}
}

func FuzzSheetML(f *testing.F) {
	raw, err := os.ReadFile("../testdata/seeds/xml.xls")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Add([]byte(begin + `<Row ss:Span="3"><Cell ss:MergeAcross="2" ss:MergeDown="1"><Data ss:Type="DateTime">1899-12-31T10:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		_, err := dump(raw)
		var own *Error
		if err != nil && !errors.As(err, &own) {
			t.Errorf("%v is no Error", err)
		}
	})
}
