package playbook_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"honne"
	"honne/internal/playbook"
	"honne/playbooks"
)

var update = flag.Bool("update", false, "write lock.yaml instead of comparing it")

func japan(t *testing.T) *playbook.Playbook {
	t.Helper()
	p, err := playbook.Load(playbooks.FS, "japan")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestJapanHolds(t *testing.T) {
	for _, p := range playbook.Test(playbooks.FS, "japan") {
		t.Error(p)
	}
}

func TestLock(t *testing.T) {
	if *update {
		list, problems := playbook.Versions(playbooks.FS)
		if len(problems) > 0 {
			t.Fatal(playbook.Problems(problems))
		}
		if err := os.WriteFile("../../playbooks/"+playbook.LockFile, playbook.Lock(list), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, p := range playbook.CheckLock(playbooks.FS) {
		t.Error(p)
	}
}

func TestJapanIsWhole(t *testing.T) {
	p := japan(t)
	if !strings.HasPrefix(p.String(), "japan@") || len(p.Versions[0].SHA256) != 64 {
		t.Errorf("version %q, hash %q", p, p.Versions[0].SHA256)
	}
	if len(p.Signs) != len(honne.AllSigns) {
		t.Fatalf("%d signs", len(p.Signs))
	}
	for i, s := range honne.AllSigns {
		if p.Signs[i].Sign != s.Slug {
			t.Errorf("sign %d is %s", i, p.Signs[i].Sign)
		}
	}
	if p.Sign("gut-feel").High != nil {
		t.Error("gut feel is never red alone")
	}
	for _, m := range p.Measures {
		// An opinion of ours and what counsel looks at are never asked of a partner.
		_, asked := p.Question(m.Measure)
		ours := m.Measure == "gut-feel" || m.Measure == "red-flags"
		if (m.Watch != nil || m.High != nil) && asked == ours {
			t.Errorf("%s has bands; asked of the partner: %v", m.Measure, asked)
		}
	}
	for _, m := range honne.Meanings() {
		if !hasWords(p, m) {
			t.Errorf("no header has the meaning %s", m)
		}
	}
	if p.Overall != (playbook.OverallRules{LookCloserWatch: 2, LookCloserHigh: 1, ActHigh: 3, HealthyFall: 5}) {
		t.Errorf("overall %+v", p.Overall)
	}
	if p.Audit.Weights != (playbook.Weights{Effectiveness: 40, Compliance: 30, Trust: 30}) {
		t.Errorf("weights %+v", p.Audit.Weights)
	}
}

func hasWords(p *playbook.Playbook, m honne.Meaning) bool {
	for _, c := range p.Columns {
		if c.Meaning == m {
			return len(c.Exact) > 0
		}
	}
	for _, c := range p.Lists.Columns {
		if c.Meaning == m {
			return len(c.Words) > 0
		}
	}
	return false
}

// TestNothingKnownIsNeverJudged asks every rule about a distributor of whom
// nothing is known.
func TestNothingKnownIsNeverJudged(t *testing.T) {
	p := japan(t)
	check := func(name string, watch, high *playbook.Condition) {
		band, trace := playbook.Judge(watch, high, playbook.Facts{})
		if band != honne.UnknownBand && band != "" {
			t.Errorf("%s is %s", name, band)
		}
		if (band == "") != (len(trace) == 0) {
			t.Errorf("%s: a trace of %d", name, len(trace))
		}
	}
	for _, s := range p.Signs {
		check(s.Sign, s.Watch, s.High)
	}
	for _, m := range p.Measures {
		check(m.Measure, m.Watch, m.High)
	}
}

func TestQuestionsAskForADate(t *testing.T) {
	for _, q := range japan(t).Asks {
		name := q.Measure + string(q.Need)
		if strings.Count(q.EN, "[date]") > 1 || strings.Count(q.JA, "◯月◯日") != 1 {
			t.Errorf("%s asks for no date, or several", name)
		}
		if !strings.Contains(q.EN, "?") || !strings.HasSuffix(q.JA, "。") {
			t.Errorf("%s is no question", name)
		}
	}
}

// TestOwnSideIsWhole: every question on our own side, strategy and term is there.
func TestOwnSideIsWhole(t *testing.T) {
	p := japan(t)
	if len(p.Readiness) != len(honne.AllReadiness) || len(p.Strategies) != len(honne.AllStrategies) || len(p.Terms) != len(honne.AllContractTerms) || len(p.Mutes) < 5 {
		t.Errorf("%d questions, %d strategies, %d terms, %d reasons to mute", len(p.Readiness), len(p.Strategies), len(p.Terms), len(p.Mutes))
	}
	lowered := map[string]bool{}
	for _, s := range p.Strategies {
		for _, part := range s.Lowers {
			lowered[part] = true
		}
		if strings.Contains(strings.ToLower(s.EN), "loyal") {
			t.Errorf("%s: loyalty is not the enemy", s.Strategy)
		}
	}
	if len(lowered) != 5 {
		t.Errorf("no strategy lowers some part: %v", lowered)
	}
}
