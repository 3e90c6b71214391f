package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/sample"
)

// TestSamples reads the three sample folders as `honne inspect` does: what was
// planted is found, and nobody innocent is accused.
func TestSamples(t *testing.T) {
	all, err := sample.All(sample.Demo)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		t.Run(d.Slug, func(t *testing.T) {
			dir := t.TempDir()
			for _, f := range d.Files {
				if err := os.WriteFile(filepath.Join(dir, f.Path), f.Bytes, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			e, _ := testEnv(t)
			in, err := inspectFolder(e, dir, "", false)
			if err != nil {
				t.Fatal(err)
			}
			defer in.close()
			checkSigns(t, in.picture, d.Truth)
			checkFacts(t, in.picture, d.Truth)
			if in.troubled() {
				t.Error("something of the sample was not understood")
			}
		})
	}
}

// checkSigns compares the signs with those that were planted.
func checkSigns(t *testing.T, p honne.Picture, truth sample.Truth) {
	t.Helper()
	for _, s := range p.Signs {
		planted := slices.Contains(truth.High, s.ID.Slug)
		switch {
		case planted && s.Level != honne.High:
			t.Errorf("sign %s is %s; high was planted", s.ID.Slug, s.Level)
		case !planted && s.Level == honne.High:
			t.Errorf("sign %s is high; nothing was planted: %v", s.ID.Slug, s.Because)
		case truth.MustNotHigh && s.Level == honne.Watch && !slices.Contains(truth.WatchAllowed, s.ID.Slug):
			t.Errorf("sign %s is on watch at an innocent", s.ID.Slug)
		}
	}
	for _, m := range p.Measures {
		if truth.MustNotHigh && (m.Band == honne.High || m.Band == honne.Watch) {
			t.Errorf("measure %s is %s at an innocent: %v", m.Measure.Slug, m.Band, m.Because)
		}
	}
}

// checkFacts compares the measures with the figures that the generator knows
// from its own hidden series.
func checkFacts(t *testing.T, p honne.Picture, truth sample.Truth) {
	t.Helper()
	for key, found := range map[string]string{
		"growth.last12": "growth", "growth.matched12": "growth",
		"growth-gap.last12": "growth-gap", "growth-gap.matched12": "growth-gap",
		"plan-attainment.last12":   "plan-attainment.last12",
		"visibility-index.2026-05": "visibility-index", "completeness.level": "completeness",
		"stock-cover.2026-05": "stock-cover", "plan-softness.fy2026": "plan-softness",
	} {
		want, ok := truth.Facts[key]
		if !ok {
			continue
		}
		if strings.HasPrefix(key, "growth-gap") {
			want /= 100 // the generator says points
		}
		got, known := valueOf(p, found)
		if !known || got-want > 0.01 || want-got > 0.01 {
			t.Errorf("%s = %v (known: %v), planted %v", key, got, known, want)
		}
	}
	late := 0.0
	if m := measureOf(p, "lateness"); m.Known {
		late, _ = valueOf(p, "lateness.late")
	}
	if (len(truth.Late) > 0) != (late > 0) {
		t.Errorf("late reports: %v, planted %d", late, len(truth.Late))
	}
}

func measureOf(p honne.Picture, slug string) honne.Judged {
	for _, m := range p.Measures {
		if m.Measure.Slug == slug {
			return m
		}
	}
	return honne.Judged{}
}

// valueOf returns a measure's value, or that of its part behind a dot.
func valueOf(p honne.Picture, name string) (float64, bool) {
	slug, part, isPart := strings.Cut(name, ".")
	m := measureOf(p, slug)
	if !isPart {
		return m.Value, m.Known
	}
	for _, x := range m.Parts {
		if x.Name == part {
			return x.Value, m.Known
		}
	}
	return 0, false
}
