package intake

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/sample"
)

// sampleParts says which series, at which levels, the files of the samples hold:
// by distributor and the first word of the name that fits.
var sampleParts = []struct{ slug, name, parts string }{
	{"", "market", "market 1"},
	{"aozora-medical", "targets", "target 2"},
	{"", "targets", "target 1"},
	{"", "shipments", "shipments 2"},
	{"", "販売計画", "proposed 2"},
	{"aozora-medical", "販売実績", "sales 5, stock 2"},
	{"aozora-medical", "販売見込", "forecast 2"},
	{"kitano-shoji", "在庫", "stock 2"},
	{"kitano-shoji", "売上報告", "sales 3 or 5"}, // it stops naming its customers
	{"kitano-shoji", "見込", "forecast 2"},
	{"minato-iryo", "売上明細", "sales 5"},
	{"minato-iryo", "当社出荷", "shipments 2"},
	{"minato-iryo", "2024年度月別管理表_2024年05月", "forecast 2, plan 2"}, // no month of it is over: no stock
	{"minato-iryo", "2025年度月別管理表_2025年03月", "forecast 2, plan 2"},
	{"minato-iryo", "2026年度月別管理表_2026年03月", "forecast 2, plan 2"},
	{"minato-iryo", "月別管理表", "stock 2, forecast 2, plan 2"},
}

// TestSamples reads every file of the three samples: no error and no warning,
// the series and levels that it was made with, and lines that add up to the
// totals written below them.
func TestSamples(t *testing.T) {
	all, err := sample.All(sample.Size{Months: 24, Customers: 12, Products: 4})
	if err != nil {
		t.Fatal(err)
	}
	levels := map[string]bool{}
	for _, d := range all {
		for _, f := range d.Files {
			if filepath.Ext(f.Path) == ".yaml" {
				continue
			}
			r := readSample(t, f)
			at := d.Slug + "/" + f.Path
			if r.Format.IsMail() {
				if r.Messages == 0 {
					t.Errorf("%s: no message", at)
				}
				continue // whose domains nobody named here, it is counted and not read
			}
			checkSample(t, at, r)
			got, want := partsText(r), wantParts(d.Slug, f.Path)
			if strings.HasSuffix(want, " 3 or 5") {
				levels[got] = true
				got = strings.NewReplacer(" 3", " 3 or 5", " 5", " 3 or 5").Replace(got)
			}
			if got != want {
				t.Errorf("%s holds %s, want %s", at, got, want)
			}
		}
	}
	if !levels["sales 3"] || !levels["sales 5"] {
		t.Errorf("kitano-shoji reports at %v, want some with and some without its customers", levels)
	}
}

func readSample(t *testing.T, f sample.File) honne.Reading {
	t.Helper()
	in := honne.File{Name: f.Path, Size: int64(len(f.Bytes)), Bytes: bytes.NewReader(f.Bytes)}
	switch f.Path { // as distributor.yaml says
	case "targets.csv":
		in.Kind = honne.Target
	case "market.csv":
		in.Kind = honne.Market
	}
	r, err := Read(context.Background(), in, testBook(t), honne.Memory{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func wantParts(slug, path string) string {
	for _, s := range sampleParts {
		if (s.slug == "" || s.slug == slug) && strings.Contains(path, s.name) {
			return s.parts
		}
	}
	return "something that sampleParts names"
}

// partsText lists the series and levels of a reading, in the order of series.
func partsText(r honne.Reading) string {
	parts := slices.Clone(r.Parts)
	order := func(s honne.Series) int { return slices.Index(honne.AllSeries, s) }
	slices.SortStableFunc(parts, func(a, b honne.Part) int { return order(a.Series) - order(b.Series) })
	var out []string
	for _, p := range parts {
		out = append(out, fmt.Sprintf("%s %d", p.Series, p.Holds.Level()))
	}
	return strings.Join(out, ", ")
}

// checkSample wants nothing to complain of, and of a table with a row a line as
// many lines as rows.
func checkSample(t *testing.T, at string, r honne.Reading) {
	t.Helper()
	for _, p := range r.Problems {
		if p.Severity != honne.SevNote || p.What.ID == "problem.total-differs" {
			t.Errorf("%s: %s %s %s %q", at, p.Severity, p.At, p.What.ID, p.Raw)
		}
	}
	rows := map[int32]int{}
	for _, l := range checkReading(t, r) {
		rows[l.Table]++
	}
	for i, table := range r.Tables {
		if table.Layout == honne.Long && table.Kind != "" && !table.Check && rows[int32(i)] != table.Rows {
			t.Errorf("%s: %d lines of %d rows in %s", at, rows[int32(i)], table.Rows, table.Body)
		}
	}
}
