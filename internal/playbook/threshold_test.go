package playbook_test

import (
	"errors"
	"strconv"
	"testing"

	"honne"
	"honne/internal/playbook"
	"honne/playbooks"
)

func own(id string, value float64) honne.Entry[honne.OwnThreshold] {
	return honne.Entry[honne.OwnThreshold]{Body: honne.OwnThreshold{Threshold: id, Value: value}}
}

// A number of the house counts wherever the rules have the playbook's, is marked in
// their words, and leaves the playbook and what is fixed as they are.
func TestForOneDistributor(t *testing.T) {
	p, err := playbook.Load(playbooks.FS, "japan")
	if err != nil {
		t.Fatal(err)
	}
	view := p.For([]honne.Entry[honne.OwnThreshold]{own("plan-attainment.under-2-of-4.1", 0.9), own("no.such.1", 1)})
	says := func(p *playbook.Playbook) string {
		s, m := p.Sign("targets"), p.MeasureRules("plan-attainment")
		return marked(append(append(s.High.Say(nil), s.Watch.Say(nil)...), m.Watch.Say(nil)...))
	}
	const before, after = "0.85 1 0.9 0.95 1 2 0.95 1 0.95 ", "0.85 1 0.9 0.9* 1 2 0.9* 1 0.9* "
	if got := says(view); got != after {
		t.Errorf("view: %s", got)
	}
	if got := says(p); got != before {
		t.Errorf("the playbook itself: %s", got)
	}
	if p.For(nil) != p {
		t.Error("without a number of the house the playbook is a view of itself")
	}
	if view.String() != p.String() {
		t.Errorf("the version is still the playbook's: %s", view)
	}
	seen := map[string]bool{}
	for _, x := range p.Thresholds() {
		if seen[x.ID] || len(x.Uses) == 0 || x.Rule != nil && x.Rule.Fixed {
			t.Errorf("%s: twice, without use, or fixed", x.ID)
		}
		seen[x.ID] = true
	}
	if seen["plan-attainment.agreed.over.1"] || seen["red-flags.over.1"] || !seen["visibility-index.under.2"] {
		t.Error("what protects the partner is no threshold")
	}
}

// marked are the limits of a rule, with * where they are the house's own.
func marked(list []honne.Message) (out string) {
	for _, m := range list {
		for _, a := range m.Args {
			if a.Name != "limit" {
				continue
			}
			out += strconv.FormatFloat(a.F, 'g', -1, 64)
			if a.S == "threshold.marked" {
				out += "*"
			}
			out += " "
		}
	}
	return out
}

// A count of quarters, a parameter of a measure and the overall rule are the house's
// in the same way, each in words of its own, and only as whole numbers.
func TestOwnCounts(t *testing.T) {
	p, err := playbook.Load(playbooks.FS, "japan")
	if err != nil {
		t.Fatal(err)
	}
	view := p.For([]honne.Entry[honne.OwnThreshold]{own("plan-attainment.under-2-of-4.times", 3), own("restatement.param.meeting-days", 10), own("overall.act-high", 2)})
	if m := view.Sign("targets").Watch.Say(nil)[1]; m.ID != "rule.times" || m.Args[3].F != 3 || m.Args[3].S != "threshold.marked" {
		t.Errorf("watch = %+v", m)
	}
	if a, b := view.MeasureRules("restatement").Params["meeting-days"], p.MeasureRules("restatement").Params["meeting-days"]; a != 10 || b != 5 {
		t.Errorf("days = %v and %v", a, b)
	}
	if view.Overall.ActHigh != 2 || p.Overall.ActHigh != 3 {
		t.Errorf("overall = %+v and %+v", view.Overall, p.Overall)
	}
	for id, want := range map[string]string{"plan-attainment.under-2-of-4.times": "rule.often", "restatement.param.meeting-days": "rule.param", "overall.act-high": "rule.overall"} {
		x, known := p.Threshold(id)
		if m := x.Says(x.Limit(), nil); !known || m.ID != want || marked([]honne.Message{m}) == "" {
			t.Errorf("%s says %+v", id, m)
		}
	}
	for _, c := range []struct {
		id    string
		value float64
		want  string
	}{
		{"plan-attainment.under-2-of-4.times", 3, ""},
		{"plan-attainment.under-2-of-4.times", 5, "threshold.bad.count"},
		{"plan-attainment.under-2-of-4.times", 2.5, "threshold.bad.count"},
		{"restatement.param.months", 24, ""},
		{"restatement.param.months", 0, "threshold.bad.count"},
		{"restatement.param.threshold", 0.01, ""},
		{"restatement.param.threshold", 0.1, "threshold.bad.size"},
		{"overall.act-high", 8, "threshold.bad.count"},
		{"overall.act-high", 3, "threshold.bad.same"},
	} {
		var bad *honne.Invalid
		got, err := "", p.Refuse(nil, c.id, c.value, nil)
		if errors.As(err, &bad) {
			got = bad.What.ID
		}
		if got != c.want {
			t.Errorf("%s %g: %q, want %q", c.id, c.value, got, c.want)
		}
	}
}

// What cannot be is refused, and says why; the way back is always the playbook's.
func TestRefusedThresholds(t *testing.T) {
	p, err := playbook.Load(playbooks.FS, "japan")
	if err != nil {
		t.Fatal(err)
	}
	lower := []honne.Entry[honne.OwnThreshold]{own("visibility-index.under.2", 0.2), own("visibility-index.under.1", 0.3)}
	for _, c := range []struct {
		own   []honne.Entry[honne.OwnThreshold]
		id    string
		value float64
		want  string
	}{
		{nil, "visibility-index.under.1", 0.6, ""},
		{nil, "visibility-index.under.1", 0.7, "threshold.bad.same"},
		{nil, "visibility-index.under.1", 0.4, "threshold.bad.stricter"},
		{nil, "visibility-index.under.1", 0.3, "threshold.bad.stricter"},
		{nil, "visibility-index.under.2", 0.7, "threshold.bad.milder"},
		{nil, "visibility-index.under.1", 60, "threshold.bad.size"},
		{nil, "visibility-index.under.1", 0.007, "threshold.bad.size"},
		{nil, "visibility-index.under.1", -0.6, "threshold.bad.sign"},
		{nil, "visibility-index.under.1", 0, "threshold.bad.sign"},
		{nil, "growth-gap.under.1", 0.03, "threshold.bad.sign"},
		{nil, "growth-gap.under.1", -0.05, ""},
		{nil, "growth-gap.under.1", -0.08, "threshold.bad.stricter"},
		{nil, "response-time.median-days.over.2", 3, "threshold.bad.milder"},
		{nil, "response-time.median-days.over.1", 4.5, ""},
		{nil, "investment-ratio.events.under.2", 1, ""},
		{nil, "investment-ratio.events.under.2", 3, "threshold.bad.milder"},
		{nil, "investment-ratio.events.under.2", -1, "threshold.bad.sign"},
		{nil, "plan-attainment.agreed.over.1", 0.5, "threshold.bad.unknown"},
		{lower[:1], "visibility-index.under.1", 0.3, ""},
		{lower, "visibility-index.under.2", 0.4, "threshold.bad.milder"}, // back, while the milder one is lower
		{lower, "visibility-index.under.1", 0.7, ""},
		{lower, "visibility-index.under.1", 0.3, "threshold.bad.same"},
	} {
		var bad *honne.Invalid
		got, err := "", p.Refuse(c.own, c.id, c.value, nil)
		if errors.As(err, &bad) {
			got = bad.What.ID
		}
		if got != c.want {
			t.Errorf("%s %g: %q, want %q", c.id, c.value, got, c.want)
		}
	}
}
