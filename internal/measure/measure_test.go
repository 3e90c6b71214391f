package measure

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"honne"
)

func TestVocabulary(t *testing.T) {
	all := All()
	if len(all) != len(honne.AllMeasures) {
		t.Fatalf("%d measures, want %d", len(all), len(honne.AllMeasures))
	}
	for i, m := range all {
		if m.ID != honne.AllMeasures[i] {
			t.Errorf("measure %d is %v, want %v", i, m.ID, honne.AllMeasures[i])
		}
		if m.Doc == "" || len(m.Needs) == 0 {
			t.Errorf("%s lacks its documentation or its needs", m.ID.Slug)
		}
	}
}

// TestCases runs every case file: each measure has a hit, a near miss and too
// little data.
func TestCases(t *testing.T) {
	for _, m := range All() {
		if strings.Contains(m.Doc, "Minimum") != fileExists(m.ID.Slug) {
			t.Errorf("%s: a measure that is computed needs cases in testdata, and only such a one", m.ID.Slug)
			continue
		}
		if !fileExists(m.ID.Slug) {
			continue
		}
		list := cases(t, m.ID.Slug)
		if len(list) < 3 {
			t.Errorf("%s has %d cases, want at least 3", m.ID.Slug, len(list))
		}
		for _, c := range list {
			t.Run(m.ID.Slug+"/"+c[0], func(t *testing.T) {
				d := parseRecord(t, c[1])
				if len(d.wants) == 0 {
					t.Error("the case wants nothing")
				}
				check(t, m.Of(&d.r, nil), d.wants)
				twice(t, m, &d.r)
			})
		}
	}
}

func fileExists(slug string) bool {
	_, err := os.Stat("testdata/" + slug + ".txt")
	return err == nil
}

// twice runs a measure on the record and on one whose rows without a meaningful
// order are reversed: the result must be the same, byte for byte.
func twice(t *testing.T, m *Measure, r *honne.Record) {
	t.Helper()
	a, err := json.Marshal(m.Of(r, nil))
	if err != nil {
		t.Fatal(err)
	}
	turned := *r
	turned.Days = slices.Clone(r.Days)
	slices.Reverse(turned.Days)
	turned.Vintages = slices.Clone(r.Vintages)
	slices.Reverse(turned.Vintages)
	b, err := json.Marshal(m.Of(&turned, nil))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Errorf("the order of rows matters:\n%s\n%s", a, b)
	}
	if c, _ := json.Marshal(m.Of(r, nil)); !bytes.Equal(a, c) {
		t.Error("two runs differ")
	}
}

func check(t *testing.T, got honne.Result, wants [][]string) {
	t.Helper()
	for _, w := range wants {
		switch w[0] {
		case "known":
			if !got.Known || math.Abs(got.Value-float(w[1])) > 5e-7 {
				t.Errorf("value = %v (known %v, why %s), want %s", got.Value, got.Known, got.Why.ID, w[1])
			}
			if got.Known && len(got.Evidence) == 0 && got.Measure.Slug != "completeness" {
				t.Error("a known value without evidence")
			}
		case "unknown":
			lacks := w[2] == "-" || w[2] == "nothing" && len(got.Needs) == 0 || slices.Contains(got.Needs, honne.Need(w[2]))
			if got.Known || got.Why.ID != w[1] || !lacks {
				t.Errorf("known %v, why %s, needs %v, want unknown %v", got.Known, got.Why.ID, got.Needs, w[1:])
			}
		case "part":
			v, ok := partOf(got, w[1])
			if w[2] == "none" {
				if ok {
					t.Errorf("part %s = %v, want none", w[1], v)
				}
			} else if !ok || math.Abs(v-float(w[2])) > 5e-7 {
				t.Errorf("part %s = %v (%v), want %s", w[1], v, ok, w[2])
			}
		case "period":
			if got.Period.String() != w[1] {
				t.Errorf("period = %s, want %s", got.Period, w[1])
			}
		case "baseline":
			if w[1] == "none" {
				if got.Baseline != nil {
					t.Errorf("baseline = %v, want none", *got.Baseline)
				}
			} else if got.Baseline == nil || math.Abs(*got.Baseline-float(w[1])) > 5e-7 {
				t.Errorf("baseline = %v, want %s", got.Baseline, w[1])
			}
		case "quarters":
			if len(got.History) != int(number(w[1])) {
				t.Errorf("history = %v, want %s quarters", got.History, w[1])
			}
		case "in": // a quarter of the history
			i := slices.IndexFunc(got.History, func(p honne.Point) bool { return p.Period.String() == w[1] })
			if i < 0 && w[2] != "none" || i >= 0 && (w[2] == "none" || math.Abs(got.History[i].Value-float(w[2])) > 5e-7) {
				t.Errorf("history = %v, want %s in %s", got.History, w[2], w[1])
			}
		case "ours":
			if w[1] == "none" && len(got.OurSide) > 0 || w[1] != "none" && !says(got.OurSide, w[1]) {
				t.Errorf("our side = %v, want %s", got.OurSide, w[1])
			}
		case "because":
			if !says(got.Because, w[1]) {
				t.Errorf("because = %v, want %s", got.Because, w[1])
			}
		case "no-because":
			if says(got.Because, w[1]) {
				t.Errorf("because = %v, want no %s", got.Because, w[1])
			}
		default:
			t.Errorf("want %v is not understood", w)
		}
	}
}

func says(list []honne.Message, id string) bool {
	return slices.ContainsFunc(list, func(m honne.Message) bool { return m.ID == id })
}

func partOf(r honne.Result, name string) (float64, bool) {
	for _, p := range r.Parts {
		if p.Name == name {
			return p.Value, true
		}
	}
	return 0, false
}
