package web

import (
	"math"
	"strings"

	"honne"
	"honne/internal/lang"
)

// fillRule says a measure's rule in words, and works it out with the partner's own
// figures: as a line of them, or where that does not give the value in a sentence.
func (v *visit) fillRule(page *evidencePage, d honne.Distributor, m honne.Judged) {
	rule := "formula." + m.Measure.Slug
	page.Rule = v.t(rule)
	if rows, ok := v.worksOut(d, m); ok {
		page.Formula = append(rows, FormulaRow{Label: v.say(m.Name()), Value: page.Value, Result: true})
		return
	}
	for _, t := range [...]honne.Term{m.Numerator, m.Denominator} {
		if !t.Label.IsZero() {
			page.Formula = append(page.Formula, v.termRow(d, t))
		}
	}
	if key := rule + ".here" + variant(m); m.Known && v.app.Languages.Has(lang.EN, key) {
		page.Worked = v.t(key, v.workedArgs(m)...)
	}
}

// worksOut are the figures of a measure, one a row, with what joins them; ok is false
// where they do not give its value.
func (v *visit) worksOut(d honne.Distributor, m honne.Judged) (rows []FormulaRow, ok bool) {
	up, down := amountOf(m.Numerator), amountOf(m.Denominator)
	if !m.Known || m.Numerator.Label.IsZero() || m.Denominator.Label.IsZero() || down == 0 {
		return nil, false
	}
	of := v.termRow(d, m.Denominator)
	of.Op = "÷"
	rows = []FormulaRow{v.termRow(d, m.Numerator), of}
	x, market := up/down, partValue(m, "market")
	step := func(op, key, value string) { rows = append(rows, FormulaRow{Label: v.t(key), Value: value, Op: op}) }
	switch m.Measure.Slug {
	case "plan-attainment", "target-site-coverage", "unexplained-misses", "restatement", "visibility-index", "initiative", "activity-coverage",
		"investment-ratio", "commitments-kept", "approval-depth", "contact-coverage", "document-currency", "mutual-weight":
	case "stock-equation":
		x = math.Abs(x)
		if up < 0 {
			rows[0].Value = "|" + rows[0].Value + "|"
		}
	case "growth":
		x--
		step("−", "figure.whole", "100%")
	case "growth-gap":
		x -= 1 + market
		step("−", "figure.whole", "100%")
		step("−", "part.market", v.lang.Growth(market))
	case "forecast-bias":
		x--
		step("−", "formula.whole", "100%")
	case "plan-softness":
		x /= 1 + market
		step("÷", "formula.market", v.lang.Percent(1+market))
	case "excuse-index":
		x *= 100
		step("×", "formula.hundred", "100")
	case "stock-cover":
		x *= 3
		step("×", "formula.months", "3")
	default:
		return nil, false
	}
	return rows, math.Abs(x-m.Value) <= 0.0005*max(1, math.Abs(m.Value))
}

// amountOf is the figure of a term, in its own smallest unit.
func amountOf(t honne.Term) float64 {
	switch {
	case t.Money.Currency != "":
		return float64(t.Money.Minor)
	case t.Quantity.Known:
		return float64(t.Quantity.N)
	}
	return float64(t.Count)
}

func partValue(m honne.Judged, name string) float64 {
	for _, p := range m.Parts {
		if p.Name == name {
			return p.Value
		}
	}
	return 0
}

// variant is how the sentence of a measure ends where some of its parts are not there.
func variant(m honne.Judged) string {
	switch slug := m.Measure.Slug; {
	case slug == "lateness" && partValue(m, "unjudged") != 0:
		return ".unjudged"
	case slug == "completeness" && m.Numerator.Label.IsZero(), slug == "quarter-end-loading" && m.Value == 0:
		return ".none"
	case slug == "response-time" && partValue(m, "at-least") != 0:
		return ".least"
	case slug == "response-time" && 10*partValue(m, "open") > float64(m.N): // as the measure does
		return ".open"
	case slug == "data-gate" && partValue(m, "waived") != 0:
		return ".waived"
	}
	return ""
}

// workedArgs are the figures of a measure by name, as its page writes them.
func (v *visit) workedArgs(m honne.Judged) []honne.Arg {
	args := []honne.Arg{honne.Text("value", v.reading(m.Value, m.Unit, honne.Result{Measure: m.Measure})), honne.Count("n", m.N),
		honne.Text("num", v.termValue(m.Numerator)), honne.Text("den", v.termValue(m.Denominator))}
	for _, p := range m.Parts {
		args = append(args, honne.Text(p.Name, v.reading(p.Value, p.Unit, honne.Result{})))
	}
	if down := amountOf(m.Denominator); m.Measure.Slug == "quarter-end-loading" && down > 0 && m.Value > 0 {
		share := amountOf(m.Numerator) / down
		args = append(args, honne.Ratio("share", share), honne.Ratio("even", share/m.Value))
	}
	if m.Measure.Slug == "access-index" {
		args = append(args, v.accessParts(m)...)
	}
	return args
}

// accessParts are the parts of the index of access that somebody asked for, with
// their weights of domain 3.5 S-17.
func (v *visit) accessParts(m honne.Judged) []honne.Arg {
	weights := map[string]int{"accounts": 40, "requests": 30, "leaders": 30}
	var list []string
	all := 0
	for _, p := range m.Parts {
		if w, ok := weights[p.Name]; ok {
			all += w
			list = append(list, v.t("formula.access-index.part", honne.Word("part", "part."+p.Name), honne.Ratio("share", p.Value), honne.Count("weight", w)))
		}
	}
	return []honne.Arg{honne.Text("list", strings.Join(list, " + ")), honne.Count("weights", all)}
}
