package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/honnetest/corpus"
)

// testEnv is an environment for tests, with its output.
func testEnv(t *testing.T) (*env, *bytes.Buffer) {
	t.Helper()
	var out bytes.Buffer
	e, err := newEnv(t.Context(), strings.NewReader(""), &out, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	e.now = honnetest.Clock()
	return e, &out
}

// TestPetroleum takes the seven yearly tables that a researcher pasted below
// each other into the ledger: the figures that changed from one table to the
// next are the 56 genuine revisions of the truth, and no others.
func TestPetroleum(t *testing.T) {
	e, _ := testEnv(t)
	path := filepath.Join(corpus.Dir(t), "vintages", "petroleum_sales_2007_2013_stacked.csv")
	got := changesOf(t, e, path)
	want := revisions(t, path+".truth.json")
	if len(want) != 56 {
		t.Errorf("the truth holds %d revisions, not 56", len(want))
	}
	for _, r := range got {
		if !slices.Contains(want, r) {
			t.Errorf("found, but no revision: %s", r)
		}
	}
	for _, r := range want {
		if !slices.Contains(got, r) {
			t.Errorf("not found: %s", r)
		}
	}
}

// changesOf accepts a file and lists the changes of the three series that the
// truth follows, as "period series old new".
func changesOf(t *testing.T, e *env, path string) []string {
	t.Helper()
	a, err := where{Data: t.TempDir()}.open(e, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	d, err := a.store.AddDistributor(t.Context(), honne.Profile{Name: "METI"}, false)
	if err != nil {
		t.Fatal(err)
	}
	in := arrival{path: filepath.Base(path), file: path, receipt: honne.Receipt{Basis: honne.ByLoad}, from: honne.Theirs}
	if _, err := a.take(e, d.ID, in, func(taken) bool { return true }); err != nil {
		t.Fatal(err)
	}
	record, err := a.store.Record(t.Context(), d.ID, honne.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{"燃料油計": "fuel_total", "ガソリン": "gasoline", "ナフサ": "naphtha"}
	var out []string
	for _, c := range record.Changes {
		if c.Product < 0 {
			continue
		}
		name, _, _ := strings.Cut(record.Products[c.Product].Name, " ")
		if series := names[name]; series != "" {
			out = append(out, fmt.Sprintf("%s %s %d %d", c.Period, series, c.Before.Quantity.N/1000, c.After.Quantity.N/1000))
		}
	}
	return out
}

// revisions lists the truth's revisions: each step from one reported value to
// another.
func revisions(t *testing.T, path string) []string {
	t.Helper()
	var truth struct {
		Revisions []struct {
			Period   string
			Series   string
			Reported []struct{ Value *int64 }
		}
	}
	b, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(b, &truth)
	}
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range truth.Revisions {
		var last *int64 // ######## is lost, not zero: the next figure is compared with the one before it
		for _, reported := range r.Reported {
			if v := reported.Value; v != nil {
				if last != nil && *last != *v {
					out = append(out, fmt.Sprintf("%s %s %d %d", truthPeriod(r.Period), r.Series, *last, *v))
				}
				last = v
			}
		}
	}
	return out
}

// truthPeriod reads 2007-CY, 2007-FY, 2008-Q1 and 2008-M01.
func truthPeriod(s string) honne.Period {
	var y, n int
	switch fmt.Sscanf(s, "%d-", &y); {
	case strings.HasSuffix(s, "CY"):
		return honne.Months(honne.NewMonth(y, 1), honne.NewMonth(y, 12))
	case strings.HasSuffix(s, "FY"):
		return honne.Months(honne.NewMonth(y, 4), honne.NewMonth(y+1, 3))
	case strings.Contains(s, "-Q"):
		fmt.Sscanf(s, "%d-Q%d", &y, &n)
		return honne.Months(honne.NewMonth(y, 3*n-2), honne.NewMonth(y, 3*n))
	}
	fmt.Sscanf(s, "%d-M%d", &y, &n)
	return honne.NewMonth(y, n).Period()
}
