package bench

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"testing"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/transform"
	"strings"
	"strconv"
	"time"
	"honne"
	"honne/internal/intake"
	"honne/internal/playbook"
	"honne/internal/sample"
	"honne/playbooks"
)

func data(b *testing.B, x bool) ([]byte, *playbook.Playbook) {
	book, err := playbook.Load(playbooks.FS, "japan")
	if err != nil { b.Fatal(err) }
	var buf bytes.Buffer
	if x { err = sample.BigXLSX(&buf, 200000, 12) } else { err = sample.BigCSV(&buf, 200000) }
	if err != nil { b.Fatal(err) }
	return buf.Bytes(), book
}
func ours(b *testing.B, x bool, name string) {
	d, book := data(b, x)
	f := honne.File{Name: name, Size: int64(len(d)), Bytes: bytes.NewReader(d)}
	r, err := intake.Read(context.Background(), f, book, honne.Memory{})
	if err != nil { b.Fatal(err) }
	b.Run("read", func(b *testing.B) { c := cpu(); for b.Loop() { intake.Read(context.Background(), f, book, honne.Memory{}) }; b.ReportMetric((cpu()-c).Seconds()/float64(b.N), "cpu-s") })
	b.Run("lines", func(b *testing.B) { c := cpu(); n := 0; for b.Loop() { n = 0; for _, err := range r.Lines { if err != nil { b.Fatal(err) }; n++ } }; b.ReportMetric((cpu()-c).Seconds()/float64(b.N), "cpu-s"); b.ReportMetric(float64(n), "lines") })
}
func BenchmarkPCSV(b *testing.B) { ours(b, false, "uriage.csv") }
func BenchmarkPXLSX(b *testing.B) { ours(b, true, "uriage.xlsx") }
func BenchmarkPNaive(b *testing.B) {
	d, _ := data(b, false)
	b.ResetTimer()
	c := cpu()
	for b.Loop() { pnaive(bytes.NewReader(d)) }
	b.ReportMetric((cpu()-c).Seconds()/float64(b.N), "cpu-s")
}
func pnaive(r io.Reader) (n int, sum int64) {
	c := csv.NewReader(transform.NewReader(r, japanese.ShiftJIS.NewDecoder()))
	c.ReuseRecord = true
	for {
		rec, err := c.Read()
		if err == io.EOF { return }
		if d, ok := pdate(rec[0]); ok { n++; sum += int64(d.Day()) }
		a, _ := pnum(rec[6]); q, _ := pnum(rec[7])
		sum += a+q
	}
}
func half(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９': return r - '０' + '0'
		case r == '／': return '/'
		case r == '△' || r == '▲' || r == '−' || r== '－': return '-'
		case r == ',' || r == '，': return -1
		}
		return r
	}, s)
}
func pnum(s string) (int64, error) { return strconv.ParseInt(half(s), 10, 64) }
func pdate(s string) (time.Time, bool) {
	s = half(s)
	year0 := 0
	if rest, ok := strings.CutPrefix(s, "R"); ok { s, year0 = strings.ReplaceAll(rest, ".", "/"), 2018 }
	if len(s) == 8 && !strings.Contains(s, "/") { s = s[:4]+"/"+s[4:6]+"/"+s[6:] }
	p := strings.Split(s, "/")
	if len(p) != 3 { return time.Time{}, false }
	y, e1 := strconv.Atoi(p[0]); m, e2 := strconv.Atoi(p[1]); d, e3 := strconv.Atoi(p[2])
	if e1 != nil || e2 != nil || e3 != nil { return time.Time{}, false }
	return time.Date(y+year0, time.Month(m), d, 0,0,0,0, time.UTC), true
}
