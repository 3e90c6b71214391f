//go:build unix

package bench

import (
	"context"
	"encoding/csv"
	"io"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/transform"

	"honne/internal/intake/charset"
	"honne/internal/intake/delimited"
	"honne/internal/intake/grid"
	"honne/internal/intake/xlsx"
)

const lines = 200_000

// cpu returns the user time of the process so far.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano())
}

// compare runs ours and theirs in turn and reports the ratio of their user
// time; both return the number of filled cells, which must agree.
func compare(b *testing.B, ours, theirs func() (int, error)) {
	b.Helper()
	var spent [2]time.Duration
	for b.Loop() {
		var cells [2]int
		for i, run := range []func() (int, error){ours, theirs} {
			before := cpu()
			n, err := run()
			if err != nil {
				b.Fatal(err)
			}
			spent[i] += cpu() - before
			cells[i] = n
		}
		if cells[0] != cells[1] {
			b.Fatalf("%d cells, the other reader has %d", cells[0], cells[1])
		}
	}
	b.ReportMetric(spent[0].Seconds()/float64(b.N), "ours-cpu-s")
	b.ReportMetric(spent[1].Seconds()/float64(b.N), "theirs-cpu-s")
	b.ReportMetric(spent[0].Seconds()/spent[1].Seconds(), "ratio")
}

// cached returns a file of that name in the folder for temporary files, made
// once.
func cached(b *testing.B, name string, write func(io.Writer) error) *os.File {
	b.Helper()
	path := os.TempDir() + "/honne-bench-" + name
	if _, err := os.Stat(path); err != nil {
		f, err := os.CreateTemp("", "honne-bench-*")
		if err == nil {
			err = write(f)
		}
		if err == nil {
			err = f.Close()
		}
		if err == nil {
			err = os.Rename(f.Name(), path)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { f.Close() })
	return f
}

func size(b *testing.B, f *os.File) int64 {
	b.Helper()
	st, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	return st.Size()
}

// BenchmarkCSV reads CP932 with 9 columns, every cell as text.
func BenchmarkCSV(b *testing.B) {
	f := cached(b, "sales-2.csv", writeCSV)
	n := size(b, f)
	b.SetBytes(2 * n)
	compare(b, func() (int, error) { return ourCSV(f, n) }, func() (int, error) { return naiveCSV(io.NewSectionReader(f, 0, n)) })
}

func ourCSV(f *os.File, n int64) (cells int, err error) {
	d, err := delimited.Open(f, n)
	if err != nil {
		return 0, err
	}
	err = d.Each(context.Background(), func(r *grid.Row) error {
		cells += len(r.Cells)
		return nil
	})
	return cells, err
}

func naiveCSV(r io.Reader) (cells int, err error) {
	c := csv.NewReader(transform.NewReader(r, japanese.ShiftJIS.NewDecoder()))
	c.ReuseRecord = true
	for {
		record, err := c.Read()
		if err == io.EOF {
			return cells, nil
		}
		if err != nil {
			return cells, err
		}
		for _, s := range record {
			if s != "" {
				cells++
			}
		}
	}
}

// BenchmarkXLSX reads 12 columns: texts, numbers, days. Excelize reads them
// once as it does by default, formatted, and once raw.
func BenchmarkXLSX(b *testing.B) {
	for _, raw := range []bool{false, true} {
		b.Run(map[bool]string{false: "formatted", true: "raw"}[raw], func(b *testing.B) {
			f := cached(b, "sales-2.xlsx", writeXLSX)
			n := size(b, f)
			b.SetBytes(2 * n)
			compare(b, func() (int, error) { return ourXLSX(f, n) }, func() (int, error) { return theirXLSX(f.Name(), raw) })
		})
	}
}

func ourXLSX(f *os.File, n int64) (cells int, err error) {
	book, err := xlsx.Open(f, n)
	if err != nil {
		return 0, err
	}
	defer book.Close()
	err = book.Each(context.Background(), 0, func(r *grid.Row) error {
		cells += len(r.Cells)
		return nil
	})
	return cells, err
}

func theirXLSX(path string, raw bool) (cells int, err error) {
	book, err := excelize.OpenFile(path, excelize.Options{RawCellValue: raw})
	if err != nil {
		return 0, err
	}
	defer book.Close()
	rows, err := book.Rows(book.GetSheetName(0))
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		columns, err := rows.Columns()
		if err != nil {
			return cells, err
		}
		for _, s := range columns {
			if s != "" {
				cells++
			}
		}
	}
	return cells, rows.Error()
}

// BenchmarkCharset decodes the CSV's bytes, half of them Japanese.
func BenchmarkCharset(b *testing.B) {
	f := cached(b, "sales-2.csv", writeCSV)
	n := size(b, f)
	b.SetBytes(2 * n)
	compare(b, func() (int, error) {
		return drain(charset.NewReader(io.NewSectionReader(f, 0, n), charset.CP932))
	}, func() (int, error) {
		return drain(transform.NewReader(io.NewSectionReader(f, 0, n), japanese.ShiftJIS.NewDecoder()))
	})
}

// drain counts the bytes of r.
func drain(r io.Reader) (int, error) {
	n, err := io.CopyBuffer(io.Discard, struct{ io.Reader }{r}, make([]byte, 256<<10))
	return int(n), err
}

var parts = [...][]string{
	{"東都メディカル㈱", "西日本髙橋商事", "㈱山﨑薬品", "ｱｵｲ販売", "北関東ライフサイエンス（株）", "Tohto Trading, Inc."},
	{"国立病院機構 東京医療センター", "済生会中央病院", "さくらクリニック", "大阪府立「総合」医療センター", "ﾐﾅﾐ薬局 本店"},
	{"検査試薬キット①", "遠心分離機 Ⅳ型", "ディスポーザブル手袋 M", "校正サービス,年間", "㌔用標準液"},
	{"東京", "大阪", "名古屋", "札幌", "福岡", "広島", ""},
}

func pick(r *rand.Rand, i int) string { return parts[i][r.IntN(len(parts[i]))] }

func day(r *rand.Rand) time.Time {
	return time.Date(2024, 4, 1+r.IntN(700), 0, 0, 0, 0, time.UTC)
}

// writeCSV writes the lines with everything that a real export has: quoted
// rows, commas and quotes in fields, full-width digits, three kinds of dates.
func writeCSV(w io.Writer) error {
	r := rand.New(rand.NewPCG(1, 2))
	out := transform.NewWriter(w, japanese.ShiftJIS.NewEncoder())
	wide := strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９")
	for range lines {
		d, amount := day(r), strconv.Itoa(1000+r.IntN(9_000_000))
		date := d.Format("2006/01/02")
		switch r.IntN(10) {
		case 0:
			date = d.Format("20060102")
		case 1:
			date = "令和" + strconv.Itoa(d.Year()-2018) + "年" + d.Format("1月2日")
		}
		switch r.IntN(10) {
		case 0:
			amount = wide.Replace(amount)
		case 1:
			amount = "△" + amount
		case 2:
			amount = amount[:len(amount)-3] + "," + amount[len(amount)-3:]
		}
		fields := []string{date, "D" + strconv.Itoa(1000+r.IntN(60)), pick(r, 0), pick(r, 1), "4987" + strconv.Itoa(100000+r.IntN(1500)), pick(r, 2), strconv.Itoa(r.IntN(400)), amount, pick(r, 3)}
		if _, err := io.WriteString(out, csvLine(fields, r.IntN(4) == 0)); err != nil {
			return err
		}
	}
	return out.Close()
}

func csvLine(fields []string, all bool) string {
	for i, f := range fields {
		if all || strings.ContainsAny(f, ",\"") {
			fields[i] = `"` + strings.ReplaceAll(f, `"`, `""`) + `"`
		}
	}
	return strings.Join(fields, ",") + "\r\n"
}

func writeXLSX(w io.Writer) error {
	r := rand.New(rand.NewPCG(3, 4))
	f := excelize.NewFile()
	defer f.Close()
	style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		return err
	}
	out, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	for i := range lines {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		row := []any{
			excelize.Cell{StyleID: style, Value: day(r)}, "D" + strconv.Itoa(1000+r.IntN(60)), pick(r, 0), pick(r, 1), 498700000000 + r.IntN(1500),
			pick(r, 2), r.IntN(400), 1000 + r.IntN(9_000_000), float64(r.IntN(10000)) / 100, "東京", r.IntN(5), "備考 " + strconv.Itoa(r.IntN(50)),
		}
		if err := out.SetRow(cell, row); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}
