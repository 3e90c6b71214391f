package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/audit"
	"honne/internal/honnetest/corpus"
	"honne/internal/lang"
	"honne/internal/report"
	"honne/internal/sample"
)

// checkAudit enters the audit of a sample beside its files: what it says of them
// is so, the rules recommend what was decided, and its documents can be handed
// over as they are.
func checkAudit(t *testing.T, in *inspection, d sample.Distributor) {
	t.Helper()
	if d.Audit == nil {
		return
	}
	n, err := in.app.works.Assess(t.Context(), in.distributor(), 1, *d.Audit)
	if err != nil {
		t.Fatal(err)
	}
	list, err := in.app.store.Assessments(t.Context(), in.distributor())
	if err != nil {
		t.Fatal(err)
	}
	x, frozen, err := in.auditCase(report.Case{Audit: list[len(list)-1]}, list, report.Partner)
	if err != nil || x.Audit.Number != n {
		t.Fatal(err, x.Audit.Number)
	}
	if got := frozen.picture.Outcome.Recommendation; got != x.Audit.Decision.Recommended || len(x.Audit.Ratings) != len(honne.AllDimensions) {
		t.Errorf("%d ratings recommend %s; %s was decided", len(x.Audit.Ratings), got, x.Audit.Decision.Recommended)
	}
	for _, r := range x.Audit.Ratings {
		if !audit.Founded(r) || len(r.Evidence) == 0 {
			t.Errorf("the score of %s rests on nothing", r.Dimension)
		}
	}
	for _, a := range x.Audit.Actions {
		i := slices.IndexFunc(frozen.picture.Measures, func(m honne.Judged) bool { return m.Measure.Slug == a.Body.Metric })
		if i < 0 || !frozen.picture.Measures[i].Known || frozen.picture.Measures[i].Value != a.Body.Start {
			t.Errorf("the action on %s does not start where its measure stood", a.Body.Metric)
		}
		if _, worse := audit.Worsens(a.Body); worse {
			t.Errorf("the action on %s aims at less than there is", a.Body.Metric)
		}
	}
	checkSharedSample(t, in.env, x, map[string][]string{"kitano-shoji": {"audit", "plan"}, "aozora-medical": {"audit", "renewal"}}[d.Slug])
}

// checkSharedSample: nothing is lacking, the font has every sign, lines break as in
// Japanese, and nothing of ours is in it.
func checkSharedSample(t *testing.T, e *env, x report.Case, kinds []string) {
	t.Helper()
	for _, kind := range kinds {
		for _, m := range x.Lacks(kind, e.book, e.lang) {
			t.Errorf("%s: %s", kind, e.lang.Say(lang.EN, m))
		}
		doc, _ := x.Document(kind, report.Partner)
		for _, l := range lang.All() {
			var page, paper bytes.Buffer
			if lacking, err := doc.PDF(&paper, e.lang, l); err != nil || len(lacking) > 0 {
				t.Errorf("%s in %s: the font lacks %v, %v", kind, l, lacking, err)
			}
			if _, bad := corpus.Misbroken(t, paper.Bytes()); len(bad) > 0 {
				t.Errorf("%s in %s breaks a line as no Japanese line is: %q", kind, l, bad)
			}
			if err := doc.HTML(&page, e.lang, l); err != nil {
				t.Fatal(err)
			}
			for _, f := range x.Audit.Findings {
				if f.Body.Internal != "" && strings.Contains(page.String(), f.Body.Internal) {
					t.Errorf("%s in %s says %q", kind, l, f.Body.Internal)
				}
			}
			if l == lang.JA && strings.Contains(page.String(), "−") {
				t.Errorf("%s writes a minus as we do", kind)
			}
		}
	}
}
