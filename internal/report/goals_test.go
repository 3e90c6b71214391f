package report

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/lang"
)

// underWay is an audit whose first action began in October, with their files of
// that month.
func underWay() Case {
	c := auditedCase()
	for i := range c.Audit.Actions {
		c.Audit.Actions[i].Body.Begun = honne.NewDate(2026, 10, 5)
	}
	c.Today.Deliveries = nil
	for _, series := range []honne.Series{honne.Sales, honne.Plan, honne.Stock, honne.Purchases} {
		d := honne.Delivery{Series: series, From: honne.Theirs, InForce: true, Receipt: honne.Receipt{At: honne.NewDate(2026, 11, 10).At(9, 0), Basis: honne.Stated}}
		for m := honne.NewMonth(2025, 4); m <= honne.NewMonth(2026, 10); m++ {
			d.Periods = append(d.Periods, m.Period())
		}
		c.Today.Deliveries = append(c.Today.Deliveries, d)
	}
	c.Later = func(list []honne.Selection) []string { ranges, _ := evidence(list); return ranges }
	return c
}

// followed is the audit after one whose plan was handed over.
func followed() Case {
	c, told := underWay(), underWay().Audit
	c.Told = &told
	return c
}

// TestProgressIsTheirs: how far a goal is stands in the partner's edition where
// their own later files say it, and nowhere else.
func TestProgressIsTheirs(t *testing.T) {
	first := func(c *Case) *honne.Judged { return &c.Today.Measures[0] }
	rests := func(s honne.Selection) func(*Case) {
		return func(c *Case) { first(c).Evidence = append(slices.Clone(first(c).Evidence), s) }
	}
	for name, x := range map[string]struct {
		change func(*Case)
		shown  bool
	}{
		"their files":               {func(*Case) {}, true},
		"a target that was agreed":  {rests(honne.Selection{Series: honne.Target}), true},
		"a target of ours alone":    {func(c *Case) { rests(honne.Selection{Series: honne.Target})(c); c.Today.KPIs.PlanAgreed = false }, false},
		"messages":                  {rests(honne.Selection{Mail: []honne.MailID{1}}), false},
		"our log":                   {rests(honne.Selection{Log: honne.EntryEstimate}), false},
		"our shipments":             {rests(honne.Selection{Series: honne.Shipments}), false},
		"a market":                  {rests(honne.Selection{Series: honne.Market}), false},
		"a file that is not theirs": {func(c *Case) { c.Later = func([]honne.Selection) []string { return nil } }, false},
		"one of them is ours":       {func(c *Case) { c.Today.Deliveries[0].From = honne.Ours }, false},
		"came before it began":      {func(c *Case) { c.Audit.Actions[0].Body.Begun = honne.NewDate(2026, 11, 10) }, false},
		"no report since it began":  {func(c *Case) { c.Audit.Actions[0].Body.Begun = honne.NewDate(2026, 11, 1) }, false},
		"a plan of the whole year": {func(c *Case) {
			first(c).Evidence = []honne.Selection{{Series: honne.Plan, Period: honne.Months(honne.NewMonth(2026, 4), honne.NewMonth(2027, 3))}}
		}, false},
		"not known today":            {func(c *Case) { first(c).Known = false }, false},
		"growth against the market":  {func(c *Case) { first(c).Measure.Slug, c.Audit.Actions[0].Body.Metric = "growth-gap", "growth-gap" }, false},
		"a measure of our own alone": {func(c *Case) { first(c).Measure.Slug, c.Audit.Actions[0].Body.Metric = "excuse-index", "excuse-index" }, false},
	} {
		c := underWay()
		c.Today.Measures, c.Audit.Actions = slices.Clone(c.Today.Measures), slices.Clone(c.Audit.Actions)
		x.change(&c)
		for l, words := range map[lang.Language][2]string{lang.EN: {"by your reports up to Oct 2026: 88.9%", "at the start 88.9%"}, lang.JA: {"2026年10月分までのご報告：88.9%", "開始時88.9%"}} {
			for kind, doc := range map[string]Document{"audit": Audit(c, Partner), "plan": Plan(c, Partner), "goals": Goals(c)} {
				text := doc.plain(sentences(t), l)
				for i, w := range words {
					if i == 1 && kind == "goals" { // there it is always the start
						continue
					}
					if strings.Contains(text, w) != x.shown {
						t.Errorf("%s, %s, %s: %q is said: %v\n%s", name, kind, l, w, !x.shown, text)
					}
				}
			}
		}
	}
}

// TestSharedGoalsFirst: what both sides want stands on the first page of the review,
// and what was asked for and waits for an answer among its wishes; nothing else that
// was asked for.
func TestSharedGoalsFirst(t *testing.T) {
	for l, words := range map[lang.Language][5]string{lang.EN: {"Goals that we share", "Visit plan for the ten focus sites", "Information we would like to share more deeply", "Activity reports", "Training records"},
		lang.JA: {"共通の目標", "重点10施設の訪問計画", "より詳しくご共有いただきたい情報", "日報抜粋", "研修記録"}} {
		text := Audit(auditedCase(), Partner).plain(sentences(t), l)
		at := 0
		for _, w := range words[:4] {
			i := strings.Index(text[at:], w)
			if i < 0 {
				t.Fatalf("%s: %q is not said, or not there\n%s", l, w, text)
			}
			at += i
		}
		if strings.Contains(text, words[4]) {
			t.Errorf("%s: %q was refused, and is asked for again", l, words[4])
		}
	}
}

// TestGoalReached: what is reached is said with thanks; of the review before, only
// where it was handed over.
func TestGoalReached(t *testing.T) {
	c := followed()
	c.Told.Actions = c.Told.Actions[:1]
	c.Told.Actions[0].Body.Start, c.Told.Actions[0].Body.Target = 0.5, 0.8
	for l, words := range map[lang.Language][4]string{lang.EN: {"Progress since our last review", "the goal is reached; thank you", "Improved since our last review: Visit plan", "Purpose of this review"},
		lang.JA: {"前回のレビュー以降の進み具合", "目標に達しております", "前回のレビュー以降に改善した点：重点10施設", "本レビューの目的"}} {
		text := Audit(c, Partner).plain(sentences(t), l)
		if first := strings.Index(text, words[2]); first < 0 || first > strings.Index(text, words[3]) {
			t.Errorf("%s: what improved does not come first\n%s", l, text)
		}
		if !strings.Contains(text, words[0]) || !strings.Contains(text, words[1]) {
			t.Errorf("%s: nothing of the review before\n%s", l, text)
		}
		kept := c
		kept.Told = nil
		if text := Audit(kept, Partner).plain(sentences(t), l); strings.Contains(text, words[0]) {
			t.Errorf("%s: what was not handed over is said", l)
		}
	}
}

// TestGoalsBeganThen: of a goal that was handed over, what it began from is never
// called now, and keeps its unit while its measure is not known.
func TestGoalsBeganThen(t *testing.T) {
	c := underWay()
	c.Today.Measures = slices.Clone(c.Today.Measures)
	c.Today.Measures[0].Known = false
	for l, words := range map[lang.Language][2]string{lang.EN: {"at the start 88.9%", ", now "}, lang.JA: {"開始時88.9%", "現在"}} {
		if text := Goals(c).plain(sentences(t), l); !strings.Contains(text, words[0]) || strings.Contains(text, words[1]) {
			t.Errorf("%s: %s", l, text)
		}
	}
}

// TestPartnerIsNotToldTheMarket: what we hold the market to be, how far their growth
// is from it, and a plan that nobody agreed on may be what they like: the partner
// reads the same, in every document and behind its link.
func TestPartnerIsNotToldTheMarket(t *testing.T) {
	against := func(metric string, agreed bool, market, start, target float64) Case {
		c := followed()
		c.Frozen.KPIs.PlanAgreed, c.Frozen.KPIs.Market = agreed, &honne.Range3{Low: market - .01, Base: market, High: market + .01, Source: "our own estimate"}
		c.Today.KPIs = c.Frozen.KPIs
		for _, a := range []*honne.Assessment{&c.Audit, c.Told} {
			a.Actions = slices.Clone(a.Actions)
			a.Actions[0].Body.Metric, a.Actions[0].Body.Start, a.Actions[0].Body.Target = metric, start, target
			a.Decision.Decided, a.Decision.Letter = honne.Renew, renewed().Audit.Decision.Letter
		}
		return c
	}
	for _, pair := range [][2]Case{{against("growth-gap", true, .094, -.13, -.05), against("growth-gap", true, .071, -.11, -.02)}, {against("plan-attainment", false, .094, .889, 1), against("plan-attainment", false, .094, .7, .9)}} {
		for kind, doc := range map[string]func(Case) Document{"audit": func(c Case) Document { return Audit(c, Partner) }, "plan": func(c Case) Document { return Plan(c, Partner) },
			"renewal": func(c Case) Document { return Renewal(c, Partner) }, "goals": Goals} {
			a, b := doc(pair[0]), doc(pair[1])
			if everyForm(t, a) != everyForm(t, b) || !reflect.DeepEqual(a.Spoken(sentences(t)), b.Spoken(sentences(t))) {
				t.Errorf("%s: %s: what the partner reads depends on what it must not", pair[0].Audit.Actions[0].Body.Metric, kind)
			}
			for _, words := range []string{"the market", "市場", "Sales against the agreed plan", "合意済み計画に対する売上高"} {
				if strings.Contains(a.plain(sentences(t), lang.EN)+a.plain(sentences(t), lang.JA), words) {
					t.Errorf("%s: the partner reads %q", kind, words)
				}
			}
		}
	}
	if text := Goals(against("plan-attainment", true, .094, .889, 1)).plain(sentences(t), lang.EN); !strings.Contains(text, "Sales against the agreed plan") {
		t.Errorf("a plan that was agreed is not named\n%s", text)
	}
}

// TestGoalsSayOfWhen: beside where an action starts stands of which months that is,
// where the figure is the one that was frozen.
func TestGoalsSayOfWhen(t *testing.T) {
	c := auditedCase()
	months := honne.Months(honne.NewMonth(2025, 11), honne.NewMonth(2026, 10))
	for start, says := range map[float64]bool{0.571: true, 0.6: false} {
		c.Frozen.Measures = []honne.Judged{{Result: honne.Result{Measure: honne.MeasureID{Slug: "restatement"}, Known: true, Value: start, Unit: honne.UnitRatio, Period: months}}}
		for l, want := range map[lang.Language]string{lang.EN: "now 57.1% (Nov 2025–Oct 2026), goal", lang.JA: "現在57.1%（2025年11月–2026年10月）、目標"} {
			if text := Plan(c, Partner).plain(sentences(t), l); strings.Contains(text, want) != says {
				t.Errorf("%v in %s: %q is said: %v\n%s", start, l, want, !says, text)
			}
		}
	}
}
