package web

import (
	"html"
	"strings"
	"testing"

	"honne"
	"honne/internal/inspect"
)

// Every measure says its rule in words, known or not; a known one works it out to its
// own value: in a line of figures that gives it, or in a sentence that names it.
func TestEveryMeasureSaysItsRule(t *testing.T) {
	t.Parallel()
	h := kitano(t)
	rec, err := h.works.Store.Record(t.Context(), 1, honne.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	words := load(t)
	lines := 0
	for _, m := range inspect.Picture(rec, h.works.Playbook).Measures {
		slug := m.Measure.Slug
		if slug == "red-flags" {
			continue // for counsel alone
		}
		for _, l := range []string{"en", "ja"} {
			path := "/distributors/kitano-shoji-kk/evidence/measure/" + slug + "?lang=" + l
			a := h.get(path)
			checkPage(t, path, l, a)
			body := html.UnescapeString(a.body)
			_, after, found := strings.Cut(body, `<p class="small muted">`+words.Text("en", "formula."+slug)+"</p>")
			if l == "ja" {
				_, after, found = strings.Cut(body, `<p class="small muted">`+words.Text("ja", "formula."+slug)+"</p>")
			}
			if !found {
				t.Errorf("%s says no rule", path)
				continue
			}
			formula, _, _ := strings.Cut(after, "</section>")
			_, head, _ := strings.Cut(body, "<h1>")
			value, _, _ := strings.Cut(head, " <small>")
			switch {
			case !m.Known && strings.Contains(formula, `class="eq"`):
				t.Errorf("%s: unknown, and worked out", path)
			case m.Known && !strings.Contains(tags.ReplaceAllString(formula, ""), value):
				t.Errorf("%s: %s is not worked out: %s", path, value, formula)
			}
			if strings.Contains(formula, `class="num eq"`) {
				lines++
				h.checkFormula(path, a.body)
			}
		}
	}
	if lines < 20 {
		t.Errorf("only %d lines of figures", lines)
	}
}

// What the parts do not give is worked out in a sentence, and no line is printed that
// does not come to the value.
func TestWorkedOut(t *testing.T) {
	v := &visit{app: bare(t), lang: "en"}
	count := func(n int) honne.Term { return honne.Term{Label: honne.Say("term.requests"), Count: n} }
	judged := func(slug string, value float64, unit honne.ValueUnit, up, down honne.Term, parts ...honne.Further) honne.Judged {
		return honne.Judged{Result: honne.Result{Measure: honne.MeasureID{Slug: slug}, Known: true, Value: value, Unit: unit, Numerator: up, Denominator: down, Parts: parts}}
	}
	part := func(name string, f float64, u honne.ValueUnit) honne.Further {
		return honne.Further{Name: name, Value: f, Unit: u}
	}
	none := honne.Term{}
	for _, c := range []struct {
		m     honne.Judged
		lines int
		says  string
	}{
		{judged("commitments-kept", 0.2, honne.UnitRatio, count(1), count(5)), 3, ""},
		{judged("commitments-kept", 0.4, honne.UnitRatio, count(1), count(5)), 2, ""},
		{judged("lateness", 0, honne.UnitDays, count(0), count(24)), 2, "24 reports due, 0 of them in time"},
		{judged("lateness", 4, honne.UnitDays, none, none, part("unjudged", 1, honne.UnitCount)), 0, "never late"},
		{judged("access-index", 62.857143, honne.UnitIndex, count(4), count(5), part("accounts", 0.5, honne.UnitRatio), part("requests", 0.8, honne.UnitRatio)), 2,
			"(Key accounts met 50.0% × 40 + Requests granted in time 80.0% × 30) ÷ 70 × 100 = 62.9."},
		{judged("quarter-end-loading", 3, honne.UnitIndex, count(60), count(100)), 2, "60.0%; spread evenly they would have taken 20.0%: 60.0% ÷ 20.0% = 3"},
		{judged("quarter-end-loading", 0, honne.UnitIndex, count(0), count(100)), 2, "took nothing of 100"},
		{judged("concentration", 1021.7, honne.UnitHHI, none, none, part("users", 12, honne.UnitCount), part("top5", 0.59, honne.UnitRatio)), 0, "The shares of 12 end users"},
		{judged("response-time", 40, honne.UnitHours, count(3), count(9), part("at-least", 1, honne.UnitCount)), 2, "took at least 5\u00a0business\u00a0days"},
		{judged("gut-feel", 2.5, honne.UnitIndex, none, none), 0, "2.5 of 5"},
		{judged("completeness", 0, honne.UnitLevel, none, none), 0, "L0"},
		{judged("data-gate", 1, honne.UnitCount, count(5), count(6), part("waived", 1, honne.UnitCount)), 2, "was waived: yes"},
		{judged("red-flags", 2, honne.UnitCount, count(2), count(3)), 2, "2 of 3 points"},
		{judged("investment-ratio", 4, honne.UnitCount, none, none), 0, "4 in the year"},
		{judged("said-meant-gap", 1.5, honne.UnitIndex, none, none), 0, "comes to 1.5"},
		{judged("growth-gap", 0.02, honne.UnitPoints, count(110), count(100), part("market", 0.08, honne.UnitGrowth)), 5, ""},
		{judged("stock-equation", 0.1, honne.UnitRatio, count(-10), count(100)), 3, ""},
	} {
		var page evidencePage
		v.fillRule(&page, honne.Distributor{}, c.m)
		if len(page.Formula) != c.lines || !strings.Contains(page.Rule+" "+page.Worked, c.says) {
			t.Errorf("%s: %d lines, %q", c.m.Measure.Slug, len(page.Formula), page.Worked)
		}
	}
}
