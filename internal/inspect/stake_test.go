package inspect

import (
	"testing"

	"honne"
)

// What is at stake is what the plan asks for, or the market where it asks for
// more; what nobody knows asks for nothing.
func TestStake(t *testing.T) {
	yen := func(n int64) honne.Term {
		return honne.Term{Label: honne.Say("term.sales"), Money: honne.Money{Minor: n, Currency: honne.JPY}}
	}
	market := &honne.Range3{Base: 0.08}
	for name, c := range map[string]struct {
		kpis  honne.KPIs
		known bool
		of    string
		want  int64
	}{
		"nothing known":       {honne.KPIs{Sales: yen(412)}, false, "", 0},
		"no sales":            {honne.KPIs{Plan: yen(400)}, false, "", 0},
		"short of plan":       {honne.KPIs{Sales: yen(380), Plan: yen(400)}, true, "plan", 20},
		"above plan":          {honne.KPIs{Sales: yen(412), Plan: yen(400)}, true, "plan", 0},
		"execution gap":       {honne.KPIs{Sales: yen(412), Prior: yen(400), Market: market, SameMonths: true}, true, "market-pace", 20}, // domain, appendix H
		"a soft plan":         {honne.KPIs{Sales: yen(412), Plan: yen(400), Prior: yen(400), Market: market, SameMonths: true}, true, "market-pace", 20},
		"plan above market":   {honne.KPIs{Sales: yen(412), Plan: yen(500), Prior: yen(400), Market: market, SameMonths: true}, true, "plan", 88},
		"other months":        {honne.KPIs{Sales: yen(412), Prior: yen(400), Market: market}, false, "", 0},
		"pieces, not amounts": {honne.KPIs{Sales: honne.Term{Quantity: honne.Known(9)}, Plan: yen(1)}, false, "", 0},
	} {
		s := Stake(honne.Picture{KPIs: c.kpis})
		if s.Known != c.known || s.Of != c.of || s.Money.Minor != c.want {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// Trust needs three measures with a band; one behind two dimensions counts once.
func TestTrust(t *testing.T) {
	judged := func(slug string, b honne.Band) honne.Judged {
		return honne.Judged{Result: honne.Result{Measure: honne.MeasureID{Slug: slug}}, Band: b}
	}
	p := honne.Picture{Measures: []honne.Judged{judged("growth", honne.High), judged("visibility-index", honne.Clear), judged("restatement", honne.Watch), judged("initiative", honne.UnknownBand)}}
	if got := Trust(p, japanese(t)); got.Known || len(got.Measures) != 2 {
		t.Errorf("of two: %+v", got)
	}
	p.Measures = append(p.Measures, judged("response-time", honne.High))
	if got := Trust(p, japanese(t)); !got.Known || got.Share != 0.5 {
		t.Errorf("of three: %+v", got)
	}
}

// What is high and held by no sign stands apart; what a sign holds, or is on watch,
// does not.
func TestApart(t *testing.T) {
	judged := func(slug string, b honne.Band) honne.Judged {
		return honne.Judged{Result: honne.Result{Measure: honne.MeasureID{Slug: slug}}, Band: b}
	}
	p := honne.Picture{Measures: []honne.Judged{judged("visibility-index", honne.High), judged("restatement", honne.High), judged("lateness", honne.Watch), judged("quarter-end-loading", honne.UnknownBand)},
		Signs: []honne.Sign{{Measures: []honne.MeasureID{{Slug: "visibility-index"}}}}}
	if got := p.Apart(); len(got) != 1 || got[0].Measure.Slug != "restatement" {
		t.Errorf("%+v", got)
	}
}
