package sample

import (
	"bytes"
	"encoding/csv"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"

	"honne/internal/japan"
)

func number(s string) float64 {
	d, ok := japan.ParseNumber(s)
	if !ok {
		return math.NaN()
	}
	return d.Float()
}

// rows reads a sheet with raw values.
func rows(t *testing.T, f File, sheet string) [][]string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(f.Bytes), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatalf("%s: %v", f.Path, err)
	}
	defer book.Close()
	out, err := book.GetRows(sheet)
	if err != nil {
		t.Fatalf("%s: %v", f.Path, err)
	}
	return out
}

func files(d Distributor, prefix, suffix string) (out []File) {
	for _, f := range d.Files {
		if strings.HasPrefix(f.Path, prefix) && strings.HasSuffix(f.Path, suffix) {
			out = append(out, f)
		}
	}
	return out
}

func TestExcellentWorkbooksAddUp(t *testing.T) {
	books := files(invented(t)[0], "販売実績_", ".xlsx")
	if len(books) != Demo.Months+2 {
		t.Fatalf("%d monthly workbooks", len(books))
	}
	for _, f := range books[:6] {
		var lines, area, total [2]float64
		for _, r := range rows(t, f, "販売実績")[5:] {
			if len(r) < 10 {
				continue
			}
			for k := range lines {
				n := number(r[8+k])
				switch {
				case r[0] == "合計":
					total[k] = n
				case strings.HasSuffix(r[0], "小計"):
					area[k] += n
				default:
					lines[k] += n
				}
			}
		}
		if lines != total || area != total || total[0] == 0 {
			t.Errorf("%s: lines %v, subtotals %v, total %v", f.Path, lines, area, total)
		}
		if n := len(rows(t, f, "月末在庫")); n != Demo.Products+4 {
			t.Errorf("%s: %d rows of stock", f.Path, n)
		}
	}
}

func decoded(t *testing.T, f File) string {
	t.Helper()
	b, err := japanese.ShiftJIS.NewDecoder().Bytes(f.Bytes)
	if err != nil || bytes.ContainsRune(b, '�') {
		t.Fatalf("%s is no CP932: %v", f.Path, err)
	}
	return string(b)
}

func TestHidingReportsAddUp(t *testing.T) {
	reports := files(invented(t)[1], "売上報告_", ".csv")
	if len(reports) != Demo.Months+2 { // one missing, three sent again
		t.Fatalf("%d monthly reports", len(reports))
	}
	for _, f := range reports {
		r := csv.NewReader(strings.NewReader(decoded(t, f)))
		r.FieldsPerRecord = -1
		all, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var qty, yen float64
		n := len(all[1])
		for _, row := range all[2 : len(all)-1] {
			qty, yen = qty+number(row[n-2]), yen+number(row[n-1])
		}
		if last := all[len(all)-1]; last[0] != "合計" || number(last[n-2]) != qty || number(last[n-1]) != yen {
			t.Errorf("%s: total %v, lines %v and %v", f.Path, last, qty, yen)
		}
		if sites := strings.Contains(strings.Join(all[1], ","), "施設名"); sites != (f.Path < "売上報告_202601") {
			t.Errorf("%s: sites given: %v", f.Path, sites)
		}
	}
}

func TestHonestCrosstabsAddUp(t *testing.T) {
	books := files(invented(t)[2], "2025年度月別管理表", ".xlsx")
	if len(books) != 13 {
		t.Fatalf("%d workbooks of a year", len(books))
	}
	for _, sheet := range []string{"計画", "見込"} {
		for _, r := range rows(t, books[12], sheet)[5:] {
			first, second := sum(numbers(r[3:9])), sum(numbers(r[10:16]))
			if number(r[9]) != first || number(r[16]) != second || number(r[17]) != first+second {
				t.Errorf("%s: %v does not add up", sheet, r)
			}
		}
	}
	if got := len(rows(t, books[3], "在庫")[5]); got != 6 { // June: April to June are filled
		t.Errorf("stock row of June has %d cells", got)
	}
}

func numbers(cells []string) (out []float64) {
	for _, c := range cells {
		out = append(out, number(c))
	}
	return out
}

func TestBigCSV(t *testing.T) {
	var a, b bytes.Buffer
	for _, w := range []io.Writer{&a, &b} {
		if err := BigCSV(w, 3000); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two runs differ")
	}
	if per := a.Len() / 3000; per < 80 || per > 120 {
		t.Errorf("%d bytes a row", per)
	}
	all, err := csv.NewReader(strings.NewReader(decoded(t, File{"big.csv", a.Bytes()}))).ReadAll()
	if err != nil || len(all) != 3001 || len(all[0]) != 9 {
		t.Fatalf("%d rows: %v", len(all), err)
	}
	for _, row := range all[1:] {
		if _, ok := japan.ParseDate(row[0]); !ok || math.IsNaN(number(row[6])) || math.IsNaN(number(row[7])) {
			t.Fatalf("%q cannot be read", row)
		}
	}
}

func TestBigXLSX(t *testing.T) {
	var a, b bytes.Buffer
	for _, w := range []io.Writer{&a, &b} {
		if err := BigXLSX(w, 500, 12); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two runs differ")
	}
	all := rows(t, File{"big.xlsx", a.Bytes()}, "売上")
	if len(all) != 501 || len(all[0]) != 12 || all[0][3] != "品名" || !strings.HasPrefix(all[1][2], "NS-") {
		t.Errorf("%d rows, header %v", len(all), all[0])
	}
	if err := BigXLSX(io.Discard, 1<<20, 12); err == nil {
		t.Error("too many rows were accepted")
	}
}

func BenchmarkBigCSV(b *testing.B) {
	for b.Loop() {
		if err := BigCSV(io.Discard, 100_000); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDemo(b *testing.B) {
	for b.Loop() {
		if _, err := All(Demo); err != nil {
			b.Fatal(err)
		}
	}
}
