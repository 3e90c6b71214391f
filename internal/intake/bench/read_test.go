//go:build unix

package bench

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/transform"

	"honne"
	"honne/internal/intake"
	"honne/internal/intake/delimited"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/intake/when"
	"honne/internal/playbook"
	"honne/playbooks"
)

// openFile gives a file to intake, and its end to the caller.
func openFile(path string) (honne.File, func() error, error) {
	f, err := os.Open(path)
	if err != nil {
		return honne.File{}, nil, err
	}
	st, err := f.Stat()
	return honne.File{Name: filepath.Base(path), Size: st.Size(), Bytes: f}, f.Close, err
}

// claimCells compares what the issue names, parsing and normalising a CSV: every
// record cut and decoded, the day and both numbers of each read. Both sides must
// come to the same sums.
func claimCells(out io.Writer, dir string) error {
	path := filepath.Join(dir, "uriage.csv")
	f, done, err := openFile(path)
	if err != nil {
		return err
	}
	defer done()
	var ours, theirs sums
	o, t, err := paired(5,
		here(func() (err error) { ours, err = ourSums(f); return err }),
		here(func() (err error) { theirs, err = theirSums(path); return err }))
	if err == nil && (ours != theirs || ours.rows != rows) {
		err = fmt.Errorf("%s: read as %+v, by the naive program %+v", path, ours, theirs)
	}
	claim(out, "CSV CP932 200k x 9: parsed and normalised", "cpu s", o.cpu.Seconds(), t.cpu.Seconds(), 0.75)
	return err
}

// sums are those of a file's rows: of its days as numbers, quantities and amounts.
type sums struct{ rows, days, qty, amount int64 }

func theirSums(path string) (s sums, err error) {
	err = naiveFile(path, func(l sale) error {
		y, m, d := l.day.Date()
		s = sums{s.rows + 1, s.days + int64(honne.NewDate(y, int(m), d)), s.qty + l.qty, s.amount + l.amount}
		return nil
	})
	return s, err
}

// ourSums goes through the cells that intake is handed.
func ourSums(f honne.File) (s sums, err error) {
	d, err := delimited.Open(f.Bytes, f.Size)
	if err != nil {
		return s, err
	}
	err = d.Each(context.Background(), func(r *grid.Row) error {
		day, qty, amount := r.Cell(1), r.Cell(7), r.Cell(8)
		if day == nil || qty == nil || amount == nil {
			return fmt.Errorf("row %d: no day, quantity or amount", r.N)
		}
		n, ok1 := figure.Of(qty)
		m, ok2 := figure.Of(amount)
		on := when.DayOf(day)
		if r.N > 1 && (!ok1 || !ok2 || on == 0) {
			return fmt.Errorf("row %d: %q, %q, %q", r.N, day.Text, qty.Text, amount.Text)
		}
		if r.N > 1 {
			s = sums{s.rows + 1, s.days + int64(on), s.qty + n.Coef, s.amount + m.Coef}
		}
		return nil
	})
	return s, err
}

// claimCSV compares all of reading a CSV: the tables, and every line normalised.
func claimCSV(out io.Writer, dir string) error {
	path := filepath.Join(dir, "uriage.csv")
	book, err := playbook.Load(playbooks.FS, "japan")
	if err != nil {
		return err
	}
	f, done, err := openFile(path)
	if err != nil {
		return err
	}
	defer done()
	theirs := here(func() error { return naiveFile(path, func(sale) error { return nil }) })
	o, t, err := paired(5, here(func() error { return readAll(f, book) }), theirs)
	claim(out, "CSV CP932 200k x 9: tables, then lines", "cpu s", o.cpu.Seconds(), t.cpu.Seconds(), 0.75)
	return err
}

func readAll(f honne.File, book *playbook.Playbook) error {
	r, err := intake.Read(context.Background(), f, book, honne.Memory{})
	if err != nil {
		return err
	}
	return count(r)
}

// count goes through the lines, which must be as many as the parts say.
func count(r honne.Reading) error {
	lines, want := 0, 0
	for _, err := range r.Lines {
		if err != nil {
			return err
		}
		lines++
	}
	for _, p := range r.Parts {
		want += p.Lines
	}
	if lines != want || lines < rows*9/10 {
		return fmt.Errorf("%s: %d lines, want %d", r.File, lines, want)
	}
	return nil
}

// claimXLSX compares all of reading a workbook with excelize handing out the
// formatted texts of its cells.
func claimXLSX(out io.Writer, dir string) error {
	path := filepath.Join(dir, "uriage.xlsx")
	book, err := playbook.Load(playbooks.FS, "japan")
	if err != nil {
		return err
	}
	f, done, err := openFile(path)
	if err != nil {
		return err
	}
	defer done()
	o, t, err := paired(1, here(func() error { return readAll(f, book) }), here(func() error { return excelizeRows(path) }))
	claim(out, "XLSX 200k x 12: tables, then lines", "cpu s", o.cpu.Seconds(), t.cpu.Seconds(), 1.0/6)
	return err
}

func excelizeRows(path string) error {
	book, err := excelize.OpenFile(path)
	if err != nil {
		return err
	}
	defer book.Close()
	list, err := book.Rows(book.GetSheetName(0))
	if err != nil {
		return err
	}
	for list.Next() {
		if _, err := list.Columns(); err != nil {
			return err
		}
	}
	return list.Error()
}

// sale is a line as a program of a page reads it.
type sale struct {
	day         time.Time
	text        []string
	qty, amount int64
}

// naiveFile reads CSV as one would at first: decode, split, normalise the date
// and the two numbers.
func naiveFile(path string, take func(sale) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	c := csv.NewReader(transform.NewReader(f, japanese.ShiftJIS.NewDecoder()))
	c.ReuseRecord = true
	if _, err := c.Read(); err != nil { // the header
		return err
	}
	for {
		record, err := c.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		s := sale{text: record}
		if s.day, err = naiveDay(record[0]); err != nil {
			return err
		}
		if s.qty, err = naiveNumber(record[6]); err != nil {
			return err
		}
		if s.amount, err = naiveNumber(record[7]); err != nil {
			return err
		}
		if err := take(s); err != nil {
			return err
		}
	}
}

// naiveNumber reads full-width digits, commas and △.
func naiveNumber(s string) (int64, error) { return strconv.ParseInt(narrow(s), 10, 64) }

func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == '／':
			return '/'
		case r == '△' || r == '▲' || r == '－' || r == '−':
			return '-'
		case r == ',' || r == '，':
			return -1
		}
		return r
	}, s)
}

// naiveDay reads 2025/4/1, full-width, 20250401 and R7.4.1.
func naiveDay(s string) (time.Time, error) {
	s, year0 := narrow(s), 0
	if rest, ok := strings.CutPrefix(s, "R"); ok {
		s, year0 = strings.ReplaceAll(rest, ".", "/"), 2018
	}
	if len(s) == 8 && !strings.Contains(s, "/") {
		s = s[:4] + "/" + s[4:6] + "/" + s[6:]
	}
	var n [3]int
	parts := strings.Split(s, "/")
	if len(parts) != 3 {
		return time.Time{}, fmt.Errorf("no date: %q", s)
	}
	for i, p := range parts {
		var err error
		if n[i], err = strconv.Atoi(p); err != nil {
			return time.Time{}, err
		}
	}
	return time.Date(year0+n[0], time.Month(n[1]), n[2], 0, 0, 0, 0, time.UTC), nil
}
