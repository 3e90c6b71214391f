package sample

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"honne"
)

// demo is made once for all tests.
var demo = sync.OnceValues(func() ([]Distributor, error) { return All(Demo) })

func invented(t *testing.T) []Distributor {
	t.Helper()
	all, err := demo()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func digest(all []Distributor) string {
	h := sha256.New()
	for _, d := range all {
		for _, f := range d.Files {
			fmt.Fprintf(h, "%s/%s %d\n", d.Slug, f.Path, len(f.Bytes))
			h.Write(f.Bytes)
		}
		fmt.Fprintln(h, d.Truth)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

func TestSameSizeGivesSameBytes(t *testing.T) {
	for _, size := range []Size{{31, 15, 7}} {
		first, err := All(size)
		if err != nil {
			t.Fatal(err)
		}
		second, err := All(size)
		if err != nil {
			t.Fatal(err)
		}
		if a, b := digest(first), digest(second); a != b {
			t.Errorf("%+v: %s, then %s", size, a, b)
		}
	}
}

func TestSizeIsChecked(t *testing.T) {
	for _, size := range []Size{{}, {23, 12, 4}, {24, 11, 4}, {24, 12, 3}, {241, 12, 4}} {
		if _, err := All(size); err == nil {
			t.Errorf("%+v was accepted", size)
		}
	}
}

func TestFolders(t *testing.T) {
	for _, d := range invented(t) {
		total, yaml, seen := 0, "", map[string]bool{}
		for _, f := range d.Files {
			total += len(f.Bytes)
			if seen[f.Path] || f.Path != filepath.Base(f.Path) {
				t.Errorf("%s: path %q is taken or no base name", d.Slug, f.Path)
			}
			seen[f.Path] = true
			if f.Path == "distributor.yaml" {
				yaml = string(f.Bytes)
			}
		}
		if total > 3<<20 {
			t.Errorf("%s: %d bytes, want at most 3 MiB", d.Slug, total)
		}
		for _, f := range d.Files {
			unreceived := f.Path == "distributor.yaml" || f.Path == "targets.csv" || f.Path == "market.csv" || f.Path == "mail.mbox"
			if strings.Contains(yaml, fmt.Sprintf("  %q: 202", f.Path)) == unreceived {
				t.Errorf("%s: received says the wrong thing of %s", d.Slug, f.Path)
			}
		}
	}
}

func TestWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	if _, err := Write(dir, Size{24, 12, 4}); err != nil {
		t.Fatal(err)
	}
	for _, slug := range []string{"aozora-medical", "kitano-shoji", "minato-iryo"} {
		b, err := os.ReadFile(filepath.Join(dir, slug, "distributor.yaml"))
		if err != nil || !bytes.Contains(b, []byte("reports:")) {
			t.Errorf("%s: %v", slug, err)
		}
	}
}

// TestTruth holds the planted behaviour to what the domain calls red or clear
// (domain 1.4, 3.5).
func TestTruth(t *testing.T) {
	for _, d := range invented(t) {
		f := d.Truth.Facts
		check := func(fact string, low, high float64) {
			t.Helper()
			if v, ok := f[fact]; !ok || v < low || v > high {
				t.Errorf("%s: %s is %v, want %v to %v", d.Slug, fact, v, low, high)
			}
		}
		if d.Slug == "kitano-shoji" {
			check("plan-attainment.last12", .6, .8)
			check("plan-softness.fy2026", .6, .88)
			check("forecast-bias.last12", .25, .6)
			check("visibility-index.last12", 0, .3)
			check("visibility-index.2026-05", 0, 0)
			check("growth-gap.matched12", -20, -8.5)
			check("stock-cover.2026-05", 2.6, 6)
			for _, q := range []string{"2024-12", "2025-03", "2025-06", "2025-09", "2025-12", "2026-03"} {
				check("quarter-end-loading.excess."+q, 1, 4)
			}
			continue
		}
		low := .94
		if d.Slug == "aozora-medical" {
			low = 1
		}
		for fact := range f {
			switch {
			case strings.HasPrefix(fact, "plan-attainment."):
				check(fact, low, 1.06)
			case strings.HasPrefix(fact, "quarter-end-loading.excess"):
				check(fact, -.35, .35)
			case strings.HasPrefix(fact, "forecast-bias."):
				check(fact, -.08, .08)
			}
		}
		check("quarter-end-loading.in.2026-03", 1.5, 2)
		check("growth-gap.last12", .5, 8)
		check("plan-softness.fy2026", 1, 1.3)
		check("stock-equation.last12", 0, .01)
		check("stock-cover.2026-05", 1.5, 2.8)
		check("visibility-index.last12", 1, 1)
	}
}

func TestTruthLists(t *testing.T) {
	signs := map[string]bool{}
	for _, s := range honne.AllSigns {
		signs[s.Slug] = true
	}
	measures := map[string]bool{}
	for _, m := range honne.AllMeasures {
		measures[m.Slug] = true
	}
	for _, d := range invented(t) {
		tr := d.Truth
		for _, s := range append(append([]string{}, tr.High...), tr.WatchAllowed...) {
			if !signs[s] {
				t.Errorf("%s: %q is no sign", d.Slug, s)
			}
		}
		for _, m := range tr.HighMeasures {
			if !measures[m] {
				t.Errorf("%s: %q is no measure", d.Slug, m)
			}
		}
		for fact := range tr.Facts {
			if slug, _, _ := strings.Cut(fact, "."); !measures[slug] {
				t.Errorf("%s: fact %q is of no measure", d.Slug, fact)
			}
		}
		if tr.MustNotHigh == (len(tr.High) > 0) || tr.Slug != d.Slug {
			t.Errorf("%s: neither innocent nor guilty: %+v", d.Slug, tr)
		}
		got := fmt.Sprint(tr.Restated, tr.Missing, len(tr.Late))
		want := map[string]string{
			"aozora-medical": "[2025-02 2025-08] [] 0",
			"kitano-shoji":   "[2025-06 2025-09 2025-12] [2025-10] 16",
			"minato-iryo":    "[] [] 0",
		}[d.Slug]
		if got != want {
			t.Errorf("%s: restated, missing, late are %s, want %s", d.Slug, got, want)
		}
	}
}
